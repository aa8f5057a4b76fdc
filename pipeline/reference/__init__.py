"""Registers as data – units, indicators, areas, codes, layouts, corrections – and their look-ups.

The registers are CSV and YAML files that a steward reads and extends (README.md beside them);
:func:`load_registers` reads them once and gives an immutable :class:`Registers`.
"""

from pipeline.reference.areas import AreaRegister
from pipeline.reference.check import check_registers
from pipeline.reference.codes import AnswerCode, AnswerRegister, ColourRange, ValueUnit
from pipeline.reference.corrections import Correction
from pipeline.reference.documents import Acronym, DocumentType, Layout
from pipeline.reference.indicators import (
    Break,
    Indicator,
    IndicatorMatch,
    IndicatorRegister,
)
from pipeline.reference.mentions import IndicatorAlias, Mention
from pipeline.reference.registers import Registers, load_registers, register_files, register_folder
from pipeline.reference.units import SurfaceForm, Unit, UnitAlias, UnitMatch, UnitRegister

__all__ = [
    "Acronym",
    "AnswerCode",
    "AnswerRegister",
    "AreaRegister",
    "Break",
    "ColourRange",
    "Correction",
    "DocumentType",
    "Indicator",
    "IndicatorAlias",
    "IndicatorMatch",
    "IndicatorRegister",
    "Layout",
    "Mention",
    "Registers",
    "SurfaceForm",
    "Unit",
    "UnitAlias",
    "UnitMatch",
    "UnitRegister",
    "ValueUnit",
    "check_registers",
    "load_registers",
    "register_files",
    "register_folder",
]
