"""One dataset for all tests of the desk; each test gets its own copy with its own decisions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.review.desk import Desk
from tests.pipeline.review.made import Browser, Place, desk_of, publish


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return publish(tmp_path_factory.mktemp("granskning"))


@pytest.fixture
def place(published: Place, tmp_path: Path) -> Place:
    return published.copy(tmp_path / "egen")


@pytest.fixture
def desk(place: Place) -> Iterator[Desk]:
    made = desk_of(place)
    yield made
    made.store.close()


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return Browser(desk)
