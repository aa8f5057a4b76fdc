"""A run that kills itself (SIGKILL, as `kill -9` does) at a named moment: ``python -m … MOMENT RAW OUT``."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

MOMENTS = ("planned", "extracted", "first part", "read", "staged", "half moved", "moved", "ledger")


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*given: Any, **named: Any) -> Any:
        function(*given, **named)
        die()

    return run


def half_moved(folder: Path, out: Path) -> None:
    for path in sorted(folder.rglob("*.parquet"))[:4]:
        path.replace(out / path.name)
    die()


def arm(moment: str) -> None:
    """Put the trap in place."""
    from flows import batches, stages
    from pipeline.dataset import publishing

    match moment:
        case "planned":
            stages.write_plan = after(stages.write_plan)
        case "extracted":
            stages.extract_file = stages.read_file = extract_and_die
        case "first part":
            batches.Announcer.__call__ = die  # type: ignore[method-assign]
        case "read":
            stages.write_result = after(stages.write_result)
        case "staged":
            publishing.move_into_place = die
        case "half moved":
            publishing.move_into_place = half_moved
        case "moved":
            publishing.move_into_place = after(publishing.move_into_place)
        case "ledger":
            stages.write_ledger = die


def extract_and_die(job: Any) -> str:
    """In the worker: keep the reading, then take the parent down."""
    from flows.worker import extract_file

    extract_file(job)
    os.kill(
        os.getppid() if os.environ.get("OJ_PARENT") is None else int(os.environ["OJ_PARENT"]), signal.SIGKILL
    )
    return job.key


if __name__ == "__main__":
    from flows.plan import RunOptions
    from flows.stages import run_direct

    os.environ["OJ_PARENT"] = str(os.getpid())
    chosen, raw, out = sys.argv[1:]
    if chosen != "none":
        arm(chosen)
    run_direct(RunOptions(Path(raw), Path(out), workers=1, exports=False))
