"""text_vs_table: a sentence says something that the cells it is bound to contradict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.checks.findings import Finding, of_claim
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import columns, listed, number, quoted
from pipeline.model import Claim, Observation

CHECK = "text_vs_table"
#: Refuted claims of these rules belong to checks of their own.
_ELSEWHERE = ("count.indicators", "metadata.", "policy_answer.comment", "arithmetic.", "change.")
#: The table's side of these is told in words.
_SHOWN = ("comparison.times", "rank.place")
_EXTREMES = {"highest": "högst", "lowest": "lägst", "best": "bäst", "worst": "sämst"}
_OPERATORS = {
    "better": "bättre än",
    "worse": "sämre än",
    "higher": "högre än",
    "lower": "lägre än",
    "level": "i nivå med",
    "same": "samma som",
}


@document_check(CHECK)
def text_vs_table(case: DocumentCase) -> Iterator[Finding]:
    """One finding per refuted claim about a table, with both sides and how it was counted."""
    titles = {view.table_id: view.title for view in case.views}
    for order, claim in enumerate(case.claims):
        if claim.verdict != "refuted" or claim.rule.startswith(_ELSEWHERE) or claim.table_id is None:
            continue
        told, found = json.loads(claim.asserted), json.loads(claim.found or "{}")
        if claim.rule in _SHOWN:
            yield _standing(claim, found, titles.get(claim.table_id, "tabellen"), order)
            continue
        evidence = tuple(case.cells[one] for one in claim.evidence if one in case.cells)
        said, shows = _said(claim, told, found), _shows(claim, told, found, evidence)
        where = titles.get(claim.table_id, "tabellen")
        heading = f"{where}, {columns(found.get('columns', []))}"
        yield of_claim(
            claim,
            found,
            check=CHECK,
            message=f"Avvikelse mot {heading}: texten säger {said}, men tabellen visar {shows}.",
            key=(claim.sentence, claim.claim_type, claim.sentence[claim.span_start : claim.span_end]),
            sides=(said, shows),
            observations=evidence,
            suspects=_suspects(found, evidence),
            place=tuple(f"{claim.table_id}|{label}" for label in found.get("columns", [])),
            order=order,
        )


def _standing(claim: Claim, found: dict[str, Any], where: str, order: int) -> Finding:
    """The finding of a claim whose table side is told in words: a factor between units, a place."""
    said, shows = quoted(claim.sentence[claim.span_start : claim.span_end]), str(found["shown"])
    return of_claim(
        claim,
        found,
        check=CHECK,
        message=f"Avvikelse mot {where}: texten säger {said}, men {shows}.",
        key=(claim.sentence, claim.claim_type, said),
        sides=(said, shows),
        place=(f"{claim.table_id}|{claim.rule}",),
        order=order,
    )


def _suspects(found: dict[str, Any], evidence: tuple[Observation, ...]) -> frozenset[str]:
    """The cells that would have to differ: of the units wrongly named or left out, else all of the
    evidence."""
    blamed = {*found.get("wrong", []), *found.get("missing", [])}
    if not blamed and "having" in found:
        blamed = {*found["having"], *found["lacking"]}
    told = [seen for seen in evidence if not blamed or seen.unit_label in blamed]
    return frozenset(seen.observation_id for seen in told)


def _said(claim: Claim, told: dict[str, Any], found: dict[str, Any]) -> str:
    """The text's side, in the words of the claim's kind."""
    kind = claim.claim_type
    if kind == "comparison":
        if "apart" in told["is"]:
            return f"att {told['left']} och {told['right']} skiljer sig med {number(told['by'])}"
        words = " eller ".join(_OPERATORS[op] for op in told["is"])
        words = f"{number(told['by'])} {words}" if "by" in told else words
        return f"att {told['left']} är {words} {told['right']}"
    if kind == "rank":
        order = ", ".join("/".join(step) for step in told["order"])
        first = _EXTREMES[told["extreme"]]
        if len(told["order"]) == 1:
            return f"att {order} är {first}"
        return f"att ordningen är {order} ({first} först)"
    if kind == "range":
        return f"{told['figure']} för {listed(told.get('units', [])) if 'units' in told else told['unit']}"
    if kind == "policy_answer":
        return f"att svaret för {told['unit']} är {told['answer']}"
    if "quantifier" not in told:
        return f"{told['figure']} för {told['unit']}"
    return _set_said(claim, told, found)


def _set_said(claim: Claim, told: dict[str, Any], found: dict[str, Any]) -> str:
    """Who is said to have answered what, in the text's own words."""
    words = quoted(claim.sentence[claim.span_start : claim.span_end])
    if "than" in told:
        return f"att det gäller {words}"
    if "counts" in found:
        return f"att {words} {'inte har' if told.get('negative') else 'har'} någon"
    answer = "NEJ" if told.get("negative") else "DELVIS" if told.get("degree") == "partly" else "JA"
    only = "bara " if told["quantifier"] == "only" else ""
    rest = f" utom {listed(told['units'])}" if told["quantifier"] == "rest" and "units" in told else ""
    return f"att {only}{words}{rest} svarar {answer}"


def _shows(
    claim: Claim, told: dict[str, Any], found: dict[str, Any], evidence: tuple[Observation, ...]
) -> str:
    """The table's side, with the count and the names behind it."""
    if claim.claim_type == "comparison":
        return f"{found['left']} {' respektive '.join(found['shown'])} för {found['right']}"
    if claim.claim_type == "policy_answer":
        return str(found["answer"])
    if "order" in found:
        return listed(found["order"])
    if "ranges" in found or "counts" in found:
        return listed(found.get("ranges") or found["counts"])
    if "values" in found:
        unit = found.get("unit") or "gruppen"
        how = " (räknat på tabellens celler)" if found.get("counted") else ""
        sign = " %" if claim.value_unit == "procent" else ""
        return f"{' och '.join(number(value) for value in found['values'])}{sign} för {unit}{how}"
    return _set_shows(told, found, evidence)


def _set_shows(told: dict[str, Any], found: dict[str, Any], evidence: tuple[Observation, ...]) -> str:
    if "than" in found:
        units = ", ".join(found["members"])
        return f"att {found['n']} av {found['of']} är {found['than']}, {found['bound']} ({units})"
    answers: dict[str, list[str]] = {}
    for seen in evidence:
        shown = seen.answer or "inget svar"
        names = answers.setdefault(shown, [])
        if seen.unit_label not in names:
            names.append(seen.unit_label)
    wanted = "NEJ" if told.get("negative") else "DELVIS" if told.get("degree") == "partly" else "JA"
    parts = [f"{listed(names)}: {answer}" for answer, names in sorted(answers.items()) if answer != wanted]
    blamed = [*found.get("missing", [])]
    text = f"{wanted} för {found['n']} av {found['of']}"
    if parts:
        text += f" ({'; '.join(parts)})"
    if blamed:
        verb = "undantas men har" if told["quantifier"] == "all_except" else "nämns inte men har"
        text += f"; {listed(blamed)} {verb} {wanted}"
    return text
