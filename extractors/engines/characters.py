"""A page's characters out of pdfium: what, where, and in which style, each asked for all of them at once."""

from __future__ import annotations

import ctypes
from collections import deque
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as raw

from extractors.engines.calls import quick_calls
from extractors.engines.pagespace import PageSpace
from extractors.engines.styles import Fonts, styles_of
from extractors.glyphs import GlyphColumns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: pdfium marks a hyphen that it takes for a line-break hyphen with one of these.
HYPHEN_CODES = (0x02, 0xFFFE)
#: Codes up to the space, and the no-break space, part words.
SPACE, NO_BREAK_SPACE = 0x20, 0xA0
LINE_ENDS = (0x0A, 0x0D)
#: Halves of a character, and what pdfium's text of a page has where a character has no code.
SURROGATES, UNTOLD = (0xD800, 0xDFFF), 0xFFFE
#: First and last codes of scripts from right to left, and the marks that turn a text that way.
LEFTWARDS = (
    *((0x0590, 0x08FF), (0x200F, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)),
    *((0xFB1D, 0xFDFF), (0xFE70, 0xFEFF), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF)),
)
#: Codes from here on are no characters.
BEYOND_UNICODE, REPLACEMENT = 0x110000, 0xFFFD
#: Boxes that are asked for at a time.
CHUNK = 4096


def read_glyphs(text_page: Any, space: PageSpace, fonts: Fonts, *, leftwards: bool) -> GlyphColumns:
    """All glyphs of a pdfium text page, in the order of the content stream.

    pdfium's own line ends may stand within a word (text that is set letter by letter): they are no breaks,
    whether the line ends there the boxes tell.

    Args:
        leftwards: whether the document says that it is read from right to left.
    """
    import numpy as np

    page = ctypes.byref(text_page.contents)
    count = max(raw.FPDFText_CountChars(text_page), 0)
    codes = _codes(text_page, page, count)
    hyphens = (codes == HYPHEN_CODES[0]) | (codes == HYPHEN_CODES[1])
    shown = ((codes > SPACE) & (codes != NO_BREAK_SPACE)) | hyphens
    line_ends = ((codes == LINE_ENDS[0]) | (codes == LINE_ENDS[1])).nonzero()[0]
    breaks = ~shown
    breaks[line_ends] = _objects(page, line_ends) != 0
    at = shown.nonzero()[0]
    objects = _objects(page, at) if leftwards or _has_leftwards(codes) else _objects_by_words(page, at)
    if not objects.all():  # characters that pdfium has made up itself
        breaks[at[objects == 0]] = True
        at, objects = at[objects != 0], objects[objects != 0]
    seen = np.cumsum(breaks)[at]
    style, styles = styles_of(page, at, objects, space, fonts)
    letters = np.where(hyphens, ord("-"), np.where(codes < BEYOND_UNICODE, codes, REPLACEMENT))[at]
    return GlyphColumns(
        text=letters.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"),
        parted=np.diff(seen, prepend=0) > 0,
        boxes=_boxes(page, at, space),
        style=style,
        styles=styles,
    )


def _codes(text_page: Any, page: Any, count: int) -> NDArray[np.uint32]:
    """The code of every character.

    The page's text has them all in one go, but it leaves out some control characters, parts those beyond
    U+FFFF in two, and has U+FFFE for all that have no code: in such a text they are asked for one by one.
    """
    import numpy as np

    ask = quick_calls().code
    units: Any = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text_page, 0, count, units) == count + 1:
        codes: NDArray[np.uint32] = np.frombuffer(units, np.ushort, count).astype(np.uint32)
        if not ((codes >= SURROGATES[0]) & (codes <= SURROGATES[1])).any():
            for index in (codes == UNTOLD).nonzero()[0].tolist():
                codes[index] = ask(page, index)
            return codes
    return np.fromiter(map(ask, repeat(page), range(count)), np.uint32, count)


def _objects(page: Any, indexes: NDArray[np.intp]) -> NDArray[np.intp]:
    """The addresses of the text objects that characters belong to (0: none)."""
    import numpy as np

    found = map(quick_calls().text_object, repeat(page), indexes.tolist())
    return np.fromiter(found, np.intp, len(indexes))


def _has_leftwards(codes: NDArray[np.uint32]) -> bool:
    """Whether any character may be of a script from right to left (which pdfium sets in its own order)."""
    rare = codes[codes >= LEFTWARDS[0][0]]
    return any(bool(((rare >= first) & (rare <= last)).any()) for first, last in LEFTWARDS)


def _objects_by_words(page: Any, at: NDArray[np.intp]) -> NDArray[np.intp]:
    """The same as :func:`_objects` for characters that pdfium gives from left to right.

    Those of one object follow each other then: where the ends of a word are of one, all between them are.
    """
    import numpy as np

    starts = (np.diff(at, prepend=-2) != 1).nonzero()[0]
    lengths = np.diff(starts, append=len(at))
    first, last = _objects(page, at[starts]), _objects(page, at[starts + lengths - 1])
    objects = np.repeat(first, lengths)
    several = np.repeat(first != last, lengths)
    objects[several] = _objects(page, at[several])
    return objects


@lru_cache(maxsize=1)
def _room() -> tuple[Any, tuple[Any, ...]]:
    """Room for :data:`CHUNK` boxes, and the address of each."""
    boxes = (raw.FS_RECTF * CHUNK)()
    size = ctypes.sizeof(raw.FS_RECTF)
    return boxes, tuple(ctypes.byref(boxes, size * index) for index in range(CHUNK))


def _boxes(page: Any, indexes: NDArray[np.intp], space: PageSpace) -> NDArray[np.float64]:
    """``x0``, ``top``, ``x1`` and ``bottom`` (rows) of characters, in points of the page as shown."""
    import numpy as np

    room, addresses = _room()
    found = np.empty((4, len(indexes)), np.float64)
    for start in range(0, len(indexes), CHUNK):
        chunk = indexes[start : start + CHUNK].tolist()
        deque(map(quick_calls().box, repeat(page), chunk, addresses), maxlen=0)
        read = np.frombuffer(room, np.float32, 4 * len(chunk)).reshape(-1, 4)
        found[:, start : start + CHUNK] = read.T
    left, top, right, bottom = found
    return np.array(space.box(left, bottom, right, top))
