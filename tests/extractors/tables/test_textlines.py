"""Lines of words, and what is asked of them in a short way: the same answers as in the plain way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.labels import is_label_start, read_label, without_continued
from extractors.tables.columns import SPACE
from extractors.tables.textcolumns import WIDTH, _crosses
from extractors.tables.textlines import COLUMN_GAP, TextLine, _value, is_value, lines_of
from pipeline.model import Box, Word

points = st.floats(0, 400, allow_nan=False).map(lambda x: round(x, 2))


@st.composite
def a_word(draw: st.DrawFn) -> Word:
    x0, top, size = (
        draw(points),
        draw(st.sampled_from([100.0, 100.5, 103.0, 112.0])),
        draw(st.floats(0.5, 30)),
    )
    wide = draw(st.floats(0, 60))
    return Word("ord", Box(1, x0, top, x0 + wide, top + size), size, superscript=draw(st.booleans()))


words = st.lists(a_word(), min_size=1, max_size=12)


def plain_runs(line: TextLine, gap: float) -> list[list[Word]]:
    runs: list[list[Word]] = []
    reach = 0.0
    for word in line.words:
        if runs and word.box.x0 - reach <= gap * max(word.size, 1.0):
            runs[-1].append(word)
            reach = max(reach, word.box.x1)
        else:
            runs.append([word])
            reach = word.box.x1
    return runs


@given(words, st.sampled_from([SPACE, 0.45, COLUMN_GAP, 1.0, 1.5]))
def test_runs_of_a_line_are_those_that_a_walk_over_its_words_finds(
    given_words: list[Word], gap: float
) -> None:
    for line in lines_of(given_words):
        runs = plain_runs(line, gap)
        assert line.segments(gap) == runs
        assert line.extents(gap) == [(run[0].box.x0, max(word.box.x1 for word in run)) for run in runs]
        assert line.x1 == max(word.box.x1 for word in line.words)
        assert line.parted() == (len(plain_runs(line, COLUMN_GAP)) > 1)


@given(words)
def test_every_word_stands_on_one_line_from_left_to_right(given_words: list[Word]) -> None:
    lines = lines_of(given_words)
    assert sorted(map(id, (word for line in lines for word in line.words))) == sorted(map(id, given_words))
    for line in lines:
        assert [word.box.x0 for word in line.words] == sorted(word.box.x0 for word in line.words)
        assert line.top == min(word.box.top for word in line.words)
        assert line.size == max(word.size for word in line.words)


@given(words, points)
def test_a_strip_is_crossed_when_a_word_reaches_into_it(given_words: list[Word], high: float) -> None:
    low = high - WIDTH + 3
    for line in lines_of(given_words):
        assert _crosses(line, low, high) == any(w.box.x0 < high and w.box.x1 > low for w in line.words)


texts = st.text(alphabet="0123456789 ,.%-–()krxXnNaA/<>€±●:*²abt٣", max_size=12)


@given(texts)
def test_what_begins_as_no_value_does_is_none_by_the_expression_either(text: str) -> None:
    assert is_value(text) == (_value().match(text.strip()) is not None)


openings = st.sampled_from(
    ["Tabell", "TABELL", "Forts.", "fortsättning", "Bilaga", "Fig.", "Antal", " ", "(forts)"]
)


@given(
    st.lists(st.one_of(openings, st.sampled_from(["3", "2.1", "A", "visar", "Boende", ".", ":"])), max_size=5)
)
def test_what_begins_as_no_label_does_is_none_by_the_expression_either(parts: list[str]) -> None:
    text = " ".join(parts)
    assert is_label_start(text) == (read_label(without_continued(text)) is not None)
