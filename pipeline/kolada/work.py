"""The whole comparison: choose, fetch, compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.kolada.client import KoladaClient, Progress
from pipeline.kolada.compare import Comparison, compare
from pipeline.kolada.errors import KoladaError
from pipeline.kolada.figures import kolada_figures, small_whole
from pipeline.kolada.hints import NEIGHBOURS, PeriodHint, period_hints
from pipeline.kolada.periods import PeriodRules, load_period_rules
from pipeline.kolada.printed import Choice, printed_values

if TYPE_CHECKING:
    from pipeline.dataset import Dataset
    from pipeline.reference import Registers


@dataclass(frozen=True, slots=True)
class Result:
    """What came out.

    Attributes:
        comparisons: in the order of documents and pages.
        left_out: how many values have a KPI but no counterpart to look for, by reason code.
        hints: rows for periods.csv where figures agree with another year.
        n_kpis, n_figures: what was fetched.
        untitled: how many KPIs with codes have no title at the host, so that figures alone told the codes.
    """

    comparisons: tuple[Comparison, ...]
    left_out: Mapping[str, int]
    hints: tuple[PeriodHint, ...]
    n_kpis: int
    n_figures: int
    untitled: int

    @property
    def counts(self) -> Mapping[str, int]:
        """Comparisons by outcome (``differs``, ``undecidable``, ``not_in_kolada``, ``equal``)."""
        return Counter(one.outcome for one in self.comparisons)


def compare_with_kolada(
    dataset: Dataset,
    registers: Registers,
    client: KoladaClient,
    choice: Choice | None = None,
    *,
    rules: PeriodRules | None = None,
    tell: Progress | None = None,
) -> Result:
    """Fetch the KPIs that the dataset has values for, and compare each value with Kolada's.

    All kommuner are fetched, also when one is chosen: their figures tell how a KPI codes its answers.

    Args:
        rules: which of Kolada's years an edition is; None: the package's own.
        tell: told after each page that was fetched.

    Raises:
        NothingToCompareError: no KPI in the registers, or no value with one in the dataset.
        KoladaUnreachableError, KoladaAnswerError: Kolada could not be asked, or answered something else.
        OutputError: the dataset cannot be read. RegisterError: a register or the rules are at fault.
    """
    held = rules or load_period_rules(registers)
    selection = printed_values(dataset, registers, held, choice or Choice())
    kpis = {one.kpi for one in selection.printed}
    years = {one.period + offset for one in selection.printed for offset in (0, *NEIGHBOURS)}
    figures = client.figures(kpis, years, tell)
    coded = {one.kpi for one in selection.printed if one.indicator.value_kind == "answer"}
    coded |= small_whole(figures)
    titles = _titles(client, coded)
    kolada = kolada_figures(figures, titles)
    units = {unit.value_unit: unit for unit in registers.value_units.all}
    comparisons = tuple(compare(one, kolada, units) for one in selection.printed)
    hints = period_hints(comparisons, kolada, units)
    return Result(comparisons, selection.left_out, hints, len(kpis), len(figures), len(coded - set(titles)))


def _titles(client: KoladaClient, kpis: set[str]) -> dict[str, str]:
    """Titles of KPIs, none when they cannot be had: they tell codes best, but figures tell them too."""
    try:
        return client.titles(kpis)
    except KoladaError:
        return {}
