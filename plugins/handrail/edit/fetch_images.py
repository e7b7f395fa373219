"""Brings the pictures of other hosts that a page shows into the handbook, and writes their new addresses into the page.

Nothing else of the page changes, down to the byte, and a page of which one picture can't be had is left as it is.
"""

from __future__ import annotations

import html
import posixpath
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from handrail.edit.all_or_none import Change
from handrail.edit.downloads import DownloadError, Picture
from handrail.errors import UsageError
from handrail.model.files import read_bytes
from handrail.model.handbook import Handbook
from handrail.model.names import folded
from handrail.model.page import Page
from handrail.model.urls import relative
from handrail.text.hosts import other_host
from handrail.text.media import Medium, media
from handrail.text.tags import as_browsers_read

_NO_LETTER = re.compile(r"[^a-z0-9]+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST = 60
_NAMELESS = "picture"
# Names that some systems keep for devices.
_OF_DEVICES = re.compile(r"(?:aux|con|nul|prn|com\d|lpt\d)")


@dataclass(frozen=True, slots=True)
class Missing:
    """A picture that could not be had: where the page names it, its address, and why."""

    offset: int
    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What becomes of a page: its text now, the changes of files, and what is missing, where nothing is changed.

    `files` are the names of its pictures, those that lay there already among them.
    """

    page: Page
    before: bytes
    after: bytes
    changes: tuple[Change, ...]
    files: tuple[str, ...]
    missing: tuple[Missing, ...]


@dataclass
class Fetcher:
    """Fetches pictures for pages of one handbook, each address once.

    `get` downloads one; raises DownloadError.
    """

    handbook: Handbook
    get: Callable[[str], Picture]
    _known: dict[str, Picture | DownloadError] = field(default_factory=dict)
    _made: dict[str, bytes] = field(default_factory=dict)

    def fetch(self, page: Page, raw: bytes) -> Fetched:
        """Return what becomes of a page that was read from these bytes; raises UsageError where it is no text."""
        if not page.source.readable:
            raise UsageError(f"{page.path} can't be read, so nothing is written into it; `handrail check` says why.")
        wanted = list(_wanted(page, self.handbook.project.site_url))
        got = [(shown, self._picture(_asked_for(shown))) for shown in wanted]
        missing = tuple(
            Missing(page.source.body_offset + shown.address_at, _asked_for(shown), str(found))
            for shown, found in got
            if isinstance(found, DownloadError)
        )
        if missing:
            return Fetched(page, raw, raw, (), (), missing)
        return self._with_files(page, raw, [(shown, found) for shown, found in got if isinstance(found, Picture)])

    def _with_files(self, page: Page, raw: bytes, got: list[tuple[Medium, Picture]]) -> Fetched:
        new: dict[str, bytes] = {}
        edits, names = [], []
        for shown, picture in got:
            path = self._place(page, _asked_for(shown), picture, new)
            names.append(posixpath.basename(path))
            # Markdown's own pictures count from the page's file, those in HTML from its address.
            address = names[-1] if not shown.tag else relative(path, page.url)
            edits.append((shown.address_at, shown.address_at + len(shown.address), address))
        self._made |= new
        after = _edited(page, raw, edits)
        changes = [Change(path, None, content) for path, content in new.items()]
        if after != raw:
            changes.append(Change(page.src_uri, raw, after))
        return Fetched(page, raw, after, tuple(changes), tuple(dict.fromkeys(names)), ())

    def _picture(self, address: str) -> Picture | DownloadError:
        if address not in self._known:
            try:
                self._known[address] = self.get(address)
            except DownloadError as error:
                self._known[address] = error
        return self._known[address]

    def _place(self, page: Page, address: str, picture: Picture, new: dict[str, bytes]) -> str:
        """Return the path of a picture beside a page: one that holds it already, or one that nothing has."""
        stem = _stem(address)
        there = {folded(path): path for path in (*self.handbook.files.beside, *self.handbook.by_src_uri)}
        for number in range(1, len(there) + len(self._made) + len(new) + 2):
            name = stem if number == 1 else f"{stem}-{number}"
            path = posixpath.join(page.folder, f"{name}{picture.suffix}")
            known = new.get(path) or self._made.get(path)
            if known is None and folded(path) in there:
                known = read_bytes(self.handbook.project.docs_dir, there[folded(path)]) or b""
            if known is None:
                new[path] = picture.content
            if known in (None, picture.content):
                return path
        raise AssertionError  # one of so many names is free


def _wanted(page: Page, site_url: str) -> Iterator[Medium]:
    """Yield the pictures of other hosts that a body shows, each by its one address."""
    told: set[int] = set()
    for shown in media(page.source.body, page.source.links):
        is_named = shown.tag in ("", "img") and shown.attribute in ("", "src")
        if is_named and shown.address_at not in told and other_host(shown.address, site_url):
            told.add(shown.address_at)
            yield shown


def _asked_for(shown: Medium) -> str:
    """Return the address of a picture as a browser would ask for it; one without a scheme is asked for by https."""
    written = shown.address if shown.tag else _ESCAPED.sub(r"\1", shown.address)
    address = as_browsers_read(html.unescape(written)).replace("\\", "/").strip()
    return f"https:{address}" if address.startswith("//") else address


def _stem(address: str) -> str:
    """Return the beginning of a file's name after the last part of an address: small letters, digits and hyphens."""
    try:
        last = posixpath.basename(unquote(urlsplit(address).path).rstrip("/"))
    except ValueError:
        last = ""
    stem = _NO_LETTER.sub("-", posixpath.splitext(last)[0].lower()).strip("-")[:_LONGEST].strip("-")
    return _NAMELESS if not stem or _OF_DEVICES.fullmatch(stem) else stem


def _edited(page: Page, raw: bytes, edits: list[tuple[int, int, str]]) -> bytes:
    parts, at, begin, text = [], 0, page.source.body_offset, page.source.text
    for start, end, address in sorted(edits):
        parts += [text[at : begin + start], address]
        at = begin + end
    bom = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    return bom + "".join([*parts, text[at:]]).encode()
