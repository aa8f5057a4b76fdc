"""Changes of the text after which every statement is as true as before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.mutation.editing import move_before_table
from benchmarks.mutation.errors_sets import Truth, rewritten, truths
from benchmarks.mutation.language import EXCEPT, HEDGES, as_count, capitalised, find_names, joined, number
from benchmarks.mutation.model import Mutant, harmless
from benchmarks.mutation.reword import EITHER_WAY, SYNONYMS
from benchmarks.mutation.world import Said, World


@harmless("reordered list")
def reordered(world: World) -> Iterator[Mutant]:
    """The names of a list in another order."""
    for said in world.said:
        if "följt av" in said.text or "respektive" in said.text:
            continue
        for names in said.lists():
            if len(names.names) > 1 and not re.match(r"\s*\(\d", said.text[names.end :]):
                turned = names.names[1:] + names.names[:1]
                new = said.text[: names.start] + joined(turned) + said.text[names.end :]
                yield rewritten(said, new, "all_except" if names.role == "except" else "named_list")


@harmless("% ↔ procent")
def percent_sign(world: World) -> Iterator[Mutant]:
    """The sign for the word and the word for the sign."""
    for said in world.said:
        for pattern, new in ((r"(\d) ?%", r"\1 procent"), (r"(\d) procent\b", r"\1 %")):
            if re.search(pattern, said.text):
                yield rewritten(said, re.sub(pattern, new, said.text), "percent")


@harmless("comma ↔ point")
def decimal_sign(world: World) -> Iterator[Mutant]:
    """Decimal comma for point and point for comma."""
    for said in world.said:
        found = re.search(r"(?<![\d.,])(\d+)([.,])(\d{1,2})(?![\d.,])", said.text)
        if found and "www" not in said.text and "kap" not in said.text:
            other = "," if found[2] == "." else "."
            text = said.text
            yield rewritten(said, text[: found.start(2)] + other + text[found.end(2) :], "percent")


@harmless("utom ↔ förutom")
def except_words(world: World) -> Iterator[Mutant]:
    """Another word for the exception."""
    for said in world.said:
        for old, new in (("utom", "förutom"), ("förutom", "utom"), ("utom", "med undantag för")):
            if re.search(rf"\b{old}\b", said.text):
                yield rewritten(said, re.sub(rf"\b{old}\b", new, said.text, count=1), "all_except")


@harmless("alla ↔ samtliga")
def all_words(world: World) -> Iterator[Mutant]:
    """Another word for all."""
    pairs = {"alla": "samtliga", "samtliga": "alla", "Alla": "Samtliga", "Samtliga": "Alla"}
    for said in world.said:
        for found in re.finditer(
            r"\b(alla|samtliga|Alla|Samtliga)\b(?= \w*(?:kommun|stadsdel|nordv))", said.text
        ):
            yield rewritten(
                said, said.text[: found.start()] + pairs[found[1]] + said.text[found.end() :], "all"
            )


@harmless("complement")
def complement(world: World) -> Iterator[Mutant]:
    """``Alla utom A har`` for ``A saknar`` and the other way round."""
    for truth in truths(world):
        text, names = truth.said.text, truth.names
        after = text[names.end :]
        lead = None if re.search(r",|\d", after) else _lead(text[: names.start])
        lacking = truth.line.having("NEJ") == truth.line.having("lacking")
        if lead is None or not lacking:
            continue
        if names.role == "except" and truth.answer == "JA" and re.match(r" har (?:en |ett )", after):
            without = re.sub(r"^ har ", "", after)
            for new in (
                f"{lead}{joined(names.names)} saknar {without}",
                f"{lead}bara {joined(names.names)} saknar {without}",
                f"{lead}det bara är {joined(names.names)} som inte har {without}"
                if lead
                else f"Det är bara {joined(names.names)} som inte har {without}",
            ):
                yield rewritten(truth.said, capitalised(new), "all_except", truth.line.label)
        if names.role == "plain" and truth.answer == "NEJ" and after.startswith(" saknar "):
            rest = re.sub(r"^ saknar ", " har ", after)
            everyone = "Alla kommuner utom " if not lead else "alla kommuner utom "
            yield rewritten(
                truth.said, f"{lead}{everyone}{joined(names.names)}{rest}", "all_except", truth.line.label
            )
        if names.role == "plain" and truth.answer == "JA" and re.match(r" har (?:en |ett )", after):
            yield from _others_lack(truth, lead, after)


def _others_lack(truth: Truth, lead: str, after: str) -> Iterator[Mutant]:
    others = truth.others()
    if others and len(others) < len(truth.line.members):
        rest = re.sub(r"^ har ", " saknar ", after)
        yield rewritten(truth.said, f"{lead}{joined(others)}{rest}", "named_list", truth.line.label)


def _lead(before: str) -> str | None:
    """What stands before the statement (``Tabell 3 visar att ``), or None when it is something else."""
    said = re.sub(rf"(?:[Aa]lla|[Ss]amtliga) \w+ {EXCEPT} $", "", before)
    if said == "":
        return ""
    return said if re.fullmatch(r"[^,.:;]{0,40}\batt ", said) else None


@harmless("genitive and suffix")
def genitive(world: World) -> Iterator[Mutant]:
    """A kommun with the word kommun behind it; the totals' figures in the genitive."""
    for truth in truths(world):
        names = truth.names.names
        if not re.search(r"\b(?:kommun|stad)\b", truth.said.text[truth.names.end :][:8]):
            last = [*names[:-1], f"{names[-1]} kommun"] if len(names) == 1 else None
            if last:
                yield rewritten(truth.said, truth.again(last), truth.claim_type)
    for said in world.said:
        totals = {
            seen.unit_label
            for line in said.lines
            for seen in line.totals.values()
            if seen.unit_kind != "grupp"
        }
        for label in sorted(totals):
            for form in (label, label.lower()):
                found = re.search(rf"\b(än|med) {re.escape(form)}(?= \(| och )", said.text)
                if found and not label.endswith("s") and f"{form} och" not in said.text:
                    end = found.end()
                    yield rewritten(said, f"{said.text[:end]}s{said.text[end:]}", "comparison")
                inside = re.search(rf"\b(än|med) i {re.escape(form)}(?= \()", said.text)
                if inside and not label.endswith("s"):
                    new = f"{inside[1]} {form}s resultat"
                    text = said.text[: inside.start()] + new + said.text[inside.end() :]
                    yield rewritten(said, text, "comparison")


