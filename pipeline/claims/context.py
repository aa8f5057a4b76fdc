"""Which tables a sentence can speak of: by its own reference, its paragraph's, its heading's, or by
nearness."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.claims.assertion import Owner
from pipeline.claims.binding import ANY, GLOBAL, LOCAL, Bound, Index, Target, Wanted, bind_phrase
from pipeline.claims.labels import Lookalikes
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Name
from pipeline.claims.pool import pooled
from pipeline.claims.text import plain, stems
from pipeline.claims.view import TableView
from pipeline.model import Block, ReadDocument

#: A sentence that says "resultatet", "snittet" speaks of what came before unless a column fits this well.
RETELLING = 0.55
#: A column elsewhere must fit this much better than any in the table that the text names.
ELSEWHERE = 0.2
#: Without a table at hand a column of an appendix must fit so well.
APPENDED = 0.45
#: Headings that name an area point at its tables only where there are tables of several areas.
SEVERAL = 2
#: A table is near a paragraph when at most so many page breaks lie between them.
NEAR_PAGES = 1


def _in_pool(view: TableView, keys: set[str]) -> bool:
    return len(view.lines) == 1 and view.lines[0].key in keys


def references(text: str) -> tuple[str, ...]:
    """The labels of tables and appendices a text names, as ``tabell 3``, in order."""
    lower = text.lower()
    if not ("tabell" in lower or "bilaga" in lower or "diagram" in lower or "figur" in lower):
        return ()  # as most sentences
    return tuple(
        f"{kind.lower()} {number.lower()}"
        for kind, number in grammar("context_reference").findall(plain(text))
    )


def label_key(label: str | None) -> str | None:
    """A table's label as ``tabell 3`` for comparison with references; None without a label."""
    if label is None:
        return None
    found = references(label)
    return found[0] if found else None


@dataclass(slots=True)
class Context:
    """What the sentences of a paragraph pass on to each other.

    Attributes:
        explicit: tables the paragraph (or its heading) names by label; empty when it names none.
        near: the tables before and after the paragraph.
        targets: the columns last spoken of; owner: whose figure was last spoken of.
        names: the units last listed ("övriga kommuner" are the others).
        year: the edition of the document.
        sole: the one indicator of the section's one table, which is meant where nothing else is named.
        told: how many sentences ago the columns were named or borne out.
        lost: a sentence that was not understood came between.
    """

    explicit: tuple[TableView, ...] = ()
    near: tuple[TableView, ...] = ()
    targets: tuple[Target, ...] = ()
    owner: Owner | None = None
    names: tuple[Name, ...] = ()
    recent: list[Target] = field(default_factory=list)
    year: int | None = None
    sole: Target | None = None
    told: int = 0
    lost: bool = False

    def next_sentence(self) -> None:
        """A new sentence begins: what was spoken of is a sentence further away."""
        self.told += 1

    def understood(self, borne_out: bool, elsewhere: bool = False) -> None:
        """The sentence has been read: borne out, it confirms the columns that it leant on; else, where it
        named none itself, what it spoke of is not known.

        Args:
            elsewhere: a figure of the sentence stands in another column than the one it was bound to.
        """
        if borne_out and not self.lost and self.told <= 1:
            self.told = 0
        self.lost = self.lost or self.told > 0 or (elsewhere and not borne_out)

    @property
    def stale(self) -> bool:
        """Whether what was spoken of is not what the sentence just before spoke of."""
        return self.lost or self.told > 1

    def speak_of(self, targets: tuple[Target, ...]) -> None:
        """Remember the columns a clause spoke of."""
        if targets:
            if not any(target.inherited for target in targets):
                self.told, self.lost = 0, False
            self.targets = targets
            self.recent.extend(t for t in targets if all(t.column is not r.column for r in self.recent))


def _in_year(target: Target, years: frozenset[int]) -> Target:
    """The target, or the column with the same label that holds a year asked for, else the latest year."""
    if target.column.year in years:
        return target
    same = [column for column in target.view.columns if column.words == target.column.words]
    asked = [column for column in same if column.year in years]
    if len(asked) == 1:
        return target._replace(column=asked[0])
    return target._replace(column=max(same, key=lambda column: column.year or 0)) if len(same) > 1 else target


