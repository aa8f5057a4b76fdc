"""Assertions and their verdicts as rows of claims.parquet."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.claims.assertion import Assertion, CompareSaid, FigureSaid, RangeSaid, RankSaid, Said, SetSaid
from pipeline.claims.counts import Counted, own_line
from pipeline.claims.decide import Verdict
from pipeline.claims.mentions import Figure, Name
from pipeline.claims.policy import Policy
from pipeline.claims.statements import Statement
from pipeline.claims.view import TableView
from pipeline.model import Claim, ReadDocument, Sentence, occurrence_ids


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it has its id: what is said, where, and how it was decided."""

    sentence: Sentence
    location: str
    claim_type: str
    start: int
    end: int
    rule: str
    asserted: dict[str, object]
    verdict: Verdict
    unit_ids: tuple[str, ...] = ()
    indicator_ids: tuple[str, ...] = ()
    area: str | None = None
    value: float | None = None
    value_unit: str | None = None
    base_value: float | None = None
    year: int | None = None
    base_year: int | None = None
    table_id: str | None = None
    table_label: str | None = None


def draft(sentence: Sentence, location: str, one: Assertion, verdict: Verdict) -> Draft:
    """The draft of an assertion about a table."""
    said = one.said
    figure = _figure(said)
    view = one.targets[0].view if one.targets else None
    names = _names(said)
    return Draft(
        sentence=sentence,
        location=location,
        claim_type=one.claim_type,
        start=one.start,
        end=one.end,
        rule=one.rule,
        asserted=asserted(said),
        verdict=verdict,
        unit_ids=tuple(
            dict.fromkeys(
                key for key in names if not key.startswith("label:") and key not in ("lan", "members")
            )
        ),
        indicator_ids=tuple(
            dict.fromkeys(t.column.indicator_id for t in one.targets if t.column.indicator_id)
        ),
        area=view.reading.area if view is not None else None,
        value=figure.value if figure is not None else None,
        value_unit=unit_of(figure),
        table_id=view.table_id if view is not None else None,
        table_label=view.label if view is not None else None,
    )


def count_draft(
    sentence: Sentence, location: str, one: Counted, views: tuple[TableView, ...], verdict: Verdict
) -> Draft:
    """The draft of a stated count of indicators."""
    view = views[0] if len(views) == 1 else None
    return Draft(
        sentence=sentence,
        location=location,
        claim_type="count",
        start=one.start,
        end=one.end,
        rule=f"count.indicators.{one.what}",
        asserted={"what": one.what, "value": int(one.figure.value)},
        verdict=verdict,
        area=view.reading.area if view is not None else None,
        value=one.figure.value,
        value_unit="antal",
        table_id=views[0].table_id if views else None,
        table_label=view.label if view is not None else None,
    )


def policy_draft(sentence: Sentence, location: str, one: Policy, verdict: Verdict) -> Draft:
    """The draft of a statement about the own unit's answer."""
    view = one.target.view
    line = own_line(view)
    return Draft(
        sentence=sentence,
        location=location,
        claim_type="policy_answer",
        start=one.start,
        end=one.end,
        rule="policy_answer.comment" if location == "comment" else "policy_answer.own",
        asserted={"unit": line.label if line is not None else "", "answer": "NEJ" if one.negative else "JA"},
        verdict=verdict,
        unit_ids=(line.key,) if line is not None and not line.key.startswith("label:") else (),
        indicator_ids=(one.target.column.indicator_id,) if one.target.column.indicator_id else (),
        area=view.reading.area,
        table_id=view.table_id,
        table_label=view.label,
    )


def statement_draft(sentence: Sentence, location: str, one: Statement, area: str | None) -> Draft:
    """The draft of a statement that no table of the document decides."""
    return Draft(
        sentence=sentence,
        location=location,
        claim_type=one.claim_type,
        start=one.start,
        end=one.end,
        rule=one.rule,
        asserted=one.told,
        verdict=one.verdict,
        unit_ids=one.unit_ids,
        indicator_ids=one.indicator_ids,
        area=area,
        value=one.value,
        value_unit=one.value_unit,
        base_value=one.base_value,
        year=one.year,
        base_year=one.base_year,
        table_id=one.table_id,
        table_label=one.table_label,
    )


def unit_of(figure: Figure | None) -> str | None:
    """The published unit of a figure: procent, kronor, dagar or what the text says."""
    if figure is None:
        return None
    if figure.kind in ("percent", "fraction"):
        return "procent"
    if figure.kind == "points":
        return "procentenheter"
    unit = figure.unit or ""
    if unit in ("kr", "kronor"):
        return "kronor"
    if unit.startswith(("dag", "dgr")):
        return "dagar"
    return unit or "antal"


def _figure(said: Said) -> Figure | None:
    if isinstance(said, CompareSaid):
        return said.left_figure
    return None if isinstance(said, RankSaid) else said.figure


