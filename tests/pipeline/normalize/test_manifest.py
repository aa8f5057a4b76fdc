"""The inbox's manifest: optional columns, and a clear sentence for what is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import OjError
from pipeline.normalize import read_manifest


def written(folder: Path, text: str) -> Path:
    path = folder / "manifest.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_by_file(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "file,title,published,year,area\na.pdf,Titel,2021-04-08,2020,lss; hemlöshet\n\nmapp\\b.pdf,,,,\n",
    )
    rows = read_manifest(path)
    assert list(rows) == ["a.pdf", "mapp/b.pdf"]
    assert (rows["a.pdf"].published, rows["a.pdf"].year) == (dt.date(2021, 4, 8), 2020)
    assert rows["a.pdf"].areas == ("lss", "hemlöshet")
    assert (rows["mapp/b.pdf"].title, rows["mapp/b.pdf"].areas) == (None, ())


def test_no_manifest_is_an_empty_one(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "manifest.csv") == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("file,published\na.pdf,8 april 2021\n", "rad 2: datumet ”8 april 2021”"),
        ("file,year\na.pdf,i fjol\n", "rad 2: årgången ”i fjol”"),
        ("file,år\na.pdf,2020\n", "okända kolumner (år)"),
        ("file\na.pdf,mer\n", "fler fält än rubriker"),
        ("title\nTitel\n", "saknar kolumnen file"),
        ("file,title\n,Titel\n", "rad 2: kolumnen file är tom"),
        ("file\na.pdf\na.pdf\n", "rad 3: filen ”a.pdf” står två gånger"),
    ],
)
def test_a_bad_row_is_a_clear_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(OjError, match=r"manifest\.csv") as caught:
        read_manifest(written(tmp_path, text))
    assert told in caught.value.message
    assert caught.value.code == "manifest"


def test_a_manifest_that_is_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_bytes("file,title\na.pdf,Årsbok\n".encode("latin-1"))
    with pytest.raises(OjError, match="UTF-8"):
        read_manifest(path)
