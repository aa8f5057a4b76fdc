"""The ruled lines of a straightened page picture."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

#: Grey values below this are ink of a line.
INK = 170
#: Shortest lines in inches: letters have no strokes as long; upright strokes of headings are shorter.
ACROSS, DOWN = 0.3, 0.22
#: Breaks of so many inches inside a line are closed; of what is left so much must be ink.
BREAK, SOLID = 0.012, 0.93
#: Beside a line, at this distance (inches), at most this share is ink: else it is a row of letters.
BESIDE, FREE = 0.012, 0.35
#: Thicker than this (inches) is a filled area, not a line.
THICK = 0.05
#: An upright line shorter than this (inches) must touch a line across: else it is a letter.
FREE_STANDING = 0.6


class PixelRule(NamedTuple):
    """A line in pixels: the box of its ink."""

    x0: int
    top: int
    x1: int
    bottom: int


def find_rules(page: Any, dpi: int) -> tuple[list[PixelRule], list[PixelRule]]:
    """Lines across and lines down.

    Args:
        page: grey values as an array of rows.
        dpi: dots per inch.
    """
    ink = page < INK
    across = _lines(ink, round(ACROSS * dpi), dpi)
    down = [
        PixelRule(rule.top, rule.x0, rule.bottom, rule.x1)
        for rule in _lines(np.ascontiguousarray(ink.T), round(DOWN * dpi), dpi)
    ]
    reach = round(0.03 * dpi)
    down = [rule for rule in down if _stands(rule, across, reach, round(FREE_STANDING * dpi))]
    return across, down


def without_rules(page: Any, rules: list[PixelRule], dpi: int) -> Any:
    """The page with the lines painted white (a little wider than their ink)."""
    cleaned = page.copy()
    pad = max(1, round(0.005 * dpi))
    for rule in rules:
        cleaned[max(rule.top - pad, 0) : rule.bottom + pad, max(rule.x0 - pad, 0) : rule.x1 + pad] = 255
    return cleaned


def _lines(ink: Any, shortest: int, dpi: int) -> list[PixelRule]:
    """Long runs of ink along the rows, runs of neighbouring rows put together."""
    closed = round(BREAK * dpi)
    found: list[PixelRule] = []
    open_rules: list[list[int]] = []  # x0, top, x1, bottom
    slack = 2
    counts = ink.sum(axis=1)
    for y in np.nonzero(counts >= shortest // 2)[0].tolist():
        runs = _runs(ink[y], shortest, closed)
        if not runs:
            continue
        still: list[list[int]] = []
        for rule in open_rules:
            if rule[3] >= y - slack:
                still.append(rule)
            else:
                found.append(PixelRule(*rule))
        open_rules = still
        for x0, x1 in runs:
            for rule in open_rules:
                if x0 <= rule[2] + closed and x1 >= rule[0] - closed:
                    rule[0], rule[2], rule[3] = min(rule[0], x0), max(rule[2], x1), y + 1
                    break
            else:
                open_rules.append([x0, y, x1, y + 1])
    found += [PixelRule(*rule) for rule in open_rules]
    thick = THICK * dpi
    return [
        rule
        for rule in _merged(found, slack + 1)
        if rule.bottom - rule.top <= thick and _stands_free(ink, rule, round(BESIDE * dpi))
    ]


def _stands_free(ink: Any, rule: PixelRule, away: int) -> bool:
    """Whether there is paper on both sides of a line for most of its length."""
    for y in (rule.top - away, rule.bottom - 1 + away):
        if 0 <= y < len(ink) and float(ink[y, rule.x0 : rule.x1].mean()) > FREE:
            return False
    return True


def _runs(row: Any, shortest: int, closed: int) -> list[tuple[int, int]]:
    """Runs of ink of one row that are long enough, breaks of up to ``closed`` pixels closed."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    starts, ends = steps[::2], steps[1::2]
    if len(starts) == 0:
        return []
    apart = np.flatnonzero(starts[1:] - ends[:-1] > closed)
    firsts = starts[np.concatenate(([0], apart + 1))]
    lasts = ends[np.concatenate((apart, [len(ends) - 1]))]
    keep = lasts - firsts >= shortest
    # closing must not make a line out of a row of letters: most of it must be ink
    total = np.concatenate(([0], np.cumsum(row)))
    return [
        (int(a), int(b))
        for a, b in zip(firsts[keep].tolist(), lasts[keep].tolist(), strict=True)
        if total[b] - total[a] >= SOLID * (b - a)
    ]


def _merged(rules: list[PixelRule], slack: int) -> list[PixelRule]:
    """Pieces that lie on top of each other (a line that still leans a little) as one line."""
    merged: list[PixelRule] = []
    for rule in sorted(rules, key=lambda r: (r.top, r.x0)):
        for at in range(len(merged) - 1, max(len(merged) - 12, -1), -1):
            had = merged[at]
            if rule.top <= had.bottom + slack and rule.x0 <= had.x1 + slack and rule.x1 >= had.x0 - slack:
                merged[at] = PixelRule(
                    min(had.x0, rule.x0),
                    min(had.top, rule.top),
                    max(had.x1, rule.x1),
                    max(had.bottom, rule.bottom),
                )
                break
        else:
            merged.append(rule)
    return merged


def _stands(rule: PixelRule, across: list[PixelRule], reach: int, free: int) -> bool:
    if rule.bottom - rule.top >= free:
        return True
    x = (rule.x0 + rule.x1) // 2
    ends = sum(
        1
        for other in across
        if other.x0 - reach <= x <= other.x1 + reach
        and (abs(other.top - rule.top) <= 2 * reach or abs(other.bottom - rule.bottom) <= 2 * reach)
    )
    return ends > 0
