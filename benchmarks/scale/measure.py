"""All measurements of scale in one go: the runs over made documents serve several of them."""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from benchmarks.extraction_speed import in_own_process, naive_script, own_extraction, pdfium_floor
from benchmarks.made.corpus import digest_of, inbox, rendered
from benchmarks.scale.across import across
from benchmarks.scale.rerun import rerun
from benchmarks.scale.runs import ON_CLUSTER, Run
from benchmarks.scale.runs import run as oj
from benchmarks.shared import CORPUS

#: Documents of the growing runs; the last is the whole corpus.
FULL, SMALL = (100, 300, 1000), (10, 20, 40)
#: Pages that the naive script reads.
NAIVE_PAGES, NAIVE_SMALL = 200, 40
NO_EXPORTS = "--no-exports"


def run(quick: bool = False) -> dict[str, Any]:
    """Measure everything; with ``quick`` over forty documents instead of a thousand."""
    console = Console(width=140)
    counts = SMALL if quick else FULL
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory(prefix="oj-scale-") as name:
        place = Path(name)
        console.print(f"{counts[-1]} dokument ritas, om de inte finns sedan förut …")
        measured: dict[str, Any] = {"corpus": digest_of(rendered(counts[-1])), "workers": workers}
        grown, rounds = _grow(place, counts, workers, NAIVE_SMALL if quick else NAIVE_PAGES, console)
        floor = measured["floor"] = _middle(rounds)
        console.print(f"golv: {floor}")
        largest = grown[-1]
        measured["rules"] = largest.facts["rules"]
        measured["growth"] = _growth(grown)
        measured["whole"] = _whole(largest, floor)
        measured["memory"] = _memory(grown)
        raw, out = place / f"in-{counts[-1]}", place / f"ut-{counts[-1]}"
        exports = oj(raw, out, workers=workers)
        measured["exports"] = exports.figures()
        console.print(f"exporter: {exports.figures()}")
        rows = across(out.with_name(f"{out.name}.state"), counts)
        measured["across"] = {"runs": rows, "exponent": exponent(counts, [row["cpu_s"] for row in rows])}
        console.print(f"jämförelser: {measured['across']}")
        measured["published"] = _published(place, workers, floor)
        measured["warm"] = rerun(raw, out, workers)
        console.print(f"omkörningar: {measured['warm']}")
        measured["parallel"] = _parallel(place, counts[0], grown[0], console)
    return measured


