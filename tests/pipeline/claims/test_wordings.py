"""Many ways of saying what a table shows: right, wrong and beside the point."""

from __future__ import annotations

import pytest

from pipeline.checks import check_document
from pipeline.claims import find_claims
from pipeline.model import Claim, Flag
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

COUNTY = (
    "\n | Anonym rådgivning erbjuds | Samlad plan för personalens kompetens"
    " | Väntetid till behandling högst 14 dagar | Erbjuder stöd till anhöriga"
    " | Använder ASI vid utredning"
    """
Arboga | JA | NEJ | JA | JA | NEJ
Fagersta | JA | NEJ | JA | JA | NEJ
Hallstahammar | JA | JA | NEJ | JA | NEJ
Köping | NEJ | JA | JA | JA | NEJ
Norberg | NEJ | NEJ | JA | JA | NEJ
Sala | JA | JA | DELVIS | JA | NEJ
Skinnskatteberg | NEJ | NEJ | JA | JA | NEJ
Surahammar | JA | NEJ | JA | JA | NEJ
Västerås | JA | JA | NEJ | JA | NEJ
Kungsör | NEJ | NEJ | JA | JA | NEJ
Medel | 60 | 40 | 70 | 100 | 0
Västmanlands län | 58 | 44 | 66 | 97 | 4
Riket | 63,2 | 51,4 | 71 | 98,6 | 22
"""
)
NETWORK = (
    "\n | Andel med genomförandeplan | Aktuell rutin för brukarmedverkan"
    " | Aktuell överenskommelse med regionen om rehabilitering"
    " | Erbjuder träffpunkt utan biståndsbeslut | Hembesök inom två veckor"
    """
Ljungby | 82 | JA | JA | JA | JA
Alvesta | 75,5 | JA | NEJ | JA | NEJ
Tingsryd | 64 | NEJ | NEJ | JA | JA
Älmhult | 91 | JA | JA | JA | DELVIS
Markaryd | 58,5 | NEJ | JA | NEJ | JA
Lessebo | 70 | JA | JA | JA | JA
Medel | 73,5 | 67 | 67 | 83 | 67
Riket | 77 | 61 | 55 | 79 | 70
"""
)
OWN = (
    "\nIndikator | Sala | Länet | Riket | Kommentar"
    """
Aktuell rutin för samordning med missbruksvården | NEJ | 43 | 41 |
Aktuell rutin för samordning med socialpsykiatrin | JA | 51 | 47 |
Aktuell överenskommelse om samverkan med skolan | NEJ | 20 | 34 |
Aktuell överenskommelse om samverkan med polisen | JA | 60 | 55 |
Aktuell överenskommelse om samverkan med tandvården | DELVIS | 49 | 45 |
Erbjuder samtalsstöd till barn som upplevt våld | JA | 61 | 52 |
Erbjuder gruppverksamhet för barn | NEJ | 33 | 38 |
Använder FREDA-kortfrågor för att upptäcka våld | JA | 55 | 48 |
Använder PATRIARK för bedömning av hedersvåld | NEJ | 22 | 30 |
Genomfört systematisk uppföljning på individnivå | NEJ | 18 | 16 |
Enskildas synpunkter har använts för att utveckla verksamheten | JA | 40 | 29 |
Handläggare har fått utbildning om våld i nära relationer | JA | 90 | 88 |
Väntetiden till skyddat boende är högst ett dygn | JA | 70 | 66 |
"""
)
COUNTY_TRUE = [
    "I sex av länets tio kommuner erbjuds anonym rådgivning.",
    "Anonym rådgivning erbjuds i sex kommuner: Arboga, Fagersta, Hallstahammar, Sala, Surahammar "
    "och Västerås.",
    "Fyra kommuner (Köping, Norberg, Skinnskatteberg och Kungsör) erbjuder inte anonym rådgivning.",
    "Fyra kommuner erbjuder inte anonym rådgivning.",
    "Det är bara Hallstahammar, Köping, Sala och Västerås som har en samlad plan för personalens kompetens.",
    "Stöd till anhöriga ges av samtliga kommuner i länet.",
    "Alla tio kommuner erbjuder stöd till anhöriga.",
    "Ingen av kommunerna använder ASI vid utredning, jämfört med 22 procent i riket.",
    "Sex av tio kommuner (60 procent) erbjuder anonym rådgivning, vilket är något färre än i "
    "riket (63,2 procent).",
    "I Sala är väntetiden till behandling delvis högst 14 dagar.",
    "Medelvärdet för anonym rådgivning är 60, att jämföra med länets 58 och rikets 63,2.",
    "Två av tre kommuner i riket, eller 63,2 procent, erbjuder anonym rådgivning.",
    "Drygt hälften av landets kommuner har en samlad plan för personalens kompetens.",
    "Mindre än hälften av kommunerna har en samlad plan för personalens kompetens.",
    "Varken Arboga eller Fagersta har en samlad plan för personalens kompetens.",
    "Såväl Hallstahammar som Köping har en samlad plan för personalens kompetens.",
    "Hallstahammar och Västerås klarar inte väntetiden till behandling på högst 14 dagar.",
    "Jämfört med riket (51,4 procent) är det färre kommuner i länet (40 procent) som har en "
    "samlad plan för personalens kompetens.",
    "Andelen som erbjuder stöd till anhöriga är högre än både länssnittet (97 %) och rikssnittet (98,6 %).",
    "Kungsörs kommun har ingen samlad plan för personalens kompetens.",
    "Med undantag för Köping, Norberg, Skinnskatteberg och Kungsör erbjuder kommunerna anonym rådgivning.",
    "Kommunerna erbjuder anonym rådgivning, med undantag för Köping, Norberg, Skinnskatteberg och Kungsör.",
    "70 procent av kommunerna uppger att väntetiden till behandling är högst 14 dagar, vilket är "
    "i nivå med länet (66 %) och riket (71 %).",
    "Köping erbjuder stöd till anhöriga men inte anonym rådgivning.",
    "Tre fjärdedelar av kommunerna i riket, 71 procent, håller en väntetid till behandling på "
    "högst 14 dagar.",
    "I riket erbjuder nästan två tredjedelar av kommunerna anonym rådgivning.",
    "Resultatet för samlad plan för personalens kompetens är 40 procent och därmed lägre än "
    "rikets 51,4 procent.",
    "Sämst resultat har kommunerna när det gäller ASI, som ingen kommun använder.",
    "Sex kommuner erbjuder anonym rådgivning och fyra kommuner gör det inte.",
    "En knapp majoritet av kommunerna i riket (51,4 procent) har en samlad plan för personalens kompetens.",
    "Samtliga kommuner, utom fyra, erbjuder anonym rådgivning.",
    "Arboga, Fagersta, Hallstahammar, Sala, Surahammar och Västerås erbjuder anonym rådgivning. "
    "Övriga kommuner gör det inte.",
    "Åtta av tio erbjuder inte ASI? Nej, ingen kommun använder ASI vid utredning.",
]
COUNTY_FALSE = [
    "I sju av länets tio kommuner erbjuds anonym rådgivning.",
    "Anonym rådgivning erbjuds i sex kommuner: Arboga, Fagersta, Hallstahammar, Sala, Norberg och Västerås.",
    "Anonym rådgivning erbjuds i fem kommuner: Arboga, Fagersta, Hallstahammar, Sala, Surahammar "
    "och Västerås.",
    "Tre kommuner erbjuder inte anonym rådgivning.",
    "Det är bara Hallstahammar, Köping och Västerås som har en samlad plan för personalens kompetens.",
    "Alla nio kommuner erbjuder stöd till anhöriga.",
    "Ingen av kommunerna använder ASI vid utredning, jämfört med 32 procent i riket.",
    "Sex av tio kommuner (60 procent) erbjuder anonym rådgivning, vilket är något fler än i "
    "riket (63,2 procent).",
    "Medelvärdet för anonym rådgivning är 60, att jämföra med länets 63,2 och rikets 58.",
    "Knappt hälften av landets kommuner har en samlad plan för personalens kompetens.",
    "Mer än hälften av kommunerna har en samlad plan för personalens kompetens.",
    "Varken Arboga eller Köping har en samlad plan för personalens kompetens.",
    "Såväl Hallstahammar som Kungsör har en samlad plan för personalens kompetens.",
    "Jämfört med riket (51,4 procent) är det fler kommuner i länet (40 procent) som har en "
    "samlad plan för personalens kompetens.",
    "Andelen som erbjuder stöd till anhöriga är lägre än både länssnittet (97 %) och rikssnittet (98,6 %).",
    "Köpings kommun har ingen samlad plan för personalens kompetens.",
    "Med undantag för Köping, Norberg och Skinnskatteberg erbjuder kommunerna anonym rådgivning.",
    "75 procent av kommunerna uppger att väntetiden till behandling är högst 14 dagar, vilket är "
    "i nivå med länet (66 %) och riket (71 %).",
    "Sala erbjuder stöd till anhöriga men inte anonym rådgivning.",
    "Resultatet för samlad plan för personalens kompetens är 40 procent och därmed högre än "
    "rikets 51,4 procent.",
    "Samtliga kommuner, utom tre, erbjuder anonym rådgivning.",
    "Arboga, Fagersta, Hallstahammar, Sala, Surahammar och Västerås har ingen anonym rådgivning.",
]
NETWORK_TRUE = [
    "Andelen med genomförandeplan varierar mellan 58,5 procent i Markaryd och 91 procent i Älmhult.",
    "Älmhult ligger högst med 91 procent medan Markaryd ligger lägst med 58,5 procent när det "
    "gäller genomförandeplan.",
    "Andelen med genomförandeplan är störst i Älmhult, följt av Ljungby.",
    "I Ljungby och Älmhult är andelen med genomförandeplan högre än i riket.",
    "Två tredjedelar av kommunerna har en aktuell rutin för brukarmedverkan.",
    "Två av tre kommuner har en aktuell rutin för brukarmedverkan.",
    "Drygt 60 procent av kommunerna i riket har en aktuell rutin för brukarmedverkan.",
    "Drygt 65 procent av kommunerna har en aktuell rutin för brukarmedverkan.",
    "Rutin för brukarmedverkan saknas i Tingsryd och Markaryd.",
    "Endast Tingsryd och Markaryd saknar rutin för brukarmedverkan.",
    "Markaryd är ensam om att inte erbjuda träffpunkt utan biståndsbeslut.",
    "Alla utom Markaryd erbjuder träffpunkt utan biståndsbeslut.",
    "Fem av sex erbjuder träffpunkt utan biståndsbeslut.",
    "Träffpunkt utan biståndsbeslut erbjuds av samtliga utom Markaryd.",
    "Ljungby, Tingsryd, Markaryd och Lessebo gör hembesök inom två veckor, medan Älmhult gör det "
    "delvis och Alvesta inte alls.",
    "Hembesök inom två veckor görs i fyra kommuner (67 procent), vilket är något lägre än riket "
    "(70 procent).",
    "Ljungby har både rutin för brukarmedverkan och överenskommelse med regionen om rehabilitering.",
    "Även Lessebo har en aktuell rutin för brukarmedverkan.",
    "Liksom Ljungby har Älmhult en aktuell rutin för brukarmedverkan.",
    "Alvesta har en aktuell rutin för brukarmedverkan, till skillnad från Tingsryd.",
    "Resultatet på 67 procent för överenskommelse med regionen om rehabilitering överstiger "
    "rikets 55 procent.",
    "Kommunernas medelvärde för genomförandeplan, 73,5 procent, ligger under riksgenomsnittet på 77 procent.",
    "Jämfört med riket är det vanligare att kommunerna har en överenskommelse med regionen om "
    "rehabilitering.",
    "67 procent har en aktuell rutin för brukarmedverkan och 83 procent erbjuder träffpunkt utan "
    "biståndsbeslut.",
    "Tingsryd har ett lägre resultat än Lessebo när det gäller genomförandeplan (64 respektive 70 procent).",
    "Skillnaden mellan Älmhult (91 procent) och Markaryd (58,5 procent) i andel med "
    "genomförandeplan är stor.",
    "Tre kommuner, Ljungby, Älmhult och Lessebo, har både rutin för brukarmedverkan och "
    "överenskommelse med regionen om rehabilitering.",
]
NETWORK_FALSE = [
    "Andelen med genomförandeplan varierar mellan 58,5 procent i Markaryd och 92 procent i Älmhult.",
    "Andelen med genomförandeplan är störst i Ljungby, följt av Älmhult.",
    "I Ljungby och Alvesta är andelen med genomförandeplan högre än i riket.",
    "Drygt 75 procent av kommunerna har en aktuell rutin för brukarmedverkan.",
    "Rutin för brukarmedverkan saknas i Tingsryd och Lessebo.",
    "Endast Markaryd saknar rutin för brukarmedverkan.",
    "Träffpunkt utan biståndsbeslut erbjuds av samtliga utom Lessebo.",
    "Hembesök inom två veckor görs i fyra kommuner (67 procent), vilket är något högre än riket "
    "(70 procent).",
    "Resultatet på 67 procent för överenskommelse med regionen om rehabilitering understiger "
    "rikets 55 procent.",
    "Kommunernas medelvärde för genomförandeplan, 73,5 procent, ligger över riksgenomsnittet på 77 procent.",
    "Jämfört med riket är det ovanligare att kommunerna har en överenskommelse med regionen om "
    "rehabilitering.",
    "67 procent har en aktuell rutin för brukarmedverkan och 73 procent erbjuder träffpunkt utan "
    "biståndsbeslut.",
    "Tingsryd har ett högre resultat än Lessebo när det gäller genomförandeplan (64 respektive 70 procent).",
    "Tre kommuner, Ljungby, Älmhult och Alvesta, har både rutin för brukarmedverkan och "
    "överenskommelse med regionen om rehabilitering.",
]
NETWORK_SILENT = [
    "Kommunerna har träffats för att diskutera genomförandeplaner och ser att alla har mer att göra.",
    "Ljungby och Alvesta deltar i ett gemensamt projekt om brukarmedverkan.",
    "Markaryd planerar att ta fram en aktuell rutin för brukarmedverkan.",
    "Det är positivt att rutiner för brukarmedverkan blivit vanligare.",
    "Målet är att alla kommuner ska ha en aktuell rutin för brukarmedverkan.",
    "Alla kommuner bör ha en aktuell rutin för brukarmedverkan senast 2023.",
    "Om alla kommuner hade en aktuell rutin för brukarmedverkan skulle jämförelsen bli enklare.",
    "Indikatorn visar om kommunerna har en aktuell rutin för brukarmedverkan.",
    "I Växjö, som inte deltog i år, finns en aktuell rutin för brukarmedverkan.",
    "Förra året hade bara tre kommuner en aktuell rutin för brukarmedverkan.",
    "År 2019 hade 45 procent av kommunerna en aktuell rutin för brukarmedverkan.",
    "Andelen kommuner med rutin för brukarmedverkan har ökat från 50 procent 2019.",
]
OWN_TRUE = [
    "Området har 13 indikatorer varav sju är gröna, en är gul och fem är röda.",
    "Totalt ingår 13 indikatorer, av vilka 5 visar rött.",
    "Fem indikatorer är röda.",
    "Enheten saknar rutin för samordning med missbruksvården.",
    "Det finns ingen aktuell rutin för samordning med missbruksvården.",
    "Enheten har en rutin för samordning med socialpsykiatrin men saknar en sådan med missbruksvården.",
    "Överenskommelse om samverkan finns med polisen, däremot inte med skolan.",
    "Barn som upplevt våld erbjuds samtalsstöd, men någon gruppverksamhet för barn finns inte.",
    "FREDA-kortfrågor används för att upptäcka våld.",
    "Enheten använder FREDA-kortfrågor men inte PATRIARK.",
    "Enheten använder inte PATRIARK utan gör en egen bedömning av hedersvåld.",
    "Systematisk uppföljning på individnivå har inte genomförts.",
    "Alla handläggare har fått utbildning om våld i nära relationer.",
    "I länet har 43 procent av kommunerna en rutin för samordning med missbruksvården och i "
    "riket 41 procent.",
    "Andelen i länet som erbjuder gruppverksamhet för barn är lägre än i riket (33 respektive 38 procent).",
]
OWN_FALSE = [
    "Totalt ingår 13 indikatorer, av vilka 6 visar rött.",
    "Totalt ingår 14 indikatorer, av vilka 5 visar rött.",
    "Fyra indikatorer är röda.",
    "Det finns en aktuell rutin för samordning med missbruksvården.",
    "Det finns ingen aktuell rutin för samordning med socialpsykiatrin.",
    "Överenskommelse om samverkan finns med skolan, däremot inte med polisen.",
    "FREDA-kortfrågor används inte för att upptäcka våld.",
    "Enheten använder PATRIARK men inte FREDA-kortfrågor.",
    "Systematisk uppföljning på individnivå har genomförts.",
    "Handläggarna har inte fått utbildning om våld i nära relationer.",
    "I länet har 34 procent av kommunerna en rutin för samordning med missbruksvården och i "
    "riket 41 procent.",
    "Andelen i länet som erbjuder gruppverksamhet för barn är högre än i riket (33 respektive 38 procent).",
]
OWN_SILENT = [
    "Enheten har ett gott samarbete med skolan.",
    "Enheten planerar att teckna en överenskommelse om samverkan med skolan.",
    "En överenskommelse om samverkan med skolan ska tas fram under hösten.",
    "Samverkan med skolan sker vid behov i enskilda ärenden.",
    "Enheten ser inget behov av en rutin för samordning med missbruksvården.",
    "Arbetet med att ta fram en rutin för samordning med missbruksvården har påbörjats.",
    "En rutin för samordning med missbruksvården är under framtagande.",
    "Tidigare fanns en rutin för samordning med missbruksvården.",
    "Det är viktigt att ha en aktuell rutin för samordning med missbruksvården.",
    "Om det finns en rutin för samordning med missbruksvården blir arbetet enklare.",
    "Socialstyrelsen anser att kommunerna bör ha en rutin för samordning med missbruksvården.",
    "Indikatorn mäter om kommunen har en aktuell rutin för samordning med missbruksvården.",
    "Brukare har framfört önskemål om gruppverksamhet för barn.",
    "Gruppverksamhet för barn erbjuds i samverkan med grannkommunen från och med 2024.",
    "En muntlig överenskommelse om samverkan med skolan finns men är inte nedtecknad.",
    "Överenskommelsen om samverkan med tandvården gäller bara placerade barn.",
    "Kommunen har sedan tidigare rutiner för orosanmälningar.",
]


