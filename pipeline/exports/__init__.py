"""What is written beside the Parquet files, for analysts: DuckDB, CSV, Excel, catalogue, pages, snapshots.

Everything is made from the published tables alone, through DuckDB with bounded memory. Names are resolved
when first used, so that ``oj --help`` loads none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.exports.database import over_parquet, write_database
    from pipeline.exports.kommun import find_kommun, kommun_rows
    from pipeline.exports.plan import exporters
    from pipeline.exports.query import Answer, ask
    from pipeline.exports.settings import SETTINGS_FILE, ExportSettings, load_settings
    from pipeline.exports.tabular import write_csv
    from pipeline.exports.workbook import workbook_exporter

_WHERE = {
    "database": ("over_parquet", "write_database"),
    "kommun": ("find_kommun", "kommun_rows"),
    "plan": ("exporters",),
    "query": ("Answer", "ask"),
    "settings": ("SETTINGS_FILE", "ExportSettings", "load_settings"),
    "tabular": ("write_csv",),
    "workbook": ("workbook_exporter",),
}

__all__ = [
    "SETTINGS_FILE",
    "Answer",
    "ExportSettings",
    "ask",
    "exporters",
    "find_kommun",
    "kommun_rows",
    "load_settings",
    "over_parquet",
    "workbook_exporter",
    "write_csv",
    "write_database",
]


def __getattr__(name: str) -> Any:
    """Import the module of a public name when the name is first asked for."""
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
