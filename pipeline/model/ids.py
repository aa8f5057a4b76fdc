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
    return _digest(["\x00" if part is None else fold(str(part)) for part in parts])


def _digest(shown: list[str]) -> str:
    shown.append("")
    return hashlib.sha256("\x1f".join(shown).encode("utf-8")).hexdigest()[:DIGEST_LENGTH]


class _Shown(dict[str | int | float | None, str]):
    """Parts of keys as digests take them. The same few texts stand in the keys of a table's many cells."""

    def __missing__(self, part: str | int | float | None) -> str:
        shown = "\x00" if part is None else fold(str(part))
        if part is None or isinstance(part, str):  # 1, 1.0 and True are one key of a dict and three texts
            self[part] = shown
        return shown


def occurrence_ids(prefix: str, keys: Iterable[tuple[str | int | float | None, ...]]) -> list[str]:
    """One id per key, in order; the n-th occurrence of an equal key has n in its digest.

    So an id changes only when what is printed changes, or when an equal neighbour before it goes.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    shown = _Shown()
    made = []
    for key in keys:
        folded = tuple([shown[part] for part in key])
        seen[folded] += 1
        made.append(prefix + _digest([*[shown[part] for part in folded], str(seen[folded])]))
    return made
