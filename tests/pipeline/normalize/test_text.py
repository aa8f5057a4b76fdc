"""Small repairs of text: the quick ways around them change nothing."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.text import clean, folded, plain_dashes, without_trailing_marks

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
