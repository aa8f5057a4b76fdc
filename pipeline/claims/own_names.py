"""The names that a report itself gives its units: groups, common nouns, words for its region, headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.claims.lexicon import Lexicon, grammar, load_lexicon
from pipeline.model import ReadDocument


def titles(document: ReadDocument, known: Mapping[str, str]) -> int:
    """How many headings of a document are nothing but the name of one of its tables' units."""
    labels = {label.casefold() for label in known.values()}
    return sum(one.kind == "heading" and one.text.strip().casefold() in labels for one in document.blocks)


_STAD = "(?:stad|städer)(?:en|na)?"


def grouped_names(labels: Sequence[str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Groups of kommuner (Mindre stad/tätort) as the text inflects them: de mindre städerna."""
    made = []
    for label in labels:
        first = label.split("/")[0].strip().lower()
        if grammar("names_grouped").search(first) is None or "," in first:
            continue
        words = [_inflected(word) for word in first.split()]
        body = r"\s+".join(words)
        made.append((re.compile(rf"(?<![\w-]){body}s?(?![\w-])", re.IGNORECASE), label))
    return tuple(made)


def _inflected(word: str) -> str:
    for ending in ("städer", "stad"):
        if word.endswith(ending):
            return re.escape(word.removesuffix(ending)) + _STAD
    if word.endswith(("kommun", "kommuner")):
        return re.escape(word.removesuffix("er")) + "(?:en|er|erna)?"
    if word.endswith("ort"):
        return re.escape(word) + "(?:en|er|erna)?"
    return "(?:nära|kring|vid|runt)" if word in ("nära", "vid") else re.escape(word)


def common_names(known: Mapping[str, str]) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Units that a table heads by a common noun (Staden, Kommunen): the text says them so too."""
    made = []
    for key, label in sorted(known.items()):
        if grammar("names_common").fullmatch(label.lower()) and not key.startswith("label:"):
            noun = label.lower().split()[-1]
            expression = re.compile(rf"(?<![\w-])(?:hela\s+|övriga\s+)?{re.escape(noun)}s?(?![\w-])")
            made.append((expression, key, label))
    return tuple(made)


def region_words(document: ReadDocument, lexicon: Lexicon) -> tuple[str, ...]:
    """The first parts of the report's own words for its kommuner: the words by which it calls its region."""
    words: set[str] = set()
    for block in document.blocks:
        lower = block.text.lower()
        if lexicon.holds_groups(lower):
            words.update(first for run in lower.split() for first in _firsts(run))
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=20_000)
def _firsts(run: str) -> tuple[str, ...]:
    """What words for kommuner begin with before they say so, if it is long enough to be a name.

    A run of letters holds each of them whole: the group nouns of words.yaml are single words.
    """
    groups = load_lexicon().group_plural.findall(run)
    firsts = [re.split(r"s?kommun|s?stadsdel", group)[0].strip("-") for group in groups]
    return tuple(first for first in firsts if len(first) > 4)
