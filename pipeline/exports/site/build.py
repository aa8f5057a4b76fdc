"""The whole site, page after page, from the Parquet files of a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from pipeline.dataset import views
from pipeline.dataset.loading import Dataset
from pipeline.dataset.schemas import words
from pipeline.exports.database import editions, over_parquet
from pipeline.exports.reuse import Exporter
from pipeline.exports.settings import ExportSettings
from pipeline.exports.site.documents import rows_of_query, write_documents
from pipeline.exports.site.frame import Site, environment
from pipeline.exports.site.indicators import write_indicators
from pipeline.exports.site.pictures import DrawPages, drawing, wanted_pictures
from pipeline.exports.site.quality import coverage_lines, write_dictionary, write_quality
from pipeline.exports.site.sources import gather_marks, write_sources
from pipeline.exports.site.special import write_special
from pipeline.exports.site.units import write_units

#: What the dataset holds, for the overview.
CONTENTS = (
    "SELECT area, year, count(DISTINCT document_id) AS n_documents, count(*) AS n_values, "
    "count(DISTINCT unit_id) FILTER (unit_kind = 'kommun') AS n_units, "
    "count(DISTINCT indicator_key) AS n_indicators "
    "FROM long GROUP BY area, year ORDER BY area NULLS LAST, year DESC NULLS LAST"
)


def site_exporter(
    settings: ExportSettings, draw: DrawPages | None = None, version: str = ""
) -> Callable[[Path, Mapping[str, Any]], None]:
    """An exporter for ``publish`` that writes site/.

    Args:
        draw: draws pages of PDFs; without it the source pages show marks and text on an empty page.
        version: of the code; a page that it made of the same rows in the last run is taken over.
    """
    begin = site_begun(settings, draw, version)

    def write_site(folder: Path, run: Mapping[str, Any]) -> None:
        with begin(folder, run) as write:
            write(folder, run)

    return write_site


def site_begun(
    settings: ExportSettings, draw: DrawPages | None = None, version: str = ""
) -> Callable[[Path, Mapping[str, Any]], AbstractContextManager[Exporter]]:
    """The same in two steps: pictures of pages are drawn from the first on, the second writes all pages."""

    @contextmanager
    def begin(folder: Path, run: Mapping[str, Any]) -> Iterator[Exporter]:
        site = Site(folder, settings.title, f"{version} {settings!r}")
        site.folder.mkdir(parents=True, exist_ok=True)
        with over_parquet(folder) as connection:
            wanted = wanted_pictures(site, connection, settings)
        with drawing(wanted, draw) as drawn:
            yield lambda folder, run: _write_site(site, drawn, Dataset(folder, run), settings)

    return begin


def _write_site(site: Site, drawn: Callable[[], None], dataset: Dataset, settings: ExportSettings) -> None:
    """All pages; those that show pages of PDFs when the pictures are ``drawn``."""
    run = dataset.run
    _write_style(site)
    with over_parquet(site.folder.parent) as connection:
        registers = {row["indicator_id"]: row for row in dataset.arrow("indicators").to_pylist()}
        n_indicators = len(write_indicators(site, connection, registers))
        n_units = write_units(site, connection)
        gather_marks(connection)
        write_quality(site, connection, run, settings, write_special(site, dataset, connection))
        write_dictionary(site, editions(connection))
        contents = rows_of_query(connection, CONTENTS)
        drawn()  # the pages of PDFs come late: they show how large their pictures are
        write_sources(site, connection, settings)
        write_documents(site, dataset, connection)
    _write_overview(site, run, settings, contents, {"indicators": n_indicators, "units": n_units})
    site.write("metod.html", "metod.html.j2", settings=settings, run=run)
    site.finish()


def _write_overview(
    site: Site,
    run: Mapping[str, Any],
    settings: ExportSettings,
    contents: list[dict[str, Any]],
    counts: Mapping[str, int],
) -> None:
    """index.html: what there is, how the reading went, and the files."""
    states, severities = words("document_status"), words("severity")
    site.write(
        "index.html",
        "index.html.j2",
        run=run,
        counts=counts,
        contents=contents,
        date=views.run_facts(run)["date"],
        coverage=coverage_lines(run),
        reading=[(states[code], found, "dokument.html") for code, found in run["documents"].items()],
        flags=[(word, run["flags"][code], "avvikelser.html") for code, word in severities.items()],
        settings=settings,
    )


def _write_style(site: Site) -> None:
    """The style sheets, as files: the report's own and what the site adds."""
    for name in ("report.css", "site.css"):
        text = environment().get_template(name).render()
        (site.folder / name).write_text(text, encoding="utf-8")
