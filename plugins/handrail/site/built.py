"""A finished site as it lies on the disk, whichever engine built it: its files, its pages' links and anchors, its text."""

from __future__ import annotations

import gzip
import html
import io
import posixpath
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

_MOST_UNPACKED = 200_000_000
_TAG = re.compile(r"<([a-zA-Z][\w:-]*)((?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_NOT_MARKUP = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """One HTML file: what it links to, as written, and the anchors that links may lead to."""

    links: tuple[str, ...]
    anchors: frozenset[str]


@dataclass
class BuiltSite:
    """A finished site; `base` is the path of its address, such as `/handbook/`."""

    folder: Path
    base: str = "/"
    host: str = ""
    _pages: dict[str, BuiltPage] = field(default_factory=dict)

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file, relative to the site, with `/`; names that begin with a dot are among them."""
        found = (path for path in self.folder.rglob("*") if path.is_file() or path.is_symlink())
        return frozenset(path.relative_to(self.folder).as_posix() for path in found)

    @property
    def html_files(self) -> list[str]:
        return sorted(path for path in self.files if path.endswith((".html", ".htm")))

    def raw(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def texts(self, path: str) -> Iterator[str]:
        """Yield what stands in a file: its bytes as text and, where it is packed, what is in the package."""
        raw = self.raw(path)
        yield raw.decode("utf-8", "replace")
        if raw.startswith(b"\x1f\x8b"):
            unpacked = _unpacked(raw)
            if unpacked is not None:
                yield unpacked.decode("utf-8", "replace")

    def page(self, path: str) -> BuiltPage:
        if path not in self._pages:
            self._pages[path] = read_page(self.raw(path).decode("utf-8", "replace"))
        return self._pages[path]

    def resolve(self, page: str, link: str) -> tuple[str, str] | None:
        """Return the path in the site that a link of a page leads to, and the anchor; None where it leads elsewhere.

        The path is that of a file, or of what would have to be one.
        """
        try:
            parts = urlsplit(link)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            if parts.scheme not in ("http", "https") or not self.host or parts.netloc != self.host:
                return None
            place = parts.path or "/"
        elif parts.path.startswith("/"):
            place = parts.path
        elif parts.path:
            place = posixpath.join(self.base, posixpath.dirname(page), parts.path)
        else:
            return page, unquote(parts.fragment)
        place = unquote(place)
        # The last part decides between a file and a folder, which normalising would lose.
        is_folder = place.endswith(("/", "/.", "/.."))
        place = posixpath.normpath(place)
        if place != self.base.rstrip("/") and not place.startswith(self.base):
            return None
        inside = place[len(self.base) :] if place.startswith(self.base) else ""
        index = posixpath.join(inside, "index.html")
        is_folder |= not inside or (inside not in self.files and index in self.files)
        return index if is_folder else inside, unquote(parts.fragment)


def read_page(text: str) -> BuiltPage:
    """Read the links and anchors of a page."""
    links: dict[str, None] = {}
    anchors: set[str] = set()
    for tag, attributes in dict.fromkeys(_TAG.findall(_NOT_MARKUP.sub(_without_content, text))):
        told = _told(tag, attributes)
        links.update(dict.fromkeys(told.links))
        anchors |= told.anchors
    return BuiltPage(tuple(links), frozenset(anchors))


@lru_cache(maxsize=1 << 16)  # the pages of a site have most of their tags in common
def _told(tag: str, attributes: str) -> BuiltPage:
    links: list[str] = []
    anchors: set[str] = set()
    for name, *values in _ATTRIBUTE.findall(attributes):
        value = html.unescape("".join(values)).strip()
        match name.lower():
            case "id":
                anchors.add(value)
            case "name":
                anchors.update([value] if tag.lower() == "a" else ())
            case "srcset":
                links += (part.split()[0] for part in value.split(",") if part.split())
            case "href" | "src":
                links.append(value)
    return BuiltPage(tuple(links), frozenset(anchors))


def _without_content(match: re.Match[str]) -> str:
    """Keep the opening tag of a script or style, for it may name a file; a comment goes."""
    return match[0][: match[0].index(">") + 1] if match[1] else ""


def _unpacked(raw: bytes) -> bytes | None:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            return file.read(_MOST_UNPACKED)
    except (OSError, EOFError, zlib.error):
        return None
