"""Where Swedish sentences end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text.sentences import sentence_spans


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Stödet ges t.ex. av en kurator.", "Det kostar ca. 300 kr."],
        ["Enligt 4 kap. 1 § gäller detta.", "Se även dnr. SN 2021/7 i akten."],
        ["Andelen var 87.5 procent.", "Året innan var den 31,5."],
        ["Kurser, studiebesök m.m. ordnas varje höst."],
        ["De ordnar kurser, studiebesök m.m.", "Alla får plats."],
        ["Den 3:e gången gick det bättre.", "Ingen klagade."],
        ["Når alla målet?", "Nej, inte ännu!", "Vi fortsätter."],
        ["Rapporten Vad gör vi nu? kan lånas hos oss."],
        ["Två kommuner (Lillby och Storby. Båda i norr) har svarat.", "Resten saknas."],
        ["Hen sade: ”Det räcker.”", "Sedan gick mötet vidare."],
        ["Undersökningen gjordes 2019.", "Svaren kom 2020."],
        ["Området leds av A. Ekström sedan 2018."],
        ["Det gäller s.k. Snabbspår för unga."],
        ["Samverkan saknas …", "Det ska ändras."],
    ],
)
def test_sentences_end_where_they_should(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_missing_space_is_no_reason_to_read_two_sentences_as_one() -> None:
    assert split("Rutinen finns.Den följs upp. Se www.exempel.Se för mer.") == [
        "Rutinen finns.",
        "Den följs upp.",
        "Se www.exempel.Se för mer.",
    ]


def test_the_number_of_a_list_item_is_no_sentence() -> None:
    assert split("3. Alla kommuner har svarat. Tack för det.") == [
        "3. Alla kommuner har svarat.",
        "Tack för det.",
    ]


@given(st.text(alphabet='abÅö .!?()…"”12,%\n', max_size=80), st.integers(0, 10))
def test_spans_cover_all_that_is_printed_once_and_in_order(text: str, start: int) -> None:
    spans = sentence_spans(text, start)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    read = "".join(text[a:b] for a, b in spans)
    assert "".join(read.split()) == "".join(text[start:].split())
