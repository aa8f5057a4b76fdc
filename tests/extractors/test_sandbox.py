"""Child processes: what a task gives, and what is said of one that crashes, hangs or takes too much."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from extractors.confinement import Limits
from extractors.sandbox import Outcome, WorkerStartError, run_sandboxed
from pipeline.errors import OutputError, RegisterError, UnreadableFileError


def work(order: str) -> str:
    """Do what the order says; a plain word is given back in capitals."""
    kind, _, rest = order.partition(":")
    match kind:
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "spin":
            while True:
                pass
        case "sleep":
            time.sleep(60)
        case "program":
            child = subprocess.Popen(["sleep", "60"])
            Path(rest).write_text(str(child.pid))
            child.wait()
        case "abort":  # what C code does that is refused memory
            os.abort()
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "memory":
            return str(len(bytearray(8 << 30)))
        case "write":
            Path(tempfile.gettempdir(), "big").write_bytes(b"x" * (3 << 20))
        case "refuse":
            raise UnreadableFileError("Filen är krypterad.", code="krypterad")
        case "full":
            raise OutputError("Disken är full.", code="gar-inte-att-skriva")
        case "fault":
            raise KeyError(rest)
        case "once":
            marker = Path(rest)
            if not marker.exists():
                marker.touch()
                os.kill(os.getpid(), signal.SIGSEGV)
        case "temp":
            return tempfile.mkdtemp()
        case "environment":
            return str(os.environ.get(rest))
        case "pid":
            return str(os.getpid())
    return order.upper()


def cannot_load() -> None:
    raise MemoryError("registren får inte plats")


def finds_a_fault() -> None:
    raise RegisterError("units.csv rad 3: koden 0125 står två gånger.")


def run(*orders: str, workers: int = 1, limits: Limits | None = None) -> dict[str, Outcome[str, str]]:
    return {o.argument: o for o in run_sandboxed(work, orders, workers=workers, limits=limits)}


def test_every_argument_has_its_outcome_whatever_the_workers() -> None:
    words = [f"ord{number}" for number in range(7)]
    for workers in (1, 3):
        outcomes = run(*words, workers=workers)
        assert {word: outcome.value for word, outcome in outcomes.items()} == {w: w.upper() for w in words}
        assert {outcome.status for outcome in outcomes.values()} == {"done"}


def test_nothing_to_do_gives_nothing() -> None:
    assert run() == {}


def test_a_refusal_keeps_its_code_and_sentence() -> None:
    outcome = run("refuse")["refuse"]
    assert (outcome.status, outcome.code, outcome.reason) == ("refused", "krypterad", "Filen är krypterad.")


@pytest.mark.parametrize(
    ("order", "code", "limits"),
    [
        ("segfault", "krasch", Limits()),
        ("spin", "cpu-grans", Limits(cpu_seconds=1)),
        ("sleep", "tidsgrans", Limits(wall_seconds=1.0)),
        ("memory", "minnesgrans", Limits()),
        ("memory", "minnesgrans", Limits(memory_bytes=1 << 28)),
        ("abort", "minnesgrans", Limits()),
        ("killed", "krasch", Limits()),
        ("write", "filgrans", Limits(file_bytes=1 << 20)),
        ("fault:X", "internt-fel", Limits()),
    ],
)
def test_one_that_dies_harms_only_itself(order: str, code: str, limits: Limits) -> None:
    outcomes = run("före", order, "efter", limits=limits)
    assert outcomes[order].status == "died"
    assert outcomes[order].code == code
    assert outcomes[order].reason
    assert [outcomes[word].value for word in ("före", "efter")] == ["FÖRE", "EFTER"]


def test_another_error_of_ours_is_told_apart_from_a_refusal() -> None:
    outcome = run("full")["full"]
    assert (outcome.status, outcome.code, outcome.reason) == (
        "failed",
        "gar-inte-att-skriva",
        "Disken är full.",
    )


def test_a_fault_in_the_program_leaves_its_traceback() -> None:
    assert "KeyError: 'här'" in run("fault:här")["fault:här"].detail


def test_a_task_that_dies_in_a_used_worker_is_tried_once_more_in_a_fresh_one(tmp_path: Path) -> None:
    order = f"once:{tmp_path / 'marker'}"
    outcomes = run("först", order)
    assert outcomes[order].status == "done"


def test_a_task_that_dies_in_a_fresh_worker_is_given_up(tmp_path: Path) -> None:
    order = f"once:{tmp_path / 'marker'}"
    assert run(order)[order].code == "krasch"


def test_a_program_that_a_task_started_ends_with_it(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    order = f"program:{told}"
    assert run(order, limits=Limits(wall_seconds=1.5))[order].code == "tidsgrans"
    process = Path("/proc") / told.read_text() / "stat"
    # a killed child that nobody has waited for yet is a zombie
    assert not process.exists() or process.read_text().rpartition(")")[2].split()[0] == "Z"


def test_workers_are_replaced_and_leave_nothing_behind() -> None:
    orders = [f"pid:{number}" for number in range(4)]
    limits = Limits(tasks_per_worker=2)
    pids = [outcome.value for outcome in run_sandboxed(work, orders, workers=1, limits=limits)]
    assert pids[0] == pids[1] != pids[2] == pids[3]
    folder = run("temp")["temp"].value
    assert folder is not None
    assert not Path(folder).exists()
    assert not Path(folder).parent.exists()


def test_workers_that_cannot_start_are_no_fault_of_the_files() -> None:
    with pytest.raises(WorkerStartError, match="registren får inte plats"):
        list(run_sandboxed(work, ["ett", "två"], workers=2, prepare=cannot_load))
    with pytest.raises(WorkerStartError, match="0125 står två gånger") as told:
        list(run_sandboxed(work, ["ett"], workers=1, prepare=finds_a_fault))
    assert told.value.code == "register"


def test_the_environment_chooses_no_character_maps_and_no_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CMAP_PATH", "OMP_NUM_THREADS"):
        monkeypatch.setenv(name, "99")
    outcomes = run("environment:CMAP_PATH", "environment:OMP_NUM_THREADS")
    assert [one.value for _, one in sorted(outcomes.items())] == ["None", "1"]
    assert os.environ["CMAP_PATH"] == "99"  # ours is left alone
