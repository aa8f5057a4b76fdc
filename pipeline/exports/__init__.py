"""What is written beside the Parquet files, for analysts: DuckDB, CSV, Excel, catalogue, pages, snapshots.

Everything is made from the published tables alone, through DuckDB with bounded memory. Names are resolved
when first used, so that ``oj --help`` loads none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lazy import lazy_names

if TYPE_CHECKING:
    from pipeline.exports.database import over_parquet, write_database
    from pipeline.exports.diff import Difference, write_difference
    from pipeline.exports.kommun import find_kommun, kommun_rows
    from pipeline.exports.plan import exporters
    from pipeline.exports.query import Answer, ask
    from pipeline.exports.settings import SETTINGS_FILE, ExportSettings, load_settings
    from pipeline.exports.snapshots import find_dataset, list_snapshots, take_snapshot
    from pipeline.exports.tabular import write_csv
    from pipeline.exports.workbook import workbook_exporter

_WHERE = {
    "database": ("over_parquet", "write_database"),
    "diff": ("Difference", "write_difference"),
    "kommun": ("find_kommun", "kommun_rows"),
    "plan": ("exporters",),
    "query": ("Answer", "ask"),
    "settings": ("SETTINGS_FILE", "ExportSettings", "load_settings"),
    "snapshots": ("find_dataset", "list_snapshots", "take_snapshot"),
    "tabular": ("write_csv",),
    "workbook": ("workbook_exporter",),
}

__all__ = [
    "SETTINGS_FILE",
    "Answer",
    "Difference",
    "ExportSettings",
    "ask",
    "exporters",
    "find_dataset",
    "find_kommun",
    "kommun_rows",
    "list_snapshots",
    "load_settings",
    "over_parquet",
    "take_snapshot",
    "workbook_exporter",
    "write_csv",
    "write_database",
    "write_difference",
]

__getattr__ = lazy_names(__name__, _WHERE)
