"""Whether every id in a published dataset points at a row that is there."""

from __future__ import annotations

from pipeline.dataset.loading import Dataset
from pipeline.dataset.schemas import Column, schemas

#: Ids named in one sentence; more are counted.
MAX_NAMED = 3


def dangling(dataset: Dataset) -> tuple[str, ...]:
    """Swedish sentences about ids that point at no row; empty when all references hold.

    One sentence per column (``flags.table_id`` …) with a few of the ids. Reads only the key and id columns.
    """
    complaints = []
    for schema in schemas().values():
        for column in schema.columns:
            if column.references:
                missing = _missing(dataset, schema.name, column)
                if missing:
                    more = f" och {len(missing) - MAX_NAMED} till" if len(missing) > MAX_NAMED else ""
                    complaints.append(
                        f"{schema.name}.{column.name} pekar på rader som saknas i {column.references}: "
                        f"{', '.join(missing[:MAX_NAMED])}{more}."
                    )
    return tuple(complaints)


def _missing(dataset: Dataset, table: str, column: Column) -> list[str]:
    """The ids of a column that its target does not have, sorted."""
    import pyarrow.compute as pc

    target, _, key = (column.references or "").partition(".")
    used = dataset.arrow(table, columns=[column.name])[column.name]
    if column.type == "strings":
        used = pc.list_flatten(used)
    known = dataset.arrow(target, columns=[key])[key].combine_chunks()
    wanted = pc.unique(used.drop_null())
    return sorted(wanted.filter(pc.invert(pc.is_in(wanted, known))).to_pylist())
