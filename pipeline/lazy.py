"""Public names of a package that are resolved when first used, so that ``oj --help`` loads nothing heavy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_names(package: str, where: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package, which imports the module of a public name when it is asked for.

    Args:
        package: its ``__name__``. where: by module of the package, the public names that it holds.
            The function given back raises AttributeError for any other name.
    """
    modules = {name: module for module, names in where.items() for name in names}

    def resolve(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    return resolve
