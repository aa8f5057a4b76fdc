"""``python -m benchmarks.blind.proof``: hold every statement of the made sets' gold against its own tables.

A statement's ``check`` is an expression over the tables by their ids: ``T1('Eksjö', 'Rutin')`` is a cell,
``T1.col('Rutin')`` a column without its aggregates, ``T1.ja('Rutin')`` the units that answered JA. It must
hold for a true statement and fail for a planted one; ``-`` marks what no table of the report can decide.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rich.console import Console

from benchmarks.blind.made import MADE_SETS, GoldTable, MadeReport, made_reports

Value = float | int | str


def number(text: str) -> Value:
    """The figure that a cell prints, else its text."""
    bare = re.sub(r"[\u00a0 ]", "", text).replace("\u2212", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", bare):
        return text
    value = float(bare)
    return int(value) if value == int(value) else value


class Grid:
    """A gold table that can be asked for cells, columns and rows by the beginning of a label."""

    def __init__(self, table: GoldTable) -> None:
        self.table = table
        self.head = table.header_rows
        self.at = table.texts()
        self.height = 1 + max(row for row, _ in self.at)

    def _row(self, name: str | int) -> int:
        if isinstance(name, int):
            return name
        rows = range(self.head, self.height)
        return _only([(row, self.at[row, 0]) for row in rows], name)

    def _column(self, name: str | int) -> int:
        if isinstance(name, int):
            return name
        *above, leaf = (part.casefold() for part in name.split("/"))
        heads = {
            col: [self.at[row, col].casefold() for row in range(self.head)]
            for col in range(1, self.table.n_cols)
        }
        fit = [
            (col, levels[-1])
            for col, levels in heads.items()
            if all(any(level.startswith(part) for level in levels) for part in above)
        ]
        return _only(fit, leaf)

    def __call__(self, row: str | int, column: str | int) -> Value:
        """One cell."""
        return number(self.at[self._row(row), self._column(column)])

    def col(self, name: str | int) -> dict[str, Value]:
        """A column by row label, without aggregates and group rows."""
        column = self._column(name)
        return {
            self.at[row, 0]: number(self.at[row, column])
            for row in range(self.head, self.height)
            if not self.at[row, 0].startswith(self.table.aggregates) and self.at[row, 0] != self.at[row, 1]
        }

    def row(self, name: str | int) -> dict[str, Value]:
        """A row by column label, without aggregates."""
        row = self._row(name)
        heads = {col: self.at[self.head - 1, col] for col in range(1, self.table.n_cols)}
        return {
            head: number(self.at[row, col])
            for col, head in heads.items()
            if not head.startswith(self.table.aggregates)
        }

    def ja(self, column: str | int, answer: str = "JA") -> set[str]:
        """The row labels with this answer."""
        return {label for label, value in self.col(column).items() if str(value).upper() == answer}

    def nej(self, column: str | int) -> set[str]:
        """The row labels that answered NEJ."""
        return self.ja(column, "NEJ")


def _only(labels: Iterable[tuple[int, str]], name: str) -> int:
    pairs = [(at, label.casefold()) for at, label in labels]
    exact = [at for at, label in pairs if label == name.casefold()]
    fit = exact or [at for at, label in pairs if label.startswith(name.casefold())]
    if len(fit) != 1:
        raise LookupError(f"{name}: {len(fit)} labels")
    return fit[0]


def _figures(values: Mapping[str, Value]) -> dict[str, float]:
    return {label: value for label, value in values.items() if not isinstance(value, str)}


def _ranked(values: Mapping[str, Value], sign: int, many: int) -> list[str]:
    figures = _figures(values)
    return sorted(figures, key=lambda label: sign * figures[label])[:many]


def _alone(values: Mapping[str, Value], label: str, best: Callable[..., float]) -> bool:
    figures = _figures(values)
    top = best(figures.values())
    return figures[label] == top and list(figures.values()).count(top) == 1


WORDS: dict[str, Any] = {
    "S": lambda text: {part.strip() for part in text.split(",")},
    "nums": _figures,
    "median": lambda values: statistics.median(_figures(values).values()),
    "top": lambda values, many=1: _ranked(values, -1, many),
    "low": lambda values, many=1: _ranked(values, 1, many),
    "at": lambda values, test: {label for label, value in _figures(values).items() if test(value)},
    "ismax": lambda values, label: _alone(values, label, max),
    "ismin": lambda values, label: _alone(values, label, min),
    "rnd": lambda value: int(value + 0.5),
}


def wrong_gold(report: MadeReport) -> list[str]:
    """The statements whose check does not come out as the gold says; empty when the gold is right."""
    names = WORDS | {table.key: Grid(table) for table in report.tables}
    return [
        statement.shown()
        for statement, check in zip(report.statements, report.checks, strict=True)
        if (check == "-" and statement.planted)
        or (check != "-" and bool(eval(check, dict(names))) == statement.planted)
    ]


def main() -> int:
    """Prove all reports; the exit code is 1 when a statement is wrong."""
    console = Console()
    bad = 0
    for report in (one for number in MADE_SETS for one in made_reports(number)):
        wrong = wrong_gold(report)
        planted = sum(one.planted for one in report.statements)
        open_ones = report.checks.count("-")
        console.print(
            f"{report.name}: {planted} inlagda fel, {len(report.statements) - planted} sanna "
            f"(varav {open_ones} som ingen tabell avgör), {len(wrong)} fel i facit"
        )
        for shown in wrong:
            console.print(f"  FEL I FACIT: {shown}", markup=False)
        bad += len(wrong)
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())
