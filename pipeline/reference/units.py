"""The register of units: kommuner, län, Riket, stadsdelar – and the words for groups of them.

A name is found through case, hyphens, spaces, line-break hyphens, genitive -s, "kommun"/"stad"/"län"
and footnote marks. A near miss is never accepted: it comes back as candidates, best first.
Codes: Statistics Sweden's (SCB) kommun and county codes; a stadsdel is its kommun's code and a slug.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import AmbiguousError
from pipeline.reference.folding import squash, without_marks
from pipeline.reference.groups import GroupIndex, GroupWord
from pipeline.reference.nearest import NearNames
from pipeline.reference.unit_forms import genitive, name_keys, stripped_of_suffix

KINDS: tuple[str, ...] = ("kommun", "stadsdel", "lan", "riket")
#: Which kind a plain name means when it names several: "Stockholm" is the kommun, not the län.
_RANK = {"riket": 0, "kommun": 1, "lan": 2, "stadsdel": 3}
#: Find results kept in memory: more than the distinct labels of a large corpus.
_MEMORY = 20_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that has values.

    Attributes:
        unit_id: SCB code as text (``0125``, ``01``, ``00``) or kommun code, hyphen and slug.
        lan_code: the two-digit code of its län; None for Riket.
        valid_from, valid_to: ÖJ editions (years) in which it exists; None where open.
        common_word: its name is also an everyday Swedish word ("Vara"), so a text needs more to tell.
    """

    unit_id: str
    name: str
    kind: str
    lan_code: str | None
    valid_from: int | None = None
    valid_to: int | None = None
    common_word: bool = False

    def exists_in(self, year: int | None) -> bool:
        """Whether it exists in the edition ``year`` (always when the year is None)."""
        return year is None or (self.valid_from or 0) <= year <= (self.valid_to or 9999)


@dataclass(frozen=True, slots=True)
class UnitAlias:
    """Another spelling of a unit's name, with the editions it holds for (None where open)."""

    alias: str
    unit_id: str
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """What a printed label of a unit means.

    Attributes:
        unit_id: the unit; None for a group, for "Länet" without a known län, and when nothing matched.
        kind: ``kommun``, ``stadsdel``, ``lan``, ``riket`` or ``grupp``; None when nothing matched.
        name: the unit's register name, or the label itself.
        statistic: ``mean``, ``median``, ``total``, ``min``, ``max``, ``minmax``, ``of_which`` or None.
        exact: the registers know the label; False means that nothing was bound.
        near: nearest register names as ``unit_id: name``, best first; empty when exact or clearly no name.
        relative: ``lan`` or ``kommun`` when the label means that of the document ("Länet"), else None.
    """

    unit_id: str | None
    kind: str | None
    name: str
    statistic: str | None = None
    exact: bool = True
    near: tuple[str, ...] = ()
    relative: str | None = None


@dataclass(frozen=True, slots=True)
class SurfaceForm:
    """One way in which a running text can write a unit's name.

    Attributes:
        text: as printed; unit_ids: the units it can mean (more than one is ambiguous without a year).
        kind: of the first unit; genitive: the form ends in a genitive -s that the name does not have.
        common_word: the form is also an everyday word when its initial is a capital by position.
    """

    text: str
    unit_ids: tuple[str, ...]
    kind: str
    genitive: bool
    common_word: bool


