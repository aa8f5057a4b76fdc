"""``oj``: the command line. Thin: every command reads its call, lets the rooms work, and shows the result."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.exports import DIFF_HELP, KOMMUN_HELP, QUERY_HELP, diff, kommun, query
from flows.kolada import HELP as KOLADA_HELP
from flows.kolada import kolada
from flows.review import HELP as REVIEW_HELP
from flows.review import Registers, review
from flows.swedish import SwedishCommand, SwedishGroup

EXIT_DONE, EXIT_NOTHING, EXIT_WRONG_CALL, EXIT_INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    cls=SwedishGroup,
    help="Öppna jämförelser: publicerade PDF-filer in, en pålitlig datamängd och lista över avvikelser ut.",
    epilog="Slutkod: 0 klart, 1 inget kunde göras, 2 fel anrop.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
vocabulary = typer.Typer(
    cls=SwedishGroup, help="Registren över indikatorer, enheter och svar.", no_args_is_help=True
)
app.add_typer(vocabulary, name="vocabulary")

Raw = Annotated[Path, typer.Argument(metavar="RAW", help="Mappen med PDF-filer.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="ANTAL", min=1, help="Processer.", show_default="en per kärna"),
]
Out = Annotated[Path, typer.Option("--out", metavar="MAPP", help="Mappen med den publicerade datamängden.")]
State = Annotated[
    Path | None,
    typer.Option("--state", metavar="MAPP", help="Tillståndsmappen.", show_default="<OUT>.state bredvid OUT"),
]
Sources = Annotated[
    Path | None,
    typer.Option("--sources", metavar="MAPP", help="Mapp med sources.csv.", show_default="programmets egen"),
]


class Severity(StrEnum):
    """How serious a flag is."""

    error = "error"
    warning = "warning"
    info = "info"


@app.command(
    cls=SwedishCommand,
    help="Läs alla dokument i RAW och publicera datamängden i OUT. Det som är läst förut och oförändrat "
    "läses inte om. Filer som inte kan läsas sätts i karantän med sitt skäl; de andra går vidare.",
)
def run(
    raw: Raw = Path("raw_pdfs"),
    out: Out = Path("normalized"),
    state: State = None,
    direct: Annotated[
        bool, typer.Option("--direct", help="Kör stegen direkt, utan Prefect. Samma resultat.")
    ] = False,
    workers: Workers = None,
    force: Annotated[bool, typer.Option("--force", help="Läs om allt, också det oförändrade.")] = False,
    no_exports: Annotated[
        bool, typer.Option("--no-exports", help="Skriv inte databas, CSV, Excel, katalog och webbplats.")
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADRESS", help="Dask-schemaläggare vars processer läser filerna."
        ),
    ] = None,
    batch_size: Annotated[
        int, typer.Option("--batch-size", metavar="ANTAL", min=1, help="Filer i varje omgång genom Prefect.")
    ] = 100,
    memory: Annotated[
        int, typer.Option("--memory", metavar="MIB", min=256, help="Minne som läsningen av en fil får ta.")
    ] = 1024,
    registers: Registers = None,
) -> int:
    """Run all stages, as a Prefect flow or directly."""
    from flows.plan import RunOptions
    from flows.running import run_with_progress

    many, exports = workers or os.cpu_count() or 1, not no_exports
    options = RunOptions(
        raw, out, state, many, force, registers, batch_size=batch_size, exports=exports, memory=memory
    )
    return run_with_progress(options, direct=direct, scheduler=scheduler)


@app.command(
    cls=SwedishCommand,
    help="Hämta nya och ändrade dokument ur källregistret till RAW/hamtat: bara https, bara tillåtna värdar.",
)
def ingest(
    raw: Raw = Path("raw_pdfs"),
    out: Out = Path("normalized"),
    state: State = None,
    sources: Sources = None,
) -> int:
    """Fetch documents into the inbox."""
    from flows.fetching import ingest_and_show

    return ingest_and_show(raw, out, state, sources)


@app.command(
    cls=SwedishCommand,
    help="Kör varje natt: hämta, läs, pröva och publicera enligt tidtabell, tills kommandot avbryts.",
)
def serve(
    raw: Raw = Path("raw_pdfs"),
    out: Out = Path("normalized"),
    state: State = None,
    sources: Sources = None,
    cron: Annotated[
        str, typer.Option("--cron", metavar="TIDTABELL", help="Fem fält som i crontab, svensk tid.")
    ] = "30 2 * * *",
    workers: Workers = None,
    port: Annotated[
        int, typer.Option("--port", metavar="TAL", min=1, max=65535, help="Prefect-serverns port.")
    ] = 4200,
    notify: Annotated[
        list[str] | None,
        typer.Option(
            "--notify", metavar="BLOCK", help="Prefect-block som får besked; kan anges flera gånger."
        ),
    ] = None,
) -> int:
    """Serve the flows on one machine."""
    from flows.serving import ServeOptions, serve_flows

    many = workers or os.cpu_count() or 1
    return serve_flows(
        ServeOptions(raw, out, state, sources, cron, "Europe/Stockholm", many, port, tuple(notify or ()))
    )


@app.command(
    cls=SwedishCommand,
    help="Kopiera granskarnas beslut, antagna rader, inställningar och liggaren till en ny mapp.",
)
def backup(
    target: Annotated[Path, typer.Argument(metavar="MAPP", help="En mapp som inte finns ännu.")],
    out: Out = Path("normalized"),
    state: State = None,
) -> int:
    """Copy what cannot be made again."""
    from flows.backup import backup as make_backup

    return make_backup(out, state, target)


@app.command(
    cls=SwedishCommand,
    help="Lägg tillbaka en kopia som oj backup har gjort; det som fanns får .före efter namnet.",
)
def restore(
    source: Annotated[Path, typer.Argument(metavar="MAPP", help="Kopians mapp.")],
    out: Out = Path("normalized"),
    state: State = None,
) -> int:
    """Put a copy back."""
    from flows.backup import restore as put_back

    return put_back(out, state, source)


@app.command(
    cls=SwedishCommand,
    help="Rita en sida med de tabeller, celler och roller som hittades, som en PNG-bild.",
)
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="PDF-filen.")],
    page: Annotated[int, typer.Option("--page", metavar="N", min=1, help="Sidans nummer, från 1.")],
    png: Annotated[
        Path | None,
        typer.Option("--png", metavar="BILD", help="Bildens fil.", show_default="FIL-sidN.png i denna mapp"),
    ] = None,
    dpi: Annotated[int, typer.Option("--dpi", metavar="TAL", min=36, max=600, help="Upplösning.")] = 144,
) -> int:
    """Write an annotated picture of a page."""
    from flows.inspecting import inspect_page

    return inspect_page(file, page, png or Path(f"{file.stem}-sid{page}.png"), dpi)


@app.command(cls=SwedishCommand, help="Lista öppna avvikelser, de allvarligaste först.")
def flags(
    out: Out = Path("normalized"),
    severity: Annotated[
        Severity | None,
        typer.Option(
            "--severity",
            metavar="GRAD",
            help="Bara en grad: error (fel), warning (varning) eller info (upplysning).",
        ),
    ] = None,
) -> int:
    """List open flags in the terminal."""
    from flows.listing import list_flags

    return list_flags(out, None if severity is None else severity.value)


@app.command(cls=SwedishCommand, help="Visa vad som är nytt, ändrat, klart, i karantän och borttaget i RAW.")
def status(
    raw: Raw = Path("raw_pdfs"),
    out: Out = Path("normalized"),
    state: State = None,
) -> int:
    """Compare the inbox with what the last run knew."""
    from flows.listing import list_status

    return list_status(raw, out, state)


@app.command(cls=SwedishCommand, help="Visa en indikator: vad registret säger och dess värden över åren.")
def indicator(
    indicator_id: Annotated[str, typer.Argument(metavar="ID", help="Indikatorns id i registret.")],
    out: Out = Path("normalized"),
) -> int:
    """Print one indicator's series."""
    from flows.listing import show_indicator

    return show_indicator(indicator_id, out)


