"""The expression for sentence ends that begins with a set finds what the plain one finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.text.sentences import _candidate, _closings

PLAIN = re.compile(r"(?:[.!?]+|…)[\"”’»)\]]*(?:\s+|(?<=[a-zåäö][.])(?=[A-ZÅÄÖ][a-zåäö]))")


@given(st.text(alphabet='.!?…"”)] aåÅB\n', max_size=30), st.integers(0, 5))
def test_sentence_ends_are_those_of_the_plain_expression(text: str, start: int) -> None:
    found = [one.span() for one in _candidate().finditer(text, start)]
    assert found == [one.span() for one in PLAIN.finditer(text, start)]


@given(st.text(alphabet="()[]ab", max_size=20))
def test_brackets_are_paired_with_the_nearest_open_one(text: str) -> None:
    for opened, closed in _closings(text):
        inner = text[opened + 1 : closed]
        assert text[opened] in "([" and text[closed] in ")]"
        assert sum(sign in "([" for sign in inner) == sum(sign in ")]" for sign in inner)
