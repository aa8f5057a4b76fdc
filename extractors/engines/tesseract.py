"""tesseract as a program: a grey picture goes in on its standard input, words with boxes come out.

One thread a call (workers are the parallelism), a time limit, and nothing written to disk.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import OjError

if TYPE_CHECKING:
    from PIL.Image import Image

#: Page segmentation modes that were found useful (``tesseract --help-psm``).
PAGE, BLOCK, SPARSE = 3, 6, 11
#: What to install on Debian and its kin.
PACKAGES = "tesseract-ocr och tesseract-ocr-swe"


class OcrError(OjError):
    """tesseract is missing, failed, or took too long: the page stays unread."""

    code = "ocr"


class OcrWord(NamedTuple):
    """A word as tesseract gives it: box in pixels of the picture, confidence 0–100, its line's key."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float
    line: tuple[int, int, int]


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that the installed tesseract can read; empty when it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run(  # noqa: S603
            [program, "--list-langs"],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
            env=_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    lines = (listed.stdout + listed.stderr).split("\n")[1:]
    return frozenset(line.strip() for line in lines if line.strip())


def missing_reason(number: int) -> str | None:
    """A Swedish sentence that says what to install to read the 1-based page, or None when all is there."""
    if "swe" in languages():
        return None
    return (
        f"Sidan {number} är en bild utan läsbar text. Installera Debianpaketen {PACKAGES} "
        "så läses den med teckenigenkänning."
    )


def read_words(
    picture: Image, *, language: str, mode: int, dpi: int, timeout: float = 120.0, only: str = ""
) -> list[OcrWord]:
    """The words of a grey picture in the order of tesseract's layout analysis.

    Args:
        language: ``swe`` or ``eng``.
        mode: one of ``PAGE``, ``BLOCK``, ``SPARSE``.
        dpi: of the picture.
        timeout: seconds on the clock.
        only: the characters that may occur, "" for all.

    Raises:
        OcrError: the program is missing, fails or takes too long.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise OcrError(f"Teckenigenkänning saknas: installera Debianpaketen {PACKAGES}.")
    command = [program, "stdin", "stdout", "-l", language, "--psm", str(mode), "--dpi", str(dpi)]
    if only:
        command += ["-c", f"tessedit_char_whitelist={only}"]
    data = io.BytesIO()
    picture.save(data, format="PPM")  # a grey picture becomes PGM: no time goes into packing it
    try:
        done = subprocess.run(  # noqa: S603
            [*command, "tsv"],
            input=data.getvalue(),
            capture_output=True,
            timeout=timeout,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise OcrError(f"Teckenigenkänningen avbröts: den tog mer än {timeout:.0f} sekunder.") from error
    except OSError as error:
        raise OcrError(f"Teckenigenkänningen kunde inte startas: {error.strerror or error}.") from error
    if done.returncode != 0:
        raise OcrError("Teckenigenkänningen misslyckades: tesseract kunde inte läsa sidans bild.")
    return _words(done.stdout.decode("utf-8", "replace"))


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX", "TMPDIR") if name in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


def _words(tsv: str) -> list[OcrWord]:
    """Rows of level 5 (words): level page block par line word left top width height conf text."""
    words = []
    for row in tsv.split("\n")[1:]:
        columns = row.rstrip("\r").split("\t")
        if len(columns) != 12 or columns[0] != "5" or not columns[11].strip():
            continue
        left, top, width, height = map(int, columns[6:10])
        line = (int(columns[2]), int(columns[3]), int(columns[4]))
        words.append(
            OcrWord(columns[11].strip(), left, top, left + width, top + height, float(columns[10]), line)
        )
    return words
