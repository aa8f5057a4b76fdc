"""All claims of one document, sentence by sentence in reading order, then comment by comment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.claims.arithmetic import Ledger, find_arithmetic
from pipeline.claims.assertion import Assertion, CompareSaid
from pipeline.claims.binding import Target
from pipeline.claims.by_value import reached_by_value, told_by_value
from pipeline.claims.change_degree import find_change_degree
from pipeline.claims.changes import Change, find_changes
from pipeline.claims.circumstance import OTHER_COLUMN, counted_now, softened
from pipeline.claims.comments import comments
from pipeline.claims.context import Context, Tables, references
from pipeline.claims.counts import decide_count, find_counts, own_line
from pipeline.claims.coverage import Coverage, uncovered
from pipeline.claims.decide import decide
from pipeline.claims.elsewhere import borne_out_by
from pipeline.claims.enumerations import find_enumerations, find_listed_below
from pipeline.claims.equations import find_equations
from pipeline.claims.general import decide_generally, find_general, speaks_generally
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated
from pipeline.claims.metadata import find_metadata, wrong_reference
from pipeline.claims.names import reader_of
from pipeline.claims.over_years import over_years
from pipeline.claims.parts_before import find_parts_before
from pipeline.claims.policy import decide_policy, denied_in_comment, find_policies, states
from pipeline.claims.report_said import find_report_said
from pipeline.claims.report_units import find_report_units
from pipeline.claims.retold import Comment, Comments, comment_parts, find_retold, retold_draft
from pipeline.claims.rows import (
    Draft,
    count_draft,
    draft,
    policy_draft,
    repeated,
    statement_draft,
    to_claims,
)
from pipeline.claims.sentence import read_sentence, year_asked
from pipeline.claims.standings import find_standings
from pipeline.claims.statements import Statement
from pipeline.claims.structure import annotate
from pipeline.claims.sureness import ELSEWHERE, corroborated
from pipeline.claims.view import TableView, views
from pipeline.claims.vocabulary import mentioned_indicator
from pipeline.model import Block, Claim, ReadDocument, Sentence

if TYPE_CHECKING:
    from pipeline.reference import Registers

_LOCATION = {"heading": "heading", "list_item": "list", "footnote": "footnote"}
#: Blocks that hold no running text.
_SILENT = ("running", "caption")


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """What was read from a document's text."""

    claims: tuple[Claim, ...]
    coverage: Coverage


