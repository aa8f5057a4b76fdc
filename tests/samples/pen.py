"""Drawing on a reportlab canvas with the origin at the top left, as the rest of the project counts."""

from __future__ import annotations

from typing import Any

from tests.samples.fonts import SUPER_RISE, Line, Run


class Pen:
    """Draws lines of text, rules and fills; ``y`` runs downwards in points."""

    def __init__(self, canvas: Any, height: float) -> None:
        self.canvas = canvas
        self.height = height

    def text(self, run: Run, x: float, baseline: float) -> None:
        """One run; raised ones above the baseline."""
        rise = run.size * SUPER_RISE / 0.65 if run.raised else 0.0
        self.canvas.setFont(run.font, run.size)
        self.canvas.drawString(x, self.height - baseline + rise, run.text)

    def line(self, line: Line, x: float, baseline: float, *, room: float = 0.0, align: str = "left") -> None:
        """One line, set left, centred, right or (``justify``) to the full ``room``."""
        spare = room - line.width
        gaps = sum(run.text == " " for run in line.runs)
        stretch = 0.0
        if align == "centre":
            x += spare / 2
        elif align == "right":
            x += spare
        elif align == "justify" and not line.last and gaps and 0 < spare < room * 0.3:
            stretch = spare / gaps
        for run in _merged(line.runs) if not stretch else line.runs:
            if run.text != " ":
                self.text(run, x, baseline)
            x += run.width + (stretch if run.text == " " else 0.0)

    def turned(self, line: Line, x: float, bottom: float) -> None:
        """One line that reads upwards: baseline at ``x``, beginning at ``bottom``."""
        self.canvas.saveState()
        self.canvas.translate(x, self.height - bottom)
        self.canvas.rotate(90)
        at = 0.0
        for run in _merged(line.runs):
            self.canvas.setFont(run.font, run.size)
            self.canvas.drawString(at, run.size * SUPER_RISE if run.raised else 0.0, run.text)
            at += run.width
        self.canvas.restoreState()

    def fill(self, x0: float, top: float, x1: float, bottom: float, colour: str) -> None:
        """A filled rectangle without an outline."""
        from reportlab.lib.colors import HexColor

        self.canvas.setFillColor(HexColor(colour))
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def rule(
        self, x0: float, y0: float, x1: float, y1: float, *, width: float = 0.5, filled: bool = False
    ) -> None:
        """A straight rule: a stroke, or a thin filled rectangle."""
        if filled:
            half = width / 2
            self.canvas.rect(
                min(x0, x1) - half,
                self.height - max(y0, y1) - half,
                abs(x1 - x0) + width,
                abs(y1 - y0) + width,
                stroke=0,
                fill=1,
            )
            return
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)


def _merged(runs: tuple[Run, ...]) -> list[Run]:
    """Runs of one font joined, spaces included, so that the text layer holds whole lines."""
    merged: list[Run] = []
    for run in runs:
        had = merged[-1] if merged else None
        if had and (had.font, had.size, had.raised) == (run.font, run.size, run.raised):
            merged[-1] = Run(had.text + run.text, had.font, had.size, had.raised)
        else:
            merged.append(run)
    return merged
