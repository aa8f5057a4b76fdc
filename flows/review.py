"""``oj review``: the reviewer's desk on the web."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.errors import WrongCallError

if TYPE_CHECKING:
    from flows.state import StateFolder
    from pipeline.model import Box
    from pipeline.review.people import People

HELP = (
    "Öppna granskningen i webbläsaren. På den egna datorn behövs ingen inloggning; en annan adress kräver "
    "konton (--add-account) eller en inloggning framför, se docs/review.md."
)

Out = Annotated[Path, typer.Option("--out", metavar="MAPP", help="Mappen med den publicerade datamängden.")]
Raw = Annotated[
    Path, typer.Option("--raw", metavar="MAPP", help="Mappen med PDF-filerna, för sidornas bilder.")
]
State = Annotated[
    Path | None,
    typer.Option("--state", metavar="MAPP", help="Tillståndsmappen.", show_default="<OUT>.state bredvid OUT"),
]
Host = Annotated[str, typer.Option("--host", metavar="ADRESS", help="Adressen att lyssna på.")]
Port = Annotated[int, typer.Option("--port", metavar="TAL", min=1, max=65535, help="Porten att lyssna på.")]
Account = Annotated[
    str | None,
    typer.Option(
        "--add-account",
        metavar="NAMN",
        help="Skapa ett konto eller ge det ny roll och nytt lösenord, i stället för att öppna granskningen.",
        show_default="inget",
    ),
]
Role = Annotated[
    str, typer.Option("--role", metavar="ROLL", help="Kontots roll: läsare, granskare eller förvaltare.")
]
Registers = Annotated[
    Path | None,
    typer.Option(
        "--registers",
        metavar="MAPP",
        help="Registermapp; antagna namn skrivs in i den.",
        show_default="den i granskning.toml, annars programmets egen",
    ),
]


def review(
    out: Out = Path("normalized"),
    raw: Raw = Path("raw_pdfs"),
    state: State = None,
    host: Host = "127.0.0.1",
    port: Port = 8321,
    add_account: Account = None,
    role: Role = "granskare",
    registers: Registers = None,
) -> int:
    """Serve the desk until it is stopped; gives the exit code 0.

    Raises:
        WrongCallError: another address than the machine's own without accounts, or a taken port.
        OjError: the store of decisions cannot be opened.
    """
    from flows.state import state_for
    from pipeline.review.people import People
    from pipeline.review.settings import read_settings
    from pipeline.review.store import Store

    folder = state_for(out, state)
    folder.make()
    settings = read_settings(folder.root)
    store = Store.open(settings.database)
    try:
        if add_account is not None:
            return _add_account(People(store.engine), add_account, role)
        return _serve(store, settings, folder, (out, raw, registers), (host, port))
    finally:
        store.close()


def _add_account(people: People, name: str, role: str) -> int:
    """Ask for a password (or read it from standard input) and make the account."""
    from flows.screens import say

    password = typer.prompt("Lösenord (minst 15 tecken)", hide_input=True, confirmation_prompt="Samma igen")
    person = people.add_account(name, role, password)
    say(f"Kontot {person.name} är klart, med rollen {person.role}.")
    return 0


def _serve(
    store: Any,
    settings: Any,
    state: StateFolder,
    folders: tuple[Path, Path, Path | None],
    where: tuple[str, int],
) -> int:
    """Run the server."""
    import uvicorn

    from extractors.drawing import sandboxed_picture
    from flows.screens import say
    from pipeline.review.desk import Desk
    from pipeline.review.placing import place_of
    from pipeline.review.web.app import create_app
    from pipeline.review.web.caller import Access

    (out, raw, registers), (host, port) = folders, where
    if registers is not None and not registers.is_dir():
        raise WrongCallError(f"Mappen {registers} finns inte: ange en mapp med register.")
    place = place_of(state.root, registers)
    desk = Desk(out, raw, store, sandboxed_picture, _Sentences(state), place)
    mode, hosts = access_mode(host, settings, desk.people.has_accounts())
    access = Access(mode, settings, secure=mode == "proxy")
    _check_port(host, port)
    say(f"Granskningen finns på http://{_shown(host)}:{port}/ (avsluta med Ctrl+C).")
    uvicorn.run(
        create_app(desk, access, hosts),
        host=host.strip("[]"),
        port=port,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
    return 0


def access_mode(host: str, settings: Any, accounts: bool) -> tuple[str, tuple[str, ...]]:
    """How reviewers are told on an address, and which names in the Host header are answered (all when empty).

    Raises:
        WrongCallError: the address is reached from elsewhere and there is neither account nor proxy.
    """
    from pipeline.review.settings import is_loopback

    own = ("localhost", "127.0.0.1", "[::1]", host)
    if settings.proxy_header:
        return "proxy", (*own, *settings.hosts) if settings.hosts else ()
    if is_loopback(host):
        return "open", (*own, *settings.hosts)
    if not accounts:
        raise WrongCallError(
            f"Adressen {host} nås från andra datorer, och då måste granskarna logga in: skapa konton med "
            "oj review --add-account NAMN, eller ange inloggningens rubrik i granskning.toml "
            "(se docs/review.md)."
        )
    return "accounts", settings.hosts


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _check_port(host: str, port: int) -> None:
    """Say in one sentence that the port is taken, before the server says it in many."""
    import errno
    import socket

    from flows.errors import system_reason

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), port))
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "porten används redan" if taken else system_reason(error)
        raise WrongCallError(
            f"Det går inte att lyssna på {host}, port {port} ({reason}): välj en annan med --host och --port."
        ) from error


class _Sentences:
    """The sentences of a document, from the part that the last run kept of its file."""

    def __init__(self, state: StateFolder) -> None:
        self._state = state

    def __call__(self, document: Mapping[str, Any]) -> Sequence[tuple[str, Sequence[Box]]]:
        """Sentences with their boxes; none when the part is gone or of another version."""
        from flows.state import read_ledger
        from pipeline.dataset import read_part
        from pipeline.errors import OjError

        row = read_ledger(self._state).get(str(document["file_name"]))
        if row is None or row.part is None or row.sha256 != document["file_sha256"]:
            return ()
        try:
            part = read_part(self._state.parts, row.part)
            if part is None:
                return ()
            for index, summary in enumerate(part.documents):
                if summary.record.document_id == document["document_id"]:
                    read = part.document(index, cells=False)
                    return [(sentence.text, sentence.boxes) for sentence in read.sentences]
        except (OjError, json.JSONDecodeError):
            return ()
        return ()
