"""Mutations: errors planted in true documents must be flagged where they stand, harmless changes must not."""

from __future__ import annotations

from typing import Any

NAME = "mutation"


def run(show: int = 0, only: str = "") -> dict[str, Any]:
    """Run all operators over all documents; see :mod:`benchmarks.mutation.run`."""
    from benchmarks.mutation.run import measure

    return measure(show, only)
