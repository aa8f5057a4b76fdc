"""Measurements of quality and time, printed as tables (``make bench``); nothing here is part of the program.

A benchmark is a module or package of this package with ``NAME`` and ``run() -> dict``: what it measured,
as JSON values. What needs the published documents beside the project is left out where they are not, and
says so.
"""
