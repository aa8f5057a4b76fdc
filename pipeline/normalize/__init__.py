"""Normalising: an extracted PDF becomes documents with roles, values and observations.

The way in is :func:`read_documents`; the value grammar (:func:`parse_value`, :func:`parse_quantity`)
and its counterpart :func:`format_value` serve other rooms too.
"""

from pipeline.normalize.answers import Codes, Value, parse_value
from pipeline.normalize.manifest import ManifestRow, read_manifest
from pipeline.normalize.numbers import Quantity, parse_number, parse_quantity
from pipeline.normalize.printing import Style, format_number, format_value
from pipeline.normalize.read import read_documents

__all__ = [
    "Codes",
    "ManifestRow",
    "Quantity",
    "Style",
    "Value",
    "format_number",
    "format_value",
    "parse_number",
    "parse_quantity",
    "parse_value",
    "read_documents",
    "read_manifest",
]
