"""The text of one cell out of its words: reading order by angle, lines, footnote marks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.tables.hyphens import is_cut_off, join_lines
from pipeline.model import Word

#: Raised 2 and 3 after these are powers, not footnote marks.
LENGTHS = frozenset({"m", "km", "cm", "dm", "mm"})
SUPERSCRIPTS = {
    "¹": "1",
    "²": "2",
    "³": "3",
    "⁴": "4",
    "⁵": "5",
    "⁶": "6",
    "⁷": "7",
    "⁸": "8",
    "⁹": "9",
    "⁰": "0",
}
#: Two words nearer than this share of the font size are one (a change of font inside a word).
GLUE = 0.06
#: A word that is forced to break leaves less than this share of its size free at the line's end.
FORCED = 0.55


class CellText(NamedTuple):
    """What a cell says.

    Attributes:
        text: lines joined, marks off; raw: verbatim with ``\\n`` between lines; marks: in order.
        ragged: space in points between the longest line and the cell's right edge.
    """

    text: str
    raw: str
    marks: tuple[str, ...]
    bold: bool
    italic: bool
    rotated: bool


EMPTY = CellText("", "", (), False, False, False)


class Vocabulary:
    """Words of this page, once they are asked for."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = words
        self._own: frozenset[str] | None = None

    def __contains__(self, word: object) -> bool:
        if self._own is None:
            self._own = frozenset(w.text.strip(".,;:()[]\"'”’?!").casefold() for w in self._words)
        return word in self._own


def cell_text(words: Sequence[Word], vocabulary: Container[str] = (), right: float | None = None) -> CellText:
    """The text of a cell.

    Args:
        words: the cell's words in the order of the content stream.
        vocabulary: lower-case words that settle hyphens (:func:`join_lines`).
        right: x where the cell's text must end (its right edge less padding), when that is known:
            tells words that were broken without a hyphen because the cell is too narrow.
    """
    if not words:
        return EMPTY
    if len(words) == 1 and words[0].text.isalnum() and words[0].text.isascii():
        word = words[0]
        return CellText(word.text, word.text, (), word.bold, word.italic, word.angle in (90, 270))
    lines = [list(words)] if _in_order(words) else text_lines(words)
    marks: list[str] = []
    shown: list[str] = []
    raw: list[str] = []
    only = all(word.superscript for word in words)
    for line in lines:
        text = _shown(line, None)
        raw.append(text)
        shown.append(text if only or all(map(_unmarked, line)) else _shown(line, marks))
    shown = _forced(shown, lines, right)
    text = join_lines(shown, vocabulary)
    if not text and marks:  # nothing but marks: then they are what the cell says
        text, marks = " ".join(marks), []
    return CellText(
        text,
        "\n".join(raw),
        tuple(marks),
        _mostly(words, [word.bold for word in words]),
        _mostly(words, [word.italic for word in words]),
        _mostly(words, [word.angle in (90, 270) for word in words]),
    )


def _mostly(words: Sequence[Word], own: Sequence[bool]) -> bool:
    """Whether more than half of the letters are in words for which ``own`` holds."""
    if True not in own or False not in own:
        return own[0]
    return 2 * sum(len(w.text) for w, one in zip(words, own, strict=True) if one) > sum(
        len(word.text) for word in words
    )


def _unmarked(word: Word) -> bool:
    """Whether a word can hold neither a footnote mark nor a leader at its end: most end in a letter."""
    last = word.text[-1]
    return not word.superscript and (last.isalpha() or (last.isascii() and last.isdigit()))


def text_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words as lines in reading order, each from its start to its end, whatever the angle."""
    angle = _angle(words)
    keyed: list[tuple[float, float, int, Word]] = []
    line_at = 0.0
    for index, word in enumerate(words):
        across, along = _place(word, angle)
        if word.superscript and keyed:
            across = line_at
        line_at = across
        keyed.append((across, along, index, word))
    keyed.sort(key=lambda key: key[0])
    lines: list[list[tuple[float, float, int, Word]]] = []
    for key in keyed:
        size = max(key[3].size, 1.0)
        if lines and key[0] - lines[-1][0][0] <= 0.5 * size:
            lines[-1].append(key)
        else:
            lines.append([key])
    return [[key[3] for key in sorted(line, key=lambda key: key[1:3])] for line in lines]


def _in_order(words: Sequence[Word]) -> bool:
    """Whether upright words of one height follow each other from left to right: most cells' do."""
    first = words[0].box
    top, bottom, x = first.top, first.bottom, first.x0
    for word in words:
        box = word.box
        if word.angle != 0 or box.top != top or box.bottom != bottom or box.x0 < x:
            return False
        x = box.x0
    return True


