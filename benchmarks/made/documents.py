"""The documents of the benchmark as data: reports of a län and memos of a kommun, no two alike."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from benchmarks.made.statements import Edition, decimal, in_text, listed, prose, words
from benchmarks.made.world import YEARS, Asked, World, counties, indicators
from tests.samples import (
    Block,
    CellText,
    Contents,
    Heading,
    Legend,
    ListBlock,
    PageBreak,
    Paragraph,
    SampleDocument,
    Style,
    TableBlock,
    TableStyle,
)
from tests.samples.model import Rules

#: Every so many-th document is a memo of one kommun; the others are reports of a län.
MEMO_EVERY = 4
#: Share of Riket's values that a report prints otherwise than the others do.
OTHERWISE = 0.02
FILLS = {"JA": "#92d050", "NEJ": "#ff5050", "DELVIS": "#ffff66"}


def made_document(number: int, seed: int) -> tuple[SampleDocument, Style]:
    """The document of that 0-based number, and how it is set."""
    chance = random.Random(f"{seed} {number}")
    world = World(seed)
    lan = counties()[number % len(counties())]
    # Each round over the län takes another area and year: neighbours overlap in Riket's values only.
    turn = number // len(counties())
    edition = Edition(world, lan, YEARS[(turn + turn // len(YEARS)) % len(YEARS)])
    if number % MEMO_EVERY == MEMO_EVERY - 1:
        return _memo(number, edition, chance), _style(chance)
    area = list(indicators())[turn % world.n_areas]
    return _report(number, edition, area, chance), _style(chance)


def _style(chance: random.Random) -> Style:
    rules: Rules = chance.choice(("grid", "grid", "horizontal", "booktabs", "none"))
    table = TableStyle(
        rules=rules,
        zebra=chance.choice((None, None, "#eef2f7")) if rules != "none" else "#eef2f7",
        header_fill=chance.choice((None, "#dce6f1", "#e2efda")),
        rotate=chance.choice((None, None, None, 130.0)) if rules == "grid" else None,
        hyphenate=chance.random() < 0.4,
        repeat_header=chance.random() < 0.6,
        rules_as=chance.choice(("stroke", "fill")),
        size=chance.choice((7.6, 8.2, 8.8)),
        pad_y=chance.choice((2.2, 3.0, 4.0)),
        align=chance.choice(("left", "centre")),
    )
    return Style(
        font=chance.choice(("vera", "helvetica", "times")),
        size=chance.choice((9.5, 10.0, 10.8)),
        columns=1,
        hyphenate=chance.random() < 0.3,
        justify=chance.random() < 0.3,
        footer=chance.choice((None, "Sammanställd av länets nätverk")),
        page_number=chance.choice(("centre", "outer", "of")),
        table=table,
    )


def _report(number: int, edition: Edition, area: str, chance: random.Random) -> SampleDocument:
    told = words()
    title = told["titles"]["report"].format(year=edition.year, area=told["areas"][area], lan=edition.lan.name)
    answered = [asked for asked in indicators()[area] if asked.kind == "answer"]
    chance.shuffle(answered)
    blocks: list[Block] = [
        Heading(title, in_contents=False),
        Paragraph(f"Rapport för {edition.lan.name}, {edition.year}"),
        Contents(),
        PageBreak(),
        Heading("Inledning"),
        *_prose(chance, 6),
    ]
    headings = chance.sample(told["headings"], len(told["headings"]))
    table = 0
    for heading in headings[: chance.randint(3, 6)]:
        asked = [answered.pop() for _ in range(min(len(answered), chance.randint(3, 5)))]
        if not asked:
            break
        table += 1
        blocks += _section(heading, f"Tabell {table}", asked, edition, chance)
    figures = [one for one in indicators()[area] if one.kind != "answer"][:3]
    if figures:
        blocks += _figures(f"Tabell {table + 1}", figures, edition, chance)
    for heading in chance.sample(told["closing"], chance.randint(1, len(told["closing"]))):
        blocks += [Heading(heading), *_prose(chance, chance.randint(4, 9))]
    return SampleDocument(f"rapport-{number:05d}", title, tuple(blocks))


def _prose(chance: random.Random, paragraphs: int) -> Iterator[Block]:
    for _ in range(paragraphs):
        yield Paragraph(prose(chance, chance.randint(3, 8)))


def _section(
    heading: str, label: str, asked: Sequence[Asked], edition: Edition, chance: random.Random
) -> Iterator[Block]:
    yield Heading(heading, 2)
    yield from _prose(chance, 2)
    coloured = chance.random() < 0.3
    columns = [edition.answers(one) for one in asked]
    rows = [
        (CellText(name), *(_answer(column[name], coloured) for column in columns))
        for name in edition.lan.kommuner
    ]
    rows.append((CellText("Länet"), *(CellText(f"{decimal(edition.share(one))} %") for one in asked)))
    riket = [edition.world.riket(one, edition.year) for one in asked]
    printed = [value + (2 if chance.random() < OTHERWISE else 0) for value in riket]
    rows.append((CellText("Riket"), *(CellText(f"{value} %") for value in printed)))
    yield TableBlock(
        header=((CellText("Kommun"), *(CellText(one.label) for one in asked)),),
        rows=tuple(rows),
        label=label,
        caption=chance.choice(words()["captions"]),
        orientation="units_in_rows",
    )
    if coloured:
        yield Legend(tuple((FILLS[word], f"Svaret är {word.lower()}") for word in FILLS))
    told = [edition.statement(one, chance) for one in asked for _ in range(2)]
    yield Paragraph(f"{label} visar kommunernas svar. {' '.join(told[: len(asked)])}")
    if chance.random() < 0.3:
        yield ListBlock(tuple(told[len(asked) :]))
    else:
        yield Paragraph(" ".join(told[len(asked) :]))
    yield from _prose(chance, chance.randint(1, 3))


def _answer(text: str, coloured: bool) -> CellText:
    return CellText(text, fill=FILLS.get(text) if coloured else None)


def _figures(label: str, asked: Sequence[Asked], edition: Edition, chance: random.Random) -> Iterator[Block]:
    yield Heading("Bakgrundsmått", 2)
    value = {
        (name, one.label): edition.world.figure(name, one, edition.year)
        for name in edition.lan.kommuner
        for one in asked
    }
    yield TableBlock(
        header=((CellText("Kommun"), *(CellText(one.label) for one in asked)),),
        units=(CellText(""), *(CellText("kr" if one.kind == "money" else "%") for one in asked)),
        rows=tuple(
            (CellText(name), *(CellText(decimal(value[name, one.label])) for one in asked))
            for name in edition.lan.kommuner
        ),
        label=label,
        caption="Mått ur den officiella statistiken",
        orientation="units_in_rows",
    )
    said = []
    for one in asked:
        for which, best in zip(words()["statements"]["extreme"], (max, min), strict=True):
            unit = best(edition.lan.kommuner, key=lambda name: (value[name, one.label], name))
            unit_word = " kronor" if one.kind == "money" else " procent"
            shown = decimal(value[unit, one.label]) + unit_word
            said.append(which.format(label=in_text(one.label), unit=unit, value=shown))
    yield Paragraph(" ".join(said))


def _memo(number: int, edition: Edition, chance: random.Random) -> SampleDocument:
    told = words()
    kommun = edition.lan.kommuner[number // MEMO_EVERY % len(edition.lan.kommuner)]
    title = told["titles"]["memo"].format(year=edition.year, kommun=kommun)
    blocks: list[Block] = [
        Heading("Tjänsteskrivelse", 2),
        Paragraph(f"{edition.year}-11-{chance.randint(10, 28)} SN {edition.year}/{100 + number}"),
        Heading(title),
        Heading("Förslag till beslut", 3),
        Paragraph("Nämnden lägger redovisningen till handlingarna."),
        Heading("Ärendet", 3),
        *_prose(chance, 8),
    ]
    areas = chance.sample(list(indicators()), chance.randint(3, 5))
    tables: list[Block] = []
    for bilaga, area in enumerate(areas, start=1):
        asked = [one for one in indicators()[area] if one.kind == "answer"][: chance.randint(9, 20)]
        blocks += [
            Heading(f"{told['areas'][area].capitalize()} (bilaga {bilaga})", 3),
            Paragraph(" ".join(_memo_statements(kommun, asked, edition, chance))),
            *_prose(chance, 4),
        ]
        tables.append(
            _memo_table(f"Bilaga {bilaga}. {told['areas'][area].capitalize()}", kommun, asked, edition)
        )
    blocks += [Heading("Bedömning", 3), *_prose(chance, 5), PageBreak(), *tables]
    return SampleDocument(f"skrivelse-{number:05d}", title, tuple(blocks))


def _memo_statements(
    kommun: str, asked: Sequence[Asked], edition: Edition, chance: random.Random
) -> Iterator[str]:
    own, around = words()["statements"]["memo"]
    missing = [
        in_text(one.label) for one in asked if edition.world.answer(kommun, one, edition.year) == "NEJ"
    ]
    if missing:
        yield f"Kommunen saknar {listed(missing[:3])}."
    for one in chance.sample(list(asked), 4):
        facts = {
            "kommun": kommun,
            "label": in_text(one.label),
            "answer": edition.world.answer(kommun, one, edition.year).lower(),
            "share": decimal(edition.share(one)),
            "riket": edition.world.riket(one, edition.year),
        }
        if facts["answer"] in {"ja", "nej", "delvis"}:
            yield own.format(**facts)
        yield around.format(**facts)


def _memo_table(label: str, kommun: str, asked: Sequence[Asked], edition: Edition) -> TableBlock:
    rows = []
    for one in asked:
        answer = edition.world.answer(kommun, one, edition.year)
        comments = words()["comments"]
        comment = comments[int(len(comments) * edition.world.part("comment", kommun, one.label))]
        rows.append(
            (
                CellText(one.label),
                _answer(answer, True),
                CellText(decimal(edition.share(one))),
                CellText(str(edition.world.riket(one, edition.year))),
                CellText(comment if answer == "NEJ" else ""),
            )
        )
    heads = ("Indikator", kommun, "Länet", "Riket", "Kommentar")
    return TableBlock(
        header=(tuple(CellText(head) for head in heads),),
        rows=tuple(rows),
        label=label,
        orientation="indicators_in_rows",
        ignored_cols=("Kommentar",),
        widths=(180, 62, 42, 42, 150),
    )
