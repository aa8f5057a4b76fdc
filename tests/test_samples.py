"""The sample documents can be made again byte for byte, and exactly what is planted in them is flagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.read import read_pdf
from pipeline.checks import check_corpus, check_document
from pipeline.claims import find_claims
from pipeline.errors import UnreadableFileError
from pipeline.model import Claim, Flag, Observation, ReadDocument, Table, TableReading
from pipeline.normalize import read_documents
from pipeline.normalize.manifest import read_manifest
from pipeline.reference import load_registers
from tests.samples import (
    CellText,
    TableBlock,
    expected_cells,
    expected_observations,
    load_sample,
    parse_sample,
    render,
    sample_names,
)
from tests.samples.__main__ import main
from tests.samples.expected import expected_table
from tests.samples.load import parse_cell
from tests.samples.publish import RAW_PDFS, file_of, published_files

BROKEN = "trasig-oj-aldreomsorg-2020"
WHOLE = tuple(name for name in sample_names() if name != BROKEN)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the pipeline made of the samples."""

    documents: tuple[ReadDocument, ...]
    flags: tuple[Flag, ...]

    def file_of(self, document_id: str) -> str:
        """The file that a document came from."""
        return next(d.record.file_name for d in self.documents if d.record.document_id == document_id)

    def of(self, name: str) -> tuple[ReadDocument, ...]:
        """The documents of one sample, in order."""
        return tuple(d for d in self.documents if d.record.file_name == f"{name}.pdf")


@pytest.fixture(scope="module")
def reading() -> Reading:
    """The real way from the PDFs in raw_pdfs/ to flags, once for all tests here."""
    registers = load_registers()
    manifest = read_manifest(RAW_PDFS / "manifest.csv")
    documents: list[ReadDocument] = []
    claims: dict[str, tuple[Claim, ...]] = {}
    flags: list[Flag] = []
    for name in WHOLE:
        file = f"{name}.pdf"
        pdf = read_pdf(RAW_PDFS / file, file_name=file)
        for document in read_documents(pdf, registers, manifest.get(file)):
            found = find_claims(document, registers).claims
            documents.append(document)
            claims[document.record.document_id] = found
            flags += check_document(document, found, registers)
    flags += check_corpus(documents, claims, registers)
    return Reading(tuple(documents), tuple(flags))


# -- the files -------------------------------------------------------------------------------------


def test_the_samples_can_be_made_again_byte_for_byte() -> None:
    for name, data in published_files(RAW_PDFS).items():
        assert (RAW_PDFS / name).read_bytes() == data, f"{name}: kör python -m tests.samples"


