"""One module per engine; the only importers of PDF and OCR libraries."""
