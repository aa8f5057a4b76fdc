"""Ids are what is printed: a change of how they are made would make every decision about a flag homeless."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import digest, occurrence_ids
from pipeline.model.ids import fold


def test_ids_stay_what_they_were_in_earlier_versions() -> None:
    assert digest("Solna  Stad", None, 3, "") == "b2e6c3a9928ea441"
    assert occurrence_ids("t-", [("Riket", None), ("RIKET", None), ("Solna", "x" * 130)]) == [
        "t-2e1c4c2951053e65",
        "t-257712258b57155f",
        "t-101311f8b64666b3",
    ]


@given(st.text(max_size=200))
def test_folding_takes_case_forms_and_white_space_off_texts_of_any_length(text: str) -> None:
    assert fold(text) == " ".join(unicodedata.normalize("NFKC", text).casefold().split())


parts = st.one_of(
    st.none(), st.integers(0, 2), st.booleans(), st.floats(0, 2), st.sampled_from(["", "1", "A", "a "])
)


@given(st.lists(st.tuples(parts, parts), max_size=8))
def test_the_nth_equal_key_has_n_in_its_digest(keys: list[tuple[str | int | float | None, ...]]) -> None:
    seen: list[tuple[str, ...]] = []
    plain = []
    for key in keys:
        folded = tuple("\x00" if part is None else fold(str(part)) for part in key)
        seen.append(folded)
        plain.append("x-" + digest(*folded, seen.count(folded)))
    assert occurrence_ids("x-", keys) == plain
