"""Streams that open to far more than they are: told before any library opens them, and none but those."""

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.streams import MIB, refuse_bombs
from pipeline.errors import UnreadableFileError
from tests.extractors.bad_pdfs import bomb, filters, pdf, simple, stream


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def one_stream(path: Path, data: bytes, entries: bytes) -> Path:
    return write(path, pdf(simple(content=stream(data, entries))))


@pytest.mark.parametrize(
    "entries", [filters(2), b"/Filter [ /Fl /Fl ]", b"/Filter[/FlateDecode/Fl/LZWDecode]"]
)
def test_a_bomb_is_refused_with_its_code_and_size(entries: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="packas upp till mer än 64 MB") as told:
        refuse_bombs(one_stream(tmp_path / "a.pdf", bomb(2), entries), 64 * MIB)
    assert told.value.code == "packbomb"


def test_a_bomb_is_found_behind_other_streams_and_without_an_end(tmp_path: Path) -> None:
    objects = simple() | {number: stream(b"x" * 50) for number in range(6, 30)}
    objects[30] = stream(bomb(3), filters(3))
    cut = pdf(objects)
    for data in (cut, cut[: cut.rfind(b"endstream")]):
        with pytest.raises(UnreadableFileError):
            refuse_bombs(write(tmp_path / "a.pdf", data), 64 * MIB)


@pytest.mark.parametrize(
    "entries",
    [
        filters(1) + b"/Type/XObject/Subtype/Image/Width 9",  # read row by row
        filters(1) + b"/Type/EmbeddedFile",  # never opened
        b"/Filter/ASCIIHexDecode",
        b"",
    ],
)
def test_what_no_library_opens_whole_is_let_by(entries: bytes, tmp_path: Path) -> None:
    refuse_bombs(one_stream(tmp_path / "a.pdf", bomb(1, 128), entries), 64 * MIB)


def test_damaged_streams_are_left_to_those_who_read_them(tmp_path: Path) -> None:
    refuse_bombs(one_stream(tmp_path / "a.pdf", b"no deflation at all" * 9000, filters(2)), MIB)


@given(st.integers(0, 3 * MIB), st.integers(1, 3))
def test_the_line_is_drawn_at_the_size_itself(
    tmp_path_factory: pytest.TempPathFactory, size: int, levels: int
) -> None:
    data = bytes(size)
    for _ in range(levels):
        data = zlib.compress(data)
    path = one_stream(tmp_path_factory.mktemp("x") / "a.pdf", data, filters(levels))
    if size > 2 * MIB:
        with pytest.raises(UnreadableFileError):
            refuse_bombs(path, 2 * MIB)
    else:
        refuse_bombs(path, 2 * MIB)
