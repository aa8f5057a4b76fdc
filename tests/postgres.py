"""A PostgreSQL server of its own for a test, from Debian's package."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def program(name: str) -> str:
    """A program of the server's, which Debian keeps off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name) or name


@contextmanager
def postgres_server() -> Iterator[int]:
    """A running server that trusts its user ``oj``; gives its port on this machine."""
    with (
        tempfile.TemporaryDirectory(prefix="oj-pg-") as place,
        socket.create_server(("127.0.0.1", 0)) as free,
    ):
        port = free.getsockname()[1]
        free.close()
        folder = Path(place)
        as_user: list[str] = []
        if os.geteuid() == 0:  # the server refuses to run as root
            as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            shutil.chown(folder, "postgres")
        init = [program("initdb"), "-D", str(folder / "data"), "-U", "oj", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*as_user, *init], check=True, capture_output=True)
        control = [*as_user, program("pg_ctl"), "-D", str(folder / "data")]
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        )
        start = [*control, "-w", "-o", options, "-l", str(folder / "log"), "start"]
        subprocess.run(start, check=True, capture_output=True)
        try:
            yield port
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)


def asked(port: int, query: str, database: str = "postgres") -> str:
    """What psql answers, without headings."""
    call = [program("psql"), "-h", "127.0.0.1", "-p", str(port), "-U", "oj", "-At", "-c", query, database]
    return subprocess.run(call, check=True, capture_output=True, text=True).stdout.strip()
