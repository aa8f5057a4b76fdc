"""Sources: documents that are fetched from their publishers' sites, as a register of data says.

Nothing here touches the network until :func:`ingest` is given a fetcher.
"""

from pipeline.sources.errors import (
    ForbiddenAddressError,
    SourceAnswerError,
    SourceError,
    SourceRegisterError,
    SourceUnreachableError,
)
from pipeline.sources.fetching import FetchLimits, SourceFetcher
from pipeline.sources.ingesting import Fetched, ingest
from pipeline.sources.register import Source, SourceRegister, load_sources
from pipeline.sources.store import Memory, Store

__all__ = [
    "FetchLimits",
    "Fetched",
    "ForbiddenAddressError",
    "Memory",
    "Source",
    "SourceAnswerError",
    "SourceError",
    "SourceFetcher",
    "SourceRegister",
    "SourceRegisterError",
    "SourceUnreachableError",
    "Store",
    "ingest",
    "load_sources",
]
