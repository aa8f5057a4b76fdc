"""Fonts, widths, inline marks and line breaking."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

#: Bitstream Vera comes with reportlab under a free licence and has the Swedish letters.
VERA = {"": "Vera", "b": "VeraBd", "i": "VeraIt", "bi": "VeraBI"}
HELVETICA = {"": "Helvetica", "b": "Helvetica-Bold", "i": "Helvetica-Oblique", "bi": "Helvetica-BoldOblique"}
TIMES = {"": "Times-Roman", "b": "Times-Bold", "i": "Times-Italic", "bi": "Times-BoldItalic"}
FAMILIES = {"vera": VERA, "helvetica": HELVETICA, "times": TIMES}

#: Marks that text fonts lack; the standard font ZapfDingbats has them under the same characters.
_DINGBATS = "●■▲✓✗✔✘"
_MARK = re.compile(rf"(\*\*.+?\*\*|\^[^^]+\^|[{_DINGBATS}])")
_VOWELS = "aeiouyåäöéAEIOUYÅÄÖÉ"
_MIN_LEFT, _MIN_RIGHT = 4, 3
SOFT_HYPHEN = "\u00ad"
SUPER_SIZE, SUPER_RISE = 0.65, 0.38


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font: ``raised`` ones are superscripts."""

    text: str
    font: str
    size: float
    raised: bool = False

    @property
    def width(self) -> float:
        """Width in points."""
        return width(self.text, self.font, self.size)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of runs; ``last`` is the last of its paragraph."""

    runs: tuple[Run, ...]
    last: bool = False

    @property
    def width(self) -> float:
        """Width in points."""
        return sum(run.width for run in self.runs)


@lru_cache(maxsize=1)
def register() -> None:
    """Make the TrueType fonts known to reportlab, once."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in VERA.values():
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


@lru_cache(maxsize=200_000)
def width(text: str, font: str, size: float) -> float:
    """Width of the text in points."""
    from reportlab.pdfbase import pdfmetrics

    register()
    measured: Any = pdfmetrics.stringWidth(text, font, size)
    return float(measured)


def font_name(family: str, *, bold: bool = False, italic: bool = False) -> str:
    """The font of a family in the wanted cut."""
    return FAMILIES[family][("b" if bold else "") + ("i" if italic else "")]


def plain(text: str) -> str:
    """The logical text: marks and soft hyphens off, superscripts gone, one space between words."""
    shown = re.sub(r"\^[^^]+\^", "", text).replace("**", "").replace(SOFT_HYPHEN, "")
    return " ".join(shown.split())


def break_points(word: str) -> list[int]:
    """Where a word may be hyphenated: at its soft hyphens, else before one consonant and a vowel."""
    if SOFT_HYPHEN in word:
        points, seen = [], 0
        for char in word:
            if char == SOFT_HYPHEN:
                points.append(seen)
            else:
                seen += 1
        return points
    return [
        at
        for at in range(_MIN_LEFT, len(word) - _MIN_RIGHT)
        if word[at].isalpha()
        and word[at] not in _VOWELS
        and word[at + 1] in _VOWELS
        and word[at - 1].isalpha()
        and any(char in _VOWELS for char in word[:at])
    ]


def words_of(text: str, family: str, size: float, *, bold: bool, italic: bool) -> list[list[Run]]:
    """Words (white space apart, no-break space inside), each a list of runs."""
    words: list[list[Run]] = [[]]
    for piece in _MARK.split(text):
        if not piece:
            continue
        heavy, raised = bold, False
        if piece.startswith("**") and piece.endswith("**") and len(piece) > 4:
            piece, heavy = piece[2:-2], True
        elif piece.startswith("^") and piece.endswith("^") and len(piece) > 2:
            piece, raised = piece[1:-1], True
        font = "ZapfDingbats" if piece in _DINGBATS else font_name(family, bold=heavy, italic=italic)
        chunks = re.split(r"[ \n\t]+", piece)
        for index, chunk in enumerate(chunks):
            if index:
                words.append([])
            if chunk:
                words[-1].append(Run(chunk, font, size * SUPER_SIZE if raised else size, raised))
    return [word for word in words if word]


def _split_word(word: list[Run], room: float, *, forced: bool) -> tuple[list[Run], list[Run]] | None:
    """Cut a one-run word so that its first part and a hyphen fit into the room; None when it cannot be."""
    if len(word) != 1 or word[0].raised:
        return None
    run = word[0]
    bare = run.text.replace(SOFT_HYPHEN, "")
    for at in reversed(break_points(run.text)):
        left = bare[:at] if bare[at - 1] == "-" else bare[:at] + "-"
        if width(left, run.font, run.size) <= room:
            return [Run(left, run.font, run.size)], [Run(bare[at:], run.font, run.size)]
    if forced:
        for at in range(len(bare) - 1, 0, -1):
            if width(bare[:at], run.font, run.size) <= room or at == 1:
                return [Run(bare[:at], run.font, run.size)], [Run(bare[at:], run.font, run.size)]
    return None


def _bare(word: list[Run]) -> list[Run]:
    return [Run(run.text.replace(SOFT_HYPHEN, ""), run.font, run.size, run.raised) for run in word]


def _at_own_hyphen(word: list[Run], room: float) -> tuple[list[Run], list[Run]] | None:
    """Break ``Upplands-Bro`` or ``och/eller`` after its own hyphen or slash, as programs do."""
    if len(word) != 1:
        return None
    run = word[0]
    for found in reversed(list(re.finditer(r"(?<=\w)[-/](?=\w)", run.text))):
        at = found.end()
        if width(run.text[:at].replace(SOFT_HYPHEN, ""), run.font, run.size) <= room:
            return [Run(run.text[:at], run.font, run.size)], [Run(run.text[at:], run.font, run.size)]
    return None


def wrap(words: Iterable[list[Run]], room: float, *, hyphenate: bool) -> list[Line]:
    """Break words into lines no wider than ``room`` points."""
    queue = list(words)[::-1]
    lines: list[Line] = []
    current: list[Run] = []
    used = 0.0
    while queue:
        word = queue.pop()
        bare = _bare(word)
        wide = sum(run.width for run in bare)
        space = width(" ", bare[0].font, bare[0].size) if current else 0.0
        if used + space + wide <= room + 0.01:
            if current:
                current.append(Run(" ", bare[0].font, bare[0].size))
            current += bare
            used += space + wide
            continue
        cut = _at_own_hyphen(word, room - used - space)
        if cut is None and hyphenate:
            cut = _split_word(word, room - used - space, forced=False)
        if cut is None and not current:
            cut = _split_word(word, room, forced=True)
        if cut is not None:
            if current:
                current.append(Run(" ", bare[0].font, bare[0].size))
            current += _bare(cut[0])
            queue.append(cut[1])
        elif current:
            queue.append(word)
        else:
            current = bare
        lines.append(Line(tuple(current)))
        current, used = [], 0.0
    if current:
        lines.append(Line(tuple(current)))
    if lines:
        lines[-1] = Line(lines[-1].runs, last=True)
    return lines


def wrap_text(
    text: str,
    family: str,
    size: float,
    room: float,
    *,
    bold: bool = False,
    italic: bool = False,
    hyphenate: bool = False,
) -> list[Line]:
    """Break a text with inline marks into lines no wider than ``room`` points."""
    return wrap(words_of(text, family, size, bold=bold, italic=italic), room, hyphenate=hyphenate)
