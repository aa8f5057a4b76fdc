"""The server, and a clock that only moves when somebody sleeps."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.kolada.pace import Timekeeper
from pipeline.reference import Registers
from tests.pipeline.kolada.made import made_registers
from tests.pipeline.kolada.server import FakeKolada, serving

NOON = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


class FakeTime:
    """Keeps the time by the sleeps that were asked for."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.sleeps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.passed += seconds

    def keeper(self) -> Timekeeper:
        return Timekeeper(lambda: self.passed, self.sleep, lambda: NOON + dt.timedelta(seconds=self.passed))


@pytest.fixture
def kolada() -> Iterator[FakeKolada]:
    with serving(FakeKolada()) as served:
        yield served


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def registers(tmp_path: Path) -> Registers:
    return made_registers(tmp_path / "register")
