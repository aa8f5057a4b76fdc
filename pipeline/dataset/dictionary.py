"""docs/dataset.md: what every column of the published dataset holds, made from the declarations."""

from __future__ import annotations

from pipeline.dataset.schemas import SCHEMA_VERSION, Column, TableSchema, codes, schemas

INTRODUCTION = """# The published dataset

Made from `pipeline/dataset/data/*.csv` by `pipeline.dataset.dictionary.dataset_page()`; a test keeps the two
alike. Change a description there, then write this page anew:
`python -c "from pipeline.dataset import dictionary as d; print(d.dataset_page(), end='')" > docs/dataset.md`

A run writes into the output folder (`normalized/` by default): the Parquet files below, `uncovered.csv`
(figures in the text that no claim covers, with document, page and sentence), `unmatched.csv`
(labels that no register row knows, with a row ready to paste), `datapackage.json` (these descriptions for
programs), `report.html` (a page in Swedish to read), the files for analysts ([analysts.md](analysts.md); not
with `--no-exports`) and, last, `run.json`. A dataset is whole when every file has the sha256 that it names;
`pipeline.dataset.verify(out)` says in Swedish what does not match, `pipeline.dataset.load(out)` refuses what
is not whole, and the next run repairs it.

Types: `string`; `json` (a JSON object as text); `int` (32 bits, nullable); `float`; `bool`; `date`;
`timestamp` (UTC); `strings` (list of strings, never null); `boxes` (list of structs page, x0, top, x1,
bottom). Pages count from 1; lengths are PDF points from the page's top left corner, to a hundredth.

Equal inputs, registers, decisions and versions give byte-identical Parquet files. Rows stand in the order of
document_id, and within a document in reading order (flags by page, check and id).

Of the files for analysts, CSV, `oj.xlsx`, `datapackage.json` and the site are byte-identical as well, but for
the time of the run on `site/index.html`; the catalogue names checksums and the day of the run. `oj.duckdb` is
not: DuckDB gives every file a random identifier and leaves unused bytes of compressed columns as they stood
in memory, and no setting of it prevents that. What is guaranteed there: equal datasets give the same tables,
columns, types, comments and views, and the same rows in the same order; a test compares all of it. A run
takes over the `oj.duckdb` that is there while its tables are unchanged, so its bytes and its checksum in
`run.json` change only when they must. It has the file format of DuckDB 1.2, which all later releases read.
"""


def dataset_page() -> str:
    """The whole page as Markdown."""
    tables = "\n".join(_table(schema) for schema in schemas().values())
    lists = sorted({c.values for schema in schemas().values() for c in schema.columns if c.values})
    return f"{INTRODUCTION}\nSchema version {SCHEMA_VERSION}.\n\n{tables}\n## Codes\n\n" + "\n".join(
        _codes(name) for name in lists
    )


def _table(schema: TableSchema) -> str:
    """One table as a heading, a sentence and a Markdown table of columns."""
    lines = "\n".join(_column(column) for column in schema.columns)
    key = ", ".join(f"`{name}`" for name in schema.key)
    return (
        f"## {schema.file_name}\n\n{schema.en} *{schema.sv}* Key: {key}.\n\n"
        f"| column | type | null | holds | på svenska |\n|---|---|---|---|---|\n{lines}\n"
    )


def _column(column: Column) -> str:
    """One line of the column table."""
    more = []
    if column.values:
        more.append(f"one of [{column.values}](#{column.values})")
    if column.references:
        more.append(f"→ `{column.references}`")
    told = f"{column.en} {'; '.join(more)}".strip()
    null = "yes" if column.nullable else "no"
    return f"| `{column.name}` | {column.type} | {null} | {told} | {column.sv} |"


def _codes(name: str) -> str:
    """One list of allowed values."""
    lines = "\n".join(f"| `{code.value}` | {code.en} | {code.sv} |" for code in codes()[name])
    return f"### {name}\n\n| code | meaning | på svenska |\n|---|---|---|\n{lines}\n"
