"""Small repairs of text: the quick ways around them change nothing."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.heads import split_year
from pipeline.normalize.text import clean, folded, plain_dashes, without_trailing_marks
from pipeline.reference.folding import without_marks

#: Letters, marks, dashes and spaces of every kind that print has.
texts = st.one_of(st.text(max_size=30), st.text("aB1å ²ª†*)\u00ad\u200b\u00a0\u2009‑–−-\n", max_size=20))
DASHES = "‐‑‒–—−"


@given(texts)
def test_clean_text_has_single_spaces_and_no_raised_marks(text: str) -> None:
    kept = "".join(char for char in text if char not in "¹²³⁰⁴⁵⁶⁷⁸⁹⁽⁾ª†‡\u00ad\u200b")
    assert clean(text) == " ".join(kept.split())


@given(texts)
def test_every_dash_is_a_hyphen(text: str) -> None:
    kept = "".join("-" if char in DASHES else char for char in text if char not in "\u00ad\u200b")
    assert plain_dashes(text) == kept
    assert folded(text) == plain_dashes(unicodedata.normalize("NFKC", clean(text)).casefold())


@given(texts, st.sampled_from(["", "*", " **", " 1)", " 12)", "†", "2"]))
def test_marks_behind_a_label_go_and_its_own_digits_stay(text: str, mark: str) -> None:
    label = f"Kötid {text} dagar"
    assert without_trailing_marks(label + mark) == clean(label + ("2" if mark == "2" else ""))


@given(
    st.text("Solna år,(2019)\n", max_size=16), st.sampled_from(["", "2019", "(2020)", " år 1998", "2019 "])
)
def test_a_year_at_the_end_is_taken_off_and_nothing_else_is(before: str, end: str) -> None:
    shown = clean(before + end)
    match = re.match(r"(.*?\D)[\s,(]*(?:år\s*)?((?:19|20)\d\d)\)?$", shown, re.IGNORECASE)
    plain = (shown, None) if match is None else (match[1].strip(" ,("), int(match[2]))
    assert split_year(before + end) == plain


@given(st.text("Solna ²*†(1)23", max_size=12))
def test_footnote_marks_are_digits_behind_a_letter_and_nothing_else(text: str) -> None:
    bare = "".join(char for char in text if char not in "²*†").strip()
    assert without_marks(text) == re.sub(r"(?<=[^\W\d_])(?:\s*\(?\d{1,2}\)|\d{1,2})\s*$", "", bare).strip()
