"""Pages that show a page of a PDF with every value, claim and flag of it marked: where all figures lead."""

from __future__ import annotations

import itertools
import os
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dataset.files import sha256_of
from pipeline.dataset.runfile import read_run
from pipeline.exports.database import rows_of, sql_file
from pipeline.exports.settings import ExportSettings
from pipeline.exports.showing import shown_value
from pipeline.exports.site.frame import SITE, Site, source_page

PICTURES = f"{SITE}/kalla/bild"
POINTS_PER_INCH = 72.0
#: Space around the outermost mark of a page that has no picture (points).
MARGIN = 40.0


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page whose picture is wanted as a PNG file at ``target``.

    Attributes:
        file_name: as in documents.parquet; file_sha256: of the bytes that were read.
        page: 1-based. dpi: dots per inch.
    """

    file_name: str
    file_sha256: str
    page: int
    dpi: int
    target: Path


#: Draws the pages that it can into their targets; a page that cannot be drawn is left out.
DrawPages = Callable[[Sequence[PageRequest]], None]


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked place: its id, its kind (``varde``, ``pastaende``, ``avvikelse``), boxes and words."""

    mark_id: str
    kind: str
    boxes: tuple[tuple[float, float, float, float], ...]
    words: str
    text: str


def write_sources(site: Site, connection: Any, settings: ExportSettings, draw: DrawPages | None) -> int:
    """Write a page for every page of a PDF that a value, a claim or a flag stands on; gives their number.

    Pictures of the site that was there before are taken over; without ``draw``, and for pages that cannot be
    drawn, the marks stand with their text on an empty page.
    """
    pages = connection.execute(
        "SELECT DISTINCT d.file_name, d.file_sha256, p.page FROM documents d JOIN ("
        "SELECT document_id, page FROM observations UNION SELECT document_id, page FROM flags "
        "UNION SELECT document_id, page FROM claims) p USING (document_id) ORDER BY ALL"
    ).fetchall()
    requests = [
        PageRequest(
            name,
            sha256,
            page,
            settings.picture_dpi,
            site.folder.parent / picture_name(sha256, page, settings),
        )
        for name, sha256, page in pages[: settings.picture_max_pages]
    ]
    (site.folder.parent / PICTURES).mkdir(parents=True, exist_ok=True)
    before = (read_run(site.folder.parent.parent) or {"outputs": {}})["outputs"]
    wanted = [request for request in requests if not _taken_over(site.folder.parent, request.target, before)]
    if draw is not None and wanted:
        draw(wanted)
    written = 0
    for head, marks in _marked(connection):
        _write_page(site, head, marks, settings)
        written += 1
    return written


def picture_name(sha256: str, page: int, settings: ExportSettings) -> str:
    """Path of a page's picture below OUT: equal bytes of the PDF, equal name."""
    return f"{PICTURES}/{sha256[:20]}-s{page}-{settings.picture_dpi}.png"


def _taken_over(staging: Path, target: Path, before: Mapping[str, Any]) -> bool:
    """Link the picture of the last run, when its run.json knows it and it is whole.

    Args:
        before: the outputs that the run.json of OUT lists (the staging folder lies inside OUT).
    """
    name = target.relative_to(staging).as_posix()
    old = staging.parent / name
    try:
        if name not in before or sha256_of(old) != before[name]["sha256"]:
            return False
        os.link(old, target)
    except OSError:
        return False
    return True


def _marked(connection: Any) -> Iterator[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """Every page with its marks, in the order of documents and pages."""
    cursor = connection.execute(sql_file("sources"))
    names = [one[0] for one in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in rows_of(cursor))
    for _, group in itertools.groupby(rows, key=lambda row: (row["document_id"], row["page"])):
        held: list[Mapping[str, Any]] = list(group)
        yield held[0], held


def _write_page(
    site: Site, head: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], settings: ExportSettings
) -> None:
    """One page of a PDF."""
    marks = [_mark(row, head["page"]) for row in rows]
    picture = site.folder.parent / picture_name(head["file_sha256"], head["page"], settings)
    size = _size(picture, settings.picture_dpi)
    boxes = [box for mark in marks for box in mark.boxes]
    width, height = size or (
        max((box[2] for box in boxes), default=400.0) + MARGIN,
        max((box[3] for box in boxes), default=400.0) + MARGIN,
    )
    site.write(
        source_page(head["document_id"], head["page"]),
        "kalla.html.j2",
        head=head,
        marks=marks,
        picture=f"bild/{picture.name}" if size else None,
        width=round(width, 2),
        height=round(height, 2),
    )


def _mark(row: Mapping[str, Any], page: int) -> Mark:
    """A row of sources.sql as a mark."""
    boxes = tuple(
        (box["x0"], box["top"], box["x1"], box["bottom"]) for box in row["boxes"] if box["page"] == page
    )
    if row["kind"] == "varde":
        words = f"{row['unit_label']}, {row['indicator_label']}: {shown_value(row)}"
        return Mark(row["mark_id"], row["kind"], boxes, words, row["value_raw"])
    return Mark(row["mark_id"], row["kind"], boxes, row["words"], row["words"])


def _size(picture: Path, dpi: int) -> tuple[float, float] | None:
    """Width and height of a picture's page in points; None without a picture."""
    try:
        with picture.open("rb") as file:
            head = file.read(24)
    except OSError:
        return None
    wide, high = struct.unpack(">II", head[16:24])  # the header of a PNG file begins with its size
    return wide * POINTS_PER_INCH / dpi, high * POINTS_PER_INCH / dpi
