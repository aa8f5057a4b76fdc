"""run.json, the commit point of a published dataset, and whether its files are the ones it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.dataset.files import sha256_of
from pipeline.dataset.schemas import SCHEMA_VERSION

RUN_FILE = "run.json"
#: How the names of files end that hold the tables.
TABLE_FILES = (".parquet", ".duckdb", "unmatched.csv")


def read_run(out: Path) -> dict[str, Any] | None:
    """The content of OUT/run.json; None when it is absent or no JSON object."""
    try:
        content = json.loads((out / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and isinstance(content.get("outputs"), dict) else None


def run_bytes(content: Mapping[str, Any]) -> bytes:
    """run.json as it is written: indented, keys in the given order, UTF-8."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def verify(out: Path, *, tables_only: bool = False) -> tuple[str, ...]:
    """What is wrong with the dataset in OUT, as Swedish sentences; empty when it is whole.

    Reads every published file once to compare its sha256 with run.json.

    Args:
        tables_only: only the files that hold the tables (Parquet, the database, unmatched.csv): pages and
            pictures made of them are many, and nothing that is computed depends on them.
    """
    run = read_run(out)
    if run is None:
        if (out / RUN_FILE).exists():
            return (f"{out / RUN_FILE} går inte att läsa: kör oj run, så skrivs datamängden på nytt.",)
        return (f"Det finns ingen färdig datamängd i {out}: filen {RUN_FILE} saknas. Kör oj run.",)
    wrong = version_complaints(out, run)
    for name, facts in sorted(run["outputs"].items()):
        if tables_only and not name.endswith(TABLE_FILES):
            continue
        try:
            found = sha256_of(out / name)
        except OSError:
            wrong.append(f"Filen {name} saknas eller går inte att läsa: kör oj run, så görs den på nytt.")
            continue
        if found != facts.get("sha256"):
            wrong.append(
                f"Filen {name} stämmer inte med {RUN_FILE} (avbruten körning eller ändrad fil): "
                "kör oj run, så lagas den."
            )
    return tuple(wrong)


def is_current(out: Path, state: str) -> bool:
    """Whether OUT holds a whole dataset that was made of just this (see ``RunFacts.state``).

    Then nothing has to be published again.
    """
    run = read_run(out)
    return run is not None and run.get("state") == state and not verify(out)


def version_complaints(out: Path, run: Mapping[str, Any]) -> list[str]:
    """A sentence when the dataset was written for another major version of the schema, else nothing."""
    version = str(run.get("schema_version", "?"))
    if version.split(".")[0] == SCHEMA_VERSION.split(".")[0]:
        return []
    return [
        f"Datasetet i {out} har schemaversion {version}, men programmet läser version {SCHEMA_VERSION}: "
        "kör oj run med den här versionen, så skrivs det om."
    ]
