"""Pictures of pages, with and without what was found drawn on them."""

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from extractors.engines.lettering import lettering
from extractors.pictures import MAX_PIXELS, Mark, Style, annotated_picture, page_picture
from pipeline.errors import UnreadableFileError
from pipeline.model import Box

STYLES = {"cell": Style("cell", "#00aa00", 255), "frame": Style("ram", "#0000cc", 0, 3.0)}


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "sida.pdf"
    page = canvas.Canvas(str(path), pagesize=(200, 100))
    for text in ("ett", "två"):
        page.drawString(20, 50, text)
        page.showPage()
    page.save()
    return path


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_a_page_has_the_size_of_its_points_times_the_resolution(pdf: Path) -> None:
    assert opened(page_picture(pdf, 1, 144)).size == (400, 200)


def test_marks_lie_where_their_boxes_are_and_a_legend_is_added_below(pdf: Path) -> None:
    marks = [Mark(Box(1, 100, 10, 180, 40), "cell"), Mark(Box(2, 0, 60, 50, 90), "cell")]
    picture = opened(annotated_picture(pdf, 1, 72, marks, STYLES))
    assert picture.getpixel((140, 25)) == (0, 170, 0)
    assert picture.getpixel((25, 75)) == (255, 255, 255)  # the mark of the other page
    assert picture.height > 100


def test_the_legend_names_only_styles_in_use(pdf: Path) -> None:
    one = opened(annotated_picture(pdf, 1, 72, [Mark(Box(1, 5, 5, 9, 9), "cell")], STYLES))
    both = [Mark(Box(1, 5, 5, 9, 9), "cell"), Mark(Box(1, 5, 5, 9, 9), "frame", "Tabell 1")]
    two = opened(annotated_picture(pdf, 1, 72, both, STYLES))
    blue = (0, 0, 204)
    below = [(x, y) for x in range(200) for y in range(101, two.height)]
    assert not any(one.getpixel(place) == blue for place in below if place[1] < one.height)
    assert any(two.getpixel(place) == blue for place in below)


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_told_with_the_number_of_pages(pdf: Path, page: int) -> None:
    with pytest.raises(UnreadableFileError, match=f"ingen sida {page}: dokumentet har 2 sidor") as caught:
        page_picture(pdf, page, 72)
    assert caught.value.code == "ingen-sida"


def test_a_page_of_enormous_size_gives_a_picture_that_fits_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "stor.pdf"
    page = canvas.Canvas(str(path), pagesize=(14400, 14400))
    page.drawString(0, 0, "x")
    page.save()
    width, height = opened(page_picture(path, 1, 600)).size
    assert width * height <= MAX_PIXELS * 1.01


def test_swedish_letters_have_ink_of_their_own() -> None:
    plain, ring, dots = (lettering(letter, 40).tobytes() for letter in "aåä")
    assert len({plain, ring, dots}) == 3
    assert lettering("räksmörgås", 20).width > lettering("räka", 20).width
    assert lettering("(a\\b)", 20).getbbox() is not None
    assert lettering(" ", 20).width == 1
