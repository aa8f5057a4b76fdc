"""Printed lines told apart into columns, and which of their texts are values."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from re import IGNORECASE, Pattern, compile

from extractors.tables.textlines import COLUMN_GAP, TextLine, is_value
from pipeline.model import Word

#: Texts of one column that begin flush begin within so many points of each other.
SAME_START = 0.9


@dataclass(slots=True)
class Placed:
    """A run of text on a line and the columns it stands in (``first`` to ``last``)."""

    words: list[Word]
    first: int
    last: int

    @property
    def text(self) -> str:
        """The run as printed, footnote marks off."""
        plain = [word.text for word in self.words if not word.superscript]
        return " ".join(plain) if plain else " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return min(word.box.x0 for word in self.words)

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.box.x1 for word in self.words)


@dataclass(slots=True)
class Row:
    """One printed line of a table, told apart into columns.

    Attributes:
        texts: what stands in each column.
        value_cols: columns but the first that hold a value; years: they are all years.
        turned: the row holds the header cells that are turned by 90 degrees.
    """

    line: TextLine
    runs: list[Placed]
    texts: dict[int, str] = field(default_factory=dict)
    value_cols: frozenset[int] = frozenset()
    years: bool = False
    turned: bool = False

    @property
    def high(self) -> float:
        """Upper bound of its letters (points), for the edge to the row above."""
        return self.line.top if self.turned else self.line.y - self.line.size * 0.3

    @property
    def low(self) -> float:
        """Lower bound of its letters."""
        return self.line.bottom if self.turned else self.line.y + self.line.size * 0.3

    @property
    def states(self) -> bool:
        """Whether the row states values: more than words, and not only years, as a header does."""
        others = sum(col > 0 for col in self.texts) - len(self.value_cols)
        return bool(self.value_cols) and not self.years and len(self.value_cols) >= others


def answers_of(lines: Sequence[TextLine]) -> frozenset[str]:
    """Short texts that come again below each other, to the right of the labels: answers such as JA and NEJ.

    Gives them in lower case.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for line in lines:
        if line.parted():
            seen.update(line.answers())
    return frozenset([text for (text, _), count in seen.items() if count > 1])


def is_stated(text: str, answers: Container[str]) -> bool:
    """Whether a text is a value or one of the answers."""
    return is_value(text) or text.casefold() in answers


def is_year(text: str) -> bool:
    """Whether a text is a year of our time."""
    return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")


def names_years(line: TextLine) -> bool:
    """Whether a line heads columns with years, as ``Mått 2021 2022 Länet 2022`` does: at least half of its
    texts, but one over the labels, begin or end with a year, and there are two of them."""
    texts = [[word.text for word in run] for run in line.segments(COLUMN_GAP)]
    dated = sum(is_year(text[0]) or is_year(text[-1]) for text in texts)
    return dated > 1 and dated * 2 >= len(texts) - 1


#: Units in lower case, column heads with a capital.
SOFT_UNITS = frozenset({"antal", "andel", "år", "index", "poäng", "personer", "kvot"})


