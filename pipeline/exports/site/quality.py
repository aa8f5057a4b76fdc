"""The kvalitetsdeklaration (coverage, agreement, what was not read or was corrected) and the variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.dataset.schemas import codes, schemas, words
from pipeline.dataset.views import coverage
from pipeline.exports.database import VIEW_WORDS, Edition
from pipeline.exports.settings import ExportSettings
from pipeline.exports.site.documents import rows_of_query
from pipeline.exports.site.frame import Site

#: Sums over quality.sql by column.
TOTALS = (
    *("n_pages", "n_indicator_tables", "n_unread_tables", "n_observations"),
    *("n_ok", "n_blank", "n_missing", "n_suppressed", "n_not_applicable", "n_unknown", "n_unreadable"),
    *("n_unmatched_indicator", "n_unmatched_unit", "n_corrected", "n_uncertain"),
    *("n_claims", "n_supported", "n_refuted", "n_undecidable"),
    *("n_open_errors", "n_open_warnings", "n_decided_flags"),
)
#: A figure of the page: its words, the figure, and the page that lists what it counts.
Line = tuple[str, int, str]
#: Indicators with values whose definition changed.
BROKEN = (
    "SELECT indicator_id, name, breaks FROM indicators WHERE len(breaks) > 0 "
    "AND indicator_id IN (SELECT indicator_id FROM observations) ORDER BY name, indicator_id"
)
SPECIAL, DOCUMENTS, FLAGS = "sarskilda.html", "dokument.html", "avvikelser.html"


def write_quality(
    site: Site,
    connection: Any,
    run: Mapping[str, Any],
    settings: ExportSettings,
    special: Mapping[str, int],
) -> None:
    """Write kvalitetsdeklaration.html from the view quality and the run's own counts.

    Args:
        special: number of values by anchor of sarskilda.html.
    """
    documents = rows_of_query(connection, "SELECT * FROM quality")
    totals = {name: sum(row[name] or 0 for row in documents) for name in TOTALS}
    (agreement,) = connection.execute(
        "SELECT avg(agreement) FROM tables WHERE agreement IS NOT NULL"
    ).fetchone()
    comparable = connection.execute(
        "SELECT count(*) FROM (SELECT indicator_key FROM long WHERE year IS NOT NULL "
        "GROUP BY indicator_key HAVING count(DISTINCT year) > 1)"
    ).fetchone()[0]
    site.write(
        "kvalitetsdeklaration.html",
        "kvalitetsdeklaration.html.j2",
        documents=documents,
        totals=totals,
        content=list(_content(run, totals)),
        values=list(_values(totals, special)),
        text=list(_text(run, totals)),
        agreement=agreement,
        comparable=comparable,
        broken=rows_of_query(connection, BROKEN),
        settings=settings,
    )


def _content(run: Mapping[str, Any], totals: Mapping[str, int]) -> Iterator[Line]:
    """How the documents and their tables were read."""
    for code, word in words("document_status").items():
        yield word, run["documents"].get(code, 0), DOCUMENTS
    yield "Indikatortabeller", totals["n_indicator_tables"], DOCUMENTS
    yield "Tabeller som inte kunde tolkas", totals["n_unread_tables"], f"{SPECIAL}#oavlasta"


def _values(totals: Mapping[str, int], special: Mapping[str, int]) -> Iterator[Line]:
    """The values by status, and those that need care."""
    for code, word in words("observation_status").items():
        yield word, totals[f"n_{code}"], "indikatorer.html" if code == "ok" else f"{SPECIAL}#{code}"
    yield "Utan känd indikator", totals["n_unmatched_indicator"], f"{SPECIAL}#okand-indikator"
    yield "Utan känd enhet", totals["n_unmatched_unit"], f"{SPECIAL}#okand-enhet"
    yield "Markerade som osäkra i källan", totals["n_uncertain"], f"{SPECIAL}#osakra"
    yield "Rättade", totals["n_corrected"], f"{SPECIAL}#rattade"
    yield "Olika värden för samma sak i ett dokument", special["tvister"], f"{SPECIAL}#tvister"
    yield (
        "Olika värden för samma enhet, indikator och upplaga",
        special["olika-kallor"],
        (f"{SPECIAL}#olika-kallor"),
    )


def _text(run: Mapping[str, Any], totals: Mapping[str, int]) -> Iterator[Line]:
    """How much of the text was read, and what came of it."""
    for name, found, _, link in coverage_lines(run):
        yield name, found, link
    yield "Påståenden som stämmer", totals["n_supported"], DOCUMENTS
    yield "Påståenden som inte stämmer", totals["n_refuted"], f"{SPECIAL}#stammer-inte"
    yield "Påståenden som inte går att avgöra", totals["n_undecidable"], f"{SPECIAL}#oavgjorda"
    yield "Öppna fel", totals["n_open_errors"], FLAGS
    yield "Öppna varningar", totals["n_open_warnings"], FLAGS
    yield "Granskade avvikelser", totals["n_decided_flags"], FLAGS


def coverage_lines(run: Mapping[str, Any]) -> list[tuple[str, int, float, str]]:
    """The figures of the text reading: words, count, share of the largest, and the page that lists them."""
    uncovered = words("coverage")["uncovered_figures"]
    return [
        (name, found, share, f"{SPECIAL}#otackta" if name == uncovered else DOCUMENTS)
        for name, found, share in coverage(run)
    ]


def write_dictionary(site: Site, editions: Sequence[Edition]) -> None:
    """Write variabler.html: every table, column and code, and the views of oj.duckdb."""
    site.write(
        "variabler.html",
        "variabler.html.j2",
        schemas=schemas(),
        codes=codes(),
        views=VIEW_WORDS,
        wide=[edition.view for edition in editions],
    )
