"""The kvalitetsdeklaration: coverage, agreement, what was not read or was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.dataset.schemas import codes, schemas, words
from pipeline.dataset.views import coverage
from pipeline.exports.database import VIEW_WORDS, Edition
from pipeline.exports.site.frame import Site

#: Sums over quality.sql by column.
TOTALS = (
    *("n_pages", "n_indicator_tables", "n_unread_tables", "n_observations"),
    *("n_ok", "n_blank", "n_missing", "n_suppressed", "n_not_applicable", "n_unknown", "n_unreadable"),
    *("n_unmatched_indicator", "n_unmatched_unit", "n_corrected", "n_uncertain"),
    *("n_claims", "n_supported", "n_refuted", "n_undecidable"),
    *("n_open_errors", "n_open_warnings", "n_decided_flags"),
)


def write_quality(site: Site, connection: Any, run: Mapping[str, Any]) -> None:
    """Write kvalitetsdeklaration.html from the view quality and the run's own counts."""
    cursor = connection.execute("SELECT * FROM quality")
    names = [one[0] for one in cursor.description]
    documents = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    totals = {name: sum(row[name] or 0 for row in documents) for name in TOTALS}
    (agreement,) = connection.execute(
        "SELECT avg(agreement) FROM tables WHERE agreement IS NOT NULL"
    ).fetchone()
    (conflicts,) = connection.execute("SELECT count(*) FROM resolved WHERE status = 'conflict'").fetchone()
    (disputed,) = connection.execute("SELECT count(*) FROM series WHERE status = 'conflict'").fetchone()
    comparable = connection.execute(
        "SELECT count(*) FROM (SELECT indicator_key FROM long WHERE year IS NOT NULL "
        "GROUP BY indicator_key HAVING count(DISTINCT year) > 1)"
    ).fetchone()[0]
    site.write(
        "kvalitetsdeklaration.html",
        "kvalitetsdeklaration.html.j2",
        documents=documents,
        totals=totals,
        run=run,
        agreement=agreement,
        conflicts=conflicts,
        disputed=disputed,
        comparable=comparable,
        coverage=coverage(run),
        states=words("document_status"),
        statuses=words("observation_status"),
    )


def write_dictionary(site: Site, editions: list[Edition]) -> None:
    """Write variabler.html: every table, column and code, and the views of oj.duckdb."""
    site.write(
        "variabler.html",
        "variabler.html.j2",
        schemas=schemas(),
        codes=codes(),
        views=VIEW_WORDS,
        wide=[edition.view for edition in editions],
    )
