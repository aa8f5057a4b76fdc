"""A mail server that takes what it is sent, for the tests of notices."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """The lines that the server was told, of all messages.

    Attributes:
        port: on this machine.
    """

    port: int
    lines: list[str] = field(default_factory=list)


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A server that answers any number of messages, one after the other, for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        box = Mailbox(listener.getsockname()[1])
        thread = threading.Thread(target=_answer_all, args=(listener, box.lines), daemon=True)
        thread.start()
        yield box
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def _answer_all(listener: socket.socket, received: list[str]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return  # closed
        with connection, connection.makefile("rw", encoding="utf-8", newline="\r\n") as lines:
            _answer(lines, received)


def _answer(lines: object, received: list[str]) -> None:
    def say(words: str) -> None:
        lines.write(f"{words}\n")  # type: ignore[attr-defined]
        lines.flush()  # type: ignore[attr-defined]

    say("220 redo")
    body = False
    for line in lines:  # type: ignore[attr-defined]
        received.append(line.rstrip("\r\n"))
        command = received[-1].upper()
        if body:
            body = command != "."
            if not body:
                say("250 tack")
        elif command.startswith("DATA"):
            body = True
            say("354 skriv")
        elif command.startswith("QUIT"):
            say("221 hej")
            return
        else:
            say("250 ok")
