"""Decisions outlive the machine and the release: copied and put back, and brought up to date, for real.

The stores are those of the desk itself, in SQLite and on a PostgreSQL server of Debian's.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text

from flows.cli import main
from flows.dumping import Database, DatabaseCopyError, database_of
from pipeline.review import database as review_database
from pipeline.review.database import open_engine, sqlite_url, writing
from pipeline.review.errors import StoreError
from pipeline.review.events import DECIDE, NewEvent
from pipeline.review.people import People
from pipeline.review.store import Store
from tests.postgres import asked, postgres_server

TABLES = ("reviewers", "events", "audit")
#: A change that a later release could make, as its own migration.
LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{last}", None, None


def upgrade() -> None:
    op.add_column("events", sa.Column("source", sa.String(20), server_default="skrivbord"))
    op.create_index("events_by_source", "events", ["source"])


def downgrade() -> None:
    raise NotImplementedError
"""


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    with postgres_server() as port:
        yield port


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.needs_debian("postgres", "postgresql"))]
)
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of an empty store that belongs to the dataset ``tmp_path/ut``."""
    state = tmp_path / "ut.state"
    state.mkdir()
    monkeypatch.delenv("OJ_BESLUT_URL", raising=False)
    if request.param == "sqlite":
        return sqlite_url(state)
    port = request.getfixturevalue("server")
    asked(port, "DROP DATABASE IF EXISTS beslut")
    asked(port, "CREATE DATABASE beslut")
    address = f"postgresql://oj:hemligt@127.0.0.1:{port}/beslut"
    monkeypatch.setenv("OJ_BESLUT_URL", address)
    return address


def decide(url: str, *subjects: str, status: str = "confirmed") -> None:
    store = Store.open(url)
    who = People(store.engine).named("Åsa").reviewer_id
    store.refresh()
    store.append(
        [
            NewEvent(one, DECIDE, who, store.standing(one).version, status=status, comment="ä")
            for one in subjects
        ]
    )
    store.close()


def rows(url: str, columns: str = "*") -> dict[str, list[tuple[object, ...]]]:
    """Everything that is never to be lost, without bringing the store up to date."""
    if url.startswith("postgresql"):
        url = url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table: [
                tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY 1"))
            ]
            for table in TABLES
        }
    engine.dispose()
    return found


def test_a_copy_is_put_back_with_every_decision(url: str, tmp_path: Path) -> None:
    decide(url, "flag-1", "flag-2")
    before = rows(url)
    assert len(before["events"]) == 2
    out, copy = str(tmp_path / "ut"), tmp_path / "kopia"
    assert main(["backup", str(copy), "--out", out]) == 0
    decide(url, "flag-1", status="dismissed")
    decide(url, "flag-3")
    assert main(["restore", str(copy), "--out", out]) == 0
    assert rows(url) == before
    decide(url, "flag-1", status="dismissed")  # the store goes on from there
    store = Store.open(url)
    store.refresh()
    assert [event.version for event in store.history("flag-1")] == [1, 2]
    with pytest.raises(Exception, match="append-only"), store.engine.begin() as connection:
        connection.execute(text("DELETE FROM events"))
    store.close()


@pytest.mark.needs_debian("postgres", "postgresql")
def test_a_copy_goes_into_an_empty_database_on_another_machine(
    server: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ett", "två"):
        asked(server, f'DROP DATABASE IF EXISTS "{name}"')
        asked(server, f'CREATE DATABASE "{name}"')
    old, new = (f"postgresql://oj@127.0.0.1:{server}/{name}" for name in ("ett", "tv%C3%A5"))
    monkeypatch.setenv("OJ_BESLUT_URL", old)
    (tmp_path / "ut.state").mkdir()
    decide(old, "flag-1")
    assert main(["backup", str(tmp_path / "kopia"), "--out", str(tmp_path / "ut")]) == 0
    monkeypatch.setenv("OJ_BESLUT_URL", new)
    assert main(["restore", str(tmp_path / "kopia"), "--out", str(tmp_path / "annan" / "ut")]) == 0
    assert rows(new) == rows(old)

    damaged = shutil.copytree(tmp_path / "kopia", tmp_path / "skadad")
    dump = damaged / "decisions.dump"
    dump.write_bytes(dump.read_bytes()[:-200])
    assert main(["restore", str(damaged), "--out", str(tmp_path / "annan" / "ut")]) == 1
    assert "misslyckades" in capsys.readouterr().err
    assert rows(new) == rows(old)
    monkeypatch.delenv("OJ_BESLUT_URL")
    assert main(["restore", str(tmp_path / "kopia"), "--out", str(tmp_path / "annan" / "ut")]) == 1
    assert "OJ_BESLUT_URL" in capsys.readouterr().err


def test_a_database_that_does_not_answer_is_told_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OJ_BESLUT_URL", "postgresql://oj:hemligt@127.0.0.1:9/ingen")
    assert main(["backup", str(tmp_path / "kopia"), "--out", str(tmp_path / "ut")]) == 1
    told = capsys.readouterr().err
    assert "127.0.0.1" in told and "hemligt" not in told
    assert not (tmp_path / "kopia").exists()
    database = database_of(tmp_path)
    assert isinstance(database, Database)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseCopyError, match="postgresql-client"):
        database.dump(tmp_path / "x")


def at_revision(url: str, revision: str) -> Engine:
    """A store whose tables are those of a revision, as the release of that time made them."""
    config = Config()
    config.set_main_option("script_location", str(review_database.MIGRATIONS))
    engine = open_engine_unmigrated(url)
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def open_engine_unmigrated(url: str) -> Engine:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(review_database, "_migrate", lambda engine: None)
        return open_engine(url)


def first_revision_with_decisions(url: str) -> dict[str, list[tuple[object, ...]]]:
    """A store of the very first revision, filled by SQL as it stood then; gives its rows."""
    engine = at_revision(url, "0001")
    with writing(engine) as connection:
        connection.execute(
            text(
                "INSERT INTO reviewers (reviewer_id, name, role, active, created) "
                "VALUES ('g-1', 'Åsa', 'granskare', TRUE, '2024-05-01 08:00:00+00:00')"
            )
        )
        for number in range(1, 6):
            connection.execute(
                text(
                    "INSERT INTO events (subject, version, kind, reviewer, at, status, comment) "
                    "VALUES (:subject, 1, 'decide', 'g-1', '2024-05-01 08:00:00+00:00', 'confirmed', 'å')"
                ),
                {"subject": f"flag-{number}"},
            )
            connection.execute(
                text(
                    "INSERT INTO audit (at, who, what, subject, address) "
                    "VALUES ('2024-05-01 08:00:00+00:00', 'g-1', 'decide:confirmed', :subject, '')"
                ),
                {"subject": f"flag-{number}"},
            )
    engine.dispose()
    return rows(url)


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a release to come: those of today and one more; gives the new one's file."""
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(review_database.MIGRATIONS))
    last = ScriptDirectory.from_config(config).get_current_head()
    folder = shutil.copytree(review_database.MIGRATIONS, tmp_path / "migrations")
    made = folder / "versions" / "v9999_later.py"
    made.write_text(LATER.format(last=last), encoding="utf-8")
    monkeypatch.setattr(review_database, "MIGRATIONS", folder)
    return made


