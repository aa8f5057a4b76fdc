"""A publisher's site on this machine: real sockets and real TLS, under names that the tests resolve."""

import datetime as dt
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipeline.kolada.pace import Timekeeper
from pipeline.sources import FetchLimits, SourceFetcher

HOST, OTHER_HOST, STRANGER = "rapporter.example", "arkiv.example", "okand.example"
#: Addresses of the documentation block would do, but they are not public: these stand for public ones.
PUBLIC, PUBLIC_6 = "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"
PDF = b"%PDF-1.7\n" + b"x" * 3000

Answer = Callable[[BaseHTTPRequestHandler], None]


def certificate(folder: Path, *names: str) -> tuple[Path, Path]:
    """A self-signed certificate and its key for host names."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "cert.pem", folder / "key.pem"


@dataclass
class Site:
    """Answers by path; what was asked is kept."""

    cert: Path
    port: int = 0
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    def document(self, path: str, body: bytes = PDF, status: int = 200, **headers: str) -> None:
        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            if "Content_Length" not in headers:
                request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.pages[path] = answer

    def redirect(self, path: str, location: str) -> None:
        self.document(path, b"", 302, Location=location)

    def in_turn(self, path: str, *answers: tuple[int, bytes, dict[str, str]]) -> None:
        rest = list(answers)

        def answer(request: BaseHTTPRequestHandler) -> None:
            status, body, headers = rest.pop(0) if len(rest) > 1 else rest[0]
            self.document("/nu", body, status, **headers)
            self.pages["/nu"](request)

        self.pages[path] = answer


class _ToThisMachine(httpx.HTTPTransport):
    """Sends what would go to a public number to the local server; the name in the TLS handshake stays."""

    def __init__(self, site: Site) -> None:
        super().__init__(verify=ssl.create_default_context(cafile=str(site.cert)))
        self._site = site

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._site.numbers.append(request.url.host)
        request.url = request.url.copy_with(host="127.0.0.1", port=self._site.port)
        return super().handle_request(request)


class Waits:
    """A clock that only sleeping moves; what was slept is kept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def keeper(self) -> Timekeeper:
        return Timekeeper(clock=lambda: sum(self.slept), sleep=self.slept.append)


def fetcher_of(
    site: Site,
    *,
    names: dict[str, list[str]] | None = None,
    limits: FetchLimits | None = None,
    waits: Waits | None = None,
) -> SourceFetcher:
    """A fetcher that finds the site under its names."""
    known = {HOST: [PUBLIC], OTHER_HOST: [PUBLIC], STRANGER: [PUBLIC]} | (names or {})

    def resolve(host: str) -> list[str]:
        if host not in known:
            raise OSError("no such host")
        return known[host]

    return SourceFetcher(
        frozenset({HOST, OTHER_HOST}),
        limits or FetchLimits(),
        resolve=resolve,
        transport=lambda: _ToThisMachine(site),
        time_=(waits or Waits()).keeper(),
    )


def serve(folder: Path, *names: str) -> tuple[Site, ThreadingHTTPServer]:
    """Start the site in a thread; the caller shuts the server down."""
    cert, key = certificate(folder, *(names or (HOST, OTHER_HOST)))
    site = Site(cert)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = site.pages.get(self.path)
            if page is None:
                self.send_error(404)
            else:
                page(self)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return site, server
