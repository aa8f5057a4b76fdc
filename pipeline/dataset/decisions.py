"""Reviewers' decisions laid over the flags of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.model import Flag, digest

#: Worst first; the order in which flags are shown and in which one of two equal ids is kept.
SEVERITIES = ("error", "warning", "info")
#: The check of flags that a reviewer added: no rule finds them again, so they stay while their document does.
REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Decision:
    """The latest word on one flag.

    Attributes:
        evidence_hash: that of the flag when it was decided; another one now opens the flag again.
        status: ``open``, ``confirmed``, ``dismissed`` or ``corrected``.
        reviewer: a pseudonymous id, never a name.
        reviewed_at: with time zone.
        flag: the flag as it was when decided, so that it can stay a row when its check no longer fires.
    """

    flag_id: str
    evidence_hash: str
    status: str
    reviewer: str | None = None
    reviewed_at: dt.datetime | None = None
    comment: str | None = None
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class DecidedFlag:
    """A flag with its review, as published.

    Attributes:
        reopened: it was decided, but its values have changed since, so it is open.
        still_found: the check fires in this run.
    """

    flag: Flag
    reopened: bool = False
    still_found: bool = True


def reported_evidence(sentence: str | None, observation_ids: Iterable[str], values: Mapping[str, str]) -> str:
    """The evidence_hash of a flag that a reviewer added: its sentence and its cells as extracted.

    Args:
        values: value_raw by observation_id; a cell that has none any more changes the hash as well.
    """
    return digest(sentence, *sorted(f"{one}={values[one]}" for one in observation_ids if one in values))


def decide_flags(
    flags: Iterable[Flag],
    decisions: Mapping[str, Decision],
    document_ids: Collection[str],
    values: Mapping[str, str] | None = None,
) -> tuple[DecidedFlag, ...]:
    """Lay decisions over the flags found, and add decided flags that are no longer found.

    Args:
        flags: of all checks of the run; of several with one id the most severe is kept.
        decisions: the latest decision by flag_id.
        document_ids: documents of the dataset; a flag of any other has no evidence left and is no row.
        values: value_raw by observation_id, of the cells of reviewers' own flags; None when unknown.

    Returns:
        Flags sorted by document, page, check and id.
    """
    found: dict[str, Flag] = {}
    for flag in sorted(flags, key=_strength):
        if flag.document_id in document_ids:
            found.setdefault(flag.flag_id, flag)
    decided = [_decide(flag, decisions.get(flag.flag_id)) for flag in found.values()]
    for decision in decisions.values():
        if (
            decision.flag is None
            or decision.flag_id in found
            or decision.flag.document_id not in document_ids
        ):
            continue
        if decision.flag.check == REPORTED:
            decided.append(_decide(_present(decision.flag, values), decision))
        elif decision.status != "open":
            decided.append(DecidedFlag(_reviewed(decision.flag, decision), still_found=False))
    return tuple(sorted(decided, key=lambda one: _place(one.flag)))


def _decide(flag: Flag, decision: Decision | None) -> DecidedFlag:
    """One found flag under its decision, if any."""
    if decision is None or decision.status == "open":
        return DecidedFlag(flag)
    if decision.evidence_hash != flag.evidence_hash:
        return DecidedFlag(flag, reopened=True)
    return DecidedFlag(_reviewed(flag, decision))


def _present(flag: Flag, values: Mapping[str, str] | None) -> Flag:
    """A reviewer's own flag with the evidence that its cells are now."""
    if values is None or not flag.observation_ids:
        return flag
    return replace(flag, evidence_hash=reported_evidence(flag.sentence, flag.observation_ids, values))


def _reviewed(flag: Flag, decision: Decision) -> Flag:
    """The flag with status, reviewer, time and comment of the decision."""
    return replace(
        flag,
        status=decision.status,
        reviewer=decision.reviewer,
        reviewed_at=decision.reviewed_at,
        review_comment=decision.comment,
    )


def _strength(flag: Flag) -> tuple[int, str, str]:
    """Most severe first, then what makes the order the same in every run."""
    severity = SEVERITIES.index(flag.severity) if flag.severity in SEVERITIES else len(SEVERITIES)
    return severity, flag.flag_id, flag.message


def _place(flag: Flag) -> tuple[str, int, str, str]:
    """Where a flag stands in the published table."""
    return flag.document_id, flag.page, flag.check, flag.flag_id
