"""Proof that the registers are consistent: what ``oj vocabulary check`` prints."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from pipeline.reference.folding import squash
from pipeline.reference.indicators import Indicator
from pipeline.reference.registers import Registers
from pipeline.reference.units import Unit

#: ÖJ began in 2007 (äldreomsorg); an edition far ahead is a slip of the pen.
FIRST_EDITION, LAST_EDITION = 1990, 2040


def check_registers(registers: Registers) -> tuple[str, ...]:
    """Everything that is wrong with loaded registers, as Swedish sentences; empty when all is well.

    What loading itself refuses (missing columns, unknown references, codes that stand twice) cannot
    be found here any more; this tells contradictions between rows.
    """
    checks: tuple[Callable[[Registers], Iterator[str]], ...] = (
        _units,
        _unit_aliases,
        _groups,
        _indicators,
        _indicator_labels,
        _breaks,
        _codes,
        _area_phrases,
        _layouts,
        _documents,
    )
    return tuple(problem for check in checks for problem in check(registers))


def _units(registers: Registers) -> Iterator[str]:
    lan = {unit.unit_id for unit in registers.units.all if unit.kind == "lan"}
    kommuner = {unit.unit_id for unit in registers.units.all if unit.kind == "kommun"}
    for unit in registers.units.all:
        fault = _unit_fault(unit, lan, kommuner)
        if fault:
            yield f"units.csv: {unit.unit_id} {unit.name} {fault}"


def _unit_fault(unit: Unit, lan: set[str], kommuner: set[str]) -> str | None:
    forms = {
        "riket": r"00",
        "lan": r"\d{2}",
        "kommun": r"\d{4}",
        "stadsdel": r"\d{4}-[a-z0-9]+(?:-[a-z0-9]+)*",
    }
    if not re.fullmatch(forms[unit.kind], unit.unit_id):
        return f"har ett id som inte passar sorten {unit.kind}."
    if unit.kind != "riket" and unit.lan_code not in lan:
        return f"hör till länet ”{unit.lan_code}”, som inte finns."
    if unit.kind == "lan" and unit.lan_code != unit.unit_id:
        return "är ett län men har en annan länskod än sitt id."
    if unit.kind == "kommun" and unit.unit_id[:2] != unit.lan_code:
        return "har en kod som inte börjar med länskoden."
    if unit.kind == "stadsdel" and unit.unit_id[:4] not in kommuner:
        return "hör till en kommun som inte finns."
    return None


def _unit_aliases(registers: Registers) -> Iterator[str]:
    """Two kommuner of one name, or an alias that means two units in one edition."""
    spelled: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)
    for unit in registers.units.all:
        spelled[squash(unit.name)].append(
            (unit.name, unit.unit_id, unit.valid_from or 0, unit.valid_to or 9999)
        )
    for alias in registers.units.aliases:
        spelled[squash(alias.alias)].append(
            (alias.alias, alias.unit_id, alias.first_year or 0, alias.last_year or 9999)
        )
    for rows in spelled.values():
        for number, (name, unit_id, first, last) in enumerate(rows):
            for other, other_id, other_first, other_last in rows[:number]:
                if unit_id != other_id and first <= other_last and other_first <= last:
                    yield f"unit_aliases.csv: ”{other}” och ”{name}” betyder både {other_id} och {unit_id}."


def _groups(registers: Registers) -> Iterator[str]:
    counts = Counter(squash(group.label) for group in registers.units.groups)
    names = {squash(unit.name) for unit in registers.units.all} | {
        squash(alias.alias) for alias in registers.units.aliases
    }
    for group in registers.units.groups:
        if counts[squash(group.label)] > 1:
            yield f"unit_groups.csv: ”{group.label}” står två gånger."
        if squash(group.label) in names:
            yield f"unit_groups.csv: ”{group.label}” är också namnet på en enhet."
        if group.unit_id is not None and group.unit_id not in registers.units:
            yield f"unit_groups.csv: ”{group.label}” hänvisar till enheten {group.unit_id}, som inte finns."


def _indicators(registers: Registers) -> Iterator[str]:
    kolada: dict[str, str] = {}
    units = {unit.value_unit for unit in registers.value_units.all}
    for indicator in registers.indicators.all:
        for fault in _indicator_faults(indicator, units):
            yield f"indicators.csv: {indicator.indicator_id} {fault}"
        if indicator.kolada_kpi is not None:
            other = kolada.setdefault(indicator.kolada_kpi, indicator.indicator_id)
            if other != indicator.indicator_id:
                yield (
                    f"indicators.csv: nyckeltalet {indicator.kolada_kpi} står både för {other} "
                    f"och för {indicator.indicator_id}."
                )


def _indicator_faults(indicator: Indicator, units: set[str]) -> Iterator[str]:
    if not re.fullmatch(r"[a-z]+(?:-[a-z0-9]+)+", indicator.indicator_id):
        yield "har ett id som inte är små bokstäver, siffror och bindestreck."
    if indicator.kolada_kpi is not None and not re.fullmatch(r"[NU]\d{5}", indicator.kolada_kpi):
        yield f"har nyckeltalet ”{indicator.kolada_kpi}”, som inte är N eller U och fem siffror."
    if indicator.value_unit is not None and indicator.value_unit not in units:
        yield f"har enheten ”{indicator.value_unit}”, som inte finns i value_units.csv."
    for year in (indicator.first_year, indicator.last_year):
        if year is not None and not FIRST_EDITION <= year <= LAST_EDITION:
            yield f"har årtalet {year}, som inte kan vara en årgång."


def _indicator_labels(registers: Registers) -> Iterator[str]:
    """A label that means two indicators under one area in one edition, as printed or by its words."""
    told: set[tuple[str, str]] = set()
    for key, how in ((squash, ""), (registers.indicators.word_key, " med samma ord")):
        for pair, sentence in _label_clashes(registers, key, how):
            if pair not in told:
                told.add(pair)
                yield sentence


def _label_clashes(
    registers: Registers, key: Callable[[str], str], how: str
) -> Iterator[tuple[tuple[str, str], str]]:
    spelled: dict[tuple[str, str | None], list[tuple[str, str, int, int]]] = defaultdict(list)
    for label in registers.indicators.labels:
        spelled[key(label.alias), label.area].append(
            (label.alias, label.indicator_id, label.first_year or 0, label.last_year or 9999)
        )
    for (_, area), rows in spelled.items():
        for number, (name, indicator_id, first, last) in enumerate(rows):
            for _, other_id, other_first, other_last in rows[:number]:
                if indicator_id != other_id and first <= other_last and other_first <= last:
                    where = area or "alla områden"
                    both = f"{other_id} och {indicator_id}"
                    sentence = f"indicator_aliases.csv: ”{name}” betyder{how} både {both} ({where})."
                    yield (other_id, indicator_id), sentence


def _breaks(registers: Registers) -> Iterator[str]:
    counts = Counter((b.indicator_id, b.year) for b in registers.indicators.all_breaks)
    for (indicator_id, year), count in counts.items():
        if count > 1:
            yield f"indicator_breaks.csv: {indicator_id} har två brott {year}."
        first = registers.indicators.get(indicator_id).first_year
        if first is not None and year <= first:
            yield f"indicator_breaks.csv: {indicator_id} har ett brott {year} men börjar {first}."


def _codes(registers: Registers) -> Iterator[str]:
    for code in registers.answers.all:
        if code.answer is not None and code.status != "ok":
            yield f"answers.csv: ”{code.printed}” är både svaret {code.answer} och statusen {code.status}."
        if code.answer is None and code.status == "ok":
            yield f"answers.csv: ”{code.printed}” har varken svar eller status."
    known = {unit.value_unit for unit in registers.value_units.all}
    for unit in registers.value_units.all:
        if unit.base_unit not in known:
            yield f"value_units.csv: ”{unit.printed}” räknas om till ”{unit.base_unit}”, som inte finns."


def _area_phrases(registers: Registers) -> Iterator[str]:
    for name, register in (("areas.csv", registers.areas), ("quality_areas.csv", registers.quality_areas)):
        owners: dict[str, str] = {}
        for phrase in register.phrases:
            other = owners.setdefault(squash(phrase.phrase), phrase.code)
            if other != phrase.code:
                yield f"{name}: ”{phrase.phrase}” betyder både {other} och {phrase.code}."


def _layouts(registers: Registers) -> Iterator[str]:
    for layout in registers.layouts:
        if len(layout.data) < 2:
            yield f"layouts/{layout.id}.yaml: säger ingenting mer än sitt id."


def _documents(registers: Registers) -> Iterator[str]:
    for alias in registers.publishers.all:
        if alias.host is not None and not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", alias.host):
            yield f"publishers.csv: ”{alias.host}” är inget värdnamn (utan www och snedstreck)."
    for acronym, count in Counter((a.acronym, a.expansion) for a in registers.acronyms.all).items():
        if count > 1:
            yield f"acronyms.csv: {acronym[0]} ({acronym[1]}) står två gånger."
