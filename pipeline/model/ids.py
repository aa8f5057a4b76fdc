"""Stable identifiers: short digests of what is printed, never of position, order or values."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

#: 64 bits: fewer than one expected collision in four billion ids.
DIGEST_LENGTH = 16


def fold(text: str) -> str:
    """Fold case, compatibility forms and white space, so that a line break changes no id."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def digest(*parts: str | int | float | None) -> str:
    """A hexadecimal digest of 16 characters over the parts, in their order.

    ``None`` and the empty string differ; text is folded (:func:`fold`) first.
    """
    hasher = hashlib.sha256()
    for part in parts:
        shown = "\x00" if part is None else fold(str(part))
        hasher.update(shown.encode("utf-8"))
        hasher.update(b"\x1f")
    return hasher.hexdigest()[:DIGEST_LENGTH]


def occurrence_ids(prefix: str, keys: Iterable[tuple[str | int | float | None, ...]]) -> list[str]:
    """One id per key, in order; the n-th occurrence of an equal key has n in its digest.

    So an id changes only when what is printed changes, or when an equal neighbour before it goes.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for key in keys:
        folded = tuple("\x00" if part is None else fold(str(part)) for part in key)
        seen[folded] += 1
        made.append(f"{prefix}{digest(*folded, seen[folded])}")
    return made
