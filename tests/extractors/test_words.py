"""Words out of glyphs: glyph by glyph, and a whole page at once, must say the same."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.glyphs import BREAK, Glyph, GlyphColumns, Style, glyphs_within
from extractors.making import quick_box, quick_word
from extractors.words import words_of
from pipeline.model import Box, Word

STYLES = (
    Style(10.0, False, False, 0, True),
    Style(10.0, True, False, 0, True),
    Style(8.4, False, True, 0, True),
    Style(5.0, False, False, 0, True),
    Style(0.5, False, False, 0, False),
    Style(10.0, False, False, 90, True),
    Style(8.0, False, False, 90, True),
    Style(10.0, False, False, 180, True),
    Style(10.0, True, True, 270, True),
)
#: How a glyph follows the one before it: whether a break stands between, the gap, the shift, style and width.
STEPS = st.tuples(
    st.booleans(),
    st.sampled_from([-7.0, -6.0, -0.4, 0.0, 1.0, 2.2, 2.3, 40.0, -200.0]),
    st.sampled_from([0.0, 0.0, 0.0, 0.9, -0.9, 1.1, 4.9, 5.1, -3.0, 14.0]),
    st.sampled_from(range(len(STYLES))),
    st.sampled_from([0.0, 3.0, 5.5]),
)


def page_of(steps: list[tuple[bool, float, float, int, float]]) -> GlyphColumns:
    """A page of glyphs set one after the other; a glyph of no width stands where the one before it does."""
    rows: list[tuple[float, float, float, float]] = []
    for _, gap, shift, style, width in steps:
        x0, top, x1, bottom = rows[-1] if rows else (50.0, 90.0, 55.0, 100.0)
        if width:
            turned = STYLES[style].angle in (90, 270)
            along, across = (shift, gap) if turned else (gap, shift)
            left = (x0 if turned else x1) + along
            below = bottom + across
            rows.append((left, below - STYLES[style].size, left + width, below))
        else:
            rows.append((x0, top, x1, bottom))
    return GlyphColumns(
        text="".join("abcåÄ7-\U0001f600"[i % 8] for i in range(len(steps))),
        parted=np.array([step[0] for step in steps], np.bool_),
        boxes=np.array(rows, np.float64).reshape(-1, 4).T,
        style=np.array([step[3] for step in steps], np.intp),
        styles=STYLES,
    )


@given(st.lists(STEPS, max_size=30))
def test_a_page_at_once_gives_the_words_that_its_glyphs_give(
    steps: list[tuple[bool, float, float, int, float]],
) -> None:
    page = page_of(steps)
    assert words_of(page, 3) == words_of(list(page), 3)


@given(st.lists(STEPS, min_size=1, max_size=20), st.floats(40, 80), st.floats(0, 40))
def test_the_glyphs_of_a_place_are_the_same_whichever_way_they_are_kept(
    steps: list[tuple[bool, float, float, int, float]], left: float, width: float
) -> None:
    page = page_of(steps)
    box = Box(1, left, 90.0, left + width, 100.0)
    assert glyphs_within(page, box, 10.0) == glyphs_within(list(page), box, 10.0)


def test_breaks_stand_between_the_glyphs_that_they_part() -> None:
    page = page_of([(False, 0.0, 0.0, 0, 5.0), (True, 0.0, 0.0, 0, 5.0), (False, 0.0, 0.0, 1, 5.0)])
    assert [glyph.text for glyph in page] == ["a", "", "b", "c"]
    assert page[1] == BREAK and len(page) == 4
    assert [word.text for word in words_of(page, 1)] == ["a", "bc"]


@pytest.mark.parametrize("columns", [True, False])
def test_a_place_that_is_no_number_ends_a_word(columns: bool) -> None:
    page = page_of([(False, 0.0, 0.0, 0, 5.0)] * 3)
    page.boxes[:, 1] = float("nan")
    glyphs: GlyphColumns | list[Glyph] = page if columns else list(page)
    assert [word.text for word in words_of(glyphs, 1)] == ["a", "b", "c"]


@pytest.mark.parametrize("columns", [True, False])
def test_a_small_raised_mark_is_a_word_of_its_own(columns: bool) -> None:
    page = page_of([(False, 0.0, 0.0, 0, 5.0), (False, 0.0, 0.0, 0, 5.0), (False, 0.5, -3.0, 3, 3.0)])
    found = words_of(page if columns else list(page), 1)
    assert [(word.text, word.superscript) for word in found] == [("ab", False), ("c", True)]
    empty = page_of([])
    assert words_of(empty if columns else list(empty), 1) == []


@given(st.text(), st.floats(), st.booleans(), st.booleans(), st.integers(), st.booleans())
def test_what_is_made_quickly_is_what_its_class_makes(
    text: str, size: float, bold: bool, italic: bool, angle: int, superscript: bool
) -> None:
    box = quick_box(3, size, -size, 2 * size, 5.0)
    word = quick_word(text, box, size, bold, italic, angle, superscript)
    same = Word(text, Box(3, size, -size, 2 * size, 5.0), size, bold, italic, angle, superscript)
    assert type(word) is Word and type(box) is Box
    assert repr(word) == repr(same)
    assert pickle.dumps(word) == pickle.dumps(same)
    assert (word == replace(word) and hash(word) == hash(replace(word))) or size != size
    with pytest.raises(FrozenInstanceError):
        word.text = ""  # type: ignore[misc]
