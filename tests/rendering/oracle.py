"""Asks a browser whether two texts read the same: it shows both as the site would and compares what readers get.

What readers get is what they see (the pixels), what is read out to them (the names, roles and states of the accessibility
tree), where the links lead, and what shows at a pointer (the titles). Each text is shown twice: as it opens on a wide
screen, and printed with every fold open, where what the theme hides behind tabs comes out.

The verdicts lie in `verdicts.tsv`. `python -m tests.rendering.oracle` judges all pairs anew and writes them.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import material  # type: ignore[import-untyped]
from playwright.sync_api import Browser, CDPSession, Page, Route

import handrail
from tests.rendering.pairs import Pair, pairs
from tests.rendering.renderer import render
from tests.support.browser import started

HERE = Path(__file__).parent
VERDICTS = HERE / "verdicts.tsv"
_ADDRESS = "http://handbook.example/page/"
_STYLES = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
_OURS = Path(handrail.__file__).parent / "pages" / "assets" / "handrail.css"
# Nothing moves, and the buttons of what plays, which follow its loading, leave only their place.
_STILL = """
*, ::before, ::after { animation: none !important; transition: none !important; caret-color: transparent }
audio::-webkit-media-controls, video::-webkit-media-controls { opacity: 0 !important }
"""
_FRAME = """<!doctype html>
<html lang="en" class="js"><head><meta charset="utf-8"><title>Page</title><style>{styles}</style></head>
<body dir="ltr" data-md-color-scheme="default" data-md-color-primary="teal" data-md-color-accent="teal">
<div class="md-container"><main class="md-main"><div class="md-main__inner md-grid"><div class="md-content">
<article class="md-content__inner md-typeset"></article>
</div></div></main></div></body></html>"""
_SHOW = """async ({html, open}) => {
  const article = document.querySelector("article")
  article.innerHTML = html
  if (open) for (const folded of article.querySelectorAll("details")) folded.open = true
  const pictures = [...article.querySelectorAll("img")]
  for (const film of article.querySelectorAll("video[poster]")) pictures.push(Object.assign(new Image(), {src: film.poster}))
  for (const picture of pictures) picture.loading = "eager"
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => null)))
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
}"""
# A link into the page leads to a place in it, whatever that is called: to what stands behind so many letters.
_LINKS = """() => [...document.querySelectorAll("article [href]")].map((link) => {
  const address = link.getAttribute("href")
  const name = address.startsWith("#") && decodeURIComponent(address.slice(1))
  const place = name && (document.getElementById(name) ?? document.querySelector(`article a[name="${CSS.escape(name)}"]`))
  if (!place) return address
  const before = new Range()
  before.setStart(document.querySelector("article"), 0)
  before.setEndBefore(place)
  return `${place.localName} behind ${before.toString().replace(/\\s/g, "").length} letters`
})"""
_TITLES = '() => [...document.querySelectorAll("article [title]")].map((element) => element.title)'
# Wrappers without a name are not read out; boxes of lines come and go with the width.
_SILENT = frozenset(("InlineTextBox", "generic", "none", "presentation", "LayoutTableColumn"))


@dataclass(frozen=True)
class Verdict:
    """What of two texts is equal to readers: all of it, if they read the same."""

    pixels: bool
    names: bool
    links: bool
    titles: bool

    @property
    def same(self) -> bool:
        """Say whether the browser shows no difference."""
        return all(astuple(self))


class Oracle:
    """A page of the browser on which texts are shown, one after the other."""

    def __init__(self, browser: Browser) -> None:
        self.version = browser.version
        self._seen: dict[str, tuple[tuple[object, ...], ...]] = {}
        self._page = browser.new_page(viewport={"width": 1280, "height": 900})
        self._page.route("**/*", _answer)
        self._page.goto(_ADDRESS)
        self._tree: CDPSession = self._page.context.new_cdp_session(self._page)

    def judge(self, pair: Pair) -> Verdict:
        """Say what the readers of two bodies get alike."""
        return self.compare(render(pair.old, pair.extensions), render(pair.new, pair.extensions))

    def compare(self, old: str, new: str) -> Verdict:
        """Say what the readers of two pieces of HTML get alike."""
        if old == new:
            return Verdict(pixels=True, names=True, links=True, titles=True)
        return Verdict(*(before == after for before, after in zip(self._looks(old), self._looks(new), strict=True)))

    def _looks(self, html: str) -> tuple[tuple[object, ...], ...]:
        """Return for each aspect what both looks at the HTML gave; many pairs begin with the same text."""
        if html not in self._seen:
            self._seen[html] = tuple(zip(self._look(html, printed=False), self._look(html, printed=True), strict=True))
        return self._seen[html]

    def _look(self, html: str, *, printed: bool) -> tuple[str, list[Any], Any, Any]:
        page = self._page
        page.emulate_media(media="print" if printed else "screen", color_scheme="light")
        page.evaluate(_SHOW, {"html": html, "open": printed})
        return _pixels(page), self._names(), page.evaluate(_LINKS), page.evaluate(_TITLES)

    def _names(self) -> list[Any]:
        nodes = self._tree.send("Accessibility.getFullAXTree")["nodes"]
        return [_read_out(node) for node in nodes if not node["ignored"] and _value(node, "role") not in _SILENT]


def stored() -> tuple[str, dict[str, Verdict]]:
    """Return which browser judged last, and its verdicts by the names of the pairs."""
    version, _, *lines = VERDICTS.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return version, {name: Verdict(*(word == "equal" for word in words)) for name, *words in rows}


def write(version: str, verdicts: Iterable[tuple[str, Verdict]]) -> None:
    """Store what a browser judged."""
    head = "\t".join(("pair", *(field.name for field in fields(Verdict))))
    lines = (
        "\t".join((name, *("equal" if equal else "differ" for equal in astuple(verdict)))) for name, verdict in verdicts
    )
    VERDICTS.write_text("\n".join((version, head, *lines, "")), "utf-8")


def _pixels(page: Page) -> str:
    """Return a digest of the article as it is painted: the browser writes equal pixels as equal bytes."""
    box = page.evaluate(
        "() => { const {x, y, width, height} = document.querySelector('article').getBoundingClientRect();"
        " return {x: x + scrollX, y: y + scrollY, width, height: Math.max(height, 1)} }"
    )
    return hashlib.sha256(page.screenshot(full_page=True, clip=box, animations="disabled")).hexdigest()


def _read_out(node: dict[str, Any]) -> list[Any]:
    """Return what is told of an element: composed, for how its letters are composed is nothing that readers hear."""
    told = [_value(node, "role"), _value(node, "name"), _value(node, "description"), _value(node, "value")]
    # Where links lead is judged apart, and what an image shows by the pixels.
    states = [
        [state["name"], state["value"].get("value")] for state in node.get("properties", ()) if state["name"] != "url"
    ]
    return [unicodedata.normalize("NFC", str(part)) for part in told] + states


def _value(node: dict[str, Any], field: str) -> Any:
    return node.get(field, {}).get("value", "")


def _answer(route: Route) -> None:
    """Serve the page's frame and two images; all else that a text may name is not there, and nobody else is asked."""
    request = route.request.url
    if request == _ADDRESS:
        route.fulfill(content_type="text/html", body=_FRAME.format(styles=_styles()))
    elif request.endswith(".png"):
        route.fulfill(content_type="image/png", body=_picture(request.endswith("b.png")))
    else:
        route.fulfill(status=404, body="")


def _styles() -> str:
    sheets = [*_STYLES.glob("main.*.css"), *_STYLES.glob("palette.*.css"), _OURS]
    return "\n".join((*(sheet.read_text("utf-8") for sheet in sheets), _STILL))


def _picture(other: bool) -> bytes:  # noqa: FBT001 - one of two
    """Return an image of 60 by 30 in one of two colours."""
    colour = b"\x00\x80\x00" if other else b"\x80\x00\x00"
    rows = zlib.compress((b"\x00" + colour * 60) * 30)
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 60, 30, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def main() -> int:
    """Judge every pair and store the verdicts."""
    with started() as browser:
        oracle = Oracle(browser)
        write(oracle.version, [(pair.name, oracle.judge(pair)) for pair in pairs()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
