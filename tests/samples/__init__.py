"""Sample documents that this repository makes itself: data in, PDF bytes out, always the same bytes.

``python -m tests.samples`` writes everything under raw_pdfs/ again. Other tests and the benchmarks use
:func:`load_sample`, :func:`render`, :func:`expected_cells` and :func:`expected_observations`.
"""

from tests.samples.expected import (
    ExpectedCell,
    ExpectedObservation,
    ExpectedTable,
    expected_cells,
    expected_observations,
)
from tests.samples.load import Sample, load_sample, parse_sample, sample_names
from tests.samples.model import (
    BarChart,
    Block,
    CellText,
    Contents,
    Footnote,
    Heading,
    Legend,
    ListBlock,
    PageBreak,
    Paragraph,
    SampleDocument,
    Section,
    Style,
    TableBlock,
    TableStyle,
)
from tests.samples.pages import Place
from tests.samples.render import Rendered, lay_out, render

__all__ = [
    "BarChart",
    "Block",
    "CellText",
    "Contents",
    "ExpectedCell",
    "ExpectedObservation",
    "ExpectedTable",
    "Footnote",
    "Heading",
    "Legend",
    "ListBlock",
    "PageBreak",
    "Paragraph",
    "Place",
    "Rendered",
    "Sample",
    "SampleDocument",
    "Section",
    "Style",
    "TableBlock",
    "TableStyle",
    "expected_cells",
    "expected_observations",
    "lay_out",
    "load_sample",
    "parse_sample",
    "render",
    "sample_names",
]
