"""A finished site as it lies on the disk, whichever engine built it: its files, its pages' links and anchors, its text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote

from handrail.model.generated import CALENDAR
from handrail.model.urls import SiteAddress
from handrail.proof.decoding import as_text, legible, unpacked
from handrail.proof.stopped import Asked, asked_by, base_of, policy_in, without_scripting
from handrail.text.hosts import is_elsewhere
from handrail.text.html_page import Tag, parts

_PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_REFRESH = re.compile(r"[\d.\s]*[;,]\s*url\s*=\s*([\"']?)(?P<url>.*)\1", re.IGNORECASE | re.DOTALL)
_RUNS = ("script", "style")
_WITHOUT_SCRIPTING = frozenset(("<noscript>", "<NOSCRIPT>"))
_FOLD = re.compile(rb"\r?\n[ \t]")
"""Where a line of a calendar is broken, which may be within a word."""


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """One HTML file: what it links to, as written or as the page's `<base>` leads it, the anchors that links may lead to, and whether it says anything.

    `leads_on` is the address that readers are sent on to from it; empty where they stay. `asked` is what it asks browsers to run or
    load, and `policy` what it allows them; empty where it says nothing of that. `icons` are those of the links that nobody follows:
    browsers look there for the site's icon.
    """

    links: tuple[str, ...]
    anchors: frozenset[str]
    has_text: bool = True
    leads_on: str = ""
    asked: tuple[Asked, ...] = ()
    policy: str = ""
    icons: frozenset[str] = frozenset()


@dataclass
class BuiltSite:
    """A finished site, and where it lies on the web."""

    folder: Path
    address: SiteAddress = field(default_factory=SiteAddress)
    _pages: dict[str, BuiltPage] = field(default_factory=dict)
    _from_folders: dict[tuple[str, str], tuple[str, str] | None] = field(default_factory=dict)

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file, relative to the site, with `/`; names that begin with a dot are among them, links are not."""
        return frozenset(path for path, is_link in self._found if not is_link)

    @cached_property
    def symlinks(self) -> frozenset[str]:
        """Every symbolic link, wherever it leads."""
        return frozenset(path for path, is_link in self._found if is_link)

    @cached_property
    def _found(self) -> list[tuple[str, bool]]:
        return list(_walk(self.folder, ""))

    @property
    def html_files(self) -> list[str]:
        return sorted(filter(is_page, self.files))

    def raw(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def texts(self, path: str) -> tuple[list[str], str]:
        """Return what stands in a file and in what is packed in it, and why it could not all be read, if so."""
        contents, trouble = unpacked(self.raw(path))
        if path.lower().endswith(CALENDAR):
            contents = [_FOLD.sub(b"", raw) for raw in contents]
        return [text if (text := as_text(raw)) is not None else legible(raw) for raw in contents], trouble

    def page(self, path: str) -> BuiltPage:
        if path not in self._pages:
            self._pages[path] = read_page(_text(self.raw(path)))
        return self._pages[path]

    def line_of(self, path: str, written: str) -> int:
        """Return the line of a page on which something stands that was read of it, from 1."""
        return _text(self.raw(path)).partition(written)[0].count("\n") + 1

    def resolve(self, page: str, link: str) -> tuple[str, str] | None:
        """Return the path in the site that a link of a page leads to, and the anchor; None where it leads elsewhere.

        The path is that of a file, or of what would have to be one.
        """
        if link.startswith("#"):
            return page, unquote(link[1:])
        # Most links are the navigation's, which every page of a folder has from the same place: each is looked up once.
        folder, rest = page[: page.rfind("/") + 1], link
        while folder and rest.startswith("../"):
            folder, rest = folder[: folder.rfind("/", 0, -1) + 1], rest[3:]
        if not rest[:1].isalnum():
            return self._resolved(page, link)
        known = folder, rest
        if known not in self._from_folders:
            self._from_folders[known] = self._resolved(f"{folder}index.html", rest)
        return self._from_folders[known]

    def _resolved(self, page: str, link: str) -> tuple[str, str] | None:
        target = self.address.target(page, link)
        if target is None:
            return None
        return next((file for file in target.files if file in self.files), target.files[0]), target.fragment


def is_page(path: str) -> bool:
    """Say whether a file is one that browsers show as a page."""
    return path.lower().endswith(_PAGES)


def read_page(text: str) -> BuiltPage:
    """Read the links and anchors of a page."""
    texts, written = parts(text)
    links: dict[str, None] = {}
    anchors: set[str] = set()
    asked: list[Asked] = []
    icons: set[str] = set()
    followed: set[str] = set()
    has_text, leads_on, policy = any(not text.isspace() for text in texts if text), "", ""
    each = dict.fromkeys(written)
    unread = without_scripting(written) if not _WITHOUT_SCRIPTING.isdisjoint(each) else ()
    for tag in each:
        told = _told(tag)
        links.update(dict.fromkeys(told.links))
        anchors |= told.anchors
        has_text = has_text or told.has_text
        leads_on = leads_on or told.leads_on
        policy = policy or told.policy
        asked += (one for one in told.asked if tag not in unread or not one.kind.is_program)
        icons |= told.icons
        followed.update(told.links if not told.icons else ())
    if base := base_of(asked, policy):
        links = dict.fromkeys(_led_by(base, link) for link in links)
        icons, followed = ({_led_by(base, link) for link in some} for some in (icons, followed))
    return BuiltPage(
        tuple(links), frozenset(anchors), has_text, leads_on, tuple(asked), policy, frozenset(icons - followed)
    )


@lru_cache(maxsize=1 << 16)  # the pages of a site have most of their tags in common
def _told(written: str) -> BuiltPage:
    """Return what one tag says; the text of an element that holds only text belongs to it."""
    tag = Tag(written)
    if tag.is_end:
        return BuiltPage((), frozenset(), has_text=False)
    links = [tag.value(name).strip() for name in ("href", "src") if tag.has(name)]
    links += tag.sources
    anchors = [tag.value(name).strip() for name in ("id", *(("name",) if tag.name == "a" else ())) if tag.has(name)]
    has_text = tag.name not in _RUNS and bool(tag.content.strip())
    leads_on = ""
    if tag.name == "meta" and tag.value("http-equiv").strip().lower() == "refresh":
        refresh = _REFRESH.fullmatch(tag.value("content"))
        leads_on = refresh["url"].strip() if refresh else ""
    icons = frozenset(links if tag.name == "link" and "icon" in tag.value("rel").lower() else ())
    return BuiltPage(tuple(links), frozenset(anchors), has_text, leads_on, tuple(asked_by(tag)), policy_in(tag), icons)


def _led_by(base: str, link: str) -> str:
    """Return a link as it would stand in a page whose own place does not say where links begin."""
    if link == base or link.startswith("/") or is_elsewhere(link):
        return link
    return f"{base if link[:1] in ('', '#', '?') else base[: base.rfind('/') + 1]}{link}"


def _text(raw: bytes) -> str:
    text = as_text(raw)
    return raw.decode("utf-8", "replace") if text is None else text


def _walk(folder: Path | str, prefix: str) -> Iterator[tuple[str, bool]]:
    """Yield every file and every symbolic link, and whether it is one; no link is followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{path}/")
            elif entry.is_symlink() or entry.is_file():
                yield path, entry.is_symlink()
