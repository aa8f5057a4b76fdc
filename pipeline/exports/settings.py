"""What a steward can set for the exports: who publishes, under which licence, and how much is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import OjError

OWN_SETTINGS = Path(__file__).parent / "data" / "settings.yaml"
#: Name of the steward's file in the state folder.
SETTINGS_FILE = "export.yaml"
#: What only a steward can know, and the Swedish word for each; the program's own values are stand-ins.
OWN_WORDS = {
    "publisher_name": "utgivarens namn",
    "publisher_uri": "utgivarens adress (URI)",
    "contact_name": "kontaktens namn",
    "contact_email": "kontaktens e-postadress",
    "base_uri": "datamängdens adress (URI)",
}
URIS = ("base_uri", "publisher_uri", "publisher_type", "licence", "theme", "frequency")


class SettingsError(OjError):
    """export.yaml cannot be read, or names something that cannot be set."""

    code = "exportinstallningar"


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """The settings; their meaning stands beside the values in data/settings.yaml.

    Attributes:
        missing: those of ``OWN_WORDS`` that no steward has set.
    """

    title: str
    description: str
    base_uri: str
    publisher_name: str
    publisher_uri: str
    publisher_type: str
    contact_name: str
    contact_email: str
    licence: str
    licence_name: str
    issued: str
    keywords: tuple[str, ...]
    theme: str
    frequency: str
    snapshots_kept: int
    excel_max_rows: int
    excel_max_wide_sheets: int
    picture_dpi: int
    picture_max_pages: int
    missing: tuple[str, ...] = ()

    @property
    def notice(self) -> str | None:
        """What a reader must be told while a steward has not said who publishes; None when all is said."""
        if not self.missing:
            return None
        words = [OWN_WORDS[name] for name in self.missing]
        listed = f"{', '.join(words[:-1])} och {words[-1]}" if len(words) > 1 else words[0]
        return (
            f"Datamängden är inte klar att lämna vidare: {listed} saknas i {SETTINGS_FILE}, "
            "och det som står i stället i katalogen (dcat.ttl, dcat.rdf) är bara en platshållare."
        )


def load_settings(own: Path | None = None) -> ExportSettings:
    """The program's settings with a steward's own laid over them.

    Args:
        own: export.yaml; one that does not exist counts as empty.

    Raises:
        SettingsError: the file is no YAML mapping, names an unknown key, or a value has the wrong type or is
            no address, e-mail address or date where it must be one.
    """
    given, mine = _read(OWN_SETTINGS), dict[str, Any]()
    if own is not None and own.is_file():
        mine = _read(own)
        unknown = sorted(set(mine) - set(given))
        if unknown:
            raise SettingsError(
                f"{own} anger {', '.join(unknown)}, som inte går att ställa in: välj bland "
                f"{', '.join(sorted(given))}."
            )
        given |= mine
    made = ExportSettings(
        missing=tuple(name for name in OWN_WORDS if name not in mine),
        **{name: _typed(name, kind, given) for name, kind in _kinds().items()},
    )
    _check(made)
    return made


def _kinds() -> dict[str, str]:
    """The type of every setting by its name."""
    return {one.name: str(one.type) for one in fields(ExportSettings) if one.name != "missing"}


def _check(made: ExportSettings) -> None:
    """Addresses, e-mail and date have the form that the catalogue needs."""
    for name in URIS:
        address = urlsplit(getattr(made, name))
        if address.scheme not in ("http", "https") or not address.netloc or " " in getattr(made, name):
            raise SettingsError(
                f"Inställningen {name} ska vara en hel adress som börjar med https://, inte "
                f"{getattr(made, name)!r}."
            )
    local, _, domain = made.contact_email.partition("@")
    if not local or "." not in domain or " " in made.contact_email:
        raise SettingsError(
            f"Inställningen contact_email ska vara en e-postadress, inte {made.contact_email!r}."
        )
    try:
        dt.date.fromisoformat(made.issued)
    except ValueError as error:
        raise SettingsError(
            f"Inställningen issued ska vara ett datum (2026-11-22), inte {made.issued!r}."
        ) from error


def _read(path: Path) -> dict[str, Any]:
    """The mapping of a YAML file."""
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{path} går inte att läsa som YAML: {error}.") from error
    if not isinstance(content, dict):
        raise SettingsError(f"{path} ska vara rader av formen namn: värde.")
    return {str(name): value for name, value in content.items()}


def _typed(name: str, kind: str, given: dict[str, Any]) -> Any:
    """The value of a setting, as its field wants it."""
    value = given[name]
    if isinstance(value, dt.date):
        value = value.isoformat()  # YAML reads an unquoted day as a date
    if kind == "int" and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if kind == "str" and isinstance(value, str) and value.strip():
        return value.strip()
    if kind.startswith("tuple") and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    wanted = {"int": "ett heltal från 0", "str": "en text"}.get(kind, "en lista av texter")
    raise SettingsError(f"Inställningen {name} ska vara {wanted}, inte {value!r}.")