def _names(said: Said) -> list[str]:
    if isinstance(said, SetSaid):
        keys = [name.key for name in said.names]
        return keys or ([said.owner.key] if said.owner.key else [])
    if isinstance(said, FigureSaid):
        return [said.owner.key] if said.owner.key else []
    if isinstance(said, CompareSaid):
        return [owner.key for owner in (said.left, said.right) if owner.key]
    if isinstance(said, RangeSaid):
        return [name.key for name in said.names]
    return [name.key for step in said.order for name in step]


def asserted(said: Said) -> dict[str, object]:
    """What is asserted, JSON-ready, in the words of the claim's kind."""
    if isinstance(said, SetSaid):
        told: dict[str, object] = {
            "quantifier": said.quantifier,
            "group": said.owner.label or said.owner.scope,
        }
        told |= {"units": _printed(said.names)} if said.names else {}
        told |= {"negative": True} if said.negative else {}
        told |= {"degree": said.degree} if said.degree != "yes" else {}
        told |= {"complete": said.exhaustive} if said.quantifier == "list" else {}
        told |= {"is": list(said.than.ops), "than": said.than.right.label} if said.than else {}
        return told | _figure_told(said.figure)
    if isinstance(said, FigureSaid):
        unit = " och ".join(one.label for one in said.others) or said.owner.label or "snittet"
        return {"unit": unit} | _figure_told(said.figure)
    if isinstance(said, CompareSaid):
        told = {
            "left": said.left.label or "snittet",
            "is": list(said.ops),
            "right": said.right.label or "snittet",
        }
        told |= {"degree": said.degree} if said.degree else {}
        told |= {"left_figure": said.left_figure.value} if said.left_figure else {}
        told |= {"by": said.by.value} if said.by else {}
        return told | ({"right_figure": said.right_figure.value} if said.right_figure else {})
    if isinstance(said, RangeSaid):
        return {"units": _printed(said.names)} | _figure_told(said.figure)
    return {"extreme": said.extreme, "order": [_printed(step) for step in said.order]}


def _printed(names: tuple[Name, ...]) -> list[str]:
    return [name.text for name in names]


def _figure_told(figure: Figure | None) -> dict[str, object]:
    if figure is None:
        return {}
    told: dict[str, object] = {"figure": figure.text.strip(), "value": round(figure.value, 4)}
    told |= {"of": figure.high} if figure.kind == "share" else {}
    told |= {"to": figure.high} if figure.kind == "range" else {}
    return told | ({"hedge": figure.hedge} if figure.hedge else {})


def repeated(drafts: list[Draft]) -> list[Draft]:
    """The drafts, with changes that no table decides borne out by another sentence that tells the same."""
    told: dict[str, list[Draft]] = {}
    for one in drafts:
        if one.claim_type == "change" and one.value is not None:
            told.setdefault(_json(one.asserted) + "|".join(one.indicator_ids), []).append(one)
    made = []
    for one in drafts:
        others = (
            told.get(_json(one.asserted) + "|".join(one.indicator_ids), ())
            if one.claim_type == "change"
            else ()
        )
        again = next((other for other in others if other.sentence.text != one.sentence.text), None)
        if again is not None and one.verdict.verdict == "undecidable":
            found: dict[str, object] = {
                "by": "texten",
                "page": again.sentence.page,
                "sentence": again.sentence.text,
            }
            one = replace(one, verdict=Verdict("supported", found))
        made.append(one)
    return made


def to_claims(document: ReadDocument, drafts: list[Draft]) -> tuple[Claim, ...]:
    """Claims with ids made of what is printed: document, sentence, kind and words; the n-th equal one
    counts up."""
    document_id = document.record.document_id
    keys = [
        (document_id, one.sentence.text, one.claim_type, one.sentence.text[one.start : one.end])
        for one in drafts
    ]
    ids = occurrence_ids("claim-", keys)
    return tuple(_claim(document, one, claim_id) for one, claim_id in zip(drafts, ids, strict=True))


def _claim(document: ReadDocument, one: Draft, claim_id: str) -> Claim:
    found = dict(one.verdict.found)
    if one.verdict.verdict == "refuted":
        found["certainty"] = one.verdict.certainty
    return Claim(
        claim_id=claim_id,
        document_id=document.record.document_id,
        location=one.location,
        page=one.sentence.page,
        boxes=one.sentence.boxes,
        sentence=one.sentence.text,
        span_start=one.start,
        span_end=one.end,
        claim_type=one.claim_type,
        verdict=one.verdict.verdict,
        rule=one.rule,
        asserted=_json(one.asserted),
        found=_json(found) if found else None,
        area=one.area,
        unit_ids=one.unit_ids,
        indicator_ids=one.indicator_ids,
        value=one.value,
        value_unit=one.value_unit,
        year=one.year if one.year is not None else document.record.year,
        base_value=one.base_value,
        base_year=one.base_year,
        table_id=one.table_id,
        table_label=one.table_label,
        evidence=tuple(dict.fromkeys(seen.observation_id for seen in one.verdict.evidence)),
        reason=one.verdict.reason,
    )


def _json(value: dict[str, object]) -> str:
    return _encoder().encode(value)


@lru_cache(maxsize=1)
def _encoder() -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, sort_keys=True)
