"""Which addresses may be called: https, a host on the allow-list, and only a public numeric address.

The address that was checked is the one that is called, so a name that changes its address between the check
and the call (DNS rebinding) leads nowhere else.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

from pipeline.sources.errors import ForbiddenAddressError, SourceUnreachableError

#: Gives the numeric addresses of a host name; raises OSError when there is none.
Resolver = Callable[[str], Sequence[str]]
#: IPv6 addresses that carry an IPv4 address in their last 32 bits (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
HTTPS_PORT = 443


@dataclass(frozen=True, slots=True)
class Way:
    """An address that may be called: the URL as written, its host name, and the checked numeric addresses."""

    url: httpx.URL
    host: str
    addresses: tuple[str, ...]


def system_resolver(host: str) -> list[str]:
    """The numeric addresses that the system knows for a host, in its order of preference."""
    found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def way_to(address: str, hosts: frozenset[str], resolve: Resolver) -> Way:
    """Check an address before it is called; to be asked again for every redirect.

    Raises:
        ForbiddenAddressError: it may not be called (the sentence says why).
        SourceUnreachableError: its host has no address.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise ForbiddenAddressError(f"”{address[:200]}” är ingen adress.") from error
    host = url.raw_host.decode("ascii").lower()
    if url.scheme != "https":
        raise ForbiddenAddressError(f"Adressen {address[:200]} börjar inte med https:// och hämtas inte.")
    if url.userinfo or url.port not in (None, HTTPS_PORT):
        raise ForbiddenAddressError(f"Adressen {address[:200]} har användarnamn eller port och hämtas inte.")
    if host not in hosts:
        raise ForbiddenAddressError(
            f"Värden {host} står inte bland de tillåtna: lägg till den i hosts.csv om den är rätt."
        )
    try:
        addresses = tuple(resolve(host))
    except OSError as error:
        raise SourceUnreachableError(f"Värden {host} har ingen adress ({error}).") from error
    if not addresses:
        raise SourceUnreachableError(f"Värden {host} har ingen adress.")
    for one in addresses:
        if not is_public(one):
            raise ForbiddenAddressError(
                f"Värden {host} leder till {one}, som inte är en allmän adress: den hämtas inte."
            )
    return Way(url, host, addresses)


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet, also when it carries another inside."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None or ip.teredo is not None:
            return False
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
