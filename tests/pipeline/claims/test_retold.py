"""What a memo's text says again of its comment cells: borne out by them, never refuted by them."""

from __future__ import annotations

import json

import pytest

from pipeline.claims import find_claims
from pipeline.model import Claim
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

OWN = """
Indikator | Sala | Länet | Kommentar
Aktuell rutin för hembesök | NEJ | 43 | Muntlig ordning. En pilot med kvällsbesök pågick i åtta veckor
Använder ASI för att kartlägga missbruk | NEJ | 55 | Mottagningen kartlägger med Trappan i stället
Överenskommelse om samverkan med skolhälsan | NEJ | 20 | Skolhälsan deltar i nätet Länken varje kvartal
Överenskommelse om samverkan med tandvård | JA | 12 |
Budgetkurs erbjuds | JA | 61 | Kursen har lagts på kvällstid Ingen kurs hölls på somaliska
"""


def claims(*sentences: str) -> tuple[Claim, ...]:
    made = document(
        ["# Ekonomiskt bistånd (bilaga 2)", " ".join(sentences)],
        table(OWN, label="Bilaga 2", rows="indicators"),
        own="1981",
    )
    return tuple(one for one in find_claims(made, load_registers()).claims if one.location != "comment")


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("Under året pågick en pilot med kvällsbesök i åtta veckor.", "JA"),
        ("Skolhälsan deltar varje kvartal i nätet Länken.", "JA"),
        ("Budgetkursen har flyttats och lagts på kvällstid.", "JA"),
        ("Ingen kurs har hållits på somaliska.", "NEJ"),
    ],
)
def test_a_sentence_that_a_comment_says_too_is_supported(sentence: str, states: str) -> None:
    (one,) = claims(sentence)
    assert (one.rule, one.verdict) == ("policy_answer.retold", "supported")
    assert json.loads(one.asserted)["states"] == states
    assert json.loads(one.found or "{}")["comments"]
    assert len(one.evidence) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Under året pågick ingen pilot med kvällsbesök.",  # the comment says that it did
        "Under året pågick en pilot med kvällsbesök i tolv veckor och 3 dagar.",  # another figure
        "Tandvården deltar varje kvartal i nätet Länken.",  # another row's word
        "En kurs hölls på somaliska under våren.",
        "Förvaltningen har goda förhoppningar inför nästa år.",
    ],
)
def test_what_no_comment_says_is_left_alone(sentence: str) -> None:
    assert [one.rule for one in claims(sentence) if one.rule == "policy_answer.retold"] == []
    assert "refuted" not in {one.verdict for one in claims(sentence)}


def test_the_explanation_behind_a_denial_is_read_on_its_own_row() -> None:
    told = claims("Enheten använder inte ASI för att kartlägga missbruk utan kartlägger med Trappan.")
    assert [(one.rule, one.verdict) for one in told] == [
        ("policy_answer.own", "supported"),
        ("policy_answer.retold", "supported"),
    ]
