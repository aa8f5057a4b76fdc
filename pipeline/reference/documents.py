"""What registers know of documents: publishers, acronyms, cues for document types, layouts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import RegisterError
from pipeline.reference.csvfile import read_rows

PUBLISHER_FILE, ACRONYM_FILE = "publishers.csv", "acronyms.csv"
TYPE_FILE, LAYOUT_FOLDER = "document_types.yaml", "layouts"
PUBLISHER_COLUMNS = ("publisher", "alias", "kind", "host")
ACRONYM_COLUMNS = ("acronym", "expansion", "kind", "note")
DOCUMENT_TYPES = ("oj_rapport", "tjansteskrivelse", "granskningsrapport", "webbsida", "annat")


@dataclass(frozen=True, slots=True)
class PublisherAlias:
    """A way to write a publisher; host: the site (without ``www.``) that is the publisher's, or None."""

    publisher: str
    alias: str
    kind: str
    host: str | None


class PublisherRegister:
    """Publishers by name and by the host of an address."""

    def __init__(self, aliases: Iterable[PublisherAlias]) -> None:
        self._aliases = tuple(aliases)

    @property
    def all(self) -> tuple[PublisherAlias, ...]:
        """All rows in the register's order."""
        return self._aliases

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str], str], ...]:
        """Each alias' longest word (where it is not, the alias is not), its pattern, and its publisher."""
        ordered = sorted(self._aliases, key=lambda alias: (-len(alias.alias), alias.alias))
        return tuple(
            (
                max(a.alias.split(), key=len),
                re.compile(rf"(?<!\w){_spaced(a.alias)}s?(?!\w)"),
                a.publisher,
            )
            for a in ordered
        )

    def find(self, text: str) -> str | None:
        """The publisher that a text names first (case counts: SKR, not skr); None if none."""
        found = [
            (match.start(), -len(match[0]), name)
            for word, pattern, name in self._patterns
            if word in text and (match := pattern.search(text))
        ]
        return min(found)[2] if found else None

    def of_host(self, host: str) -> str | None:
        """The publisher whose site a host name is (itself or a subdomain); None if none."""
        lower = host.casefold()
        for alias in self._aliases:
            if alias.host and (lower == alias.host or lower.endswith("." + alias.host)):
                return alias.publisher
        return None


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym and one expansion; kind: ``instrument``, ``method``, ``organisation``, ``law``, ``term``."""

    acronym: str
    expansion: str
    kind: str


class AcronymRegister:
    """Acronyms of the field; one acronym can have several accepted expansions."""

    def __init__(self, acronyms: Iterable[Acronym]) -> None:
        self._acronyms = tuple(acronyms)

    @property
    def all(self) -> tuple[Acronym, ...]:
        """All rows in the register's order."""
        return self._acronyms

    def expansions(self, acronym: str) -> tuple[str, ...]:
        """The known expansions of an acronym (case counts not), empty when unknown."""
        folded = acronym.casefold()
        return tuple(a.expansion for a in self._acronyms if a.acronym.casefold() == folded)

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """All acronyms of a kind, each once, in the register's order."""
        return tuple(dict.fromkeys(a.acronym for a in self._acronyms if a.kind == kind))


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document with its cues: pairs of lower-case phrase and weight."""

    code: str
    name: str
    cues: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout rule: ``data`` is the parsed YAML file, whose meaning the normalising room gives."""

    id: str
    data: Mapping[str, Any]


class DocumentTypeRegister:
    """Cues that tell types of documents apart."""

    def __init__(self, types: Iterable[DocumentType], least: int) -> None:
        self._types = tuple(types)
        self._least = least

    @property
    def all(self) -> tuple[DocumentType, ...]:
        """All types in the register's order."""
        return self._types

    def find(self, text: str) -> str:
        """The type whose cues weigh most in a text (a title, first pages); ``annat`` if too few do."""
        folded = " ".join(text.casefold().split())
        best, code = self._least - 1, "annat"
        for kind in self._types:
            weight = sum(value for phrase, value in kind.cues if _mentions(folded, phrase))
            if weight > best:
                best, code = weight, kind.code
        return code


def _mentions(folded: str, phrase: str) -> bool:
    at = folded.find(phrase)
    while at >= 0:
        before = folded[at - 1 : at]
        if not (before.isalnum() and phrase[0].isalnum()):
            return True
        at = folded.find(phrase, at + 1)
    return False


def _spaced(text: str) -> str:
    return r"\s+".join(re.escape(part) for part in text.split())


def read_publishers(folder: Path) -> PublisherRegister:
    """The rows of publishers.csv in ``folder``. Raises RegisterError."""
    return PublisherRegister(
        [
            PublisherAlias(
                row.required("publisher"), row.required("alias"), row.required("kind"), row.optional("host")
            )
            for row in read_rows(folder, PUBLISHER_FILE, PUBLISHER_COLUMNS)
        ]
    )


def read_acronyms(folder: Path) -> AcronymRegister:
    """The rows of acronyms.csv in ``folder``. Raises RegisterError."""
    kinds = ("instrument", "method", "organisation", "law", "term")
    return AcronymRegister(
        [
            Acronym(row.required("acronym"), row.required("expansion"), row.one_of("kind", kinds))
            for row in read_rows(folder, ACRONYM_FILE, ACRONYM_COLUMNS)
        ]
    )


def _read_yaml(path: Path) -> Mapping[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RegisterError(
            f"Registret {path.name} saknas eller går inte att öppna i {path.parent}."
        ) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise RegisterError(f"Registret {path.name} är ingen läsbar YAML-fil i UTF-8: {error}") from error
    if not isinstance(data, dict):
        raise RegisterError(f"Registret {path.name} ska vara en YAML-fil med namngivna fält överst.")
    return data


def read_document_types(folder: Path) -> DocumentTypeRegister:
    """The types of document_types.yaml in ``folder``. Raises RegisterError."""
    data = _read_yaml(folder / TYPE_FILE)
    types = []
    for number, entry in enumerate(data.get("types") or (), start=1):
        try:
            cues = tuple((str(cue["phrase"]).casefold(), int(cue["weight"])) for cue in entry["cues"])
            types.append(DocumentType(str(entry["type"]), str(entry["name"]), cues))
        except (KeyError, TypeError, ValueError) as error:
            raise RegisterError(
                f"Registret {TYPE_FILE}, typ nummer {number}: ska ha type, name och cues (phrase, weight)."
            ) from error
        if types[-1].code not in DOCUMENT_TYPES:
            raise RegisterError(f"Registret {TYPE_FILE}, typ nummer {number}: ”{types[-1].code}” är okänd.")
    return DocumentTypeRegister(types, int(data.get("least", 1)))


def read_layouts(folder: Path) -> tuple[Layout, ...]:
    """Every ``layouts/*.yaml`` in ``folder``, ordered by file name. Raises RegisterError.

    A file's ``id`` must be its name without ``.yaml``, so that two files can never share one.
    """
    layouts = []
    for path in sorted((folder / LAYOUT_FOLDER).glob("*.yaml")):
        data = _read_yaml(path)
        if data.get("id") != path.stem:
            raise RegisterError(f"Layouten {path.name}: fältet id ska vara ”{path.stem}”, filens namn.")
        layouts.append(Layout(path.stem, dict(data)))
    return tuple(layouts)
