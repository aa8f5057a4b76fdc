"""One dataset for all tests that only read it."""

from pathlib import Path

import pytest

from pipeline.exports.database import write_database
from tests.pipeline.exports.made import published, run_of


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = published(tmp_path_factory.mktemp("dataset"))
    write_database(out, run_of(out))
    return out
