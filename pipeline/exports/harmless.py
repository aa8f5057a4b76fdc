"""Text from a PDF that a spreadsheet would take for a formula, made harmless (OWASP: CSV injection)."""

from __future__ import annotations

import re

#: Signs that begin a formula, also in their full-width forms; a tab or line end may hide one.
STARTS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
#: A lone sign or a signed number computes nothing: ``-`` is a common mark for "none" and stays as printed.
PLAIN = r"[+\-]?[0-9 .,%\u00a0\u202f]*"
#: The same rule for DuckDB (RE2), with the apostrophe that makes a spreadsheet take the rest as text.
SQL_FORMULA = f"^[{STARTS}]"
SQL_PLAIN = r"^[+\-]?[0-9 .,%\x{00a0}\x{202f}]*$"

_FORMULA = re.compile(f"[{STARTS}]")
_PLAIN = re.compile(PLAIN)


def harmless(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet would take it for a formula."""
    if _FORMULA.match(text) and not _PLAIN.fullmatch(text):
        return f"'{text}"
    return text


def harmless_sql(column: str) -> str:
    """The same as an SQL expression over a text column (given quoted)."""
    formula, plain = SQL_FORMULA.replace("'", "''"), SQL_PLAIN
    return (
        f"CASE WHEN regexp_matches({column}, '{formula}') AND NOT regexp_matches({column}, '{plain}') "
        f"THEN '''' || {column} ELSE {column} END"
    )
