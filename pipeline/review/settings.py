"""How the desk is set up: ``granskning.toml`` in the state folder, and one environment variable.

The file may hold ``database`` (a URL), ``registers`` (the folder of registers in force, for runs as well),
``proxy_header`` with ``proxy_addresses`` and ``proxy_role``, and ``hosts`` (names under which the desk is
reached). Nothing of it is needed on one's own machine.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.reference.registers import register_folder
from pipeline.review.database import FILE, sqlite_url
from pipeline.review.errors import ConfigurationError
from pipeline.review.people import REVIEWER, ROLES

CONFIG = "granskning.toml"
#: A database URL with a password belongs in the environment rather than in a file.
DATABASE_VARIABLE = "OJ_BESLUT_URL"
#: In place of a folder: the registers that came with the program, for a checkout under version control.
OWN_REGISTERS = "programmets"
_KEYS = {"database", "registers", "proxy_header", "proxy_addresses", "proxy_role", "hosts"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file and the environment say.

    Attributes:
        database: URL of the store. proxy_header: the header in which a proxy in front of the desk names the
            reviewer, None when there is none; proxy_addresses: the only peers that it is believed from.
        proxy_role: of reviewers that the proxy names for the first time.
        hosts: names in the Host header that are answered, beside those of the machine itself.
        registers: the folder of registers in force, None when none was chosen.
    """

    database: str
    proxy_header: str | None = None
    proxy_addresses: tuple[str, ...] = ("127.0.0.1", "::1")
    proxy_role: str = REVIEWER
    hosts: tuple[str, ...] = ()
    registers: Path | None = None


def read_settings(state: Path) -> Settings:
    """The settings of the desk that belongs to a state folder.

    Raises:
        ConfigurationError: the file is no TOML, or holds a key or value that is none of ours.
    """
    said = _read(state / CONFIG)
    unknown = sorted(set(said) - _KEYS)
    if unknown:
        raise ConfigurationError(
            f"{CONFIG}: okänd inställning ”{unknown[0]}”. "
            f"Det som kan ställas in är {', '.join(sorted(_KEYS))}."
        )
    header = said.get("proxy_header")
    if header is not None and not re.fullmatch(r"[A-Za-z0-9-]+", str(header)):
        raise ConfigurationError(f"{CONFIG}: proxy_header är inget namn på en rubrik: ”{header}”.")
    addresses = _texts(said, "proxy_addresses", ("127.0.0.1", "::1"))
    for address in addresses:
        try:
            ipaddress.ip_address(address)
        except ValueError as error:
            raise ConfigurationError(f"{CONFIG}: ”{address}” är ingen IP-adress.") from error
    role = str(said.get("proxy_role", REVIEWER))
    if role not in ROLES:
        raise ConfigurationError(f"{CONFIG}: rollen ”{role}” finns inte: välj {', '.join(ROLES)}.")
    database = os.environ.get(DATABASE_VARIABLE) or said.get("database") or sqlite_url(state)
    hosts = _texts(said, "hosts", ())
    return Settings(str(database), header and str(header), addresses, role, hosts, _registers(said, state))


def _registers(said: Mapping[str, Any], state: Path) -> Path | None:
    """The folder of registers that the file names, relative to the state folder."""
    value = said.get("registers")
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise ConfigurationError(f"{CONFIG}: registers ska vara en mapp, eller ”{OWN_REGISTERS}”.")
    folder = register_folder() if value == OWN_REGISTERS else (state / value).resolve()
    if not folder.is_dir():
        raise ConfigurationError(
            f"{CONFIG}: mappen {folder} med register finns inte. Lägg en kopia av programmets register där, "
            "eller ta bort raden registers."
        )
    return folder


def has_store(state: Path) -> bool:
    """Whether there can be decisions at all: a store in the state folder, or one named by settings."""
    return bool(os.environ.get(DATABASE_VARIABLE)) or any((state / name).exists() for name in (FILE, CONFIG))


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path} går inte att läsa: rätta filen eller ta bort den.") from error


def _texts(said: Mapping[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = said.get(name, default)
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise ConfigurationError(f"{CONFIG}: {name} ska vara en lista av texter.")
    return tuple(value)
