"""A ready-to-paste layout for a table whose roles could not be told."""

from __future__ import annotations

import re

from pipeline.normalize.roles import Roles
from pipeline.normalize.shape import NO_VALUES
from pipeline.normalize.text import folded

_PLAIN = str.maketrans("åäöé", "aaoe")


def layout_entry(roles: Roles, label: str) -> str:
    """A YAML layout with the table's own heads as patterns; a steward settles the roles and saves it.

    The label column is proposed as the indicator, every column of values as the unit of the heading.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", folded(label).translate(_PLAIN)).strip("-") or "ny-layout"
    heads = [(head, _quoted("^" + _pattern(head.text))) for head in roles.shape.col_heads if head.text]
    lines = [
        f"id: {slug}",
        f"name: {_quoted(label)}",
        "kind: indicators",
        "orientation: indicators_in_rows",
        "fingerprint:",
        "  headers:",
        *(f"    - {pattern}" for _, pattern in heads),
        "columns:",
    ]
    for head, pattern in heads:
        role = "indicator" if head.index in roles.shape.label_cols else "unit"
        role = head.role if head.role in NO_VALUES and head.role not in (None, "change") else role
        lines += [f"  - header: {pattern}", f"    role: {role}"]
        lines += ["    unit: heading"] if role == "unit" else []
    return "\n".join(lines) + "\n"


def _pattern(text: str) -> str:
    """The text as a pattern for itself; spaces stay spaces, so that a steward can read it."""
    return re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", folded(text))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
