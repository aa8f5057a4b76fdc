"""Errors of the command line and of runs."""

from __future__ import annotations

from pipeline.errors import OjError, system_reason

__all__ = ["BusyError", "WrongCallError", "system_reason"]


class WrongCallError(OjError):
    """The command was given something that does not exist or makes no sense (exit code 2)."""

    code = "fel-anrop"


class BusyError(OjError):
    """Another run is writing the same dataset."""

    code = "upptagen"
