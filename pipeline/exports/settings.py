"""What a steward can set for the exports: who publishes, under which licence, and how much is written."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.errors import OjError

OWN_SETTINGS = Path(__file__).parent / "data" / "settings.yaml"
#: Name of the steward's file in the state folder.
SETTINGS_FILE = "export.yaml"


class SettingsError(OjError):
    """export.yaml cannot be read, or names something that cannot be set."""

    code = "exportinstallningar"


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """The settings; their meaning stands beside the values in data/settings.yaml."""

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


def load_settings(own: Path | None = None) -> ExportSettings:
    """The program's settings with a steward's own laid over them.

    Args:
        own: export.yaml; one that does not exist counts as empty.

    Raises:
        SettingsError: the file is no YAML mapping, names an unknown key, or a value has the wrong type.
    """
    given = _read(OWN_SETTINGS)
    if own is not None and own.is_file():
        mine = _read(own)
        unknown = sorted(set(mine) - set(given))
        if unknown:
            raise SettingsError(
                f"{own} anger {', '.join(unknown)}, som inte går att ställa in: välj bland "
                f"{', '.join(sorted(given))}."
            )
        given |= mine
    return ExportSettings(
        **{one.name: _typed(one.name, str(one.type), given) for one in fields(ExportSettings)}
    )


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
    if kind == "int" and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if kind == "str" and isinstance(value, str) and value.strip():
        return value.strip()
    if kind.startswith("tuple") and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    wanted = {"int": "ett heltal från 0", "str": "en text"}.get(kind, "en lista av texter")
    raise SettingsError(f"Inställningen {name} ska vara {wanted}, inte {value!r}.")
