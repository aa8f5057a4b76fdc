"""Flags as JSON in the store: read back also after the shape of a flag has gained or lost a field."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from pipeline.model import Box, Flag

_LISTS = ("observation_ids", "other_document_ids")


def flag_of_row(row: Mapping[str, Any]) -> Flag:
    """A flag of a row of flags.parquet or of a stored snapshot; unknown fields are passed over.

    Raises:
        KeyError, TypeError: a field without default is missing (the row is no flag).
    """
    known = {field.name: row[field.name] for field in fields(Flag) if field.name in row}
    known["boxes"] = tuple(Box(**box) for box in known["boxes"])
    for name in _LISTS:
        known[name] = tuple(known.get(name) or ())
    if isinstance(known.get("reviewed_at"), str):
        known["reviewed_at"] = dt.datetime.fromisoformat(known["reviewed_at"])
    return Flag(**known)


def flag_json(flag: Flag) -> str:
    """The flag without its review, as JSON."""
    bare = asdict(flag)
    for name in ("status", "reviewer", "reviewed_at", "review_comment"):
        del bare[name]
    return json.dumps(bare, ensure_ascii=False, sort_keys=True)


def flag_of_json(text: str | None) -> Flag | None:
    """The flag that :func:`flag_json` wrote; None for None."""
    return None if text is None else flag_of_row(json.loads(text))
