"""Why a flag can be dismissed: data, so that a steward can change the list."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a flag is dismissed: the key that chooses it, its code and its words."""

    key: str
    code: str
    words: str


@lru_cache(maxsize=1)
def reasons() -> tuple[Reason, ...]:
    """The reasons for dismissing a flag, from ``reasons.csv``."""
    with (Path(__file__).parent / "reasons.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Reason(row["key"], row["code"], row["words"]) for row in csv.DictReader(file))
