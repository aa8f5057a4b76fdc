"""Paragraphs that speak of two tables: what one sentence says, the next one goes on with."""

from __future__ import annotations

import pytest

from pipeline.checks import check_document
from pipeline.claims import find_claims
from pipeline.model import Claim, Flag
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

FIRST = """
 | Kontaktperson utses vid första mötet | Aktuell rutin vid oro för barn | Erbjuder föräldrastöd
Borlänge | JA | JA | NEJ
Falun | JA | NEJ | NEJ
Mora | NEJ | JA | JA
Rättvik | JA | JA | JA
Snitt | 75 % | 75 % | 50 %
Dalarnas län | 70 % | 68 % | 55 %
Riket | 66 % | 71 % | 58 %
"""
SECOND = """
 | Barnets bästa dokumenteras | Barn får egen tid med handläggaren
Borlänge | JA | JA
Falun | JA | JA
Mora | DELVIS | NEJ
Rättvik | JA | JA
Snitt | 75 % | 75 %
Dalarnas län | 72 % | 61 %
Riket | 80 % | 64 %
"""


def read(paragraphs: list[str]) -> tuple[tuple[Claim, ...], list[Flag]]:
    registers = load_registers()
    made = document(paragraphs, table(FIRST), table(SECOND, label="Tabell 2", index=1))
    claims = find_claims(made, registers).claims
    return claims, [flag for flag in check_document(made, claims, registers) if flag.severity != "info"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [
            "Tabell 1 visar att alla kommuner utom Mora utser en kontaktperson vid första mötet. "
            "Resultatet på 75 procent är bättre än både länet (70 %) och riket (66 %).",
            "Alla utom Falun har en aktuell rutin vid oro för barn. Även här är resultatet 75 "
            "procent, vilket är i nivå med riket (71 %).",
            "När det gäller föräldrastöd är det bara hälften av kommunerna, Mora och Rättvik, som "
            "erbjuder det. Det är något lägre än länets 55 procent och rikets 58 procent.",
        ],
        [
            "Av tabell 2 framgår att tre av fyra kommuner dokumenterar barnets bästa. I Mora görs "
            "det delvis. Samma tre kommuner ger barn egen tid med handläggaren.",
        ],
        [
            "I tabell 2 kan man se att Borlänge, Falun och Rättvik dokumenterar barnets bästa. "
            "Snittet, 75 procent, ligger något under riket (80 procent) men över länet (72 procent).",
        ],
        [
            "Barn får egen tid med handläggaren i Borlänge, Falun och Rättvik (75 procent). "
            "Motsvarande andel i länet är 61 procent och i riket 64 procent.",
        ],
        [
            "Både Borlänge och Falun saknar föräldrastöd.",
        ],
        [
            "I Falun finns inte någon aktuell rutin vid oro för barn. Där erbjuds inte heller föräldrastöd.",
        ],
        [
            "Tre fjärdedelar av kommunerna har en aktuell rutin vid oro för barn, ungefär som i "
            "länet (68 %) och riket (71 %).",
        ],
        [
            "Föräldrastöd erbjuds av Mora och Rättvik, men inte av Borlänge och Falun.",
        ],
        [
            "Det är färre kommuner i Dalarna än i riket som erbjuder föräldrastöd (50 respektive 58 "
            "procent).",
        ],
        [
            "Kontaktperson utses i Borlänge, Falun och Rättvik. I Mora görs inte detta.",
        ],
        [
            "Mora avviker genom att inte utse någon kontaktperson vid första mötet.",
        ],
    ],
)
def test_right_paragraph_is_decided_and_not_flagged(paragraphs: list[str]) -> None:
    claims, flags = read(paragraphs)
    assert flags == []
    assert claims
    assert "undecidable" not in {claim.verdict for claim in claims}


@pytest.mark.parametrize(
    "paragraphs",
    [
        [
            "Tabell 1 visar att alla kommuner utom Mora utser en kontaktperson vid första mötet. "
            "Resultatet på 75 procent är bättre än både länet (71 %) och riket (66 %).",
        ],
        [
            "Alla utom Falun har en aktuell rutin vid oro för barn. Även här är resultatet 85 "
            "procent, vilket är i nivå med riket (71 %).",
        ],
        [
            "När det gäller föräldrastöd är det bara hälften av kommunerna, Mora och Falun, som "
            "erbjuder det.",
        ],
        [
            "Av tabell 2 framgår att tre av fyra kommuner dokumenterar barnets bästa. I Rättvik görs "
            "det delvis.",
        ],
        [
            "I tabell 2 kan man se att Borlänge, Falun och Rättvik dokumenterar barnets bästa. "
            "Snittet, 75 procent, ligger något över riket (80 procent) men under länet (72 procent).",
        ],
        [
            "Barn får egen tid med handläggaren i Borlänge, Falun och Rättvik (75 procent). "
            "Motsvarande andel i länet är 64 procent och i riket 61 procent.",
        ],
        [
            "Både Borlänge och Rättvik saknar föräldrastöd.",
        ],
        [
            "I Mora finns inte någon aktuell rutin vid oro för barn.",
        ],
        [
            "Föräldrastöd erbjuds av Mora och Borlänge, men inte av Rättvik och Falun.",
        ],
        [
            "Det är fler kommuner i Dalarna än i riket som erbjuder föräldrastöd (50 respektive 58 procent).",
        ],
        [
            "Kontaktperson utses i Borlänge, Falun och Rättvik. I Rättvik görs inte detta.",
        ],
    ],
)
def test_wrong_paragraph_is_flagged(paragraphs: list[str]) -> None:
    assert read(paragraphs)[1]
