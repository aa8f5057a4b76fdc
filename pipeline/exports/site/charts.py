"""Charts as SVG, each with its words: stacked answers over the editions, figures over the editions, bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from pipeline.dataset.heatmap import number

#: Fill by kind; dark enough beside white to be told apart (WCAG 2.1, 1.4.11), each also named in words.
COLOURS = {"JA": "#2f8f7a", "DELVIS": "#d9a21b", "NEJ": "#c2553a", "utan svar": "#a9aba6"}
INK, SOFT, LINE, BLUE = "#1c2a30", "#4f5f67", "#dcd9d0", "#245f94"
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 620, 260, 44, 14, 34


@dataclass(frozen=True, slots=True)
class Spread:
    """Figures of the units of one edition, and the nation's own where it is printed."""

    year: int
    low: float
    middle: float
    high: float
    riket: float | None


def stacked(
    counts: Mapping[int, Mapping[str, int]], title: str, noun: str = "enheter", link: str = "#ar-{year}"
) -> Markup:
    """Shares of each kind of answer per edition as stacked columns.

    Args:
        counts: by edition, number by kind (a key of ``COLOURS``); no edition may be empty.
        noun: what is counted.
        link: where the figures of an edition lead: to the values that they count.
    """
    years = sorted(counts)
    step = (WIDTH - LEFT - 8) / max(len(years), 1)
    width = min(step * 0.68, 74)
    parts = [_grid(0, 100, "\u00a0%")]
    for place, year in enumerate(years):
        total = sum(counts[year].values())
        x, y = LEFT + step * (place + 0.5), HEIGHT - BOTTOM + 0.0
        parts.append(f'<a href="{link.format(year=year)}">')
        for kind, colour in COLOURS.items():
            found = counts[year].get(kind, 0)
            high = (HEIGHT - TOP - BOTTOM) * found / total
            y -= high
            if found:
                parts.append(
                    f'<rect x="{x - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{high:.1f}" '
                    f'fill="{colour}" stroke="#fff"><title>{year}: {found} {escape(kind)}</title></rect>'
                )
                if high > 16:
                    parts.append(_words(x, y + high / 2 + 4, str(found), "middle", "#fff"))
        parts.append(_words(x, HEIGHT - BOTTOM + 16, str(year), "middle"))
        parts.append(_words(x, HEIGHT - BOTTOM + 30, f"{total} {noun}", "middle", SOFT, 10) + "</a>")
    told = "; ".join(
        f"{year}: " + ", ".join(f"{counts[year][kind]} {kind}" for kind in COLOURS if counts[year].get(kind))
        for year in years
    )
    return _svg(parts, WIDTH, HEIGHT, f"{title}. {told}.")


def spreads(editions: Sequence[Spread], unit: str, title: str) -> Markup:
    """Lowest, middle and highest figure per edition, with the nation's as a diamond."""
    values = [one for edition in editions for one in (edition.low, edition.high)]
    values += [edition.riket for edition in editions if edition.riket is not None]
    low, high = min(0.0, *values), max(values)
    high = high if high > low else low + 1

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low))

    step = (WIDTH - LEFT - 8) / max(len(editions), 1)
    parts, line = [_grid(low, high, "\u00a0%" if unit == "procent" else "")], []
    for place, one in enumerate(sorted(editions, key=lambda edition: edition.year)):
        x = LEFT + step * (place + 0.5)
        line.append(f"{x:.1f},{y(one.middle):.1f}")
        parts.append(
            f'<a href="#ar-{one.year}">'
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y(one.low):.1f}" y2="{y(one.high):.1f}" '
            f'stroke="#8fb0cc" stroke-width="8" stroke-linecap="round"/>'
            f'<circle cx="{x:.1f}" cy="{y(one.middle):.1f}" r="5" fill="{BLUE}"/>'
        )
        if one.riket is not None:
            at, ink = y(one.riket), f'fill="none" stroke="{INK}" stroke-width="2"'
            parts.append(f'<path d="M{x:.1f} {at - 6:.1f}l6 6-6 6-6-6z" {ink}/>')
        parts.append(_words(x, HEIGHT - BOTTOM + 16, str(one.year), "middle") + "</a>")
    parts.insert(1, f'<polyline points="{" ".join(line)}" fill="none" stroke="{BLUE}" stroke-width="1.5"/>')
    told = "; ".join(
        f"{one.year}: lägst {number(one.low)}, median {number(one.middle)}, högst {number(one.high)}"
        + ("" if one.riket is None else f", riket {number(one.riket)}")
        for one in sorted(editions, key=lambda edition: edition.year)
    )
    return _svg(parts, WIDTH, HEIGHT, f"{title} ({unit}). {told}.")


def bars(pairs: Iterable[tuple[str, int]], title: str, link: str) -> Markup:
    """A horizontal bar per name with its count.

    Args:
        link: where the counts lead: to the values that they count.
    """
    listed = list(pairs)
    most = max((count for _, count in listed), default=1) or 1
    parts = []
    for place, (name, count) in enumerate(listed):
        y, width = 8 + place * 26, 330 * count / most
        parts.append(_words(168, y + 14, name, "end"))
        parts.append(
            f'<rect x="178" y="{y}" width="{width:.1f}" height="19" fill="{COLOURS.get(name, BLUE)}"/>'
        )
        parts.append(_words(184 + width, y + 14, str(count), "start"))
    told = ", ".join(f"{name} {count}" for name, count in listed)
    linked = [f'<a href="{escape(link)}">', *parts, "</a>"]
    return _svg(linked, 560, 16 + 26 * max(len(listed), 1), f"{title}: {told}.")


def bins(values: Sequence[float], most: int = 8) -> list[tuple[str, int]]:
    """Figures in at most ``most`` classes of equal width, as names and counts."""
    low, high = min(values), max(values)
    if low == high:
        return [(number(low), len(values))]
    width = (high - low) / most
    counts = [0] * most
    for value in values:
        counts[min(int((value - low) / width), most - 1)] += 1
    return [
        (f"{number(round(low + width * place, 1))}–{number(round(low + width * (place + 1), 1))}", count)
        for place, count in enumerate(counts)
    ]


def _grid(low: float, high: float, mark: str) -> str:
    """Five lines across with their figures."""
    lines = []
    for part in range(5):
        value = low + (high - low) * part / 4
        y = TOP + (HEIGHT - TOP - BOTTOM) * (1 - part / 4)
        lines.append(f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}"/>')
        lines.append(_words(LEFT - 6, y + 4, f"{number(round(value, 1))}{mark}", "end", SOFT, 11))
    return "".join(lines)


def _words(x: float, y: float, words: str, anchor: str, colour: str = INK, size: int = 12) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">'
        f"{escape(words)}</text>"
    )


def _svg(parts: Iterable[str], width: float, height: float, told: str) -> Markup:
    """The picture with its text alternative."""
    return Markup(  # noqa: S704 - every text in it was escaped above
        f'<svg class="chart" role="img" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'aria-label="{escape(told, quote=True)}">{"".join(parts)}</svg>'
    )
