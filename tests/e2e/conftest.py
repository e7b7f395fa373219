"""A real browser, and the example's site served on this machine alone."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

# What is waited for comes at once, but not on a machine that does something else.
expect.set_options(timeout=60_000)


class _Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        """Let a window keep the theme's programs and styles, which else are fetched and compiled anew for each page."""
        if self.path.startswith(("/assets/javascripts/", "/assets/stylesheets/")):
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing of each request."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page where there is none, as hosts of sites do."""
        own = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not own.is_file():
            return super().send_error(code, message, explain)
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(own.read_bytes())
        return None


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site and say where."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(example_site: Path) -> Iterator[str]:
    """Serve the example's site and return where."""
    with served(example_site) as where:
        yield where


class Visit:
    """A page of the browser that remembers what went wrong and who was asked."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.asked.append(request.url)

    def open(self, path: str = "") -> Page:
        """Go to a page of the site."""
        self.page.goto(self.address + path)
        return self.page

    def open_settled(self, path: str) -> Page:
        """Go to a page of the site where the theme has noted how far it is scrolled.

        It does so a moment later, and scrolls back there where somebody has followed a link within the page before.
        """
        page = self.open(path)
        page.wait_for_function("history.state !== null")
        return page


@pytest.fixture(params=[(1280, "light")], ids=["desk"])
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a window; what a test did there must raise no complaint and ask nobody but this site."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = Visit(context.new_page(), address)
    yield found
    context.close()
    assert found.complaints == []
    assert found.asked == []
