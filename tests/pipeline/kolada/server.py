"""A local server that speaks the shapes of Kolada's API version 3, with faults on order."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Fault:
    """What one call gets instead of its answer; ``hang_up`` closes the connection without one."""

    status: int = 500
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    hang_up: bool = False


@dataclass
class FakeKolada:
    """Figures and titles to serve, faults for the next calls, and the paths that were asked.

    Attributes:
        figures: (kpi, municipality, period) → the inner values as the API writes them.
        titles: by KPI; None when the host has no such question (404).
        page_size: entries on one page. next_url: replaces the address of the next page when set.
    """

    figures: dict[tuple[str, str, int], list[dict[str, Any]]] = field(default_factory=dict)
    titles: dict[str, str] | None = field(default_factory=dict)
    page_size: int = 5000
    faults: deque[Fault] = field(default_factory=deque)
    next_url: str | None = None
    asked: list[str] = field(default_factory=list)
    base: str = ""

    def put(self, kpi: str, period: int, **by_unit: float | None) -> None:
        """Totals for units, named ``k0180`` for the id 0180."""
        for unit, value in by_unit.items():
            self.figures[kpi, unit[1:], period] = [inner(value)]

    def data(self, kpis: set[str], years: set[int], page: int, path: str) -> dict[str, Any]:
        chosen = [key for key in sorted(self.figures) if key[0] in kpis and key[2] in years]
        start = (page - 1) * self.page_size
        some = chosen[start : start + self.page_size]
        more = start + self.page_size < len(chosen)
        return {
            "values": [
                {
                    "kpi": kpi,
                    "municipality": unit,
                    "period": period,
                    "values": self.figures[kpi, unit, period],
                }
                for kpi, unit, period in some
            ],
            "count": len(some),
            "next_url": (self.next_url or f"{self.base}{path}?page={page + 1}") if more else None,
        }

    def answer(self, target: str) -> dict[str, Any] | None:
        parts = urlsplit(target)
        match parts.path.strip("/").split("/"):
            case ["v3", "data", "kpi", kpis, "year", years]:
                page = int(parse_qs(parts.query).get("page", ["1"])[0])
                return self.data(set(kpis.split(",")), set(map(int, years.split(","))), page, parts.path)
            case ["v3", "kpi", kpis] if self.titles is not None:
                known = [one for one in kpis.split(",") if one in self.titles]
                values = [{"id": one, "title": self.titles[one], "auspice": "X"} for one in known]
                return {"values": values, "count": len(values), "next_url": None}
        return None


def inner(
    value: float | None, gender: str = "T", *, status: str = "", deleted: bool = False
) -> dict[str, Any]:
    return {"gender": gender, "count": 1, "status": status, "value": value, "isdeleted": deleted}


@contextmanager
def serving(kolada: FakeKolada) -> Iterator[FakeKolada]:
    """Serve on a free port of this machine; ``kolada.base`` is the address of the host."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kolada.asked.append(self.path)
            fault = kolada.faults.popleft() if kolada.faults else None
            if fault is not None and fault.hang_up:
                self.close_connection = True
                return
            if fault is not None:
                self.reply(fault.status, fault.body, fault.headers)
                return
            answer = kolada.answer(self.path)
            body = json.dumps(answer if answer is not None else {"detail": "Not Found"}).encode()
            self.reply(404 if answer is None else 200, body)

        def reply(self, status: int, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> None:
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kolada.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield kolada
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
