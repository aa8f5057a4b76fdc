"""What the terminal shows, in Swedish: progress of a run, what came out of it, lists of flags and files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from pipeline.dataset import PublishSummary

STATUS_WORDS = {
    "ok": "lästa helt",
    "partial": "lästa delvis",
    "quarantined": "i karantän",
    "withdrawn": "tillbakadragna",
}
STATUS_WORD = {
    "ok": "läst helt",
    "partial": "läst delvis",
    "quarantined": "i karantän",
    "withdrawn": "tillbakadragen",
}
SEVERITY_WORDS = {"error": "fel", "warning": "varningar", "info": "upplysningar"}
SEVERITY_WORD = {"error": "fel", "warning": "varning", "info": "upplysning"}
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
REGISTER_WORDS = {
    "indicators": "indikator",
    "units": "enhet",
    "answers": "svar",
    "layouts": "tabellform",
}
#: How many lines of a list the terminal shows; the files hold them all.
SHOWN = 12


@contextmanager
def progress_bar(*, starting_server: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on the terminal; gives the function to tell of each file that is done."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Startar Prefect" if starting_server else "Går igenom mappen", total=None)

        def tell(done: int, of_all: int, name: str) -> None:
            words = "Publicerar" if done >= of_all else f"Läser … {name[-40:]}"
            bar.update(task, completed=done, total=of_all, description=words)

        yield tell


def show_summary(summary: PublishSummary, notice: str | None = None) -> None:
    """Print what a run gave: documents, tables, observations, claims, flags, unknown labels, the report.

    Args:
        notice: a sentence on the exports that the reader must see.
    """
    console = Console()
    rows = summary.rows
    for sentence in summary.repaired:
        console.print(Text(f"Lagat: {sentence}", style="yellow"))
    table = Table(title="Det här kom ut", title_justify="left", show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column()
    table.add_row(
        "Dokument", number(sum(summary.documents.values())), counted(summary.documents, STATUS_WORDS)
    )
    table.add_row("Tabeller", number(rows.get("tables", 0)), f"{number(rows.get('cells', 0))} celler")
    table.add_row("Observationer", number(rows.get("observations", 0)), "")
    table.add_row("Påståenden", number(rows.get("claims", 0)), _coverage(summary.run.get("coverage", {})))
    table.add_row("Avvikelser", number(sum(summary.flags.values())), counted(summary.flags, SEVERITY_WORDS))
    table.add_row("Okända namn", number(summary.unmatched), "i unmatched.csv" if summary.unmatched else "")
    console.print(table)
    _show_not_ok(console, summary.not_ok)
    _show_unmatched(console, summary)
    console.print(f"Rapport: {summary.out / 'report.html'}", highlight=False, soft_wrap=True)
    site = summary.out / "site" / "index.html"
    if site.is_file():
        console.print(f"Webbplats: {site}", highlight=False, soft_wrap=True)
    if notice:
        console.print(Text(notice, style="yellow"), soft_wrap=True)


def _coverage(coverage: Mapping[str, int]) -> str:
    if "sentences" not in coverage:
        return ""
    return f"{number(coverage.get('decided', 0))} avgjorda, ur {number(coverage['sentences'])} meningar"


def _show_not_ok(console: Console, not_ok: Sequence[tuple[str, str, str]]) -> None:
    for name, status, reason in sorted(not_ok)[:SHOWN]:
        words = STATUS_WORD.get(status, status).capitalize()
        console.print(Text.assemble((f"{words}: ", "yellow"), f"{name} – {reason}"), soft_wrap=True)
    _say_more(console, len(not_ok), "i dokumentlistan i rapporten")


def _show_unmatched(console: Console, summary: PublishSummary) -> None:
    """The unknown labels, most frequent first, each with its row ready to paste into the registers."""
    if not summary.unmatched:
        return
    with (summary.out / "unmatched.csv").open(encoding="utf-8", newline="") as file:
        found = sorted(
            csv.DictReader(file), key=lambda row: (-int(row["count"]), row["register"], row["label"])
        )
    say(Text("Namn som inget register känner, med rader färdiga att klistra in:", style="bold"))
    for row in found[:SHOWN]:
        register = REGISTER_WORDS.get(row["register"], row["register"])
        nearest = row["candidates"].partition(" | ")[0]
        times = "" if row["count"] == "1" else f", {row['count']} gånger"
        near = f" (närmast {nearest})" if nearest else ""
        say(Text.assemble((f"{register}{times}: ", "cyan"), row["label"], (near, "dim")))
        say("\n".join(f"    {line}" for line in row["row"].splitlines()))
    _say_more(console, len(found), f"i {summary.out / 'unmatched.csv'}")


def _say_more(console: Console, length: int, where: str) -> None:
    if length > SHOWN:
        console.print(f"… och {number(length - SHOWN)} till {where}.", highlight=False, soft_wrap=True)


def counted(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    """``3 fel, 1 varningar`` in the order of ``words``; kinds that do not occur are left out."""
    return ", ".join(f"{number(counts[kind])} {word}" for kind, word in words.items() if counts.get(kind))


def number(value: int) -> str:
    """A whole number with thin groups of thousands, as Swedish prints it."""
    return f"{value:,}".replace(",", "\u00a0")


def show_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> None:
    """Print rows under headings; text is never taken for markup."""
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
    Console().print(table)


def say(sentence: str | Text) -> None:
    """Print one sentence as it is: never as markup, and broken into lines by the terminal only."""
    Console(soft_wrap=True).print(Text(sentence) if isinstance(sentence, str) else sentence)
