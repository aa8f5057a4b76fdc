"""The whole site, page after page, from the Parquet files of a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipeline.dataset import views
from pipeline.dataset.loading import Dataset
from pipeline.dataset.schemas import words
from pipeline.exports.database import editions, over_parquet
from pipeline.exports.settings import ExportSettings
from pipeline.exports.site.documents import write_documents
from pipeline.exports.site.frame import Site, environment
from pipeline.exports.site.indicators import write_indicators
from pipeline.exports.site.quality import write_dictionary, write_quality
from pipeline.exports.site.sources import DrawPages, write_sources
from pipeline.exports.site.units import write_units


def site_exporter(
    settings: ExportSettings, draw: DrawPages | None = None
) -> Callable[[Path, Mapping[str, Any]], None]:
    """An exporter for ``publish`` that writes site/.

    Args:
        draw: draws pages of PDFs; without it the source pages show marks and text on an empty page.
    """

    def write_site(folder: Path, run: Mapping[str, Any]) -> None:
        site = Site(folder, settings.title, views.run_facts(run)["date"])
        site.folder.mkdir(parents=True, exist_ok=True)
        _write_style(site)
        dataset = Dataset(folder, run)
        with over_parquet(folder) as connection:
            registers = {row["indicator_id"]: row for row in dataset.arrow("indicators").to_pylist()}
            entries = write_indicators(site, connection, registers)
            n_units = write_units(site, connection)
            n_sources = write_sources(site, connection, settings, draw)
            write_quality(site, connection, run)
            write_dictionary(site, editions(connection))
            write_documents(site, dataset, connection)
        counts = {"indicators": len(entries), "units": n_units, "sources": n_sources}
        site.write(
            "index.html",
            "index.html.j2",
            run=run,
            counts=counts,
            coverage=views.coverage(run),
            states=words("document_status"),
            severities=words("severity"),
            settings=settings,
        )
        site.write("metod.html", "metod.html.j2", settings=settings, run=run)

    return write_site


def _write_style(site: Site) -> None:
    """The style sheets, as files: the report's own and what the site adds."""
    for name in ("report.css", "site.css"):
        text = environment().get_template(name).render()
        (site.folder / name).write_text(text, encoding="utf-8")
