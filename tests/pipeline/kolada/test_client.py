"""The client against a local server: paging, pace, pauses, limits, and answers that are none."""

import itertools
import json
import socket
from collections.abc import Iterator

import pytest

from pipeline.kolada import (
    KoladaAnswerError,
    KoladaClient,
    KoladaError,
    KoladaUnreachableError,
    Limits,
)
from pipeline.kolada.pace import Timekeeper
from tests.pipeline.kolada.conftest import FakeTime
from tests.pipeline.kolada.server import FakeKolada, Fault, inner


@pytest.fixture
def client(kolada: FakeKolada, fake_time: FakeTime) -> Iterator[KoladaClient]:
    with KoladaClient(kolada.base, time_=fake_time.keeper()) as made:
        yield made


def busy(*headers: tuple[str, str], status: int = 429) -> Fault:
    return Fault(status, headers)


def test_pages_are_followed_to_the_last(kolada: FakeKolada, client: KoladaClient) -> None:
    kolada.page_size = 2
    kolada.put("N90003", 2019, k0125=1.5, k0180=2.5, k0184=3.5, k0000=4.5, k0001=5.5)
    figures = client.figures(["N90003"], [2019])
    assert sorted(one.value or 0 for one in figures) == [1.5, 2.5, 3.5, 4.5, 5.5]
    path = "/v3/data/kpi/N90003/year/2019"
    assert kolada.asked == [path, f"{path}?page=2", f"{path}?page=3"]


def test_at_most_25_ids_and_25_years_a_call_and_every_one_once(
    kolada: FakeKolada, client: KoladaClient
) -> None:
    kpis = [f"N{number:05}" for number in range(60)]
    client.figures([*kpis, *kpis], range(1999, 2026))
    asked = [path.split("/") for path in kolada.asked]
    assert [len(parts[4].split(",")) for parts in asked] == [25, 25, 25, 25, 10, 10]
    assert {kpi for parts in asked for kpi in parts[4].split(",")} == set(kpis)
    assert [parts[6] for parts in asked[:2]] == [",".join(map(str, range(1999, 2024))), "2024,2025"]


def test_five_calls_a_second(kolada: FakeKolada, client: KoladaClient, fake_time: FakeTime) -> None:
    kolada.page_size = 1
    for unit in range(11):
        kolada.figures["N90003", f"{1000 + unit}", 2019] = [inner(float(unit))]
    assert len(client.figures(["N90003"], [2019])) == 11
    assert len(kolada.asked) == 11
    assert fake_time.passed == pytest.approx(10 * 0.2)
    assert max(fake_time.sleeps) == pytest.approx(0.2)


def test_retry_after_in_seconds_is_kept(
    kolada: FakeKolada, client: KoladaClient, fake_time: FakeTime
) -> None:
    kolada.put("N90003", 2019, k0125=1.5)
    kolada.faults.extend([busy(("Retry-After", "7")), busy(("Retry-After", "3"), status=503)])
    assert len(client.figures(["N90003"], [2019])) == 1
    assert fake_time.sleeps == [7.0, 3.0]
    assert len(kolada.asked) == 3


def test_retry_after_as_a_date_is_kept(kolada: FakeKolada, client: KoladaClient, fake_time: FakeTime) -> None:
    kolada.faults.append(busy(("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT")))
    client.figures(["N90003"], [2019])
    assert fake_time.sleeps == [30.0]


@pytest.mark.parametrize("header", [(), (("Retry-After", "snart"),)])
def test_without_a_usable_retry_after_pauses_double(
    kolada: FakeKolada, client: KoladaClient, fake_time: FakeTime, header: tuple[tuple[str, str], ...]
) -> None:
    kolada.faults.extend([Fault(429, header), Fault(502, header), Fault(hang_up=True)])
    client.figures(["N90003"], [2019])
    assert fake_time.sleeps == [1.0, 2.0, 4.0]


def test_a_host_that_stays_busy_is_given_up_after_five_tries(
    kolada: FakeKolada, client: KoladaClient
) -> None:
    kolada.faults.extend([busy()] * 9)
    with pytest.raises(KoladaUnreachableError, match="felkod 429 efter 5 försök"):
        client.figures(["N90003"], [2019])
    assert len(kolada.asked) == 5


