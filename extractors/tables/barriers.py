"""Lines that no table goes on beyond: another table's label, a heading."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extractors.labels import is_label_start, may_open_label
from extractors.tables.textlines import TextLine
from pipeline.model import Word

#: A heading is at least so much larger than the table's text, and has at most so many words.
LARGER, HEADING_WORDS = 1.16, 14


def ends_table(line: TextLine, size: float) -> bool:
    """Whether a line is a label ("Tabell 3", with its title or without) or a heading.

    Args:
        size: of the table's text (points).
    """
    runs = line.segments(1.0) if len(line.words) > 1 else []
    if len(runs) > 1:  # labels of tables beside each other
        return all(_begins_label(run) for run in runs)
    if line.size >= LARGER * size:
        return len(line.words) <= HEADING_WORDS
    return _begins_label(line.words)


def _begins_label(words: Sequence[Word]) -> bool:
    first = words[0].text
    if not (first[0].isupper() and may_open_label(first)):
        return False
    return is_label_start(" ".join(word.text for word in words))


def usual_size(lines: Sequence[TextLine]) -> float:
    """The font size that most of the lines have (points)."""
    return median([line.size for line in lines]) if lines else 10.0


def within_reach(lines: Sequence[TextLine], top: float, bottom: float) -> list[TextLine]:
    """The lines that a table from ``top`` to ``bottom`` (points) may grow over: those before the nearest
    line above and below that ends tables."""
    size = usual_size([line for line in lines if top < line.y < bottom] or lines)
    low, high = float("-inf"), float("inf")
    for line in lines:
        if line.y < top:
            if ends_table(line, size):
                low = line.y
        elif line.y > bottom and ends_table(line, size):
            high = line.y
            break
    return [line for line in lines if low < line.y < high]


def parted(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines between those that end tables; these are left out."""
    size = usual_size(lines)
    made: list[list[TextLine]] = [[]]
    for line in lines:
        if ends_table(line, size):
            made.append([])
        else:
            made[-1].append(line)
    return [run for run in made if run]
