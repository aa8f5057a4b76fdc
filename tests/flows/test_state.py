"""The state folder: where it lies, one run at a time, the ledger."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import BusyError, WrongCallError
from flows.state import LedgerRow, StateFolder, read_ledger, run_lock, state_for, write_ledger
from pipeline.errors import OutputError

HOLD = """
import sys
from pathlib import Path
from flows.state import StateFolder, run_lock
with run_lock(StateFolder(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_the_state_folder_lies_beside_the_dataset(tmp_path: Path) -> None:
    assert state_for(tmp_path / "ut", None).root == tmp_path / "ut.state"
    assert state_for(tmp_path / "ut", tmp_path / "annan").root == tmp_path / "annan"


@pytest.mark.parametrize("inside", ["ut", "ut/state", "ut/a/../b"])
def test_a_state_folder_inside_the_dataset_is_a_wrong_call(tmp_path: Path, inside: str) -> None:
    with pytest.raises(WrongCallError, match="besluten"):
        state_for(tmp_path / "ut", tmp_path / inside)


def test_a_state_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(OutputError, match="Tillståndsmappen"):
        StateFolder(tmp_path / "fil" / "state").make()


def test_two_runs_at_once_are_refused_and_a_dead_run_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(BusyError, match=f"process {holder.pid}"), run_lock(StateFolder(tmp_path)):
        pass
    holder.kill()
    holder.communicate()
    with run_lock(StateFolder(tmp_path)):
        pass


rows = st.builds(
    LedgerRow,
    st.text(),
    st.none() | st.text(),
    st.sampled_from(["ok", "partial", "quarantined"]),
    st.none() | st.text(),
)


@given(st.dictionaries(st.text(), rows))
def test_the_ledger_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, ledger: dict[str, LedgerRow]
) -> None:
    state = StateFolder(tmp_path_factory.mktemp("state"))
    write_ledger(state, ledger)
    assert read_ledger(state) == ledger


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 0, "files": {}}', '{"version": 1, "files": {"a": 1}}']
)
def test_a_ledger_that_is_damaged_or_of_another_version_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "ledger.json").write_text(content)
    assert read_ledger(StateFolder(tmp_path)) == {}
    assert read_ledger(StateFolder(tmp_path / "borta")) == {}
