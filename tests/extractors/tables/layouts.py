"""Sample tables (invented answers and figures) and the styles they are set in, for the golden tests."""

from __future__ import annotations

import random

from tests.samples import (
    CellText,
    Heading,
    Paragraph,
    SampleDocument,
    Section,
    Style,
    TableBlock,
    TableStyle,
)

GREEN, RED, YELLOW = "#92d050", "#ff5050", "#ffff66"
PLACES = (
    "Alvesta",
    "Borgholm",
    "Dals-Ed",
    "Emmaboda",
    "Färgelanda",
    "Gnosjö",
    "Hylte",
    "Upplands-Bro",
    "Upplands Väsby",
    "Malung-Sälen",
)
HEADS = (
    "Kvälls\u00adöppet minst en dag i veckan",
    "Svar inom fem arbets\u00addagar",
    "Skriftlig vägledning på lätt svenska",
    "Samordnad arbets\u00admarknads\u00adinsats för unga",
    "Uppföljning efter avslutad insats",
)
PROSE = Paragraph(
    "Alla svar gäller läget i maj. Den som läser tabellen bör minnas att små kommuner ofta saknar egna team "
    "och därför köper tjänsten av en granne, vilket inte alltid syns i svaren."
)


def row(label: str, *cells: CellText | str) -> tuple[CellText, ...]:
    """A row of cells out of texts."""
    return (CellText(label), *(c if isinstance(c, CellText) else CellText(c) for c in cells))


def answers(cols: int, seed: int, n: int = 10, *, fills: bool = False) -> tuple[tuple[CellText, ...], ...]:
    """Rows of answers, with a mean row and a national row of percentages."""
    rng = random.Random(seed)
    kinds = (("JA", GREEN), ("NEJ", RED), ("DELVIS", YELLOW), ("JA", GREEN))
    rows = []
    for index in range(n):
        drawn = [rng.choice(kinds) for _ in range(cols)]
        rows.append(
            (
                CellText(PLACES[index % 10]),
                *tuple(CellText(text, fill=fill if fills else None) for text, fill in drawn),
            )
        )
    rows.append(row("Snitt", *(f"{rng.randint(1, 99)},5 %" for _ in range(cols))))
    rows.append(row("Riket", *(f"{rng.randint(1, 99)} %" for _ in range(cols))))
    return tuple(rows)


def figures(cols: int, seed: int, n: int = 8) -> tuple[tuple[CellText, ...], ...]:
    """Rows of figures of every kind, some missing, some empty."""
    rng = random.Random(seed)
    rows = []
    for place in PLACES[:n]:
        kinds = [
            (
                f"{rng.randint(1, 60)},{rng.randint(0, 9)}",
                f"{rng.randint(1, 9)} {rng.randint(100, 999)}",
                "..",
                str(rng.randint(1, 900)),
                "",
            )
            for _ in range(cols)
        ]
        rows.append(
            row(place, *(kind[0] if col == 0 else rng.choice(kind) for col, kind in enumerate(kinds)))
        )
    return tuple(rows)


def _document(*blocks: Heading | Paragraph | TableBlock | Section) -> SampleDocument:
    return SampleDocument("x", "X", blocks)


def _indicators() -> TableBlock:
    comments = ("", "Rutinen skrivs om under hösten och beslutas i nämnden.", "", "Gäller bara vuxna.", "")
    rows = []
    for index in range(15):
        label = HEADS[index % 5].replace("\u00ad", "") + " i verksamheten"
        answer = ("JA", "NEJ", "JA", "DELVIS", "JA")[index % 5]
        rows.append(row(label, answer, str(20 + index), str(40 + index), comments[index % 5]))
    header = row("Indikator", "Hylte", "Länet", "Riket", "Kommentar")
    return TableBlock((header,), tuple(rows), label="Bilaga 1", caption="Svar per indikator")


def _grouped() -> TableBlock:
    header = (
        (CellText("Kommun", rows=2), CellText("Kvinnor", cols=2), CellText("Män", cols=2)),
        (CellText("2021"), CellText("2022"), CellText("2021"), CellText("2022")),
    )
    return TableBlock(header, figures(4, 3), label="Tabell 3", caption="Två nivåer")


def _empty() -> TableBlock:
    rows = zip(
        PLACES,
        ("Ja", "", "Nej", "Ja", "", "Nej"),
        ("", "", "Saknas i år", "", "", ""),
        ("1", "2", "", "4", "", "6"),
        strict=False,
    )
    return TableBlock(
        (row("Kommun", "Svar", "Kommentar", "Antal"),),
        tuple(row(*cells) for cells in rows),
        caption="Tomma celler",
    )


def _marks() -> TableBlock:
    marks = (("•", "X", "•"), ("X", "•", "•"), ("•", "•", "X"), ("X", "", "X"), ("", "X", ""))
    rows = tuple(row(place, *own) for place, own in zip(PLACES, marks, strict=False))
    return TableBlock((row("Kommun", "A", "B", "C"),), rows, caption="Markeringar")


