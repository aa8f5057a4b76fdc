"""A sentence that names one table while what it says stands in another."""

from __future__ import annotations

from pipeline.claims.assertion import Assertion, SetSaid
from pipeline.claims.context import Context, Tables
from pipeline.claims.decide import decide
from pipeline.claims.mentions import Annotated
from pipeline.claims.sentence import read_sentence
from pipeline.claims.view import TableView


def borne_out_by(
    note: Annotated,
    said: list[Assertion],
    tables: Tables,
    context: Context,
    named: tuple[TableView, ...],
) -> str | None:
    """The title of the one other table that bears out names which the named tables know nothing of.

    Only where no column of the named tables is what is spoken of, and where the same names are exactly
    those of one column elsewhere: a chance that is small enough to warn of.
    """
    if not said or any(one.targets or one.rivals for one in said) or not any(map(_names, said)):
        return None
    found = []
    for view in tables.views:
        if view in named:
            continue
        other = Context(explicit=(view,), near=(view,), year=context.year)
        again = [one for one in read_sentence(note, tables, other) if one.targets]
        again = [one for one in again if all(target.view is view for target in one.targets)]
        verdicts = {decide(one).verdict for one in again if _names(one)}
        if verdicts == {"supported"}:
            found.append(view.title)
    return found[0] if len(found) == 1 else None


def _names(one: Assertion) -> bool:
    """Whether an assertion tells exactly who has something: a complete list, or all but those named."""
    said = one.said
    if not isinstance(said, SetSaid) or not said.names:
        return False
    return said.quantifier in ("only", "all_except") or (said.exhaustive and len(said.names) > 1)
