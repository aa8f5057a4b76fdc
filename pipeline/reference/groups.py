"""Words for groups and statistics that stand where a unit's name could stand: Snitt, Länet, Min–Max …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.reference.csvfile import Row, read_rows
from pipeline.reference.folding import squash

FILE = "unit_groups.csv"
COLUMNS = ("label", "place", "kind", "statistic", "unit_id", "relative", "note")
STATISTICS = ("", "mean", "median", "total", "min", "max", "minmax", "of_which")
PLACES = ("whole", "affix", "prefix")


@dataclass(frozen=True, slots=True)
class GroupWord:
    """A word or phrase for a group or a statistic.

    Attributes:
        place: ``whole`` (the label is nothing else), ``affix`` (may also stand before or after a
            unit's name: "Snitt riket") or ``prefix`` (whatever follows belongs to it: "därav män").
        kind: kind of unit that it stands for: ``grupp``, ``kommun``, ``lan`` or ``riket``.
        statistic: ``mean``, ``median``, ``total``, ``min``, ``max``, ``minmax``, ``of_which`` or None.
        unit_id: the unit it always means (``00`` for "Rikssnitt"), else None.
        relative: ``lan`` (the län of the document's kommun) or ``kommun`` (the document's own), else None.
    """

    label: str
    place: str
    kind: str
    statistic: str | None
    unit_id: str | None
    relative: str | None


def read_groups(folder: Path) -> tuple[GroupWord, ...]:
    """All rows of unit_groups.csv in ``folder``. Raises RegisterError."""
    return tuple(_group(row) for row in read_rows(folder, FILE, COLUMNS))


def _group(row: Row) -> GroupWord:
    return GroupWord(
        label=row.required("label"),
        place=row.one_of("place", PLACES),
        kind=row.one_of("kind", ("grupp", "kommun", "lan", "riket")),
        statistic=row.one_of("statistic", STATISTICS) or None,
        unit_id=row.optional("unit_id"),
        relative=row.one_of("relative", ("", "lan", "kommun")) or None,
    )


class GroupIndex:
    """Look-up of group words; nothing here knows a unit's name."""

    def __init__(self, groups: Iterable[GroupWord]) -> None:
        self._groups = tuple(groups)
        self._whole: Mapping[str, GroupWord] = {squash(group.label): group for group in self._groups}
        by_length = sorted(self._groups, key=lambda group: (-len(squash(group.label)), group.label))
        self._affixes = tuple((squash(group.label), group) for group in by_length if group.place == "affix")
        self._prefixes = tuple(
            (group.label.casefold() + " ", group) for group in by_length if group.place == "prefix"
        )
        # All of them as one tuple: whether a label begins or ends so is then one question.
        self._ends = tuple(affix for affix, _ in self._affixes)
        self._begins = tuple(start for start, _ in self._prefixes)

    @property
    def all(self) -> tuple[GroupWord, ...]:
        """All group words in the register's order."""
        return self._groups

    def whole(self, label: str) -> GroupWord | None:
        """The group word that the whole label is, or that it begins with as a ``prefix``; else None."""
        found = self._whole.get(squash(label))
        if found is not None:
            return found
        folded = " ".join(label.casefold().split()).lstrip("–—- ")
        if not folded.startswith(self._begins):
            return None
        return next((group for start, group in self._prefixes if folded.startswith(start)), None)

    def splits(self, label: str) -> Iterator[tuple[GroupWord, str]]:
        """A statistic's word before or after something else: its row and the squashed rest.

        "Snitt riket", "Riket (medel)" and "Median för Skåne län" split; "Snittet" alone does not.
        The rest is given as it stands and without a preposition before it. Longest word first.
        """
        key = squash(label)
        if not (key.startswith(self._ends) or key.endswith(self._ends)):
            return
        for affix, group in self._affixes:
            if len(key) <= len(affix):
                continue
            if key.endswith(affix):
                yield group, key[: -len(affix)]
            if key.startswith(affix):
                rest = key[len(affix) :]
                yield group, rest
                for preposition in ("för", "av", "i"):
                    if rest.startswith(preposition):
                        yield group, rest[len(preposition) :]
