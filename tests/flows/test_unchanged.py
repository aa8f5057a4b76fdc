"""An unchanged inbox costs a look: no reader is started, nothing is published, no Prefect server is woken."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from flows import batches, running
from flows.cli import main
from flows.plan import RunOptions
from flows.stages import run_direct, unchanged_stage
from tests.flows.makers import report


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunOptions:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    report(tmp_path / "in" / "a.pdf")
    (tmp_path / "in" / "tom.pdf").touch()
    made = RunOptions(tmp_path / "in", tmp_path / "ut", workers=1, exports=False)
    run_direct(made)
    return made


def no_reader(_: object, jobs: Sequence[object], **__: object) -> Iterator[None]:
    assert not jobs, "a reader was started"
    return iter(())


def no_server(*_: object, **__: object) -> None:
    raise AssertionError("a server was started")


def test_a_run_with_nothing_to_do_starts_nothing(
    options: RunOptions, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(batches, "run_sandboxed", no_reader)
    monkeypatch.setattr(running, "run_flow", no_server)
    stamp = (options.out / "run.json").stat().st_mtime_ns
    assert main(["run", str(options.raw), "--out", str(options.out), "--no-exports"]) == 0
    assert (options.out / "run.json").stat().st_mtime_ns == stamp
    assert "tom.pdf" in capsys.readouterr().out


def test_there_is_something_to_do_when_a_file_is_new_gone_or_changed_or_the_dataset_is_not_whole(
    options: RunOptions, tmp_path: Path
) -> None:
    assert unchanged_stage(options) is not None
    (options.out / "flags.parquet").unlink()
    assert unchanged_stage(options) is None
    run_direct(options)
    extra = report(options.raw / "b.pdf", title="Öppna jämförelser 2022 – ekonomiskt bistånd")
    assert unchanged_stage(options) is None
    run_direct(options)
    extra.unlink()
    assert unchanged_stage(options) is None
    run_direct(options)
    assert unchanged_stage(options) is not None
    (options.raw / "manifest.csv").write_text("file,title\na.pdf,Annan titel\n", encoding="utf-8")
    assert unchanged_stage(options) is None
    assert unchanged_stage(RunOptions(options.raw, options.out, exports=False, force=True)) is None


def test_a_server_that_is_set_hears_of_every_run(
    options: RunOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.setattr(running, "run_flow", no_server)
    with pytest.raises(AssertionError, match="server"):
        main(["run", str(options.raw), "--out", str(options.out), "--no-exports"])