@vocabulary.command(
    "check",
    cls=SwedishCommand,
    help="Pröva att registren är felfria: inga dubbla koder, tvetydiga namn eller id som inte finns.",
)
def vocabulary_check(
    registers: Annotated[
        Path | None,
        typer.Option("--registers", metavar="MAPP", help="Registermapp.", show_default="programmets egen"),
    ] = None,
) -> int:
    """Prove the registers consistent."""
    from flows.listing import check_vocabulary

    return check_vocabulary(registers)


app.command(cls=SwedishCommand, help=KOLADA_HELP)(kolada)
app.command(cls=SwedishCommand, help=QUERY_HELP)(query)
app.command(cls=SwedishCommand, help=KOMMUN_HELP)(kommun)
app.command(cls=SwedishCommand, help=DIFF_HELP)(diff)
app.command(cls=SwedishCommand, help=REVIEW_HELP)(review)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code (0 done, 1 nothing could be done, 2 wrong call).

    Args:
        arguments: without the program's name; None for those of the process.
    """
    from typer.exceptions import TyperException

    from flows.errors import WrongCallError
    from flows.swedish import speak_swedish, translate
    from pipeline.errors import OjError

    speak_swedish()
    try:
        code = app(None if arguments is None else list(arguments), prog_name="oj", standalone_mode=False)
    except WrongCallError as error:
        return _complain(error.message, EXIT_WRONG_CALL)
    except OjError as error:
        return _complain(error.message, EXIT_NOTHING)
    except TyperException as error:
        return _complain(translate(error.format_message()), error.exit_code)
    if code == EXIT_INTERRUPTED:
        return _complain("Avbrutet. Det som redan är läst finns kvar; kör igen för att fortsätta.", code)
    return int(code or EXIT_DONE)


def _complain(sentence: str, code: int) -> int:
    """Say what is wrong on the error stream; gives the exit code."""
    if not sentence:  # a group without a command has shown its help page
        return code
    from rich.console import Console
    from rich.text import Text

    Console(stderr=True, soft_wrap=True).print(Text.assemble(("Fel: ", "bold red"), sentence))
    return code


if __name__ == "__main__":
    sys.exit(main())
