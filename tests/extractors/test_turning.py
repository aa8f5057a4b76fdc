"""Pages on their side: read upright, with boxes where the words are seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.geometry import PageGeometry, Rule
from extractors.glyphs import Glyph
from extractors.turning import Lean, sideways, turned
from pipeline.model import Box, Word
from tests.extractors.reading import A4, read_drawn

SENTENCES = (
    "Storby har infört en rutin för barn i utsatta hushåll under året.",
    "Lillby följer efter nästa år, enligt beslut i nämnden i mars.",
)
POINTS = st.floats(0, 500, allow_nan=False, width=32)


@given(st.sampled_from([0, 90, 180, 270]), POINTS, POINTS, st.floats(1, 80), st.floats(1, 80))
def test_a_place_on_a_turned_page_is_found_again(turn: int, x: float, y: float, w: float, h: float) -> None:
    glyph = Glyph("a", x, y, x + w, y + h, 10.0, False, False, 0, True)
    page = PageGeometry(1, 595.0, 842.0, (glyph,), (Rule(x, y, x + w, y, 1.0, "#000000"),), (), ())
    upright = turned(page, turn)
    moved = upright.glyphs[0]
    lean = Lean(0.0, upright.width, upright.height, turn)
    back = lean.on_page(Box(1, moved.x0, moved.top, moved.x1, moved.bottom))
    assert (back.x0, back.top, back.x1, back.bottom) == pytest.approx((x, y, x + w, y + h), abs=1e-3)
    assert upright.rules[0].horizontal == (turn in (0, 180) or w == 0)


def test_only_a_page_of_turned_text_is_turned() -> None:
    def words(count: int, angle: int) -> list[Word]:
        return [Word("rutinerna", Box(1, 0, 0, 9, 9), 9.0, angle=angle)] * count

    assert sideways(words(30, 0)) == 0
    assert sideways(words(30, 0) + words(20, 90)) == 0
    assert sideways(words(30, 90)) == 270
    assert sideways(words(30, 270) + words(4, 0)) == 90
    assert sideways(words(3, 90)) == 0
    assert sideways([]) == 0


MOVES = {90: (0.0, -A4[0]), 270: (-A4[1], 0.0), 180: (-A4[0], -A4[1])}


@pytest.mark.parametrize("degrees", MOVES)
def test_text_along_the_side_of_a_page_is_read(degrees: int, tmp_path: Path) -> None:
    def draw(canvas: object) -> None:
        canvas.rotate(degrees)  # type: ignore[attr-defined]
        canvas.translate(*MOVES[degrees])  # type: ignore[attr-defined]
        for i, sentence in enumerate(SENTENCES):
            canvas.drawString(100, 300 - 30 * i, sentence)  # type: ignore[attr-defined]

    document = read_drawn(tmp_path, draw)
    page = document.pages[0]
    assert (page.width, page.height) == pytest.approx(A4, abs=0.1)
    assert [sentence.text for sentence in document.sentences] == list(SENTENCES)
    for sentence in document.sentences:
        (box,) = sentence.boxes
        assert 0 <= box.x0 < box.x1 <= page.width and 0 <= box.top < box.bottom <= page.height
        long, short = max(box.width, box.height), min(box.width, box.height)
        assert long > 250 and short < 20
        assert (box.height > box.width) == (degrees != 180)
