"""The grammar of a value cell: answers, quantities, marks and codes for what is missing.

The order is the contract's: the document's own legend first, then the registers' codes, then the words
JA, NEJ and DELVIS with what stands beside them, then quantities. What fits nothing is ``unreadable``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.normalize.numbers import Quantity, QuantityGrammar
from pipeline.normalize.text import clean, folded

if TYPE_CHECKING:
    from pipeline.reference.codes import AnswerRegister

ANSWERS = ("JA", "NEJ", "DELVIS")
#: What a code can mean besides an answer; ``zero`` is the figure nought (the letter O by a legend).
STATUSES = ("blank", "missing", "suppressed", "not_applicable", "unknown", "unreadable")
ZERO = "zero"
#: So many distinct cell texts are remembered with what they say, per set of codes.
MEMORY = 8192


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
    """How a document or table codes its values.

    Attributes:
        register: the default codes; grammar: reads quantities with their units.
        legend: the document's own codes, folded text → answer, status or ``zero``; they win.
        values, stated: what cell texts were found to say: most come again in every table.
    """

    register: AnswerRegister
    grammar: QuantityGrammar
    legend: Mapping[str, str] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict, compare=False, repr=False)
    stated: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def value(self, text: str) -> Value | None:
        """What a whole cell text means as a code, or None when it is no code."""
        meaning = self.legend.get(folded(text))
        code = self.register.find(text) if text else None
        default = None if code is None else Value(code.status, answer=code.answer, note=code.note)
        if meaning in ANSWERS or meaning in STATUSES or meaning == ZERO:
            return (
                default if default is not None and default.status == meaning else _of_meaning(meaning, text)
            )
        return default

    def of_legend(self, codes: Iterable[tuple[str, str]]) -> Codes:
        """The same default codes under another legend."""
        return _codes(self.register, self.grammar, tuple(codes))


@lru_cache(maxsize=16)
def _codes(register: AnswerRegister, grammar: QuantityGrammar, legend: tuple[tuple[str, str], ...]) -> Codes:
    """One object for all documents with the same legend, so that they share what cell texts say."""
    return Codes(register, grammar, dict(legend))


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
    known = codes.values.get(text)
    if known is None:
        known = _parsed(text, codes)
        if len(codes.values) < MEMORY:
            codes.values[text] = known
    return known


def _parsed(text: str, codes: Codes) -> Value:
    shown = clean(text)
    if not shown:
        return codes.value("") or BLANK
    by_code = codes.value(shown)
    if by_code is not None:
        return by_code
    bare = _trailing_mark().sub("", shown) if shown.endswith(("*", ")")) else shown
    if not bare.strip("-–—− "):
        bare = "-"  # a dash drawn as several
    if bare != shown:
        by_code = codes.value(bare)
    return by_code or _of_answer(bare, codes) or _of_quantity(bare, codes.grammar) or UNREADABLE


def _of_meaning(meaning: str, shown: str) -> Value:
    if meaning in ANSWERS:
        spelled = len(folded(shown)) > 2 and folded(shown) != meaning.casefold()
        return Value("ok", answer=meaning, note=_note_beside(shown) if spelled else None)
    if meaning == ZERO:
        return Value("ok", value=0.0)
    return Value(meaning)


def _note_beside(shown: str) -> str | None:
    """What a coded answer says beyond the answer word (``JA MED VISSA`` → ``MED VISSA``)."""
    match = _answer().match(shown)
    rest = match[2] if match else shown
    return rest.strip(" ,;:-–—") or None


def _of_answer(shown: str, codes: Codes) -> Value | None:
    grammar, register = codes.grammar, codes.register
    match = _answer().match(shown)
    if match is None:
        return None
    answer, rest = match[1].upper(), match[2].strip()
    value = Value("ok", answer=answer)
    if not rest:
        return value
    if answer == "JA" and _means_in_part(rest.strip(" ,;:-–—()"), register):
        return Value("ok", answer="DELVIS")
    if _other_answer().search(rest) or rest.startswith(("/", "\\", "?")):
        return UNREADABLE
    bracketed = _bracketed().search(rest)
    quantity = grammar.parse(bracketed[1]) if bracketed else _with_unit(grammar.parse(rest.lstrip(" ,;:-–—")))
    if quantity is not None:
        rest = rest[: bracketed.start()] if bracketed else ""
        value = replace(value, value=quantity.value, low=quantity.low, high=quantity.high, unit=quantity.unit)
    note = rest.strip(" ,;:-–—!?")
    if note.startswith("(") and note.endswith(")"):
        note = note[1:-1].strip()
    if note.isdigit():  # a footnote mark that was not raised, never a figure
        note = ""
    return replace(value, note=note or None)


def _means_in_part(rest: str, register: AnswerRegister) -> bool:
    """Whether what stands behind a yes takes part of it back (``Ja, till viss del``)."""
    code = register.find(rest) if rest else None
    return code is not None and code.answer == "DELVIS"


def _with_unit(quantity: Quantity | None) -> Quantity | None:
    """A figure beside an answer without brackets counts only with its unit: else it may be a mark."""
    if quantity is None or quantity.unit is None:
        return None
    return quantity


def _of_quantity(shown: str, grammar: QuantityGrammar) -> Value | None:
    quantity = grammar.parse(shown)
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
