"""Batches on the workers of a Dask cluster, by its scheduler's address; the workers share the file system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flows.errors import WrongCallError
from pipeline.errors import OjError

#: What Dask says when nobody answers; it gives no class of its own for that.
UNREACHABLE = (OSError, TimeoutError)


class ClusterUnreachableError(OjError):
    """No Dask scheduler answers."""

    code = "kluster"


def on_cluster(address: str, task: Any, calls: Sequence[dict[str, Any]]) -> Iterator[Any]:
    """Call a Prefect task once for each set of parameters, all at the same time; results come in their order.

    Args:
        address: of the Dask scheduler (``tcp://host:8786``). Its workers must be allowed to start processes
            (``distributed.worker.daemon: false``), since files are read in processes of their own.

    Raises:
        WrongCallError: prefect-dask is not installed. ClusterUnreachableError: no scheduler answers.
    """
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise WrongCallError(
            "Körning på ett kluster behöver paketet prefect-dask: installera öj med tillvalet cluster."
        ) from error
    with DaskTaskRunner(address=address) as runner:
        try:
            futures = [runner.submit(task, parameters) for parameters in calls]
        except UNREACHABLE as error:
            raise ClusterUnreachableError(
                f"Dask-schemaläggaren på {address} svarar inte: starta den eller rätta adressen."
            ) from error
        for future in futures:
            yield future.result()
