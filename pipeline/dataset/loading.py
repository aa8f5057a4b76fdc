"""Reading a published dataset back, after a check that it is whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset import runfile
from pipeline.dataset.schemas import schemas
from pipeline.errors import OutputError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Listing:
    """The first items of a list and how many there are in all."""

    items: Sequence[Any]
    total: int

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.total - len(self.items)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A published dataset: its run facts, and its tables when asked for.

    Attributes:
        out: the output folder.
        run: content of run.json.
    """

    out: Path
    run: Mapping[str, Any]

    def path(self, table: str) -> Path:
        """The Parquet file of a published table (``observations`` …)."""
        return self.out / schemas()[table].file_name

    def arrow(self, table: str, *, columns: Sequence[str] | None = None, where: Any = None) -> pa.Table:
        """A table, or some of its columns and rows, as Arrow.

        Args:
            columns: names to read; None for all.
            where: a filter in pyarrow's form (``[("table_id", "in", ids)]`` or an expression); None for all.

        Raises:
            OutputError: the file cannot be read.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return pq.read_table(
                self.path(table), columns=None if columns is None else list(columns), filters=where
            )
        except (OSError, pa.ArrowInvalid) as error:
            raise self._unreadable(table) from error

    def frame(self, table: str, *, columns: Sequence[str] | None = None, where: Any = None) -> pd.DataFrame:
        """A table as a pandas frame with Arrow types (nullable integers, dates, lists)."""
        import pandas as pd

        frame: pd.DataFrame = self.arrow(table, columns=columns, where=where).to_pandas(
            types_mapper=pd.ArrowDtype
        )
        return frame

    def among(
        self, table: str, key: str, wanted: Collection[str], documents: Collection[str] | None = None
    ) -> list[dict[str, Any]]:
        """Rows of a table whose key is wanted, as dictionaries; reads nothing when none is.

        Goes through the file one row group at a time, so that memory stays flat over a large dataset.

        Args:
            documents: the document_ids that the rows are of, where known; other row groups are passed over.

        Raises:
            OutputError: the file cannot be read.
        """
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        if not wanted:
            return []
        values = pa.array(sorted(wanted), pa.string())
        found: list[dict[str, Any]] = []
        try:
            with pq.ParquetFile(self.path(table)) as file:
                for number in range(file.num_row_groups):
                    if documents is None or _may_hold(file, number, documents):
                        group = file.read_row_group(number)
                        found += group.filter(pc.is_in(group[key], values)).to_pylist()
        except (OSError, pa.ArrowInvalid) as error:
            raise self._unreadable(table) from error
        return found

    def _unreadable(self, table: str) -> OutputError:
        """The error for a published file that cannot be read."""
        return OutputError(f"Filen {self.path(table)} går inte att läsa: kör oj run, så görs den på nytt.")


def _may_hold(file: Any, number: int, documents: Collection[str]) -> bool:
    """Whether a row group can hold rows of these documents, by its smallest and largest document_id."""
    leaves = [file.schema.column(leaf).path for leaf in range(len(file.schema))]
    bounds = file.metadata.row_group(number).column(leaves.index("document_id")).statistics
    return bounds is None or any(bounds.min <= document <= bounds.max for document in documents)


def load(out: Path, *, check: bool = True) -> Dataset:
    """Open the dataset in OUT.

    Args:
        check: compare the files of its tables with run.json first (reads each once).

    Raises:
        OutputError: there is none (code ``inget-dataset``), it is of another schema version
            (``annan-version``) or its files do not match run.json (``ofullstandigt``);
            the sentence says what to do.
    """
    run = runfile.read_run(out)
    if run is None:
        raise OutputError(runfile.verify(out)[0], code="inget-dataset")
    versions = runfile.version_complaints(out, run)
    if versions:
        raise OutputError(versions[0], code="annan-version")
    wrong = runfile.verify(out, tables_only=True) if check else ()
    if wrong:
        raise OutputError(" ".join(wrong[:3]), code="ofullstandigt")
    return Dataset(out, run)
