"""sarskilda.html: the values that an analyst should look at before counting, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.dataset import views
from pipeline.dataset.loading import Dataset, Listing
from pipeline.exports.headings import ABSENT, CONFLICT
from pipeline.exports.site.cells import special_line
from pipeline.exports.site.documents import rows_of_query
from pipeline.exports.site.frame import Site, document_page, source_page
from pipeline.exports.workbook_words import ABSENT_WORDS

#: Lines of each kind on the page; the question that gives them all stands beside.
MAX_LINES = 300


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: its anchor, heading, what it means, and the condition over the view ``long``."""

    anchor: str
    title: str
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class Found:
    """A kind with how many values there are and the lines of the first of them."""

    kind: Kind
    total: int
    lines: Markup


DISPUTED = (
    "(indicator_key, unit_id, measure, year) IN (SELECT (indicator_key, unit_id, measure, year) FROM series "
    "WHERE status = 'conflict')"
)
TWICE = (
    "(document_id, indicator_key, unit_label, measure) IN (SELECT (document_id, indicator_key, unit_label, "
    "measure) FROM resolved WHERE status = 'conflict')"
)
KINDS = (
    *(
        Kind(status, ABSENT[status].capitalize(), ABSENT_WORDS[status], f"status = '{status}'")
        for status in ABSENT
        if status != CONFLICT
    ),
    Kind("tvister", "Olika värden för samma sak i ett dokument", ABSENT_WORDS[CONFLICT], TWICE),
    Kind(
        "olika-kallor",
        "Olika värden för samma enhet, indikator och upplaga",
        "Dokumenten trycker olika värden, eller ett dokument gör det på olika ställen. Inget av dem är valt.",
        DISPUTED,
    ),
    Kind("osakra", "Markerade som osäkra i källan", "Källan själv säger att värdet är osäkert.", "uncertain"),
    Kind(
        "rattade",
        "Rättade",
        "Det lästa värdet har ersatts av en rättelse med skäl; det lästa värdet finns kvar som tryckt text.",
        "correction IS NOT NULL",
    ),
    Kind(
        "okand-indikator",
        "Utan känd indikator",
        "Registret har ingen rad för namnet. Värdet finns kvar under sitt tryckta namn, utan indikator-id.",
        "indicator_id IS NULL",
    ),
    Kind(
        "okand-enhet",
        "Utan känd enhet",
        "Registret har ingen kommun, stadsdel eller län med namnet. Värdet finns kvar under det tryckta.",
        "unit_id IS NULL AND unit_kind <> 'grupp'",
    ),
)


UNREAD = (
    "SELECT t.*, coalesce(d.title, d.file_name) AS document_title FROM tables t "
    "JOIN documents d USING (document_id) WHERE t.status = 'unread' "
    "ORDER BY d.file_name, t.page_first, table_id"
)


def write_special(site: Site, dataset: Dataset, connection: Any) -> dict[str, int]:
    """Write sarskilda.html, after the source pages; gives the number of values by anchor."""
    found = [_found(connection, kind) for kind in KINDS]
    site.write(
        "sarskilda.html",
        "sarskilda.html.j2",
        found=found,
        tables=rows_of_query(connection, UNREAD)[:MAX_LINES],
        verdicts=[(anchor, title, _claims(connection, verdict)) for verdict, anchor, title in VERDICTS],
        uncovered=_uncovered(dataset, connection),
        most=MAX_LINES,
    )
    return {one.kind.anchor: one.total for one in found}


VERDICTS = (
    ("refuted", "stammer-inte", "Påståenden som inte stämmer"),
    ("undecidable", "oavgjorda", "Påståenden som inte går att avgöra"),
)


def _found(connection: Any, kind: Kind) -> Found:
    """How many values of a kind there are, and the first of them."""
    (total,) = connection.execute(f"SELECT count(*) FROM long WHERE {kind.where}").fetchone()  # noqa: S608
    rows: Sequence[Mapping[str, Any]] = []
    if total:
        rows = rows_of_query(
            connection,
            f"SELECT * FROM long WHERE {kind.where} "  # noqa: S608
            "ORDER BY file_name, page, top, x0, observation_id "
            f"LIMIT {MAX_LINES}",
        )
    return Found(kind, total, Markup("").join(map(special_line, rows)))


def _uncovered(dataset: Dataset, connection: Any) -> Listing:
    """Figures in the text that no claim covers, with the page that shows the place, or the document's."""
    found = views.uncovered(dataset, views.documents(dataset))
    shown = {
        (row["document_id"], str(row["page"]))
        for row in rows_of_query(connection, "SELECT DISTINCT document_id, page FROM marks")
    }
    for row in found.items:
        key = row["document_id"], row["page"]
        row["link"] = source_page(key[0], int(key[1])) if key in shown else document_page(key[0])
    return found


def _claims(connection: Any, verdict: str) -> list[dict[str, Any]]:
    """The first claims of a verdict."""
    return rows_of_query(
        connection,
        "SELECT c.document_id, c.claim_id, c.page, c.sentence, c.reason, "  # noqa: S608
        "coalesce(d.title, d.file_name) AS document_title FROM claims c JOIN documents d USING (document_id) "
        f"WHERE c.verdict = '{verdict}' ORDER BY d.file_name, c.page, c.claim_id LIMIT {MAX_LINES}",
    )
