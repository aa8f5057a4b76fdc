"""The spaCy pipeline: a blank Swedish tokenizer and an EntityRuler filled from the registers. No model is
downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.reference import Registers

#: Instruments and acronyms are told by their print: at least three capitals, digits and hyphens allowed.
INSTRUMENT = r"^[A-ZÅÄÖ][A-ZÅÄÖ0-9]{2,}(?:-[A-ZÅÄÖ0-9]+)?$"
_MADE: dict[str, Language] = {}


def pipeline_for(registers: Registers) -> Language:
    """The Swedish pipeline for these registers; built at the first call and kept per ``registers.digest``.

    Entities: ``UNIT`` (ent_id: unit ids joined by ``|``, ``~`` in front when the form is also an everyday
    word), ``AREA`` (ent_id: area code) and ``INSTRUMENT``.
    """
    made = _MADE.get(registers.digest)
    if made is None:
        made = _build(registers)
        _MADE[registers.digest] = made
    return made


def _build(registers: Registers) -> Language:
    import spacy

    nlp = spacy.blank("sv")
    ruler = nlp.add_pipe("entity_ruler", config={"validate": False})
    patterns: list[dict[str, object]] = []
    for form in registers.units.surface_forms():
        mark = "~" if form.common_word else ""
        for text in _spellings(form.text):
            patterns.append({"label": "UNIT", "pattern": text, "id": mark + "|".join(form.unit_ids)})
    patterns.append({"label": "INSTRUMENT", "pattern": [{"TEXT": {"REGEX": INSTRUMENT}}]})
    ruler.add_patterns(patterns)
    return nlp


def _spellings(name: str) -> tuple[str, ...]:
    """The name, and where all its parts are capitalised also with spaces for hyphens ("Upplands Bro")."""
    parts = name.split("-")
    return (
        (name, " ".join(parts)) if len(parts) > 1 and all(part[:1].isupper() for part in parts) else (name,)
    )
