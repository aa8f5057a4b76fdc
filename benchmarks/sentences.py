"""Sentences of the published documents that assert something: decided, rightly, and which are not."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.shared import CORPUS, present
from pipeline.model import Claim

NAME = "sentences"
#: One file per document: every sentence judged by hand, told by its page and a hash of its words.
GOLD = Path(__file__).parent / "sentences"
#: Of the sentences that can be decided, at least this many per cent are (issue 5); chapter → bar.
BARS = {"resultat": 95.0, "memo 1": 90.0, "memo 3": 90.0, "sidan": 90.0}
UNDECIDABLE = "oavgörbar"
RIGHT, WRONG, OPEN = "rätt", "fel", "ej avgjord"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence as judged by hand.

    Attributes:
        document: the file that was read; hash: of the sentence's words (``word_hash``); begins: at most its
            first three words.
        asserts: ``ja`` when tables, another sentence or another document of the corpus could decide it.
        truth: ``sann``, ``falsk`` or ``oavgörbar`` (it asserts something that nothing there decides).
        kinds: the claims that a full reading has, divided by spaces: ``type``, ``type:word+word`` (words
            that what is asserted holds), ``*n`` for n such claims, ``!`` before one that is false;
            ``oavgörbar``: something else in the sentence that nothing decides.
    """

    document: str
    page: int
    hash: str
    begins: str
    chapter: str
    asserts: bool
    truth: str
    kinds: tuple[str, ...]
    reason: str

    @property
    def counts(self) -> bool:
        """Whether it belongs to the sentences that are to be decided."""
        return self.asserts and self.truth in ("sann", "falsk")


@dataclass(frozen=True, slots=True)
class Seen:
    """A judged sentence with how it was read: the outcome and, when not right, what is lacking."""

    row: Judged
    outcome: str
    lacking: str = ""


def word_hash(text: str) -> str:
    """Twelve hexadecimal digits of the casefolded words of a sentence, whatever divides them."""
    words = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()[:12]


def judged(folder: Path = GOLD) -> tuple[Judged, ...]:
    """All rows of the gold files, by file and place."""
    rows = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                asserts, kinds = row.pop("asserts") == "ja", tuple(row.pop("kinds").split())
                rows.append(Judged(page=int(row.pop("page")), asserts=asserts, kinds=kinds, **row))
    return tuple(rows)


def outcome(row: Judged, claims: Sequence[Claim]) -> Seen:
    """How a sentence was read: every assertion in it decided, as it should be, and nothing else accused."""
    denied = [claim for claim in claims if claim.verdict == "refuted"]
    wanted = [kind for kind in row.kinds if kind.startswith("!")]
    if len(denied) > len(wanted) or not all(_holding(kind[1:], denied) for kind in wanted if denied):
        return Seen(row, WRONG, "; ".join(_told(claim) for claim in denied))
    if not row.counts:
        return Seen(row, RIGHT)
    partly = UNDECIDABLE in row.kinds
    lacking = [kind for kind in row.kinds if kind != UNDECIDABLE and not _met(kind, claims)]
    lacking += [_told(claim) for claim in claims if claim.verdict == "undecidable" and not partly]
    return Seen(row, OPEN, ", ".join(lacking)) if lacking or not claims else Seen(row, RIGHT)


def _met(kind: str, claims: Sequence[Claim]) -> bool:
    """Whether as many claims as the kind asks for have the verdict that it asks for."""
    verdict = "refuted" if kind.startswith("!") else "supported"
    plain, _, count = kind.lstrip("!").partition("*")
    return len(_holding(plain, [one for one in claims if one.verdict == verdict])) >= int(count or 1)


def _holding(kind: str, claims: Iterable[Claim]) -> list[Claim]:
    """The claims of a type whose asserted values hold all the words."""
    name, _, words = kind.partition(":")
    wanted = [word.casefold() for word in words.split("+") if word]
    return [
        one
        for one in claims
        if one.claim_type == name and all(word in one.asserted.casefold() for word in wanted)
    ]


def _told(claim: Claim) -> str:
    told = json.dumps(json.loads(claim.asserted), ensure_ascii=False)
    return f"{claim.claim_type} {told} {claim.verdict}: {claim.reason or ''}".strip(": ")


