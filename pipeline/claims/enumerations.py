"""A stated number of things against those that the same sentence counts up: De tre delarna är A, B och C."""

from __future__ import annotations

import re

from pipeline.claims.decide import Verdict
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Figure
from pipeline.claims.statements import Statement

#: Fewer or more things than these are no list that a sentence counts up.
FEWEST, MOST = 2, 15
#: An item of more words than this is a clause; the list cannot be counted for certain.
LONG = 9
#: Items so short that each is a thing for certain; the last part may hold two.
SHORT = 3


def find_enumerations(note: Annotated) -> tuple[Statement, ...]:
    """The number that opens a sentence of the form "de N … är A, B och C", counted against its list.

    "och" may join two items or stand inside one; a number that either way of counting gives is borne out.
    Before a colon any words may open the sentence, and nothing is refuted.
    """
    opened = next((f for f in note.figures if f.kind == "number" and FEWEST <= f.value <= MOST), None)
    listed = note.at("enumerations_list", opened.end) if opened is not None else None
    if opened is None or opened.hedge is not None or listed is None:
        return ()
    strict, colon = _opens(note, opened), listed.group().rstrip().endswith(":")
    if any(run.start >= listed.end() for run in note.lists) or not (strict or colon):
        return ()
    parts, least, most = _count(note.lower[listed.end() :])
    if least < FEWEST:
        return ()
    shows = f"{least} räknas upp" if least == most else f"mellan {least} och {most} räknas upp"
    found: dict[str, object] = {"shown": shows, "computed": least, "by": "texten"}
    if least <= opened.value <= most:
        verdict = Verdict("supported", found)
    elif strict and least == most and all(_plain(part) for part in parts):
        verdict = Verdict("refuted", found)
    else:
        return ()
    return (_statement(note, opened, verdict),)


def find_listed_below(note: Annotated, below: int) -> tuple[Statement, ...]:
    """``… i följande sex områden:`` with the list set below, in so many items of its own."""
    if note.search("enumerations_below") is None:
        return ()
    opened = [f for f in note.figures if f.kind == "number" and FEWEST <= f.value <= MOST and not f.hedge]
    if len(opened) != 1 or int(opened[0].value) != below:
        return ()
    found: dict[str, object] = {"shown": f"{below} punkter följer", "computed": below, "by": "texten"}
    return (_statement(note, opened[0], Verdict("supported", found)),)


def _statement(note: Annotated, figure: Figure, verdict: Verdict) -> Statement:
    """The row of a counted list, from its number to the sentence's end."""
    told: dict[str, object] = {"value": int(figure.value), "figure": figure.text.strip()}
    end, unit = len(note.text.rstrip()), figure.unit or "antal"
    return Statement(
        "arithmetic", figure.start, end, "arithmetic.enumeration", verdict, told, figure.value, unit
    )


def _opens(note: Annotated, figure: Figure) -> bool:
    """Whether "de", "dessa", "följande" or the sentence's start stands right before the number."""
    return note.before("enumerations_opening", figure.start) is not None


def _count(listed: str) -> tuple[list[str], int, int]:
    """The parts between the commas, the least and the greatest number of items.

    Zeros where the list is open (bland annat) or holds a clause.
    """
    each = len(re.findall(r"\bdels\b", listed))
    if each:
        return [], each, each
    parts = [part.strip(" .") for part in listed.split(",") if part.strip(" .")]
    if not parts or grammar("enumerations_open").search(listed):
        return [], 0, 0
    closing = re.split(r"\s+samt\s+", parts[-1])
    parts = [*parts[:-1], *closing]
    if any(len(part.split()) > LONG for part in parts):
        return [], 0, 0
    joined = sum(len(re.findall(r"\s(?:och|samt)\s", part)) for part in parts)
    last = len(closing) == 1 and re.search(r"\soch\s", parts[-1]) is not None
    return parts, len(parts) + last, len(parts) + joined


def _plain(part: str) -> bool:
    """Whether a part is a short noun phrase: no aside that stands between commas."""
    return len(part.split()) <= 2 * SHORT and grammar("enumerations_aside").match(part) is None
