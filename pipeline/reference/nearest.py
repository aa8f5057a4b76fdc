"""Nearest register entries for what is not found: proposals for people, never bindings."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

#: At most so many candidates are proposed.
LIMIT = 3


def allowed_distance(length: int) -> int:
    """How many edits (insert, delete, replace, swap of neighbours) a name of this length may be away.

    One in short names and two from nine letters on: with more, everyday words come near names.
    """
    if length < 4:
        return 0
    return 1 if length < 9 else 2


@lru_cache(maxsize=4096)
def without_diacritics(key: str) -> str:
    """The text with å, ä, ö, é … as their base letters, as a bad scan or an old system writes them."""
    return "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))


def near_names(key: str, names: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Candidates for a squashed name, nearest first, at most three; empty when nothing is near.

    Args:
        key: what was printed, squashed.
        names: pairs of a squashed known spelling and what to propose (``unit_id: name``).

    A spelling of which the printed text is a beginning of at least five letters is near too
    ("Upplands" was cut off), and one that differs in its diacritics only ("Jarfalla"). Short names
    must agree in their first letter.
    """
    from rapidfuzz.distance import OSA

    plain = without_diacritics(key)
    limit = allowed_distance(len(key))
    if limit == 0:
        return ()
    scored: dict[str, tuple[int, str]] = {}
    for known, proposal in names:
        if abs(len(known) - len(key)) > limit:
            if not (len(key) >= 5 and known.startswith(key)):
                continue
            distance = limit + 1
        else:
            distance = OSA.distance(key, known, score_cutoff=limit)
            if distance > limit or (len(key) < 7 and key[0] != known[0]):
                if without_diacritics(known) != plain:
                    continue
                distance = 1
        had = scored.get(proposal)
        if had is None or distance < had[0]:
            scored[proposal] = (distance, proposal)
    return tuple(proposal for _, proposal in sorted(scored.values())[:LIMIT])


def near_labels(key: str, labels: Sequence[tuple[str, str]], cutoff: float) -> tuple[tuple[str, float], ...]:
    """Candidates for a label, best first: pairs of proposal and likeness from 0 to 100.

    Args:
        key: the label's words, case folded and joined by spaces.
        labels: pairs of a known label in the same form and what to propose.
        cutoff: least likeness (rapidfuzz: token sort ratio) that is worth a proposal.
    """
    from rapidfuzz import fuzz, process

    best: dict[str, float] = {}
    found = process.extract(
        key,
        [known for known, _ in labels],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=cutoff,
        limit=4 * LIMIT,
    )
    for _, score, position in found:
        proposal = labels[position][1]
        best[proposal] = max(score, best.get(proposal, 0.0))
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ranked[:LIMIT])
