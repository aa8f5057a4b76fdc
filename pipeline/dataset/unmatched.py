"""unmatched.csv: the labels that no register row knows, as rows ready to paste, candidates beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pipeline.model import Unmatched

UNMATCHED_FILE = "unmatched.csv"
COLUMNS = ("register", "label", "count", "row", "candidates", "document_id", "table_label", "page")
#: A spreadsheet takes a field that begins so for a formula; text from a PDF must not
#: (OWASP: CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def unmatched_csv(found: Iterable[Unmatched]) -> tuple[bytes, int]:
    """One line per register and label, with the first place where it was met and how often.

    Returns:
        The file's bytes (UTF-8, comma, RFC 4180) and its number of labels.
    """
    groups: dict[tuple[str, str], list[Unmatched]] = {}
    for one in found:
        groups.setdefault((one.register, one.label), []).append(one)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for (register, label), met in sorted(groups.items()):
        first = min(met, key=lambda one: (one.document_id, one.page, one.table_label or ""))
        writer.writerow(
            map(
                harmless,
                (
                    register,
                    label,
                    str(len(met)),
                    first.row,
                    " | ".join(first.candidates),
                    first.document_id,
                    first.table_label or "",
                    str(first.page),
                ),
            )
        )
    return text.getvalue().encode("utf-8"), len(groups)


def harmless(field: str) -> str:
    """The field with an apostrophe in front when a spreadsheet would take it for a formula."""
    return f"'{field}" if field.startswith(FORMULA_STARTS) else field
