"""Stable identifiers: short digests of what is printed, never of position, order or values."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

#: 64 bits: fewer than one expected collision in four billion ids.
DIGEST_LENGTH = 16
#: Texts up to this length are labels, which come again for every cell; longer ones are sentences.
_LABEL = 120


def fold(text: str) -> str:
    """Fold case, compatibility forms and white space, so that a line break changes no id."""
    return _fold_label(text) if len(text) <= _LABEL else _fold(text)


def _fold(text: str) -> str:
    shown = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(shown.casefold().split())


_fold_label = lru_cache(maxsize=32_768)(_fold)


def digest(*parts: str | int | float | None) -> str:
    """A hexadecimal digest of 16 characters over the parts, in their order.

    ``None`` and the empty string differ; text is folded (:func:`fold`) first.
    """
    shown = [_shown(part) for part in parts]
    shown.append("")
    return hashlib.sha256("\x1f".join(shown).encode("utf-8")).hexdigest()[:DIGEST_LENGTH]


def _shown(part: str | int | float | None) -> str:
    if part is None:
        return "\x00"
    text = part if isinstance(part, str) else str(part)
    return _fold_label(text) if len(text) <= _LABEL else _fold(text)


def occurrence_ids(prefix: str, keys: Iterable[tuple[str | int | float | None, ...]]) -> list[str]:
    """One id per key, in order; the n-th occurrence of an equal key has n in its digest.

    So an id changes only when what is printed changes, or when an equal neighbour before it goes.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for key in keys:
        folded = tuple([_shown(part) for part in key])
        seen[folded] += 1
        made.append(f"{prefix}{digest(*folded, seen[folded])}")
    return made
