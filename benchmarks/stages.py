"""Where the time of a document goes: open, geometry, tables, text, normalise, claims, checks, keep."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.made.corpus import rendered

NAME = "stages"
DOCUMENTS, FEW = 100, 8
#: Functions that are a stage of reading a PDF: the module and the name by which the reader finds them.
INSIDE = {
    "open": ("extractors.engines.pdfium", "pdfium.PdfDocument"),
    "geometry": ("extractors.engines.pdfium", "OpenPdf.geometry"),
    "words": ("extractors.geometry", "PageGeometry.words"),
    "tables": ("extractors.read", "find_page_tables"),
    "text": ("extractors.read", "page_flow"),
    "assemble": ("extractors.read", "assemble"),
}
ORDER = (*INSIDE, "other reading", "normalise", "claims", "checks", "keep")
#: Documents read before the clocks count: imports and registers are no part of a page's time.
WARM = 2


class Clocks:
    """Seconds of processor time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The work, with its time added to the stage."""

        def call(*given: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return work(*given, **named)
            finally:
                self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - began

        return call


@contextmanager
def clocked(clocks: Clocks) -> Iterator[None]:
    """Put clocks around the functions of :data:`INSIDE` for as long as the block lasts."""
    import importlib

    had = []
    for stage, (module, path) in INSIDE.items():
        owner: Any = importlib.import_module(module)
        *owners, name = path.split(".")
        for one in owners:
            owner = getattr(owner, one)
        had.append((owner, name, getattr(owner, name)))
        setattr(owner, name, clocks.timed(stage, getattr(owner, name)))
    try:
        yield
    finally:
        for owner, name, work in had:
            setattr(owner, name, work)


def one_document(path: Path, folder: Path, clocks: Clocks) -> int:
    """The way of one file, as a worker goes it (see ``flows.worker``); gives its pages."""
    from extractors.read import read_pdf
    from flows.worker import _registers
    from pipeline.checks import check_document
    from pipeline.claims import find_claims
    from pipeline.dataset import DocumentPart, Part, coverage_counts, write_part
    from pipeline.normalize import read_documents

    registers = _registers(None)
    pdf = clocks.timed("reading", read_pdf)(path, file_name=path.name)
    made = []
    for document in clocks.timed("normalise", read_documents)(pdf, registers, None):
        told = clocks.timed("claims", find_claims)(document, registers)
        flags = clocks.timed("checks", check_document)(document, told.claims, registers)
        made.append(DocumentPart(document, told.claims, flags, coverage_counts(told.coverage)))
    part = Part(path.stem, path.name, pdf.sha256, "0", tuple(made), 1, len(pdf.pages), timings=())
    clocks.timed("keep", write_part)(folder, part)
    return len(pdf.pages)


def run(quick: bool = False) -> dict[str, Any]:
    """Milliseconds of processor time a page, by stage, in one process that is set up as a worker is."""
    from flows.worker import prepare

    prepare(None)
    files = rendered(FEW if quick else DOCUMENTS)
    clocks, pages = Clocks(), 0
    with tempfile.TemporaryDirectory(prefix="oj-stages-") as folder, clocked(clocks):
        for path in files[:WARM]:
            one_document(path, Path(folder), clocks)
        clocks.seconds.clear()
        for path in files:
            pages += one_document(path, Path(folder), clocks)
    seconds = clocks.seconds
    seconds["other reading"] = seconds.pop("reading") - sum(seconds.get(stage, 0.0) for stage in INSIDE)
    measured = {stage: round(1000 * seconds.get(stage, 0.0) / pages, 2) for stage in ORDER}
    _show(measured, pages)
    return {"pages": pages, "ms_a_page": measured, "total_ms_a_page": round(sum(measured.values()), 2)}


def _show(measured: dict[str, float], pages: int) -> None:
    table = Table(title=f"Ett dokuments väg, processortid över {pages} sidor")
    table.add_column("steg")
    table.add_column("ms per sida", justify="right")
    for stage, milliseconds in measured.items():
        table.add_row(stage, f"{milliseconds:.2f}")
    Console(width=140).print(table)
