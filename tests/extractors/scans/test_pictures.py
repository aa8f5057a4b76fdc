"""Pictures of pages: how they lean, where their lines are, which pages need reading from a picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from extractors.engines.tesseract import OcrWord
from extractors.geometry import PageGeometry, Picture
from extractors.glyphs import Glyph
from extractors.scans.detect import why_scan
from extractors.scans.figures import with_figures
from extractors.scans.numbers import figures_of
from extractors.scans.rules import find_rules, without_rules
from extractors.scans.straight import lean_of, straightened
from extractors.turning import Lean
from extractors.words import words_of
from pipeline.model import Box


def page_picture(dpi: int = 150) -> Any:
    """A page with rows of strokes like words and a grid of three columns and four rows."""
    page = np.full((11 * dpi, 8 * dpi), 255, np.uint8)
    for row in range(12):
        y = dpi + row * 24
        for word in range(14):
            page[y : y + 10, dpi + word * 55 : dpi + word * 55 + 40 : 4] = 0
    top, left = 6 * dpi, dpi
    for row in range(5):
        page[top + row * 60 : top + row * 60 + 2, left : left + 600] = 0
    for col in range(4):
        page[top : top + 242, left + col * 200 : left + col * 200 + 2] = 0
    return page


def picture(page: Any) -> Any:
    from PIL import Image

    return Image.fromarray(page)


@pytest.mark.parametrize("degrees", [-2.0, -0.41, 0.0, 0.7, 3.1])
def test_the_lean_of_a_page_is_found(degrees: float) -> None:
    turned = picture(page_picture()).rotate(-degrees, fillcolor=255, resample=3)
    assert lean_of(turned) == pytest.approx(degrees, abs=0.06)


def test_a_white_page_does_not_lean() -> None:
    assert lean_of(picture(np.full((800, 600), 255, np.uint8))) == 0.0


def test_lines_of_a_table_are_found_and_rows_of_letters_are_not() -> None:
    across, down = find_rules(page_picture(), 150)
    assert [(rule.x0, rule.top) for rule in across] == [(150, 900 + 60 * row) for row in range(5)]
    assert [(rule.x0, rule.top) for rule in down] == [(150 + 200 * col, 900) for col in range(4)]


def test_lines_of_a_straightened_page_are_found() -> None:
    turned = picture(page_picture()).rotate(-1.2, fillcolor=255, resample=3)
    across, down = find_rules(np.asarray(straightened(turned, lean_of(turned))), 150)
    assert (len(across), len(down)) == (5, 4)


def test_lines_are_painted_white_and_letters_stay() -> None:
    page = page_picture()
    across, down = find_rules(page, 150)
    cleaned = without_rules(page, across + down, 150)
    assert (cleaned[880:1160] < 128).sum() == 0
    assert (cleaned[:800] == page[:800]).all()


def test_places_on_a_leaning_page() -> None:
    lean = Lean(degrees=2.0, width=600.0, height=800.0)
    middle = lean.on_page(Box(1, 290.0, 390.0, 310.0, 410.0))
    assert middle.centre == pytest.approx((300.0, 400.0))
    right = lean.on_page(Box(1, 490.0, 395.0, 510.0, 405.0))
    assert right.centre[1] > 400.0 and right.width == pytest.approx(20.0)


def geometry(text: str, *, pictures: tuple[Picture, ...] = (), visible: bool = True) -> PageGeometry:
    glyphs: list[Glyph] = []
    x, y = 50.0, 50.0
    for sign in text:
        if sign == " ":
            glyphs.append(Glyph("", 0, 0, 0, 0, 0, False, False, 0, False))
            x += 3
            if x > 500:
                x, y = 50.0, y + 14
            continue
        glyphs.append(Glyph(sign, x, y, x + 5, y + 10, 10, False, False, 0, visible))
        x += 5
    return PageGeometry(1, 600.0, 800.0, tuple(glyphs), (), (), pictures)


SWEDISH = (
    "Alla kommuner i länet har svarat att det finns en rutin och att den följs upp varje år med nya mål " * 3
)
WHOLE = (Picture(0.0, 0.0, 600.0, 800.0),)


def why(page: PageGeometry) -> str | None:
    return why_scan(page, words_of(page.glyphs, 1))


def test_text_is_no_scan_even_over_a_background_picture() -> None:
    assert why(geometry(SWEDISH)) is None
    assert why(geometry(SWEDISH, pictures=WHOLE)) is None


def test_a_picture_without_text_is_a_scan() -> None:
    assert why(geometry("", pictures=WHOLE)) == "picture"
    assert why(geometry("Sida 3", pictures=WHOLE)) == "picture"
    assert why(geometry(SWEDISH, pictures=WHOLE, visible=False)) == "picture"


def test_a_logotype_on_an_empty_page_is_no_scan() -> None:
    assert why(geometry("", pictures=(Picture(20.0, 20.0, 120.0, 60.0),))) is None


@pytest.mark.parametrize("shift", [0xE000, 0x1])
def test_a_text_layer_of_garbage_is_told(shift: int) -> None:
    shifted = "".join(sign if sign == " " else chr(shift + ord(sign) % 29) for sign in SWEDISH)
    assert why(geometry(shifted)) == "garbage"


def test_letters_that_make_no_words_are_garbage() -> None:
    table = str.maketrans("abcdefghijklmnopqrstuvwxyzåäö", "xqzvwkjrtpslmnbcdghfxyzqwvktp")
    assert why(geometry(SWEDISH.casefold().translate(table))) == "garbage"


def test_a_page_of_names_and_figures_is_not_garbage() -> None:
    assert (
        why(geometry("Lillby 12,5 Storby 33 Mellanby 48 Västby 9 Österby 71 Norrby 2 Söderby 88 " * 4))
        is None
    )


def word(text: str, x0: int, x1: int, *, line: int = 1, confidence: float = 90.0) -> OcrWord:
    return OcrWord(text, x0, 100, x1, 130, confidence, (1, 1, line))


def test_figures_come_from_the_second_reading() -> None:
    swedish = [word("(59", 10, 60), word("26),", 65, 110), word("högre", 120, 200), word("754", 210, 290)]
    english = [word("(59", 11, 60), word("%),", 66, 109), word("hogre", 120, 200), word("75%", 211, 288)]
    assert [w.text for w in with_figures(swedish, english)] == ["(59", "%),", "högre", "75%"]


def test_a_word_is_not_replaced_by_a_figure_that_looks_like_it() -> None:
    assert [w.text for w in with_figures([word("Solö", 10, 80)], [word("S010", 10, 80)])] == ["Solö"]
    assert [w.text for w in with_figures([word("O", 10, 30, confidence=40)], [word("0", 10, 30)])] == ["0"]


def test_figures_are_compared_whatever_their_separators() -> None:
    assert figures_of("2 092 kr") == figures_of("2092 kr")
    assert figures_of("22,5 %") == figures_of("22.5%")
    assert figures_of("22.5") != figures_of("225")
    assert figures_of("75 %") != figures_of("750")
