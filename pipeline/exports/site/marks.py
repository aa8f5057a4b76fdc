"""What is marked on a page of a PDF: frames over its picture, and the same places in words beneath it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from pipeline.exports.showing import shown_value
from pipeline.exports.site.cells import UP, text
from pipeline.exports.site.frame import indicator_page, unit_page

Row = Mapping[str, Any]
#: Kinds of marks in the order of the lists, and their headings.
KINDS = {
    "varde": "Värden",
    "pastaende": "Påståenden i texten",
    "avvikelse": "Avvikelser",
    "tabell": "Tabeller",
}


def boxes_on(row: Row, page: int) -> list[Mapping[str, float]]:
    """The boxes of a mark that stand on this page."""
    return [box for box in row["boxes"] if box["page"] == page]


def marked_shapes(rows: Sequence[Row], page: int, *, with_text: bool) -> Markup:
    """A group of frames per mark, named by its id; tables first, so that they lie beneath.

    Args:
        rows: of sources.sql. with_text: write what is printed into the frames of values (without a picture).
    """
    made = []
    for row in sorted(rows, key=lambda one: one["kind"] != "tabell"):
        frames = []
        for box in boxes_on(row, page):
            x0, top = box["x0"], box["top"]
            width, height = round(box["x1"] - x0, 2), round(box["bottom"] - top, 2)
            frames.append(
                f'<rect class="mark {row["kind"]}" x="{x0}" y="{top}" width="{width}" height="{height}"/>'
            )
            if with_text and row["kind"] == "varde":
                printed = text(row["value_raw"])
                frames.append(f'<text x="{x0 + 2}" y="{box["bottom"] - 3}" font-size="8">{printed}</text>')
        made.append(f'<g id="{row["mark_id"]}"><title>{text(_words(row))}</title>{"".join(frames)}</g>\n')
    return Markup("".join(made))  # noqa: S704 - every text in it was escaped above


def marked_lists(rows: Sequence[Row]) -> list[tuple[str, Markup]]:
    """The marks in words in the order of reading, by kind: heading and list items."""
    listed = []
    for kind, heading in KINDS.items():
        items = [_item(row) for row in rows if row["kind"] == kind]
        if items:
            listed.append((heading, Markup("".join(items))))  # noqa: S704 - escaped
    return listed


def _item(row: Row) -> str:
    """A mark as a list item that leads to its frame, and to the pages of its unit and indicator."""
    mark = f'<a href="#{row["mark_id"]}">'
    if row["kind"] != "varde":
        return f"<li>{mark}{text(_words(row))}</a></li>\n"
    unit, label = text(row["unit_label"]), text(row["indicator_label"])
    if row["unit_id"]:
        unit = f'<a href="{UP}{unit_page(row["unit_id"])}">{unit}</a>'
    name = f'<a href="{UP}{indicator_page(row["indicator_key"])}">{label}</a>'
    printed = text(row["value_raw"] or "tom cell")
    return (
        f"<li>{unit}, {name}: {mark}{text(shown_value(row))}</a> "
        f'<span class="lead">tryckt: {printed}</span></li>\n'
    )


def _words(row: Row) -> str:
    """A mark in one line of words."""
    if row["kind"] == "varde":
        return f"{row['unit_label']}, {row['indicator_label']}: {shown_value(row)}"
    return str(row["words"])
