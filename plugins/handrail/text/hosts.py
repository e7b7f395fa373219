"""Hosts of the web: which one an address leads to, as browsers read it, and which ones the settings let in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from handrail.text.tags import as_browsers_read

_ELSEWHERE = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|[/\\]{2}")
# Browsers read much else as an address with a host; what is let in has to be plain.
_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?):)?//(?P<host>[^\s/?#\\@:\[\]<>\"'`|^{}%]+)(?P<port>:\d*)?(?=[/?#]|\Z)", re.IGNORECASE
)
_NAMED = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}(?P<host>[^/\\?#\s]*)", re.IGNORECASE)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE)
_EVERY = "*."
_USUAL_PORTS = ("", ":", ":443")


@dataclass(frozen=True, slots=True)
class LetIn:
    """The hosts of others from which a page shows pictures and frames; `*.host` are all below a host."""

    pictures: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()


NOBODY = LetIn()


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address of another host: the host in small letters, and the address as it is asked for by https.

    `is_safe` is false where it says `http:` or another port, so that it is asked for by nobody.
    """

    host: str
    secure: str
    is_safe: bool

    def is_of(self, hosts: Iterable[str]) -> bool:
        return fits_host(self.host, hosts)


def is_elsewhere(address: str) -> bool:
    """Say whether an address leads, or might lead, to another host."""
    return bool(_ELSEWHERE.match(as_browsers_read(address)))


def other_host(address: str, site_url: str) -> str:
    """Return the host that an address names, with its port; nothing where that is the site's own, or none."""
    host = _named_host(html.unescape(address))
    return "" if host == _named_host(site_url) else host


def _named_host(address: str) -> str:
    match = _NAMED.match(as_browsers_read(address))
    return match["host"].lower() if match else ""


def web_address(address: str) -> WebAddress | None:
    """Return an address of the web that is written plainly; None for every other."""
    read = as_browsers_read(address).strip()
    match = _ADDRESS.match(read)
    host = as_ascii(match["host"]) if match else ""
    if match is None or not host:
        return None
    is_safe = (match["scheme"] or "https").lower() == "https" and (match["port"] or "") in _USUAL_PORTS
    return WebAddress(host, f"https:{read[len(match['scheme'] or '') + bool(match['scheme']) :]}", is_safe)


def fits_host(host: str, hosts: Iterable[str]) -> bool:
    """Say whether a host is one of some, or below one that is named with `*.`."""
    return any(host.endswith(known[1:]) if known.startswith(_EVERY) else host == known for known in hosts)


@lru_cache(maxsize=512)
def as_ascii(host: str) -> str:
    """Return a host's name in small letters as it is asked for; nothing where it is none."""
    try:
        name = host.encode("idna").decode().lower()
    except (UnicodeError, ValueError):
        return ""
    return name if _HOST.fullmatch(name) else ""
