"""Errors of the command line and of runs."""

from __future__ import annotations

import errno

from pipeline.errors import OjError

#: The system's usual reasons, in the user's language.
REASONS = {
    errno.EACCES: "behörighet saknas",
    errno.EPERM: "behörighet saknas",
    errno.EROFS: "den är skrivskyddad",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.ENOTDIR: "en del av sökvägen är en fil",
    errno.EEXIST: "där ligger en fil med det namnet",
    errno.EISDIR: "det är en mapp",
    errno.ENOENT: "den finns inte",
    errno.ENAMETOOLONG: "namnet är för långt",
}


class WrongCallError(OjError):
    """The command was given something that does not exist or makes no sense (exit code 2)."""

    code = "fel-anrop"


class BusyError(OjError):
    """Another run is writing the same dataset."""

    code = "upptagen"


def system_reason(error: OSError) -> str:
    """Why the system refused, in Swedish where the reason is a usual one."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)
