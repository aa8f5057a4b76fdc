"""The grammar of a value cell: answers, quantities, marks and codes for what is missing.

The order is the contract's: the document's own legend first, then the registers' codes, then the words
JA, NEJ and DELVIS with what stands beside them, then quantities. What fits nothing is ``unreadable``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.normalize.numbers import Quantity, parse_quantity
from pipeline.normalize.text import clean, folded

ANSWERS = ("JA", "NEJ", "DELVIS")
#: What a code can mean besides an answer; ``zero`` is the figure nought (the letter O by a legend).
STATUSES = ("blank", "missing", "suppressed", "not_applicable", "unknown", "unreadable")
ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Value:
    """What a value cell says.

    Attributes:
        status: ``ok`` or why there is no value (DATASET.md lists them).
        answer: ``JA``, ``NEJ``, ``DELVIS`` or None; note: what the cell adds (``MED VISSA``), verbatim.
        value, low, high: figure and interval; unit: as printed in the cell (``procent``), else None.
    """

    status: str
    answer: str | None = None
    note: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None

    @property
    def stated(self) -> bool:
        """Whether the cell states an answer, a figure or a code (neither blank nor unreadable)."""
        return self.status not in ("blank", "unreadable")


BLANK = Value("blank")
UNREADABLE = Value("unreadable")


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes a document or table uses, folded text → answer, status or ``zero``.

    ``legend`` wins over ``defaults``. Case is folded; punctuation counts (``.`` is not ``..``).
    """

    legend: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, text: str) -> str | None:
        """The meaning of a whole cell text, or None when it is no code."""
        key = folded(text)
        return self.legend.get(key) or self.defaults.get(key)


@lru_cache(maxsize=1)
def _answer() -> re.Pattern[str]:
    return re.compile(r"^(ja|nej|delvis)\b[\s.*]*(.*)$", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=1)
def _other_answer() -> re.Pattern[str]:
    return re.compile(r"\b(ja|nej|delvis)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _trailing_mark() -> re.Pattern[str]:
    return re.compile(r"(?<=\S)(?:\s*\*+|\s+\d{1,2}\))$")


@lru_cache(maxsize=1)
def _bracketed() -> re.Pattern[str]:
    return re.compile(r"[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")


def parse_value(text: str, codes: Codes) -> Value:
    """What the text of one value cell says.

    ``text`` is the cell's text with line breaks and footnote marks off; ``codes`` the legend and defaults.
    Never raises: what fits no rule is status ``unreadable``.
    """
    shown = clean(text)
    if not shown:
        return _of_meaning(codes.meaning(""), "") or BLANK
    by_code = _of_meaning(codes.meaning(shown), shown)
    if by_code is not None:
        return by_code
    bare = _trailing_mark().sub("", shown)
    by_code = _of_meaning(codes.meaning(bare), bare) if bare != shown else None
    return by_code or _of_answer(bare) or _of_quantity(bare) or UNREADABLE


def _of_meaning(meaning: str | None, shown: str) -> Value | None:
    if meaning is None:
        return None
    if meaning in ANSWERS:
        note = None if folded(shown) == meaning.casefold() or len(shown) < 2 else _note_beside(shown)
        return Value("ok", answer=meaning, note=note)
    if meaning == ZERO:
        return Value("ok", value=0.0)
    return Value(meaning) if meaning in STATUSES else None


def _note_beside(shown: str) -> str | None:
    """What a coded answer says beyond the answer word (``JA MED VISSA`` → ``MED VISSA``)."""
    match = _answer().match(shown)
    rest = match[2] if match else shown
    return rest.strip(" ,;:-–—") or None


def _of_answer(shown: str) -> Value | None:
    match = _answer().match(shown)
    if match is None:
        return None
    answer, rest = match[1].upper(), match[2].strip()
    value = Value("ok", answer=answer)
    if not rest:
        return value
    if _other_answer().search(rest) or rest.startswith(("/", "\\", "?")):
        return UNREADABLE
    bracketed = _bracketed().search(rest)
    quantity = parse_quantity(bracketed[1]) if bracketed else _with_unit(parse_quantity(rest.lstrip(" ,;:-–—")))
    if quantity is not None:
        rest = rest[: bracketed.start()] if bracketed else ""
        value = replace(value, value=quantity.value, low=quantity.low, high=quantity.high, unit=quantity.unit)
    note = rest.strip(" ,;:-–—")
    if note.startswith("(") and note.endswith(")"):
        note = note[1:-1].strip()
    if note.isdigit():  # a footnote mark that was not raised, never a figure
        note = ""
    return replace(value, note=note or None)


def _with_unit(quantity: Quantity | None) -> Quantity | None:
    """A figure beside an answer without brackets counts only with its unit: else it may be a mark."""
    if quantity is None or quantity.unit is None:
        return None
    return quantity


def _of_quantity(shown: str) -> Value | None:
    quantity = parse_quantity(shown)
    if quantity is None:
        return None
    return Value("ok", value=quantity.value, low=quantity.low, high=quantity.high, unit=quantity.unit)


def agree(first: Value, second: Value) -> bool:
    """Whether two readings of one cell say the same (notes and units aside when one has none)."""
    same_unit = first.unit == second.unit or first.unit is None or second.unit is None
    return same_unit and (first.status, first.answer, first.value, first.low, first.high) == (
        second.status,
        second.answer,
        second.value,
        second.low,
        second.high,
    )
