"""The patterns by which documents say who they are, compiled once from ``metadata.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of ``metadata.yaml``, compiled (see there for what each finds)."""

    memo_head: re.Pattern[str]
    memo_furniture: re.Pattern[str]
    diarienummer: tuple[re.Pattern[str], ...]
    published: re.Pattern[str]
    edition: tuple[re.Pattern[str], ...]
    oj: re.Pattern[str]
    appendix: re.Pattern[str]
    label: re.Pattern[str]
    place: re.Pattern[str]
    house: re.Pattern[str]


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """The patterns, read once."""
    import yaml

    raw: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("metadata.yaml").read_text(encoding="utf-8")
    )
    fold = re.IGNORECASE
    return Patterns(
        memo_head=re.compile(raw["memo_heads"], fold),
        memo_furniture=re.compile(raw["memo_furniture"], fold),
        diarienummer=(
            re.compile(raw["diarienummer"][0], fold),
            *(re.compile(pattern) for pattern in raw["diarienummer"][1:]),
        ),
        published=re.compile(raw["published"], fold),
        edition=tuple(re.compile(pattern, fold) for pattern in raw["edition"]),
        oj=re.compile(raw["oj"], fold),
        appendix=re.compile(raw["appendix"], fold),
        label=re.compile(raw["label"], fold),
        place=re.compile(raw["place"]),
        house=re.compile(raw["house"]),
    )
