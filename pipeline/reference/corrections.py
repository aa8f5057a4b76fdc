"""Corrections of extracted values: data with a reason, a date and an ``expect`` guard."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.reference.csvfile import Row, read_rows
from pipeline.reference.folding import squash

FILE = "corrections.csv"
COLUMNS = (
    "correction_id",
    "document_id",
    "document_sha256",
    "table_label",
    "unit_label",
    "indicator_label",
    "expect",
    "replace",
    "reason",
    "date",
    "author",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One corrected value of one cell.

    Attributes:
        document_id, document_sha256: which document (at least one is given); the other is None.
        table_label: None where the document has one cell of this unit and indicator.
        expect: the cell's printed text as it was when the correction was written: it applies only
            while the cell says exactly that; replace: the text to read instead.
        date: when it was decided; author: pseudonymous id, never a name.
    """

    correction_id: str
    document_id: str | None
    document_sha256: str | None
    table_label: str | None
    unit_label: str
    indicator_label: str
    expect: str
    replace: str
    reason: str
    date: dt.date
    author: str

    def is_for(
        self,
        *,
        document_id: str,
        file_sha256: str,
        table_label: str | None,
        unit_label: str,
        indicator_label: str,
    ) -> bool:
        """Whether it speaks of this cell (labels compare through case, hyphens and white space)."""
        if self.document_id is not None and self.document_id != document_id:
            return False
        if self.document_sha256 is not None and self.document_sha256 != file_sha256:
            return False
        if self.table_label is not None and squash(self.table_label) != squash(table_label or ""):
            return False
        same_unit = squash(self.unit_label) == squash(unit_label)
        return same_unit and squash(self.indicator_label) == squash(indicator_label)

    def applies_to(self, printed: str) -> bool:
        """Whether the guard holds: the cell still says what was corrected (white space aside)."""
        return printed.split() == self.expect.split()


class CorrectionRegister:
    """All corrections."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._corrections = tuple(corrections)

    @property
    def all(self) -> tuple[Correction, ...]:
        """All rows in the register's order."""
        return self._corrections

    def for_document(self, document_id: str, file_sha256: str) -> tuple[Correction, ...]:
        """The corrections that speak of a document, in the register's order."""
        return tuple(
            correction
            for correction in self._corrections
            if correction.document_id in (None, document_id)
            and correction.document_sha256 in (None, file_sha256)
        )


def read_corrections(folder: Path) -> CorrectionRegister:
    """The rows of corrections.csv in ``folder``. Raises RegisterError naming the row."""
    corrections: dict[str, Correction] = {}
    for row in read_rows(folder, FILE, COLUMNS):
        correction = _correction(row)
        if correction.correction_id in corrections:
            raise row.error(f"rättelsen ”{correction.correction_id}” står två gånger.")
        corrections[correction.correction_id] = correction
    return CorrectionRegister(corrections.values())


def _correction(row: Row) -> Correction:
    document_id, sha256 = row.optional("document_id"), row.optional("document_sha256")
    if document_id is None and sha256 is None:
        raise row.error("ange document_id eller document_sha256.")
    if sha256 is not None and not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise row.error("document_sha256 ska vara 64 hexadecimala tecken.")
    if row["expect"].split() == row["replace"].split():
        raise row.error("expect och replace är lika, så rättelsen ändrar ingenting.")
    try:
        date = dt.date.fromisoformat(row.required("date"))
    except ValueError as error:
        raise row.error(f"datumet ”{row['date']}” ska skrivas ÅÅÅÅ-MM-DD.") from error
    return Correction(
        correction_id=row.required("correction_id"),
        document_id=document_id,
        document_sha256=sha256,
        table_label=row.optional("table_label"),
        unit_label=row.required("unit_label"),
        indicator_label=row.required("indicator_label"),
        expect=row["expect"],
        replace=row["replace"],
        reason=row.required("reason"),
        date=date,
        author=row.required("author"),
    )
