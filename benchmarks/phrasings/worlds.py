"""The small documents under data/ and the phrasings that are set into them, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from extractors.read import read_pdf
from pipeline.model import Block, PdfDocument, Sentence
from tests.samples import parse_sample, render

DATA = Path(__file__).parent / "data"
#: ``<true|false|also false>`` in a phrasing; an empty alternative stands for the first.
_SLOT = re.compile(r"<([^<>]*)>")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way of saying something: its true version and at least one false one.

    Attributes:
        at: label of the table it is set under; None in a document without tables.
    """

    kind: str
    at: str | None
    true: str
    false: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SmallWorld:
    """A document as read from its PDF, and its phrasings."""

    name: str
    pdf: PdfDocument
    phrasings: tuple[Phrasing, ...]


def worlds(folder: Path) -> Iterator[SmallWorld]:
    """Every document under data/, by name, set as a PDF in ``folder`` and read from its first byte."""
    for path in sorted(DATA.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        sample = parse_sample(path.stem, data)
        made = folder / f"{path.stem}.pdf"
        made.write_bytes(render(sample.document, sample.style))
        said = tuple(_phrasing(group, text) for group in data["phrasings"] for text in group["says"])
        yield SmallWorld(path.stem, read_pdf(made, file_name=made.name), said)


def _phrasing(group: Mapping[str, Any], text: str) -> Phrasing:
    many = max((len(slot.split("|")) for slot in _SLOT.findall(text)), default=1)
    versions = [_version(text, at) for at in range(many)]
    return Phrasing(group["kind"], group["at"], versions[0], tuple(versions[1:]))


def _version(text: str, at: int) -> str:
    def chosen(slot: re.Match[str]) -> str:
        words = slot[1].split("|")
        return words[at] if at < len(words) and (words[at] or len(words) == 2) else words[0]

    said = re.sub(r"\s+", " ", _SLOT.sub(chosen, text)).strip()
    return said[:1].upper() + said[1:]


def told_together(world: SmallWorld) -> PdfDocument:
    """The document with the true version of every phrasing as a paragraph of its own under its table.

    Those that only tempt (no false version) are left out: they assert nothing that a table denies.
    """
    pdf = world.pdf
    for one in reversed(world.phrasings):
        pdf = with_paragraph(pdf, one.at, one.true) if one.false else pdf
    return pdf


def with_paragraph(pdf: PdfDocument, at: str | None, text: str) -> PdfDocument:
    """The document with one more paragraph: under the table with that label, else at its end.

    Raises:
        KeyError: no table has the label.
    """
    index = -1
    if at is not None:
        index = next((one.index for one in pdf.tables if (one.label or "").startswith(at)), -1)
        if index < 0:
            raise KeyError(at)
    last = [place for place, block in enumerate(pdf.blocks) if block.before_table <= max(index, 0)]
    place = last[-1] + 1 if at is not None else len(pdf.blocks)
    boxes = pdf.tables[index].boxes[-1:] if at is not None else pdf.blocks[-1].boxes
    made = Block("paragraph", text, boxes, before_table=index + 1)
    blocks = (*pdf.blocks[:place], made, *pdf.blocks[place:])
    before = [one for one in pdf.sentences if one.block < place]
    after = [replace(one, block=one.block + 1) for one in pdf.sentences if one.block >= place]
    new = [Sentence(part, 0, place, boxes) for part in _SENTENCE.split(text)]
    line = tuple(replace(one, order=order) for order, one in enumerate([*before, *new, *after]))
    return replace(pdf, blocks=blocks, sentences=line)
