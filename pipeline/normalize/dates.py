"""Swedish dates in print: ``2024-10-11``, ``8 april 2021``, ``den 3 maj 2023``; a month alone is no day."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from pipeline.normalize.words import words

#: So many characters before a date can be the name of who dates it.
_HOUSE = 40


@lru_cache(maxsize=1)
def _date() -> re.Pattern[str]:
    months = "|".join(words().months)
    iso = r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    spelled = rf"(?:den\s+)?(?P<day>\d{{1,2}})\s+(?P<month>{months})\s+(?P<year>(?:19|20)\d\d)"
    return re.compile(rf"(?<![\d/-])(?:{iso}|{spelled})(?![\d-])", re.IGNORECASE)


def find_date(text: str) -> dt.date | None:
    """The first full date a text prints, or None (``Augusti 2014`` has no day, ``2024-13-40`` is none)."""
    for match in _date().finditer(text):
        found = _made(match)
        if found is not None:
            return found
    return None


def _made(match: re.Match[str]) -> dt.date | None:
    if match["y"]:
        parts = int(match["y"]), int(match["m"]), int(match["d"])
    else:
        parts = int(match["year"]), words().months[match["month"].casefold()], int(match["day"])
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def is_only_date(text: str) -> bool:
    """Whether a line is a date and nothing else (a letterhead's or title page's date)."""
    match = _date().search(text)
    return match is not None and len(text.strip(" .,")) <= len(match[0]) + 2


def ends_with_date(text: str) -> bool:
    """Whether a short line ends with a date behind a comma or space (``Region X, 2022-02-10``)."""
    shown = text.strip(" .")
    match = _date().search(shown)
    return match is not None and match.end() == len(shown) and len(shown) <= len(match[0]) + _HOUSE
