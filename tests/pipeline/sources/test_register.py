"""The register of sources, and what an ingest leaves in the inbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.normalize import read_manifest
from pipeline.sources import SourceRegister, SourceRegisterError, Store, ingest, load_sources
from pipeline.sources.register import HOST_COLUMNS, SOURCE_COLUMNS
from tests.pipeline.sources.server import HOST, PDF, Site, fetcher_of, serve


def write(folder: Path, sources: list[str], hosts: list[str] | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "sources.csv").write_text("\n".join([",".join(SOURCE_COLUMNS), *sources]), encoding="utf-8")
    if hosts is not None:
        (folder / "hosts.csv").write_text("\n".join([",".join(HOST_COLUMNS), *hosts]), encoding="utf-8")
    return folder


def test_the_programs_own_register_can_be_read() -> None:
    assert "www.socialstyrelsen.se" in load_sources().hosts


def test_a_folder_without_hosts_uses_the_programs_own(tmp_path: Path) -> None:
    folder = write(tmp_path / "r", [f"a-1,https://{HOST}/a.pdf,,Utgivaren,2024-02-01,,2024"])
    register = load_sources(folder)
    assert register.hosts == load_sources().hosts
    (one,) = register.sources
    assert (one.source_id, one.file_name, one.edition) == ("a-1", "a-1.pdf", "2024")


@pytest.mark.parametrize(
    "rows",
    [
        ["../a,https://rapporter.example/a.pdf,,,,,"],
        ["A,https://rapporter.example/a.pdf,,,,,"],
        [",https://rapporter.example/a.pdf,,,,,"],
        ["a,http://rapporter.example/a.pdf,,,,,"],
        ["a,https://rapporter.example/a.pdf,,,,,i fjol"],
        ["a,https://rapporter.example/a.pdf"],
        ["a,https://rapporter.example/a.pdf,,,,,,,"],
        ["a,https://rapporter.example/a.pdf,,,,,", "a,https://rapporter.example/b.pdf,,,,,"],
    ],
)
def test_a_wrong_row_is_named(rows: list[str], tmp_path: Path) -> None:
    with pytest.raises(SourceRegisterError, match=rf"sources\.csv rad {len(rows) + 1}"):
        load_sources(write(tmp_path / "r", rows))


@pytest.mark.parametrize("host", ["https://a.example", "A.example", "*.example", "a.example:443", ""])
def test_a_wrong_host_is_named(host: str, tmp_path: Path) -> None:
    with pytest.raises(SourceRegisterError, match=r"hosts\.csv rad 2"):
        load_sources(write(tmp_path / "r", [], [f"{host},,"]))


def test_a_register_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceRegisterError, match="går inte att läsa"):
        load_sources(tmp_path)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made, server = serve(tmp_path / "tls")
    yield made
    server.shutdown()
    server.server_close()


def register_of(tmp_path: Path, *names: str) -> SourceRegister:
    rows = [f"{name},https://{HOST}/{name}.pdf,Titel {name},Utgivaren,2024-02-01,,2024" for name in names]
    return load_sources(write(tmp_path / "r", rows, [f"{HOST},,"]))


def test_ingest_tells_new_changed_unchanged_and_failed_and_describes_what_is_there(
    site: Site, tmp_path: Path
) -> None:
    site.document("/a.pdf", ETag='"1"')
    site.document("/b.pdf", PDF + b"b")
    folder, store = tmp_path / "in" / "hamtat", Store(tmp_path / "store")

    def run(*names: str) -> dict[str, str]:
        register = register_of(tmp_path, *names)
        outcomes = ingest(register, folder, store, fetcher_of(site), prefix="hamtat/")
        return {one.source_id: one.status for one in outcomes}

    assert run("a", "b", "saknas") == {"a": "new", "b": "new", "saknas": "failed"}
    rows = read_manifest(folder / "manifest.csv")
    assert list(rows) == ["hamtat/a.pdf", "hamtat/b.pdf"]
    assert (rows["hamtat/a.pdf"].publisher, rows["hamtat/a.pdf"].year) == ("Utgivaren", 2024)

    site.document("/a.pdf", b"", 304)
    site.document("/b.pdf", PDF + b"ny utgava")
    assert run("a", "b") == {"a": "unchanged", "b": "changed"}
    assert (folder / "b.pdf").read_bytes() == PDF + b"ny utgava"
    assert len(list((tmp_path / "store").rglob("*.pdf"))) == 3  # the old edition is kept

    (folder / "a.pdf").unlink()
    assert run("a") == {"a": "new"}  # put back from the store, without being fetched
    assert (folder / "a.pdf").read_bytes() == PDF
    assert "hamtat/b.pdf" in read_manifest(folder / "manifest.csv")  # its source went, the document stays


def test_an_empty_register_leaves_the_inbox_alone(site: Site, tmp_path: Path) -> None:
    assert ingest(register_of(tmp_path), tmp_path / "in", Store(tmp_path / "s"), fetcher_of(site)) == ()
    assert not (tmp_path / "in").exists()
