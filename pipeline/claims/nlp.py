"""The units that a text names: spaCy's Swedish tokenizer and phrase matcher, filled from the registers. No
model is downloaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: Sentences whose entities are kept: those of a long document, which claims and checks both read.
_REMEMBERED = 4096
#: Words of which it is kept whether they hold the first word of a unit's name.
_WORDS = 20_000
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
    """Reads the entities of a text; called again with one of the latest texts, it remembers.

    Args:
        language: spaCy's Swedish tokenizer and vocabulary.
        forms: how units are written, with the id of each.
    """

    def __init__(self, language: Any, forms: Iterable[tuple[str, str]]) -> None:
        from spacy.matcher import PhraseMatcher

        self._language = language
        self._matcher: Any = PhraseMatcher(language.vocab)
        self._ids: dict[int, str] = {}
        firsts: set[str] = set()
        for text, entity_id in forms:
            doc = language.make_doc(text)
            self._matcher.add(entity_id, [doc])
            self._ids[language.vocab.strings[entity_id]] = entity_id
            firsts.add(doc[0].text)
        self._firsts = frozenset(firsts)
        self._known: dict[str, bool] = {}
        self._read = lru_cache(maxsize=_REMEMBERED)(self._fresh)

    def __call__(self, text: str) -> Read:
        """The text's entities."""
        return self._read(text)

    def _fresh(self, text: str) -> Read:
        known = self._known
        for word in text.split():
            named = known.get(word)
            if self._names(word) if named is None else named:
                return Read(text, self._entities(text))
        return Read(text, ())

    def _names(self, word: str) -> bool:
        """Whether the first word of a unit's name stands in a run of letters: else no name can begin there.

        No word of the tokenizer begins or ends between two letters.
        """
        if len(self._known) >= _WORDS:
            self._known.clear()
        edges = [
            at
            for at in range(len(word) + 1)
            if at in (0, len(word)) or not (word[at - 1].isalpha() and word[at].isalpha())
        ]
        named = self._known[word] = any(
            word[start:end] in self._firsts for start in edges for end in edges if end > start
        )
        return named

    def _entities(self, text: str) -> tuple[Entity, ...]:
        """The names in a text, the longest first where they overlap, of equal ones the first."""
        doc = self._language.make_doc(text)
        matches = sorted(self._matcher(doc), key=lambda one: (one[1] - one[2], one[1], self._ids[one[0]]))
        taken: set[int] = set()
        found = []
        for key, start, end in matches:
            if start not in taken and end - 1 not in taken:
                taken.update(range(start, end))
                span = doc[start:end]
                found.append(Entity(span.start_char, span.end_char, span.text, "UNIT", self._ids[key]))
        return tuple(sorted(found, key=lambda one: one.start))


def pipeline_for(registers: Registers) -> Pipeline:
    """The Swedish pipeline for these registers; built at the first call and kept per ``registers.digest``.

    Entities: ``UNIT`` (ent_id: unit ids joined by ``|``, ``~`` in front when the form is also an everyday
    word).
    """
    made = _MADE.get(registers.digest)
    if made is None:
        made = _build(registers)
        _MADE[registers.digest] = made
    return made


def _build(registers: Registers) -> Pipeline:
    import spacy

    forms = (
        (text, ("~" if form.common_word else "") + "|".join(form.unit_ids))
        for form in registers.units.surface_forms()
        for text in _spellings(form.text)
    )
    return Pipeline(spacy.blank("sv"), forms)


def _spellings(name: str) -> tuple[str, ...]:
    """The name, and where all its parts are capitalised also with spaces for hyphens ("Upplands Bro")."""
    parts = name.split("-")
    return (
        (name, " ".join(parts)) if len(parts) > 1 and all(part[:1].isupper() for part in parts) else (name,)
    )
