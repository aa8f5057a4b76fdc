"""Each check fires on its disagreement and is silent where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.checks import check_corpus, check_document, check_each
from pipeline.claims import find_claims
from pipeline.model import Axis, Block, Claim, Disagreement, Flag, Observation, ReadDocument, Unmatched
from pipeline.reference import load_registers
from tests.pipeline.claims.making import REGION, document, table

OWN = """
Indikator | Arboga | Länet | Riket | Kommentar
Aktuell rutin för hembesök | NEJ | 43 | 41 |
Erbjuder budgetkurs | JA | 61 | 52 |
Använder ASI för att kartlägga missbruk | JA | 55 | 48 |
Genomfört brukarrevision | NEJ | 23 | 14 |
"""


def flags(made: ReadDocument, check: str | None = None) -> list[Flag]:
    registers = load_registers()
    found = check_document(made, find_claims(made, registers).claims, registers)
    return [flag for flag in found if check is None or flag.check == check]


def own(text: str = OWN, *sentences: str) -> ReadDocument:
    paragraphs = ["# Ekonomiskt bistånd (bilaga 1)", *sentences]
    return document(paragraphs, table(text, label="Bilaga 1", rows="indicators"), own="1984")


def test_text_vs_table_says_both_sides_and_the_count() -> None:
    made = document(["Alla kommuner har en aktuell rutin för hembesök."], table(REGION))
    (flag,) = flags(made)
    assert (flag.check, flag.severity, flag.status) == ("text_vs_table", "error", "open")
    assert flag.sentence == "Alla kommuner har en aktuell rutin för hembesök."
    for part in ("Tabell 1", "Aktuell rutin för hembesök", "4 av 5", "Hallstahammar: NEJ"):
        assert part in flag.message
    assert len(flag.observation_ids) == 5


def test_an_incomplete_list_is_a_warning_and_a_wrong_name_an_error() -> None:
    incomplete = document(["Arboga, Fagersta och Köping har en aktuell rutin för hembesök."], table(REGION))
    wrong = document(["Arboga och Hallstahammar har en aktuell rutin för hembesök."], table(REGION))
    assert [flag.severity for flag in flags(incomplete)] == ["warning"]
    assert [flag.severity for flag in flags(wrong)] == ["error"]


def test_true_text_raises_nothing() -> None:
    made = document(
        [
            "Alla kommuner utom Hallstahammar har en aktuell rutin för hembesök. "
            "Resultatet (80 %) är bättre än i riket (41 %)."
        ],
        table(REGION),
    )
    assert flags(made) == []


@pytest.mark.parametrize(
    ("printed", "severity"), [("80 %", None), ("60 %", "error"), ("75 %", "error"), ("79 %", "error")]
)
def test_summary_row(printed: str, severity: str | None) -> None:
    text = REGION.replace("Snitt | 80 %", f"Snitt | {printed}", 1)
    found = flags(document([], table(text)), "summary_row")
    assert [flag.severity for flag in found] == ([severity] if severity else [])
    if printed == "75 %":
        assert "kan inte uppstå med 5 enheter" in found[0].message


def test_summary_row_rounds_and_counts_med_vissa_as_ja() -> None:
    text = "\n | Rutin | Kurs\n"
    text += "Arboga | JA | JA MED VISSA\nSala | JA | JA\nKöping | NEJ | DELVIS\nSnitt | 67 % | 66,7 %\n"
    assert flags(document([], table(text)), "summary_row") == []


def test_a_mean_of_other_units_is_no_error() -> None:
    text = "\n | Rutin | Kurs | Jour\n"
    text += "Arboga | JA | JA | NEJ\nSala | JA | NEJ | NEJ\nSnitt | 71 % | 43 % | 12 %\n"
    assert {flag.severity for flag in flags(document([], table(text)), "summary_row")} == {"info"}


def test_min_max_and_median_rows() -> None:
    text = """
 | Andel långvarigt bistånd | Andel barn | Andel unga