class UnitRegister:
    """All units and their spellings; immutable after loading."""

    def __init__(
        self, units: Iterable[Unit], aliases: Iterable[UnitAlias], groups: Iterable[GroupWord]
    ) -> None:
        self._units: Mapping[str, Unit] = {unit.unit_id: unit for unit in units}
        self._aliases = tuple(aliases)
        self._groups = GroupIndex(groups)
        self._keys = self._build_keys()
        self._near = NearNames((key, self._candidate(key)) for key in self._keys if not key.isdecimal())
        self._memory: dict[tuple[str, int | None, str | None], UnitMatch | None] = {}
        self._unknown: dict[str, UnitMatch] = {}

    def _build_keys(self) -> Mapping[str, tuple[UnitAlias, ...]]:
        """Squashed spelling → the units it can mean. Base names win over genitives of other names."""
        base: dict[str, list[UnitAlias]] = {}
        names = [UnitAlias(u.name, u.unit_id, u.valid_from, u.valid_to) for u in self._units.values()]
        for alias in [*names, *self._aliases]:
            _add(base, squash(alias.alias), alias)
        for unit in self._units.values():
            for key in name_keys(unit.name, unit.kind):
                _add(base, key, UnitAlias(unit.name, unit.unit_id, unit.valid_from, unit.valid_to))
        keys = dict(base)
        for key, aliases in base.items():
            inflected = genitive(key)
            if inflected not in base:
                keys[inflected] = aliases
        return {key: tuple(aliases) for key, aliases in keys.items()}

    def _candidate(self, key: str) -> str:
        unit = self._units[self._keys[key][0].unit_id]
        return f"{unit.unit_id}: {unit.name}"

    @property
    def all(self) -> tuple[Unit, ...]:
        """All units, ordered by unit_id."""
        return tuple(self._units[unit_id] for unit_id in sorted(self._units))

    @property
    def aliases(self) -> tuple[UnitAlias, ...]:
        """The rows of unit_aliases.csv."""
        return self._aliases

    @property
    def groups(self) -> tuple[GroupWord, ...]:
        """The rows of unit_groups.csv."""
        return self._groups.all

    def get(self, unit_id: str) -> Unit:
        """The unit with this id. Raises KeyError when the register has none."""
        return self._units[unit_id]

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._units

    def find(self, label: str, *, year: int | None = None, lan: str | None = None) -> UnitMatch:
        """What a printed label means as a unit.

        Args:
            label: as printed in a table's head or first column, or as named in a text.
            year: the ÖJ edition: decides between stadsdelar that existed at different times.
            lan: two-digit county code of the document: decides between units of equal name, and is
                what "Länet" then means.

        Raises AmbiguousError when the label names several units and neither year nor lan decides.
        A name that is both a kommun and a län is the kommun; the län is written with "län" or "Region".
        """
        known = self.known(label, year=year, lan=lan)
        if known is not None:
            return known
        unknown = self._unknown.get(label)
        if unknown is None:
            bare = without_marks(label)
            unknown = UnitMatch(None, None, bare, exact=False, near=self._near.find(squash(bare)))
            if len(self._unknown) < _MEMORY:
                self._unknown[label] = unknown
        return unknown

    def known(self, label: str, *, year: int | None = None, lan: str | None = None) -> UnitMatch | None:
        """As :meth:`find` for a label that the registers know, else None: near names are not looked for.

        Raises AmbiguousError as :meth:`find` does.
        """
        asked = (label, year, lan)
        if asked in self._memory:
            return self._memory[asked]
        known = self._find(label, year, lan)
        if len(self._memory) < _MEMORY:
            self._memory[asked] = known
        return known

    def _find(self, label: str, year: int | None, lan: str | None) -> UnitMatch | None:
        bare = without_marks(label)
        for text in dict.fromkeys((label.strip(), bare, _trailing_digits().sub("", bare))):
            group = self._groups.whole(text)
            if group is not None:
                return self._grouped(group, text, lan)
            unit = self._unit(squash(text), label, year, lan)
            if unit is not None:
                return UnitMatch(unit.unit_id, unit.kind, unit.name)
        for group, rest in self._groups.splits(bare):
            other = self._groups.whole(rest)
            if other is not None:
                return self._grouped(other, bare, lan, group.statistic)
            unit = self._unit(rest, label, year, lan)
            if unit is not None:
                return UnitMatch(unit.unit_id, unit.kind, unit.name, group.statistic)
        return None

    def _grouped(
        self, group: GroupWord, text: str, lan: str | None, statistic: str | None = None
    ) -> UnitMatch:
        told = statistic or group.statistic
        unit_id = group.unit_id
        if group.relative == "lan" and lan is not None and lan in self._units:
            unit_id = lan
        name = self._units[unit_id].name if unit_id in self._units and unit_id else text
        return UnitMatch(unit_id, group.kind, name, told, relative=group.relative)

    def _unit(self, key: str, label: str, year: int | None, lan: str | None) -> Unit | None:
        aliases = self._keys.get(key)
        if aliases is None:
            for shorter in stripped_of_suffix(key):
                aliases = tuple(
                    a for a in self._keys.get(shorter[0], ()) if self._units[a.unit_id].kind in shorter[1]
                )
                if aliases:
                    break
        return self._choose(aliases, label, year, lan) if aliases else None

    def _choose(self, aliases: Iterable[UnitAlias], label: str, year: int | None, lan: str | None) -> Unit:
        """The one unit meant; year, then lan, then rank of kind decide. Raises AmbiguousError."""
        left = list(aliases)
        if year is not None:
            held = [a for a in left if (a.first_year or 0) <= year <= (a.last_year or 9999)]
            left = held or left
        units = list({a.unit_id: self._units[a.unit_id] for a in left}.values())
        if lan is not None and len(units) > 1:
            units = [unit for unit in units if unit.lan_code == lan] or units
        rank = min(_RANK[unit.kind] for unit in units)
        units = [unit for unit in units if _RANK[unit.kind] == rank]
        if len(units) > 1:
            told = ", ".join(sorted(f"{unit.unit_id} {unit.name}" for unit in units))
            raise AmbiguousError(f"Enheten ”{label}” kan vara flera: {told}. Ange årgång eller län.")
        return units[0]

    def surface_forms(self) -> Iterator[SurfaceForm]:
        """Every way a running text can write a unit: names, aliases, their genitives, län with "län".

        Ordered by text; a form that can mean several units (in different editions) names them all.
        """
        forms: dict[str, tuple[list[str], bool]] = {}
        spelled = [(u.name, u.unit_id) for u in self.all] + [(a.alias, a.unit_id) for a in self._aliases]
        for text, unit_id in spelled:
            for form, is_genitive in ((text, False), (genitive(text), True)):
                had = forms.setdefault(form, ([], is_genitive and form != text))
                if unit_id not in had[0]:
                    had[0].append(unit_id)
        for form in sorted(forms):
            ids, is_genitive = forms[form]
            ids.sort(key=lambda unit_id: (_RANK[self._units[unit_id].kind], unit_id))
            first = self._units[ids[0]]
            common = first.common_word and not is_genitive
            yield SurfaceForm(form, tuple(ids), first.kind, is_genitive, common)


@lru_cache(maxsize=1)
def _trailing_digits() -> re.Pattern[str]:
    # No unit's name ends in a digit: "Riket 2" and "Solna 1, 3" carry footnote marks.
    return re.compile(r"[\s\d(),.:;]+$")


def _add(keys: dict[str, list[UnitAlias]], key: str, alias: UnitAlias) -> None:
    had = keys.setdefault(key, [])
    if key and all(other.unit_id != alias.unit_id for other in had):
        had.append(alias)
