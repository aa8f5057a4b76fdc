"""Phrasings: many ways of saying what small tables show, each in a true and a false version."""

from __future__ import annotations

from typing import Any

NAME = "phrasings"


def run(show: int = 0, only: str = "") -> dict[str, Any]:
    """Per kind of claim: false versions flagged, true ones borne out, true ones accused."""
    from benchmarks.phrasings.run import measure

    return measure(show, only)
