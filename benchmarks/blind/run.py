"""``python -m benchmarks.blind.run [--set N]``: read blind reports, say what was found, missed and accused.

The figures of the very first run are kept in first_run.json (of set N: first_runN.json) and never
written again; later runs write last_run.json (last_runN.json). The reports were written without sight of
the patterns and rules that are measured here.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as Shown

from benchmarks.blind.documents import BlindReport, Statement, blind_reports, data_digest
from benchmarks.blind.made import MADE_SETS, MadeReport, made_reports
from benchmarks.blind.matching import LOUD, statements_of, table_figures, verdict_of
from extractors.read import read_pdf
from pipeline.checks import check_corpus, check_document
from pipeline.claims import find_claims
from pipeline.model import Claim, Flag, PdfDocument, ReadDocument
from pipeline.normalize import read_documents
from pipeline.reference import Registers, load_registers

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as the real stages read it."""

    report: BlindReport | MadeReport
    pdf: PdfDocument
    documents: tuple[ReadDocument, ...]
    claims: dict[str, tuple[Claim, ...]]
    flags: tuple[Flag, ...]

    def all_claims(self) -> list[Claim]:
        """The claims of all its documents."""
        return [claim for claims in self.claims.values() for claim in claims]


def read_report(report: BlindReport | MadeReport, folder: Path, registers: Registers) -> Reading:
    """Render the report into the folder and take it through the stages of one document."""
    path = folder / f"{report.name}.pdf"
    path.write_bytes(report.pdf())
    pdf = read_pdf(path, file_name=path.name)
    documents = read_documents(pdf, registers)
    claims = {one.record.document_id: find_claims(one, registers).claims for one in documents}
    flags = [
        flag for one in documents for flag in check_document(one, claims[one.record.document_id], registers)
    ]
    return Reading(report, pdf, documents, claims, tuple(flags))


def with_corpus_flags(readings: Sequence[Reading], registers: Registers) -> list[Reading]:
    """Add the flags of the checks that compare documents, each to the report that it names first."""
    claims = {key: value for reading in readings for key, value in reading.claims.items()}
    documents = [document for reading in readings for document in reading.documents]
    flags = check_corpus(documents, claims, registers)
    return [
        Reading(
            reading.report,
            reading.pdf,
            reading.documents,
            reading.claims,
            (*reading.flags, *(flag for flag in flags if flag.document_id in reading.claims)),
        )
        for reading in readings
    ]


def _flag_row(flag: Flag, statement: Statement | None) -> dict[str, Any]:
    return {
        "sentence": statement.shown() if statement else flag.sentence,
        "check": flag.check,
        "severity": flag.severity,
        "message": flag.message,
        "asserted": flag.asserted,
        "found": flag.found,
        "table": flag.table_label,
        "page": flag.page,
    }


def _table_figures(reading: Reading) -> dict[str, int]:
    if isinstance(reading.report, MadeReport):
        return reading.report.figures(reading.pdf, reading.documents)
    return table_figures(reading.report.sample.document, reading.pdf, reading.documents)


def judge(reading: Reading) -> dict[str, Any]:
    """The figures of one report, with every miss and every accusation in full."""
    statements = reading.report.statements
    claims = reading.all_claims()
    hits: dict[int, list[Flag]] = {}
    accused: list[dict[str, Any]] = []
    for flag in reading.flags:
        spoken = statements_of(flag, statements, reading.documents)
        planted = [at for at in spoken if statements[at].planted]
        for at in planted:
            hits.setdefault(at, []).append(flag)
        if not planted and flag.severity in LOUD:
            accused.append(_flag_row(flag, statements[spoken[0]] if spoken else None))
    plants = [at for at, row in enumerate(statements) if row.planted]
    found = [at for at in plants if any(flag.severity in LOUD for flag in hits.get(at, ()))]
    missed = [
        {
            "statement": statements[at].shown(),
            "kind": statements[at].kind,
            "table": statements[at].table,
            "wrong": statements[at].wrong,
            "verdict": verdict_of(statements[at], claims),
            "info": [flag.message for flag in hits.get(at, ())],
        }
        for at in plants
        if at not in found
    ]
    truths = [row for row in statements if not row.planted]
    verdicts = [verdict_of(row, claims) for row in truths]
    return {
        "report": reading.report.name,
        "pages": len(reading.pdf.pages),
        "planted": len(plants),
        "found": len(found),
        "severity_as_expected": sum(
            any(flag.severity == statements[at].severity for flag in hits[at]) for at in found
        ),
        "true": len(truths),
        "accused": len(accused),
        "true_verdicts": {kind: verdicts.count(kind) for kind in sorted(set(verdicts))},
        "true_refuted": [
            row.shown() for row, kind in zip(truths, verdicts, strict=True) if kind == "refuted"
        ],
        "true_without_claim": [
            row.shown() for row, kind in zip(truths, verdicts, strict=True) if kind == "no claim"
        ],
        **_table_figures(reading),
        "found_flags": [_flag_row(hits[at][0], statements[at]) for at in found],
        "missed": missed,
        "accusations": accused,
    }