@harmless("count word for list")
def count_for_list(world: World) -> Iterator[Mutant]:
    """How many instead of who."""
    for truth in truths(world):
        names, of = truth.names, len(truth.line.members)
        many = len(names.names)
        if truth.answer == "lacking" or "både" in truth.said.text:
            continue
        if names.role == "except":
            yield from _count_for_all_but(truth)
            continue
        if many < 2:
            continue
        if re.search(r", nämligen|:|alltså", truth.said.text) or _goes_on(world, truth.said):
            continue
        first = names.start == 0
        word = as_count(many, "Två" if first else "två")
        for new in (f"{word} av {as_count(of, 'två')} kommuner", f"{word} kommuner"):
            text = truth.said.text[: names.start] + new + truth.said.text[names.end :]
            yield rewritten(truth.said, text, "count", truth.line.label)


def _count_for_all_but(truth: Truth) -> Iterator[Mutant]:
    text, names = truth.said.text, truth.names
    found = re.search(rf"\b([Aa]lla|[Ss]amtliga)(?: \w*kommun\w*)? {EXCEPT} $", text[: names.start])
    of = len(truth.line.members)
    if found and "Övriga" not in text:
        word = as_count(of - len(names.names), "Två" if found[1][0].isupper() else "två")
        for new in (f"{word} av {as_count(of, 'två')} kommuner", f"{of - len(names.names)} av {of} kommuner"):
            yield rewritten(
                truth.said, text[: found.start()] + new + text[names.end :], "count", truth.line.label
            )


def _goes_on(world: World, said: Said) -> bool:
    """Whether the next sentence speaks of the others, which the names must then be told for."""
    after = world.pdf.sentences[said.order + 1 : said.order + 2]
    return any(re.search(r"\b(?:[Öö]vriga|[Dd]essa|de andra|[Dd]e)\b", one.text) for one in after)


