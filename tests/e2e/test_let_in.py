"""Pictures and frames of other hosts in a real browser: those that are let in are shown, and nobody else is asked."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.e2e.conftest import served, until
from tests.engines.drawn import BASE
from tests.engines.injecting import policy_of
from tests.engines.sites import Site, build
from tests.support.handbooks import make_handbook

pytestmark = pytest.mark.browser

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_FRAME = "<title>A film</title><script>document.title = 'it runs'; try { top.location = 'https://evil.example/' } catch {}</script>"
_PAGE = f"""# Page

![one](https://img.example/1.png) ![two](//a.cdn.example/2.png) ![kept](data:image/png;base64,{base64.b64encode(_PNG).decode()})

![three](http://img.example/3.png) ![four](https://other.example/4.png) <img srcset="https://other.example/5.png 1x" alt="five">

<iframe width="300" height="200" src="https://www.video.example/film" title="A film"></iframe>
"""
_SOP = """---
kind: sop
id: signed
title: Signed
visibility: public
state: active
---
![one](https://img.example/1.png)

<iframe src="https://www.video.example/film"></iframe>
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    settings = {
        "images": ["img.example", "*.cdn.example"],
        "embeds": ["https://www.video.example"],
        "severity": {"HB805": "warning", "HB806": "warning"},
    }
    files = {**BASE, "content/page.md": _PAGE, "content/signed.md": _SOP}
    make_handbook(tmp_path, files, settings, {"theme": {"name": "material", "font": False}})
    return build(tmp_path)


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[tuple[Page, str, set[str]]]:
    """Open a window in which other hosts answer, and which remembers who of them was asked."""
    asked: set[str] = set()
    with served(site.root) as address:
        page = browser.new_page()

        def answer(route: Route) -> None:
            parts = urlsplit(route.request.url)
            if parts.hostname == "127.0.0.1":
                route.continue_()
                return
            asked.add(f"{parts.scheme}://{parts.hostname}")
            is_frame = route.request.resource_type == "document"
            route.fulfill(body=_FRAME if is_frame else _PNG, content_type="text/html" if is_frame else "image/png")

        page.route("**/*", answer)
        yield page, address, asked
        page.close()


def test_what_is_let_in_is_shown_and_nobody_else_is_asked(page: tuple[Page, str, set[str]]) -> None:
    shown, address, asked = page
    shown.goto(f"{address}page/")
    widths = shown.eval_on_selector_all("article img", "all => all.map(one => [one.alt, one.naturalWidth])")
    assert [width for width in widths if width[1]] == [["one", 1], ["two", 1], ["kept", 1]]
    assert asked == {"https://img.example", "https://a.cdn.example", "https://www.video.example"}
    frame = next(frame for frame in shown.frames if "video.example" in frame.url)
    assert frame.title() == "it runs"
    assert shown.url == f"{address}page/", "a frame can't lead its page elsewhere"


def test_the_policy_refuses_every_other_host(page: tuple[Page, str, set[str]]) -> None:
    shown, address, asked = page
    shown.goto(f"{address}page/")
    asked.clear()
    shown.evaluate(
        """() => {
           window.refused = []
           document.addEventListener('securitypolicyviolation', ({blockedURI}) => { refused.push(blockedURI) })
           for (const host of ['https://other.example', 'http://img.example', 'https://cdn.example', 'https://video.example']) {
             new Image().src = `${host}/x.png`
             document.body.append(Object.assign(document.createElement('iframe'), {src: `${host}/x`})) } }"""
    )
    until(shown, "refused.length === 8")
    assert asked == set()


def test_a_page_that_is_signed_shows_none_of_it(page: tuple[Page, str, set[str]]) -> None:
    shown, address, asked = page
    shown.goto(f"{address}signed/")
    assert shown.locator("article img").count() == 0
    assert shown.locator("iframe").count() == 0
    assert asked == set()


def test_the_policy_names_what_the_settings_name_and_no_other_host(site: Site) -> None:
    said = policy_of(site.html("page/"))
    assert "img-src 'self' data: https://*.cdn.example https://img.example;" in said
    assert "frame-src https://www.video.example;" in said
    assert said.count("https://") == 3
