"""All registers together: read once, validated, immutable, with digests of the files they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.reference.areas import AreaRegister, read_areas, read_quality_areas
from pipeline.reference.codes import (
    AnswerRegister,
    ColourRegister,
    ValueUnitRegister,
    read_answers,
    read_colours,
    read_value_units,
)
from pipeline.reference.corrections import CorrectionRegister, read_corrections
from pipeline.reference.csvfile import file_digest
from pipeline.reference.documents import (
    LAYOUT_FOLDER,
    AcronymRegister,
    DocumentTypeRegister,
    Layout,
    PublisherRegister,
    read_acronyms,
    read_document_types,
    read_layouts,
    read_publishers,
)
from pipeline.reference.groups import read_groups
from pipeline.reference.indicator_files import read_indicators
from pipeline.reference.indicators import IndicatorRegister
from pipeline.reference.unit_files import read_unit_aliases, read_units
from pipeline.reference.units import UnitRegister


@dataclass(frozen=True, slots=True)
class Registers:
    """The vocabulary: what every label, code, colour and layout means.

    Attributes:
        layouts: every layout rule, ordered by id.
        digests: SHA-256 of each register file, by its path inside the folder.
        digest: one SHA-256 over all of them; equal digests mean equal registers.
    """

    units: UnitRegister
    indicators: IndicatorRegister
    areas: AreaRegister
    quality_areas: AreaRegister
    answers: AnswerRegister
    value_units: ValueUnitRegister
    colours: ColourRegister
    corrections: CorrectionRegister
    acronyms: AcronymRegister
    publishers: PublisherRegister
    document_types: DocumentTypeRegister
    layouts: tuple[Layout, ...]
    digests: Mapping[str, str]
    digest: str

    def layout(self, layout_id: str) -> Layout:
        """The layout rule with this id. Raises KeyError when there is none."""
        for layout in self.layouts:
            if layout.id == layout_id:
                return layout
        raise KeyError(layout_id)


def register_folder() -> Path:
    """The folder of the registers that come with the package."""
    return Path(__file__).resolve().parent


def load_registers(folder: Path | None = None) -> Registers:
    """Read all registers of a folder (None: the package's own).

    The result is kept and given again as long as no file of the folder has changed. Raises
    RegisterError (a Swedish sentence that names file and row) when a register cannot be read or
    refers to what does not exist; :func:`pipeline.reference.check_registers` tells the rest.
    """
    where = (folder or register_folder()).resolve()
    if not where.is_dir():
        raise RegisterError(f"Mappen {where} med register finns inte.")
    files = register_files(where)
    stamps = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _load(where, stamps)


def register_files(folder: Path) -> tuple[Path, ...]:
    """The register files (CSV and YAML) of a folder and its layouts, in a fixed order."""
    found = [
        *folder.glob("*.csv"),
        *folder.glob("*.yaml"),
        *(folder / LAYOUT_FOLDER).glob("*.yaml"),
    ]
    return tuple(sorted(found, key=lambda path: path.relative_to(folder).as_posix()))


@lru_cache(maxsize=8)
def _load(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> Registers:
    # The stamps only make the cache forget a folder whose files have changed.
    digests = {path.relative_to(folder).as_posix(): file_digest(path) for path in register_files(folder)}
    whole = hashlib.sha256("".join(f"{name} {value}\n" for name, value in digests.items()).encode())
    known_areas = read_areas(folder)
    known_quality = read_quality_areas(folder)
    known_units = read_units(folder)
    return Registers(
        units=UnitRegister(known_units, read_unit_aliases(folder, known_units), read_groups(folder)),
        indicators=read_indicators(folder, known_areas, known_quality),
        areas=known_areas,
        quality_areas=known_quality,
        answers=read_answers(folder),
        value_units=read_value_units(folder),
        colours=read_colours(folder),
        corrections=read_corrections(folder),
        acronyms=read_acronyms(folder),
        publishers=read_publishers(folder),
        document_types=read_document_types(folder),
        layouts=read_layouts(folder),
        digests=digests,
        digest=whole.hexdigest(),
    )