def _notes() -> TableBlock:
    return TableBlock(
        (row("Kommun", "Andel^1^", "År"),),
        (
            row("Hela staden^2^", "12,5", "1995^3^"),
            row("Hylte", "13,0^1^", "1996"),
            row("Gnosjö", "14,2", "1997"),
        ),
        label="Tabell 4",
        caption="Noter",
    )


def documents() -> dict[str, SampleDocument]:
    """One document for each kind of table."""
    first = TableBlock((row("", *HEADS[:2]),), answers(2, 8, 6), label="Tabell 1", caption="Första")
    second = TableBlock((row("", *HEADS[2:5]),), answers(3, 9, 6), label="Tabell 2", caption="Andra")
    plain = TableBlock((row("", *HEADS[:3]),), answers(3, 1), label="Tabell 1", caption="Öppettider och svar")
    colour = TableBlock(
        (row("", *HEADS[:4]),), answers(4, 1, fills=True), label="Tabell 2", caption="Färgade svar"
    )
    numbers = TableBlock(
        (row("Kommun", "Andel", "Kostnad", "Antal", "Tid"),),
        figures(4, 2),
        units=row("", "%", "kr", "st", "dagar"),
        caption="Siffror",
    )
    lower_units = TableBlock(
        (row("Kommun", "Väntetid till boende", "Personal per brukare", "Nöjda"),),
        figures(3, 11),
        units=row("", "dagar", "antal", "%"),
        caption="Enheter med liten bokstav",
    )
    long = TableBlock((row("", *HEADS[:3]),), answers(3, 5, 60), label="Tabell 5", caption="Lång tabell")
    wide = TableBlock((row("", *(HEADS * 2)[:8]),), answers(8, 7), label="Tabell 6", caption="Liggande")
    return {
        "answers": _document(Heading("Tillgänglighet"), PROSE, plain, PROSE),
        "colour": _document(PROSE, colour, PROSE),
        "numbers": _document(PROSE, numbers, PROSE),
        "units": _document(PROSE, lower_units, PROSE),
        "grouped": _document(PROSE, _grouped(), PROSE),
        "indicators": _document(PROSE, _indicators(), PROSE),
        "marks": _document(PROSE, _marks(), PROSE),
        "notes": _document(PROSE, _notes(), PROSE),
        "long": _document(PROSE, long, PROSE),
        "landscape": _document(PROSE, Section(landscape=True), wide, Section(landscape=False), PROSE),
        "two": _document(first, PROSE, second, PROSE),
        "empty": _document(PROSE, _empty(), PROSE),
    }


def styles() -> dict[str, Style]:
    """The ways a publisher may set a table."""
    return {
        "grid": Style(),
        "grid-of-fills": Style(table=TableStyle(rules_as="fill")),
        "horizontal": Style(table=TableStyle(rules="horizontal")),
        "booktabs": Style(font="times", table=TableStyle(rules="booktabs", align="centre")),
        "space": Style(font="helvetica", table=TableStyle(rules="none")),
        "space-centred": Style(table=TableStyle(rules="none", align="centre")),
        "space-right": Style(table=TableStyle(rules="none", align="right")),
        "zebra": Style(table=TableStyle(rules="none", zebra="#deeaf6", header_fill="#1f4e79")),
        "zebra-plain-head": Style(table=TableStyle(rules="none", zebra="#eeeeee", align="centre")),
        "rotated-grid": Style(table=TableStyle(rotate=120, align="centre")),
        "rotated-booktabs": Style(table=TableStyle(rotate=120, rules="booktabs", align="centre")),
        "hyphenated": Style(table=TableStyle(hyphenate=True, width=0.8)),
        "hyphenated-booktabs": Style(table=TableStyle(hyphenate=True, rules="booktabs", width=0.7)),
        "header-repeated": Style(table=TableStyle(repeat_header=True)),
        "title-repeated-row-split": Style(
            table=TableStyle(repeat_title=True, split_rows=True, shift_on_break=3)
        ),
        "space-header-repeated": Style(table=TableStyle(rules="none", repeat_header=True, align="right")),
        "two-columns": Style(columns=2, table=TableStyle(size=7, pad_x=2)),
        "two-columns-booktabs": Style(columns=2, table=TableStyle(size=7, rules="booktabs", pad_x=2)),
        "two-columns-space": Style(columns=2, table=TableStyle(size=7, rules="none", pad_x=3)),
        "caption-below": Style(caption_above=False, table=TableStyle(rules="booktabs", last_bold=2)),
        "zebra-under-running-head": Style(
            header="Redovisning av stödet – läget 2019",
            page_number="of",
            table=TableStyle(rules="none", zebra="#eef0e4", header_fill="#c6d3a0", align="centre"),
        ),
        "tight": Style(table=TableStyle(rules="none", pad_y=0, pad_x=4)),
    }
