"""Swedish sentences for findings: names joined, figures with comma, long labels kept whole."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """``A, B och C``; a dash when there are none."""
    if not names:
        return "–"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " och " + names[-1]


def number(value: float) -> str:
    """A figure as Swedish text: decimal comma, at most two decimals, none when whole."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def quoted(text: str) -> str:
    """The text in Swedish quotation marks, verbatim."""
    return f"”{text}”"


def columns(labels: Sequence[str]) -> str:
    """``”A”`` or ``”A” och ”B”``."""
    return listed([quoted(label) for label in labels])


def plural(count: int, one: str, many: str) -> str:
    """``1 rad``, ``2 rader``."""
    return f"{count} {one if count == 1 else many}"


def genitive(name: str) -> str:
    """The genitive of a name: no -s after s, x or z."""
    return name if name[-1:].lower() in ("s", "x", "z") else f"{name}s"