def _angle(words: Sequence[Word]) -> int:
    first = words[0].angle
    if all(word.angle == first for word in words):
        return first
    letters: dict[int, int] = {}
    for word in words:
        letters[word.angle] = letters.get(word.angle, 0) + len(word.text)
    return max(letters, key=lambda angle: (letters[angle], -angle))


def _place(word: Word, angle: int) -> tuple[float, float]:
    """Where a word's line stands and how far along it the word begins, both growing with reading."""
    x, y = word.box.centre
    if angle == 0:
        return y, word.box.x0
    if angle == 90:
        return x, -word.box.bottom
    if angle == 270:
        return -x, word.box.top
    return -y, -word.box.x1


def _gap(a: Word, b: Word) -> float:
    if a.angle == 90:
        return a.box.top - b.box.bottom
    if a.angle == 270:
        return b.box.top - a.box.bottom
    if a.angle == 180:
        return a.box.x0 - b.box.x1
    return b.box.x0 - a.box.x1


def _shown(line: Sequence[Word], marks: list[str] | None) -> str:
    """The line as text; with ``marks`` its footnote marks go there instead."""
    parts: list[str] = []
    last: Word | None = None
    for word in line:
        text = word.text
        if marks is not None:
            if word.superscript and parts and _is_mark(text, parts[-1]):
                marks.append(text.rstrip(",;"))
                continue
            text, found = split_marks(without_leader(text))
            marks += found
            if not text:
                continue
        if last is not None and (_gap(last, word) <= GLUE * last.size or word.superscript):
            parts[-1] += text
        else:
            parts.append(text)
        last = word
    return " ".join(parts)


def _is_mark(text: str, before: str) -> bool:
    """Whether raised text is a footnote mark rather than a power (m²) or an ordinal's ending (1st)."""
    if text in ("2", "3") and before.casefold().lstrip("(").rsplit("/", 1)[-1] in LENGTHS:
        return False
    return len(text) <= 6 and not (len(text) > 1 and text.isalpha())


def without_leader(text: str) -> str:
    """A word without the row of dots (at least four) that leads from it to a figure."""
    if text[-1] not in "._·…":
        return text
    stem = text.rstrip("._·…")
    return stem if len(text) - len(stem) >= 4 else text


def split_marks(text: str) -> tuple[str, list[str]]:
    """A word without footnote marks at its end (``1995²``, ``staden*``), and the marks.

    >>> split_marks("1995²")
    ('1995', ['2'])
    """
    last = text[-1:]
    if last.isascii() and last != "*":
        return text, []
    match = _ending().search(text)
    if match is None or match.start() == 0:
        return text, []
    stem, ending = text[: match.start()], match.group()
    if ending in ("²", "³") and stem.casefold().lstrip("(").rsplit("/", 1)[-1] in LENGTHS:
        return text, []
    if ending[0] in SUPERSCRIPTS:
        return stem, ["".join(SUPERSCRIPTS.get(sign, sign) for sign in ending)]
    return stem, [ending]


@lru_cache(maxsize=1)
def _ending() -> re.Pattern[str]:
    return re.compile(r"(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?:[,)][¹²³⁴⁵⁶⁷⁸⁹⁰]+)*|[*†‡]+)$")


def _forced(shown: list[str], lines: list[list[Word]], right: float | None) -> list[str]:
    """Put together words that a too narrow cell broke without a hyphen.

    Such a line is a single word that fills the cell to the last letter, and the next begins in lower case
    with a tail too short to be a word. (What the document's other words tell comes later:
    :func:`extractors.tables.hyphens.join_broken`.)
    """
    if right is None or len(shown) < 2 or lines[0][0].angle != 0:
        return shown
    made = [shown[0]]
    for index in range(1, len(shown)):
        before, after, line = made[-1], shown[index], lines[index - 1]
        tail = after.split(None, 1)[0].strip(".,;:()").casefold() if after.strip() else ""
        if (
            len(line) == 1
            and before[-1:].isalpha()
            and after[:1].islower()
            and (right - line[-1].box.x1 < FORCED * line[-1].size or is_cut_off(before, after))
            and len(tail) <= 2
            and tail not in SHORT_WORDS
        ):
            made[-1] = before + after
        else:
            made.append(after)
    return made


#: Short words that may well stand first on a line.
SHORT_WORDS = frozenset(
    {"i", "å", "på", "av", "om", "ut", "in", "ej", "en", "är", "år", "då", "så", "kr", "to", "of", "by", "on"}
)