def totals(rows: Sequence[dict[str, Any]], reports: Sequence[BlindReport | MadeReport]) -> dict[str, Any]:
    """Sums over all reports, and found and planted by kind of statement."""
    keys = (
        "planted", "found", "severity_as_expected", "true", "accused", "tables", "tables_right",
        "cells", "cells_right", "values", "values_right",
    )  # fmt: skip
    kinds: dict[str, list[int]] = {}
    for report in reports:
        lost = {row["statement"] for one in rows if one["report"] == report.name for row in one["missed"]}
        for statement in report.statements:
            if statement.planted:
                pair = kinds.setdefault(statement.kind, [0, 0])
                pair[0] += statement.shown() not in lost
                pair[1] += 1
    return {key: sum(row[key] for row in rows) for key in keys} | {
        "found_of_planted_by_kind": {kind: kinds[kind] for kind in sorted(kinds)}
    }


def show(rows: Sequence[dict[str, Any]], total: dict[str, Any]) -> None:
    """Print the table, then misses and accusations in full."""
    console = Console(width=140)
    table = Shown(title="Blinda rapporter")
    for head in (
        "rapport",
        "inlagda fel",
        "funna",
        "sanna",
        "anklagade",
        "tabeller",
        "celler",
        "värden",
        "domar",
    ):
        table.add_column(head)
    for row in (*rows, {**total, "report": "alla", "true_verdicts": {}}):
        verdicts = ", ".join(f"{kind} {number}" for kind, number in row["true_verdicts"].items())
        table.add_row(
            row["report"],
            str(row["planted"]),
            str(row["found"]),
            str(row["true"]),
            str(row["accused"]),
            f"{row['tables_right']}/{row['tables']}",
            f"{row['cells_right']}/{row['cells']}",
            f"{row['values_right']}/{row['values']}",
            verdicts,
        )
    console.print(table)
    for row in rows:
        for miss in row["missed"]:
            console.print(
                f"MISSAD {row['report']} ({miss['kind']}, {miss['verdict']}): {miss['statement']}",
                markup=False,
            )
        for flag in row["accusations"]:
            head = f"ANKLAGAD {row['report']} ({flag['check']}, {flag['severity']})"
            console.print(f"{head}: {flag['sentence']} → {flag['message']}", markup=False)
    console.print(str(total["found_of_planted_by_kind"]), markup=False)


def main() -> int:
    """Run everything of one set once; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=int, choices=(1, *MADE_SETS), default=1, dest="number")
    number: int = parser.parse_args().number
    reports: Sequence[BlindReport | MadeReport] = blind_reports() if number == 1 else made_reports(number)
    suffix = "" if number == 1 else str(number)
    first, last = HERE / f"first_run{suffix}.json", HERE / f"last_run{suffix}.json"
    registers = load_registers()
    with tempfile.TemporaryDirectory() as folder:
        readings = [read_report(report, Path(folder), registers) for report in reports]
    rows = [judge(reading) for reading in with_corpus_flags(readings, registers)]
    total = totals(rows, reports)
    show(rows, total)
    target = last if first.exists() else first
    digest = data_digest() if number == 1 else data_digest(MADE_SETS[number], "*.*")
    data = {"data_sha256": digest, "total": total, "reports": rows}
    target.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
