"""uncovered.csv: the figures in running text that no claim covers, with document and page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.dataset.unmatched import harmless

UNCOVERED_FILE = "uncovered.csv"
COLUMNS = ("document_id", "file_name", "page", "figure", "sentence")


@dataclass(frozen=True, slots=True)
class UncoveredRows:
    """The uncovered figures of one document: 1-based page, sentence, figure as printed, in reading order."""

    rows: tuple[tuple[int, str, str], ...]


def uncovered_csv(found: Iterable[tuple[str, str, UncoveredRows]]) -> bytes:
    """One line per figure, by document and place.

    Args:
        found: document_id, file_name and the figures of each document.

    Returns:
        The file's bytes (UTF-8, comma, RFC 4180).
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for document_id, file_name, figures in found:
        for page, sentence, figure in figures.rows:
            writer.writerow(map(harmless, (document_id, file_name, str(page), figure, sentence)))
    return text.getvalue().encode("utf-8")
