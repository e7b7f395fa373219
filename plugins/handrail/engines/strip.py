"""Puts the strip of a preview onto its pages as they are served: in no file of the site, so none is written anew for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from handrail.report.plain import without_surrogates

_BODY = re.compile(rb"<body\b[^>]*>")
_CONTAINER = re.compile(rb"""<div\b[^<>]*\bdata-md-component=["']?container\b[^<>]*>""")
"""What the theme Material puts in the place of the old page's when it loads a page without leaving the one before."""
_LENGTH, _TYPE = "content-length", "content-type"

StripOf = Callable[[str], str]
"""Returns the strip of a file of a site; nothing where it has none."""


def with_strip(page: bytes, strip: str) -> bytes:
    """Return a page, of whatever encoding, with a strip on it."""
    at = _CONTAINER.search(page) or _BODY.search(page)
    if at is None or not strip:
        return page
    return page[: at.end()] + without_surrogates(strip).encode() + page[at.end() :]


class Stripped:
    """The application of a preview's server, which puts its strip onto each page that another one serves."""

    def __init__(self, application: Any, mount_path: str, strip_of: StripOf) -> None:
        self._application = application
        self._mount_path = mount_path
        self._strip_of = strip_of

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        begun: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            begun[:] = [status, headers]

        answer = self._application(environ, begin)
        status, headers = begun
        if not any(name.lower() == _TYPE and value.startswith("text/html") for name, value in headers):
            start_response(status, headers)
            return answer  # type: ignore[no-any-return]
        try:
            page = with_strip(b"".join(answer), self._strip_of(self._file(environ)))
        finally:
            getattr(answer, "close", lambda: None)()
        others = [(name, value) for name, value in headers if name.lower() != _LENGTH]
        start_response(status, [*others, ("Content-Length", str(len(page)))])
        return [page]

    def _file(self, environ: dict[str, Any]) -> str:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore").removeprefix(self._mount_path)
        return f"{path}index.html" if path.endswith("/") or not path else path.lstrip("/")