def test_a_host_that_asks_for_a_long_pause_is_not_waited_for(
    kolada: FakeKolada, client: KoladaClient, fake_time: FakeTime
) -> None:
    kolada.faults.append(busy(("Retry-After", "3600")))
    with pytest.raises(KoladaUnreachableError, match="3600 sekunder"):
        client.figures(["N90003"], [2019])
    assert fake_time.sleeps == []


def test_a_silent_host_is_given_up(fake_time: FakeTime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        limits = Limits(attempts=2, silence=0.05)
        with (
            KoladaClient(
                f"http://127.0.0.1:{silent.getsockname()[1]}", limits=limits, time_=fake_time.keeper()
            ) as client,
            pytest.raises(KoladaUnreachableError, match="svarade inte i tid efter 2 försök"),
        ):
            client.figures(["N90003"], [2019])


def test_no_host(fake_time: FakeTime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with (
        KoladaClient(f"http://127.0.0.1:{port}", time_=fake_time.keeper()) as client,
        pytest.raises(KoladaUnreachableError, match=r"nås inte på .*: kontrollera nätet"),
    ):
        client.figures(["N90003"], [2019])
    assert fake_time.sleeps == []


def test_no_such_name(monkeypatch: pytest.MonkeyPatch, fake_time: FakeTime) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with (
        KoladaClient("http://finns-inte.invalid/v3", time_=fake_time.keeper()) as client,
        pytest.raises(KoladaUnreachableError, match="kontrollera nätet"),
    ):
        client.figures(["N90003"], [2019])


@pytest.mark.parametrize(
    "there",
    ["http://example.invalid/v3/data", "http://127.0.0.1:9/v3", "//example.invalid/v3", "ftp://127.0.0.1/"],
)
def test_next_pages_and_redirects_stay_on_the_host(
    kolada: FakeKolada, client: KoladaClient, there: str
) -> None:
    kolada.page_size, kolada.next_url = 1, there
    kolada.put("N90003", 2019, k0125=1.0, k0180=2.0)
    with pytest.raises(KoladaAnswerError, match=r"annan värd|inte är en adress"):
        client.figures(["N90003"], [2019])
    kolada.faults.append(Fault(302, (("Location", there),)))
    with pytest.raises(KoladaAnswerError, match=r"annan värd|inte är en adress"):
        client.figures(["N90003"], [2019])
    assert len(kolada.asked) == 2


def test_a_redirect_on_the_same_host_is_followed_but_not_forever(
    kolada: FakeKolada, client: KoladaClient
) -> None:
    kolada.put("N90003", 2019, k0125=1.0)
    kolada.faults.append(Fault(301, (("Location", "/v3/data/kpi/N90003/year/2019?page=1"),)))
    assert len(client.figures(["N90003"], [2019])) == 1
    kolada.faults.extend([Fault(302, (("Location", "/v3/igen"),))] * 9)
    with pytest.raises(KoladaAnswerError, match="om och om igen"):
        client.figures(["N90003"], [2019])


def test_pages_that_go_round_are_told(kolada: FakeKolada, client: KoladaClient) -> None:
    kolada.page_size, kolada.next_url = 1, "/v3/data/kpi/N90003/year/2019?page=1"
    kolada.put("N90003", 2019, k0125=1.0, k0180=2.0)
    with pytest.raises(KoladaAnswerError, match="går runt"):
        client.figures(["N90003"], [2019])


def test_too_many_pages_and_too_large_pages_are_told(kolada: FakeKolada, fake_time: FakeTime) -> None:
    kolada.page_size = 1
    kolada.put("N90003", 2019, k0125=1.0, k0180=2.0, k0184=3.0)
    for limits, words in (
        (Limits(pages=2), "fler än 2 sidor"),
        (Limits(reply_bytes=60), "större än 60 byte"),
    ):
        with (
            KoladaClient(kolada.base, limits=limits, time_=fake_time.keeper()) as client,
            pytest.raises(KoladaAnswerError, match=words),
        ):
            client.figures(["N90003"], [2019])


def test_an_answer_that_trickles_is_given_up(kolada: FakeKolada) -> None:
    ticks = itertools.count(step=40.0)
    slow = Timekeeper(lambda: next(ticks), lambda _: None)
    with (
        KoladaClient(kolada.base, limits=Limits(reply_time=30), time_=slow) as client,
        pytest.raises(KoladaUnreachableError, match="längre tid än 30 sekunder"),
    ):
        client.figures(["N90003"], [2019])


def entry(**changes: object) -> bytes:
    good = {"kpi": "N90003", "municipality": "0125", "period": 2019, "values": [inner(1.0)]}
    return json.dumps({"values": [good | changes], "count": 1, "next_url": None}).encode()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html>Underh\xc3\xa5ll</html>", "inte JSON"),
        (b"", "inte JSON"),
        (b"[" * 200_000, "inte JSON"),
        (b"[]", "fältet values"),
        (b'{"values": {}}', "fältet values"),
        (b'{"values": [], "next_url": 7}', "fältet next_url"),
        (b'{"values": ["N90003"]}', r"fältet values\[0\]"),
        (entry(kpi=None), r"values\[0\]\.kpi"),
        (entry(municipality=125), r"values\[0\]\.municipality"),
        (entry(period="nyss"), r"values\[0\]\.period"),
        (entry(period=True), r"values\[0\]\.period"),
        (entry(values=None), r"values\[0\]\.values"),
        (entry(values=[3]), r"values\[0\]\.values"),
        (entry(values=[{"value": 1.0}]), r"values\.gender"),
        (entry(values=[inner("1,5")]), r"values\.value"),  # type: ignore[arg-type]
        (entry(values=[inner(True)]), r"values\.value"),
        (entry(values=[inner(float("nan"))]), r"values\.value"),
        (entry(values=[inner(float("inf"))]), r"values\.value"),
    ],
)
def test_an_answer_of_another_form_is_told_with_its_field(
    kolada: FakeKolada, client: KoladaClient, body: bytes, words: str
) -> None:
    kolada.faults.append(Fault(200, body=body))
    with pytest.raises(KoladaAnswerError, match=words):
        client.figures(["N90003"], [2019])


