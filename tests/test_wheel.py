"""An installed öj works as in a checkout: the wheel holds every file that the program reads."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.flows.makers import report

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("pipeline", "extractors", "flows")
NO_PART = shutil.ignore_patterns("__pycache__", "*.pyc")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel installs into, made without network."""
    place = tmp_path_factory.mktemp("hjul")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, place / "källa" / name, ignore=NO_PART)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, place / "källa")
    call = ["wheel", "--quiet", "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", str(place)]
    subprocess.run(
        [sys.executable, "-m", "pip", *call, str(place / "källa")], check=True, capture_output=True
    )
    (wheel,) = place.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(place / "paket")
    return place / "paket"


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for name in PACKAGES
        for path in (folder / name).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def oj(installed: Path, call: Sequence[str], where: Path) -> "subprocess.CompletedProcess[str]":
    code = "import sys, flows.cli; print(flows.__file__); sys.exit(flows.cli.main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *call],
        cwd=where,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_holds_every_file_of_the_packages(installed: Path) -> None:
    assert len(files(ROOT)) > 300
    assert files(ROOT) - files(installed) == set()


def test_an_installed_program_runs_far_from_its_source(installed: Path, tmp_path: Path) -> None:
    report(tmp_path / "in" / "a.pdf")
    checked = oj(installed, ["vocabulary", "check"], tmp_path)
    assert checked.stdout.startswith(str(installed))
    assert checked.returncode == 0, checked.stderr
    done = oj(installed, ["run", "in", "--out", "ut", "--direct", "--workers", "1"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ut" / "site" / "index.html").is_file()
    store = "from pipeline.review import Store; Store.open('sqlite:///beslut.sqlite').close()"
    env = os.environ | {"PYTHONPATH": str(installed)}
    subprocess.run([sys.executable, "-c", store], cwd=tmp_path, env=env, check=True)
    assert (tmp_path / "beslut.sqlite").is_file()
