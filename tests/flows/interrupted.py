"""A run that kills itself (SIGKILL, as `kill -9` does) at a moment: ``python -m … MOMENT RAW OUT``.

The moment has a name, or is a number: then a whole run with exports and snapshots dies just before it changes
files for the n:th time (opens to write, makes, moves, links or removes one below OUT or its state folder).
``count`` runs to the end and prints how many times that is.
"""

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
    from flows import batches, current, stages
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
            current.write_ledger = die


def extract_and_die(job: Any) -> str:
    """In the worker: keep the reading, then take the parent down."""
    from flows.worker import extract_file

    extract_file(job)
    os.kill(
        os.getppid() if os.environ.get("OJ_PARENT") is None else int(os.environ["OJ_PARENT"]), signal.SIGKILL
    )
    return job.key


CHANGES = frozenset({"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"})


def watch(out: Path, last: int | None) -> list[str]:
    """Note every change of files from now on, and die before the one with this number (1-based)."""
    below, seen = (f"{out}/", f"{out}.state/"), []

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event not in CHANGES or (
            event == "open" and not (isinstance(given[2], int) and given[2] & os.O_ACCMODE)
        ):
            return
        if any(isinstance(one, str | os.PathLike) and os.fspath(one).startswith(below) for one in given[:2]):
            seen.append(event)
            if len(seen) == last:
                die()

    sys.addaudithook(hook)
    return seen


if __name__ == "__main__":
    from flows.plan import RunOptions
    from flows.stages import run_direct

    os.environ["OJ_PARENT"] = str(os.getpid())
    chosen, raw, out = sys.argv[1:]
    if named := chosen in MOMENTS:
        arm(chosen)
        changes = []
    else:
        changes = watch(Path(out), None if chosen == "count" else int(chosen))
    run_direct(RunOptions(Path(raw), Path(out), workers=1, exports=not named))
    sys.stdout.write(str(len(changes)))