@pytest.mark.parametrize(("status", "words"), [(404, "finns inte"), (400, "felkod 400"), (403, "felkod 403")])
def test_a_refusal_is_not_tried_again(
    kolada: FakeKolada, client: KoladaClient, status: int, words: str
) -> None:
    kolada.faults.append(Fault(status))
    with pytest.raises(KoladaAnswerError, match=words):
        client.figures(["N90003"], [2019])
    assert len(kolada.asked) == 1


def test_an_answer_that_cannot_be_unpacked(kolada: FakeKolada, client: KoladaClient) -> None:
    kolada.faults.append(Fault(200, (("Content-Encoding", "gzip"),), b"inte gzip"))
    with pytest.raises(KoladaAnswerError, match="går inte att läsa"):
        client.figures(["N90003"], [2019])


def test_deleted_and_missing_and_split_figures(kolada: FakeKolada, client: KoladaClient) -> None:
    kolada.figures["N90003", "0125", 2019] = [inner(1.0, "K"), inner(2.0, "M"), inner(9.0, "T", deleted=True)]
    kolada.figures["N90003", "0180", 2019] = [inner(None, status="Missing")]
    found = {
        (one.municipality, one.gender): (one.value, one.status) for one in client.figures(["N90003"], [2019])
    }
    assert found == {("0125", "K"): (1.0, ""), ("0125", "M"): (2.0, ""), ("0180", "T"): (None, "Missing")}


def test_what_was_not_asked_for_is_left_out(kolada: FakeKolada, client: KoladaClient) -> None:
    kolada.faults.append(Fault(200, body=entry(kpi="N11111")))
    assert client.figures(["N90003"], [2019]) == ()
    kolada.faults.append(Fault(200, body=entry(period="2019")))
    assert [one.period for one in client.figures(["N90003"], [2019])] == [2019]


def test_titles_and_a_host_without_them(kolada: FakeKolada, client: KoladaClient) -> None:
    kolada.titles = {"U90001": "Rådgivning på kvällen (Ja=1, Nej=0)"}
    assert client.titles(["U90001", "N90002"]) == kolada.titles
    kolada.faults.append(Fault(200, body=json.dumps({"id": "N90002", "title": "Ett"}).encode()))
    assert client.titles(["N90002"]) == {"N90002": "Ett"}
    kolada.titles = None
    assert client.titles(["U90001"]) == {}
    kolada.faults.append(Fault(403))
    with pytest.raises(KoladaError):
        client.titles(["U90001"])
