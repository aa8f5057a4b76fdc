"""What is looked for before it is searched for: the quick look never hides anything from the search."""

from __future__ import annotations

import re
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import acronym, missing_reference, name_variant

#: Words around references and acronyms, and what only looks like them.
PIECES = (
    "Tabell bilagorna BILAGA diagram figuren tabellerna se 3 4–6 och 7 Vård och stöd i hemmet VSH (VSH) "
    "(vård stöd) VS( A ( ) (VS )"
)
pieces = st.lists(st.sampled_from(PIECES.split(" ")), max_size=10)


@given(pieces, st.sampled_from([" ", "\u00a0", ""]))
def test_a_text_that_cannot_point_does_not(words: list[str], space: str) -> None:
    text = space.join(words)
    pointed = re.search(missing_reference._POINTED, text) is not None
    assert missing_reference.may_point(text) or not pointed


@given(pieces)
def test_acronyms_are_found_as_if_every_text_were_searched(words: list[str]) -> None:
    text = " ".join(words)
    with mock.patch.multiple(acronym, _BRACKETED="", _OPENED=""):
        searched = acronym.expanded(text)
    assert acronym.expanded(text) == searched


@given(st.text("abnämdenrsh", max_size=6), st.sampled_from(name_variant._ENDS), st.text("sen", max_size=2))
def test_names_of_teams_and_units_are_told_by_their_endings(stem: str, ending: str, more: str) -> None:
    word = stem + ending + more
    plain = re.search(f"(?:{'|'.join(name_variant._NAMED)})s?$", word) is not None
    assert word.endswith(name_variant._ENDS) == plain
