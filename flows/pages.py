"""Pictures of the pages that the site's figures lead to, drawn in confined processes."""

from __future__ import annotations

import functools
import logging
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import OutputError

if TYPE_CHECKING:
    from pipeline.exports.site.pictures import PageRequest

log = logging.getLogger("oj")
#: Printed pages have few colours; with so many a picture is a third as large and reads the same.
COLOURS = 48


def draw_pages(
    raw: Path, workers: int, requests: Sequence[PageRequest]
) -> Generator[PageRequest, None, None]:
    """Draw the pages into their targets; what cannot be drawn, or has changed since it was read, is left out.

    Gives each request when it is done with; closing the generator ends the processes.

    Args:
        raw: the inbox that the requests' file names are relative to.
        workers: processes at most.
    """
    from extractors.sandbox import run_sandboxed

    function = functools.partial(draw_page, raw)
    for outcome in run_sandboxed(
        function, requests, workers=workers, preload=("extractors.pictures", "flows.pages", "PIL.Image")
    ):
        request = outcome.argument
        if outcome.status != "done":
            log.info("%s, sida %d: %s", request.file_name, request.page, outcome.reason)
        yield request


def draw_page(raw: Path, request: PageRequest) -> None:
    """Draw one page, when its file still has the bytes that were read.

    Raises:
        UnreadableFileError: the file cannot be read or has no such page.
        OutputError: the file has changed or lies outside the inbox, or the picture cannot be written.
    """
    from extractors.pictures import plain_picture
    from pipeline.dataset.files import atomic_write, sha256_of

    path = (raw / request.file_name).resolve()
    try:
        same = path.is_relative_to(raw.resolve()) and sha256_of(path) == request.file_sha256
    except OSError as error:
        raise OutputError(f"{request.file_name} går inte att läsa: {error.strerror}.") from error
    if not same:
        raise OutputError(f"{request.file_name} är inte längre den fil som lästes.")
    atomic_write(request.target, plain_picture(path, request.page, request.dpi, COLOURS))
