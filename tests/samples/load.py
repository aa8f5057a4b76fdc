"""Sample documents from YAML: one file under data/ for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tests.samples import model

DATA = Path(__file__).parent / "data"
COLOURS = {"gron": "#92d050", "gul": "#ffff66", "rod": "#ff5050", "gra": "#d9d9d9"}
_FILL = re.compile(r"^\{(#[0-9a-f]{6}|\w+)\}\s*")
_SPAN = re.compile(r"^\[(\d+)x(\d+)\]\s*")


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample document with its own style.

    Attributes:
        damage: bytes kept when the file is cut off on purpose, else None.
        manifest: the document's row in manifest.csv (without ``file``), empty when it has none.
        planted: its planted inconsistencies, as rows of planted.yaml.
    """

    document: model.SampleDocument
    style: model.Style
    damage: int | None = None
    manifest: Mapping[str, str] | None = None
    planted: tuple[Mapping[str, Any], ...] = ()

    def heading(self) -> str:
        """The document's first heading: its title as printed."""
        return next(block.text for block in self.document.blocks if isinstance(block, model.Heading))


def sample_names() -> tuple[str, ...]:
    """Names of the samples under data/, sorted."""
    return tuple(sorted(path.stem for path in DATA.glob("*.yaml")))


@lru_cache(maxsize=64)
def load_sample(name: str) -> Sample:
    """Read one sample; raises FileNotFoundError for a name that is not there."""
    return parse_sample(name, yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8")))


def parse_sample(name: str, data: Mapping[str, Any]) -> Sample:
    """Make a sample of parsed YAML: title, style, blocks (see README.md beside this file)."""
    blocks = tuple(_block(entry, data.get("tables") or {}) for entry in data["blocks"])
    return Sample(
        model.SampleDocument(name, str(data["title"]), blocks),
        parse_style(data.get("style") or {}),
        data.get("damage"),
        data.get("manifest"),
        tuple(data.get("planted") or ()),
    )


def parse_style(data: Mapping[str, Any]) -> model.Style:
    """A style from plain values; ``table`` holds the fields of :class:`TableStyle`."""
    known = {field.name for field in fields(model.Style)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
    }
    if unknown := set(values) - known:
        raise ValueError(f"unknown style fields: {sorted(unknown)}")
    values["table"] = model.TableStyle(**(data.get("table") or {}))
    return model.Style(**values)


def parse_cell(text: str) -> model.CellText:
    """``{rod} [1x2] _Text_``: fill, rows x columns spanned, italics; ``**text**`` is bold."""
    fill: str | None = None
    rows = cols = 1
    text = text.strip()
    if found := _FILL.match(text):
        fill, text = COLOURS.get(found[1], found[1]), text[found.end() :]
    if found := _SPAN.match(text):
        rows, cols, text = int(found[1]), int(found[2]), text[found.end() :]
    italic = len(text) > 2 and text.startswith("_") and text.endswith("_")
    text = text[1:-1] if italic else text
    return model.CellText(text, cols, rows, fill, italic=italic)


def parse_rows(text: str) -> tuple[tuple[model.CellText, ...], ...]:
    """Rows of cells: a line each, cells apart by ``|``."""
    return tuple(
        tuple(parse_cell(cell) for cell in line.split("|")) for line in text.splitlines() if line.strip()
    )


def _table(data: Mapping[str, Any], defaults: Mapping[str, Any]) -> model.TableBlock:
    data = {**defaults, **data}
    values: dict[str, Any] = {
        key: value for key, value in data.items() if key not in {"header", "rows", "units", "style"}
    }
    for key in ("notes", "ignored_rows", "ignored_cols", "widths"):
        if key in values:
            values[key] = tuple(values[key])
    header, rows = parse_rows(data["header"]), parse_rows(data["rows"])
    if fills := values.pop("answer_fills", None):
        rows = tuple(tuple(_filled(cell, fills) for cell in row) for row in rows)
    units = parse_rows(data["units"])[0] if data.get("units") else ()
    return model.TableBlock(
        header=header, rows=rows, units=units, overrides=data.get("style") or {}, **values
    )


def _filled(cell: model.CellText, fills: Mapping[str, str]) -> model.CellText:
    colour = fills.get(cell.text)
    if colour is None or cell.fill:
        return cell
    return model.CellText(
        cell.text, cell.cols, cell.rows, COLOURS.get(colour, colour), cell.bold, cell.italic
    )


def _block(entry: Any, table_defaults: Mapping[str, Any]) -> model.Block:
    if isinstance(entry, str):
        if entry == "pagebreak":
            return model.PageBreak()
        if entry == "contents":
            return model.Contents()
        return model.Paragraph(entry)
    ((kind, value),) = entry.items()
    match kind:
        case "h1" | "h2" | "h3":
            return model.Heading(value, int(kind[1]))
        case "title":
            return model.Heading(value, 1, in_contents=False)
        case "p":
            return model.Paragraph(**value) if isinstance(value, dict) else model.Paragraph(value)
        case "list" | "numbered":
            return model.ListBlock(tuple(value), kind == "numbered")
        case "table":
            return _table(value, table_defaults)
        case "chart":
            return model.BarChart(value["caption"], tuple(value["bars"].items()), value.get("unit", "%"))
        case "legend":
            return model.Legend(tuple((COLOURS.get(colour, colour), text) for colour, text in value))
        case "footnote":
            return model.Footnote(str(value["mark"]), value["text"])
        case "contents":
            return model.Contents(**value)
        case "section":
            return model.Section(**value)
        case _:
            raise ValueError(f"unknown kind of block: {kind}")