@harmless("rounding")
def rounding(world: World) -> Iterator[Mutant]:
    """A percentage with decimals rounded to a whole one."""
    for said in world.said:
        for found in re.finditer(r"(?<![\d.,])(\d{1,2})[.,](\d)(?=\s?%|\sprocent\b)", said.text):
            if said.lines and said.block.kind != "heading":
                whole = int(found[1]) + (int(found[2]) >= 5)
                yield rewritten(
                    said, f"{said.text[: found.start()]}{whole}{said.text[found.end() :]}", "percent"
                )


@harmless("hedged figure")
def hedged(world: World) -> Iterator[Mutant]:
    """``drygt 62 procent`` and ``knappt 63 procent`` for 62,5."""
    for said in world.said:
        for found in re.finditer(r"(?<![\d.,(])\b(\d{1,2})[.,]([2-8])(?= procent\b)", said.text):
            if said.lines and said.block.kind != "heading" and not HEDGES.search(said.text[: found.start()]):
                for new in (f"drygt {found[1]}", f"knappt {int(found[1]) + 1}"):
                    yield rewritten(
                        said, said.text[: found.start()] + new + said.text[found.end() :], "percent"
                    )


@harmless("small gap called level")
def called_level(world: World) -> Iterator[Mutant]:
    """``i nivå med`` for a better or worse of at most four percentage points."""
    figure, word = r"(\d+(?:[.,]\d+)?)(?:\s?%\)?| procent\)?)", r"((?:bättre|sämre|högre|lägre) än)"
    pattern = re.compile(rf"{figure},? (?:är|som är) (?:något )?{word} (?:i )?[\w\s]{{3,30}}\({figure}")
    for said in world.said:
        found = pattern.search(said.text)
        if found and said.lines and abs(number(found[1]) - number(found[3])) <= 4 and "både" not in said.text:
            start, end = found.span(2)
            new = f"{said.text[:start]}i nivå med{said.text[end:]}".replace("något i nivå", "i nivå")
            yield rewritten(said, new, "comparison")


@harmless("synonym")
def synonym(world: World) -> Iterator[Mutant]:
    """One word for another that says the same."""
    for said in world.said:
        for old, new in (*SYNONYMS, *EITHER_WAY):
            if said.lines and re.search(old, said.text):
                yield rewritten(said, re.sub(old, new, said.text, count=1), "named_list", old)


@harmless("NBSP")
def no_break_space(world: World) -> Iterator[Mutant]:
    """No-break and thin spaces where a space stood beside a figure or inside a name."""
    for said in world.said:
        for space in ("\u00a0", "\u202f"):
            new = re.sub(r"(?<=\d) (?=[\d%]|procent|kr|dagar)", space, said.text)
            new = re.sub(r"(?<=abell) (?=\d)", space, new)
            if new != said.text:
                yield rewritten(said, new, "percent", f"U+{ord(space):04X}")


@harmless("hyphen in a name")
def hyphen_in_name(world: World) -> Iterator[Mutant]:
    """``Upplands-Väsby`` for ``Upplands Väsby`` and the other way round."""
    for said in world.said:
        labels = said.member_labels().values()
        for found in find_names(said.text, labels):
            for old, new in (("-", " "), (" ", "-")):
                if old in found[0]:
                    text = said.text[: found.start()] + found[0].replace(old, new) + said.text[found.end() :]
                    yield rewritten(said, text, "named_list")


@harmless("paragraph before its table")
def paragraph_moved(world: World) -> Iterator[Mutant]:
    """A paragraph that names its table moved to the place before it."""
    for at, block in enumerate(world.pdf.blocks):
        if block.kind != "paragraph" or block.before_table == 0:
            continue
        table = world.pdf.tables[block.before_table - 1]
        if table.label and re.search(rf"\b{re.escape(table.label)}\b", block.text, re.I):
            first = f"{table.label}: stycket ”{block.text[:60]}…” flyttas före tabellen"
            yield Mutant("named_list", move_before_table(at), first)
