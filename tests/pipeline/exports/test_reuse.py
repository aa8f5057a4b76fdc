"""An export is made again only when its tables, settings or code have changed."""

from pathlib import Path

from pipeline.dataset import verify
from pipeline.exports.reuse import Export, reusing
from tests.pipeline.exports.made import published, read


class Counting:
    """An exporter that counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, folder: Path, run: object) -> None:
        self.calls += 1
        (folder / "mapp").mkdir()
        (folder / "mapp" / "fil.txt").write_text(f"gjord {self.calls}", encoding="utf-8")


def publish(folder: Path, counting: Counting, *years: int, version: str = "1") -> Path:
    exporters = (reusing([Export("prov", counting, ("mapp/",))], version),)
    return published(folder, *(read(f"d{year}", year) for year in years), exporters=exporters)


def test_equal_tables_are_exported_once_and_changed_ones_again(tmp_path: Path) -> None:
    counting = Counting()
    out = publish(tmp_path, counting, 2021)
    publish(tmp_path, counting, 2021)
    assert counting.calls == 1 and (out / "mapp/fil.txt").read_text(encoding="utf-8") == "gjord 1"
    assert verify(out) == ()
    publish(tmp_path, counting, 2021, 2022)
    assert counting.calls == 2 and (out / "mapp/fil.txt").read_text(encoding="utf-8") == "gjord 2"


def test_other_code_or_settings_export_again(tmp_path: Path) -> None:
    counting = Counting()
    publish(tmp_path, counting, 2021)
    publish(tmp_path, counting, 2021, version="2")
    assert counting.calls == 2


def test_a_file_that_was_changed_or_lost_is_made_again(tmp_path: Path) -> None:
    counting = Counting()
    out = publish(tmp_path, counting, 2021)
    (out / "mapp/fil.txt").write_text("ändrad", encoding="utf-8")
    publish(tmp_path, counting, 2021)
    assert (out / "mapp/fil.txt").read_text(encoding="utf-8") == "gjord 2"
    (out / "mapp/fil.txt").unlink()
    publish(tmp_path, counting, 2021)
    assert (out / "mapp/fil.txt").read_text(encoding="utf-8") == "gjord 3"
    (out / "exports.json").write_text("[", encoding="utf-8")
    publish(tmp_path, counting, 2021)
    assert counting.calls == 4
