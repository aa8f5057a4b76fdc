"""Which files a run exports, in which order."""

from __future__ import annotations

from pipeline.exports.database import DATABASE_FILE, write_database
from pipeline.exports.dcat import dcat_exporter
from pipeline.exports.package import package_exporter
from pipeline.exports.reuse import Export, Exporter, reusing
from pipeline.exports.settings import ExportSettings
from pipeline.exports.site.build import site_begun, site_exporter
from pipeline.exports.site.frame import SITE
from pipeline.exports.site.pictures import DrawPages
from pipeline.exports.tabular import TABLES, csv_exporter, csv_files
from pipeline.exports.workbook import WORKBOOK_FILE, WORKBOOK_TABLES, workbook_exporter


def exporters(
    settings: ExportSettings, draw: DrawPages | None = None, version: str = ""
) -> tuple[Exporter, ...]:
    """The exporters that ``publish`` is to be given after its own.

    Args:
        draw: draws pages of PDFs for the site; without it the source pages have no pictures.
        version: of the code; a file made by the same one from the same tables and settings is taken over.
    """
    listed = (
        Export("databas", write_database, (DATABASE_FILE,)),
        *(Export(f"csv {name}", csv_exporter(name), csv_files(name), (name,)) for name in TABLES),
        Export("arbetsbok", workbook_exporter(settings), (WORKBOOK_FILE,), WORKBOOK_TABLES),
        Export(
            "sajt",
            site_exporter(settings, draw, version),
            (f"{SITE}/",),
            begin=site_begun(settings, draw, version),
        ),
    )
    return (
        package_exporter(settings),
        reusing(listed, f"{version} {settings!r}"),
        dcat_exporter(settings),
    )
