"""Whatever a table holds: no error, and what is published of it hangs together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Table
from pipeline.normalize import read_documents
from pipeline.reference import load_registers
from tests.pipeline.normalize.build import block, document, table

REGISTERS = load_registers()
WORDS = [
    "",
    "Kommun",
    "Indikator",
    "Falun",
    "Mora",
    "Riket",
    "Länet",
    "Snitt",
    "Min-Max",
    "därav kvinnor",
    "Kvinnor",
    "Totalt",
    "2022",
    "2023",
    "Förra året",
    "Kommentar",
    "Kommunens svar",
    "%",
    "kr",
    "Ja",
    "NEJ",
    "Delvis",
    "87,5 %",
    "12",
    "8-14 dgr",
    "..",
    "x",
    "●",
    "1 = liten",
    "Rutin för samverkan",
    "Andel nöjda",
    "Jämförbar kommun med ja-svar",
    "Tillgänglighet",
    "En längre mening som inte är något värde alls.",
]
FILLS = [None, None, None, "#92d050", "#ff4b4b", "#ffff66", "#d9d9d9"]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    cell = st.sampled_from(WORDS)
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=height, max_size=height))
    fills = {
        (r, c): fill for r in range(height) for c in range(width) if (fill := draw(st.sampled_from(FILLS)))
    }
    spans = {}
    if width > 1 and draw(st.booleans()):
        row = draw(st.integers(0, height - 1))
        spans[(row, 0)] = (1, width)
        rows[row][1:] = [None] * (width - 1)
    return table(rows, header_rows=draw(st.integers(0, height)), fills=fills, spans=spans)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(tables(), min_size=1, max_size=3),
    st.sampled_from(["Falun", "Resultat", "Öppna jämförelser 2023"]),
)
def test_what_is_published_hangs_together(made: list[Table], heading: str) -> None:
    (found,) = read_documents(document([block(heading, kind="heading")], made), REGISTERS)
    assert len(found.tables) == len(made)
    assert len({one.table_id for one in found.tables}) == len(made)
    assert len({one.observation_id for one in found.observations}) == len(found.observations)
    readings = {one.table_id: one for one in found.tables}
    for reading in found.tables:
        assert len(reading.roles) == len(reading.table.cells)
        assert reading.status == "ok" or (reading.reason and reading.kind == "indicators")
    for one in found.observations:
        reading = readings[one.table_id]
        assert (reading.kind, reading.status) == ("indicators", "ok")
        roles = {(c.row, c.col): role for c, role in zip(reading.table.cells, reading.roles, strict=True)}
        assert roles.get((one.row, one.col), "value") == "value"
        assert one.indicator_label
        assert one.unit_label
        assert one.unit_id is None or one.unit_id in REGISTERS.units
        assert one.status == "ok" or (one.answer is None and one.value is None)
        assert one.measure in ("answer", "share", "mean", "median", "value")
        assert (one.answer is None) == (one.measure != "answer" or one.status != "ok")


@settings(deadline=None, max_examples=30)
@given(tables())
def test_reading_twice_gives_the_same(made: Table) -> None:
    pdf = document([block("Öppna jämförelser 2023", kind="heading")], [made])
    assert read_documents(pdf, REGISTERS) == read_documents(pdf, REGISTERS)
