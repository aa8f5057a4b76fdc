"""What the rules behind claims and flags do, in plain Swedish: ``data/rules.csv``.

A row is for a rule's id (``count.indicators.rod``) or for what it begins with (``count``), the longest one
counting; ``check:`` before a name is for a check.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.dataset.schemas import DATA

FILE: Final = "rules.csv"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words, and what its two sides are called (None where the usual words fit)."""

    words: str
    asserted: str | None = None
    found: str | None = None


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All rows by id or beginning of an id."""
    with (DATA / FILE).open(encoding="utf-8", newline="") as file:
        return {
            row["rule"]: Rule(row["sv"], row["asserted"] or None, row["found"] or None)
            for row in csv.DictReader(file)
        }


def claim_rule(rule_id: str) -> Rule | None:
    """The rule by which a claim was read and decided; None when nothing is said of it."""
    return _longest(rule_id)


def check_rule(check: str) -> Rule | None:
    """What a check does; None when nothing is said of it."""
    return _longest(f"check:{check}")


def _longest(rule_id: str) -> Rule | None:
    parts, known = rule_id.split("."), rules()
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[name] for name in names if name in known), None)
