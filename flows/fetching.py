"""``oj ingest``: documents of the register of sources come into the inbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import WrongCallError
from flows.inputs import FETCHED
from flows.state import run_lock, state_for

if TYPE_CHECKING:
    from pipeline.sources import Fetched, SourceFetcher

STATUS_WORDS = {"new": "ny", "changed": "ändrad", "unchanged": "oförändrad", "failed": "gick inte att hämta"}


def ingest_stage(
    raw: Path,
    out: Path,
    state: Path | None = None,
    sources: Path | None = None,
    *,
    fetcher: SourceFetcher | None = None,
    tell: Callable[[Fetched], None] | None = None,
) -> tuple[Fetched, ...]:
    """Fetch what is new or changed into ``raw``; gives what became of every source.

    Args:
        sources: folder of the register of sources; None is the program's own.
        fetcher: replaced by tests.

    Raises:
        WrongCallError: there is no such inbox or register. SourceRegisterError: the register is wrong.
        OutputError: the inbox or the state folder cannot be written. BusyError: a run reads the inbox now.
    """
    from pipeline.sources import SourceFetcher, Store, ingest, load_sources

    if sources is not None and not sources.is_dir():
        raise WrongCallError(f"Mappen {sources} finns inte: ange en mapp med sources.csv.")
    if raw.exists() and not raw.is_dir():
        raise WrongCallError(f"{raw} är en fil: ange den mapp som PDF-filerna ska ligga i.")
    register = load_sources(sources)
    folder = state_for(out, state)
    folder.make()
    with run_lock(folder):
        return ingest(
            register,
            raw / FETCHED,
            Store(folder.sources),
            fetcher or SourceFetcher(register.hosts),
            prefix=f"{FETCHED}/",
            tell=tell,
        )


def ingest_and_show(raw: Path, out: Path, state: Path | None, sources: Path | None) -> int:
    """Fetch and print what became of every source; gives 1 when there were sources and none could be had."""
    from flows.screens import say, show_table

    outcomes = ingest_stage(raw, out, state, sources)
    if not outcomes:
        say("Källregistret är tomt: lägg till rader i sources.csv, eller ange en egen mapp med --sources.")
        return 0
    show_table("Källor", ("Källa", "Läge", "Skäl"), table_of(outcomes))
    return 1 if all(one.status == "failed" for one in outcomes) else 0


def table_of(outcomes: Sequence[Fetched]) -> list[tuple[str, str, str]]:
    """Source, what became of it, and why, for people."""
    return [(one.source_id, STATUS_WORDS[one.status], one.reason or "") for one in outcomes]
