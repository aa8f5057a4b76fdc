"""PDF → :class:`pipeline.model.PdfDocument`. Knows PDF, knows nothing of Öppna jämförelser."""
