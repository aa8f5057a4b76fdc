"""Typer's own words and messages come out in Swedish."""

import re

import pytest

from flows.cli import main

ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Arguments|default|required|Show this|Error|Missing|No such|Got|Input)\b"
)
HELP_PAGES = ["", "run", "inspect", "flags", "status", "indicator", "vocabulary", "vocabulary check"]


@pytest.mark.parametrize("command", HELP_PAGES)
def test_help_pages_have_no_english(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    page = capsys.readouterr().out
    assert "Användning: oj" in page
    assert not ENGLISH.search(page), page


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("rnu", "Kommandot ”rnu” finns inte. Menade du run?"),
        ("run --workrs 2", "Valet --workrs finns inte."),
        ("run --workers 0", "--workers: talet ska vara minst 1."),
        ("run --workers två", "--workers: det ska vara ett heltal."),
        ("run a b", "För mycket angivet: b."),
        ("run --out", "Valet --out behöver ett värde."),
        ("run --direct=3", "Valet --direct tar inget värde."),
        ("inspect", "FIL måste anges."),
        ("inspect a.pdf", "Valet --page måste anges."),
        ("inspect a.pdf --page 1 --dpi 9000", "--dpi: talet ska vara högst 600."),
        ("flags --severity svår", "”svår” är inte något av"),
        ("vocabulary chek", "Kommandot ”chek” finns inte."),
    ],
)
def test_wrong_calls_are_told_in_swedish(call: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call.split()) == 2
    said = capsys.readouterr().err
    assert words in said
    assert not ENGLISH.search(said), said


@pytest.mark.parametrize("call", ["", "vocabulary"])
def test_a_call_without_a_command_shows_the_help_page(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call.split()) == 2
    captured = capsys.readouterr()
    assert "Kommandon" in captured.out
    assert captured.err == ""
