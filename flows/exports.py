"""Commands over the published dataset: a question in SQL, one kommun, the difference between two datasets."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

QUERY_HELP = (
    "Ställ en fråga i SQL till datamängden. Tabellerna heter som Parquet-filerna; vyerna heter long, "
    "resolved, series, compared, stated, quality och wide_<område>_<år>."
)
DIFF_HELP = "Visa vad som är nytt, borta och ändrat mellan två datamängder, och varför."
KOMMUN_HELP = "Visa alla svar för en kommun över åren, bredvid länet och riket."
#: Rows that the terminal shows unless told otherwise.
ROWS = 50
#: Changes that the terminal lists; the page and the table hold them all.
SHOWN_CHANGES = 12
Out = Annotated[Path, typer.Option("--out", metavar="MAPP", help="Mappen med den publicerade datamängden.")]


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="Frågan, inom citattecken.")],
    out: Out = Path("normalized"),
    rows: Annotated[int, typer.Option("--rows", metavar="ANTAL", min=1, help="Rader att visa.")] = ROWS,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Skriv alla rader som CSV i stället för en tabell.")
    ] = False,
) -> int:
    """Ask in SQL; gives the exit code 0. In CSV, text that a spreadsheet would compute gets an apostrophe."""
    from flows.listing import open_dataset
    from flows.screens import say, show_table
    from pipeline.exports import ask
    from pipeline.exports.harmless import harmless

    answer = ask(open_dataset(out).out, sql, None if as_csv else rows)
    if as_csv:
        write = csv.writer(sys.stdout)
        write.writerow(answer.columns)
        write.writerows(
            [harmless(one) if isinstance(one, str) else one for one in row] for row in answer.rows
        )
        return 0
    show_table("", answer.columns, [[shown(value) for value in row] for row in answer.rows])
    if answer.more:
        say(f"De första {rows} raderna. Visa fler med --rows, eller alla med --csv.")
    return 0


def kommun(
    unit: Annotated[str, typer.Argument(metavar="KOD", help="Kommunens kod (0483) eller namn.")],
    out: Out = Path("normalized"),
) -> int:
    """Print the values of one kommun, one that several documents print once; gives the exit code 0.

    Raises:
        WrongCallError: the register has no such unit.
    """
    from flows.errors import WrongCallError
    from flows.listing import open_dataset
    from flows.screens import say, show_table
    from pipeline.exports import find_kommun, kommun_rows
    from pipeline.exports.headings import area_word

    dataset = open_dataset(out)
    found = find_kommun(dataset.out, unit)
    if found is None:
        raise WrongCallError(
            f"Registret har ingen enhet med koden eller namnet {unit}: ange till exempel 0483."
        )
    values = kommun_rows(dataset.out, found[0])
    say(f"{found[1]} ({found[0]})")
    if not values:
        say("Datamängden har inga värden för enheten.")
    for area in dict.fromkeys(row["area"] for row in values):
        lines = _lines([row for row in values if row["area"] == area])
        show_table(area_word(area), ("Indikator", "År", "Värde", "Länet", "Riket", "Källa"), lines)
    return 0


def _lines(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """A line per value: what, when (with the period measured, where printed), the values, and the source.

    A value that several documents print is one line, with how many more there are.
    """
    from pipeline.exports.showing import alike, around, line_of, shown_value

    return [
        (
            row["indicator_name"] + (f" ({row['subgroup']})" if row["subgroup"] else ""),
            str(row["year"] or "–") + (f" ({row['period']})" if row["period"] else ""),
            shown_value(row),
            around(row, "lan"),
            around(row, "riket"),
            f"{row['file_name']}, s. {row['page']}" + (f" (+{len(rest)})" if rest else ""),
        )
        for row, *rest in alike(rows, line_of)
    ]


def shown(value: Any) -> str:
    """A value of a query as text; null as an empty cell."""
    return "" if value is None else str(value)


def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="Mapp med en datamängd, eller en ögonblicksbilds namn.")
    ],
    after: Annotated[str, typer.Argument(metavar="B", help="Det som A jämförs med.")],
    out: Out = Path("normalized"),
    to: Annotated[
        Path, typer.Option("--to", metavar="MAPP", help="Mapp för skillnad.html och skillnad.csv.")
    ] = Path("skillnad"),
) -> int:
    """Compare two datasets; gives the exit code 0."""
    from flows.screens import number, say, show_table
    from pipeline.exports import find_dataset, write_difference
    from pipeline.exports.diff import KINDS, WHATS

    made = write_difference(find_dataset(before, out), find_dataset(after, out), to)
    lines = [[what, *(number(made.counts.get((what, kind), 0)) for kind in KINDS)] for what in WHATS]
    show_table("Skillnad", ("", *KINDS), lines)
    for change in made.first[:SHOWN_CHANGES]:
        say(f"{change.what} {change.kind}: {change.subject} ({change.file_name}): {change.why}")
    if made.total > SHOWN_CHANGES:
        say(f"… och {number(made.total - SHOWN_CHANGES)} till i {to / 'skillnad.csv'}.")
    say(f"Sida: {to / 'skillnad.html'}")
    return 0
