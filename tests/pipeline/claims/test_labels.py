"""The words of labels: those alike are found without comparing each with each, and each reaches columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims.binding import Index
from pipeline.claims.labels import STRANGE, Labels, Lookalikes
from pipeline.claims.lexicon import grammar
from pipeline.claims.text import alike, plain, stems
from pipeline.claims.view import views
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

GRID = """
Kommun | Aktuell rutin för hembesök | Väntetid till första besök, dagar | Använder SIP
Sala | JA | 12 | NEJ
Arboga | NEJ | 20 | JA
"""

#: Few letters and words made of each other's parts, so that many of them are alike.
_LETTERS = st.text(alphabet="absnå", max_size=10)
_WORDS = st.lists(_LETTERS | st.sampled_from(["utredningstid", "utredningstidd", "redning", "våldsrutin"]))


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A word and the same word with one letter changed, lost, added or two of them turned."""
    word = draw(st.text(alphabet="abcdefgh", min_size=1, max_size=12))
    at = draw(st.integers(0, len(word) - 1))
    kind = draw(st.sampled_from(["other", "lost", "more", "turned"]))
    if kind == "other":
        return word, f"{word[:at]}x{word[at + 1 :]}"
    if kind == "lost":
        return word, word[:at] + word[at + 1 :]
    if kind == "more":
        return word, f"{word[:at]}x{word[at:]}"
    return word, word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


@given(_WORDS, _LETTERS)
def test_the_same_are_found_as_by_comparing_with_each(words: list[str], word: str) -> None:
    found = Lookalikes(words).near(word)
    assert found == {other: like for other in words if (like := alike(word, other)) > 0}


@given(slips(), st.sampled_from(["", "sbehandling", "erna"]))
def test_a_slip_of_the_pen_hides_no_word(pair: tuple[str, str], tail: str) -> None:
    one, two = pair[0], pair[1] + tail
    assert (two in Lookalikes([two]).near(one)) == (alike(one, two) > 0)
    assert (one in Lookalikes([one]).near(two)) == (alike(one, two) > 0)


def test_a_word_reaches_the_columns_whose_labels_have_it() -> None:
    (view,) = views(document(["Text."], table(GRID)), load_registers())
    labels = Labels([(view, column) for column in view.columns])
    (word,) = stems("rutinen")
    assert list(labels.reach(word).said) == [0]
    assert labels.reach("kväll").worth == STRANGE
    assert not labels.reach("kväll").said


def test_a_phrase_is_ranked_alike_each_time_it_is_asked() -> None:
    index = Index(views(document(["Text."], table(GRID)), load_registers()))
    first = index.rank("väntetiden till ett besök")
    assert first[0].column.label.startswith("Väntetid")
    assert index.rank("väntetiden till ett besök") == first
    assert index.reaches("väntetid")
    assert not index.reaches("kväll")


@given(st.text(alphabet="aå-‑ \xa0\u202f\n,(9Planer", max_size=30))
def test_no_word_goes_across_white_space(text: str) -> None:
    told = dict.fromkeys(one for token in text.split() for one in stems(token))
    assert stems(text) == tuple(told)
    written = grammar("text_word").findall(plain(text).lower())
    assert set(stems(text)) == {one for word in written for one in stems(word)}


@given(
    st.lists(st.sampled_from(["rutinen", "besök", "väntetid,", "(SIP)", "kvällar", "och", "hembesöks-plan"]))
)
def test_a_phrase_reaches_a_label_where_one_of_its_words_does(words: list[str]) -> None:
    index = Index(views(document(["Text."], table(GRID)), load_registers()))
    assert index.reaches(" ".join(words)) == any(index.rank(word) for word in stems(" ".join(words)))
