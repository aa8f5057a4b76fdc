"""The way of one file, inside a worker process: read it, give it meaning, find claims, check, keep it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flows.versions import pipeline_version
from pipeline.model import PdfDocument

if TYPE_CHECKING:
    from pipeline.dataset import DocumentPart
    from pipeline.model import ReadDocument
    from pipeline.normalize import ManifestRow
    from pipeline.reference import Registers

Value = TypeVar("Value")

#: What the fork server imports once for all workers: the rooms, and the libraries that they import late.
PRELOAD = (
    "extractors.read",
    "flows.worker",
    "pipeline.checks",
    "pipeline.claims",
    "pipeline.dataset",
    "pipeline.normalize",
    "pipeline.reference",
    "numpy",
    "pandas",  # pyarrow imports it when it makes its first rows
    "PIL.Image",
    "pyarrow",
    "rapidfuzz",
    "spacy",
    "spacy.lang.sv",
)


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read.

    Attributes:
        key: name of the part to make; extract_key: name of the reading that it is made from.
        parts, extracts: folders that these are kept in.
        registers: folder of registers, None for the program's own.
        manifest: what the manifest says of the file.
        force: read the PDF anew although its reading is kept.
    """

    path: Path
    file_name: str
    sha256: str
    size: int
    key: str
    extract_key: str
    parts: Path
    extracts: Path
    registers: Path | None = None
    manifest: ManifestRow | None = None
    force: bool = False

    @property
    def reading(self) -> Path:
        """Where the reading of the PDF is kept."""
        return self.extracts / f"{self.extract_key}.extract"


def prepare(registers: Path | None) -> None:
    """Load what every file needs, once in each worker.

    A file's reading makes millions of objects that live until it is kept and form no cycles: looking for
    those in the usual places takes a tenth of a worker's time (measured by ``benchmarks.stages``).
    """
    import gc

    _registers(registers)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def read_file(job: Job) -> str:
    """Do all that concerns this file alone and write its part; gives the part's key.

    Raises:
        UnreadableFileError: the file cannot be read as a PDF (code and sentence say why).
        OutputError: the part cannot be written.
    """
    from pipeline.dataset import Part, write_part
    from pipeline.normalize import read_documents

    clock = _Clock()
    registers = _registers(job.registers)
    pdf = clock.time("extract", lambda: _read_pdf(job))
    documents = clock.time("normalize", lambda: read_documents(pdf, registers, job.manifest))
    made = tuple(_look_into(document, registers, clock) for document in documents)
    write_part(
        job.parts,
        Part(
            key=job.key,
            file_name=job.file_name,
            file_sha256=job.sha256,
            pipeline_version=pipeline_version(),
            documents=made,
            n_bytes=job.size,
            n_pages=len(pdf.pages),
            timings=clock.timings,
        ),
    )
    return job.key


def extract_file(job: Job) -> str:
    """Read this file and keep the reading, without giving it meaning; gives the reading's key.

    Raises:
        UnreadableFileError: the file cannot be read as a PDF. OutputError: the reading cannot be written.
    """
    _read_pdf(job)
    return job.extract_key


class _Clock:
    """Seconds per stage of one file."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], Value]) -> Value:
        """Do the work and add its time to the stage."""
        start = time.perf_counter()
        value = work()
        self._seconds[stage] = self._seconds.get(stage, 0.0) + time.perf_counter() - start
        return value

    @property
    def timings(self) -> tuple[tuple[str, float], ...]:
        """Pairs of stage and seconds, in the order in which the stages began."""
        return tuple((stage, round(seconds, 4)) for stage, seconds in self._seconds.items())


@lru_cache(maxsize=2)
def _registers(folder: Path | None) -> Registers:
    from pipeline.reference import load_registers

    return load_registers(folder)


def _read_pdf(job: Job) -> PdfDocument:
    """What stands in the PDF: from the reading kept of these bytes, else read now and kept."""
    from pipeline.dataset.codec import StaleFormatError, pack, unpack
    from pipeline.dataset.files import atomic_write

    if not job.force:
        try:
            return replace(unpack(PdfDocument, job.reading.read_bytes()), file_name=job.file_name)
        except (OSError, StaleFormatError):
            pass  # not read before, or by another version of the shapes
    from extractors.read import read_pdf

    pdf = read_pdf(job.path, file_name=job.file_name)
    atomic_write(job.reading, pack(pdf))
    return pdf


def _look_into(document: ReadDocument, registers: Registers, clock: _Clock) -> DocumentPart:
    """Claims and flags of one document."""
    from pipeline.checks import check_document
    from pipeline.claims import find_claims
    from pipeline.dataset import DocumentPart, coverage_counts

    reading = clock.time("claims", lambda: find_claims(document, registers))
    flags = clock.time("checks", lambda: check_document(document, reading.claims, registers))
    told = reading.coverage
    return DocumentPart(document, reading.claims, flags, coverage_counts(told), told.uncovered_figures)
