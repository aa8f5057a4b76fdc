"""All claims of one document, sentence by sentence in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.claims.context import Context, Tables
from pipeline.claims.coverage import Coverage, uncovered
from pipeline.claims.decide import decide
from pipeline.claims.lexicon import load_lexicon
from pipeline.claims.mentions import Annotated
from pipeline.claims.names import NameReader
from pipeline.claims.nlp import pipeline_for
from pipeline.claims.rows import Draft, draft, to_claims
from pipeline.claims.sentence import read_sentence
from pipeline.claims.structure import annotate
from pipeline.claims.view import known_units, views
from pipeline.model import Block, Claim, ReadDocument, Sentence

if TYPE_CHECKING:
    from pipeline.reference import Registers

_LOCATION = {"heading": "heading", "list_item": "list", "footnote": "footnote"}


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """What was read from a document's text."""

    claims: tuple[Claim, ...]
    coverage: Coverage


class DocumentReader:
    """Reads one document; holds its tables, names and the running context."""

    def __init__(self, document: ReadDocument, registers: Registers) -> None:
        self._document = document
        self._views = views(document, registers)
        self._tables = Tables(document, self._views)
        self._nlp = pipeline_for(registers)
        self._names = NameReader(registers, known_units(document), load_lexicon(), document)
        self._heading: Block | None = None

    def read(self) -> ClaimReading:
        """Every claim of the document's text with its verdict, and what was covered."""
        drafts: list[Draft] = []
        lacking: list[tuple[int, str, str]] = []
        telling = 0
        context, block_at = Context(), -1
        for sentence in self._document.sentences:
            block = self._document.blocks[sentence.block]
            if block.kind in ("running", "caption"):
                continue
            if sentence.block != block_at:
                context, block_at = self._fresh(block), sentence.block
            note = annotate(sentence.text, self._nlp, self._names)
            made = self._sentence(sentence, block, note, context)
            drafts.extend(made)
            telling += bool(note.figures or note.names or note.groups)
            lacking += [(sentence.page, sentence.text, figure) for figure in uncovered(note, made)]
        claims = to_claims(self._document, drafts)
        coverage = Coverage(
            sentences=len(self._document.sentences),
            with_figures_or_names=telling,
            claims=len(claims),
            bound=sum(claim.table_id is not None for claim in claims),
            decided=sum(claim.verdict != "undecidable" for claim in claims),
            uncovered_figures=tuple(lacking),
        )
        return ClaimReading(claims, coverage)

    def _fresh(self, block: Block) -> Context:
        """The context of a new paragraph: tables near it, and those its heading names."""
        if block.kind == "heading":
            self._heading = block
        title = self._heading.text if self._heading is not None else None
        named = self._tables.named(title) if title else ()
        return Context(explicit=named, near=self._tables.around(block, title))

    def _sentence(self, sentence: Sentence, block: Block, note: Annotated, context: Context) -> list[Draft]:
        named = self._tables.named(note.text)
        if named:
            context.explicit = named
        location = _LOCATION.get(block.kind, "text")
        return [
            draft(sentence, location, one, decide(one)) for one in read_sentence(note, self._tables, context)
        ]
