"""Is this a PDF at all? Told from a file's first bytes, before any library looks at it."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UnreadableFileError

#: Readers look for the header this far into a file (Adobe's implementation notes to PDF 1.7, H.3.4.1).
HEADER_BYTES = 1024
HEADER = b"%PDF-"


def starts_like_pdf(path: Path) -> bool:
    """Whether a PDF header stands among the file's first bytes.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        return HEADER in file.read(HEADER_BYTES)


def require_pdf(path: Path) -> None:
    """Make sure that the file is a PDF by its content.

    Raises:
        UnreadableFileError: it is empty (code ``tom``), no PDF (``inte-pdf``) or cannot be opened
            (``gar-inte-att-oppna``).
    """
    try:
        if path.stat().st_size == 0:
            raise UnreadableFileError("Filen är tom (0 byte). Hämta den på nytt från källan.", code="tom")
        if not starts_like_pdf(path):
            raise UnreadableFileError(
                "Filen är inte en PDF: innehållet börjar inte som en sådan. "
                "Spara dokumentet som PDF och lägg in det igen.",
                code="inte-pdf",
            )
    except OSError as error:
        raise UnreadableFileError(
            f"Filen går inte att öppna ({error.strerror}).", code="gar-inte-att-oppna"
        ) from error
