"""Errors of fetching documents; each message is a Swedish sentence that says what to do."""

from __future__ import annotations

from pipeline.errors import OjError


class SourceError(OjError):
    """A document could not be fetched; the others go on."""

    code = "kalla"


class SourceRegisterError(SourceError):
    """The register of sources contradicts itself or cannot be read."""

    code = "kallregister"


class ForbiddenAddressError(SourceError):
    """An address may not be called: no https, a host that is not allowed, or one that is not public."""

    code = "otillaten-adress"


class SourceUnreachableError(SourceError):
    """No answer came, or the host does not serve us now."""

    code = "nas-inte"


class SourceAnswerError(SourceError):
    """What came is not the document that was asked for."""

    code = "ovantat-svar"
