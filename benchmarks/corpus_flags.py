"""Every flag above info on the unchanged published documents, each with the argument why it is genuine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.shared import CORPUS, present
from extractors.read import read_pdf
from pipeline.checks import check_corpus, check_document
from pipeline.claims import find_claims
from pipeline.model import Claim, Flag, ReadDocument
from pipeline.normalize import read_documents
from pipeline.reference import Registers, load_registers

NAME = "corpus_flags"
ARGUED = Path(__file__).parent / "corpus_flags.md"
_ROW = re.compile(r"^\| (?P<document>[\w-]+) \| (?P<check>\w+) \| (?P<word>[^|]+?) \| (?P<why>[^|]+?) \|$")
LOUD = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Argument:
    """One row of corpus_flags.md: a flag of the check in the document whose message holds the word."""

    document: str
    check: str
    word: str
    why: str

    def fits(self, document: str, flag: Flag) -> bool:
        """Whether it speaks of this flag."""
        return (self.document, self.check) == (document, flag.check) and self.word in flag.message


def arguments() -> tuple[Argument, ...]:
    """The rows of corpus_flags.md."""
    lines = ARGUED.read_text(encoding="utf-8").splitlines()
    found = (_ROW.match(line) for line in lines)
    return tuple(Argument(**row.groupdict()) for row in found if row and row["document"] != "document")


def flags_of(variant: str, registers: Registers) -> list[tuple[str, Flag]]:
    """Loud flags of one variant's files read together: name up to the first dot, flag."""
    names: dict[str, str] = {}
    documents: list[ReadDocument] = []
    claims: dict[str, tuple[Claim, ...]] = {}
    flags: list[Flag] = []
    for path in sorted(CORPUS.glob(f"*.{variant}.pdf")):
        pdf = read_pdf(path, file_name=path.name)
        for document in read_documents(pdf, registers):
            key = document.record.document_id
            names[key] = path.name.split(".")[0]
            claims[key] = find_claims(document, registers).claims
            documents.append(document)
            flags += check_document(document, claims[key], registers)
    flags += check_corpus(documents, claims, registers)
    return [(names[flag.document_id], flag) for flag in flags if flag.severity in LOUD]


def run() -> dict[str, Any]:
    """List the flags per variant; those without an argument count against the bar (none)."""
    console = Console(width=150)
    if not present(console, CORPUS):
        return {"skipped": True}
    registers, argued = load_registers(), arguments()
    measured: dict[str, Any] = {}
    for variant in ("ruled", "zebra", "booktabs", "twocol", "word", "scan"):
        found = flags_of(variant, registers)
        table = Table(title=f"{variant}: flaggor över info på oförändrade dokument")
        for head in ("dokument", "kontroll", "grad", "meddelande", "argument"):
            table.add_column(head)
        bare = 0
        for document, flag in found:
            why = next((one.why for one in argued if one.fits(document, flag)), None)
            bare += why is None
            table.add_row(document, flag.check, flag.severity, flag.message, why or "SAKNAS")
        console.print(table)
        unused = [one for one in argued if not any(one.fits(*row) for row in found)]
        measured[variant] = {"flags": len(found), "without_argument": bare}
        if variant == "ruled":
            measured[variant]["arguments_without_flag"] = len(unused)
            for one in unused:
                console.print(f"Argument utan flagga: {one.document}, {one.check}, {one.word}", markup=False)
    return measured
