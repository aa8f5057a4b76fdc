"""Pictures of the pages that the site's figures lead to: drawn while other pages are written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.exports.settings import ExportSettings
from pipeline.exports.site.frame import SITE, Site

if TYPE_CHECKING:
    from collections.abc import Generator

PICTURES = f"{SITE}/kalla/bild"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page whose picture is wanted as a PNG file at ``target``.

    Attributes:
        file_name: as in documents.parquet; file_sha256: of the bytes that were read.
        page: 1-based. dpi: dots per inch.
    """

    file_name: str
    file_sha256: str
    page: int
    dpi: int
    target: Path


#: Draws the pages that it can into their targets and gives each when it is done with; a page that cannot be
#: drawn is left out. Closing the generator ends the drawing.
DrawPages = Callable[[Sequence[PageRequest]], "Generator[PageRequest, None, None]"]


def picture_name(sha256: str, page: int, settings: ExportSettings) -> str:
    """Path of a page's picture below OUT: equal bytes of the PDF, equal name."""
    return f"{PICTURES}/{sha256[:20]}-s{page}-{settings.picture_dpi}.png"


@contextmanager
def drawing(wanted: Sequence[PageRequest], draw: DrawPages | None) -> Iterator[Callable[[], None]]:
    """Have pictures drawn while the block lasts; gives what waits for the last of them.

    Leaving the block ends what is not drawn yet.

    Raises:
        OjError: when waited for, what ``draw`` raised.
    """
    if draw is None or not wanted:
        yield lambda: None
        return
    ended = threading.Event()

    def work() -> None:
        with closing(draw(wanted)) as drawn:
            for _ in drawn:
                if ended.is_set():
                    return

    with ThreadPoolExecutor(1, thread_name_prefix="bilder") as threads:
        try:
            yield threads.submit(work).result
        finally:
            ended.set()


def wanted_pictures(site: Site, connection: Any, settings: ExportSettings) -> list[PageRequest]:
    """The pages whose picture is not there yet, of those that something stands on, up to the most allowed.

    Pictures of the site that was there before are taken over.
    """
    pages = connection.execute(
        "SELECT DISTINCT d.file_name, d.file_sha256, p.page FROM documents d JOIN ("
        "SELECT document_id, page FROM observations UNION SELECT document_id, page FROM flags "
        "UNION SELECT document_id, page FROM claims UNION SELECT document_id, page FROM cells) p "
        "USING (document_id) ORDER BY ALL"
    ).fetchall()
    out = site.folder.parent
    (out / PICTURES).mkdir(parents=True, exist_ok=True)
    requests = [
        PageRequest(name, sha256, page, settings.picture_dpi, out / picture_name(sha256, page, settings))
        for name, sha256, page in pages[: settings.picture_max_pages]
    ]
    return [one for one in requests if not site.take_over(one.target.relative_to(out).as_posix())]
