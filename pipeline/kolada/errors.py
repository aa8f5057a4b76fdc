"""Errors of the comparison with Kolada; each message is a Swedish sentence that says what to do."""

from __future__ import annotations

from pipeline.errors import OjError


class KoladaError(OjError):
    """Nothing could be compared with Kolada."""

    code = "kolada"


class KoladaAddressError(KoladaError):
    """The address of the API that was given is none."""

    code = "fel-adress"


class KoladaUnreachableError(KoladaError):
    """There is no network, no such host, or the host does not serve us now."""

    code = "nas-inte"


class KoladaAnswerError(KoladaError):
    """What the host answered is not what the API's documentation says."""

    code = "ovantat-svar"


class NothingToCompareError(KoladaError):
    """The registers name no KPI, or the dataset holds no value that has one."""

    code = "inget-att-jamfora"
