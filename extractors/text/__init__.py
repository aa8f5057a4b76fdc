"""Running text: lines, reading order, paragraphs, headings, captions, notes and sentences.

:func:`page_flow` reads one page; :func:`assemble` puts a document's pages together.
"""

from extractors.text.assemble import Assembled, assemble
from extractors.text.page import PageFlow, page_flow

__all__ = ["Assembled", "PageFlow", "assemble", "page_flow"]
