"""The store itself: append-only, versions, folding, another database, settings of its place."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pipeline.review.database import sqlite_url
from pipeline.review.errors import ConfigurationError, ConflictError, StoreError
from pipeline.review.events import COMMENT, DECIDE, UNDO, Event, NewEvent, standing
from pipeline.review.people import People
from pipeline.review.store import Store, utc_now


def postgres_program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name) or name


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, reached through a socket in its folder."""
    folder = tmp_path_factory.mktemp("pg")
    # A socket's path may be no longer than some hundred characters, which those of pytest can be.
    data, sockets = folder / "data", Path(tempfile.mkdtemp(prefix="oj-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        for parent in (folder, *folder.parents[:3]):
            parent.chmod(parent.stat().st_mode | 0o011)
        shutil.chown(folder, "postgres")
        shutil.chown(sockets, "postgres")
    subprocess.run(
        [*as_user, postgres_program("initdb"), "-D", data, "-U", "oj", "-A", "trust", "-E", "UTF8"],
        check=True,
        capture_output=True,
    )
    options = f"-c listen_addresses='' -c unix_socket_directories={sockets} -c fsync=off"
    control = [*as_user, postgres_program("pg_ctl"), "-D", str(data)]
    subprocess.run(
        [*control, "-w", "-o", options, "-l", str(folder / "log"), "start"], check=True, capture_output=True
    )
    yield f"postgresql://oj@/postgres?host={sockets}"
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)
    shutil.rmtree(sockets, ignore_errors=True)


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.needs_debian("postgres", "postgresql"))]
)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
        return
    address = request.getfixturevalue("postgres")
    yield address
    store = Store.open(address)
    with store.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    store.close()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = Store.open(url)
    yield made
    made.close()


def decide(
    store: Store, who: str, subject: str = "flag-1", expected: int = 0, status: str = "confirmed"
) -> int:
    return store.append([NewEvent(subject, DECIDE, who, expected, status=status)])[0]


def test_events_are_kept_and_read_by_others(store: Store, url: str) -> None:
    who = People(store.engine).named("Åsa").reviewer_id
    event_id = decide(store, who)
    other = Store.open(url)
    other.refresh()
    assert other.standing("flag-1").status == "confirmed"
    assert other.event(event_id) == store.history("flag-1")[0]
    assert store.history("flag-1")[0].at.tzinfo is not None
    other.close()


def test_a_version_is_written_once(store: Store, url: str) -> None:
    who = People(store.engine).named("Åsa").reviewer_id
    other = Store.open(url)
    decide(store, who)
    with pytest.raises(ConflictError, match="hann före"):
        decide(other, who, status="dismissed")
    other.refresh()
    assert [event.status for event in other.history("flag-1")] == ["confirmed"]
    other.close()


def test_of_many_at_once_one_wins(store: Store, url: str) -> None:
    who = People(store.engine).named("Åsa").reviewer_id
    won: list[int] = []
    lost: list[ConflictError] = []

    def attempt() -> None:
        own = Store.open(url)
        try:
            won.append(decide(own, who))
        except ConflictError as error:
            lost.append(error)
        own.close()

    threads = [threading.Thread(target=attempt) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 4)


def test_all_of_several_or_none(store: Store) -> None:
    who = People(store.engine).named("Åsa").reviewer_id
    decide(store, who, "flag-2")
    with pytest.raises(ConflictError):
        store.append([NewEvent(one, DECIDE, who, 0, status="confirmed") for one in ("flag-1", "flag-2")])
    store.refresh()
    assert store.history("flag-1") == ()


def test_undo_is_an_event_and_works_once(store: Store) -> None:
    who = People(store.engine).named("Åsa").reviewer_id
    first = decide(store, who)
    second = decide(store, who, expected=1, status="dismissed")
    with pytest.raises(ConflictError, match="ersatt"):
        store.undo([first], who)
    assert store.undo([second], who) == (second,)
    assert store.standing("flag-1").status == "confirmed"
    with pytest.raises(ConflictError):
        store.undo([second], who)
    assert len(store.history("flag-1")) == 3


@pytest.mark.parametrize(
    "statement", ["DELETE FROM events", "UPDATE events SET status = 'open'", "DELETE FROM audit"]
)
def test_the_database_itself_refuses_changes(store: Store, statement: str) -> None:
    decide(store, People(store.engine).named("Åsa").reviewer_id)
    with pytest.raises(DatabaseError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(statement))


def test_many_subjects_at_once(store: Store) -> None:
    who = People(store.engine).named("Åsa").reviewer_id
    store.append(
        [NewEvent(f"flag-{one}", DECIDE, who, 0, status="confirmed", batch="b") for one in range(1_200)]
    )
    assert len(store.batch("b")) == 1_200
    store.undo([event.id for event in store.batch("b")][:3], who)
    assert sum(one.status == "confirmed" for one in store.standings().values()) == 1_197


def test_opening_again_changes_nothing(store: Store, url: str) -> None:
    decide(store, People(store.engine).named("Åsa").reviewer_id)
    again = Store.open(url)
    again.refresh()
    assert len(again.all_events()) == 1
    again.close()


def test_the_tables_are_those_that_the_migrations_make(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from pipeline.review.tables import metadata

    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("url_text", ["mysql://x/y", "inte en adress"])
def test_other_databases_are_refused(url_text: str) -> None:
    with pytest.raises(ConfigurationError):
        Store.open(url_text)


def test_a_store_that_cannot_be_opened_is_told_without_its_password(tmp_path: Path) -> None:
    (tmp_path / "decisions.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="går inte att öppna"):
        Store.open(sqlite_url(tmp_path))
    with pytest.raises(StoreError) as told:
        Store.open("postgresql://oj:hemligt@127.0.0.1:1/ingen")
    assert "hemligt" not in told.value.message


STEPS = st.lists(st.tuples(st.sampled_from([DECIDE, COMMENT, UNDO]), st.integers(1, 12)), max_size=12)


@given(STEPS)
def test_the_newest_decision_that_is_not_undone_counts(steps: list[tuple[str, int]]) -> None:
    events: list[Event] = []
    for place, (kind, target) in enumerate(steps, 1):
        undoes = target if kind == UNDO and target < place else None
        events.append(
            Event(
                place,
                "x",
                place,
                kind,
                "g",
                utc_now(),
                f"s{place}",
                None,
                None,
                None,
                None,
                None,
                undoes,
                None,
            )
        )
    undone = {event.undoes for event in events if event.kind == UNDO}
    left = [event for event in events if event.kind == DECIDE and event.id not in undone]
    now = standing(events)
    assert now.version == len(events)
    assert now.status == (left[-1].status if left else "open")
