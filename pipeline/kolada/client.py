"""The questions that are put to Kolada's API version 3: figures of KPIs for years, and titles of KPIs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import Self, TypeVar

from pipeline.kolada.address import PUBLIC_API, api_address, following_address
from pipeline.kolada.errors import KoladaAnswerError
from pipeline.kolada.fetching import NOT_FOUND, Fetcher, Limits
from pipeline.kolada.pace import Timekeeper
from pipeline.kolada.shapes import KoladaValue, Page, read_page, read_titles

Item = TypeVar("Item")
#: Told after each page: questions done, questions in all, figures so far.
Progress = Callable[[int, int, int], None]


class KoladaClient:
    """Asks one host that speaks Kolada's API version 3; a context manager that holds its connections.

    Args:
        base: address of the API with its version (``https://…/v3``), or of a host.
        limits: ids and calls per second, tries, sizes.
        time_: clock and sleep, replaced by tests.

    Raises:
        KoladaAddressError: ``base`` is no address.
    """

    def __init__(
        self, base: str = PUBLIC_API, *, limits: Limits | None = None, time_: Timekeeper | None = None
    ) -> None:
        self.base = api_address(base)
        self._limits = limits or Limits()
        self._fetcher = Fetcher(self.base, self._limits, time_ or Timekeeper())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._fetcher.__exit__(kind, error, trace)

    def figures(
        self, kpis: Iterable[str], years: Iterable[int], tell: Progress | None = None
    ) -> tuple[KoladaValue, ...]:
        """Every figure of the KPIs in the years, for all units, deleted ones left out.

        Asks ``/data/kpi/{ids}/year/{years}`` and follows ``next_url``. What was not asked for is left out.

        Raises:
            KoladaUnreachableError, KoladaAnswerError: see :meth:`Fetcher.json`.
        """
        ids, wanted = sorted(set(kpis)), sorted(set(years))
        questions = [
            f"{self.base}/data/kpi/{','.join(some)}/year/{','.join(map(str, period))}"
            for some in _batches(ids, self._limits.ids_per_call)
            for period in _batches(wanted, self._limits.years_per_call)
        ]
        asked, asked_years = set(ids), set(wanted)
        found: list[KoladaValue] = []
        for done, question in enumerate(questions):
            for page in self._pages(question):
                found += [one for one in page.values if one.kpi in asked and one.period in asked_years]
                if tell is not None:
                    tell(done, len(questions), len(found))
        return tuple(found)

    def titles(self, kpis: Iterable[str]) -> dict[str, str]:
        """Titles by id, of those KPIs that the host knows; none where it has no such question.

        Raises:
            KoladaUnreachableError, KoladaAnswerError: see :meth:`Fetcher.json`.
        """
        known: dict[str, str] = {}
        for some in _batches(sorted(set(kpis)), self._limits.ids_per_call):
            try:
                known |= read_titles(self._fetcher.json(f"{self.base}/kpi/{','.join(some)}"))
            except KoladaAnswerError as error:
                if error.code != NOT_FOUND:
                    raise
        return known

    def _pages(self, address: str) -> Iterator[Page]:
        seen: set[str] = set()
        while address not in seen:
            if len(seen) >= self._limits.pages:
                raise KoladaAnswerError(f"Svaret har fler än {self._limits.pages} sidor: hämtningen avbröts.")
            seen.add(address)
            page = read_page(self._fetcher.json(address))
            yield page
            if page.next_url is None:
                return
            address = following_address(address, page.next_url)
        raise KoladaAnswerError(f"Koladas sidor går runt: {address} kom tillbaka. Hämtningen avbröts.")


def _batches(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
