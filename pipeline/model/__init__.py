"""The shapes that travel between the rooms: frozen dataclasses, nothing else.

``PdfDocument`` is what extractors give; ``ReadDocument`` what normalize gives;
``Observation``, ``Claim`` and ``Flag`` are rows of the published dataset.
"""

from pipeline.model.document import (
    Block,
    BlockKind,
    Cell,
    Disagreement,
    Page,
    PdfDocument,
    Sentence,
    Table,
    TableHint,
    Word,
)
from pipeline.model.geometry import Box, union
from pipeline.model.ids import digest, occurrence_ids
from pipeline.model.readings import (
    Axis,
    AxisKind,
    CellRole,
    DocumentRecord,
    Legend,
    ReadDocument,
    TableReading,
    Unmatched,
)
from pipeline.model.rows import Claim, Flag, Observation

__all__ = [
    "Axis",
    "AxisKind",
    "Block",
    "BlockKind",
    "Box",
    "Cell",
    "CellRole",
    "Claim",
    "Disagreement",
    "DocumentRecord",
    "Flag",
    "Legend",
    "Observation",
    "Page",
    "PdfDocument",
    "ReadDocument",
    "Sentence",
    "Table",
    "TableHint",
    "TableReading",
    "Unmatched",
    "Word",
    "digest",
    "occurrence_ids",
    "union",
]
