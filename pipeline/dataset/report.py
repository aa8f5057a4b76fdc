"""OUT/report.html: one self-contained Swedish page about a run, made from the published tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset import flagviews, views
from pipeline.dataset.files import atomic_write
from pipeline.dataset.heatmap import FILLS
from pipeline.dataset.loading import Dataset
from pipeline.dataset.schemas import words

if TYPE_CHECKING:
    from jinja2 import Environment

REPORT_FILE = "report.html"


def write_report(folder: Path, run: Mapping[str, Any]) -> None:
    """Write report.html beside the Parquet files of a folder. An exporter for ``publish``."""
    atomic_write(folder / REPORT_FILE, report_html(Dataset(folder, run)).encode())


def report_html(dataset: Dataset) -> str:
    """The page as HTML. Everything that stems from a PDF is escaped; nothing is fetched from a network."""
    documents = views.documents(dataset)
    flags = flagviews.flags(dataset, documents)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            run=dataset.run,
            facts=views.run_facts(dataset.run),
            documents=documents,
            flags=flags,
            checks=dict(sorted({flag.row["check"]: flag.check for flag in flags.items}.items())),
            answers=views.answers(dataset, documents, {flag.row["flag_id"] for flag in flags.items}),
            unread=views.unread(dataset, documents),
            unmatched=views.unmatched(dataset, documents),
            coverage=views.coverage(dataset.run),
            uncovered=views.uncovered(dataset, documents),
            severities=words("severity"),
            statuses=words("flag_status"),
            fills=FILLS,
            max_documents=views.MAX_DOCUMENTS,
        )
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The Jinja environment of the reports: escaping on, a missing variable is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("pipeline.dataset"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["antal"] = views.count
    made.filters["antal_av"] = views.counted
    return made
