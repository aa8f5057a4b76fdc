"""Fetching from a real local TLS server: what is taken, what is refused, and what is tried again."""

import gzip
import hashlib
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.sources import (
    FetchLimits,
    ForbiddenAddressError,
    Memory,
    Source,
    SourceAnswerError,
    SourceUnreachableError,
    Store,
)
from tests.pipeline.sources.server import (
    HOST,
    OTHER_HOST,
    PDF,
    PUBLIC,
    PUBLIC_6,
    STRANGER,
    Site,
    Waits,
    fetcher_of,
    serve,
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made, server = serve(tmp_path / "tls")
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def source(path: str = "/a.pdf", host: str = HOST) -> Source:
    return Source("en-rapport", f"https://{host}{path}")


def left_in(store_folder: Path) -> list[str]:
    return sorted(path.name for path in store_folder.rglob("*") if path.is_file())


def test_a_document_is_stored_under_its_sha256_and_asked_for_by_name_over_the_checked_number(
    site: Site, store: Store
) -> None:
    site.document("/a.pdf", ETag='"v1"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")
    memory = fetcher_of(site).fetch(source(), None, store)
    assert memory.sha256 == hashlib.sha256(PDF).hexdigest()
    assert store.path_of(memory.sha256).read_bytes() == PDF
    assert (memory.etag, memory.last_modified) == ('"v1"', "Mon, 01 Jan 2024 00:00:00 GMT")
    ((_, headers),) = site.asked
    assert headers["host"] == HOST
    assert headers["accept-encoding"] == "identity"
    assert site.numbers == [PUBLIC]


def test_an_unchanged_document_is_not_fetched_again(site: Site, store: Store) -> None:
    site.document("/a.pdf", ETag='"v1"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")
    fetcher = fetcher_of(site)
    first = fetcher.fetch(source(), None, store)
    site.document("/a.pdf", b"", 304)
    assert fetcher.fetch(source(), first, store) == first
    headers = site.asked[-1][1]
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"


@pytest.mark.parametrize("lost", ["file", "address"])
def test_what_the_store_lost_or_has_from_another_address_is_fetched_whole(
    lost: str, site: Site, store: Store
) -> None:
    site.document("/a.pdf", ETag='"v1"')
    fetcher = fetcher_of(site)
    first = fetcher.fetch(source(), None, store)
    if lost == "file":
        path = store.path_of(first.sha256)
        path.chmod(0o644)
        path.write_bytes(b"changed")
    else:
        first = Memory(f"https://{HOST}/old.pdf", first.sha256, '"v1"', None, first.fetched)
    again = fetcher.fetch(source(), first, store)
    assert "if-none-match" not in site.asked[-1][1]
    assert store.path_of(again.sha256).read_bytes() == PDF


@pytest.mark.parametrize(
    "address",
    [
        f"http://{HOST}/a.pdf",
        f"https://{STRANGER}/a.pdf",
        f"https://{HOST}:8443/a.pdf",
        f"https://user:word@{HOST}/a.pdf",
        "https://127.0.0.1/a.pdf",
        f"https://{HOST}.{STRANGER}/a.pdf",
        f"https://{HOST}./a.pdf",
        "https://[::1]/a.pdf",
        "file:///etc/passwd",
        f"ftp://{HOST}/a.pdf",
    ],
)
@pytest.mark.parametrize("by_redirect", [False, True])
def test_what_may_not_be_called_is_not_called(
    address: str, by_redirect: bool, site: Site, store: Store, tmp_path: Path
) -> None:
    site.document("/a.pdf")
    site.redirect("/hit.pdf", address)
    asked = source("/hit.pdf") if by_redirect else Source("en-rapport", address)
    with pytest.raises(ForbiddenAddressError):
        fetcher_of(site).fetch(asked, None, store)
    assert len(site.asked) == by_redirect
    assert left_in(tmp_path / "store") == []


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "inte ett nummer",
    ],
)
def test_a_name_that_leads_inside_is_not_called(number: str, site: Site, store: Store) -> None:
    site.document("/a.pdf")
    with pytest.raises(ForbiddenAddressError):
        fetcher_of(site, names={HOST: [PUBLIC, number]}).fetch(source(), None, store)
    assert site.asked == []


def test_every_redirect_is_resolved_and_checked_again(site: Site, store: Store) -> None:
    site.redirect("/a.pdf", f"https://{OTHER_HOST}/b.pdf")
    site.document("/b.pdf")
    site.redirect("/c.pdf", "/b.pdf")
    fetcher = fetcher_of(site)
    assert fetcher.fetch(source(), None, store).sha256 == fetcher.fetch(source("/c.pdf"), None, store).sha256
    with pytest.raises(ForbiddenAddressError, match="allmän"):
        fetcher_of(site, names={OTHER_HOST: ["10.0.0.1"]}).fetch(source(), None, store)


def test_a_circle_of_redirects_ends(site: Site, store: Store) -> None:
    site.redirect("/a.pdf", "/a.pdf")
    with pytest.raises(ForbiddenAddressError, match="många gånger"):
        fetcher_of(site).fetch(source(), None, store)
    assert len(site.asked) == FetchLimits().max_redirects + 1


def test_a_certificate_of_another_name_is_not_trusted(tmp_path: Path, store: Store) -> None:
    made, server = serve(tmp_path / "tls2", OTHER_HOST)
    try:
        made.document("/a.pdf")
        with pytest.raises(SourceUnreachableError, match="CERTIFICATE"):
            fetcher_of(made, limits=FetchLimits(tries=1)).fetch(source(), None, store)
    finally:
        server.shutdown()
        server.server_close()
    assert made.asked == []


def test_what_fails_for_a_while_is_tried_again_with_longer_pauses(site: Site, store: Store) -> None:
    site.in_turn("/a.pdf", (503, b"", {}), (500, b"", {}), (429, b"", {"Retry_After": "30"}), (200, PDF, {}))
    waits = Waits()
    fetcher = fetcher_of(site, names={HOST: [PUBLIC, PUBLIC_6]}, waits=waits)
    assert store.holds(fetcher.fetch(source(), None, store).sha256)
    assert [pause for pause in waits.slept if pause >= 2] == [2.0, 4.0, 30.0]
    assert site.numbers == [PUBLIC, PUBLIC_6, PUBLIC, PUBLIC_6]


def test_a_host_that_never_answers_well_is_given_up(site: Site, store: Store) -> None:
    site.document("/a.pdf", b"", 503)
    with pytest.raises(SourceUnreachableError, match="503"):
        fetcher_of(site).fetch(source(), None, store)
    assert len(site.asked) == FetchLimits().tries


def test_a_cut_off_answer_is_not_taken_for_the_document(site: Site, store: Store, tmp_path: Path) -> None:
    site.in_turn("/a.pdf", (200, PDF[:-100], {"Content_Length": str(len(PDF))}), (200, PDF, {}))
    assert store.holds(fetcher_of(site).fetch(source(), None, store).sha256)
    assert left_in(tmp_path / "store") == [f"{hashlib.sha256(PDF).hexdigest()}.pdf"]


@pytest.mark.parametrize(
    ("body", "headers", "code"),
    [
        (b"<!doctype html>" + b" " * 4000, {}, "inte-pdf"),
        (b"", {}, "inte-pdf"),
        (b" " * 1024 + PDF, {}, "inte-pdf"),
        (PDF + b"x" * 10_000, {}, "for-stor"),
        (PDF, {"Content_Length": "999999999"}, "for-stor"),
        (gzip.compress(PDF), {"Content_Encoding": "gzip"}, "ovantat-svar"),
    ],
)
def test_what_is_no_acceptable_document_leaves_nothing_behind(
    body: bytes, headers: dict[str, str], code: str, site: Site, store: Store, tmp_path: Path
) -> None:
    site.document("/a.pdf", body, **headers)
    with pytest.raises(SourceAnswerError) as told:
        fetcher_of(site, limits=FetchLimits(max_bytes=10_000)).fetch(source(), None, store)
    assert told.value.code == code
    assert left_in(tmp_path / "store") == []


def test_an_answer_of_unknown_length_is_cut_at_the_limit(site: Site, store: Store, tmp_path: Path) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        request.wfile.write(PDF)
        try:
            while True:
                request.wfile.write(b"y" * 65536)
        except OSError:
            return

    site.pages["/a.pdf"] = endless
    with pytest.raises(SourceAnswerError) as told:
        fetcher_of(site, limits=FetchLimits(max_bytes=1 << 20)).fetch(source(), None, store)
    assert told.value.code == "for-stor"
    assert left_in(tmp_path / "store") == []


def test_a_missing_document_is_told_with_its_status(site: Site, store: Store) -> None:
    with pytest.raises(SourceAnswerError) as told:
        fetcher_of(site).fetch(source("/borta.pdf"), None, store)
    assert told.value.code == "http-404"
    assert len(site.asked) == 1


def test_a_small_pdf_is_taken_whole(site: Site, store: Store) -> None:
    site.document("/a.pdf", b"%PDF-1.4 kort")
    memory = fetcher_of(site).fetch(source(), None, store)
    assert store.path_of(memory.sha256).read_bytes() == b"%PDF-1.4 kort"


def test_a_drip_is_given_up_and_tried_again(site: Site, store: Store) -> None:
    waits = Waits()

    def dripping(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        request.wfile.write(PDF)
        request.wfile.flush()
        time.sleep(0.05)
        waits.slept.append(700.0)  # the clock goes on while the answer drips
        request.wfile.write(PDF)

    site.pages["/a.pdf"] = dripping
    with pytest.raises(SourceUnreachableError, match="600 sekunder"):
        fetcher_of(site, waits=waits, limits=FetchLimits(tries=2)).fetch(source(), None, store)
    assert len(site.asked) == 2


def test_a_store_that_cannot_be_written_is_told(site: Site, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("in the way", encoding="utf-8")
    site.document("/a.pdf")
    with pytest.raises(OutputError):
        fetcher_of(site).fetch(source(), None, Store(tmp_path / "store"))
