"""What a check finds, before ids: and how findings become rows of flags.parquet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.model import Box, Claim, Flag, Observation, digest, occurrence_ids

#: Order of severity, worst first.
SEVERITIES = ("error", "warning", "info")
#: A value read with less confidence than this cannot carry an error.
SURE = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """A disagreement in the data.

    Attributes:
        key: the printed things that identify it (sentence, labels): the flag's id is made of them.
        observations: the cells shown as evidence; suspects: those of them (ids) that would have to
            differ for the disagreement to go away. Findings that share a suspect are one contradiction.
        place: what it is about (``table_id|column label``), for merging.
        order: reading order of its sentence; the first of several is shown first.
    """

    check: str
    severity: str
    document_id: str
    page: int
    boxes: tuple[Box, ...]
    message: str
    key: tuple[str | None, ...]
    asserted: str | None = None
    found: str | None = None
    sentence: str | None = None
    claim_id: str | None = None
    table_id: str | None = None
    table_label: str | None = None
    observations: tuple[Observation, ...] = ()
    suspects: frozenset[str] = frozenset()
    place: tuple[str, ...] = ()
    other_document_ids: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    order: int = 0

    @property
    def key_text(self) -> str:
        """The key as one text, for ordering."""
        return "\x1f".join(part or "" for part in self.key)


def of_claim(
    claim: Claim,
    found: Mapping[str, Any],
    check: str,
    message: str,
    key: tuple[str | None, ...],
    sides: tuple[str, str],
    place: tuple[str, ...],
    *,
    observations: tuple[Observation, ...] = (),
    suspects: frozenset[str] = frozenset(),
    order: int = 0,
) -> Finding:
    """The finding of a refuted claim: it stands where the claim does, and is as severe as ``found`` is sure.

    Args:
        found: what decided the claim (its ``found`` as an object); ``certainty`` is error where it says none.
        sides: what the text says and what was found instead. The others are as in :class:`Finding`.
    """
    return Finding(
        check=check,
        severity=str(found.get("certainty", "error")),
        document_id=claim.document_id,
        page=claim.page,
        boxes=claim.boxes,
        message=message,
        key=key,
        asserted=sides[0],
        found=sides[1],
        sentence=claim.sentence,
        claim_id=claim.claim_id,
        table_id=claim.table_id,
        table_label=claim.table_label,
        observations=observations,
        suspects=suspects,
        place=place,
        order=order,
    )


def to_flags(findings: Sequence[Finding]) -> tuple[Flag, ...]:
    """Flags with ids of what is printed, in order of page, check and message.

    ``evidence_hash`` is made of the values as extracted (``value_raw``), never of corrections.
    """
    ordered = sorted(
        findings, key=lambda one: (one.document_id, one.page, one.check, one.key_text, one.message)
    )
    ids = occurrence_ids("flag-", [(one.document_id, one.check, *one.key) for one in ordered])
    return tuple(_flag(one, flag_id) for one, flag_id in zip(ordered, ids, strict=True))


def _flag(one: Finding, flag_id: str) -> Flag:
    values = sorted(
        f"{seen.observation_id}={seen.value_raw}|{seen.comment or ''}" for seen in one.observations
    )
    return Flag(
        flag_id=flag_id,
        evidence_hash=digest(one.sentence, *values, *one.evidence),
        document_id=one.document_id,
        check=one.check,
        severity=_careful(one),
        page=one.page,
        boxes=one.boxes,
        message=one.message,
        asserted=one.asserted,
        found=one.found,
        sentence=one.sentence,
        claim_id=one.claim_id,
        table_id=one.table_id,
        table_label=one.table_label,
        observation_ids=tuple(dict.fromkeys(seen.observation_id for seen in one.observations)),
        other_document_ids=one.other_document_ids,
    )


def _careful(one: Finding) -> str:
    """An error that rests on a value read with doubt is a warning."""
    unsure = any(seen.confidence < SURE for seen in one.observations)
    return "warning" if unsure and one.severity == "error" else one.severity


def worst(severities: Iterable[str]) -> str:
    """The worst of some severities."""
    return min(severities, key=SEVERITIES.index)
