"""What is known about a document while its tables are read: registers, edition, county, own kommun, codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.errors import AmbiguousError
from pipeline.model import Legend
from pipeline.normalize.answers import Codes
from pipeline.normalize.layouts import Layout

if TYPE_CHECKING:
    from pipeline.reference import Registers
    from pipeline.reference.units import UnitMatch


#: Longer labels name no unit.
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading of one document's tables leans on.

    Attributes:
        year: the ÖJ edition; lan: two-digit county code; own_unit: unit_id of the document's own kommun.
        areas: areas of the document; codes: its legend before the registers' codes.
        appendices: appendix number → title, as the document itself lists them.
        heads: what the heads and labels of the tables before say (kept by ``heads.head_of``).
    """

    registers: Registers
    document_id: str
    codes: Codes
    year: int | None = None
    lan: str | None = None
    own_unit: str | None = None
    areas: tuple[str, ...] = ()
    legend: Legend = field(default_factory=Legend)
    layouts: tuple[Layout, ...] = ()
    appendices: Mapping[str, str] = field(default_factory=dict)
    heads: dict[tuple[tuple[str, ...], bool, int | None, str | None], Any] = field(
        default_factory=dict, compare=False, repr=False
    )

    def unit(self, label: str) -> UnitMatch | None:
        """The register's reading of a label as a unit; None when it is ambiguous or clearly no unit.

        A match that is not exact carries the nearest names and no unit_id.
        """
        if not label or len(label) > _LONGEST:
            return None
        try:
            return self.registers.units.find(label, year=self.year, lan=self.lan)
        except AmbiguousError:
            return None

    def known_unit(self, label: str) -> UnitMatch | None:
        """The same reading where it is exact, else None: cheaper, for texts that are seldom names."""
        if not label or len(label) > _LONGEST:
            return None
        try:
            return self.registers.units.known(label, year=self.year, lan=self.lan)
        except AmbiguousError:
            return None
