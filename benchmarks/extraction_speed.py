"""Time and memory of extraction against the naive script and against what pdfium alone needs."""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.shared import CORPUS, present

NAME = "extraction_speed"
NAIVE_BAR, FLOOR_BAR = 10.0, 5.0
#: Pages read one after the other for the memory figures.
MANY = 1000
_PAGES_KB = os.sysconf("SC_PAGE_SIZE") // 1024


def own_extraction(files: Sequence[str]) -> int:
    """The project's extraction: everything that ``read_pdf`` gives."""
    from extractors.read import read_pdf

    return sum(len(read_pdf(Path(path), file_name=path).pages) for path in files)


def naive_script(files: Sequence[str]) -> int:
    """pdfplumber text and tables on every page, then camelot lattice on every page."""
    import camelot
    import pdfplumber

    pages = 0
    for path in files:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.extract_tables()
                pages += 1
        camelot.read_pdf(path, pages="all", flavor="lattice", suppress_stdout=True)
    return pages


def pdfium_floor(files: Sequence[str]) -> int:
    """Characters with their boxes and path objects with theirs, through pypdfium2's own helpers."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    pages = 0
    for path in files:
        document = pdfium.PdfDocument(path)
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            for index in range(text.count_chars()):
                text.get_charbox(index)
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
                item.get_bounds()
            text.close()
            page.close()
            pages += 1
        document.close()
    return pages


def _warm(work: Callable[[Sequence[str]], int], files: Sequence[str]) -> None:
    """Import and load what the first document would: models and registers are no part of a page's time."""
    work(files[:1])


def _timed(work: Callable[[Sequence[str]], int], files: Sequence[str], answer: Any) -> None:
    _warm(work, files)
    began = time.process_time()
    pages = work(files)
    answer.send((pages, time.process_time() - began))


def in_own_process(work: Callable[[Sequence[str]], int], files: Sequence[str]) -> tuple[int, float]:
    """Pages and seconds of processor time, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(work, list(files), there))
    process.start()
    there.close()
    answer: tuple[int, float] = here.recv()
    process.join()
    return answer


def _resident() -> float:
    """Resident memory of this process in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGES_KB / 1024


def _peak() -> float:
    """Highest resident memory of this process since it began, in MiB (getrusage's counts its parent's)."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def _memory(files: Sequence[str], answer: Any) -> None:
    from extractors.read import read_pdf

    pages, seen = 0, []
    while pages < MANY:
        for path in files:
            pages += len(read_pdf(Path(path), file_name=path).pages)
            seen.append((pages, _resident()))
    answer.send(seen)


def memory(files: Sequence[str]) -> dict[str, float]:
    """Resident MiB after the first hundred pages and after a thousand, files read one after the other."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_memory, args=(list(files), there))
    process.start()
    there.close()
    seen: list[tuple[int, float]] = here.recv()
    process.join()
    early = max(mib for pages, mib in seen if pages <= MANY // 5)
    late = max(mib for pages, mib in seen if pages > MANY - MANY // 5)
    return {
        "mib_first_200": round(early, 1),
        "mib_last_200": round(late, 1),
        "growth": round(late / early, 3),
    }


def _one_large(files: Sequence[str], answer: Any) -> None:
    from extractors.read import read_pdf

    read_pdf(Path(files[0]), file_name=files[0])
    before = _peak()
    pages = len(read_pdf(Path(files[1]), file_name=files[1]).pages)
    answer.send((pages, before, _peak()))


def one_large(files: Sequence[str]) -> dict[str, float]:
    """Peak MiB of one file of a thousand pages against one of a hundred (its text and tables are kept)."""
    import pypdfium2 as pdfium

    with tempfile.TemporaryDirectory() as folder:
        made = []
        for many in (MANY // 10, MANY):
            joined = pdfium.PdfDocument.new()
            while len(joined) < many:
                for path in files:
                    source = pdfium.PdfDocument(path)
                    if left := many - len(joined):
                        joined.import_pages(source, list(range(min(len(source), left))))
            made.append(str(Path(folder) / f"{many}.pdf"))
            joined.save(made[-1])
            joined.close()
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_one_large, args=(made, there))
        process.start()
        there.close()
        pages, small, large = here.recv()
        process.join()
    return {
        "pages": pages,
        "peak_mib_100_pages": round(small, 1),
        "peak_mib_1000_pages": round(large, 1),
        "kib_a_page": round(1024 * (large - small) / (pages * 0.9), 1),
    }


def run() -> dict[str, Any]:
    """Measure all three ways in one run, then memory over a thousand pages."""
    console = Console(width=140)
    if not present(console, CORPUS):
        return {"skipped": True}
    files = [str(path) for path in sorted(CORPUS.glob("*.pdf")) if ".scan." not in path.name]
    ways = {"own": own_extraction, "naive": naive_script, "pdfium": pdfium_floor}
    measured: dict[str, Any] = {}
    for name, work in ways.items():
        pages, seconds = in_own_process(work, files)
        measured[name] = {
            "pages": pages,
            "cpu_seconds": round(seconds, 2),
            "ms_a_page": round(1000 * seconds / pages, 1),
        }
    measured["faster_than_naive"] = round(
        measured["naive"]["cpu_seconds"] / measured["own"]["cpu_seconds"], 1
    )
    measured["times_pdfium"] = round(measured["own"]["cpu_seconds"] / measured["pdfium"]["cpu_seconds"], 2)
    measured["memory"] = memory(files)
    measured["one_large_file"] = one_large(files)
    _show(console, measured)
    return measured


def _show(console: Console, measured: dict[str, Any]) -> None:
    table = Table(title="Läsning av alla sidor (utom den inskannade), processortid i en process")
    for head in ("sätt", "sidor", "sekunder", "ms per sida"):
        table.add_column(head, justify="left" if head == "sätt" else "right")
    said = {
        "own": "öj: extractors.read",
        "naive": "pdfplumber + camelot lattice",
        "pdfium": "pdfium: tecken och linjer",
    }
    for key, word in said.items():
        row = measured[key]
        table.add_row(word, str(row["pages"]), f"{row['cpu_seconds']:.2f}", f"{row['ms_a_page']:.1f}")
    console.print(table)
    console.print(
        f"{measured['faster_than_naive']:.1f} gånger snabbare än den naiva läsningen (golv {NAIVE_BAR:.0f}); "
        f"{measured['times_pdfium']:.2f} gånger pdfiums egen tid (tak {FLOOR_BAR:.0f})"
    )
    console.print(
        f"minne över {MANY} sidor: {json.dumps(measured['memory'])}; {json.dumps(measured['one_large_file'])}"
    )
