"""``oj inspect``: a picture of one page with the tables, cells and roles that were found on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.pictures import Mark, Style, annotated_picture
from flows.errors import WrongCallError, system_reason
from pipeline.errors import OjError, OutputError, UnreadableFileError

if TYPE_CHECKING:
    from pipeline.model import ReadDocument, TableReading

#: Cells by role, then areas of tables: by what they are and whether they could be read.
STYLES = {
    "header": Style("rubrik", "#1f5fbf", 50),
    "row_label": Style("radens namn", "#7a3db8", 45),
    "value": Style("värde", "#1a8f3c", 40),
    "comment": Style("kommentar", "#b87a00", 50),
    "note": Style("not eller utanför", "#777777", 45),
    "indicators": Style("tabell med indikatorer", "#c2185b", 0, 1.8),
    "other": Style("annan tabell", "#5d4037", 0, 1.8),
    "unread": Style("tabell som inte kunde läsas", "#d50000", 0, 2.4),
}
KIND_WORDS = {
    "indicators": "indikatorer",
    "data": "data",
    "contents": "innehållsförteckning",
    "chart": "diagram",
    "layout": "uppställning",
    "key": "teckenförklaring",
}


@dataclass(frozen=True, slots=True)
class _Job:
    path: Path
    page: int
    dpi: int


@dataclass(frozen=True, slots=True)
class _Picture:
    """The PNG file's bytes and one line for each table on the page."""

    png: bytes
    lines: tuple[str, ...]


def inspect_page(path: Path, page: int, png: Path, dpi: int) -> int:
    """Write the annotated page to ``png`` and tell what stands on it; gives the exit code 0.

    Args:
        page: 1-based. dpi: dots per inch of the picture.

    Raises:
        WrongCallError: there is no such file or page. UnreadableFileError: it is no readable PDF.
        OutputError: the picture cannot be written.
    """
    from extractors.sandbox import run_sandboxed
    from flows.screens import say

    if not path.is_file():
        raise WrongCallError(f"Filen {path} finns inte: ange en PDF-fil.")
    (outcome,) = run_sandboxed(draw_page, [_Job(path, page, dpi)], workers=1)
    picture = outcome.value
    if picture is None:
        kind: type[OjError] = WrongCallError if outcome.status == "failed" else UnreadableFileError
        raise kind(outcome.reason or "", code=outcome.code)
    try:
        png.parent.mkdir(parents=True, exist_ok=True)
        png.write_bytes(picture.png)
    except OSError as error:
        raise OutputError(
            f"Bilden {png} går inte att skriva ({system_reason(error)}): ange en annan med --png."
        ) from error
    for line in picture.lines or ("Inga tabeller hittades på sidan.",):
        say(line)
    say(f"Bild: {png}")
    return 0


def draw_page(job: _Job) -> _Picture:
    """Read the document and draw one page of it (runs in a worker process).

    Raises:
        UnreadableFileError: it is no readable PDF. WrongCallError: it has no such page.
    """
    from extractors.read import read_pdf
    from pipeline.normalize import read_documents
    from pipeline.reference import load_registers

    pdf = read_pdf(job.path, file_name=job.path.name)
    if job.page > len(pdf.pages):
        pages = "1 sida" if len(pdf.pages) == 1 else f"{len(pdf.pages)} sidor"
        raise WrongCallError(f"{job.path} har ingen sida {job.page}: dokumentet har {pages}.")
    documents = read_documents(pdf, load_registers())
    tables = [
        table
        for document in documents
        for table in document.tables
        if table.table.page_first <= job.page <= table.table.page_last
    ]
    marks = [mark for table in tables for mark in marks_of(table)]
    source = {"text": "textlager", "ocr": "OCR", "empty": "tom", "unreadable": "oläsbar"}
    title = f"{job.path.name}, sida {job.page} av {len(pdf.pages)} ({source[pdf.pages[job.page - 1].source]})"
    lines = tuple(_line_of(table, documents) for table in tables)
    return _Picture(annotated_picture(job.path, job.page, job.dpi, marks, STYLES, title), lines)


def marks_of(reading: TableReading) -> list[Mark]:
    """Marks for a table: its cells by role, then its area on each page with a tag."""
    table = reading.table
    cells = [Mark(cell.box, role) for cell, role in zip(table.cells, reading.roles, strict=True)]
    style = (
        "unread" if reading.status == "unread" else "indicators" if reading.kind == "indicators" else "other"
    )
    name = reading.label or "utan namn"
    tag = f"{name} · {KIND_WORDS.get(reading.kind, reading.kind)} · {table.engine} · {table.confidence:.2f}"
    return cells + [Mark(box, style, tag) for box in table.boxes]


def _line_of(reading: TableReading, documents: tuple[ReadDocument, ...]) -> str:
    table = reading.table
    observations = sum(
        observation.table_id == reading.table_id
        for document in documents
        for observation in document.observations
    )
    words = [
        reading.label or "Tabell utan namn",
        KIND_WORDS.get(reading.kind, reading.kind),
        f"{table.n_rows} {'rad' if table.n_rows == 1 else 'rader'}"
        f" × {table.n_cols} {'kolumn' if table.n_cols == 1 else 'kolumner'}",
        f"läst av {table.engine}",
        f"säkerhet {table.confidence:.2f}".replace(".", ","),
        f"{observations} observation{'' if observations == 1 else 'er'}",
    ]
    if reading.status == "unread":
        words.append(f"inte tolkad: {reading.reason}")
    return " · ".join(words)
