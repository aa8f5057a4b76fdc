import pyarrow as pa
import pytest

from pipeline.dataset.rows import document_rows
from pipeline.dataset.schemas import arrow_schema, codes, schemas, validate, words
from pipeline.errors import OutputError
from tests.pipeline.dataset.made import document

#: The contract's columns, in its order; more may follow, none may go or move.
CONTRACT = {
    "documents": "document_id file_name file_sha256 source_url page_first page_last title "
    "document_type publisher diarienummer published year areas status reason n_pages "
    "n_tables n_observations n_sentences n_claims n_flags pipeline_version",
    "tables": "table_id document_id kind label label_inferred caption page_first page_last n_rows "
    "n_cols engine confidence agreement orientation status reason",
    "cells": "table_id row col row_span col_span role text page x0 top x1 bottom fill bold italic rotated",
    "observations": "observation_id document_id table_id table_label row col page x0 top x1 bottom year "
    "period area quality_area indicator_id indicator_label indicator_group subgroup "
    "unit_id unit_label unit_kind measure value_raw answer answer_note value value_unit "
    "range_min range_max status uncertain colour comment confidence correction",
    "claims": "claim_id document_id location page boxes sentence span_start span_end claim_type "
    "area unit_ids indicator_ids value value_unit year base_value base_year table_id "
    "table_label asserted verdict found evidence rule reason",
    "flags": "flag_id evidence_hash document_id other_document_ids check severity page boxes "
    "sentence claim_id table_id table_label observation_ids asserted found message status "
    "reviewer reviewed_at review_comment",
    "indicators": "indicator_id name area quality_area kolada_kpi higher_is_better first_year last_year",
    "units": "unit_id name kind lan_code",
}


def observations(**changed: object) -> pa.Table:
    rows = document_rows(document(), ())["observations"]
    for name, value in changed.items():
        at = rows.column_names.index(name)
        values = [value, *rows[name].to_pylist()[1:]]
        rows = rows.set_column(at, name, pa.array(values))
    return rows


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_follow_the_contract(table: str) -> None:
    wanted = CONTRACT[table].split()
    assert [column.name for column in schemas()[table].columns][: len(wanted)] == wanted


def test_every_column_is_described_in_both_languages() -> None:
    for schema in schemas().values():
        for column in schema.columns:
            assert column.sv.endswith(".") and column.en.endswith("."), column.name
            field = arrow_schema(schema.name).field(column.name)
            assert field.metadata[b"description_sv"].decode() == column.sv
            assert field.metadata[b"description_en"].decode() == column.en


def test_types_of_the_contract() -> None:
    documents, claims, flags = (arrow_schema(name) for name in ("documents", "claims", "flags"))
    assert documents.field("published").type == pa.date32()
    assert documents.field("year").type == pa.int32()
    assert pa.types.is_list(documents.field("areas").type)
    assert [field.name for field in claims.field("boxes").type.value_type] == [
        "page",
        "x0",
        "top",
        "x1",
        "bottom",
    ]
    assert pa.types.is_timestamp(flags.field("reviewed_at").type)


def test_rows_of_a_document_are_valid() -> None:
    assert validate("observations", observations()).num_rows == 6


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("answer", "KANSKE"),
        ("status", "fel"),
        ("unit_kind", "by"),
        ("confidence", 1.5),
        ("year", 20),
        ("page", 0),
    ],
)
def test_wrong_code_or_figure_is_refused_by_name(column: str, value: object) -> None:
    with pytest.raises(OutputError) as caught:
        validate("observations", observations(**{column: value}))
    assert caught.value.code == "schema"
    assert column in caught.value.message and str(value) in caught.value.message
    assert document().record.document_id in caught.value.message


def test_null_where_none_may_be_is_refused() -> None:
    rows = observations()
    at = rows.column_names.index("unit_label")
    with pytest.raises(OutputError, match="unit_label"):
        validate("observations", rows.set_column(at, "unit_label", pa.nulls(rows.num_rows, pa.string())))


def test_same_id_twice_is_refused() -> None:
    with pytest.raises(OutputError, match="observation_id"):
        validate("observations", pa.concat_tables([observations(), observations()]))


def test_missing_column_is_refused() -> None:
    with pytest.raises(OutputError, match="kolumner"):
        validate("observations", observations().drop_columns(["value"]))


def test_unknown_member_of_a_list_is_refused() -> None:
    names = [column.name for column in schemas()["documents"].columns]
    values = {
        "document_id": "d", "file_name": "f", "file_sha256": "0", "document_type": "annat", "status": "ok",
        "areas": ["skog"], "pipeline_version": "1",
    } | dict.fromkeys([name for name in names if name.startswith("n_")], 0)  # fmt: skip
    row = pa.Table.from_pylist([{name: values.get(name) for name in names}], schema=arrow_schema("documents"))
    with pytest.raises(OutputError, match="skog"):
        validate("documents", row)


def test_every_code_has_words() -> None:
    for entries in codes().values():
        assert all(code.sv and code.en for code in entries)
    assert words("severity") == {"error": "Fel", "warning": "Varning", "info": "Upplysning"}


def test_references_point_at_columns() -> None:
    for schema in schemas().values():
        for column in schema.columns:
            if column.references:
                table, _, name = column.references.partition(".")
                assert name in schemas()[table].key