def test_rows_of_the_manifest_that_a_steward_added_are_kept(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file,year\negen.pdf,2024\n", encoding="utf-8")
    main([str(tmp_path)])
    rows = read_manifest(tmp_path / "manifest.csv")
    assert rows["egen.pdf"].year == 2024
    assert rows["oj-missbruk-2022-sormland.pdf"].year == 2022


def test_the_command_writes_all_files(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == set(published_files(tmp_path))


def test_every_planted_row_says_where_what_and_why() -> None:
    rows = _planted()
    assert len(rows) >= 8
    for row in rows:
        assert row["check"] and row["why"] and row["expected"] and row["page"] >= 1
        assert row["severity"] in {"error", "warning"}
        assert ("sentence" in row) or {"row", "cell"} <= set(row)


# -- what the pipeline makes of them ---------------------------------------------------------------


def _planted() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((RAW_PDFS / "planted.yaml").read_text(encoding="utf-8"))
    return loaded


def _is(flag: Flag, file: str, row: Mapping[str, Any]) -> bool:
    """Whether the flag is the planted one: same file, check, severity, page, and sentence or cell."""
    seen = {"file": file, "check": flag.check, "severity": flag.severity, "page": flag.page}
    if any(row[key] != value for key, value in seen.items()):
        return False
    if "sentence" in row:
        return bool(" ".join((flag.sentence or "").split()) == row["sentence"])
    return all(row[key] in flag.message for key in ("row", "column", "cell") if key in row)


def test_exactly_the_planted_inconsistencies_are_flagged(reading: Reading) -> None:
    wanted = _planted()
    surplus = []
    for flag in reading.flags:
        if flag.severity == "info":
            continue
        file = reading.file_of(flag.document_id)
        match = next((row for row in wanted if _is(flag, file, row)), None)
        if match is None:
            surplus.append((file, flag.check, flag.severity, flag.page, flag.sentence, flag.message))
        else:
            wanted.remove(match)
    missing = [(row["file"], row["check"], row.get("sentence") or row.get("row")) for row in wanted]
    assert {"missing": missing, "surplus": surplus} == {"missing": [], "surplus": []}


def test_each_flag_carries_boxes_on_its_page_and_a_swedish_sentence(reading: Reading) -> None:
    for flag in reading.flags:
        assert flag.boxes and flag.boxes[0].page == flag.page
        assert flag.message.startswith("Avvikelse") or flag.severity == "info"


def test_the_broken_sample_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf(RAW_PDFS / f"{BROKEN}.pdf", file_name=f"{BROKEN}.pdf")
    assert caught.value.code == "skadad"


def test_the_bundle_is_three_documents(reading: Reading) -> None:
    bundle = reading.of("tjansteskrivelser-lidkoping-2023")
    assert [d.record.diarienummer for d in bundle] == ["SN 2023/214", "SN 2023/231", "SN 2023/240"]
    assert [(d.record.page_first, d.record.page_last) for d in bundle] == [(1, 4), (5, 5), (6, 6)]
    assert {d.record.document_type for d in bundle} == {"tjansteskrivelse"}
    assert [str(d.record.published) for d in bundle] == ["2023-10-18", "2023-10-25", "2023-10-30"]
    assert {d.own_unit for d in bundle} == {"1494"}


def test_years_areas_and_kinds_are_read_without_a_manifest(reading: Reading) -> None:
    (report,) = reading.of("oj-socialpsykiatri-2019-dalarna")
    assert report.record.title == load_sample("oj-socialpsykiatri-2019-dalarna").heading()
    assert (report.record.document_type, report.record.year) == ("oj_rapport", 2019)
    assert report.record.areas == ("socialpsykiatri",)
    (page,) = reading.of("webb-oj-vald-2023")
    assert (page.record.document_type, page.record.year) == ("webbsida", 2023)
    assert str(page.record.published) == "2023-06-20"
    (review,) = reading.of("granskning-lss-umea-2017")
    assert review.record.document_type == "granskningsrapport"
    assert review.record.diarienummer == "ON-2017/00218"


def test_the_manifest_overrides_what_is_read(reading: Reading) -> None:
    (report,) = reading.of("oj-missbruk-2022-sormland")
    assert report.record.publisher == "Kunskapsnätverket Sörmland"
    assert str(report.record.published) == "2022-11-15"
    assert report.record.source_url == "https://www.example.org/rapporter/oj-missbruk-2022.pdf"


@pytest.mark.parametrize("name", WHOLE)
def test_every_value_cell_becomes_one_observation(name: str, reading: Reading) -> None:
    wanted = Counter(
        (cell.unit_label, cell.indicator_label, cell.value_raw)
        for cell in expected_observations(load_sample(name).document)
    )
    seen = Counter(_read(reading.of(name)))
    assert {"missing": wanted - seen, "surplus": seen - wanted} == {"missing": {}, "surplus": {}}


@pytest.mark.parametrize("name", WHOLE)
def test_every_body_row_comes_out_whole(name: str, reading: Reading) -> None:
    """Over page and column breaks, in order, nothing lost and nothing added."""
    wanted = [table.rows()[table.header_rows :] for table in expected_cells(load_sample(name).document)]
    seen = [
        _rows(table.table)[-len(rows) :]
        for (table, rows) in zip(_tables(reading.of(name)), wanted, strict=False)
    ]
    assert seen == wanted


def _tables(documents: tuple[ReadDocument, ...]) -> Iterator[TableReading]:
    for document in documents:
        yield from (table for table in document.tables if table.kind in {"indicators", "data", "key"})


def _rows(table: Table) -> tuple[tuple[str, ...], ...]:
    texts = {(cell.row, cell.col): cell.text for cell in table.cells}
    return tuple(
        tuple(texts.get((row, col), "") for col in range(table.n_cols)) for row in range(table.n_rows)
    )


def _read(documents: tuple[ReadDocument, ...]) -> Iterator[tuple[str, str, str]]:
    for document in documents:
        for seen in document.observations:
            yield seen.unit_label, seen.indicator_label, _printed(seen)


def _printed(seen: Observation) -> str:
    return " ".join(seen.value_raw.split())


# -- the renderer and its data ---------------------------------------------------------------------


def test_a_cell_is_read_with_its_fill_span_and_slant() -> None:
    assert parse_cell("{rod} [2x3] _Flen_") == CellText("Flen", 3, 2, "#ff5050", italic=True)
    assert parse_cell(" {#00ff00} ") == CellText("", fill="#00ff00")
    assert parse_cell("4-7 dgr") == CellText("4-7 dgr")


def test_spans_move_the_cells_after_them() -> None:
    table = TableBlock(
        header=((CellText("Kommun", rows=2), CellText("Grupp", cols=2)), (CellText("A"), CellText("B"))),
        rows=((CellText("Flen"), CellText("1"), CellText("2^3^")),),
    )
    made = expected_table(table)
    assert made.rows() == (("Kommun", "Grupp", ""), ("", "A", "B"), ("Flen", "1", "2"))
    assert made.cells[-1].marks == ("3",)
    assert (made.n_rows, made.n_cols, made.header_rows) == (3, 3, 2)


def test_rendering_is_the_same_twice_and_differs_with_the_style() -> None:
    sample = load_sample("oj-socialpsykiatri-2019-dalarna")
    plain = parse_sample("x", {"title": "x", "blocks": ["x"], "style": {"font": "times", "columns": 2}}).style
    assert render(sample.document, sample.style) == render(sample.document, sample.style)
    assert render(sample.document, plain) != render(sample.document, sample.style)


def test_expected_observations_follow_the_orientation() -> None:
    bundle = load_sample("tjansteskrivelser-lidkoping-2023")
    seen = expected_observations(bundle.document)
    assert {cell.unit_label for cell in seen} == {"Lidköping", "Länet", "Riket"}
    assert len(seen) == 3 * (17 + 15 + 14)
    report = load_sample("oj-missbruk-2022-sormland")
    assert len(expected_cells(report.document)) == 9
    assert file_of(report) == "oj-missbruk-2022-sormland.pdf"
