"""Heat maps of answers: unit by indicator for one table, as a grid for a page and as a picture."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: What a cell without a value says, and its kind.
_STATUS_WORDS = {
    "blank": "tom",
    "missing": "saknas",
    "suppressed": "sekretess",
    "not_applicable": "ej aktuellt",
    "unknown": "vet ej",
    "unreadable": "oläslig",
}
_ANSWER_WORDS = {"JA": "Ja", "NEJ": "Nej", "DELVIS": "Delvis"}
#: Fill per kind of answer; every cell also carries its word, so colour is never alone. Text on all of them
#: is at least 7:1 (WCAG 2.1, 1.4.6).
FILLS = {
    "ja": "#bfe3d6",
    "nej": "#f7c8b4",
    "delvis": "#fbe3a6",
    "tal": "#d5e3f2",
    "utan": "#ececea",
    "olaslig": "#e3d3ec",
}


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One value: its word, its kind (a key of ``FILLS``), its strength 0–1 for a percentage, else None."""

    text: str
    kind: str
    strength: float | None
    title: str
    observation_id: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A grid of values with one label per row and column, in the table's own order and orientation."""

    row_labels: tuple[str, ...]
    col_labels: tuple[str, ...]
    cells: tuple[tuple[HeatCell | None, ...], ...]
    units_in_rows: bool


def heat_map(observations: Iterable[Mapping[str, Any]], orientation: str | None) -> HeatMap | None:
    """The grid of one table.

    Args:
        observations: rows of observations.parquet of one table.
        orientation: of the table; ``indicators_in_rows`` puts indicators in rows, anything else units.

    Returns:
        None when the table has no observations.
    """
    in_rows = orientation != "indicators_in_rows"
    placed: dict[tuple[int, int], Mapping[str, Any]] = {(one["row"], one["col"]): one for one in observations}
    if not placed:
        return None
    rows, cols = sorted({row for row, _ in placed}), sorted({col for _, col in placed})
    by_row = {row: one for (row, _), one in sorted(placed.items(), reverse=True)}
    by_col = {col: one for (_, col), one in sorted(placed.items(), reverse=True)}
    row_name, col_name = ("unit_label", "indicator_label") if in_rows else ("indicator_label", "unit_label")
    return HeatMap(
        tuple(str(by_row[row][row_name]) for row in rows),
        tuple(str(by_col[col][col_name]) for col in cols),
        tuple(
            tuple(_cell(placed[row, col]) if (row, col) in placed else None for col in cols) for row in rows
        ),
        in_rows,
    )


def _cell(one: Mapping[str, Any]) -> HeatCell:
    """Word, kind and strength of one observation."""
    raw = one["value_raw"] or "tom cell"
    title = f"{one['unit_label']}, {one['indicator_label']}: {raw} (sida {one['page']})"
    if one["status"] != "ok":
        kind = "olaslig" if one["status"] == "unreadable" else "utan"
        return HeatCell(
            _STATUS_WORDS.get(one["status"], one["status"]), kind, None, title, one["observation_id"]
        )
    if one["answer"]:
        word = _ANSWER_WORDS.get(one["answer"], one["answer"])
        return HeatCell(word, one["answer"].lower(), None, title, one["observation_id"])
    value = one["value"]
    percent = one["value_unit"] == "procent" and value is not None
    strength = min(max(value / 100, 0.0), 1.0) if percent else None
    return HeatCell(shown_value(one), "tal", strength, title, one["observation_id"])


def shown_value(one: Mapping[str, Any]) -> str:
    """A value or range as Swedish is written: decimal comma, thousands apart, % for procent."""
    if one["value"] is None:
        if one["range_min"] is None:
            return str(one["value_raw"])
        upper = "" if one["range_max"] is None else number(one["range_max"])
        return f"{number(one['range_min'])}–{upper}"
    return number(one["value"]) + ("\u00a0%" if one["value_unit"] == "procent" else "")


def number(value: float) -> str:
    """A number with decimal comma and no more decimals than it has (at most three)."""
    return f"{value:,.3f}".rstrip("0").rstrip(".").replace(",", "\u202f").replace(".", ",")


def heat_map_svg(grid: HeatMap, title: str) -> str:
    """The grid as an SVG picture (for run artifacts and documents that take pictures only).

    Args:
        title: said first in the picture's text alternative, which also counts the answers.
    """
    import altair
    import pandas
    import vl_convert

    records = [
        {"rad": f"{r:04}", "kolumn": f"{c:04}", "text": cell.text, "kind": cell.kind}
        for r, line in enumerate(grid.cells)
        for c, cell in enumerate(line)
        if cell is not None
    ]
    base = altair.Chart(pandas.DataFrame(records)).encode(
        x=altair.X("kolumn:O", title=None, axis=_axis(altair, grid.col_labels, orient="top", angle=-60)),
        y=altair.Y("rad:O", title=None, axis=_axis(altair, grid.row_labels, orient="left", angle=0)),
    )
    colours = altair.Scale(domain=list(FILLS), range=list(FILLS.values()))
    boxes = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=altair.Color("kind:N", scale=colours, legend=None)
    )
    words = base.mark_text(fontSize=11, color="#1c2a30").encode(text="text:N")
    chart = (boxes + words).properties(title=title, width={"step": 58}, height={"step": 24})
    svg: str = vl_convert.vegalite_to_svg(chart.to_json())
    spoken = html.escape(f"{title}. {alternative(grid)}", quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{spoken}" ', 1)


def _axis(altair: Any, labels: Sequence[str], *, orient: str, angle: int) -> Any:
    """An axis whose ticks are positions and whose texts are the labels (two rows may share a label)."""
    cut = [label if len(label) <= 40 else f"{label[:39]}…" for label in labels]
    expression = f"{json.dumps(cut)}[toNumber(datum.value)]"
    return altair.Axis(
        orient=orient, labelAngle=angle, labelExpr=expression, labelLimit=260, domain=False, ticks=False
    )


def alternative(grid: HeatMap) -> str:
    """What the picture shows, in words: size and how many of each answer, the most frequent first."""
    counts: dict[str, int] = {}
    for line in grid.cells:
        for cell in line:
            if cell is not None:
                word = "tal" if cell.kind == "tal" else cell.text.lower()
                counts[word] = counts.get(word, 0) + 1
    told = ", ".join(
        f"{count} {word}" for word, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )
    return f"{len(grid.row_labels)} rader och {len(grid.col_labels)} kolumner: {told}."
