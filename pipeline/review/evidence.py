"""Both sides of one flag: the sentence and cells with their boxes, the count, the table as read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.excerpts import Excerpt, by_table, excerpt
from pipeline.dataset.flagviews import told
from pipeline.dataset.schemas import words
from pipeline.review.catalog import Catalog, Item

#: Tables shown beside one flag; a flag across documents can rest on more.
MAX_TABLES = 3
#: Observations listed in words; the count says how many there are.
MAX_COUNTED = 60

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to draw on a page.

    Attributes:
        kind: ``sentence`` or ``cell``. label: words for those who do not see it.
        x, y, width, height: points from the top left of the page. number: 1-based among the counted.
    """

    document_id: str
    page: int
    kind: str
    label: str
    x: float
    y: float
    width: float
    height: float
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reviewer needs to decide one flag.

    Attributes:
        sentence: before, within and after the claim's own words; None for a flag of tables only.
        asserted, found: pairs of name and text. observations: rows that made the count, in order.
        claim: row of claims.parquet, None without. check: the check in words.
        excerpts: pairs of where a table stands and its cells.
    """

    sentence: tuple[str, str, str] | None
    asserted: Sequence[tuple[str, str]]
    found: Sequence[tuple[str, str]]
    check: str
    claim: Mapping[str, Any] | None
    observations: Rows
    excerpts: Sequence[tuple[str, str, Excerpt]]
    marks: Sequence[Mark]

    def pages(self, document_id: str) -> list[int]:
        """The pages of a document on which something is marked, in order."""
        return sorted({mark.page for mark in self.marks if mark.document_id == document_id})

    def documents(self) -> list[str]:
        """The documents in which something is marked, the flag's own first."""
        return list(dict.fromkeys(mark.document_id for mark in self.marks))

    def shown(self, document_id: str, page: int) -> list[Mark]:
        """The marks of one page."""
        return [mark for mark in self.marks if (mark.document_id, mark.page) == (document_id, page)]


def evidence_of(catalog: Catalog, item: Item) -> Evidence:
    """Read what one flag rests on. Raises OutputError when the dataset cannot be read."""
    flag, dataset = item.flag, catalog.dataset
    documents = {flag.document_id, *flag.other_document_ids} & set(catalog.documents)
    found = dataset.among("observations", "observation_id", set(flag.observation_ids), documents)
    by_id = {row["observation_id"]: row for row in found}
    observations = [by_id[one] for one in flag.observation_ids if one in by_id]
    claims = dataset.among("claims", "claim_id", {flag.claim_id} if flag.claim_id else set(), documents)
    claim = claims[0] if claims else None
    return Evidence(
        sentence=_sentence(flag.sentence, claim),
        asserted=told(flag.asserted),
        found=told(flag.found),
        check=words("check").get(flag.check, flag.check.replace("_", " ")),
        claim=claim,
        observations=observations[:MAX_COUNTED],
        excerpts=_excerpts(catalog, item, observations, documents),
        marks=_marks(item, observations),
    )


def _sentence(sentence: str | None, claim: Mapping[str, Any] | None) -> tuple[str, str, str] | None:
    if sentence is None:
        return None
    if claim is None or claim["sentence"] != sentence:
        return sentence, "", ""
    start, end = claim["span_start"], claim["span_end"]
    return sentence[:start], sentence[start:end], sentence[end:]


def _excerpts(
    catalog: Catalog, item: Item, observations: Rows, documents: Iterable[str]
) -> list[tuple[str, str, Excerpt]]:
    """The tables that were counted in, the flag's own first, then the most counted."""
    times = Counter(row["table_id"] for row in observations)
    order = sorted(times, key=lambda one: (one != item.flag.table_id, -times[one], one))[:MAX_TABLES]
    held = set(documents)
    tables = {row["table_id"]: row for row in catalog.dataset.among("tables", "table_id", set(order), held)}
    cells = by_table(catalog.dataset.among("cells", "table_id", set(order), held))
    made = []
    for table_id in order:
        own = [row for row in observations if row["table_id"] == table_id]
        orientation = tables[table_id]["orientation"] if table_id in tables else None
        shown = excerpt(
            table_id, cells.get(table_id, ()), [(row["row"], row["col"]) for row in own], orientation
        )
        if shown is not None:
            made.append((table_id, _where(catalog, item, own[0]), shown))
    return made


def _where(catalog: Catalog, item: Item, row: Mapping[str, Any]) -> str:
    place = f"{row['table_label'] or 'Tabell utan beteckning'}, sida {row['page']}"
    if row["document_id"] != item.flag.document_id and row["document_id"] in catalog.documents:
        place += f", {catalog.documents[row['document_id']]['name']}"
    return place


def _marks(item: Item, observations: Rows) -> list[Mark]:
    """Boxes of the sentence, then of the counted cells; a box that is both is drawn as the cell."""
    cells = [
        Mark(
            row["document_id"],
            row["page"],
            "cell",
            f"{row['unit_label']}, {row['indicator_label']}: {row['value_raw'] or 'tom'}",
            *_corner(row),
            number=number,
        )
        for number, row in enumerate(observations, 1)
    ]
    taken = {(mark.page, mark.x, mark.y) for mark in cells if mark.document_id == item.flag.document_id}
    kind = "sentence" if item.flag.sentence else "cell"
    own = []
    for box in item.flag.boxes:
        place = {"x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom}
        if (box.page, box.x0, box.top) not in taken:
            label = "meningen" if item.flag.sentence else "det som flaggan gäller"
            own.append(Mark(item.flag.document_id, box.page, kind, label, *_corner(place)))
    return [*own, *cells]


def _corner(row: Mapping[str, Any]) -> tuple[float, float, float, float]:
    return row["x0"], row["top"], max(row["x1"] - row["x0"], 1.0), max(row["bottom"] - row["top"], 1.0)
