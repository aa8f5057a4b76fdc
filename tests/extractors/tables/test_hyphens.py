"""Lines joined to one text, with hyphens that go and hyphens that stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.tables import join_broken, join_lines


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["arbets-", "marknadsinsats"], "arbetsmarknadsinsats"),
        (["Upplands-", "Bro"], "Upplands-Bro"),
        (["barn-", "och ungdomsvård"], "barn- och ungdomsvård"),
        (["in- eller", "utskrivning"], "in- eller utskrivning"),
        (["åldern 18-", "24 år"], "åldern 18-24 år"),
        (["IT-", "stöd"], "IT-stöd"),
        (["e-", "tjänst"], "e-tjänst"),
        (["LSS-", "insats per kommun"], "LSS-insats per kommun"),
        (["ARBETS-", "MARKNAD"], "ARBETSMARKNAD"),
        (["mjuk\u00ad", "vara"], "mjukvara"),
        (["hyresvärd/", "bostadsbolag"], "hyresvärd/bostadsbolag"),
        (["två", "ord"], "två ord"),
        (["svaret -", "nej"], "svaret - nej"),
        (["", "ensam", ""], "ensam"),
        (["66,", "7 %"], "66,7 %"),
        ([], ""),
    ],
)
def test_lines_become_one_text(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text


def test_vocabulary_settles_what_case_cannot() -> None:
    assert join_lines(["väst-", "svensk"], {"väst-svensk"}) == "väst-svensk"
    assert join_lines(["UPPLANDS-", "BRO"], {"upplands-bro"}) == "UPPLANDS-BRO"
    assert join_lines(["Norr-", "Köping"], {"norrköping"}) == "NorrKöping"


@given(st.lists(st.text("abcåäö", min_size=1, max_size=8), min_size=1, max_size=6))
def test_lines_without_hyphens_keep_every_letter(lines: list[str]) -> None:
    assert join_lines(lines) == " ".join(lines)


@pytest.mark.parametrize(
    ("lines", "known", "text"),
    [
        (["Lill", "byd", "alen"], {"lillbydalen"}, "Lillbydalen"),
        (["Lill", "byd", "alen"], set(), "Lill byd alen"),
        (["sam-", "verkan", "sform"], {"samverkansform"}, "samverkansform"),
        (["Uppmuntra", "n"], set(), "Uppmuntran"),
        (["kilometer", "m"], set(), "kilometer m"),
        (["nämnden", "har en plan"], {"nämnden", "har"}, "nämnden har en plan"),
        (["svarar till", "stånd"], {"tillstånd"}, "svarar till stånd"),
        (["Med", "el"], {"medel"}, "Medel"),
        (["barn", "Hemmet"], {"barnhemmet"}, "barn Hemmet"),
        (["ett stöd", "form"], {"stödform", "stöd", "form"}, "ett stöd form"),
    ],
)
def test_words_broken_without_a_hyphen_are_whole_where_they_are_known(
    lines: list[str], known: set[str], text: str
) -> None:
    assert join_broken(lines, known) == text


@given(st.lists(st.text("abcåäö", min_size=2, max_size=8), min_size=1, max_size=6))
def test_what_nobody_knows_is_left_apart(lines: list[str]) -> None:
    assert join_broken(lines, frozenset()) == " ".join(lines)