def test_a_store_of_the_first_revision_is_opened_with_all_its_decisions(url: str) -> None:
    before = first_revision_with_decisions(url)
    store = Store.open(url)
    store.refresh()
    assert {name: one.status for name, one in store.standings().items()} == {
        f"flag-{number}": "confirmed" for number in range(1, 6)
    }
    store.close()
    assert rows(url) == before


def test_a_later_release_brings_the_store_up_to_date_and_loses_nothing(url: str, later: Path) -> None:
    before = first_revision_with_decisions(url)
    store = Store.open(url)  # as oj review and oj run do
    store.refresh()
    assert len(store.all_events()) == 5
    with store.engine.connect() as connection:
        columns = connection.execute(text("SELECT id, subject, source FROM events ORDER BY id")).all()
    assert [tuple(row) for row in columns] == [(n, f"flag-{n}", "skrivbord") for n in range(1, 6)]
    with pytest.raises(Exception, match="append-only"), store.engine.begin() as connection:
        connection.execute(text("UPDATE events SET status = 'open'"))
    store.close()
    after = rows(url)
    assert [row[: len(before["events"][0])] for row in after["events"]] == before["events"]
    assert (after["audit"], after["reviewers"]) == (before["audit"], before["reviewers"])


def test_an_upgrade_that_fails_half_way_leaves_the_store_as_it_was(url: str, later: Path) -> None:
    before = first_revision_with_decisions(url)
    broken = later.read_text(encoding="utf-8").replace(
        '["source"])\n', '["source"])\n    op.execute("SELECT * FROM finns_inte")\n'
    )
    later.write_text(broken, encoding="utf-8")
    with pytest.raises(StoreError):
        Store.open(url)
    assert rows(url) == before


def test_a_store_of_a_later_release_is_not_touched_by_an_older_one(
    url: str, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(url, "flag-1")
    before = rows(url)
    later.unlink()
    with pytest.raises(StoreError, match="nyare version"):
        Store.open(url)
    assert rows(url) == before
