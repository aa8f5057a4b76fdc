"""What stands in raw_pdfs/: the sample PDFs, their manifest and the list of planted inconsistencies."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.samples.expected import expected_cells
from tests.samples.load import Sample, load_sample, sample_names
from tests.samples.model import Heading, SampleDocument, TableBlock
from tests.samples.render import Rendered, lay_out

RAW_PDFS = Path(__file__).parents[2] / "raw_pdfs"
MANIFEST_COLUMNS = ("file", "source_url", "title", "publisher", "published", "year", "area")
PLANTED_HEAD = (
    "# Avvikelser som är inlagda med flit i exempeldokumenten. Skrivs av python -m tests.samples;\n"
    "# ändra i tests/samples/data. Ett test visar att just dessa hittas, och inga andra.\n"
)


def file_of(sample: Sample) -> str:
    """The sample's file name in raw_pdfs/."""
    return f"{sample.document.name}.pdf"


def pdf_bytes(sample: Sample) -> bytes:
    """The PDF as it stands in raw_pdfs/: cut off where the sample says so."""
    return lay_out(sample.document, sample.style).data[: sample.damage]


def table_index(document: SampleDocument, row: Mapping[str, Any]) -> int | None:
    """Which table a planted row speaks of: by its label, or by the heading above it; None without."""
    number, heading = -1, ""
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, TableBlock):
            number += 1
            label = block.label or ""
            if "table" in row and (label == row["table"] or label.startswith(f"{row['table']}.")):
                return number
            if "heading" in row and heading == row["heading"]:
                return number
    return None


def _page_of_cell(rendered: Rendered, document: SampleDocument, row: Mapping[str, Any]) -> int:
    index = table_index(document, row)
    if index is None:
        raise ValueError(f"no such table: {row}")
    texts = expected_cells(document)[index].rows()
    at = next(number for number, cells in enumerate(texts) if cells[0] == row["row"])
    for place in rendered.places:
        if place.table == index and place.row == at and row["cell"] in place.text:
            return place.offsets[0][1]
    raise ValueError(f"no such cell: {row}")


def page_of(rendered: Rendered, document: SampleDocument, row: Mapping[str, Any]) -> int:
    """The 1-based page on which the planted sentence or cell stands; raises ValueError when it does not."""
    if "sentence" not in row:
        return _page_of_cell(rendered, document, row)
    for place in rendered.places:
        if (page := place.page_of(row["sentence"])) is not None:
            return page
    raise ValueError(f"no such sentence: {row}")


def planted_rows() -> list[dict[str, Any]]:
    """All planted inconsistencies: file, check, severity, page, place, expected and why."""
    rows: list[dict[str, Any]] = []
    for name in sample_names():
        sample = load_sample(name)
        if sample.planted:
            rendered = lay_out(sample.document, sample.style)
            for row in sample.planted:
                head = {"file": file_of(sample), "check": row["check"], "severity": row["severity"]}
                rest = {key: value for key, value in row.items() if key not in head}
                rows.append({**head, "page": page_of(rendered, sample.document, row), **rest})
    return rows


def manifest_text(had: str = "") -> str:
    """manifest.csv: a row for each sample that has one, then rows of other files that it ``had``."""
    samples = {file_of(load_sample(name)): load_sample(name) for name in sample_names()}
    rows = [{"file": file, **sample.manifest} for file, sample in samples.items() if sample.manifest]
    rows += [row for row in csv.DictReader(io.StringIO(had)) if row["file"] not in samples]
    out = io.StringIO()
    writer = csv.DictWriter(out, MANIFEST_COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def planted_text() -> str:
    """planted.yaml as text."""
    return PLANTED_HEAD + yaml.safe_dump(planted_rows(), allow_unicode=True, sort_keys=False, width=110)


def published_files(folder: Path) -> dict[str, bytes]:
    """Every generated file by name; manifest rows in the folder that are no sample's are kept."""
    manifest = folder / "manifest.csv"
    had = manifest.read_text(encoding="utf-8") if manifest.exists() else ""
    files = {file_of(load_sample(name)): pdf_bytes(load_sample(name)) for name in sample_names()}
    files["manifest.csv"] = manifest_text(had).encode("utf-8")
    files["planted.yaml"] = planted_text().encode("utf-8")
    return files


def write_all(folder: Path = RAW_PDFS) -> list[Path]:
    """Write all generated files into the folder; gives the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in published_files(folder).items():
        path = folder / name
        path.write_bytes(data)
        written.append(path)
    return written
