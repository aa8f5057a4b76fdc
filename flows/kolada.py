"""``oj kolada``: where a published PDF and Kolada differ. It and ``oj ingest`` alone use the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.errors import WrongCallError, system_reason

if TYPE_CHECKING:
    from pipeline.kolada import Choice, Comparison, Progress, Result
    from pipeline.reference import Registers

HELP = (
    "Jämför datamängden med Kolada: hämtar de nyckeltal som registret anger och visar var en PDF och Kolada "
    "skiljer sig. Behöver nätet. Ett värde söks under mätperiodens år om en sådan är tryckt, annars under "
    "upplagans år; registeruppgifter, bakgrundsmått och kostnader under året före. Utprovat mot en egen "
    "testserver, ännu inte mot Kolada självt."
)
OUTCOME_WORDS = {
    "equal": "lika",
    "differs": "olika",
    "not_in_kolada": "saknas i Kolada",
    "undecidable": "går inte att avgöra",
}
#: How many differences the terminal shows; --csv gives them all.
SHOWN = 40


Out = Annotated[Path, typer.Option("--out", metavar="MAPP", help="Mappen med den publicerade datamängden.")]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        "--base-url", metavar="ADRESS", help="Adressen till API:et.", show_default="Koladas öppna API v3"
    ),
]
Year = Annotated[
    list[int] | None,
    typer.Option(
        "--year",
        metavar="ÅR",
        min=1990,
        max=2100,
        help="Bara den upplagan; får anges flera gånger.",
        show_default="alla",
    ),
]
Kommun = Annotated[
    str | None,
    typer.Option("--kommun", metavar="NAMN", help="Bara den kommunen (namn eller kod).", show_default="alla"),
]
Csv = Annotated[
    Path | None,
    typer.Option("--csv", metavar="FIL", help="Skriv alla jämförelser i en fil.", show_default="ingen"),
]
RegisterFolder = Annotated[
    Path | None,
    typer.Option("--registers", metavar="MAPP", help="Registermapp.", show_default="programmets egen"),
]


def kolada(
    out: Out = Path("normalized"),
    base_url: BaseUrl = None,
    year: Year = None,
    kommun: Kommun = None,
    csv: Csv = None,
    registers: RegisterFolder = None,
) -> int:
    """Compare the dataset with Kolada and show the differences; gives the exit code 0.

    Raises:
        WrongCallError: an address, a kommun, a folder or a file that is none.
        OjError: nothing could be compared (no dataset, no KPI, no network, another answer than expected).
    """
    from flows.listing import open_dataset
    from pipeline.kolada import PUBLIC_API, KoladaAddressError, KoladaClient, compare_with_kolada
    from pipeline.reference import load_registers

    if registers is not None and not registers.is_dir():
        raise WrongCallError(f"Mappen {registers} finns inte: ange en mapp med register.")
    _check_file(csv)
    known = load_registers(registers)
    choice = _choice(year, kommun, known)
    dataset = open_dataset(out)
    try:
        client = KoladaClient(PUBLIC_API if base_url is None else base_url)
    except KoladaAddressError as error:
        raise WrongCallError(error.message) from error
    with client, _telling() as tell:
        result = compare_with_kolada(dataset, known, client, choice, tell=tell)
    _show(result, csv)
    return 0


def _choice(years: list[int] | None, kommun: str | None, registers: Registers) -> Choice:
    """The editions and the unit that were asked for. Raises WrongCallError when the unit is none."""
    from pipeline.errors import AmbiguousError
    from pipeline.kolada import Choice

    if kommun is None:
        return Choice(frozenset(years or ()))
    unit_id, near = kommun, ""
    if kommun not in registers.units:
        try:
            match = registers.units.find(kommun)
        except AmbiguousError as error:
            raise WrongCallError(error.message) from error
        unit_id = match.unit_id or ""
        near = f" Liknande: {', '.join(match.near)}." if match.near else ""
    if unit_id not in registers.units or registers.units.get(unit_id).kind == "stadsdel":
        raise WrongCallError(f"”{kommun}” är ingen kommun, inget län och inte Riket.{near}")
    return Choice(frozenset(years or ()), unit_id)


def _check_file(path: Path | None) -> None:
    """Complain of a file that cannot be written before anything is fetched."""
    if path is None:
        return
    folder = path.absolute().parent
    try:
        if path.is_dir():
            raise WrongCallError(f"{path} är en mapp: ange en fil med --csv.")
        if not folder.is_dir():
            raise WrongCallError(f"Mappen {folder} finns inte: ange en annan fil med --csv.")
    except OSError as error:
        raise WrongCallError(
            f"Filen {path} går inte att skriva ({system_reason(error)}): ange en annan med --csv."
        ) from error


@contextmanager
def _telling() -> Iterator[Progress]:
    """A line on the error stream that tells how far the fetching has come."""
    from rich.console import Console

    from flows.screens import number

    with Console(stderr=True).status("Hämtar från Kolada") as status:

        def tell(done: int, of_all: int, figures: int) -> None:
            status.update(f"Hämtar från Kolada: fråga {done + 1} av {of_all}, {number(figures)} värden")

        yield tell


def _show(result: Result, csv: Path | None) -> None:
    """Print what differs, how the comparison went, and write the file.

    Raises:
        OutputError: the file cannot be written. NothingToCompareError: no value could be compared.
    """
    from flows.screens import counted, number, say, show_table
    from pipeline.kolada import NothingToCompareError

    differing = [one for one in result.comparisons if one.outcome == "differs"]
    if differing:
        headings = ("Dokument", "Tabell", "Enhet", "Indikator", "År i Kolada", "PDF:en", "Kolada", "Skillnad")
        show_table("Olika i PDF:en och i Kolada", headings, map(_line, differing[:SHOWN]))
        if len(differing) > SHOWN:
            say(f"… och {number(len(differing) - SHOWN)} till: --csv FIL ger alla.")
    counts = result.counts
    say(
        f"Sökta i Kolada: {number(len(result.comparisons))}. Utfall: {counted(counts, OUTCOME_WORDS)}. "
        f"{number(result.n_kpis)} nyckeltal, {number(result.n_figures)} hämtade värden. Källa: Kolada."
    )
    _say_why(result)
    if csv is not None:
        _write(result, csv)
        say(f"Alla jämförelser: {csv}")
    if not counts["equal"] + counts["differs"]:
        raise NothingToCompareError(
            "Inget av värdena kunde jämföras: skälen står ovan. Stämmer inte åren, ändra i periods.csv."
        )


def _line(comparison: Comparison) -> tuple[str, ...]:
    from pipeline.kolada import difference_text, kolada_text, printed_text

    printed = comparison.printed
    return (
        f"{printed.file_name}, s. {printed.page}",
        printed.table_label or "–",
        printed.unit_label,
        printed.indicator_label,
        str(printed.period),
        printed_text(comparison),
        kolada_text(comparison),
        difference_text(comparison),
    )


def _say_why(result: Result) -> None:
    """Say what could not be compared and why, and which years seem to be the wrong ones."""
    from collections import Counter

    from flows.screens import number, say
    from pipeline.kolada import LEFT_OUT, REASONS

    why = Counter(one.reason for one in result.comparisons if one.reason is not None)
    for code, words in REASONS.items():
        if why[code]:
            say(f"Inte jämförda: {number(why[code])} – {words}.")
    for code, words in LEFT_OUT.items():
        if code in result.left_out:
            say(f"Inte sökta: {number(result.left_out[code])} – {words}.")
    if result.untitled:
        say(
            f"Titlar saknas för {number(result.untitled)} nyckeltal: om nej är 0 eller 2 lästes ur värdena i "
            "stället."
        )
    for hint in result.hints:
        say(
            f"Fel år? {hint.indicator_id}, upplagan {hint.edition}: {hint.equal} av {hint.of} tal stämmer "
            f"med Koladas {hint.better} i stället för {hint.year}. Rad till periods.csv: {hint.row}"
        )


def _write(result: Result, path: Path) -> None:
    from pipeline.dataset import atomic_write
    from pipeline.errors import OutputError
    from pipeline.kolada import comparison_csv

    try:
        atomic_write(path, comparison_csv(result.comparisons))
    except OutputError as error:
        cause = error.__cause__
        reason = system_reason(cause) if isinstance(cause, OSError) else "okänt skäl"
        raise OutputError(
            f"Filen {path} går inte att skriva ({reason}): ange en annan med --csv.", code=error.code
        ) from error
