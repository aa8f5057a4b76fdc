"""What the text says about its own report: the area and edition it covers, and the tables it points at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.claims.decide import Verdict
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.statements import Statement
from pipeline.model import DocumentRecord

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: The area and year stand at most so many characters behind "Öppna jämförelser".
_REACH = 90


def find_metadata(note: Annotated, record: DocumentRecord, registers: Registers) -> tuple[Statement, ...]:
    """The area and edition a sentence gives its own report, against the document's title and tables."""
    whole = Clause(0, len(note.text))
    by_round = _round(note, record)
    if by_round or not note.cues_in(whole, "report"):
        return by_round or _source(note, record)
    found: list[Statement] = []
    for cue in note.cues_in(whole, "edition"):
        if not note.before("metadata_own", cue.start):
            continue
        stop = min(len(note.text), cue.end + _REACH)
        behind = re.split(r"[.;]|\bsom\b|\bjämfört\b", note.text[cue.end : stop])[0]
        found += _area(cue.start, cue.end, behind, record, registers)
        if not note.search("metadata_earlier"):
            found += _year(cue.start, cue.end, behind, record)
    return tuple(found) or _source(note, record)


def _source(note: Annotated, record: DocumentRecord) -> tuple[Statement, ...]:
    """``Resultaten är hämtade ur 2018 års öppna jämförelser``, where the title names the edition."""
    if record.year is None or not note.search("metadata_source") or note.search("metadata_earlier"):
        return ()
    titled = re.search(
        rf"jämförelser\b.*\b{record.year}\b|\b{record.year}\b.*jämförelser", (record.title or "").lower()
    )
    if titled is None:
        return ()
    for cue in note.cues_in(Clause(0, len(note.text)), "edition"):
        before = note.before("metadata_edition_before", cue.start)
        if before is not None:
            year = int(before[1])
            told = "supported" if year == record.year else "refuted"
            verdict = Verdict(told, {"year": record.year}, (), None, "warning")
            told_year: dict[str, object] = {"year": year}
            return (
                Statement(
                    "metadata", before.start(), cue.end, "metadata.year", verdict, told_year, year=year
                ),
            )
    return ()


def _round(note: Annotated, record: DocumentRecord) -> tuple[Statement, ...]:
    """``Här har vi samlat svaren för 2016 års omgång``: the round that the report tells of."""
    found = note.search("metadata_round")
    own = note.at("metadata_round_own", 0)
    if found is None or own is None or record.year is None or note.search("metadata_earlier"):
        return ()
    year = int(found[1])
    told = "supported" if year == record.year else "refuted"
    verdict = Verdict(told, {"year": record.year}, (), None, "warning")
    return (
        Statement(
            "metadata", found.start(), found.end(), "metadata.year", verdict, {"year": year}, year=year
        ),
    )


def _area(start: int, end: int, behind: str, record: DocumentRecord, registers: Registers) -> list[Statement]:
    code = registers.areas.find(behind)
    if code is None or not record.areas:
        return []
    told: dict[str, object] = {"area": code, "name": registers.areas.name(code)}
    known = [registers.areas.name(area) for area in record.areas if area in registers.areas.codes]
    verdict = Verdict(
        "supported" if code in record.areas else "refuted",
        {"areas": list(record.areas), "names": known},
        (),
        None,
        "warning",
    )
    return [Statement("metadata", start, end + len(behind.rstrip()), "metadata.area", verdict, told)]


def _year(start: int, end: int, behind: str, record: DocumentRecord) -> list[Statement]:
    match = grammar("metadata_year").search(behind)
    if match is None or record.year is None:
        return []
    year = int(match[1])
    verdict = Verdict(
        "supported" if year == record.year else "refuted", {"year": record.year}, (), None, "warning"
    )
    return [
        Statement("metadata", start, end + match.end(), "metadata.year", verdict, {"year": year}, year=year)
    ]


def wrong_reference(note: Annotated, named: tuple[str, ...], actual: str | None) -> Statement:
    """The row of a sentence that names one table while what it says stands in another."""
    match = re.search(r"\b(?:tabell|bilaga|diagram)\s+\w+", note.lower)
    start, end = match.span() if match else (0, len(note.text))
    verdict = Verdict("refuted", {"reference": actual}, (), None, "warning")
    return Statement("metadata", start, end, "metadata.reference", verdict, {"reference": list(named)})
