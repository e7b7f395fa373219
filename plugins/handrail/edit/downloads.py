"""Downloads pictures from the web: by http and https, of public hosts only, and nothing that is no picture.

What a page names was written by anyone, so an address must not reach what only this machine can: each connection is made to
an address that was looked at, after redirects too, through no proxy.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    UnknownHandler,
)

from handrail import __version__
from handrail.model.publication import LARGEST
from handrail.model.svg import fault_of, publishable_drawing

Connect = Callable[..., socket.socket]
"""Connects to a host and port, given a time limit, as `socket.create_connection` does."""

_SECONDS = 20
_ALL_SECONDS = 120
_CHUNK = 1 << 16
_MOST_REDIRECTS = 5
_REDIRECTS = range(300, 400)
_WEB = ("http", "https")
_HEADERS = {"User-Agent": f"handrail/{__version__}", "Accept": "image/*", "Accept-Encoding": "identity"}
_BEGINNINGS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), ".webp"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), ".avif"),
)
_DRAWING = re.compile(rb"<(?:[\w.-]+:)?svg[\s/>]", re.IGNORECASE)


class DownloadError(Exception):
    """Why something could not be downloaded, as the end of a sentence: "… can't be fetched: img.example says 404"."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was downloaded: its bytes, and how the name of a file ends that holds it."""

    content: bytes
    suffix: str


def make_opener(connect: Connect | None = None) -> OpenerDirector:
    """Return what opens addresses of the web and no others; `connect` makes the connections."""
    opener = OpenerDirector()
    made = connect or public_connection
    for handler in (
        _Http(made),
        _Https(made),
        _Redirects(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def download(address: str, opener: OpenerDirector) -> Picture:
    """Download a picture; raises DownloadError with the reason where that can't be done."""
    try:
        with opener.open(Request(address, headers=_HEADERS), timeout=_SECONDS) as answer:  # noqa: S310 - the opener knows no other scheme
            return picture_of(b"".join(_chunks(answer)))
    except HTTPError as error:
        error.close()
        if error.code in _REDIRECTS:
            message = f"{_host(address)} leads on too often, or to what is no address of the web"
            raise DownloadError(message) from error
        raise DownloadError(f"{_host(address)} says {error.code} ({error.reason})") from error
    except URLError as error:
        raise DownloadError(_reason(address, error.reason)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise DownloadError(_reason(address, error)) from error


def picture_of(content: bytes) -> Picture:
    """Return a picture by what its bytes are; raises DownloadError where they are none that may be published."""
    for beginning, suffix in _BEGINNINGS:
        if beginning.match(content):
            return Picture(content, suffix)
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or not _DRAWING.search(content):
        raise DownloadError("what came is no picture of a kind that is published (PNG, JPEG, GIF, WebP, AVIF or SVG)")
    drawn = publishable_drawing(content)
    if drawn is None:
        fault = fault_of(content)
        why = fault.why if fault is not None else "it could run or load something"
        raise DownloadError(f"what came is no drawing (SVG) that only draws: {why}")
    return Picture(drawn, ".svg")


def _chunks(answer: IO[bytes]) -> Iterator[bytes]:
    size, until = 0, time.monotonic() + _ALL_SECONDS
    while chunk := answer.read(_CHUNK):
        size += len(chunk)
        if size > LARGEST:
            raise DownloadError(f"it is larger than {LARGEST >> 20} MB")
        if time.monotonic() > until:
            raise DownloadError(f"it took longer than {_ALL_SECONDS} seconds")
        yield chunk
    if getattr(answer, "length", None):
        raise DownloadError("it broke off before its end")


def public_connection(place: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
    """Connect to a host of the web; raises OSError where its address is none that everyone could reach."""
    host, port = place
    for *_, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        address = ipaddress.ip_address(str(where[0]).partition("%")[0])
        inner = getattr(address, "ipv4_mapped", None) or address
        if not inner.is_global or inner.is_multicast:
            message = f"{host} lies in a network of its own ({address}), not on the web"
            raise _PrivateError(message)
        # The very address that was looked at: asked again, the name might lead elsewhere.
        return socket.create_connection((str(address), port), timeout, source)
    message = f"{host} has no address"
    raise OSError(message)


class _PrivateError(OSError):
    """An address that only this machine or its network can reach."""


class _Http(HTTPHandler):
    def __init__(self, connect: Connect) -> None:
        super().__init__()
        self._connect = connect

    def http_open(self, req: Request) -> Any:
        return self.do_open(_with(HTTPConnection, self._connect), req)


class _Https(HTTPSHandler):
    def __init__(self, connect: Connect) -> None:
        super().__init__()
        self._connect = connect

    def https_open(self, req: Request) -> Any:
        return self.do_open(_with(HTTPSConnection, self._connect), req)


def _with(kind: type[HTTPConnection], connect: Connect) -> Any:
    """Return what makes connections of a kind that reach their host in another way."""

    def made(host: str, **options: Any) -> HTTPConnection:
        connection = kind(host, **options)
        connection._create_connection = connect  # type: ignore[attr-defined]  # noqa: SLF001 - http.client asks it
        return connection

    return made


class _Redirects(HTTPRedirectHandler):
    """Follows to other addresses of the web, and from https to https only."""

    max_redirections = _MOST_REDIRECTS

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        scheme = newurl.partition(":")[0].lower()
        if scheme not in _WEB or (req.type == "https" and scheme != "https"):
            message = f"{_host(req.full_url)} leads to {newurl}, which is not followed"
            raise URLError(message)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _reason(address: str, error: Any) -> str:
    if isinstance(error, (str, _PrivateError)):
        return str(error)
    if isinstance(error, TimeoutError):
        return f"{_host(address)} does not answer in time"
    if isinstance(error, socket.gaierror):
        return f"nobody knows a host {_host(address)}"
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"{_host(address)} can't be asked ({said})"


def _host(address: str) -> str:
    return address.partition("//")[2].partition("/")[0].rpartition("@")[2]