Arboga | 10,0 | 4,1 | 20,0
Sala | 12,5 | 3,0 | 25,0
Köping | 14,0 | 2,2 | 27,5
Median | 12,5 | 3,0 | {median}
Min-Max | 10,0-14,0 | 2,2-4,1 | {extremes}
"""

    def build(median: str, extremes: str) -> ReadDocument:
        reading, rows = table(text.format(median=median, extremes=extremes))
        axes = [
            replace(axis, kind="minmax")
            if axis.label == "Min-Max"
            else replace(axis, statistic="median")
            if axis.label == "Median"
            else axis
            for axis in reading.row_axes
        ]
        kept = tuple(
            replace(seen, measure="median") if seen.unit_label == "Median" else seen
            for seen in rows
            if seen.unit_label != "Min-Max"
        )
        return document([], (replace(reading, row_axes=tuple(axes)), kept))

    assert flags(build("25,0", "20,0-27,5"), "summary_row") == []
    assert len(flags(build("26,0", "20,0-27,5"), "summary_row")) == 1
    assert len(flags(build("25,0", "20,0-29,5"), "summary_row")) == 1


def test_one_wrong_cell_is_one_flag() -> None:
    text = REGION.replace("Sala | JA", "Sala | NEJ", 1)
    made = document(["Alla kommuner utom Hallstahammar har en aktuell rutin för hembesök."], table(text))
    (flag,) = flags(made)
    assert flag.check == "text_vs_table"
    assert "Snitt" in flag.message
    assert "Sala" in flag.message


def test_count_statement() -> None:
    assert flags(own(OWN, "Området har fyra indikatorer varav två är röda."), "count_statement") == []
    (flag,) = flags(own(OWN, "Området har fyra indikatorer varav tre är röda."), "count_statement")
    assert flag.severity == "error"
    assert "Genomfört brukarrevision" in flag.message


def test_comment_vs_answer() -> None:
    denied = OWN.replace("48 |", "48 | Enheten använder inte ASI för att kartlägga missbruk")
    explained = OWN.replace("14 |", "14 | En brukarundersökning har gjorts under våren")
    assert [flag.severity for flag in flags(own(denied), "comment_vs_answer")] == ["warning"]
    assert flags(own(explained), "comment_vs_answer") == []
    assert len(flags(own(OWN.replace("52 |", "52 | Nej, inte under året")), "comment_vs_answer")) == 1


def coloured(text: str, colours: dict[str, str]) -> ReadDocument:
    reading, rows = table(text, label="Bilaga 1", rows="indicators")
    painted = tuple(replace(seen, colour=colours.get(seen.answer or "")) for seen in rows)
    return document([], (reading, painted), own="1984")


def test_colour_vs_answer() -> None:
    made = coloured(OWN, {"JA": "gron", "NEJ": "rod"})
    assert flags(made, "colour_vs_answer") == []
    odd = tuple(
        replace(seen, colour="rod") if seen.answer == "JA" and "kurs" in seen.indicator_label else seen
        for seen in made.observations
    )
    (flag,) = flags(replace(made, observations=odd), "colour_vs_answer")
    assert "Erbjuder budgetkurs" in flag.message


def test_zebra_colours_mean_nothing() -> None:
    assert flags(coloured(OWN, {"JA": "gron", "NEJ": "gron"}), "colour_vs_answer") == []


def exampled(answer: str) -> ReadDocument:
    first, rows = table("\nIndikator | Arboga\nRutin för hembesök | NEJ\n", label="Arboga", rows="indicators")
    second, more = table(
        f"\nIndikator | Sala\nRutin för hembesök | {answer}\n", label="Sala", index=1, rows="indicators"
    )
    noted = tuple(replace(seen, answer_note="Sala") for seen in rows)
    return document([], (first, noted), (second, more))


def test_cross_reference() -> None:
    assert flags(exampled("JA"), "cross_reference") == []
    (flag,) = flags(exampled("NEJ"), "cross_reference")
    assert "Sala" in flag.message


def test_arithmetic() -> None:
    right = (
        "Stödet är 500 kr per barn. Stödet gick till 200 barn och den totala kostnaden var 100 000 kronor."
    )
    assert flags(document([right]), "arithmetic") == []
    (flag,) = flags(document([right.replace("100 000", "120 000")]), "arithmetic")
    assert "100 000" in flag.message


def test_text_vs_text() -> None:
    one = "Sedan 2019 har andelen med jourtelefon ökat med tolv procentenheter till 48 procent."
    assert flags(document([one, one.replace(" till 48", ", till 48")]), "text_vs_text") == []
    assert len(flags(document([one, one.replace("48", "44")]), "text_vs_text")) == 1


def test_unknown_name_in_text_and_table() -> None:
    made = document(["Arboga, Fagesta, Köping och Sala har en aktuell rutin för hembesök."], table(REGION))
    (flag,) = flags(made)
    assert (flag.check, flag.found) == ("unknown_name", "Fagersta")
    near = replace(
        made,
        blocks=(),
        sentences=(),
        unmatched=(Unmatched("units", "Arbga", "doc-a", "Tabell 1", 1, ("1984: Arboga",)),),
    )
    assert [one.found for one in flags(near, "unknown_name")] == ["Arboga"]
    reading = replace(
        made.tables[0], row_axes=(Axis(1, "unit", "Arbga", None, "1984", "kommun", near=("1984: Arboga",)),)
    )
    assert [
        one.found for one in flags(replace(made, blocks=(), sentences=(), tables=(reading,)), "unknown_name")
    ] == ["Arboga"]


def test_genitive_and_hyphen_are_no_misspelling() -> None:
    text = REGION.replace("Arboga", "Upplands Väsby")
    made = document(["Upplands-Väsbys väntetid till första besök är 1–3 dagar."], table(text))
    assert flags(made) == []


def test_name_variant() -> None:
    assert (
        len(flags(document(["Familjestödsteamet har ökat.", "Kontakta Familjestösteamet."]), "name_variant"))
        == 1
    )
    assert (
        flags(
            document(["Familjestödsteamet har ökat.", "Familjestödsteamets lokaler är nya."]), "name_variant"
        )
        == []
    )


def test_acronym() -> None:
    clash = ["Alla får en samordnad individuell plan (SIP).", "En samlad individuell plan (SIP) upprättas."]
    assert [flag.severity for flag in flags(document(clash), "acronym")] == ["warning"]
    assert flags(document([clash[0], "Den samordnade individuella planen (SIP) följs upp."]), "acronym") == []


def test_metadata() -> None:
    wrong = "Den här rapporten redovisar resultat i Öppna jämförelser missbruks- och beroendevård 2021."
    right = "Den här rapporten redovisar resultat i Öppna jämförelser ekonomiskt bistånd 2021."
    assert [flag.severity for flag in flags(document([wrong]), "metadata")] == ["warning"]
    assert flags(document([right]), "metadata") == []


def test_missing_reference() -> None:
    made = document(["Se även tabell 7."], table(REGION))
    (flag,) = flags(made, "missing_reference")
    assert "Tabell 7" in flag.message
    assert flags(document(["Se även tabell 1."], table(REGION)), "missing_reference") == []
    elsewhere = flags(document(["Se även bilaga 1."], table(REGION)), "missing_reference")
    assert [flag.severity for flag in elsewhere] == ["info"]
    listed = document(["Se bilagorna 1 och 3."], table(REGION, label="Bilaga 1"))
    (absent,) = flags(listed, "missing_reference")
    assert "Bilaga 3" in absent.message and absent.severity == "warning"


def test_a_sentence_that_points_at_the_wrong_table() -> None:
    other = "\n | Köptid i minuter | Öppettid\nArboga | JA | JA\nSala | NEJ | JA\nKöping | JA | NEJ\n"
    made = document(
        ["Tabell 2 visar att alla kommuner utom Hallstahammar har en aktuell rutin för hembesök."],
        table(REGION),
        table(other, label="Tabell 2", index=1),
    )
    (flag,) = flags(made)
    assert flag.check == "missing_reference"
    assert "Tabell 1" in flag.message


def test_empty_row() -> None:
    text = OWN + "Jourtelefon |  |  |  |\n"
    assert [flag.severity for flag in flags(own(text, "Området har fem indikatorer."), "empty_row")] == [
        "warning"
    ]
    assert [flag.severity for flag in flags(own(text), "empty_row")] == ["info"]
    assert flags(own(), "empty_row") == []


def test_appendix_difference() -> None:
    first = table(
        "\nIndikator | Arboga | Länet | Riket\nRutin för hembesök | JA | 43 | 41\n",
        label="Bilaga 1",
        rows="indicators",
    )
    other = "\nIndikator | Arboga | Länet | Riket\nRutin för hembesök | JA | 43 | {}\n"

    def second(value: int) -> ReadDocument:
        return document([], first, table(other.format(value), label="Bilaga 2", index=1, rows="indicators"))

    assert [flag.severity for flag in flags(second(40), "appendix_difference")] == ["info"]
    assert flags(second(41), "appendix_difference") == []


def test_engine_disagreement_and_unreadable() -> None:
    reading, rows = table(REGION)
    doubtful = replace(
        reading, table=replace(reading.table, disagreements=(Disagreement(1, 1, "a", "JA", "b", "JÄ"),))
    )
    lost = (replace(rows[0], status="unreadable", answer=None), *rows[1:])
    made = document([], (doubtful, lost))
    assert [flag.severity for flag in flags(made, "engine_disagreement")] == ["info"]
    assert [flag.severity for flag in flags(made, "unreadable")] == ["info"]
    assert flags(document([], (reading, rows)), "engine_disagreement") == []
    assert flags(document([], (reading, rows)), "unreadable") == []


def test_a_table_left_unread_is_told() -> None:
    reading, _rows = table(REGION)
    unread = replace(reading, status="unread", reason="Rubrikerna kunde inte tolkas.")
    (flag,) = flags(document([], (unread, ())))
    assert (flag.check, flag.severity) == ("unreadable", "info")
    assert "Rubrikerna kunde inte tolkas." in flag.message


def with_ids(made: ReadDocument, name: str) -> ReadDocument:
    rows = tuple(
        replace(
            seen,
            document_id=name,
            observation_id=f"{name}-{seen.observation_id}",
            indicator_id="x-" + seen.indicator_label,
        )
        for seen in made.observations
    )
    return replace(made, record=replace(made.record, document_id=name), observations=rows)


def test_cross_document() -> None:
    registers = load_registers()
    one = with_ids(document([], table(REGION)), "a")
    same = with_ids(document([], table(REGION)), "b")
    other = with_ids(document([], table(REGION.replace("41 %", "45 %"))), "b")
    assert check_corpus([one, same], {}, registers) == ()
    (flag,) = check_corpus([other, one], {}, registers)
    assert (flag.check, flag.severity, flag.document_id, flag.other_document_ids) == (
        "cross_document",
        "warning",
        "b",
        ("a",),
    )
    assert check_corpus([one, other], {}, registers) == (flag,)


def test_documents_that_differ_are_asked_for_their_values_alone() -> None:
    one = with_ids(document([], table(REGION)), "a")
    other = with_ids(document([], table(REGION.replace("41 %", "45 %"))), "b")
    same = with_ids(document([], table(REGION)), "c")
    by_id = {made.record.document_id: made for made in (one, other, same)}
    loaded, asked = [], []

    def load(name: str) -> tuple[ReadDocument, tuple[Claim, ...]]:
        loaded.append(name)
        return by_id[name], ()

    def values(name: str) -> tuple[Observation, ...]:
        asked.append(name)
        return by_id[name].observations

    found = check_each(by_id, load, load_registers(), values)
    assert found == check_corpus([one, other, same], {}, load_registers())
    assert (loaded, asked) == (["a", "b", "c"], ["a", "b", "c"])


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("Siffrorna är KORRIGERADE i efterhand.", "info"),
        ("Tabellen har rättats.", "warning"),
        ("Rapporten ersätter den som kom i våras.", "info"),
        ("Uppdaterade siffror kommer i höst.", "warning"),
    ],
)
def test_only_words_for_a_revision_explain_a_difference(sentence: str, severity: str) -> None:
    one = with_ids(document([], table(REGION)), "a")
    other = with_ids(document([sentence], table(REGION.replace("41 %", "45 %"))), "b")
    assert [flag.severity for flag in check_corpus([one, other], {}, load_registers())] == [severity]


def test_a_revision_explains_a_difference_between_documents() -> None:
    one = with_ids(document([], table(REGION)), "a")
    told = document(["Denna reviderade version ersätter den första."], table(REGION.replace("41 %", "45 %")))
    assert [flag.severity for flag in check_corpus([one, with_ids(told, "b")], {}, load_registers())] == [
        "info"
    ]


def test_flags_are_the_same_whatever_else_changes() -> None:
    sentence = "Alla kommuner har en aktuell rutin för hembesök."
    plain = document([sentence], table(REGION))
    more = document(["En inledning.", sentence], table(REGION))
    moved = replace(more, blocks=tuple(replace(block, before_table=0) for block in more.blocks))
    ids = {flag.flag_id for made in (plain, more, moved) for flag in flags(made)}
    assert len(ids) == 1


def test_evidence_hash_follows_the_values_and_the_id_does_not() -> None:
    sentence = "Alla kommuner har en aktuell rutin för hembesök."
    before = flags(document([sentence], table(REGION)))[0]
    after = flags(
        document(
            [sentence],
            table(REGION.replace("Sala | JA", "Sala | NEJ", 1).replace("Snitt | 80 %", "Snitt | 60 %", 1)),
        )
    )[0]
    assert before.flag_id == after.flag_id
    assert before.evidence_hash != after.evidence_hash


def test_a_doubtful_reading_carries_no_error() -> None:
    reading, rows = table(REGION)
    doubtful = tuple(replace(seen, confidence=0.3) for seen in rows)
    made = document(["Alla kommuner har en aktuell rutin för hembesök."], (reading, doubtful))
    assert [flag.severity for flag in flags(made)] == ["warning"]


def test_headings_and_captions_are_not_running_text() -> None:
    made = document(["# Alla kommuner"], table(REGION))
    silent = replace(made, blocks=(Block("caption", "Alla kommuner har rutiner", made.blocks[0].boxes),))
    assert flags(silent) == []
