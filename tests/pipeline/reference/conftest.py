from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.reference import Registers, load_registers, register_files, register_folder


@pytest.fixture(scope="session")
def registers() -> Registers:
    return load_registers()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A steward's copy of the registers, without the code beside them."""
    source = register_folder()
    for path in register_files(source):
        target = tmp_path / "register" / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return tmp_path / "register"


@pytest.fixture
def add_row(folder: Path) -> Callable[[str, str], Registers]:
    """Adds one row to a register file and loads the registers again."""

    def add(name: str, row: str) -> Registers:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(row + "\n")
        return load_registers(folder)

    return add
