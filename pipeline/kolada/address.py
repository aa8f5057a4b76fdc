"""Addresses of the API: the base that was chosen, and which other addresses an answer may lead to."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from pipeline.kolada.errors import KoladaAddressError, KoladaAnswerError

#: Kolada's open API, version 3 (kolada.se, "API för att läsa nyckeltal"); no key, no agreement.
PUBLIC_API = "https://api.kolada.se/v3"
#: Where version 3 stands on a host that is named without a path.
VERSION_PATH = "/v3"
_DEFAULT_PORTS = {"http": 80, "https": 443}


def api_address(text: str) -> str:
    """The base address of the API without a final slash; a bare host gets the path ``/v3``.

    Raises:
        KoladaAddressError: it is no http(s) address, or holds a user name, a query or a fragment.
    """
    parts = _split(text.strip())
    if parts is None or parts.query or parts.fragment:
        raise KoladaAddressError(
            f"”{text}” är ingen adress till ett API: ange en som {PUBLIC_API} med --base-url."
        )
    path = parts.path.rstrip("/") or VERSION_PATH
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def following_address(current: str, given: str) -> str:
    """Where ``given`` (a next page or a redirect, absolute or relative) leads from ``current``.

    The host must be the same, and the port, save that both may be the default ports of http and
    https; the answer then keeps or gains https and never loses it.

    Raises:
        KoladaAnswerError: it leads to another host or is no address.
    """
    here = _split(current)
    there = _split(_joined(current, given))
    if here is None or there is None:
        raise KoladaAnswerError(f"Kolada hänvisar till ”{given[:200]}”, som inte är en adress.")
    both_default = _is_default(here) and _is_default(there)
    if here.hostname != there.hostname or not (both_default or here.port == there.port):
        raise KoladaAnswerError(
            f"Kolada hänvisar vidare till en annan värd ({there.netloc}): hämtningen avbröts, för data tas "
            "bara från den adress som valts.",
            code="annan-vard",
        )
    secure = both_default and "https" in (here.scheme, there.scheme)
    scheme = "https" if secure else here.scheme
    netloc = str(here.hostname) if both_default else here.netloc
    return urlunsplit((scheme, netloc, there.path, there.query, ""))


def is_local(address: str) -> bool:
    """Whether the host is this machine itself (no proxy is then asked)."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _joined(current: str, given: str) -> str:
    try:
        return urljoin(current, given)
    except ValueError:
        return ""


def _split(address: str) -> SplitResult | None:
    """The parts of an http(s) address with a host and no user name, else None."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    printable = address.isprintable() and " " not in address
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or port == 0 or not printable:
        return None
    return None if "@" in parts.netloc else parts


def _is_default(parts: SplitResult) -> bool:
    return parts.port is None or parts.port == _DEFAULT_PORTS[parts.scheme]
