"""Pages that show a page of a PDF with every value, claim and flag of it marked: where all figures lead."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.exports.database import rows_of, sql_file
from pipeline.exports.settings import ExportSettings
from pipeline.exports.site.frame import SITE, Site, digests, source_page
from pipeline.exports.site.marks import boxes_on, marked_lists, marked_shapes

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


def write_sources(site: Site, connection: Any, settings: ExportSettings, draw: DrawPages | None) -> int:
    """Write a page for every page of a PDF that a table, value, claim or flag stands on; gives their number.

    Pictures of the site that was there before are taken over; without ``draw``, and for pages that cannot be
    drawn, the marks stand with their text on an empty page.
    """
    pages = connection.execute(
        "SELECT DISTINCT d.file_name, d.file_sha256, p.page FROM documents d JOIN ("
        "SELECT document_id, page FROM observations UNION SELECT document_id, page FROM flags "
        "UNION SELECT document_id, page FROM claims UNION SELECT document_id, page FROM cells) p "
        "USING (document_id) ORDER BY ALL"
    ).fetchall()
    out = site.folder.parent
    requests = [
        PageRequest(name, sha256, page, settings.picture_dpi, out / picture_name(sha256, page, settings))
        for name, sha256, page in pages[: settings.picture_max_pages]
    ]
    (out / PICTURES).mkdir(parents=True, exist_ok=True)
    wanted = [one for one in requests if not site.take_over(one.target.relative_to(out).as_posix())]
    if draw is not None and wanted:
        draw(wanted)
    return _write_pages(site, connection, settings)


def _write_pages(site: Site, connection: Any, settings: ExportSettings) -> int:
    """The pages whose marks or picture have changed; gives the number of all."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE marks AS {sql_file('sources')}")
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


def picture_name(sha256: str, page: int, settings: ExportSettings) -> str:
    """Path of a page's picture below OUT: equal bytes of the PDF, equal name."""
    return f"{PICTURES}/{sha256[:20]}-s{page}-{settings.picture_dpi}.png"


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
