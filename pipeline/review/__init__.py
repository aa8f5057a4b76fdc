"""The reviewer's desk: a store of decisions, and the web application in which they are taken.

Names are resolved when first used, so that ``oj run`` without decisions loads neither database nor web.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lazy import lazy_names

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

__getattr__ = lazy_names(__name__, _WHERE)
