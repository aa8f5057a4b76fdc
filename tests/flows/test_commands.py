"""The commands that look: inspect, flags, indicator, vocabulary check."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from flows.cli import main
from pipeline.reference import load_registers, register_folder
from tests.flows.makers import report

WRONG = ("Tabell 1 visar att alla kommuner har svarat ja på frågan om information på flera språk.",)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of one report whose sentence contradicts its table."""
    folder = tmp_path_factory.mktemp("data")
    report(folder / "in" / "rapport.pdf", sentences=WRONG)
    assert main(["run", str(folder / "in"), "--out", str(folder / "ut"), "--direct"]) == 0
    return folder / "ut"


def test_inspect_draws_the_page_with_its_table_and_says_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf, png = report(tmp_path / "rapport.pdf"), tmp_path / "bilder" / "sida.png"
    assert main(["inspect", str(pdf), "--page", "1", "--png", str(png)]) == 0
    said = capsys.readouterr().out
    assert "Tabell 1 · indikatorer · 5 rader × 3 kolumner" in said
    assert "8 observationer" in said
    image = Image.open(png).convert("RGB")
    assert image.width == 1191  # A4 at 144 dots per inch
    colours = {colour for _, colour in image.getcolors(maxcolors=1 << 24) or ()}
    assert (0xC2, 0x18, 0x5B) in colours  # the frame of a table of indicators


@pytest.mark.parametrize(
    ("name", "page", "code", "words"),
    [
        ("borta.pdf", 1, 2, "finns inte"),
        ("rapport.pdf", 2, 2, "ingen sida 2: dokumentet har 1 sida."),
        ("text.pdf", 1, 1, "inte en PDF"),
    ],
)
def test_inspect_tells_what_is_wrong_with_the_call(
    name: str, page: int, code: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(tmp_path / "rapport.pdf")
    (tmp_path / "text.pdf").write_text("bara text")
    png = tmp_path / "sida.png"
    assert main(["inspect", str(tmp_path / name), "--page", str(page), "--png", str(png)]) == code
    assert words in capsys.readouterr().err
    assert not png.exists()


def test_inspect_tells_when_the_picture_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = report(tmp_path / "rapport.pdf")
    assert main(["inspect", str(pdf), "--page", "1", "--png", str(pdf / "sida.png")]) == 1
    assert "går inte att skriva" in capsys.readouterr().err


def test_flags_lists_the_contradiction_with_its_place(
    dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["flags", "--out", str(dataset)]) == 0
    said = capsys.readouterr().out
    assert "rapport.pdf, s. 1, Tabell 1" in said
    assert "Täby" in said
    assert "Information på flera språk" in said


def test_flags_can_be_narrowed_to_one_severity(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = {}
    for severity in ("error", "warning", "info"):
        assert main(["flags", "--out", str(dataset), "--severity", severity]) == 0
        listed[severity] = capsys.readouterr().out
    assert "Täby" in listed["error"] + listed["warning"]
    assert "Täby" not in listed["info"]


def test_an_indicator_is_shown_with_what_the_register_says(
    dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = load_registers().indicators.all[0]
    assert main(["indicator", entry.indicator_id, "--out", str(dataset)]) == 0
    assert entry.name in capsys.readouterr().out


def test_an_indicator_that_is_not_there_is_a_wrong_call_with_near_ones(
    dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = load_registers().indicators.all[0]
    assert main(["indicator", entry.indicator_id + "x", "--out", str(dataset)]) == 2
    assert entry.indicator_id in capsys.readouterr().err.split("Liknande:")[1]


def test_the_registers_of_the_program_are_consistent(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vocabulary", "check"]) == 0
    assert "felfria" in capsys.readouterr().out


def test_an_alias_of_nothing_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "register"
    shutil.copytree(register_folder(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (folder / "unit_aliases.csv").open("a", encoding="utf-8") as file:
        file.write("Storköping,9999,,\n")
    assert main(["vocabulary", "check", "--registers", str(folder)]) == 1
    assert "unit_aliases.csv" in capsys.readouterr().err
    assert main(["vocabulary", "check", "--registers", str(tmp_path / "borta")]) == 2


def test_an_indicator_shows_figures_that_stand_in_the_text_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = (
        "I riket har andelen kommuner med överenskommelse om samverkan med primärvården "
        "stigit från 22 procent 2020 till 31 procent 2021."
    )
    report(tmp_path / "in" / "rapport.pdf", sentences=[said])
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "ut"), "--direct", "--no-exports"]) == 0
    assert main(["indicator", "eb-samverkan-primarvard", "--out", str(tmp_path / "ut")]) == 0
    shown = capsys.readouterr().out
    assert "i text" in shown and "31\u00a0%" in shown
