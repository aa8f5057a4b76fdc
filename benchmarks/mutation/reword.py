"""The same statement in other words: one change at a time, or all that fit on top of a planted error."""

from __future__ import annotations

import re
from dataclasses import replace

from benchmarks.mutation.editing import rewrite
from benchmarks.mutation.model import Mutant

#: Words that stand for each other (better is higher where shares are compared, so only beside a percentage).
EITHER_WAY = (
    (r"\bEndast\b", "Bara"),
    (r"\bendast\b", "enbart"),
    (r"\bBara\b", "Endast"),
    (r"\bbara\b", "endast"),
    (r"\bbättre(?= än (?:i )?\w+ \(\d+ ?%)", "högre"),
    (r"\bhögre(?= än (?:i )?\w+ \(\d+ ?%)", "bättre"),
)
#: Patterns and what says the same.
SYNONYMS = (
    (r"\berbjuder\b", "tillhandahåller"),
    (r"\bklart (?=bättre|sämre|högre|lägre)", "betydligt "),
    (r"\bResultatet (?=\(|på \d)", "Utfallet "),
    (r"\bTabell (\d+) visar att\b", r"Av tabell \1 framgår att"),
    (r"\bsaknar\b", "har inte"),
    (r"\ben aktuell rutin\b", "en gällande rutin"),
    (r"\bär något (?=bättre|sämre|högre|lägre)", "är lite "),
    (r"\bframkommer\b", "framgår"),
    (r"\bi nivå med\b", "på samma nivå som"),
    (r"\bgenomfört\b", "gjort"),
    (r"\bföljt av\b", "därefter"),
    (r"\bprocent av kommunerna\b", "procent av alla kommuner"),
    (r"\bär högst i\b", "är störst i"),
    (r"\bAlla kommuner utom\b", "Alla kommuner, med undantag för"),
    (r"\bframgår\b", "syns"),
)  # fmt: skip
#: Further ones that are operators of their own, used on top of a planted error.
_MORE = (
    (r"\b(?:utom|förutom) (?=[A-ZÅÄÖ])", "bortsett från "),
    (r"\b(A|a)lla (?=\w*kommuner)", lambda found: "Samtliga " if found[1] == "A" else "samtliga "),
    (r"(\d) ?%", r"\1 procent"),
    (r"\bTabell (\d+) visar att\b", r"I tabell \1 syns att"),
)  # fmt: skip


def reworded(mutant: Mutant) -> Mutant | None:
    """The mutant with its new sentence in other words; None where nothing fits."""
    if len(mutant.texts) != 1:
        return None
    edit = mutant.texts[0]
    new = edit.new
    for old, other in (*_MORE, *SYNONYMS):
        new = re.sub(old, other, new, count=1)
    if new == edit.new:
        return None
    changed = replace(edit, new=new)
    return replace(mutant, texts=(changed,), change=rewrite((changed,)), shown=f"{edit.old}  →  {new}")
