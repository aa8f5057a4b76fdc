"""Cells of the site's tables as HTML: values with their colour, word and source.

Plain Python, because a large dataset has millions of them and a template spends ten times as long on each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markupsafe import Markup

from pipeline.exports.headings import MEASURES
from pipeline.exports.showing import around, shown_value
from pipeline.exports.site.frame import indicator_page, source_link, unit_page, value_class

Row = Mapping[str, Any]
UP = "../"


@lru_cache(maxsize=65_536)
def text(words: str) -> str:
    """Words as HTML text or attribute; most of them come again and again."""
    return escape(words)


def value(row: Row, up: str = UP) -> str:
    """The cell of a value: coloured, in words, leading to its source."""
    return f'<td class="v {value_class(row)}"><a href="{_source(row, up)}">{text(shown_value(row))}</a></td>'


def beside(row: Row, place: str, up: str = UP) -> str:
    """The cell of the value beside (``lan`` or ``riket``), leading to its own source."""
    mark = row[f"{place}_observation_id"]
    if not mark:
        return '<td class="v">–</td>'
    link = source_link(row[f"{place}_document_id"], row[f"{place}_page"], mark)
    return f'<td class="v"><a href="{up}{link}">{text(around(row, place))}</a></td>'


def sources(rows: Sequence[Row], up: str = UP) -> str:
    """The cell of the sources: document and page of the first, numbers for further ones."""
    first = rows[0]
    told = f'<a href="{_source(first, up)}">{text(first["document_title"])}, s.&nbsp;{first["page"]}</a>'
    for number, row in enumerate(rows[1:], 2):
        name = text(f"{row['document_title']}, s. {row['page']}")
        told += f' <a href="{_source(row, up)}" title="{name}" aria-label="{name}">[{number}]</a>'
    return f"<td>{told}</td>"


def unit_head(row: Row, up: str = UP) -> str:
    """The heading cell of a unit, leading to its page where it has one."""
    if row["unit_id"]:
        return f'<th scope="row"><a href="{up}{unit_page(row["unit_id"])}">{text(row["unit_name"])}</a></th>'
    return f'<th scope="row">{text(row["unit_label"])}</th>'


def unit_line(rows: Sequence[Row], *, short: bool = False) -> Markup:
    """A line of an indicator's page: unit, (measure, subgroup, period,) value and sources.

    Args:
        rows: one value and all places where it stands.
    """
    first = rows[0]
    middle = ""
    if not short:
        told = (MEASURES.get(first["measure"], first["measure"]), first["subgroup"], first["period"])
        middle = "".join(f"<td>{text(one or '')}</td>" for one in told)
    return Markup(f"<tr>{unit_head(first)}{middle}{value(first)}{sources(rows)}</tr>\n")  # noqa: S704


def indicator_lines(groups: Iterable[Sequence[Row]]) -> Markup:
    """The lines of one indicator on a unit's page, the newest edition last."""
    lines = list(groups)
    first, made = lines[0][0], []
    name = f'<a href="{UP}{indicator_page(first["indicator_key"])}">{text(first["indicator_name"])}</a>'
    sub = f'<span class="sub">{text(first["subgroup"])}</span>' if first["subgroup"] else ""
    head = f'<th scope="rowgroup" rowspan="{len(lines)}">{name}{sub}</th>'
    for rows in lines:
        row = rows[0]
        period = f'<span class="sub">{text(row["period"])}</span>' if row["period"] else ""
        made.append(
            f"<tr>{head}<td>{row['year'] or '–'}{period}</td>{value(row)}{beside(row, 'lan')}"
            f"{beside(row, 'riket')}{sources(rows)}</tr>\n"
        )
        head = ""
    return Markup("".join(made))  # noqa: S704 - every text in it was escaped above


def special_line(row: Row) -> Markup:
    """A line of the page of special values, which lies beside the folders of units and indicators."""
    name = f'<a href="{indicator_page(row["indicator_key"])}">{text(row["indicator_name"])}</a>'
    told = (row["year"] or "–", MEASURES.get(row["measure"], row["measure"]))
    return Markup(  # noqa: S704 - every text in it was escaped
        f"<tr>{unit_head(row, '')}<td>{name}</td><td>{told[0]}</td><td>{text(told[1])}</td>{value(row, '')}"
        f"<td>{text(row['value_raw'])}</td>{sources([row], '')}</tr>\n"
    )


def _source(row: Row, up: str) -> str:
    return up + source_link(row["document_id"], row["page"], row["observation_id"])
