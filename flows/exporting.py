"""What a run writes beside the Parquet files: the exports room, given the run's settings and pictures."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.pages import draw_pages
from flows.plan import RunOptions
from flows.versions import exports_version, key_of

if TYPE_CHECKING:
    from pipeline.dataset.publishing import Exporter


@dataclass(frozen=True, slots=True)
class Exporting:
    """The exporters that ``publish`` is given, None for its own only, and a name for all they depend on.

    Attributes:
        notice: what the reader of the summary must be told of the exports, a Swedish sentence.
    """

    exporters: tuple[Exporter, ...] | None
    digest: str
    snapshots: int = 0
    notice: str | None = None

    def keep(self, out: Path) -> None:
        """Keep a snapshot of what has been published; a run without exports leaves the snapshots alone.

        Raises:
            OutputError: it cannot be written; the dataset is published all the same.
        """
        if self.exporters is not None:
            from pipeline.exports import take_snapshot

            take_snapshot(out, self.snapshots)


def exporting(options: RunOptions) -> Exporting:
    """What the run exports.

    Raises:
        SettingsError: the steward's export.yaml in the state folder cannot be read.
    """
    if not options.exports:
        return Exporting(None, "no exports")
    from pipeline.dataset.publishing import default_exporters
    from pipeline.exports import SETTINGS_FILE, exporters, load_settings

    draw = functools.partial(draw_pages, options.raw, options.workers)
    settings = load_settings(options.state_folder.root / SETTINGS_FILE)
    return Exporting(
        (*default_exporters(), *exporters(settings, draw, exports_version())),
        key_of(exports_version(), repr(settings)),
        settings.snapshots_kept,
        settings.notice,
    )
