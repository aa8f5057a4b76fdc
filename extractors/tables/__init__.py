"""Tables of a page and tables joined over pages.

:func:`find_page_tables` reads one page's geometry; :func:`join_tables` makes continued tables one.
"""

from extractors.tables.find import find_page_tables
from extractors.tables.hyphens import join_broken, join_lines
from extractors.tables.join import join_tables
from extractors.tables.leftover import open_at_end
from extractors.tables.model import Gap, Joined, PageSource, PageTable

__all__ = [
    "Gap",
    "Joined",
    "PageSource",
    "PageTable",
    "find_page_tables",
    "join_broken",
    "join_lines",
    "join_tables",
    "open_at_end",
]
