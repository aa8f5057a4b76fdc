"""Characters out of pdfium: the page's text at once gives what asking for each of them gives."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.engines.calls import quick_calls
from extractors.engines.characters import _codes, _has_leftwards, _objects, _objects_by_words

#: What a font may say that a code stands for: halves of characters, controls, nothing, more than one.
MEANINGS = ["D83DDE00", "00410042", "0000", "FFFE", "FFFF", "0002", "0003", "0093", "FB01", "0020", "000D"]
MEANINGS += ["000A", "00AD", "002D", "FFFD", "D83D", "DE00", "05D0", "200F", "E000", "0007", "00660069"]


def page_of(meanings: dict[int, str], shown: bytes, more: str = "") -> bytes:
    """A PDF in a font whose codes stand for what ``meanings`` says (UTF-16 in hexadecimal).

    It shows one line, and ``more`` after it.
    """
    rows = "\n".join(f"<{code:02x}> <{meaning}>" for code, meaning in meanings.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange "
        f"<00> <ff> endcodespacerange {len(meanings)} beginbfchar\n{rows}\nendbfchar endcmap end end"
    ).encode()
    line = b"BT /F 12 Tf 50 700 Td <" + shown.hex().encode() + b"> Tj %s ET" % more.encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(line), line),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(table), table),
    )
    made = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (i, one) for i, one in enumerate(objects, 1))
    return made + b"trailer<</Size 7/Root 1 0 R>>\n%%EOF"


@given(
    st.dictionaries(st.sampled_from(range(0x61, 0x6B)), st.sampled_from(MEANINGS), max_size=6),
    st.lists(st.sampled_from(b"abcdefghij k-"), min_size=1, max_size=12).map(bytes),
)
@settings(max_examples=150, deadline=None)
def test_codes_are_the_same_however_they_are_asked_for(meanings: dict[int, str], shown: bytes) -> None:
    document = pdfium.PdfDocument(page_of(meanings, shown))
    text_page = document[0].get_textpage()
    count = text_page.count_chars()
    page = ctypes.byref(text_page.raw.contents)
    one_by_one = [quick_calls().code(page, index) for index in range(count)]
    assert _codes(text_page.raw, page, count).tolist() == one_by_one
    text_page.close()
    document.close()


@pytest.mark.parametrize(("meaning", "code"), [("00C5", 0xC5), ("0041", 0x41)])
def test_a_code_is_what_the_font_says(meaning: str, code: int) -> None:
    document = pdfium.PdfDocument(page_of({0x61: meaning}, b"xax"))
    text_page = document[0].get_textpage()
    codes = _codes(text_page.raw, ctypes.byref(text_page.raw.contents), text_page.count_chars())
    assert codes.tolist() == [0x78, code, 0x78]
    text_page.close()
    document.close()


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "bc", "d e", "f.", "\u05d0", "1"]), st.sampled_from([0, 4, 30])),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=100, deadline=None)
def test_the_objects_of_words_are_those_of_their_characters(pieces: list[tuple[str, int]]) -> None:
    meanings = {ord("z"): "05D0"}
    parts = [f"{gap} 0 Td ({text.replace(chr(0x5D0), 'z')}) Tj" for text, gap in pieces]
    document = pdfium.PdfDocument(page_of(meanings, b"x", " ".join(parts)))
    text_page = document[0].get_textpage()
    page, count = ctypes.byref(text_page.raw.contents), text_page.count_chars()
    codes = _codes(text_page.raw, page, count)
    at = (codes > 0x20).nonzero()[0]
    assert _has_leftwards(codes) == (0x5D0 in codes.tolist())
    if not _has_leftwards(codes):
        assert _objects_by_words(page, at).tolist() == _objects(page, at).tolist()
    text_page.close()
    document.close()
