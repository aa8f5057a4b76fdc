"""Pages that show a page of a PDF with every value, claim and flag of it marked: where all figures lead."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.exports.database import rows_of, sql_file
from pipeline.exports.settings import ExportSettings
from pipeline.exports.site.frame import Site, digests, source_page
from pipeline.exports.site.marks import boxes_on, marked_lists, marked_shapes
from pipeline.exports.site.pictures import picture_name

POINTS_PER_INCH = 72.0
#: Space around the outermost mark of a page that has no picture (points).
MARGIN = 40.0


def gather_marks(connection: Any) -> None:
    """Make the table ``marks``: everything that stands somewhere on a page of a PDF, with its box."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE marks AS {sql_file('sources')}")


def write_sources(site: Site, connection: Any, settings: ExportSettings) -> int:
    """Write a page for every page of a PDF that a table, value, claim or flag stands on; gives their number.

    Pages whose marks and picture are those of the last run are taken over. Without a picture the marks
    stand with their text on an empty page.
    """
    changed = []
    made_of = digests(connection, "marks", "document_id", "file_sha256", "page")
    for (document_id, sha256, page), told in made_of:
        size = _size(site.folder.parent / picture_name(sha256, page, settings), settings.picture_dpi)
        if not site.keep(source_page(document_id, page), told, size):
            changed.append({"document_id": document_id, "page": page})
    cursor = connection.execute(
        "SELECT * FROM marks WHERE $pages IS NULL OR list_contains($pages, document_id || ' ' || page) "
        "ORDER BY document_id, page, place",
        {"pages": [f"{one['document_id']} {one['page']}" for one in changed]},
    )
    names = [one[0] for one in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in rows_of(cursor))
    for _, group in itertools.groupby(rows, key=lambda row: (row["document_id"], row["page"])):
        held: list[Mapping[str, Any]] = list(group)
        _write_page(site, held[0], held, settings)
    return len(made_of)


def _write_page(
    site: Site, head: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], settings: ExportSettings
) -> None:
    """One page of a PDF."""
    picture = site.folder.parent / picture_name(head["file_sha256"], head["page"], settings)
    size = _size(picture, settings.picture_dpi)
    boxes = [box for row in rows for box in boxes_on(row, head["page"])]
    width, height = size or (
        max((box["x1"] for box in boxes), default=400.0) + MARGIN,
        max((box["bottom"] for box in boxes), default=400.0) + MARGIN,
    )
    site.write(
        source_page(head["document_id"], head["page"]),
        "kalla.html.j2",
        head=head,
        n_marks=len(rows),
        shapes=marked_shapes(rows, head["page"], with_text=size is None),
        lists=marked_lists(rows),
        picture=f"bild/{picture.name}" if size else None,
        width=round(width, 2),
        height=round(height, 2),
    )


def _size(picture: Path, dpi: int) -> tuple[float, float] | None:
    """Width and height of a picture's page in points; None without a picture."""
    try:
        with picture.open("rb") as file:
            head = file.read(24)
    except OSError:
        return None
    wide, high = struct.unpack(">II", head[16:24])  # the header of a PNG file begins with its size
    return wide * POINTS_PER_INCH / dpi, high * POINTS_PER_INCH / dpi
