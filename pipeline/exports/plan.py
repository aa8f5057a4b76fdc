"""Which files a run exports, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipeline.exports.database import write_database
from pipeline.exports.dcat import dcat_exporter
from pipeline.exports.package import package_exporter
from pipeline.exports.settings import ExportSettings
from pipeline.exports.site.build import site_exporter
from pipeline.exports.site.sources import DrawPages
from pipeline.exports.tabular import write_csv
from pipeline.exports.workbook import workbook_exporter

Exporter = Callable[[Path, Mapping[str, Any]], None]


def exporters(settings: ExportSettings, draw: DrawPages | None = None) -> tuple[Exporter, ...]:
    """The exporters that ``publish`` is to be given after its own.

    Args:
        draw: draws pages of PDFs for the site; without it the source pages have no pictures.
    """
    return (
        package_exporter(settings),
        write_database,
        write_csv,
        workbook_exporter(settings),
        site_exporter(settings, draw),
        dcat_exporter(settings),
    )
