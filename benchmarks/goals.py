"""What the benchmarks are to reach, and how it stands: one line each for the table at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure of results.json and its bar; ``most`` bars are not to be passed, the others to be reached."""

    path: tuple[str, ...]
    bar: float
    most: bool
    says: str
    unit: str = ""

    def figure(self, results: Mapping[str, Any]) -> float | None:
        """The measured figure; None where it was not measured."""
        found: Any = results
        for name in self.path:
            if not isinstance(found, Mapping) or name not in found:
                return None
            found = found[name]
        return float(found) if isinstance(found, (int, float)) else None

    def met(self, figure: float) -> bool:
        """Whether the figure holds the bar."""
        return figure <= self.bar if self.most else figure >= self.bar


GOALS = (
    Goal(("scale", "whole", "faster_than_naive"), 10, False, "hela körningen mot det naiva skriptet", "ggr"),
    Goal(("scale", "published", "faster_than_naive"), 10, False, "samma på de publicerade dokumenten", "ggr"),
    Goal(
        ("extraction_speed", "faster_than_naive"), 10, False, "bara läsningen mot det naiva skriptet", "ggr"
    ),
    Goal(("scale", "floor", "times_pdfium"), 5, True, "läsningen mot pdfium ensamt", "ggr"),
    Goal(("extraction_speed", "times_pdfium"), 5, True, "samma på de publicerade dokumenten", "ggr"),
    Goal(("scale", "warm", "unchanged", "wall_s"), 5, True, "omkörning utan ändring", "s"),
    Goal(("scale", "warm", "one_document", "extracted"), 1, True, "ett dokument ändrat: filer lästa"),
    Goal(("scale", "warm", "one_alias", "extracted"), 0, True, "ett alias ändrat: filer lästa"),
    Goal(("scale", "memory", "peak_mib"), 1024, True, "högsta minne, alla processer", "MiB"),
    Goal(("scale", "memory", "growth"), 1.25, True, "minnet, störst mot minst antal dokument", "ggr"),
    Goal(("scale", "parallel", "speed_up"), 1.7, False, "två arbetare mot en", "ggr"),
    Goal(("scale", "parallel", "same_dataset"), 1, False, "samma bytes med 1, 2 arbetare och kluster"),
    Goal(("scale", "growth", "exponent"), 1.1, True, "hela körningens tid: exponent över antal sidor"),
    Goal(("scale", "across", "exponent"), 1.1, True, "jämförelser mellan dokument: exponent"),
    Goal(("scale", "exports", "wall_s"), 60, True, "webbplats och exporter", "s"),
    Goal(("start_up", "help_s"), 0.4, True, "oj --help", "s"),
    Goal(("sentences", "bars", "resultat"), 95, False, "2019 års resultatkapitel: avgjorda meningar", "%"),
    Goal(("sentences", "bars", "memo 1"), 90, False, "tjänsteskrivelsen: avgjorda meningar", "%"),
    Goal(("sentences", "bars", "sidan"), 90, False, "webbsidan: avgjorda meningar", "%"),
    Goal(("sentences", "bars", "wrong"), 0, True, "meningar avgjorda på fel sätt"),
    Goal(("review_queue", "holds"), 1, False, "granskningskön, p95 under 200 ms"),
)


def show_goals(results: Mapping[str, Any], console: Console) -> None:
    """Print goal, figure and whether it is met, for everything that was measured."""
    table = Table(title="Mål")
    for head in ("mål", "gräns", "uppmätt", "nått"):
        table.add_column(head, justify="left" if head in ("mål", "nått") else "right")
    for goal in GOALS:
        figure = goal.figure(results)
        if figure is not None:
            sign = "≤" if goal.most else "≥"
            met = "ja" if goal.met(figure) else "[bold red]nej[/]"
            table.add_row(goal.says, f"{sign} {goal.bar:g} {goal.unit}", f"{figure:g} {goal.unit}", met)
    console.print(table)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """A sentence when the dataset of the made documents is another than the last one kept, else None."""
    old, new = before.get("scale", {}), after.get("scale", {})
    if not old or not new or old.get("corpus") != new.get("corpus"):
        return None
    had, has = (one.get("whole", {}).get("dataset") for one in (old, new))
    if had == has or had is None:
        return None
    why = "reglerna är andra" if old.get("rules") != new.get("rules") else "fast reglerna är desamma: ett fel"
    return f"Datamängden av de ritade dokumenten är en annan än förra gången ({had} → {has}), {why}."
