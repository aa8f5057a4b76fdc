"""The spaCy pipeline: a blank Swedish tokenizer and an EntityRuler filled from the registers. No model is
downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: Instruments and acronyms are told by their print: at least three capitals, digits and hyphens allowed.
INSTRUMENT = r"^[A-ZÅÄÖ][A-ZÅÄÖ0-9]{2,}(?:-[A-ZÅÄÖ0-9]+)?$"
#: Sentences whose entities are kept: those of a long document, which claims and checks both read.
_REMEMBERED = 4096
_MADE: dict[str, Pipeline] = {}


@dataclass(frozen=True, slots=True)
class Entity:
    """What the pipeline found: its place in the text (characters), its label and id."""

    start: int
    end: int
    text: str
    label: str
    entity_id: str


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its entities, by place."""

    text: str
    entities: tuple[Entity, ...]


class Pipeline:
    """Reads the entities of a text; called again with one of the latest texts, it remembers."""

    def __init__(self, language: Any) -> None:
        self._language = language
        self._read = lru_cache(maxsize=_REMEMBERED)(self._fresh)

    def __call__(self, text: str) -> Read:
        """The text's entities."""
        return self._read(text)

    def _fresh(self, text: str) -> Read:
        found = self._language(text).ents
        return Read(text, tuple(Entity(e.start_char, e.end_char, e.text, e.label_, e.ent_id_) for e in found))


def pipeline_for(registers: Registers) -> Pipeline:
    """The Swedish pipeline for these registers; built at the first call and kept per ``registers.digest``.

    Entities: ``UNIT`` (ent_id: unit ids joined by ``|``, ``~`` in front when the form is also an everyday
    word), ``AREA`` (ent_id: area code) and ``INSTRUMENT``.
    """
    made = _MADE.get(registers.digest)
    if made is None:
        made = _build(registers)
        _MADE[registers.digest] = made
    return made


def _build(registers: Registers) -> Pipeline:
    import spacy

    nlp = spacy.blank("sv")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"validate": False})
    patterns: list[dict[str, object]] = []
    for form in registers.units.surface_forms():
        mark = "~" if form.common_word else ""
        for text in _spellings(form.text):
            patterns.append({"label": "UNIT", "pattern": text, "id": mark + "|".join(form.unit_ids)})
    patterns.append({"label": "INSTRUMENT", "pattern": [{"TEXT": {"REGEX": INSTRUMENT}}]})
    ruler.add_patterns(patterns)
    ruler._require_patterns = _has_patterns
    return Pipeline(nlp)


def _has_patterns() -> None:
    """In place of the ruler's own question, which counts its hundreds of patterns for every sentence."""


def _spellings(name: str) -> tuple[str, ...]:
    """The name, and where all its parts are capitalised also with spaces for hyphens ("Upplands Bro")."""
    parts = name.split("-")
    return (
        (name, " ".join(parts)) if len(parts) > 1 and all(part[:1].isupper() for part in parts) else (name,)
    )
