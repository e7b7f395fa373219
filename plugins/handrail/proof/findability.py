"""Reads from a finished site how well each public procedure can be found, whichever engine built it."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urljoin, urlsplit

from handrail.build.build import Given, settle
from handrail.history.material import read_material
from handrail.history.texts import history_of
from handrail.measures.findability import IN_SEARCH, LEFT_OUT, Findability, Found
from handrail.measures.own_search import lost
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.urls import file_of
from handrail.pages.audience import Shown
from handrail.pages.generated import finder
from handrail.pages.generated.changes import changed_on
from handrail.proof.built import BuiltSite
from handrail.proof.crawlers import is_forbidden, locations
from handrail.proof.heads import Head, read_head
from handrail.search.ranking import Finder
from handrail.web.plain_text import LONGEST

MOST_CLICKS = 3
SHORTEST = 50
"""Characters of a description: with fewer it says little."""

_SITEMAP = "sitemap.xml"
_ROBOTS = "robots.txt"
_HOME = "index.html"
_DATED = re.compile(r"<loc>([^<]*)</loc>\s*<lastmod>\s*([\d-]{10})")
_SOCIAL = ("og:type", "og:title", "og:description", "og:url")
_WORD = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u058f\u10a0-\u10ff\u1e00-\u1fff]{4,}"
)
"""Words of scripts that are typed letter by letter: nobody swaps two signs of a syllable, or of what an input method writes."""


def findability(handbook: Handbook, site: BuiltSite) -> Findability:
    """Look for every active public procedure of a handbook in its finished site, and in git for the days of the texts."""
    build = settle(Given(handbook, material=read_material(history_of(handbook), handbook)))
    reader = _Reader(build.shown, site)
    pages = [page for page in handbook.reviewed if page.is_in_force and page.visibility == "public"]
    pages.sort(key=lambda page: (page.title.casefold(), page.path))
    file = handbook.project.config_file.name
    procedures = tuple(Found(page, tuple(reader.missed(page)), tuple(reader.lost(page)), file) for page in pages)
    return Findability(procedures, tuple(reader.dead))


def with_a_slip(title: str) -> list[str]:
    """Return a title with one slip of the keyboard, in each of three ways, in the middle of the longest word that is typed."""
    found = max(_WORD.finditer(title), key=lambda match: len(match[0]), default=None)
    if found is None:
        return []
    word, at = found[0], len(found[0]) // 2
    slips = (
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    )
    return [title[: found.start()] + slip + title[found.end() :] for slip in dict.fromkeys(slips) if slip != word]


class _Reader:
    """A finished site with what all its pages say, read once."""

    def __init__(self, shown: Shown, site: BuiltSite) -> None:
        self._shown = shown
        site_url = shown.handbook.project.site_url
        self._site_url = site_url and f"{site_url.rstrip('/')}/"
        self._files = site.files
        self._heads = {path: read_head(site.raw(path).decode("utf-8", "replace")) for path in site.html_files}
        sitemap = _text(site, _SITEMAP)
        addresses = locations(sitemap)
        self._days = {unquote(html.unescape(address).strip()): day for address, day in _DATED.findall(sitemap)}
        # In a folder of the host nobody reads it.
        self._robots = _text(site, _ROBOTS) if site.address.base == "/" else ""
        self._listed = {unquote(address) for address in addresses}
        self.dead = [address for address in addresses if not self._is_there(site.resolve(_HOME, address))]
        self._near = self._within_clicks(site)
        offered = [head for path, head in self._heads.items() if self._is_offered(path, head)]
        self._titles = Counter(head.title.casefold() for head in offered)
        self._descriptions = Counter(head.description.casefold() for head in offered)
        self._finder = _read_finder(site)
        self._known = frozenset(self._finder.urls) if self._finder is not None else frozenset()

    def _is_there(self, target: tuple[str, str] | None) -> bool:
        return target is not None and target[0] in self._files

    def _is_offered(self, path: str, head: Head) -> bool:
        """Say whether search engines may show a page under its own address."""
        url = path[: -len(_HOME)] if path == _HOME or path.endswith(f"/{_HOME}") else path
        own = {unquote(address) for address in head.canonicals} <= {self._address(url)}
        return own and not head.is_left_out

    def _address(self, url: str) -> str:
        return unquote(urljoin(self._site_url, url)) if self._site_url else ""

    def _within_clicks(self, site: BuiltSite) -> set[str]:
        near = {_HOME}
        rim = [_HOME]
        for _ in range(MOST_CLICKS):
            targets = [
                target
                for path in rim
                for link in (self._heads[path].links if path in self._heads else ())
                if (target := site.resolve(path, link)) is not None
            ]
            rim = [path for path, _ in dict.fromkeys(targets) if path not in near]
            near.update(rim)
        return near

    def missed(self, page: Page) -> Iterator[str]:
        """Yield the checks that a procedure misses."""
        if page.src_uri in self._shown.handbook.files.left_out:
            yield LEFT_OUT
            return
        path = file_of(page.url)
        address = self._address(page.url)
        if address not in self._listed or not address:
            yield "sitemap"
        day = changed_on(self._shown, page)
        if day is not None and self._days.get(address, str(day)) != str(day):
            yield "dated"
        if is_forbidden(self._robots, urlsplit(address).path):
            yield "crawled"
        if page.url not in self._known:
            yield IN_SEARCH
        head = self._heads.get(path)
        if head is None:
            yield "address"
            return
        if path not in self._near:
            yield "clicks"
        yield from (name for name, is_met in self._said(head, address) if not is_met)

    def _said(self, head: Head, address: str) -> Iterable[tuple[str, bool]]:
        """Return the checks of what a page says itself, and whether it meets them."""
        is_alone = head.is_left_out  # nobody is shown two pages of which one is left out
        return (
            ("indexed", not head.is_left_out),
            ("canonical", bool(address) and [unquote(one) for one in head.canonicals] == [address]),
            ("title", bool(head.title) and (is_alone or self._titles[head.title.casefold()] <= 1)),
            ("description", is_alone or not head.description or self._descriptions[head.description.casefold()] <= 1),
            ("length", SHORTEST <= len(head.description) <= LONGEST),
            ("heading", head.headings == 1),
            ("language", bool(head.language)),
            ("data", bool(head.data)),
            ("readable", all(isinstance(one, dict | list) for one in head.data)),
            ("preview", all(head.social.get(name) for name in _SOCIAL)),
        )

    def lost(self, page: Page) -> Iterator[str]:
        """Yield the words of a procedure's own that don't find it: its title comes first, the others among the first."""
        if self._finder is None or page.url not in self._known:
            return  # that it is not known says it all
        yield from lost(self._finder, page.url, (page.title,), 1)
        yield from lost(self._finder, page.url, (*with_a_slip(page.title), *page.texts("asked_as")))


def _text(site: BuiltSite, path: str) -> str:
    return site.raw(path).decode("utf-8-sig", "replace") if path in site.files else ""


def _read_finder(site: BuiltSite) -> Finder | None:
    """Return the index that the site's search uses; None where there is none that can be read."""
    if finder.INDEX not in site.files:
        return None
    try:
        return Finder(json.loads(site.raw(finder.INDEX)))
    except (ValueError, TypeError, LookupError):
        return None
