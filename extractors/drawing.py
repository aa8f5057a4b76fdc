"""Page pictures drawn in a child process: a file that crashes or hangs it takes down that child only.

Measured: a fresh child from the fork server costs about 15 ms beside the 40 ms that a page takes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extractors.confinement import MIB, Limits
from extractors.pictures import page_picture
from extractors.sandbox import run_sandboxed
from pipeline.errors import UnreadableFileError

#: A page of ordinary print takes a twentieth of a second; someone waits for this one in front of a screen.
LIMITS = Limits(cpu_seconds=10, wall_seconds=20.0, memory_bytes=1024 * MIB, file_bytes=MIB)
#: Imported once by the fork server, so that a child has only to draw.
PRELOAD = ("extractors.pictures", "extractors.engines.pdfium", "pypdfium2", "PIL.Image", "PIL.PngImagePlugin")
#: Path of the file, 1-based page, dots per inch.
Job = tuple[Path, int, float]
_SENTENCES = {
    "tidsgrans": "ritningen avbröts efter {wall:g} sekunder, för sidan är ovanligt tung eller skadad.",
    "cpu-grans": "ritningen avbröts efter {cpu:g} sekunder, för sidan är ovanligt tung eller skadad.",
    "minnesgrans": "ritningen avbröts, för sidan behöver mer minne än den får ta.",
    "krasch": "ritningen kraschade, för filen är skadad eller mycket ovanlig.",
}


def sandboxed_picture(
    path: Path, page: int, dpi: float, *, draw: Callable[[Job], bytes] | None = None, limits: Limits = LIMITS
) -> bytes:
    """The 1-based page as a PNG file's bytes, drawn in a child process of its own.

    Args:
        dpi: dots per inch. draw: what the child calls (importable by name). limits: what it may use.

    Raises:
        UnreadableFileError: the file cannot be read or has no such page, or the child died, hung or took too
            much; the code says which (``krasch``, ``tidsgrans``, ``cpu-grans``, ``minnesgrans`` …).
    """
    job: Job = (path, page, dpi)
    (outcome,) = run_sandboxed(draw or _draw, [job], workers=1, limits=limits, preload=PRELOAD)
    if outcome.status == "done" and outcome.value is not None:
        return outcome.value
    sentence = _SENTENCES.get(outcome.code or "", outcome.reason or "ritningen misslyckades.")
    raise UnreadableFileError(
        sentence.format(wall=limits.wall_seconds, cpu=limits.cpu_seconds), code=outcome.code
    )


def _draw(job: Job) -> bytes:
    return page_picture(*job)
