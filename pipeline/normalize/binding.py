"""Binding labels to the registers, and what bound to nothing as rows ready to paste."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.errors import AmbiguousError
from pipeline.model import Unmatched
from pipeline.normalize.context import Context
from pipeline.normalize.subjects import Subject


@dataclass(frozen=True, slots=True)
class Bound:
    """An indicator label bound (or not) to the register; every field is None where nothing was."""

    indicator_id: str | None = None
    area: str | None = None
    quality_area: str | None = None
    value_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction of one cell: the text to read instead and its id; both None where none applies."""

    text: str | None = None
    correction_id: str | None = None


_AS_PRINTED = Corrected()


def paste_row(*fields: str | None) -> str:
    """Fields as one CSV row without its line end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([field or "" for field in fields])
    return out.getvalue()


class Binder:
    """Binds the labels of one table; collects each unmatched label once."""

    def __init__(self, context: Context, table_label: str | None, page: int, file_sha256: str) -> None:
        self._context = context
        self._table_label = table_label
        self._page = page
        self._sha256 = file_sha256
        self._bound: dict[tuple[str, str | None, str | None], Bound] = {}
        self._unmatched: dict[tuple[str, str], Unmatched] = {}
        self._corrections = context.registers.corrections.for_document(context.document_id, file_sha256)

    @property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """What matched nothing, in the order met."""
        return tuple(self._unmatched.values())

    def indicator(self, label: str, group: str | None, area: str | None) -> Bound:
        """The register's indicator for a printed label under an area; unbound when unknown or ambiguous."""
        key = (label, group, area)
        if key not in self._bound:
            self._bound[key] = self._find(label, group, area)
        return self._bound[key]

    def _find(self, label: str, group: str | None, area: str | None) -> Bound:
        register = self._context.registers.indicators
        asked = [label, *([f"{group} {label}"] if group else [])]
        near: tuple[str, ...] = ()
        for text in asked:
            try:
                match = register.find(text, area=area, year=self._context.year)
            except AmbiguousError as error:
                near = near or (error.message,)
                continue
            if match.exact and match.indicator_id is not None:
                known = register.get(match.indicator_id)
                return Bound(known.indicator_id, known.area, known.quality_area, known.value_kind)
            near = near or match.near
        best = near[0].partition(":")[0] if near and ": " in near[0] else None
        self._add("indicators", label, near, paste_row(label, best, area, None, None))
        return Bound()

    def unit(self, subject: Subject) -> None:
        """Report a unit label that the registers do not know."""
        best = subject.near[0].partition(":")[0] if subject.near else None
        self._add(
            "units", subject.unit_label, subject.near, paste_row(subject.unit_label, best, None, None, None)
        )

    def code(self, text: str) -> None:
        """Report a value cell's text that no grammar, code or legend explains."""
        self._add("answers", text, (), paste_row(text.casefold(), None, "unreadable", None, None))

    def _add(self, register: str, label: str, near: Iterable[str], row: str) -> None:
        entry = Unmatched(
            register, label, self._context.document_id, self._table_label, self._page, tuple(near), row
        )
        self._unmatched.setdefault((register, label), entry)

    def correction(self, subject: Subject, raw: str) -> Corrected:
        """The correction of a cell, while the cell says what it expects; else that is reported."""
        for one in self._corrections:
            if not one.is_for(
                document_id=self._context.document_id,
                file_sha256=self._sha256,
                table_label=self._table_label,
                unit_label=subject.unit_label,
                indicator_label=subject.indicator_label,
            ):
                continue
            if one.applies_to(raw):
                return Corrected(one.replace, one.correction_id)
            told = f"väntade ”{one.expect}” men källan säger ”{raw}”"
            self._add("corrections", one.correction_id, (told,), "")
        return _AS_PRINTED
