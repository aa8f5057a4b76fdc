"""The reviewer's desk: a store of decisions, and the web application in which they are taken.

Names are resolved when first used, so that ``oj run`` without decisions loads neither database nor web.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.review.applied import latest_decisions, reviewed_registers
    from pipeline.review.settings import has_store, read_settings
    from pipeline.review.store import Store

_WHERE = {
    "applied": ("latest_decisions", "reviewed_registers"),
    "settings": ("has_store", "read_settings"),
    "store": ("Store",),
}

__all__ = ["Store", "has_store", "latest_decisions", "read_settings", "reviewed_registers"]


def __getattr__(name: str) -> Any:
    """Import the module of a public name when the name is first asked for."""
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
