"""The list of documents, a page per document (its flags, tables, claims and pages), and the list of flags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.dataset import views
from pipeline.dataset.loading import Dataset
from pipeline.dataset.schemas import words
from pipeline.exports.site.frame import Site, document_page

Row = Mapping[str, Any]
#: Claims listed on a document's page; the page says how many more stand in the data files.
MAX_CLAIMS = 1_500
FLAGS = (
    "SELECT * FROM flags ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, "
    "document_id, page, flag_id"
)
TABLES = (
    "SELECT t.*, coalesce(o.n, 0) AS n_values, c.page AS shown_page FROM tables t "
    "LEFT JOIN (SELECT table_id, count(*) AS n FROM observations GROUP BY table_id) o USING (table_id) "
    "LEFT JOIN (SELECT table_id, min(page) AS page FROM cells GROUP BY table_id) c USING (table_id) "
    "ORDER BY t.page_first, t.table_id"
)
CLAIMS = (
    "SELECT document_id, claim_id, page, sentence, claim_type, verdict, reason FROM claims "
    "ORDER BY page, boxes[1].top, boxes[1].x0, span_start, claim_id"
)
PAGES = "SELECT DISTINCT document_id, page FROM marks ORDER BY ALL"


def write_documents(site: Site, dataset: Dataset, connection: Any) -> None:
    """Write dokument.html, dokument/ and avvikelser.html; the source pages must have been written."""
    documents = views.documents(dataset)
    flags = rows_of_query(connection, FLAGS)
    held = {
        "flags": _by_document(flags),
        "tables": _by_document(
            [row | {"name": views.table_name(row)} for row in rows_of_query(connection, TABLES)]
        ),
        "claims": _by_document(rows_of_query(connection, CLAIMS)),
        "marked": _by_document(rows_of_query(connection, PAGES)),
    }
    shared = {
        "checks": words("check"),
        "severities": words("severity"),
        "statuses": words("flag_status"),
        "documents": documents,
    }
    for document_id, about in documents.items():
        own = {name: found.get(document_id, []) for name, found in held.items()}
        if not site.keep(document_page(document_id), about, own):
            _write_document(site, about, own, shared)
    site.write("dokument.html", "dokument.html.j2", **shared)
    site.write("avvikelser.html", "avvikelser.html.j2", flags=flags, **shared)


def _write_document(site: Site, about: Row, own: Mapping[str, Sequence[Row]], shared: Row) -> None:
    """The page of one document."""
    claims = own["claims"]
    site.write(
        document_page(about["document_id"]),
        "ett_dokument.html.j2",
        document=about,
        kinds=words("table_kind"),
        table_states=words("table_status"),
        claim_types=words("claim_type"),
        verdicts=words("verdict"),
        hidden=max(0, len(claims) - MAX_CLAIMS),
        **{**own, "claims": claims[:MAX_CLAIMS]},
        **shared,
    )


def rows_of_query(connection: Any, sql: str) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    cursor = connection.execute(sql)
    names = [one[0] for one in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _by_document(rows: Sequence[dict[str, Any]]) -> dict[str, list[Row]]:
    """The rows of each document, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["document_id"], []).append(row)
    return found
