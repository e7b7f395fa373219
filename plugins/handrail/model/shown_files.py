"""Which pictures, sounds and films of the handbook a body shows: they are part of what its readers see, and are signed.

A path counts wherever it stands in the body, in code too, and however it is written: percent-encoded, with entities, from
the file's folder, from the page's address or from the root. Where it can't be told which of several files is meant, all
are: one file too many costs a signature at the most, one too few could be exchanged unseen.
"""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

_PICTURES = ("apng", "avif", "bmp", "gif", "heic", "ico", "jfif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp")
_SOUNDS = ("aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav")
_FILMS = ("avi", "m4v", "mkv", "mov", "mp4", "mpeg", "ogv", "srt", "vtt", "webm")
SHOWN = tuple(f".{kind}" for kind in (*_PICTURES, *_SOUNDS, *_FILMS))
"""How the names of files end that a page can show."""
TEXTS = (".svg", ".srt", ".vtt")
"""Those of them whose lines may end as the system likes."""

_ENDING = re.compile(rf"\.(?:{'|'.join(kind[1:] for kind in SHOWN)})")
_SKIPPED = re.compile(r"[\\\t\r\n]")
"""What Markdown and browsers step over within an address."""
_ENDS_A_PATH = re.compile(r"[\"'()<>\[\]{}|`\r\n]")
_GOES_ON = re.compile(r"[\w.-]")
_LONGEST_NAME = 255
_MOST_WORDS = 20


class Home(NamedTuple):
    """From where a page's paths count: the folder of its file, and that of its address on the site."""

    folder: str
    address: str


class ShownFiles:
    """The pictures, sounds and films of a handbook, found by what pages say."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            if path.lower().endswith(SHOWN):
                self._by_name[_folded(posixpath.basename(path))].append(path)

    def shown_by(self, body: str, home: Home) -> list[str]:
        """Return the paths of the files that a body shows, sorted."""
        if not self._by_name:
            return []
        text = _folded(unquote(html.unescape(body)))
        joined = _SKIPPED.sub("", text)
        if not _ENDING.search(joined):
            return []
        return sorted({*self._named_in(text, home), *self._named_in(joined, home)})

    def _named_in(self, text: str, home: Home) -> Iterator[str]:
        for match in _ENDING.finditer(text):
            begin = max(match.start() - _LONGEST_NAME, text.rfind("/", 0, match.start()) + 1)
            for at in range(begin, match.start()):
                paths = self._by_name.get(text[at : match.end()])
                if paths and (at == 0 or not _GOES_ON.match(text, at - 1)):
                    yield from _meant(paths, text[:at], text[at : match.end()], home)


def _meant(paths: list[str], before: str, name: str, home: Home) -> list[str]:
    """Return which of several files of one name is meant, by what stands before the name."""
    ways = [f"{way}{name}" for way in _ways(before)]
    resolved = {place for way in ways for place in _places(way, home)}
    found = [path for path in paths if _folded(path) in resolved]
    if found:
        return found
    tails = [way.rpartition("../")[2].rpartition("./")[2].lstrip("/") for way in ways]
    return [path for path in paths if any(f"/{_folded(path)}".endswith(f"/{tail}") for tail in tails)]


def _ways(before: str) -> Iterator[str]:
    """Yield the folders that may be named before a file's name, the shortest first: a folder's name may hold spaces."""
    if not before.endswith("/"):
        yield ""
        return
    line = _ENDS_A_PATH.split(before[-2000:])[-1]
    words = line.split(" ")
    for first in range(len(words) - 1, max(len(words) - _MOST_WORDS, 0) - 1, -1):
        yield " ".join(words[first:])


def _places(way: str, home: Home) -> Iterator[str]:
    """Yield the paths in the folder of pages that a way may lead to."""
    path = re.split(r"[a-z][a-z0-9+.-]*://[^/]*", way)[-1]
    for base in (home.folder, home.address, ""):
        yield _folded(posixpath.normpath(posixpath.join(base, path.lstrip("/") if not base else path))).lstrip("/")
    if path.startswith("/"):
        # The site may lie in a folder of its host.
        parts = path.strip("/").split("/")
        yield from (_folded("/".join(parts[first:])) for first in range(len(parts)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