def read(sentence: str, text: str, *, own: bool = False) -> tuple[tuple[Claim, ...], list[Flag]]:
    registers = load_registers()
    if own:
        made = document(
            ["# Våld i nära relation (bilaga 1)", sentence],
            table(text, label="Bilaga 1", rows="indicators"),
            own="1981",
        )
    else:
        made = document([sentence], table(text))
    claims = find_claims(made, registers).claims
    return claims, [flag for flag in check_document(made, claims, registers) if flag.severity != "info"]


@pytest.mark.parametrize(
    ("text", "sentence"), [(COUNTY, one) for one in COUNTY_TRUE] + [(NETWORK, one) for one in NETWORK_TRUE]
)
def test_right_statement_is_borne_out_and_not_flagged(text: str, sentence: str) -> None:
    claims, flags = read(sentence, text)
    assert flags == []
    assert "supported" in {claim.verdict for claim in claims}


@pytest.mark.parametrize(
    ("text", "sentence"), [(COUNTY, one) for one in COUNTY_FALSE] + [(NETWORK, one) for one in NETWORK_FALSE]
)
def test_wrong_statement_is_one_flag_at_its_sentence(text: str, sentence: str) -> None:
    _, flags = read(sentence, text)
    assert flags
    assert {flag.sentence for flag in flags} == {sentence}


@pytest.mark.parametrize("sentence", NETWORK_SILENT)
def test_wishes_plans_and_other_years_are_not_flagged(sentence: str) -> None:
    assert read(sentence, NETWORK)[1] == []


@pytest.mark.parametrize("sentence", OWN_TRUE)
def test_right_policy_is_borne_out_and_not_flagged(sentence: str) -> None:
    claims, flags = read(sentence, OWN, own=True)
    assert flags == []
    assert "supported" in {claim.verdict for claim in claims}


@pytest.mark.parametrize("sentence", OWN_FALSE)
def test_wrong_policy_is_flagged(sentence: str) -> None:
    assert read(sentence, OWN, own=True)[1]


@pytest.mark.parametrize("sentence", OWN_SILENT)
def test_explanations_of_a_nej_are_not_flagged(sentence: str) -> None:
    assert read(sentence, OWN, own=True)[1] == []
