"""pdfium's functions that are called for every character, object and segment, without ctypes' wrapping.

Converting each argument by a declared type costs more than most of these calls' own work. Functions
without declared types take plain integers for ``int`` and, for every address, an object that ctypes passes on
as it is: a :class:`Handle`, or what ``byref`` gives. A plain integer is never an address here.
"""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as raw


class Handle(ctypes.c_void_p):
    """Something of pdfium's that it gives and takes by its address; false when there is none."""


class Calls(NamedTuple):
    """The functions by what they tell."""

    # of a text page and the index of a character
    code: Any
    box: Any
    text_object: Any
    size: Any
    matrix: Any
    # of a page or form and the index of an object (and how many a form has)
    page_object: Any
    form_object: Any
    form_objects: Any
    # of an object
    kind: Any
    place: Any
    font: Any
    mode: Any
    draw_mode: Any
    pen: Any
    fill: Any
    stroke: Any
    segments: Any
    segment: Any
    # of a segment
    segment_kind: Any
    point: Any
    closes: Any


@lru_cache(maxsize=1)
def quick_calls() -> Calls:
    """All of them, made once a process."""

    def plain(function: Any, gives: Any) -> Any:
        return ctypes.PYFUNCTYPE(gives)(ctypes.cast(function, ctypes.c_void_p).value or 0)

    yes_or_no = ctypes.c_int
    return Calls(
        code=plain(raw.FPDFText_GetUnicode, ctypes.c_uint),
        box=plain(raw.FPDFText_GetLooseCharBox, yes_or_no),
        text_object=plain(raw.FPDFText_GetTextObject, ctypes.c_ssize_t),
        size=plain(raw.FPDFText_GetFontSize, ctypes.c_double),
        matrix=plain(raw.FPDFText_GetMatrix, yes_or_no),
        page_object=plain(raw.FPDFPage_GetObject, Handle),
        form_object=plain(raw.FPDFFormObj_GetObject, Handle),
        form_objects=plain(raw.FPDFFormObj_CountObjects, ctypes.c_int),
        kind=plain(raw.FPDFPageObj_GetType, ctypes.c_int),
        place=plain(raw.FPDFPageObj_GetMatrix, yes_or_no),
        font=plain(raw.FPDFTextObj_GetFont, Handle),
        mode=plain(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int),
        draw_mode=plain(raw.FPDFPath_GetDrawMode, yes_or_no),
        pen=plain(raw.FPDFPageObj_GetStrokeWidth, yes_or_no),
        fill=plain(raw.FPDFPageObj_GetFillColor, yes_or_no),
        stroke=plain(raw.FPDFPageObj_GetStrokeColor, yes_or_no),
        segments=plain(raw.FPDFPath_CountSegments, ctypes.c_int),
        segment=plain(raw.FPDFPath_GetPathSegment, Handle),
        segment_kind=plain(raw.FPDFPathSegment_GetType, ctypes.c_int),
        point=plain(raw.FPDFPathSegment_GetPoint, yes_or_no),
        closes=plain(raw.FPDFPathSegment_GetClose, yes_or_no),
    )
