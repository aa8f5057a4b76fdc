"""Errors of the reviewer's desk; each sentence says what happened and what to do."""

from __future__ import annotations

from pipeline.errors import OjError


class ConflictError(OjError):
    """Somebody else decided between the page being shown and the form being sent."""

    code = "nagon-hann-fore"


class RefusedError(OjError):
    """What was asked for cannot be done as it stands (a correction that would not hold, an empty field)."""

    code = "gar-inte"


class MissingError(OjError):
    """The address names something that is not in the dataset or the store."""

    code = "finns-inte"


class ForbiddenError(OjError):
    """The reviewer's role does not allow it, or the request did not come from one of our own pages."""

    code = "inte-tillatet"


class ConfigurationError(OjError):
    """The desk cannot be started as configured."""

    code = "installning"


class StoreError(OjError):
    """The store of decisions cannot be opened or written."""

    code = "beslut"
