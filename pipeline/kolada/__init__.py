"""Kolada beside the published dataset: fetch the same measures from its open API, show where the two differ.

Optional: nothing else of the project calls this room, and nothing here touches the network until
:func:`compare_with_kolada` is given a client. Source: Kolada (RKA), API version 3.
"""

from pipeline.kolada.address import PUBLIC_API, api_address
from pipeline.kolada.client import KoladaClient, Progress
from pipeline.kolada.compare import REASONS, Comparison
from pipeline.kolada.errors import (
    KoladaAddressError,
    KoladaAnswerError,
    KoladaError,
    KoladaUnreachableError,
    NothingToCompareError,
)
from pipeline.kolada.fetching import Limits
from pipeline.kolada.hints import PeriodHint
from pipeline.kolada.periods import PeriodRules, load_period_rules
from pipeline.kolada.printed import LEFT_OUT, Choice
from pipeline.kolada.report import comparison_csv, difference_text, kolada_text, printed_text
from pipeline.kolada.work import Result, compare_with_kolada

__all__ = [
    "LEFT_OUT",
    "PUBLIC_API",
    "REASONS",
    "Choice",
    "Comparison",
    "KoladaAddressError",
    "KoladaAnswerError",
    "KoladaClient",
    "KoladaError",
    "KoladaUnreachableError",
    "Limits",
    "NothingToCompareError",
    "PeriodHint",
    "PeriodRules",
    "Progress",
    "Result",
    "api_address",
    "compare_with_kolada",
    "comparison_csv",
    "difference_text",
    "kolada_text",
    "load_period_rules",
    "printed_text",
]