def claims_of(path: Path) -> dict[str, dict[int, tuple[Claim, ...]]]:
    """Per hash of a file's sentences: the page of each place where it stands and its claims."""
    from extractors.read import read_pdf
    from pipeline.claims import find_claims
    from pipeline.normalize import read_documents
    from pipeline.reference import load_registers

    registers = load_registers()
    found: dict[str, dict[int, tuple[Claim, ...]]] = {}
    for document in read_documents(read_pdf(path, file_name=path.name), registers):
        claims = find_claims(document, registers).claims
        for one in document.sentences:
            told = tuple(claim for claim in claims if (claim.sentence, claim.page) == (one.text, one.page))
            found.setdefault(word_hash(one.text), {})[one.page] = told
    return found


def seen_in(path: Path, rows: Sequence[Judged]) -> tuple[list[Seen], list[Judged]]:
    """The judged sentences as read from a file, and those whose hash no sentence of it has."""
    claims = claims_of(path)
    seen, gone = [], []
    for row in rows:
        places = claims.get(row.hash)
        if places is None:
            gone.append(row)
            continue
        seen.append(outcome(row, places.get(row.page, next(iter(places.values())))))
    return seen, gone


def figures(seen: Sequence[Seen], gone: Sequence[Judged]) -> dict[str, Any]:
    """The counts of one group of sentences; a sentence that is gone counts as not decided."""
    counted = [one for one in seen if one.row.counts]
    right = sum(one.outcome == RIGHT for one in counted)
    asserting = len(counted) + sum(row.counts for row in gone)
    return {
        "sentences": len(seen) + len(gone),
        "assert": asserting,
        "right": right,
        "wrong": sum(one.outcome == WRONG for one in seen),
        "undecided": asserting - right - sum(one.outcome == WRONG for one in counted),
        "undecidable": sum(one.row.truth == UNDECIDABLE for one in seen),
        "gone": len(gone),
        "share": round(100 * right / asserting, 1) if asserting else None,
    }


def run(show: int = 200) -> dict[str, Any]:
    """Judge every document that has a gold file, by chapter, and its other layouts as a whole."""
    console = Console(width=150)
    if not present(console, CORPUS):
        return {"skipped": True}
    measured: dict[str, Any] = {}
    table = _table("Meningar i publicerade dokument som påstår något")
    open_rows: list[tuple[str, Seen]] = []
    rows = judged()
    for document in sorted({row.document for row in rows}):
        own = [row for row in rows if row.document == document]
        for path in sorted(CORPUS.glob(f"{document.split('.')[0]}.*.pdf")):
            seen, gone = seen_in(path, own)
            if path.name == document:
                open_rows += [(document, one) for one in seen if one.outcome != RIGHT]
            elif path.name.split(".")[1] == "scan":
                continue
            measured[path.name] = _rows(table, path.name, seen, gone, by_chapter=path.name == document)
            for row in gone:
                console.print(
                    f"Meningen finns inte längre: {path.name} s. {row.page} {row.hash} ”{row.begins} …”"
                )
    measured["bars"] = {
        chapter: row[chapter]["share"] for row in measured.values() for chapter in BARS if chapter in row
    }
    measured["bars"]["wrong"] = sum(row["alla"]["wrong"] for name, row in measured.items() if name != "bars")
    console.print(table)
    for document, one in open_rows[: show or None]:
        told = f"{document} s. {one.row.page} ”{one.row.begins} …” {one.outcome}: {one.lacking}"
        console.print(told, markup=False, highlight=False)
    return measured


def _table(title: str) -> Table:
    table = Table(title=title)
    heads = (
        "dokument",
        "kapitel",
        "lästa",
        "påstår",
        "rätt",
        "fel",
        "ej avgjorda",
        "kan ej avgöras",
        "borta",
    )
    for head in (*heads, "andel %", "golv"):
        table.add_column(head, justify="left" if head in ("dokument", "kapitel") else "right")
    return table


def _rows(
    table: Table, name: str, seen: list[Seen], gone: list[Judged], *, by_chapter: bool
) -> dict[str, Any]:
    """Add the rows of one file to the table and give their figures by chapter, and over all."""
    told: dict[str, Any] = {}
    chapters = list(dict.fromkeys(one.chapter for one in [*(s.row for s in seen), *gone]))
    for chapter in [*chapters, "alla"] if by_chapter else ["alla"]:
        here = [one for one in seen if chapter in ("alla", one.row.chapter)]
        lost = [row for row in gone if chapter in ("alla", row.chapter)]
        counts = told[chapter] = figures(here, lost)
        cells = [str(value) if value is not None else "–" for value in counts.values()]
        bar = f"{BARS[chapter]:.0f}" if chapter in BARS else ""
        table.add_row(name, chapter, *cells[:6], cells[6], cells[7], bar)
    return told
