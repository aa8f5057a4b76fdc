"""What a clause asserts, before it is decided: one dataclass per way of asserting."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.claims.binding import Target
from pipeline.claims.mentions import Figure, Name


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose figure it is: a named unit (``key``), or ``members``, ``city``, ``riket``, ``lan`` by ``scope``.

    ``plural``: said of its units (länets kommuner), not of the län itself.
    """

    scope: str
    key: str | None = None
    label: str = ""
    plural: bool = False


MEMBERS = Owner("members")


@dataclass(frozen=True, slots=True)
class SetSaid:
    """Some units have, or lack, the property.

    Attributes:
        quantifier: ``list``, ``only``, ``all``, ``all_except``, ``rest``, ``none``, ``not_all``, ``most``,
            ``nearly_all``, ``few``, ``less_than_half``, ``several``, ``count``, ``fraction`` or ``percent``.
        owner: whose members are counted.
        names: the names listed or excepted.
        negative: the property is denied (saknar, har inte).
        degree: ``yes`` (JA), ``partly`` (DELVIS) or ``whole_or_part``.
        exhaustive: the list reads as complete.
        figure: the count, fraction or percentage.
        zero: said as something that is there or not, so of counts: none or some.
        than: the property is to lie on a side of another's figure (kortare väntan än riket).
    """

    quantifier: str
    owner: Owner
    names: tuple[Name, ...] = ()
    negative: bool = False
    degree: str = "yes"
    exhaustive: bool = False
    figure: Figure | None = None
    than: CompareSaid | None = None
    zero: bool = False


@dataclass(frozen=True, slots=True)
class FigureSaid:
    """A unit or group has this figure in the column(s).

    Attributes:
        others: all units of a list that share the figure, each or together; empty for one owner.
        joint: the figure is said to be their sum ("tillsammans", "stod för").
        each: the figure is dealt to each of them, as the sentence deals one to every other name.
    """

    owner: Owner
    figure: Figure
    others: tuple[Owner, ...] = ()
    joint: bool = False
    each: bool = False


@dataclass(frozen=True, slots=True)
class CompareSaid:
    """Left is ``ops`` (better, worse, higher, lower, level, same, apart) than right; any of the ops may
    hold. ``by``: how far apart they are said to be."""

    left: Owner
    right: Owner
    ops: tuple[str, ...]
    degree: str | None = None
    left_figure: Figure | None = None
    right_figure: Figure | None = None
    by: Figure | None = None


@dataclass(frozen=True, slots=True)
class RankSaid:
    """The named units stand at the top or bottom, in this order; figures go with the names.

    ``skip``: how many unnamed ones stand before them (näst högst: one).
    """

    extreme: str
    order: tuple[tuple[Name, ...], ...]
    negative: bool = False
    skip: int = 0


@dataclass(frozen=True, slots=True)
class RangeSaid:
    """The named units have this interval, in ``unit`` (dagar)."""

    names: tuple[Name, ...]
    figure: Figure
    exhaustive: bool = False
    negative: bool = False


Said = SetSaid | FigureSaid | CompareSaid | RankSaid | RangeSaid


@dataclass(frozen=True, slots=True)
class Assertion:
    """An atomic assertion with its place in the sentence and the columns it speaks of.

    ``doubt``: why another column may be meant, in Swedish: the columns may then bear it out, not refute it.
    """

    claim_type: str
    start: int
    end: int
    rule: str
    said: Said
    targets: tuple[Target, ...] = ()
    reason: str | None = None
    rivals: tuple[Target, ...] = ()
    doubt: str | None = None
