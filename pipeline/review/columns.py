"""The queue's rows as arrays, so that a filter over tens of thousands of flags is answered at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.dataset.decisions import SEVERITIES

if TYPE_CHECKING:
    from pipeline.review.queue import Row

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
#: Facets whose values change when something is decided.
MOVING = ("status", "granskare")


_VALUES: Mapping[str, Callable[[Row], Sequence[str] | frozenset[str]]] = {
    "status": lambda row: (row.status,),
    "grad": lambda row: (row.item.flag.severity,),
    "kontroll": lambda row: (row.item.flag.check,),
    "omrade": lambda row: row.item.areas,
    "dokument": lambda row: (row.item.flag.document_id, *row.item.flag.other_document_ids),
    "enhet": lambda row: row.item.units,
    "upplaga": lambda row: (str(row.item.year),) if row.item.year else (),
    "granskare": lambda row: (row.reviewer,) if row.reviewer else (),
}


def values_of(row: Row, facet: str) -> Sequence[str] | frozenset[str]:
    """The values of a row under a facet; several where its evidence is of several."""
    return _VALUES[facet](row)


class Single:
    """A facet of which a row has one value or none: a value is changed in place when its row is."""

    def __init__(self, rows: Sequence[Row], name: str) -> None:
        self._number: dict[str, int] = {}
        self._name = name
        self._codes: Numbers = np.array([self._code(row) for row in rows], dtype=np.int64)

    def _code(self, row: Row) -> int:
        """The number of a row's value, 0 for none."""
        values = values_of(row, self._name)
        return self._number.setdefault(next(iter(values)), len(self._number) + 1) if values else 0

    def replace(self, place: int, row: Row) -> None:
        """Take in the row that stands at a place now."""
        self._codes[place] = self._code(row)

    def mask(self, value: str) -> Mask:
        """Which rows have the value."""
        mask: Mask = self._codes == self._number.get(value, -1)
        return mask

    def counts(self, among: Mask) -> dict[str, int]:
        """How many of the rows ``among`` have each value; values that none has are left out."""
        many = np.bincount(self._codes[among], minlength=len(self._number) + 1)
        return {value: int(many[number]) for value, number in self._number.items() if many[number]}


class Facet:
    """One facet of all rows: pairs of row and value, values as numbers."""

    def __init__(self, rows: Sequence[Row], name: str) -> None:
        self._number: dict[str, int] = {}
        owners, codes = [], []
        for place, row in enumerate(rows):
            for value in values_of(row, name):
                owners.append(place)
                codes.append(self._number.setdefault(value, len(self._number)))
        self._owners: Numbers = np.array(owners, dtype=np.int64)
        self._codes: Numbers = np.array(codes, dtype=np.int64)
        self._length = len(rows)

    def mask(self, value: str) -> Mask:
        """Which rows have the value."""
        mask = np.zeros(self._length, dtype=np.bool_)
        mask[self._owners[self._codes == self._number.get(value, -1)]] = True
        return mask

    def counts(self, among: Mask) -> dict[str, int]:
        """How many of the rows ``among`` have each value; values that none has are left out."""
        many = np.bincount(self._codes[among[self._owners]], minlength=len(self._number))
        return {value: int(many[number]) for value, number in self._number.items() if many[number]}


class Columns:
    """All rows, the facets and the orders. Made anew when flags come or go; decisions change it in place."""

    def __init__(self, rows: Sequence[Row], facets: Sequence[str]) -> None:
        self.rows = list(rows)
        self.place = {row.flag_id: place for place, row in enumerate(self.rows)}
        self._names = tuple(facets)
        self._moving = {name: Single(self.rows, name) for name in facets if name in MOVING}
        still = {name: Facet(self.rows, name) for name in facets if name not in MOVING}
        self._facets: Mapping[str, Facet | Single] = {**still, **self._moving}
        self._decided = np.array([-row.decided for row in self.rows], dtype=np.float64)
        self._orders = {
            "allvar": self._sorted(lambda row: (SEVERITIES.index(row.item.flag.severity), *_place(row))),
            "dokument": self._sorted(_place),
            "kontroll": self._sorted(lambda row: (row.item.flag.check, *_place(row))),
        }

    def replace(self, row: Row) -> None:
        """Put a row in the place of the one with its id."""
        place = self.place[row.flag_id]
        self.rows[place] = row
        self._decided[place] = -row.decided
        for facet in self._moving.values():
            facet.replace(place, row)

    def find(
        self, asked: Mapping[str, str], words: Sequence[str], order: str
    ) -> tuple[list[Row], dict[str, dict[str, int]]]:
        """The rows that have all values asked for and all words, in order, and the counts of every facet.

        A row counts for a value of a facet when it would be found if that value were chosen there.
        """
        spoken = self._with_words(words)
        wrong = {name: ~self._facets[name].mask(value) for name, value in asked.items()}
        faults = np.zeros(len(self.rows), dtype=np.int64)
        for mask in wrong.values():
            faults += mask
        counts = {}
        for name in self._names:
            own = wrong.get(name)
            among = spoken & ((faults == 0) if own is None else (faults - own == 0))
            counts[name] = self._facets[name].counts(among)
        kept = spoken & (faults == 0)
        sorted_places = self._by_time() if order == "senast" else self._orders[order]
        return [self.rows[place] for place in sorted_places[kept[sorted_places]]], counts

    def _with_words(self, words: Sequence[str]) -> Mask:
        """Which rows hold all words."""
        mask = np.ones(len(self.rows), dtype=np.bool_)
        for word in words:
            mask &= np.fromiter((word in row.item.haystack for row in self.rows), np.bool_, len(self.rows))
        return mask

    def _by_time(self) -> Numbers:
        """Places with the newest decision first, then by document."""
        by_document = self._orders["dokument"]
        return by_document[np.argsort(self._decided[by_document], kind="stable")]

    def _sorted(self, key: object) -> Numbers:
        """Places in the order of a key."""
        assert callable(key)
        places = sorted(range(len(self.rows)), key=lambda place: key(self.rows[place]))
        return np.array(places, dtype=np.int64)


def _place(row: Row) -> tuple[str, int, str]:
    """Where a flag stands: document, page, id."""
    return row.item.document, row.item.flag.page, row.flag_id
