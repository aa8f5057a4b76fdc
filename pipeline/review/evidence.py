"""Both sides of one flag: the sentence and cells with their boxes, the count, the table as read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.excerpts import Excerpt, by_table, excerpt, other_readings
from pipeline.dataset.flagviews import told
from pipeline.dataset.rules import check_rule, claim_rule
from pipeline.dataset.schemas import words
from pipeline.dataset.views import table_name
from pipeline.model import Flag
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
        asserted, found: pairs of name and text. sides: what the two are called, None for the usual words.
        observations: rows that made the count, in order. claim: row of claims.parquet, None without.
        check: the check in words. rules: what the check and the claim's rule do, and their ids.
        excerpts: id of a table, where it stands and its cells.
        readings: what other engines read, by observation_id; others: the same for marked cells that are no
            observations, as pairs of what was read and the other readings.
    """

    sentence: tuple[str, str, str] | None
    asserted: Sequence[tuple[str, str]]
    found: Sequence[tuple[str, str]]
    sides: tuple[str | None, str | None]
    check: str
    rules: Sequence[tuple[str, str]]
    claim: Mapping[str, Any] | None
    observations: Rows
    excerpts: Sequence[tuple[str, str, Excerpt]]
    marks: Sequence[Mark]
    readings: Mapping[str, Sequence[str]]
    others: Sequence[tuple[str, Sequence[str]]]

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
    tables = _tables(catalog, item, observations, documents)
    rule = check_rule(flag.check)
    return Evidence(
        sentence=_sentence(flag.sentence, claim),
        asserted=told(flag.asserted),
        found=told(flag.found),
        sides=(rule.asserted, rule.found) if rule else (None, None),
        check=words("check").get(flag.check, flag.check.replace("_", " ")),
        rules=_rules(flag, claim),
        claim=claim,
        observations=observations[:MAX_COUNTED],
        excerpts=[(one.table_id, one.where, one.excerpt) for one in tables if one.excerpt is not None],
        marks=_marks(item, observations),
        readings=_readings(observations, tables),
        others=[pair for one in tables for pair in one.others],
    )


def _rules(flag: Flag, claim: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """What the check does, and the rule of the claim that it is about, in words and as ids."""
    check = check_rule(flag.check)
    made = [(check.words if check else "", flag.check)]
    if claim is not None:
        rule = claim_rule(claim["rule"])
        made.append((rule.words if rule else "", claim["rule"]))
    return made


def _sentence(sentence: str | None, claim: Mapping[str, Any] | None) -> tuple[str, str, str] | None:
    if sentence is None:
        return None
    if claim is None or claim["sentence"] != sentence:
        return sentence, "", ""
    start, end = claim["span_start"], claim["span_end"]
    return sentence[:start], sentence[start:end], sentence[end:]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that a flag rests on: its excerpt, its cells by place, other readings of marked text cells."""

    table_id: str
    where: str
    excerpt: Excerpt | None
    cells: Mapping[tuple[int, int], Mapping[str, Any]]
    others: Sequence[tuple[str, Sequence[str]]]


def _tables(catalog: Catalog, item: Item, observations: Rows, documents: Iterable[str]) -> list[_Table]:
    """The tables that were counted in, the flag's own first, then the most counted."""
    flag, held = item.flag, set(documents)
    times = Counter(row["table_id"] for row in observations)
    if flag.table_id is not None:
        times.setdefault(flag.table_id, 0)
    order = sorted(times, key=lambda one: (one != flag.table_id, -times[one], one))[:MAX_TABLES]
    tables = {row["table_id"]: row for row in catalog.dataset.among("tables", "table_id", set(order), held)}
    cells = by_table(catalog.dataset.among("cells", "table_id", set(order), held))
    made = []
    for table_id in (one for one in order if one in tables):
        own = [row for row in observations if row["table_id"] == table_id]
        flagged = [] if own else [cell for cell in cells.get(table_id, ()) if _is_flagged(flag, cell)]
        places = [(row["row"], row["col"]) for row in (own or flagged)]
        table = tables[table_id]
        shown = excerpt(table_id, cells.get(table_id, ()), places, table["orientation"])
        others = [(str(cell["text"]), other_readings(cell)) for cell in flagged if other_readings(cell)]
        by_place = {(cell["row"], cell["col"]): cell for cell in cells.get(table_id, ())}
        page = own[0]["page"] if own else table["page_first"]
        made.append(_Table(table_id, _where(catalog, item, table, page), shown, by_place, others))
    return made


def _is_flagged(flag: Flag, cell: Mapping[str, Any]) -> bool:
    """Whether the middle of a cell lies in one of the flag's own boxes."""
    x, y = (cell["x0"] + cell["x1"]) / 2, (cell["top"] + cell["bottom"]) / 2
    return any(box.page == cell["page"] and box.contains(x, y) for box in flag.boxes)


def _readings(observations: Rows, tables: Iterable[_Table]) -> dict[str, Sequence[str]]:
    """What other engines read in the counted cells, by observation_id."""
    cells = {one.table_id: one.cells for one in tables}
    made: dict[str, Sequence[str]] = {}
    for row in observations:
        cell = cells.get(row["table_id"], {}).get((row["row"], row["col"]))
        if cell is not None and other_readings(cell):
            made[row["observation_id"]] = other_readings(cell)
    return made


def _where(catalog: Catalog, item: Item, table: Mapping[str, Any], page: int) -> str:
    place = f"{table_name(table)}, sida {page}"
    if table["document_id"] != item.flag.document_id and table["document_id"] in catalog.documents:
        place += f", {catalog.documents[table['document_id']]['name']}"
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
