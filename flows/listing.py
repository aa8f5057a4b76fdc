"""Commands that only look: flags, status of the inbox, one indicator, the registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import WrongCallError
from flows.screens import (
    SEVERITY_STYLES,
    SEVERITY_WORD,
    SEVERITY_WORDS,
    STATUS_WORD,
    counted,
    number,
    say,
    show_table,
)
from pipeline.errors import OjError

if TYPE_CHECKING:
    from flows.inputs import InputFile
    from flows.state import LedgerRow
    from pipeline.dataset import Dataset
    from pipeline.reference import Registers

#: How an observation is shown in a series.
MEASURE_WORDS = {
    "answer": "svar",
    "share": "andel ja",
    "mean": "medel",
    "median": "median",
    "value": "värde",
    "stated": "i text",
}
#: What a row of a series must have to be shown.
VALUE = ("answer", "value", "value_unit", "value_raw", "range_min", "range_max", "status")


class RegisterFaultError(OjError):
    """The registers contradict themselves."""

    code = "register"


def open_dataset(out: Path) -> Dataset:
    """The dataset in OUT.

    Raises:
        WrongCallError: there is no such folder. OutputError: it holds no whole dataset.
    """
    from pipeline.dataset import load

    if not out.is_dir():
        raise WrongCallError(
            f"Mappen {out} finns inte: ange datamängdens mapp med --out, eller kör oj run först."
        )
    return load(out)


def list_flags(out: Path, severity: str | None) -> int:
    """Print the open flags, worst first; gives the exit code 0.

    Args:
        severity: only those of this one; None for all.
    """
    from rich.text import Text

    dataset = open_dataset(out)
    names = {
        row["document_id"]: row["file_name"]
        for row in _rows(dataset, "documents", "document_id", "file_name")
    }
    columns = ("severity", "document_id", "page", "table_label", "check", "message", "flag_id")
    flags = dataset.arrow("flags", where=[("status", "=", "open")], columns=columns).to_pylist()
    order = list(SEVERITY_WORD)
    chosen = sorted(
        (flag for flag in flags if severity in (None, flag["severity"])),
        key=lambda flag: (
            order.index(flag["severity"]),
            names[flag["document_id"]],
            flag["page"],
            flag["flag_id"],
        ),
    )
    if not chosen:
        say("Inga öppna avvikelser.")
        return 0
    for flag in chosen:
        where = f"{names[flag['document_id']]}, s. {flag['page']}"
        if flag["table_label"]:
            where += f", {flag['table_label']}"
        severity_word = (SEVERITY_WORD[flag["severity"]], SEVERITY_STYLES[flag["severity"]])
        say(Text.assemble(severity_word, f" · {where} · ", (flag["flag_id"], "dim")))
        say(f"    {flag['message']}")
    counts = {one: sum(flag["severity"] == one for flag in chosen) for one in order}
    say(f"{number(len(chosen))} öppna: {counted(counts, SEVERITY_WORDS)}.")
    return 0


def list_status(raw: Path, out: Path, state: Path | None) -> int:
    """Print how the inbox stands against the last run; gives the exit code 0.

    Raises:
        WrongCallError: there is no such inbox.
    """
    from flows.inputs import list_inputs
    from flows.parts import manifest_of, said_of
    from flows.state import read_ledger, state_for

    folder = state_for(out, state)
    known = read_ledger(folder)
    files = list_inputs(raw, leave_out=(out, folder.root))
    rows = [(file.name, *_standing(file, known.get(file.name))) for file in files]
    here = {file.name for file in files}
    manifest = manifest_of(raw)
    said = [said_of(manifest, file) for file in files]
    unsaid = sorted(name for name, row in manifest.items() if row not in said)
    rows += [(name, "saknas", "står i manifest.csv men finns inte i mappen") for name in unsaid]
    rows += [
        (name, "ersatt", "tidigare innehåll under samma namn; står kvar i dokumentlistan som tillbakadraget")
        for name, row in sorted(known.items())
        if row.replaced
    ]
    for name in sorted(known.keys() - here):
        if known[name].status == "withdrawn":
            rows.append((name, "tillbakadragen", "borttagen ur mappen; står kvar i dokumentlistan"))
        else:
            rows.append((name, "borttagen", "tas ur datamängden vid nästa körning"))
    show_table(f"Dokumenten i {raw}", ("Fil", "Läge", "Skäl"), rows)
    return 0


def _standing(file: InputFile, row: LedgerRow | None) -> tuple[str, str]:
    """How a file stands against what the last run knew of it, and why."""
    if row is None or row.status == "withdrawn":
        return "ny", ""
    if row.sha256 != (file.sha256 or ""):
        return "ändrad", ""
    return STATUS_WORD.get(row.status, row.status), row.reason or ""


def show_indicator(indicator_id: str, out: Path) -> int:
    """Print what the register says of an indicator, and its values by edition; gives the exit code 0.

    Raises:
        WrongCallError: no register row has this id.
    """
    from pipeline.reference import load_registers

    registers = load_registers()
    if indicator_id not in registers.indicators:
        near = [
            match[0]
            for match in _nearest(indicator_id, [one.indicator_id for one in registers.indicators.all])
        ]
        raise WrongCallError(
            f"Registret har ingen indikator med id {indicator_id}."
            + (f" Liknande: {', '.join(near)}." if near else "")
        )
    entry = registers.indicators.get(indicator_id)
    say(f"{entry.name} ({entry.indicator_id})")
    say(f"Område: {registers.areas.name(entry.area)}. " + _editions(entry) + (entry.definition_notes or ""))
    dataset = open_dataset(out)
    names = {
        row["document_id"]: row["file_name"]
        for row in _rows(dataset, "documents", "document_id", "file_name")
    }
    found = [*_observed(dataset, indicator_id), *_stated(dataset, indicator_id, registers)]
    if not found:
        say("Datamängden har inga värden för indikatorn.")
        return 0
    show_table("Värden", ("År", "Enhet", "Mått", "Värde", "Källa"), value_lines(found, names))
    return 0


def value_lines(
    found: Iterable[Mapping[str, Any]], names: Mapping[str, str]
) -> list[tuple[str, str, str, str, str]]:
    """Year, unit, measure, value and sources: equal values of the same thing are one line, as on the site.

    Values that differ stand under each other; a figure of the text never joins a table's.

    Args:
        found: observations and stated figures. names: file names by document_id.
    """
    from pipeline.exports.showing import alphabetical, plain_value

    sources: dict[tuple[str, str, str, str], set[tuple[str, int]]] = {}
    for row in found:
        unit = ", ".join(str(row[one]) for one in ("unit_label", "subgroup", "period") if row.get(one))
        measure = MEASURE_WORDS.get(row["measure"], row["measure"])
        line = (str(row["year"] or "–"), unit, measure, plain_value(row))
        sources.setdefault(line, set()).add((names[row["document_id"]], row["page"]))
    return [
        (*line, "; ".join(f"{name}, s. {page}" for name, page in sorted(sources[line])))
        for line in sorted(sources, key=lambda line: tuple(map(alphabetical, line)))
    ]


def _observed(dataset: Dataset, indicator_id: str) -> list[dict[str, Any]]:
    """The indicator's values in tables."""
    columns = ("year", "unit_label", "subgroup", "period", "measure", *VALUE, "document_id", "page")
    found = dataset.arrow("observations", where=[("indicator_id", "=", indicator_id)], columns=columns)
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows


