"""Pages drawn in a child process: what comes back, and what is said when the file harms the child."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.confinement import MIB, Limits
from extractors.drawing import Job, sandboxed_picture
from extractors.pictures import page_picture
from pipeline.errors import UnreadableFileError
from tests.extractors.bad_pdfs import pdf, simple, stream

QUICK = Limits(cpu_seconds=1, wall_seconds=60.0, memory_bytes=512 * MIB, file_bytes=MIB)


def endless(path: Path, depth: int, times: int) -> Path:
    """A page whose drawing takes years: ``depth`` forms inside each other, each drawn ``times`` times."""
    forms = {
        f"o{number}": stream(
            b"/X%d Do " % (number + 1) * times if number < 5 + depth else b"0 0 595 842 re f",
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X%d %d 0 R>>>>"
            % (number + 1, number + 1 if number < 5 + depth else 6),
        )
        for number in range(6, 6 + depth)
    }
    page = b"/Resources<</XObject<</X6 6 0 R>>>>"
    objects = simple(page, stream(b"/X6 Do"), **forms)
    objects[3] = objects[3].replace(b"/Resources<</Font<</F1 5 0 R>>>>", b"")
    path.write_bytes(pdf(objects))
    return path


def crash(job: Job) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def spinning(job: Job) -> bytes:
    while True:
        pass


def waiting(job: Job) -> bytes:
    time.sleep(60)
    return b""


def greedy(job: Job) -> bytes:
    return bytes(len(bytearray(8 << 30)))


def test_the_picture_is_the_one_that_is_drawn_without_a_child(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    path.write_bytes(pdf(simple()))
    assert sandboxed_picture(path, 1, 72) == page_picture(path, 1, 72)


@pytest.mark.parametrize(("depth", "times"), [(6, 10), (12, 12)])
def test_a_hostile_page_takes_down_the_child_only(tmp_path: Path, depth: int, times: int) -> None:
    """Drawn here, the smaller one would take minutes and the larger one end the process (memory)."""
    limits = replace(QUICK, memory_bytes=256 * MIB)
    with pytest.raises(UnreadableFileError) as caught:
        sandboxed_picture(endless(tmp_path / "evig.pdf", depth, times), 1, 72, limits=limits)
    assert caught.value.code in ("cpu-grans", "tidsgrans", "krasch", "minnesgrans")
    assert caught.value.message.startswith("ritningen")


@pytest.mark.parametrize(
    ("draw", "code", "said"),
    [
        (crash, "krasch", "kraschade"),
        (greedy, "minnesgrans", "mer minne"),
        (spinning, "cpu-grans", "avbröts efter 1 sek"),
        (waiting, "tidsgrans", "avbröts efter 2 sek"),
    ],
)
def test_what_the_child_died_of_is_told_in_a_sentence(
    tmp_path: Path, draw: Callable[[Job], bytes], code: str, said: str
) -> None:
    limits = replace(QUICK, wall_seconds=2.0) if draw is waiting else QUICK
    with pytest.raises(UnreadableFileError) as caught:
        sandboxed_picture(tmp_path / "sida.pdf", 1, 72, draw=draw, limits=limits)
    assert caught.value.code == code
    assert said in caught.value.message


def test_what_cannot_be_read_is_said_as_without_a_child(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    path.write_bytes(pdf(simple()))
    with pytest.raises(UnreadableFileError) as caught:
        sandboxed_picture(path, 7, 72)
    assert caught.value.code == "ingen-sida"
    assert "ingen sida 7" in caught.value.message
