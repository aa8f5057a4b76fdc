"""The values of all documents as columns of numbers: what comparing documents needs, in little memory.

A value takes some fifty bytes here, a tenth of what it is as an observation; comparing is one sort.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.model import Observation

if TYPE_CHECKING:
    import numpy as np

#: Where an observation stands: its document's number, and its index among that document's observations.
Place = tuple[int, int]
#: What is asked for by year: indicator, unit and edition.
Figure = tuple[str, str, int]
_KEY = ("indicator", "unit", "year", "subgroup", "measure")
_COLUMNS = (*_KEY, "document", "index", "answer", "value_unit")
#: Whole figures may differ by half a point, others by half of their last printed digit.
_WHOLE, _DECIMAL, _SLACK = 0.5, 0.05, 1e-9


class Ledger:
    """Values by indicator, unit, edition, subgroup and measure, over documents that are told by number."""

    def __init__(self) -> None:
        self._codes: dict[str | None, int] = {None: 0}
        self._rows = array("i")
        self._values = array("d")

    def add(self, document: int, observations: Iterable[Observation]) -> None:
        """Enter the values of a document that can be compared: their indicator, unit and year are known."""
        code = self._codes
        for index, seen in enumerate(observations):
            if not (seen.indicator_id and seen.unit_id and seen.year is not None and seen.status == "ok"):
                continue
            told = (
                seen.indicator_id,
                seen.unit_id,
                seen.subgroup,
                seen.measure,
                seen.answer,
                seen.value_unit,
            )
            indicator, unit, subgroup, measure, answer, value_unit = (
                code.setdefault(word, len(code)) for word in told
            )
            self._rows.extend(
                (indicator, unit, seen.year, subgroup, measure, document, index, answer, value_unit)
            )
            self._values.append(float("nan") if seen.value is None else seen.value)

    def differing(self, order: Sequence[int]) -> list[tuple[Place, Place]]:
        """Pairs of neighbours in time that give one value differently, the earlier first.

        Args:
            order: the place in time of each document, by its number.
        """
        import numpy as np

        if not self._values:
            return []
        rows = self._sorted(order)
        same = np.ones(len(rows["document"]) - 1, dtype=bool)
        for name in _KEY:
            same &= rows[name][1:] == rows[name][:-1]
        group = np.concatenate(([0], np.cumsum(~same)))
        # Of several values in one document the first stands for it.
        again = np.concatenate(([False], same & (rows["document"][1:] == rows["document"][:-1])))
        kept = {name: column[~again] for name, column in rows.items()}
        group = group[~again]
        pairs = np.nonzero((group[1:] == group[:-1]) & _differ(kept))[0]
        starts = np.concatenate(([True], group[1:] != group[:-1]))
        first = np.nonzero(starts)[0][np.cumsum(starts) - 1]
        time = kept["time"]
        by_first = sorted(
            pairs.tolist(), key=lambda at: (time[first[at]], kept["index"][first[at]], time[at])
        )
        places = list(zip(kept["document"].tolist(), kept["index"].tolist(), strict=True))
        return [(places[at], places[at + 1]) for at in by_first]

    def shares(
        self, order: Sequence[int], wanted: Iterable[Figure]
    ) -> dict[Figure, list[tuple[Place, float | None]]]:
        """For each figure asked for, where documents give it as a share, and the value; earliest first."""
        import numpy as np

        codes = self._codes
        asked = {
            (codes[indicator], codes[unit], year): (indicator, unit, year)
            for indicator, unit, year in wanted
            if indicator in codes and unit in codes
        }
        if not asked or "share" not in codes:
            return {}
        rows = self._sorted(order)
        hit = (rows["measure"] == codes["share"]) & (rows["subgroup"] == 0)
        hit &= np.isin(rows["indicator"], [key[0] for key in asked])
        found: dict[Figure, list[tuple[Place, float | None]]] = {}
        for at in np.nonzero(hit)[0].tolist():
            figure = asked.get((int(rows["indicator"][at]), int(rows["unit"][at]), int(rows["year"][at])))
            if figure is not None:
                value = float(rows["value"][at])
                place = int(rows["document"][at]), int(rows["index"][at])
                found.setdefault(figure, []).append((place, None if value != value else value))
        return found

    def _sorted(self, order: Sequence[int]) -> dict[str, np.ndarray[Any, Any]]:
        """All columns by key, and within a key by time and place."""
        import numpy as np

        table = np.frombuffer(self._rows, dtype=np.intc).reshape(-1, len(_COLUMNS))
        rows: dict[str, np.ndarray[Any, Any]] = {name: table[:, at] for at, name in enumerate(_COLUMNS)}
        rows["value"] = np.frombuffer(self._values, dtype=np.float64)
        rows["time"] = np.asarray(order, dtype=np.intc)[rows["document"]]
        by = np.lexsort((rows["index"], rows["time"], *(rows[name] for name in reversed(_KEY))))
        return {name: column[by] for name, column in rows.items()}


def _differ(rows: dict[str, np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    """Whether each row but the last says another thing than the next: another answer, or another figure."""
    import numpy as np

    answer, unit, value = rows["answer"], rows["value_unit"], rows["value"]
    one, two = value[:-1], value[1:]
    whole = (one == np.trunc(one)) | (two == np.trunc(two))
    with np.errstate(invalid="ignore"):
        off = np.abs(one - two) > np.where(whole, _WHOLE, _DECIMAL) + _SLACK
    figures = off & (unit[1:] == unit[:-1])  # a missing value is not a number: nothing is off it
    answers = (answer[:-1] != 0) & (answer[1:] != 0)
    differ: np.ndarray[Any, Any] = np.where(answers, answer[:-1] != answer[1:], figures)
    return differ