def _middle(rounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The median of each figure over the rounds: a machine that others use changes from minute to minute."""
    middle = {name: round(median(told[name] for told in rounds), 2) for name in rounds[0]}
    naive = [told["naive_ms_a_page"] for told in rounds]
    return middle | {
        "rounds": len(rounds),
        "naive_least_ms": min(naive),
        "times_pdfium": round(middle["own_ms_a_page"] / middle["pdfium_ms_a_page"], 2),
    }


def _floor(pages: int) -> dict[str, Any]:
    """Milliseconds a page of the naive script, of pdfium alone and of our own extraction."""
    files: list[str] = []
    seen = 0
    for path in rendered(max(4, pages // 6)):
        if seen < pages:
            files.append(str(path))
            seen += _n_pages(path)
    told = {}
    for name, work in (("own", own), ("naive", naive_script), ("pdfium", pdfium_floor)):
        n_pages, seconds = in_own_process(work, files)
        told[f"{name}_ms_a_page"] = round(1000 * seconds / n_pages, 2)
        told["pages"] = n_pages
    return told


def own(files: Sequence[str]) -> int:
    """Our own extraction; the engines that are asked in doubt only are imported before the clock runs."""
    import camelot  # noqa: F401
    import pdfplumber  # noqa: F401

    return own_extraction(files)


def _n_pages(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def _grow(
    place: Path, counts: Sequence[int], workers: int, naive_pages: int, console: Console
) -> tuple[list[Run], list[dict[str, Any]]]:
    """A cold run over each count of documents, without exports, with the floor before, between and after."""
    grown, rounds = [], [_floor(naive_pages)]
    for count in counts:
        made = oj(inbox(place / f"in-{count}", count), place / f"ut-{count}", NO_EXPORTS, workers=workers)
        console.print(f"{count} dokument: {made.figures()}")
        grown.append(made)
        rounds.append(_floor(naive_pages))
        console.print(f"golv: {rounds[-1]}")
    return grown, rounds


def _growth(grown: Sequence[Run]) -> dict[str, Any]:
    pages = [made.pages for made in grown]
    return {
        "runs": [made.figures() for made in grown],
        "exponent": exponent(pages, [made.cpu for made in grown]),
    }


def _whole(made: Run, floor: dict[str, Any]) -> dict[str, Any]:
    stages = {name: round(1000 * seconds / made.pages, 2) for name, seconds in made.facts["timings"].items()}
    return made.figures() | {
        "faster_than_naive": round(floor["naive_ms_a_page"] / made.ms_a_page, 1),
        "stages_ms_a_page": stages,
        "rows": made.facts["rows"],
        "bytes": made.facts["inputs"]["bytes"],
    }


def _memory(grown: Sequence[Run]) -> dict[str, Any]:
    return {
        "peak_mib": round(max(made.together_mib for made in grown)),
        "growth": round(grown[-1].together_mib / grown[0].together_mib, 2),
        "parent_growth": round(grown[-1].parent_mib / grown[0].parent_mib, 2),
        "worker_growth": round(grown[-1].worker_mib / grown[0].worker_mib, 2),
    }


def _published(place: Path, workers: int, floor: dict[str, Any]) -> dict[str, Any]:
    """The whole run on the published documents, where they lie beside the project."""
    if not CORPUS.is_dir():
        return {"skipped": True}
    raw = place / "published"
    raw.mkdir()
    for path in CORPUS.glob("*.pdf"):
        if ".scan." not in path.name:
            shutil.copyfile(path, raw / path.name)
    made = oj(raw, place / "ut-published", NO_EXPORTS, workers=workers)
    files = [str(path) for path in sorted(raw.glob("*.pdf"))]
    pages, seconds = in_own_process(naive_script, files)
    naive = 1000 * seconds / pages
    return made.figures() | {
        "naive_ms_a_page": round(naive, 1),
        "faster_than_naive": round(naive / made.ms_a_page, 1),
    }


def _parallel(place: Path, count: int, had: Run, console: Console) -> dict[str, Any]:
    """The same documents with one worker, with two, and on a local cluster of two."""
    raw = place / f"in-{count}"
    one = oj(raw, place / "ut-en", NO_EXPORTS, workers=1)
    two = oj(raw, place / "ut-tva", NO_EXPORTS, workers=2)
    batch = str(max(1, count // 8))
    told = {"one": one.figures(), "two": two.figures(), "speed_up": round(one.wall / two.wall, 2)}
    # Two workers should have had nearly two cores; with fewer, others had the machine: no speed-up is told.
    told["cores_had"] = [round(made.cpu / made.wall, 2) for made in (one, two)]
    datasets = {had.dataset, one.dataset, two.dataset}
    try:
        import prefect_dask  # type: ignore[import-not-found,unused-ignore] # noqa: F401
    except ImportError:
        told["cluster"] = {"skipped": True}
    else:
        words = (NO_EXPORTS, "--batch-size", batch)
        cluster = oj(raw, place / "ut-kluster", *words, workers=1, program=ON_CLUSTER, direct=False)
        told["cluster"] = cluster.figures()
        datasets.add(cluster.dataset)
    told["same_dataset"] = len(datasets) == 1
    console.print(f"parallellt: {told}")
    return told


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The power of the size that the cost grows with: the slope of a line through their logarithms."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(cost, 1e-9)) for cost in costs]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return round(above / sum((x - mean_x) ** 2 for x in xs), 2)
