"""The one family of errors of the project.

An error means that the code must stop what it is doing (one file, one command); a
disagreement in the *data* is never an error but a :class:`pipeline.model.Flag`.
Every message is one Swedish sentence that says what is wrong and what to do about it.
"""

from __future__ import annotations

import errno

#: The system's usual reasons, in the user's language.
REASONS = {
    errno.EACCES: "behörighet saknas",
    errno.EPERM: "behörighet saknas",
    errno.EROFS: "den är skrivskyddad",
    errno.EFBIG: "filen får inte bli så stor",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.ENOTDIR: "en del av sökvägen är en fil",
    errno.EEXIST: "där ligger en fil med det namnet",
    errno.EISDIR: "det är en mapp",
    errno.ENOENT: "den finns inte",
    errno.ENAMETOOLONG: "namnet är för långt",
}


class OjError(Exception):
    """Root of all errors that the project raises on purpose.

    Args:
        message: a Swedish sentence for the person who ran the command.
        code: a short stable code (``kebab-case``) that scripts and tests can rely on.
    """

    code = "fel"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class UnreadableFileError(OjError):
    """A file cannot be read as a PDF: its document is quarantined, the others go on."""

    code = "olasbar-fil"


class RegisterError(OjError):
    """A register (CSV or YAML under pipeline/reference) contradicts itself or cannot be read."""

    code = "register"


class AmbiguousError(OjError):
    """A look-up has more than one answer: the caller must decide or report, never guess."""

    code = "tvetydig"


class OutputError(OjError):
    """The dataset cannot be written or read where it should be."""

    code = "utdata"


class NothingToPublishError(OjError):
    """There is nothing that a dataset could be made of (no PDFs in the folder)."""

    code = "inget-att-publicera"


def system_reason(error: OSError) -> str:
    """Why the system refused, in Swedish where the reason is a usual one."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)
