"""The extension of Markdown that works inside Zensical: it does to a page what the plugin does in MkDocs.

It makes the HTML of authors harmless, puts round a text what Handrail shows, and lets links lead where MkDocs' own lead. In a Zensical that reads
anything but the tree that Handrail wrote it refuses: of the pages themselves it would publish all, also those that are withheld.
"""

from __future__ import annotations

import json
import posixpath
import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from mkdocs.structure.toc import AnchorLink, TableOfContents, get_toc

from handrail.build.seal import sealed
from handrail.engines.addresses import as_words
from handrail.engines.completion import Completion, complete
from handrail.engines.zensical.record import PageRecord, read_line
from handrail.errors import HandrailError
from handrail.model.urls import relative
from handrail.text.markdown import is_address

ADDRESSES = "addresses"
"""The option that names the file with the addresses of the tree: only where it is given does Zensical read that tree."""
_RUNNING = "zensical.markdown.render"
_FIRST, _JUST_BEFORE_THE_END, _WHEN_IT_IS_HTML = 1000, 0, -1
_LINKS = {"a": "href", "img": "src"}
_TAG = re.compile(r"<[a-zA-Z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_LINK = re.compile(r"(?P<name>\s(?:href|src)=\")(?P<address>[^\"]*)\"")
_ID = re.compile(r"\sid=\"([^\"]*)\"")
_NAME_OF_FILE = re.compile(r"\.md(?=[#?]|\Z)")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#?]|\Z")
_REFUSED = (
    "Zensical is reading the handbook's own pages, and would publish those too that Handrail withholds. Run `handrail generate`, and "
    "build what that has written, as it says."
)


class HandrailExtension(Extension):
    """Does nothing but in Zensical."""

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self._addresses = options.get(ADDRESSES)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        if self._addresses is not None:
            _Page(md, Path(self._addresses))
        elif _RUNNING in sys.modules:
            raise HandrailError(_REFUSED)


class _Page:
    """One page on its way through Markdown."""

    toc: TableOfContents
    present_anchor_ids: Any = None
    title: str | None = None
    is_whole = False
    """Whether the text has become a whole tree of HTML."""

    def __init__(self, md: Markdown, addresses: Path) -> None:
        self.md = md
        self.addresses = addresses
        self.record = PageRecord("", "", "", Completion())
        self.meta: dict[str, Any] = {"title": ""}  # a title of its own stands above each page of the tree
        md.preprocessors.register(_Record(md, self), "handrail_record", _FIRST)
        md.treeprocessors.register(_Addresses(md, self), "handrail_addresses", _JUST_BEFORE_THE_END)
        md.postprocessors.register(_Complete(md, self), "handrail_complete", _WHEN_IT_IS_HTML)

    def completed(self, html: str) -> str:
        self.toc = get_toc(getattr(self.md, "toc_tokens", []))
        self.present_anchor_ids = {name for tag in _TAG.findall(html) for name in _ID.findall(tag)}
        html = complete(html, self, self.record.completion)
        self.md.toc_tokens = [_token(item) for item in self.toc.items]  # type: ignore[attr-defined]
        return sealed(_TAG.sub(self._as_zensical_reads, html), self.record.seal)

    def _as_zensical_reads(self, tag: re.Match[str]) -> str:
        """Return a tag whose addresses become, by what Zensical does to each, those that they are here.

        It takes an address for that of what lies beside the page's file, and puts `../` before it where the page's own address is a folder
        below; and of the name of a page's file it makes the address of that page, which MkDocs does in Markdown only.
        """
        return _LINK.sub(lambda link: f'{link["name"]}{self._beside(link["address"])}"', tag[0])

    def _beside(self, address: str) -> str:
        if _ELSEWHERE.match(address):
            return address
        record, address = self.record, _NAME_OF_FILE.sub(".%6Dd", address)
        if not record.url.endswith("/") or posixpath.basename(record.path) == "index.md":
            return address
        if not address.startswith("../"):
            return f"{posixpath.basename(record.url.rstrip('/'))}/{address.removeprefix('./')}"
        rest = address.removeprefix("../")
        return f"./{rest}" if _ELSEWHERE.match(rest) else rest


class _Record(Preprocessor):
    """Takes the line of data from above the text."""

    def __init__(self, md: Markdown, page: _Page) -> None:
        super().__init__(md)
        self._page = page

    def run(self, lines: list[str]) -> list[str]:
        found = read_line(lines[0]) if lines else None
        if found is None:
            return lines
        self._page.record = found
        return lines[1:]


class _Addresses(Treeprocessor):
    """Gives the links of a text the addresses of what they lead to, as MkDocs does, and makes words of those that could lead nowhere."""

    def __init__(self, md: Markdown, page: _Page) -> None:
        super().__init__(md)
        self._page = page

    def run(self, root: Element) -> None:
        self._page.is_whole = True
        for element in root.iter():
            name = _LINKS.get(str(element.tag), "")
            address = element.get(name)
            if address is None:
                continue
            if is_address(address):
                element.set(name, self._address(address))
            else:
                as_words(element)

    def _address(self, address: str) -> str:
        """Return the address on the site of the file that a link names; as it is written, where it names none."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return address
        record = self._page.record
        path = posixpath.normpath(posixpath.join(posixpath.dirname(record.src_uri), unquote(parts.path)))
        url = _read_addresses(self._page.addresses).get(path)
        return address if url is None else parts._replace(path=relative(url, record.url)).geturl()


class _Complete(Postprocessor):
    """Completes a page; the table of contents has every heading of it go through the same hands before."""

    def __init__(self, md: Markdown, page: _Page) -> None:
        super().__init__(md)
        self._page = page

    def run(self, text: str) -> str:
        return self._page.completed(text) if self._page.is_whole else text


def _token(item: AnchorLink) -> dict[str, Any]:
    return {
        "level": item.level,
        "id": item.id,
        "name": item.title,
        "html": item.title,
        "data-toc-label": "",
        "children": [_token(child) for child in item.children],
    }


def _read_addresses(file: Path) -> dict[str, str]:
    return _addresses_of(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _addresses_of(file: Path, _written: int) -> dict[str, str]:
    found: dict[str, str] = json.loads(file.read_text("utf-8"))
    return found
