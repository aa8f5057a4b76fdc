"""The DuckDB file and its views."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.dataset import publish
from pipeline.exports import ask, find_kommun, kommun_rows, load_settings, over_parquet
from pipeline.exports.database import STORAGE_VERSION, write_database
from pipeline.exports.query import QueryError
from pipeline.exports.site.build import site_exporter
from tests.pipeline.dataset.made import claim, part, stored
from tests.pipeline.exports.made import FACTS, INDICATORS, UNITS, published, read, run_of


def rows(out: Path, sql: str) -> list[tuple[object, ...]]:
    return list(ask(out, sql).rows)


def test_the_file_holds_every_published_table_whole(dataset: Path) -> None:
    with duckdb.connect(str(dataset / "oj.duckdb"), read_only=True) as connection:
        for path in dataset.glob("*.parquet"):
            name = path.stem
            own = connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()
            assert own == connection.execute(f"SELECT * FROM read_parquet('{path}') ORDER BY ALL").fetchall()


def test_the_wide_view_keeps_measures_and_kinds_of_absence_apart(dataset: Path) -> None:
    found = {
        row[0]: row[1:]
        for row in rows(
            dataset,
            'SELECT unit_label, measure, "i-1", "i-1__value", "i-1__status", '
            '"okänd/socialpsykiatri/@Rutin vid hot__status" '
            "FROM wide_socialpsykiatri_2021",
        )
    }
    assert found["Grönby"] == ("answer", "JA", None, "ok", "blank")
    assert found["Blåvik"] == ("answer", "NEJ", None, "ok", "missing")
    assert found["Rödsjö"][1:] == ("DELVIS", None, "ok", "suppressed")
    assert found["Gråmo"][3:] == ("not_applicable", "unknown")
    assert (
        found["Svartå"][0] == "value" and found["Svartå"][2] == 2092.5 and found["Svartå"][4] == "unreadable"
    )
    assert found["Riket"] == ("share", None, 71.0, "ok", "ok")
    assert found["Snitt"][0] == "mean"


def test_a_series_follows_one_measure_over_the_editions(dataset: Path) -> None:
    found = rows(
        dataset,
        "SELECT year, answer, previous_year, previous_answer FROM series "
        "WHERE unit_id = '1001' AND indicator_key = 'i-1' ORDER BY year",
    )
    assert found == [(2021, "JA", None, None), (2022, "NEJ", 2021, "JA")]


def test_different_values_in_one_document_are_a_conflict_and_never_chosen_among(tmp_path: Path) -> None:
    one = read("a", 2021)
    twin = replace(one.observations[0], observation_id="o-tvilling", answer="NEJ", value_raw="NEJ", row=20)
    out = published(tmp_path, replace(one, observations=(*one.observations, twin)))
    sql = 'SELECT "i-1", "i-1__status" FROM wide_socialpsykiatri_2021 WHERE unit_id = \'1001\''
    assert rows(out, sql) == [(None, "conflict")]


def test_quality_counts_each_status(dataset: Path) -> None:
    names = ["observations", "ok", "blank", "missing", "suppressed"]
    names += ["not_applicable", "unknown", "unreadable"]
    sql = "SELECT " + ", ".join(f"n_{name}" for name in names)
    assert rows(dataset, f"{sql} FROM quality ORDER BY year LIMIT 1") == [(16, 10, 1, 1, 1, 1, 1, 1)]


def test_the_views_over_parquet_are_the_same(dataset: Path) -> None:
    with over_parquet(dataset) as connection:
        names = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
    assert {"long", "series", "quality", "wide_socialpsykiatri_2021", "wide_socialpsykiatri_2022"} <= names
    assert names == {row[0] for row in rows(dataset, "SHOW TABLES")} - {"run"}


def test_a_question_cannot_change_the_file_and_a_wrong_one_is_told(dataset: Path) -> None:
    with pytest.raises(QueryError, match="SHOW TABLES"):
        ask(dataset, "DROP TABLE observations")
    with pytest.raises(QueryError, match="Frågan går inte att ställa"):
        ask(dataset, "SELECT hittepå FROM long")


def test_the_rest_of_a_long_answer_is_announced(dataset: Path) -> None:
    answer = ask(dataset, "SELECT * FROM long", 3)
    assert len(answer.rows) == 3 and answer.more
    assert not ask(dataset, "SELECT 1", 1).more


def test_a_kommun_is_found_by_code_and_name_and_stands_beside_lan_and_riket(dataset: Path) -> None:
    assert find_kommun(dataset, "1001") == find_kommun(dataset, " grönBY ") == ("1001", "Grönby")
    assert find_kommun(dataset, "Ingenstans") is None
    first = kommun_rows(dataset, "1001")
    assert [(row["year"], row["answer"], row["lan_value"], row["riket_value"]) for row in first[:2]] == [
        (2021, None, 40.0, 55.0),
        (2022, None, 40.0, 55.0),
    ]
    assert [row["status"] for row in first[:2]] == ["blank", "blank"]
    assert {row["lan_measure"] for row in first} == {"share"}


def content(path: Path) -> list[tuple[object, ...]]:
    """Everything that can be asked of the file: tables with their rows in order, views, comments."""
    with duckdb.connect(str(path), read_only=True) as connection:
        told = [
            *connection.execute(
                "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
                "WHERE NOT internal ORDER BY ALL"
            ).fetchall(),
            *connection.execute(
                "SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
            ).fetchall(),
        ]
        names = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()
        for (name,) in names:
            told += connection.execute(f"SELECT '{name}', * FROM {name}").fetchall()
        return told


def test_equal_tables_give_equal_content_in_an_equal_order(dataset: Path, tmp_path: Path) -> None:
    for number in ("1", "2"):
        write_database(published(tmp_path / number), run_of(dataset))
    first, second = (content(tmp_path / number / "ut/oj.duckdb") for number in ("1", "2"))
    assert first == second and len(first) > 400
    changed = published(tmp_path / "3", read("a", 2021, Grönby={"answer": "NEJ"}), read("b", 2022))
    write_database(changed, run_of(changed))
    assert content(changed / "oj.duckdb") != first


def test_the_file_is_written_for_older_clients(dataset: Path) -> None:
    with duckdb.connect(str(dataset / "oj.duckdb"), read_only=True) as connection:
        (tags,) = connection.execute(
            "SELECT tags FROM duckdb_databases() WHERE database_name = 'oj'"
        ).fetchone()
    assert STORAGE_VERSION in str(tags)


def test_a_figure_that_stands_in_the_text_only_can_be_asked_for(tmp_path: Path) -> None:
    document = read("a", 2021)
    said = replace(
        claim(document),
        claim_type="change",
        verdict="undecidable",
        table_id=None,
        table_label=None,
        indicator_ids=("i-1",),
        unit_ids=("00",),
        value=34.0,
        value_unit="procent",
        year=2021,
        base_value=31.0,
        base_year=2020,
    )
    whole = part("a", document)
    own = replace(whole, documents=(replace(whole.documents[0], claims=(said,), flags=()),))
    out = tmp_path / "ut"
    publish(stored(tmp_path / "delar", own), out, FACTS, exporters=(), indicators=INDICATORS, units=UNITS)
    sql = "SELECT indicator_id, unit_name, year, value, value_unit FROM stated"
    assert rows(out, sql) == [
        ("i-1", "Riket", 2020, 31.0, "procent"),
        ("i-1", "Riket", 2021, 34.0, "procent"),
    ]
    site_exporter(load_settings())(out, run_of(out))
    text = (out / "site/indikator/i-1.html").read_text(encoding="utf-8")
    assert "Tal som bara står i löpande text" in text and f"#{said.claim_id}" in text
