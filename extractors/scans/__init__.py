"""Scanned pages: told apart, straightened, their lines found, their words read.

:func:`why_scan` says whether a page must be read from its picture; :func:`read_scan` does it;
:func:`settle_numbers` reads the figures of its tables twice and marks where the readings differ.
"""

from extractors.scans.detect import why_scan
from extractors.scans.numbers import settle_numbers
from extractors.scans.reading import Scan, picture_dpi, read_scan
from extractors.scans.sideways import read_sideways

__all__ = ["Scan", "picture_dpi", "read_scan", "read_sideways", "settle_numbers", "why_scan"]
