"""Tables continued over pages."""

from __future__ import annotations

from extractors.tables import Gap, Joined, PageTable, join_tables
from pipeline.model import Box, Cell

EDGES = (50.0, 250.0, 300.0, 350.0, 500.0)


def _part(
    page: int, *rows: tuple[str, ...], header: int = 0, edges: tuple[float, ...] = EDGES, bold: bool = True
) -> PageTable:
    cells = tuple(
        Cell(r, c, 1, 1, text, text, Box(page, 0, 0, 1, 1), bold=bold and r < header)
        for r, texts in enumerate(rows)
        for c, text in enumerate(texts)
    )
    box = Box(page, edges[0], 60, edges[-1], 700)
    return PageTable(page, box, cells, len(rows), len(rows[0]), header, "vector", 0.98, None, "grid", edges)


def _nothing(_a: PageTable, _b: PageTable) -> Gap:
    return Gap(text=False)


def _rows(table: Joined) -> list[list[str]]:
    rows = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


HEAD = ("Indikator", "Ale", "Länet", "Kommentar")


def test_missing_header_and_shifted_edges() -> None:
    first = _part(1, HEAD, ("Rutin finns", "JA", "40", ""), header=1)
    second = _part(2, ("Plan finns", "NEJ", "35", "Tas fram"), edges=(52.0, 254.0, 303.0, 351.0, 503.0))
    (table,) = join_tables([first, second], _nothing)
    assert _rows(table) == [
        list(HEAD),
        ["Rutin finns", "JA", "40", ""],
        ["Plan finns", "NEJ", "35", "Tas fram"],
    ]
    assert [box.page for box in table.boxes] == [1, 2]
    assert table.header_rows == 1


def test_repeated_header_is_dropped() -> None:
    first = _part(1, HEAD, ("Rutin finns", "JA", "40", ""), header=1)
    second = _part(2, ("Indi-kator", "Ale", "Länet", "Kommentar"), ("Plan finns", "NEJ", "35", ""), header=1)
    (table,) = join_tables([first, second], _nothing)
    assert [row[0] for row in _rows(table)] == ["Indikator", "Rutin finns", "Plan finns"]


def test_row_split_by_the_page_break_is_mended() -> None:
    first = _part(1, HEAD, ("Skriftlig rutin för sam-", "NEJ", "40", "Arbetet med en ny rutin"), header=1)
    second = _part(2, ("verkan med vården", "", "", "pågår till hösten"), ("Plan finns", "JA", "35", ""))
    (table,) = join_tables([first, second], _nothing)
    assert _rows(table)[1:] == [
        [
            "Skriftlig rutin för samverkan med vården",
            "NEJ",
            "40",
            "Arbetet med en ny rutin pågår till hösten",
        ],
        ["Plan finns", "JA", "35", ""],
    ]


def test_rest_of_a_comment_alone_is_mended() -> None:
    first = _part(1, HEAD, ("Rutin finns", "NEJ", "40", "Arbetet pågår"), header=1)
    second = _part(2, ("", "", "", "och blir klart"), ("Plan finns", "JA", "35", ""))
    (table,) = join_tables([first, second], _nothing)
    assert _rows(table)[1][3] == "Arbetet pågår och blir klart"
    assert table.n_rows == 3


def test_text_between_parts_tables() -> None:
    first = _part(1, HEAD, ("Rutin finns", "JA", "40", ""), header=1)
    second = _part(2, ("Plan finns", "NEJ", "35", ""))
    assert len(join_tables([first, second], lambda a, b: Gap(text=True))) == 2


def test_new_header_parts_tables() -> None:
    first = _part(1, HEAD, ("Rutin finns", "JA", "40", ""), header=1)
    second = _part(2, ("Mått", "Orust", "Länet", "Not"), ("Plan finns", "NEJ", "35", ""), header=1)
    assert len(join_tables([first, second], _nothing)) == 2


def test_other_columns_part_tables() -> None:
    first = _part(1, HEAD, ("Rutin finns", "JA", "40", ""), header=1)
    second = _part(2, ("Plan finns", "NEJ"), edges=(50.0, 400.0, 500.0))
    assert len(join_tables([first, second], _nothing)) == 2


def test_page_without_a_table_between_parts_tables() -> None:
    first = _part(1, HEAD, ("Rutin finns", "JA", "40", ""), header=1)
    second = _part(3, ("Plan finns", "NEJ", "35", ""))
    assert len(join_tables([first, second], _nothing)) == 2


def test_part_that_lacks_an_edge_spans_its_columns() -> None:
    first = _part(1, HEAD, ("Rutin finns", "JA", "40", ""), header=1)
    second = _part(2, ("Plan finns", "NEJ", "35"), edges=(50.0, 250.0, 300.0, 500.0))
    (table,) = join_tables([first, second], _nothing)
    assert [(c.col, c.col_span) for c in table.cells if c.row == 2] == [(0, 1), (1, 1), (2, 2)]


def test_join_of_nothing_is_nothing() -> None:
    assert join_tables([], _nothing) == ()
