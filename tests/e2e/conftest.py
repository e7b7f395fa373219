"""A real browser, and the example's site served on this machine alone."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.support.browser import PATIENCE

expect.set_options(timeout=PATIENCE)
# What shows nowhere in a page: what the search has answered from the whole text, and that the theme knows the site's pages.
_SIGNS = """{
  new BroadcastChannel("handrail-search").addEventListener("message", ({ data }) => { window.answered = data })
  const parse = DOMParser.prototype.parseFromString
  DOMParser.prototype.parseFromString = function (text, type) {
    if (type !== "text/xml") return parse.call(this, text, type)
    setTimeout(() => { window.hasSitemap = true })
    return parse.call(this, window.isAtHome ? text.replace(/https:\\/\\/[^/<]+/g, location.origin) : text, type)
  }
}"""
_IS_ANSWERED = """words => {
  const shown = parseInt(document.querySelector(".md-search-result__meta").textContent) || 0
  return window.answered?.query === words && window.answered.found === shown
}"""


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
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def until(page: Page, expression: str, argument: object = None) -> None:
    """Wait until something holds in a page.

    Playwright's `wait_for_function` asks a second time from within the page, where the policy of the site lets nobody do so.
    """
    end = time.monotonic() + PATIENCE / 1_000
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, f"{page.url} has never come to: {expression}"
        page.wait_for_timeout(20)


def note_signs(page: Page) -> None:
    """Have the pages that a window opens note what shows nowhere in them."""
    page.add_init_script(_SIGNS)


def at_home(page: Page) -> None:
    """Have a window take the site for where it is published: there the theme loads a page in another's place.

    It does so for the addresses of the sitemap, once it has read them.
    """
    page.add_init_script("window.isAtHome = true")


def open_in_place(page: Page, address: str) -> None:
    """Go to a page from which the theme loads those of the sitemap in its place."""
    page.goto(address)
    until(page, "window.hasSitemap")


@contextmanager
def replaced(page: Page) -> Iterator[None]:
    """Do what has the theme load a page in another's place, and wait until it is there: until then, a link may be gone when it is pressed."""
    page.evaluate("document.querySelector('.md-container').dataset.isOld = ''")
    yield
    expect(page.locator(".md-container[data-is-old]")).to_have_count(0)


def search(page: Page, words: str) -> Locator:
    """Type something into the theme's search, and return the titles that are found once all of it is answered.

    Each letter is answered, at once and again from the whole text.
    """
    field = page.locator(".md-search__input")
    field.click()
    field.press_sequentially(words)
    answered(page, words)
    return page.locator(".md-search-result__item h1")


def answered(page: Page, words: str) -> None:
    """Wait until the theme's search shows all that it finds for what is typed."""
    until(page, _IS_ANSWERED, words)


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
        note_signs(page)
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

    def open_at_home(self, path: str) -> Page:
        """Go to a page as it is where the site is published: the theme loads others in its place."""
        at_home(self.page)
        open_in_place(self.page, self.address + path)
        return self.page

    def follow(self, link: Locator) -> None:
        """Follow a link within a page that was opened so.

        A moment after each move the theme notes how far a page is scrolled, and goes back there where a link was followed before.
        """
        link.scroll_into_view_if_needed()
        until(self.page, "history.state?.y === scrollY")
        link.click()


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