class DocumentReader:
    """Reads one document; holds its tables, names and the running context."""

    def __init__(self, document: ReadDocument, registers: Registers) -> None:
        self._document = document
        self._registers = registers
        self._views = views(document, registers)
        self._tables = Tables(document, self._views)
        self._names = reader_of(document, registers)
        self._heading: Block | None = None
        self._ledger = Ledger()
        self._next = {one.order: two for one, two in pairwise(document.sentences)}
        self._listed = _listed_below(document.blocks)
        self._under: dict[str | None, tuple[tuple[TableView, ...], Target | None]] = {}
        self._change: Change | None = None
        self._comment_parts: dict[TableView, tuple[Comment, ...]] = {}
        self._comments_by_tables: dict[tuple[TableView, ...], Comments] = {}

    def read(self) -> ClaimReading:
        """Every claim of the document's text with its verdict, and what was covered."""
        drafts: list[Draft] = []
        lacking: list[tuple[int, str, str]] = []
        telling = 0
        context, block_at = Context(year=self._document.record.year), -1
        for sentence in self._document.sentences:
            block = self._document.blocks[sentence.block]
            if block.kind in _SILENT or sentence.text.rstrip().endswith("?"):
                continue
            if sentence.block != block_at:
                context, block_at = self._fresh(block), sentence.block
                self._change = None
            note = annotate(sentence.text, self._names)
            context.next_sentence()
            made = self._sentence(sentence, block, note, context)
            context.understood(
                any(one.verdict.verdict == "supported" for one in made),
                any(one.verdict.reason in (ELSEWHERE, OTHER_COLUMN) for one in made),
            )
            drafts.extend(made)
            telling += bool(note.figures or note.names or note.groups)
            lacking += [(sentence.page, sentence.text, figure) for figure in uncovered(note, made)]
        drafts.extend(self._comments())
        claims = to_claims(self._document, repeated(drafts))
        return ClaimReading(claims, self._coverage(claims, telling, lacking))

    def _after(self, sentence: Sentence) -> str:
        """The next sentence of the same paragraph, in lower case; empty at its end."""
        after = self._next.get(sentence.order)
        return after.text.lower() if after is not None and after.block == sentence.block else ""

    def _coverage(
        self, claims: tuple[Claim, ...], telling: int, lacking: list[tuple[int, str, str]]
    ) -> Coverage:
        return Coverage(
            sentences=sum(
                self._document.blocks[one.block].kind not in _SILENT for one in self._document.sentences
            ),
            with_figures_or_names=telling,
            claims=len(claims),
            bound=sum(claim.table_id is not None for claim in claims),
            decided=sum(claim.verdict != "undecidable" for claim in claims),
            uncovered_figures=tuple(lacking),
        )

    def _fresh(self, block: Block) -> Context:
        """The context of a new paragraph: tables near it, and those its heading names."""
        if block.kind == "heading":
            self._heading = block
        title = self._heading.text if self._heading is not None else None
        if title not in self._under:
            self._under[title] = self._named_by(title), self._tables.sole(title)
        named, sole = self._under[title]
        near = self._tables.around(block, title)
        return Context(explicit=named, near=near, year=self._document.record.year, sole=sole)

    def _named_by(self, title: str | None) -> tuple[TableView, ...]:
        """The tables that a heading names, by label or by area."""
        if not title:
            return ()
        return self._tables.named(title) or self._tables.of_area(self._registers.areas.find(title))

    def _sentence(self, sentence: Sentence, block: Block, note: Annotated, context: Context) -> list[Draft]:
        named = self._tables.named(note.text)
        if named:
            context.explicit = named
        location = _LOCATION.get(block.kind, "text")
        area = self._document.record.areas[0] if len(self._document.record.areas) == 1 else None
        counted = find_counts(note)
        if counted:
            own = tuple(view for view in self._views if own_line(view) is not None)
            tables = context.explicit or (own if len(own) == 1 else ())
            past = grammar("sentence_last_year").search(note.lower) is not None
            verdicts = [decide_count(one, tables, last_year=past) for one in counted]
            told = [(c, v if past else counted_now(note, v)) for c, v in zip(counted, verdicts, strict=True)]
            return [count_draft(sentence, location, one, tables, verdict) for one, verdict in told]
        changes = find_changes(note)
        said = corroborated(read_sentence(note, self._tables, context))
        said = [one for one in said if not _retold(one, changes)]
        made = [self._draft(sentence, location, note, one) for one in said]
        if not any(one.verdict.verdict != "undecidable" for one in made):
            made = self._policies(sentence, location, note, context) or made
        reached = [reached_by_value(note, change, self._tables) for change in changes]
        made += [self._draft(sentence, location, note, one) for one in reached if one is not None]
        statements = self._changes(note, changes, context, made)
        if not changes and not any(one.verdict.verdict == "refuted" for one in made):
            statements += find_standings(note, self._tables, context)
        counted_up = [*find_enumerations(note), *find_listed_below(note, self._listed[sentence.block])]
        made = [one for one in made if not (one.table_id is None and _within(one, counted_up))]
        statements += [*counted_up, *self._of_text(note)]
        if not (made or statements):
            statements += find_general(note, context)
            statements += find_report_said(note, self._document, self._views, self._registers)
        self._change = changes[-1] if changes else self._change
        if named:
            statements += self._of_reference(note, said, context, named)
        return made + [statement_draft(sentence, location, one, area) for one in statements]

    def _of_reference(
        self, note: Annotated, said: list[Assertion], context: Context, named: tuple[TableView, ...]
    ) -> list[Statement]:
        """Warnings where a sentence names tables while what it says stands in another."""
        told = []
        elsewhere = {t.view.title for one in said for t in one.targets} - {view.title for view in named}
        if elsewhere and all(t.view not in named for one in said for t in one.targets):
            told.append(min(elsewhere))
        other = borne_out_by(note, said, self._tables, context, named)
        told += [other] if other is not None else []
        return [wrong_reference(note, references(note.text), title) for title in told]

    def _of_text(self, note: Annotated) -> list[Statement]:
        """What the text alone decides: sums, the size of a change, what the report says it is."""
        return [
            *find_equations(note),
            *find_parts_before(note, self._ledger.total),
            *find_arithmetic(note, self._ledger),
            *find_change_degree(note, self._change),
            *find_metadata(note, self._document.record, self._registers),
            *find_report_units(note, self._views),
        ]

    def _draft(self, sentence: Sentence, location: str, note: Annotated, one: Assertion) -> Draft:
        """The draft of a table assertion; without a table it names its indicator by the registers."""
        verdict = softened(decide(one), note, one, self._document.record.year, self._after(sentence))
        if not one.targets and isinstance(one.said, CompareSaid) and speaks_generally(note):
            verdict = decide_generally(one.said, self._views)
        clause = next((c for c in note.clauses if c.start <= one.start < c.end), note.clauses[-1])
        known = told_by_value(note, clause, one, self._tables)
        if known is not None:
            one, verdict = known, decide(known)
        made = draft(sentence, location, one, verdict)
        if one.targets:
            return made
        national = not self._views and self._document.own_unit is None and not made.unit_ids
        units = ("00",) if national and one.claim_type in ("percent", "fraction") else made.unit_ids
        indicators = self._indicator(note.text[clause.start : clause.end])
        return replace(made, indicator_ids=indicators, unit_ids=units)

    def _indicator(self, text: str) -> tuple[str, ...]:
        return mentioned_indicator(text, self._document.record, self._registers)

    def _changes(
        self, note: Annotated, changes: Iterable[Change], context: Context, made: list[Draft]
    ) -> list[Statement]:
        """Changes and figures of a year; figures that a draft has decided against a table are left to it."""
        named = []
        for one in changes:
            clause = next((c for c in note.clauses if c.start <= one.start < c.end), note.clauses[-1])
            named.append((one, self._indicator(note.text[clause.start : max(clause.end, one.end)])))
        decided = frozenset(
            at for one in made if one.verdict.verdict != "undecidable" for at in range(one.start, one.end)
        )
        return over_years(note, tuple(named), self._tables, context, decided)

    def _policies(self, sentence: Sentence, location: str, note: Annotated, context: Context) -> list[Draft]:
        """Statements about the own unit, where the section's tables (or those near) hold one own unit."""
        own = self._own_tables(context)
        if not own or location == "heading" or not states(note):
            return []
        said = find_policies(note, self._tables.index(own))
        year = year_asked(note, self._document.record.year) if said else None
        found = [(one, decide_policy(one, year=year)) for one in said]
        told = [one for one, verdict in found if verdict.verdict != "undecidable"]
        context.speak_of(tuple(one.target for one in told[-1:]))
        again = find_retold(
            note,
            self._comments_of(own),
            [(one.start, one.end) for one in told],
            frozenset((one.target.view.table_id, one.target.column.index) for one in told),
        )
        made = [
            policy_draft(sentence, location, one, verdict)
            for one, verdict in found
            if one in told or not any(other.start < one.end and one.start < other.end for other in again)
        ]
        return made + [retold_draft(sentence, location, one) for one in again]

    def _own_tables(self, context: Context) -> tuple[TableView, ...]:
        """The tables of one own unit that a section speaks of; all where none is near (appendices)."""
        near = tuple(view for view in context.explicit or context.near if own_line(view) is not None)
        if near or context.explicit or self._document.own_unit is None:
            return near
        own = self._document.own_unit
        return tuple(v for v in self._views if (line := own_line(v)) is not None and line.key == own)

    def _comments_of(self, own: tuple[TableView, ...]) -> Comments:
        """The parts of the comment cells of some tables, cut once per table and sorted once per set."""
        made = self._comments_by_tables.get(own)
        if made is None:
            for view in own:
                if view not in self._comment_parts:
                    self._comment_parts[view] = comment_parts((view,))
            made = Comments([one for view in own for one in self._comment_parts[view]])
            self._comments_by_tables[own] = made
        return made

    def _comments(self) -> list[Draft]:
        """What the comment cells assert about the answer of their own row."""
        drafts = []
        for view, sentence, column in comments(self._document, self._views):
            note = annotate(sentence.text, self._names)
            found = [
                one
                for one in find_policies(note, self._tables.index((view,)))
                if one.target.column.index == column
            ]
            if not found:
                row = next(one for one in view.columns if one.index == column)
                denied = denied_in_comment(note, Target(view, row, 1.0))
                found = [denied] if denied is not None else []
            drafts += [policy_draft(sentence, "comment", one, decide_policy(one)) for one in found]
        return drafts


def _listed_below(blocks: Sequence[Block]) -> list[int]:
    """Of each block, how many items are listed between it and the next heading."""
    found, count = [], 0
    for one in reversed(blocks):
        found.append(count)
        count = 0 if one.kind == "heading" else count + (one.kind == "list_item")
    return found[::-1]


def _within(one: Draft, told: Iterable[Statement]) -> bool:
    """Whether a figure is the number of a counted list, which the text itself has decided."""
    return any(other.start <= one.start and one.end <= other.end for other in told)


def _retold(one: Assertion, changes: tuple[Change, ...]) -> bool:
    """Whether a figure is one of a change (an earlier year's, a difference): no figure of this year's
    table."""
    figure = getattr(one.said, "figure", None)
    told = [f for change in changes for f in (change.base, change.delta) if f is not None]
    unbound = [change.value for change in changes if change.value is not None] if not one.targets else []
    return figure is not None and any(figure.start == f.start for f in (*told, *unbound))
