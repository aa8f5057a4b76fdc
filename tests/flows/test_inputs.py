"""The inbox: every file counts, copies are told, companions are left out."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import WrongCallError
from flows.inputs import InputFile, list_inputs, mark_copies
from pipeline.errors import NothingToPublishError


def test_every_file_is_listed_by_name_whatever_it_is(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.docx", "sub/c.PDF", ".hidden.pdf", ".cache/d.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    assert [file.name for file in list_inputs(tmp_path)] == ["a.docx", "b.pdf", "sub/c.PDF"]


def test_the_manifest_and_its_companions_are_no_documents_but_only_in_the_inbox_itself(
    tmp_path: Path,
) -> None:
    for name in ("manifest.csv", "README.md", "a.pdf", "sub/manifest.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    assert [file.name for file in list_inputs(tmp_path)] == ["a.pdf", "sub/manifest.csv"]


def test_a_dataset_inside_the_inbox_is_left_out(tmp_path: Path) -> None:
    for name in ("a.pdf", "out/report.html", "out.state/ledger.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    files = list_inputs(tmp_path, leave_out=(tmp_path / "out", tmp_path / "out.state"))
    assert [file.name for file in files] == ["a.pdf"]


def test_copies_are_numbered_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("c.pdf", "a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4 same")
    files = list_inputs(tmp_path)
    assert [(file.name, file.copy, file.original) for file in files] == [
        ("a.pdf", 1, None),
        ("b.pdf", 2, "a.pdf"),
        ("c.pdf", 3, "a.pdf"),
    ]


def test_a_file_that_cannot_be_opened_is_listed_with_its_trouble(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "bruten.pdf").symlink_to(tmp_path / "borta.pdf")
    broken = list_inputs(tmp_path)[1]
    assert (broken.name, broken.sha256, broken.copy) == ("bruten.pdf", None, 1)
    assert broken.trouble is not None
    assert "finns inte" in broken.trouble


def test_a_name_that_is_no_text_is_spelt_out(tmp_path: Path) -> None:
    strange = os.fsencode(tmp_path) + b"/rapport\xff.pdf"
    Path(os.fsdecode(strange)).write_bytes(b"%PDF-1.4")
    (file,) = list_inputs(tmp_path)
    assert file.name == "rapport\\xff.pdf"
    assert file.sha256 is not None


def test_a_pdf_is_known_by_content_when_not_by_name(tmp_path: Path) -> None:
    (tmp_path / "rapport").write_bytes(b"\n%PDF-1.7 ...")
    assert [file.name for file in list_inputs(tmp_path)] == ["rapport"]


def test_a_folder_without_pdfs_is_nothing_to_publish(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hej")
    with pytest.raises(NothingToPublishError, match="inga PDF-filer"):
        list_inputs(tmp_path)


def test_a_folder_that_is_not_there_or_no_folder_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(WrongCallError, match="finns inte"):
        list_inputs(tmp_path / "borta")
    (tmp_path / "fil.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(WrongCallError, match="är en fil"):
        list_inputs(tmp_path / "fil.pdf")


@given(st.lists(st.sampled_from(["x", "y", "z", None]), max_size=12))
def test_of_equal_bytes_exactly_one_is_the_original(contents: list[str | None]) -> None:
    files = [InputFile(Path(str(n)), f"{n:02}", sha, 1) for n, sha in enumerate(contents)]
    marked = mark_copies(files)
    for sha in {"x", "y", "z"} & {sha for sha in contents if sha}:
        group = [file for file in marked if file.sha256 == sha]
        assert [file.copy for file in group] == list(range(1, len(group) + 1))
        assert [file.original for file in group] == [None] + [group[0].name] * (len(group) - 1)
    assert all(file.copy == 1 and file.original is None for file in marked if file.sha256 is None)