@lru_cache(maxsize=1)
def _unit() -> Pattern[str]:
    return compile(
        r"^[(\[]?(?:%|‰|procent|kr|kronor|sek|tkr|mkr|euro|€|st|stycken|dagar|dgr|timmar|tim|månader|kr/inv\.?)[)\]]?$",
        IGNORECASE,
    )


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit of measurement (``%``, ``kr``); words that may well head a
    column are units in lower case only (``antal``)."""
    return len(text) <= 16 and (_unit().match(text) is not None or text.strip("()[]") in SOFT_UNITS)


def is_unit_row(texts: Iterable[tuple[int, str]]) -> bool:
    """Whether the texts of a row ``(column, text)`` are units and nothing else, but for its label."""
    units = [is_unit(text) for col, text in texts if col > 0]
    return len(units) > 1 and all(units)


def place(
    line: TextLine, xs: Sequence[float], answers: Container[str] = (), parting: Sequence[float] = ()
) -> Row:
    """A line's runs of text with the columns they stand in.

    Neighbouring words in different columns are one run only when a word lies across the edge or
    they stand no further apart than words do and no edge of ``parting`` (points) lies between.
    """
    runs: list[Placed] = []
    last_col = len(xs) - 2
    for word in line.words:
        x = (word.box.x0 + word.box.x1) / 2
        size = max(word.size, 1.0)
        first = min(max(bisect_right(xs, word.box.x0 + 0.15 * size) - 1, 0), last_col)
        last = min(max(bisect_right(xs, word.box.x1 - 0.15 * size) - 1, 0), last_col)
        col = min(max(bisect_right(xs, x) - 1, 0), last_col)
        if last > first and word.box.width < 3 * size and len(word.text) < 5:
            first = last = col
        if runs:
            run = runs[-1]
            gap = word.box.x0 - run.words[-1].box.x1
            if parting and first > run.last and any(run.words[-1].box.x0 < x < word.box.x1 for x in parting):
                gap = size
            if word.superscript or (gap < 0.5 * size and (first <= run.last or gap < 0.36 * size)):
                run.words.append(word)
                run.last = run.last if word.superscript else max(run.last, last)
                continue
        runs.append(Placed([word], first, last))
    return _row(line, runs, answers)


def _row(line: TextLine, runs: list[Placed], answers: Container[str]) -> Row:
    texts: dict[int, str] = {}
    for run in runs:
        texts[run.first] = f"{texts[run.first]} {run.text}" if run.first in texts else run.text
    stated = frozenset(col for col, text in texts.items() if col > 0 and is_stated(text, answers))
    years = bool(stated) and all(is_year(texts[col]) for col in stated)
    return Row(line, runs, texts, stated, years)


def heads_apart(rows: list[Row], answers: Container[str], n_cols: int) -> list[Row]:
    """The lines, where texts of two columns that stand no further apart than words do are told apart.

    So they are where both begin just where the texts of their own columns begin, on a line that has texts of
    other columns as well: heads that fill their columns, answers in narrow ones.
    """
    wide = [
        at for at, row in enumerate(rows) if len(row.runs) > 1 and any(r.last > r.first for r in row.runs)
    ]
    if not wide:
        return rows
    starts = _starts(rows, n_cols)
    made = list(rows)
    for at in wide:
        runs = [part for run in rows[at].runs for part in _parts(run, starts)]
        if len(runs) > len(rows[at].runs):
            made[at] = _row(rows[at].line, runs, answers)
    return made


def _starts(rows: Sequence[Row], n_cols: int) -> list[float | None]:
    """Where the texts of each column begin (points), when most of them begin at one place."""
    found: list[list[float]] = [[] for _ in range(n_cols)]
    for row in rows:
        for run in row.runs:
            if run.first == run.last:
                found[run.first].append(run.x0)
    made: list[float | None] = []
    for own in found:
        middle = sorted(own)[len(own) // 2] if len(own) > 2 else None
        flush = 0 if middle is None else sum(abs(x - middle) < SAME_START for x in own)
        made.append(middle if flush * 3 >= 2 * len(own) else None)
    return made


def _parts(run: Placed, starts: Sequence[float | None]) -> list[Placed]:
    """A run across columns as one for each column it begins flush with, when it does so with its first."""
    if run.last == run.first or (own := starts[run.first]) is None or abs(run.x0 - own) >= SAME_START:
        return [run]
    parts = [Placed([run.words[0]], run.first, run.last)]
    for word in run.words[1:]:
        later = range(parts[-1].first + 1, run.last + 1)
        col = next(
            (c for c in later if (x := starts[c]) is not None and abs(word.box.x0 - x) < SAME_START), None
        )
        if col is None or word.superscript:
            parts[-1].words.append(word)
        else:
            parts[-1].last = col - 1
            parts.append(Placed([word], col, run.last))
    return parts


def turned_row(words: Sequence[Word], upright: Sequence[Row], xs: Sequence[float]) -> Row:
    """The header row of turned words, with the upright lines that stand beside them."""
    last_col = len(xs) - 2
    by_col: dict[int, list[Word]] = {}
    for word in words:
        x = (word.box.x0 + word.box.x1) / 2
        by_col.setdefault(min(max(bisect_right(xs, x) - 1, 0), last_col), []).append(word)
    runs = [Placed(own, col, col) for col, own in sorted(by_col.items())]
    top, bottom = min(word.box.top for word in words), max(word.box.bottom for word in words)
    every = list(words)
    for row in upright:
        runs += row.runs
        every += row.line.words
        top, bottom = min(top, row.line.top), max(bottom, row.line.bottom)
    line = TextLine((top + bottom) / 2, top, bottom, max(word.size for word in words), every)
    row = _row(line, runs, ())
    return Row(line, runs, row.texts, frozenset(), False, True)
