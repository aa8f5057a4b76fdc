"""Two desks, each a process of its own, append accepted names to one folder of registers at the same time."""

import csv
import hashlib
import multiprocessing
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.dataset.runfile import read_run, run_bytes
from pipeline.dataset.unmatched import COLUMNS, UNMATCHED_FILE
from pipeline.reference import check_registers, load_registers
from pipeline.review import naming
from pipeline.review.people import STEWARD
from tests.pipeline.review.made import Place, desk_of
from tests.pipeline.review.test_names import ALIASES, ENTRY, copy_of_registers

NAMES = 40


def accept_all(place: Place, registers: Path, start: Any) -> None:
    """One desk: accept every unknown label as fast as it goes, beginning when the other one is there too."""
    # What the rows are proved against takes a second each and would hide every race; it has its own tests.
    setattr(naming, "prove", lambda base, added: None)  # noqa: B010
    desk = desk_of(place, registers=registers)
    wanted = [
        one for one in naming.labels(desk) if one.register == "indicators" and one.label.startswith("Fråga")
    ]
    gun = desk.people.named("Gun Ek", STEWARD)
    start.wait(60)
    lost = []
    for number, one in enumerate(wanted, 1):
        lost += [said for said in naming.accept(desk, one.register, one.label, ENTRY, gun)[1:] if said]
        # The next name would write a lost row again: what counts is that it stands there at once.
        held = (registers / ALIASES).read_text(encoding="utf-8")
        lost += [name.label for name in wanted[:number] if f"\n{name.label},{ENTRY}," not in held]
    desk.store.close()
    sys.exit("; ".join(lost) or 0)


def with_unknown(place: Place, names: list[str]) -> Place:
    """The place with more labels that no register knows."""
    with (place.out / UNMATCHED_FILE).open("a", encoding="utf-8", newline="") as file:
        write = csv.DictWriter(file, COLUMNS)
        for name in names:
            row = {"register": "indicators", "label": name, "count": 1, "page": 1, "row": f"{name},,,,"}
            write.writerow(dict.fromkeys(COLUMNS, "") | row)
    run = read_run(place.out)
    assert run
    content = (place.out / UNMATCHED_FILE).read_bytes()
    run["outputs"][UNMATCHED_FILE] |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    (place.out / "run.json").write_bytes(run_bytes(run))
    return place


def test_two_desks_over_one_folder_lose_no_row_and_break_no_file(published: Place, tmp_path: Path) -> None:
    registers = copy_of_registers(tmp_path / "register")
    before = (registers / ALIASES).read_bytes()
    names = {desk: [f"Fråga {desk}{number:02d}" for number in range(NAMES)] for desk in "AB"}
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(2)
    desks = [
        spawn.Process(
            target=accept_all,
            args=(with_unknown(published.copy(tmp_path / desk), names[desk]), registers, start),
        )
        for desk in "AB"
    ]
    for one in desks:
        one.start()
    for one in desks:
        one.join(120)
    assert [one.exitcode for one in desks] == [0, 0]
    after = (registers / ALIASES).read_bytes()
    assert after.startswith(before)
    added = Counter(row[0] for row in csv.reader(after[len(before) :].decode().splitlines()))
    assert added == Counter(names["A"] + names["B"])
    assert not [path.name for path in registers.iterdir() if path.name.startswith(".")]
    assert check_registers(load_registers(registers)) == ()
