"""The documentation sheet of the workbook: who publishes, how to read it, columns and codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.dataset.schemas import codes, schemas
from pipeline.exports.headings import ABSENT, CONFLICT, MEASURES, heading
from pipeline.exports.settings import ExportSettings
from pipeline.exports.workbook_sheets import TABLES, shown_columns

#: A line of the sheet: nothing, a heading, or a heading and its text.
Line = tuple[str, ...]
LISTED_CODES = (
    *("observation_status", "measure", "answer", "unit_kind", "colour", "document_status", "severity"),
)
ABSENT_WORDS = {
    "blank": "Cellen är tom i dokumentet.",
    "missing": "Dokumentet säger att uppgiften saknas.",
    "suppressed": "Skyddad av sekretess.",
    "not_applicable": "Frågan gäller inte enheten.",
    "unknown": "Enheten har svarat vet ej.",
    "unreadable": "Något står i cellen, men vad det betyder gick inte att avgöra.",
    CONFLICT: "Dokumentet anger olika värden på olika ställen; alla finns kvar bland värdena.",
}
MEASURE_WORDS = {
    "answer": "Enhetens eget svar: JA, NEJ eller DELVIS.",
    "share": "Andelen enheter som svarat JA, i procent: ett värde för länet, riket eller en grupp.",
    "mean": "Medelvärde över enheter.",
    "median": "Median över enheter.",
    "value": "Ett tal som är enhetens eget.",
}


def documentation(
    connection: Any, run: Mapping[str, Any], settings: ExportSettings, wide: Sequence[str]
) -> list[Line]:
    """All lines of the sheet, its title first.

    Args:
        connection: over the published tables. wide: names of the sheets per area and edition.
    """
    lines = [(settings.title,), *_about(run, settings), (), *_reading(wide)]
    for name, title in TABLES:
        lines += [(), *_sheet(connection, settings, name, title)]
    return [*lines, (), ("Koder",), *_codes()]


def _about(run: Mapping[str, Any], settings: ExportSettings) -> Iterator[Line]:
    """Description, publisher, contact, licence and versions."""
    yield "Beskrivning", settings.description
    if settings.notice:
        yield "Observera", settings.notice
    yield "Utgivare", settings.publisher_name
    unknown = {"contact_name", "contact_email"} & set(settings.missing)
    yield "Kontakt", "Ej angiven" if unknown else f"{settings.contact_name}, {settings.contact_email}"
    yield "Licens", settings.licence
    yield "Schemaversion", str(run["schema_version"])
    yield "Programversion", str(run["pipeline_version"])


def _reading(wide: Sequence[str]) -> Iterator[Line]:
    """How the sheets per area and edition are read, and the words that stand for what is not there."""
    yield "Blad per område och upplaga", ", ".join(wide) or "Inga värden."
    yield (
        "Så läses de",
        "En rad är en enhet med ett mått. Svar, andel ja, medelvärde och mått står på egna rader och "
        "räknas aldrig ihop. En cell utan innehåll betyder att dokumentet inte frågar enheten; varje "
        "annan cell utan värde säger varför.",
    )
    for status, word in ABSENT.items():
        yield word, ABSENT_WORDS[status]
    for measure, word in MEASURES.items():
        yield word, MEASURE_WORDS[measure]
    yield ()
    yield (
        "Okända indikatorer",
        "En indikator som registret inte känner står med det namn som är tryckt och utan Indikator-id. Den "
        "förs inte ihop med andra namn; när registret får en rad för namnet får värdena sitt id vid nästa "
        "körning.",
    )
    yield (
        "Text som liknar formler",
        "Text ur dokumenten som ett kalkylprogram skulle räkna som en formel har en apostrof först.",
    )


def _sheet(connection: Any, settings: ExportSettings, name: str, title: str) -> Iterator[Line]:
    """A sheet of a table: its rows, how many are left out, and its columns."""
    (total,) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
    table = "observations" if name == "long" else name
    left = ""
    if total > settings.excel_max_rows:
        left = f" Bladet visar de första {settings.excel_max_rows}; resten står i {table}.parquet."
    yield f"Bladet {title}", f"{schemas()[table].sv} {total} rader.{left}"
    for column in shown_columns(name):
        yield heading(column.name), f"{column.sv} ({column.name})"


def _codes() -> Iterator[Line]:
    """The words of the codes that the sheets hold."""
    for listed in LISTED_CODES:
        for code in codes()[listed]:
            yield code.sv, f"{code.value} ({listed})"