def _stated(dataset: Dataset, indicator_id: str, registers: Registers) -> list[dict[str, Any]]:
    """The indicator's figures that a document states in its text and in no table of its own."""
    columns = ("year", "base_year", "base_value", "value", "value_unit", "unit_ids", "indicator_ids")
    claims = _rows(dataset, "claims", *columns, "table_id", "verdict", "document_id", "page")
    made: dict[tuple[object, ...], dict[str, Any]] = {}
    for claim in claims:
        if claim["table_id"] is not None or claim["verdict"] == "refuted":
            continue
        if list(claim["indicator_ids"]) != [indicator_id]:
            continue
        units = [registers.units.get(unit_id).name for unit_id in claim["unit_ids"]]
        for year, value in ((claim["base_year"], claim["base_value"]), (claim["year"], claim["value"])):
            if value is None or year is None:
                continue
            shown = (
                dict.fromkeys(VALUE)
                | claim
                | {
                    "year": year,
                    "value": value,
                    "unit_label": ", ".join(units) or "–",
                    "measure": "stated",
                    "status": "ok",
                }
            )
            made.setdefault((shown["document_id"], year, shown["unit_label"], value), shown)
    return list(made.values())


def check_vocabulary(folder: Path | None) -> int:
    """Prove the registers consistent and say so; gives the exit code 0.

    Raises:
        WrongCallError: there is no such folder. RegisterFaultError: every fault, one a line.
    """
    from pipeline.reference import check_registers, load_registers

    if folder is not None and not folder.is_dir():
        raise WrongCallError(f"Mappen {folder} finns inte: ange en mapp med register.")
    registers = load_registers(folder)
    faults = check_registers(registers)
    if faults:
        raise RegisterFaultError(
            f"Registren har {len(faults)} fel:\n" + "\n".join(f"- {fault}" for fault in faults)
        )
    say(
        f"Registren är felfria: {number(len(registers.indicators.all))} indikatorer, "
        f"{number(len(registers.units.all))} enheter, {number(len(registers.answers.all))} svarskoder, "
        f"{number(len(registers.layouts))} tabellformer."
    )
    return 0


def _rows(dataset: Dataset, table: str, *columns: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dataset.arrow(table, columns=columns).to_pylist()
    return found


def _nearest(word: str, words: list[str]) -> list[tuple[str, float, int]]:
    from rapidfuzz import process

    return process.extract(word, words, limit=3, score_cutoff=60.0)


def _editions(entry: Any) -> str:
    if entry.first_year is None:
        return ""
    return f"Upplagor: {entry.first_year}–{entry.last_year or ''}. "
