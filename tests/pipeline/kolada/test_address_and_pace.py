"""Addresses, pace and pauses by themselves."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kolada import PUBLIC_API, KoladaAddressError, KoladaAnswerError, api_address
from pipeline.kolada.address import following_address, is_local
from pipeline.kolada.pace import Pace, asked_pause, backoff
from tests.pipeline.kolada.conftest import NOON, FakeTime


@pytest.mark.parametrize(
    ("given_", "base"),
    [
        (PUBLIC_API, PUBLIC_API),
        ("https://kolada.example", "https://kolada.example/v3"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v3"),
        (" http://[::1]:8080/spegel/v3/ ", "http://[::1]:8080/spegel/v3"),
    ],
)
def test_a_base_address(given_: str, base: str) -> None:
    assert api_address(given_) == base


@pytest.mark.parametrize(
    "given_",
    [
        "",
        "kolada",
        "kolada.example/v3",
        "ftp://kolada.example/v3",
        "file:///etc/hosts",
        "http://",
        "http://a:b@kolada.example/v3",
        "http://kolada.example:port/v3",
        "http://kolada.example:0/v3",
        "http://[::1/v3",
        "http://kolada.example/v 3",
        "http://kolada.example/v3?a=1",
        "http://kolada.example/v3#a",
        "http://kolada.example/\nv3",
    ],
)
def test_no_base_address(given_: str) -> None:
    with pytest.raises(KoladaAddressError, match="--base-url"):
        api_address(given_)


@pytest.mark.parametrize(
    ("current", "given_", "there"),
    [
        ("https://k.example/v3/a", "https://k.example/v3/a?page=2", "https://k.example/v3/a?page=2"),
        ("https://k.example/v3/a", "http://k.example/v3/a?page=2", "https://k.example/v3/a?page=2"),
        ("http://k.example/v3/a", "https://K.example:443/v3/b", "https://k.example/v3/b"),
        ("https://k.example/v3/a", "?page=2", "https://k.example/v3/a?page=2"),
        ("http://k.example:8080/v3/a", "http://k.example:8080/b#c", "http://k.example:8080/b"),
    ],
)
def test_following_on_the_same_host_never_loses_https(current: str, given_: str, there: str) -> None:
    assert following_address(current, given_) == there


@pytest.mark.parametrize(
    "given_",
    [
        "https://k.example.evil/v3",
        "https://k.example:8443/v3",
        "https://k.example@evil.example/v3",
        "javascript:alert(1)",
        "https://[::1",
    ],
)
def test_following_elsewhere_is_refused(given_: str) -> None:
    with pytest.raises(KoladaAnswerError):
        following_address("https://k.example/v3/a", given_)


def test_local_hosts_need_no_proxy() -> None:
    assert (
        is_local("http://127.0.0.1:80/v3") and is_local("http://[::1]/v3") and is_local("http://localhost/")
    )
    assert not is_local(PUBLIC_API) and not is_local("http://10.0.0.1/")


@given(st.lists(st.floats(0, 2), max_size=40), st.integers(1, 20))
def test_never_more_calls_in_a_second_than_allowed(idle: list[float], rate: int) -> None:
    time = FakeTime()
    pace = Pace(rate, time.keeper())
    begun = []
    for seconds in idle:
        time.passed += seconds
        pace.wait()
        begun.append(time.passed)
    for number, at in enumerate(begun):
        assert sum(at <= other < at + 1 - 1e-6 for other in begun[number:]) <= rate


def test_pauses() -> None:
    assert asked_pause(None, NOON) is None
    assert asked_pause("", NOON) is None
    assert asked_pause("12", NOON) == 12
    assert asked_pause("-3", NOON) is None
    assert asked_pause("Sun, 01 Mar 2026 12:01:00 GMT", NOON) == 60
    assert asked_pause("Sun, 01 Mar 2026 12:01:00 -0000", NOON) == 60
    assert asked_pause("Sun, 01 Mar 2026 11:00:00 GMT", NOON) == 0
    assert [backoff(attempt, 1, 10) for attempt in range(1, 7)] == [1, 2, 4, 8, 10, 10]
    assert NOON.tzinfo is dt.UTC
