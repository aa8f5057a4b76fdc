"""The frame: locked requirements, make's targets, the licence."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")


def locked(name: str) -> dict[str, list[str]]:
    """Versions by package (several where they depend on the version of Python)."""
    found: dict[str, list[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", text(name), re.MULTILINE):
        found.setdefault(canonicalize_name(package), []).append(version)
    return found


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_with_hashes_and_no_index_is_named(name: str) -> None:
    entries = re.split(r"\n(?=[\w.-]+(?:\[[\w,]+\])?==)", "\n" + text(name))[1:]
    assert len(entries) > 50
    assert not [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert not re.search(r"://|--index|--find-links|--extra", text(name))


def test_what_the_project_asks_for_is_what_is_locked() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    for name in LOCKS:
        versions = locked(name)
        for wanted in map(Requirement, project["dependencies"]):
            found = versions[canonicalize_name(wanted.name)]
            assert all(wanted.specifier.contains(version) for version in found), (name, wanted, found)


def test_development_adds_to_the_runtime_and_changes_nothing_of_it() -> None:
    runtime, development = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {name: development.get(name) for name in runtime} == runtime


def test_the_licence_is_the_one_that_the_project_names() -> None:
    assert tomllib.loads(text("pyproject.toml"))["project"]["license"] == "EUPL-1.2"
    assert text("LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def make(folder: Path, *call: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["make", *call], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.needs_debian("make", "make")
def test_clean_removes_the_dataset_but_never_the_state_beside_it(folder: Path) -> None:
    for name in (
        "normalized/README.md",
        "normalized/run.json",
        "normalized/sub/x",
        "normalized.state/decisions",
        "a/__pycache__/b",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    assert make(folder, "clean").returncode == 0
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert left == {
        "Makefile",
        "pyproject.toml",
        *LOCKS,
        "normalized.state/decisions",
        "normalized/README.md",
    }


@pytest.mark.needs_debian("make", "make")
def test_an_old_python_gets_one_clear_sentence(folder: Path) -> None:
    old = folder / "old-python"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2"\n[ "$1" = -V ]\n')
    old.chmod(0o755)
    result = make(folder, "setup", f"PYTHON={old}")
    assert result.returncode != 0
    assert f"Python 3.11 eller senare behövs, men {old} är 3.9.2" in result.stdout
    assert not (folder / ".venv").exists()
