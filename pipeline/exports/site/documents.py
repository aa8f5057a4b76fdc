"""The list of documents, a page per document, and the list of flags."""

from __future__ import annotations

from typing import Any

from pipeline.dataset import views
from pipeline.dataset.loading import Dataset
from pipeline.dataset.schemas import words
from pipeline.exports.site.frame import Site, document_page


def write_documents(site: Site, dataset: Dataset, connection: Any) -> None:
    """Write dokument.html, dokument/ and avvikelser.html."""
    documents = views.documents(dataset)
    flags = connection.execute(
        "SELECT * FROM flags ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, "
        "document_id, page, flag_id"
    )
    names = [one[0] for one in flags.description]
    rows = [dict(zip(names, row, strict=True)) for row in flags.fetchall()]
    by_document: dict[str, list[Any]] = {}
    for row in rows:
        by_document.setdefault(row["document_id"], []).append(row)
    tables: dict[str, list[Any]] = {}
    order = [("page_first", "ascending"), ("table_id", "ascending")]
    for row in dataset.arrow("tables").sort_by(order).to_pylist():
        tables.setdefault(row["document_id"], []).append(row | {"name": views.table_name(row)})
    shared = {
        "checks": words("check"),
        "severities": words("severity"),
        "statuses": words("flag_status"),
        "documents": documents,
    }
    for document_id, about in documents.items():
        site.write(
            document_page(document_id),
            "ett_dokument.html.j2",
            document=about,
            tables=tables.get(document_id, []),
            flags=by_document.get(document_id, []),
            kinds=words("table_kind"),
            table_states=words("table_status"),
            **shared,
        )
    site.write("dokument.html", "dokument.html.j2", **shared)
    site.write("avvikelser.html", "avvikelser.html.j2", flags=rows, **shared)
