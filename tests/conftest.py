"""What all tests share: the rule for tests that need a program which Python packages cannot bring."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

# Machines differ in speed, so nothing is timed; in CI the same examples are tried every time.
settings.register_profile("oj", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("oj")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """``@pytest.mark.needs_debian("tesseract", "tesseract-ocr")``: skip without it, fail when CI=true.

    The program may be ``tesseract:swe`` (a language of tesseract); servers that Debian keeps off the
    path (``postgres``) are looked for where Debian puts them.
    """
    for mark in item.iter_markers("needs_debian"):
        program, package = mark.args
        if _is_there(program):
            continue
        reason = f"needs {program}: apt-get install {package}"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason} (a skip of this kind is a failure in CI)", pytrace=False)
        pytest.skip(reason)


def _is_there(program: str) -> bool:
    name, _, language = program.partition(":")
    if shutil.which(name) is None:
        return any(Path("/usr/lib").glob(f"*/*/bin/{name}"))
    if not language:
        return True
    listed = subprocess.run([name, "--list-langs"], capture_output=True, text=True, check=False)
    return language in listed.stdout.split()
