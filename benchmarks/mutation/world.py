"""One unchanged document with what its tables say, told from its observations: the judge of what is true.

The program's reading of the *text* plays no part here: a statement counts as true when names and figures
in it equal what the tables near it hold, and a change of it as false when they no longer do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from benchmarks.mutation.language import NameList, bare, find_lists, stems
from pipeline.model import Block, Flag, Observation, PdfDocument, ReadDocument, Sentence, TableReading

LOUD = ("error", "warning")
_REFERENCE = re.compile(r"\b(tabell|bilaga)\s*(\d+)", re.I)
_SILENT = ("running", "caption")


@dataclass(frozen=True, slots=True)
class Line:
    """What a table says about one indicator: a column, or a row where indicators stand in rows.

    Attributes:
        at: column number, or row number where indicators stand in rows.
        members: units with an answer or figure of their own, by folded name.
        totals: mean, län, riket and shares, by folded name.
    """

    table: int
    at: int
    label: str
    members: dict[str, Observation]
    totals: dict[str, Observation]

    def having(self, answer: str) -> frozenset[str]:
        """Members with the answer; ``lacking`` are all that have not answered JA."""
        if answer == "lacking":
            return frozenset(key for key, seen in self.members.items() if seen.answer not in (None, "JA"))
        return frozenset(key for key, seen in self.members.items() if seen.answer == answer)

    @property
    def answered(self) -> bool:
        """Whether every member has an answer."""
        return len(self.members) > 1 and all(seen.answer for seen in self.members.values())

    def ranges(self) -> dict[tuple[float | None, float | None], frozenset[str]]:
        """Members by their range (``1–3 dagar``)."""
        found: dict[tuple[float | None, float | None], set[str]] = {}
        for key, seen in self.members.items():
            if seen.range_min is not None:
                found.setdefault((seen.range_min, seen.range_max), set()).add(key)
        return {span: frozenset(keys) for span, keys in found.items()}

    def values(self) -> dict[str, float]:
        """Figures of members and totals, by folded name."""
        both = {**self.members, **self.totals}
        return {key: seen.value for key, seen in both.items() if seen.value is not None}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that may be changed, with what stands near it.

    Attributes:
        text, order: as in the file's document; lines: what the tables near it say.
        explicit: the tables are named in the paragraph or its heading, not only near.
    """

    text: str
    order: int
    block: Block
    lines: tuple[Line, ...]
    explicit: bool
    heading: str

    def lists(self) -> list[NameList]:
        """Lists of members' names in it."""
        labels = {seen.unit_label for line in self.lines for seen in line.members.values()}
        return find_lists(self.text, labels)

    def member_labels(self) -> dict[str, str]:
        """Members of the tables near it: folded name → name as printed."""
        return {
            key: seen.unit_label for line in self.lines if line.answered for key, seen in line.members.items()
        }

    def related(self, label: str) -> bool:
        """Whether sentence and label share a word that carries meaning."""
        return bool(stems(self.text) & stems(label))


@dataclass(frozen=True)
class World:
    """An unchanged document and its flags."""

    name: str
    pdf: PdfDocument
    part: int
    document: ReadDocument
    flags: tuple[Flag, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line of every table of indicators."""
        index = {one.table_id: one for one in self.document.tables}
        made: dict[tuple[int, int], Line] = {}
        for seen in self.document.observations:
            reading = index[seen.table_id]
            at = seen.row if reading.orientation == "indicators_in_rows" else seen.col
            line = made.setdefault(
                (reading.table.index, at), Line(reading.table.index, at, seen.indicator_label, {}, {})
            )
            total = seen.measure in ("share", "mean", "median") or seen.unit_kind in ("lan", "riket", "grupp")
            (line.totals if total else line.members)[bare(seen.unit_label)] = seen
        return tuple(made[key] for key in sorted(made))

    @cached_property
    def readings(self) -> dict[int, TableReading]:
        """The document's tables by their index in the file."""
        return {one.table.index: one for one in self.document.tables}

    @cached_property
    def flagged(self) -> frozenset[str]:
        """Folded sentences that are flagged as they stand: nothing is planted in them."""
        return frozenset(bare(flag.sentence) for flag in self.flags if flag.sentence)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The sentences of its text in reading order, without running matter and those flagged already."""
        return tuple(said for said in self.all_said if bare(said.text) not in self.flagged)

    @cached_property
    def all_said(self) -> tuple[Said, ...]:
        """The same with those that are flagged as they stand."""
        return tuple(self._said())

    @cached_property
    def text(self) -> str:
        """All text of the document."""
        return "\n".join(block.text for block in self.document.blocks)

    def _said(self) -> Iterator[Said]:
        heading: Block | None = None
        named: frozenset[int] = frozenset()
        block_at = -1
        for sentence in self.document.sentences:
            block = self.document.blocks[sentence.block]
            if block.kind in _SILENT:
                continue
            if sentence.block != block_at:
                block_at = sentence.block
                heading = block if block.kind == "heading" else heading
                named = self._named(heading.text if heading else "")
            named = self._named(sentence.text) or named
            tables = named or self._near(block)
            lines = tuple(line for line in self.lines if line.table in tables)
            if self._editable(sentence):
                title = heading.text if heading else ""
                yield Said(sentence.text, sentence.order, block, lines, bool(named), title)

    def _editable(self, sentence: Sentence) -> bool:
        same = self.pdf.sentences[sentence.order]
        return same.text == sentence.text and same.text in self.pdf.blocks[same.block].text

    def _named(self, text: str) -> frozenset[int]:
        wanted = {f"{word}{figure}".casefold() for word, figure in _REFERENCE.findall(text)}
        return frozenset(at for at, one in self.readings.items() if bare(one.label) in wanted)

    def _near(self, block: Block) -> frozenset[int]:
        if block.before_table == 0 or not self.readings:
            return frozenset(self.readings)
        return frozenset({block.before_table - 1})
