"""The text of a cell: order by angle, raised marks apart, words broken by a narrow cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.tables.celltext import _in_order, _shown, _unmarked, cell_text, split_marks, text_lines
from pipeline.model import Box, Word


def _word(
    text: str, x0: float, top: float, *, wide: float | None = None, raised: bool = False, angle: int = 0
) -> Word:
    size = 6.0 if raised else 10.0
    along = wide if wide is not None else 0.5 * size * len(text)
    across = 1.2 * size
    box = (
        Box(1, x0, top, x0 + along, top + across) if angle == 0 else Box(1, x0, top, x0 + across, top + along)
    )
    return Word(text, box, size, angle=angle, superscript=raised)


def test_raised_mark_is_kept_apart_from_a_number() -> None:
    said = cell_text([_word("1995", 0, 0), _word("2", 20, -1, raised=True)])
    assert (said.text, said.marks, said.raw) == ("1995", ("2",), "19952")


def test_raised_mark_is_kept_apart_from_a_name_and_the_next_word() -> None:
    words = [
        _word("Hela", 0, 0),
        _word("staden", 23, 0),
        _word("1)", 53, -1, raised=True),
        _word("år", 65, 0),
    ]
    said = cell_text(words)
    assert (said.text, said.marks) == ("Hela staden år", ("1)",))


def test_power_of_a_length_stays() -> None:
    said = cell_text([_word("kr/m", 0, 0), _word("2", 20, -1, raised=True)])
    assert (said.text, said.marks) == ("kr/m2", ())


def test_cell_of_nothing_but_a_mark_says_the_mark() -> None:
    said = cell_text([_word("1", 0, 0, raised=True)])
    assert (said.text, said.marks) == ("1", ())


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("1995²", ("1995", ["2"])),
        ("staden*", ("staden", ["*"])),
        ("12,5", ("12,5", [])),
        ("*", ("*", [])),
        ("m²", ("m²", [])),
        ("kommun¹,²", ("kommun", ["1,2"])),
    ],
)
def test_marks_glued_to_words(word: str, parts: tuple[str, list[str]]) -> None:
    assert split_marks(word) == parts


def test_upward_lines_run_from_left_to_right() -> None:
    words = [
        _word("andra", 14, 50, angle=90),
        _word("raden", 14, 20, angle=90),
        _word("första", 0, 40, angle=90),
    ]
    said = cell_text(words)
    assert (said.text, said.rotated) == ("första andra raden", True)


def test_downward_lines_run_from_right_to_left() -> None:
    words = [_word("två", 0, 0, angle=270), _word("ett", 14, 0, angle=270)]
    assert cell_text(words).text == "ett två"


def test_word_broken_by_a_narrow_cell_is_mended() -> None:
    words = [_word("bedömningsmetode", 2, 0, wide=76), _word("n", 2, 12), _word("här", 9, 12)]
    assert cell_text(words, right=80.0).text == "bedömningsmetoden här"


def test_raw_keeps_lines_and_hyphens() -> None:
    said = cell_text([_word("Upp-", 0, 0), _word("följning", 0, 12)])
    assert (said.text, said.raw) == ("Uppföljning", "Upp-\nföljning")


@given(
    st.lists(
        st.builds(
            lambda text, x0, top, raised: Word(
                text, Box(1, x0, top, x0 + 9, top + 8), 8.0, superscript=raised
            ),
            st.sampled_from(["Antal", "år", "12", "stöd²", "stad*", "m", "2", "(b)", "Summa....", "É"]),
            st.sampled_from([10.0, 20.0, 20.2, 31.0, 45.0]),
            st.sampled_from([50.0, 50.0, 62.0]),
            st.booleans(),
        ),
        min_size=2,
        max_size=5,
    )
)
def test_quick_ways_say_what_the_long_ones_say(words: list[Word]) -> None:
    if _in_order(words):
        assert text_lines(words) == [list(words)]
    if all(map(_unmarked, words)):
        marks: list[str] = []
        assert _shown(words, marks) == _shown(words, None)
        assert marks == []
