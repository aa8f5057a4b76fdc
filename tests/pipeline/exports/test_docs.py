"""The examples of docs/analysts.md do what they say."""

import re
import shutil
from pathlib import Path

import pytest

from pipeline.exports import ask, load_settings

PAGE = Path(__file__).resolve().parents[3] / "docs" / "analysts.md"
EXAMPLES = re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def chosen(language: str) -> list[str]:
    return [code for name, code in EXAMPLES if name == language]


@pytest.fixture
def folder(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(dataset, tmp_path / "normalized", ignore=shutil.ignore_patterns("site", "csv"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "normalized"


def test_the_page_has_examples_for_pandas_polars_duckdb_and_r() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"## {name}\n" in text for name in ("pandas", "polars", "DuckDB", "R"))
    assert len(chosen("python")) >= 4 and len(chosen("sql")) >= 3 and len(chosen("r")) >= 2


@pytest.mark.parametrize("code", chosen("python"))
def test_a_python_example_runs_and_prints(
    code: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in re.findall(r"^import (\w+)", code, re.MULTILINE):
        pytest.importorskip(module)
    exec(compile(code, "analysts.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) > 1


@pytest.mark.parametrize("code", chosen("sql"))
def test_an_sql_example_gives_rows(code: str, folder: Path) -> None:
    assert ask(folder, code).rows


@pytest.mark.parametrize("code", chosen("yaml"))
def test_the_settings_example_is_accepted(code: str, tmp_path: Path) -> None:
    own = tmp_path / "export.yaml"
    own.write_text(code, encoding="utf-8")
    assert load_settings(own).publisher_name == "Provkommunen"


@pytest.mark.parametrize("code", chosen("r"))
def test_an_r_example_names_files_views_columns_and_codes_that_there_are(code: str, dataset: Path) -> None:
    """R itself is not asked: every name that an example uses must be one of the schema's or of R's own."""
    from pipeline.dataset.schemas import codes, schemas

    for name in re.findall(r"normalized/([\w.]+)", code):
        assert (dataset / name).is_file(), name
    for sql in re.findall(r'dbGetQuery\(con, "(.*?)"\)', code, re.DOTALL):
        ask(dataset, sql)
    known = {column.name for column in schemas()["observations"].columns}
    for call in re.findall(r"(?:filter|count|select|group_by)\(([^()]*)\)", code):
        assert set(re.findall(r"\b([a-z]\w*)\b", re.sub(r'"[^"]*"', "", call))) <= known, call
    values = {one.value for listed in codes().values() for one in listed}
    assert set(re.findall(r'== "(\w+)"', code)) <= values
