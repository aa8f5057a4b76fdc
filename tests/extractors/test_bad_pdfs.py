"""More than 200 bad PDFs through the real reader in the real sandbox: each harms at most itself."""

from collections import Counter
from pathlib import Path

import pytest

from extractors.confinement import MIB, Limits
from extractors.read import read_pdf
from extractors.sandbox import Outcome, run_sandboxed
from tests.extractors.bad_pdfs import bomb, pdf, simple, write_bad_pdfs

#: Small ones of this repository, and how many mutations of each kind are made of them.
SAMPLES = {"webb-oj-vald-2023.pdf": 16, "granskning-lss-umea-2017.pdf": 5}
#: Small, so that what runs wild ends soon; a sample takes a tenth of each.
LIMITS = Limits(cpu_seconds=6, wall_seconds=60.0, memory_bytes=512 * MIB, file_bytes=64 * MIB)
GOOD = "bra-{}.pdf"
N_GOOD = 6
#: What may become of a file that takes more than it may.
OVERRUN = {"cpu-grans", "minnesgrans", "tidsgrans", "krasch"}


def read(path: Path) -> tuple[int, int]:
    """Pages that were read and sentences found."""
    document = read_pdf(path, file_name=path.name)
    return sum(page.source == "text" for page in document.pages), len(document.sentences)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome[Path, tuple[int, int]]]:
    folder = tmp_path_factory.mktemp("trasiga")
    raw = Path(__file__).parents[2] / "raw_pdfs"
    paths = write_bad_pdfs(folder, {raw / name: each for name, each in SAMPLES.items()})
    for number in range(N_GOOD):
        good = folder / GOOD.format(number)
        good.write_bytes(pdf(simple()))
        paths.insert(len(paths) * number // N_GOOD, good)
    found = run_sandboxed(read, paths, workers=2, limits=LIMITS, preload=("extractors.read",))
    return {outcome.argument.name: outcome for outcome in found}


def test_each_has_its_outcome_and_the_good_ones_among_them_are_read(
    outcomes: dict[str, Outcome[Path, tuple[int, int]]],
) -> None:
    assert len(outcomes) >= 200 + N_GOOD
    assert {outcomes[GOOD.format(number)].value for number in range(N_GOOD)} == {(1, 1)}


def test_none_finds_a_fault_in_the_program(outcomes: dict[str, Outcome[Path, tuple[int, int]]]) -> None:
    faults = {name: one.detail[-600:] for name, one in outcomes.items() if one.code == "internt-fel"}
    assert faults == {}
    assert {one.status for one in outcomes.values()} <= {"done", "refused", "died"}


def test_whoever_is_not_read_has_a_code_and_a_sentence(
    outcomes: dict[str, Outcome[Path, tuple[int, int]]],
) -> None:
    rest = [one for one in outcomes.values() if one.status != "done"]
    assert all(one.code and one.reason for one in rest)
    died = Counter(one.code for one in rest if one.status == "died")
    assert set(died) <= OVERRUN
    assert sum(died.values()) < len(outcomes) / 5  # most are read in part or refused, not killed


@pytest.mark.parametrize("name", ["las-standard-1", "las-standard-5"])
def test_a_locked_file_is_refused_as_such(
    name: str, outcomes: dict[str, Outcome[Path, tuple[int, int]]]
) -> None:
    assert (outcomes[f"udda-{name}.pdf"].status, outcomes[f"udda-{name}.pdf"].code) == (
        "refused",
        "krypterad",
    )


@pytest.mark.parametrize("name", ["script", "start", "bilaga", "html-och-pdf", "lasbar-efter-html"])
def test_scripts_and_attachments_are_no_hindrance_to_reading(
    name: str, outcomes: dict[str, Outcome[Path, tuple[int, int]]]
) -> None:
    assert outcomes[f"udda-{name}.pdf"].value == (1, 1)


def test_too_many_pages_are_refused(outcomes: dict[str, Outcome[Path, tuple[int, int]]]) -> None:
    assert outcomes["matt-sidor.pdf"].code == "for-manga-sidor"


def test_no_page_is_drawn_that_no_paper_could_hold(
    outcomes: dict[str, Outcome[Path, tuple[int, int]]],
) -> None:
    drawn = [one for name, one in outcomes.items() if name.startswith("matt-bild-")]
    assert len(drawn) == 3
    assert {one.status for one in drawn} <= {"done", "refused"}


def test_bombs_are_refused_before_they_open(outcomes: dict[str, Outcome[Path, tuple[int, int]]]) -> None:
    """Each within a memory limit of a quarter of what it would take; pictures are read row by row."""
    found = {name: one for name, one in outcomes.items() if name.startswith("bomb-")}
    deflated = {
        name for name in found if "bild" not in name and name not in ("bomb-runlength.pdf", "bomb-hex.pdf")
    }
    assert len(deflated) >= 10
    assert {(found[name].status, found[name].code) for name in deflated} == {("refused", "packbomb")}
    assert {one.status for name, one in found.items() if name not in deflated} <= {"done", "refused"}


def test_two_kilobytes_open_to_two_gigabytes() -> None:
    assert len(bomb(3)) < 4096