def _of_group(before: Bound, bound: Bound) -> Target | None:
    """The one of several columns with the same leaf that stands under the group spoken of before."""
    groups = {(one.view.table_id, one.column.group) for one in before.targets}
    if len(groups) != 1 or len({one.column.label for one in bound.rivals}) != 1:
        return None
    fits = [one for one in bound.rivals if (one.view.table_id, one.column.group) in groups]
    return fits[0]._replace(inherited=True) if len(fits) == 1 and fits[0].column.group else None


class Tables:
    """The tables of one document, with indexes made once per set of tables."""

    def __init__(self, document: ReadDocument, views: tuple[TableView, ...]) -> None:
        pool = pooled(views)
        self.pool = pool
        single = {line.key for line in pool.lines} if pool is not None else set()
        self.views = (*(view for view in views if not _in_pool(view, single)), *([pool] if pool else ()))
        self.own = views
        self._printed = [(view, view.reading.table) for view in self.views]
        self._document = document
        self._indexes: dict[tuple[TableView, ...], Index] = {}
        labels = {column.words: None for view in views for column in view.columns}
        self._lookalikes = Lookalikes(word for label in labels for word in stems(label))
        self._members: dict[tuple[TableView, ...], frozenset[str]] = {}
        self._by_label: dict[str, list[TableView]] = {}
        for view in self.views:
            key = label_key(view.label)
            if key is not None:
                self._by_label.setdefault(key, []).append(view)

    @property
    def own_unit(self) -> str | None:
        """unit_id of the kommun whose document it is; None when it is of several."""
        return self._document.own_unit

    def index(self, views: tuple[TableView, ...]) -> Index:
        """The index over some of the tables."""
        made = self._indexes.get(views)
        if made is None:
            made = self._indexes[views] = Index(views, self._lookalikes)
        return made

    def members(self, views: tuple[TableView, ...]) -> frozenset[str]:
        """The keys of the units that tables compare; a table of one own kommun compares none."""
        known = self._members.get(views)
        if known is None:
            found = (line.key for view in views if len(view.members) > 1 for line in view.members)
            known = self._members[views] = frozenset(found)
        return known

    def named(self, text: str) -> tuple[TableView, ...]:
        """The tables whose labels a text names."""
        found: list[TableView] = []
        for key in references(text):
            found.extend(view for view in self._by_label.get(key, ()) if view not in found)
        return tuple(found)

    def of_area(self, area: str | None) -> tuple[TableView, ...]:
        """The tables of one area, in a document whose tables are of several; empty otherwise."""
        areas = {view.reading.area for view in self.views}
        if area is None or area not in areas or len(areas) < SEVERAL:
            return ()
        return tuple(view for view in self.views if view.reading.area == area)

    def around(self, block: Block, heading: str | None) -> tuple[TableView, ...]:
        """The table before a block, the one after it, and those under its own heading."""
        if self._all_appended(block):
            return ()
        first, last = block.boxes[0].page - NEAR_PAGES, block.boxes[-1].page + NEAR_PAGES
        near = [
            view for view, table in self._printed if table.page_first <= last and first <= table.page_last
        ]
        before = [view for view in near if view.reading.table.index < block.before_table]
        after = [view for view in near if view.reading.table.index >= block.before_table]
        found = [*before[-1:], *after[:1]]
        if heading is not None:
            found += [view for view in near if view not in found and view.reading.table.heading == heading]
        return tuple(sorted(found, key=lambda view: view.reading.table.index))

    def _all_appended(self, block: Block) -> bool:
        """Whether all of several tables stand on pages behind a block of a memo: none is nearer then."""
        last = block.boxes[-1].page
        if self._document.own_unit is None:
            return False
        return len(self.views) > 1 and all(view.reading.table.page_first > last for view in self.views)

    def sole(self, heading: str | None) -> Target | None:
        """The latest column of the one table under a heading, where that table shows one indicator only."""
        under = [view for view in self.views if heading and view.reading.table.heading == heading]
        if len(under) != 1 or len({column.words for column in under[0].columns}) != 1:
            return None
        latest = max(under[0].columns, key=lambda column: column.year or 0)
        return Target(under[0], latest, 0.0, 0.0, 0.0, telling=False, inherited=True)

    def bind(
        self,
        phrase: str,
        context: Context,
        *,
        retelling: bool,
        pointing: bool,
        wanted: Wanted = ANY,
    ) -> tuple[Bound, bool]:
        """The columns a phrase speaks of, and whether they are new (False: those spoken of before).

        Args:
            retelling: the clause says "resultatet", "snittet", "det": what was spoken of before is meant
                unless a column fits well.
            pointing: the clause points back ("sådana", "gör det", "instrumentet").
            wanted: the kinds of value and the years that the clause states.
        """
        words = stems(phrase)
        before = self._before(context, wanted)
        if not words:
            return before, False
        local = context.explicit or context.near
        bound = self._at_hand(local, phrase, wanted)
        pointed = before.targets and (pointing or (retelling and bound.best < RETELLING))
        if pointed and not (bound.targets and bound.best >= RETELLING):
            return before, False
        wide = self._wide(phrase, bound, wanted)
        if bound.targets and not (wide.targets and wide.best - bound.best > ELSEWHERE):
            return bound, True
        if bound.rivals and bound.best >= LOCAL and self._among(before, bound):
            return before, False
        of_group = _of_group(before, bound)
        if of_group is not None:
            return Bound((of_group,), (), of_group.score), True
        if wide.targets:
            return wide, True
        if before.targets and len(words) <= 1 and bound.best < LOCAL:
            return before, False
        if context.sole is not None and bound.best <= 0.0 and before.targets:
            return before, False
        return bound if bound.reason else Bound(
            reason="dokumentet har ingen tabell som påståendet kan prövas mot"
        ), True

    def _at_hand(self, local: tuple[TableView, ...], phrase: str, wanted: Wanted) -> Bound:
        """The column in the tables at hand; where a memo has none there, in any that fits well."""
        if local:
            return bind_phrase(self.index(local), phrase, wanted=wanted)
        if self._document.own_unit is None:
            return Bound()  # the summary of a report speaks of many tables at once
        return bind_phrase(self.index(self.views), phrase, least=APPENDED, wanted=wanted)

    def _wide(self, phrase: str, bound: Bound, wanted: Wanted) -> Bound:
        """The column in any of the document's tables, looked for unless those at hand fit well."""
        if bound.best > 1 - ELSEWHERE:
            return Bound()
        return self.index(self.views).bind(phrase, least=GLOBAL, wanted=wanted)

    def with_ranges(self, context: Context) -> tuple[Target, ...]:
        """The one column of the tables at hand that holds intervals; empty when none or several do."""
        found = [
            Target(view, column, 1.0)
            for view in context.explicit or context.near
            for column in view.columns
            if any(seen.range_min is not None for (_, at), seen in view.cells.items() if at == column.index)
        ]
        return tuple(found) if len(found) == 1 else ()

    def topic(self, phrase: str, context: Context) -> tuple[Target, ...]:
        """The columns of the tables at hand that a phrase clearly names; empty when none."""
        local = context.explicit or context.near
        if not local or not self.index(local).reaches(phrase):
            return ()
        bound = bind_phrase(self.index(local), phrase)
        return bound.targets if bound.best >= RETELLING else ()

    @staticmethod
    def _among(before: Bound, bound: Bound) -> bool:
        return any(t.column is r.column for t in before.targets for r in bound.rivals)

    @staticmethod
    def _before(context: Context, wanted: Wanted) -> Bound:
        """What was spoken of before, in the year that is asked for; nothing that cannot hold what is said."""
        told = context.targets or ((context.sole,) if context.sole is not None else ())
        told = tuple(_in_year(target, wanted.years) for target in told)
        if told and all(wanted.admits(target.column) for target in told):
            sole, stale = not context.targets, context.stale and bool(context.targets)
            return Bound(tuple(target._replace(inherited=True, sole=sole, stale=stale) for target in told))
        return Bound(reason="meningen säger inte vilken uppgift i tabellen den gäller")
