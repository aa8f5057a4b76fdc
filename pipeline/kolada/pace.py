"""How often the API is called, and how long to wait before a call is tried again."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Timekeeper:
    """The three things that have to do with time, so that a test can keep its own.

    Attributes:
        clock: seconds that never run backwards; sleep: waits that many; now: time of day with zone.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], dt.datetime] = _utc_now


class Pace:
    """Lets calls begin evenly, at most ``calls_per_second`` in any second."""

    def __init__(self, calls_per_second: float, time_: Timekeeper) -> None:
        self._gap = 1.0 / calls_per_second
        self._time = time_
        self._next = float("-inf")

    def wait(self) -> None:
        """Sleep until the next call may begin."""
        now = self._time.clock()
        if now < self._next:
            self._time.sleep(self._next - now)
            now = max(self._time.clock(), self._next)
        self._next = now + self._gap


def asked_pause(header: str | None, now: dt.datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date); None if none."""
    text = (header or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - now).total_seconds())


def backoff(attempt: int, first: float, longest: float) -> float:
    """Seconds to wait after the ``attempt``-th failure (1-based): doubled each time, up to ``longest``."""
    return float(min(longest, first * 2 ** (attempt - 1)))
