"""Lets the theme's search read pages faster: by one pattern, where a page is written so that this tells the same as a whole parser.

What the theme makes of tags and words stays the theme's own. Pages are sanitised and ours are made by templates, so nearly all are written in
one form; one that is not, or in which anything is left over, is read as before.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

_OF_THE_THEME = "material.plugins.search.plugin"
_TAG = re.compile(
    r"<(?:/(?P<end>[a-z][a-z0-9-]*)|(?P<name>[a-z][a-z0-9-]*)(?P<attributes>(?:[ \t\n\f]+[A-Za-z_:][\w:.-]*(?:=\"[^\"]*\")?)*)[ \t\n\f]*(?P<closed>/?))>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*)(?:=\"([^\"]*)\")?")
_READ_OTHERWISE = re.compile(
    r"<(?:script|style|textarea|title(?!>[^<&]*</title>)|iframe|noembed|noframes|xmp|plaintext|noscript)\b|<[!?]|\r|\x00"
)
"""What holds text that is none, or is read by rules of its own; a title of plain words, as a drawing has one, reads the same by all rules."""


def tokens(html: str) -> list[tuple[str, Any]] | None:
    """Return the tags and texts of some HTML as calls of a parser, by name; None where this pattern does not tell all of it."""
    if _READ_OTHERWISE.search(html):
        return None
    found: list[tuple[str, Any]] = []
    at = 0
    for match in _TAG.finditer(html):
        if match.start() > at and not _take_text(found, html[at : match.start()]):
            return None
        at = match.end()
        if match["end"]:
            found.append(("handle_endtag", (match["end"],)))
            continue
        attributes = [
            (name.lower(), unescape(value) if value is not None else None)
            for name, value in _attributes(match["attributes"])
        ]
        found.append(("handle_startendtag" if match["closed"] else "handle_starttag", (match["name"], attributes)))
    rest = html[at:]
    # A parser waits for the end of what may be a character's name.
    if rest and ("&" in rest or not _take_text(found, rest)):
        return None
    return found


def _attributes(text: str) -> Iterator[tuple[str, str | None]]:
    for match in _ATTRIBUTE.finditer(text):
        yield match[1], match[2]


def _take_text(found: list[tuple[str, Any]], text: str) -> bool:
    """Add a text; False where a tag stands in it that the pattern does not know."""
    if "<" in text:
        return False
    found.append(("handle_data", (unescape(text) if "&" in text else text,)))
    return True


@dataclass(frozen=True, slots=True)
class Read:
    """What the theme's parser has made of a page of so many characters, which has this hash in this process and its copies."""

    hash: int
    size: int
    sections: Any

    def is_of(self, html: str) -> bool:
        return len(html) == self.size and hash(html) == self.hash


class SearchReading:
    """The theme's own parser while a build goes on; where the theme has none of the kind, nothing is changed."""

    def __init__(self) -> None:
        self._theirs: Any = None
        self.read: Read | None = None
        """What was read last, or is known of the page that is read next."""

    def begin(self) -> None:
        """Let pages be read faster from now on."""
        plugin: Any = sys.modules.get(_OF_THE_THEME)
        if self._theirs is None and hasattr(plugin, "Parser"):
            self._theirs = plugin.Parser
            plugin.Parser = _faster(self._theirs, self)

    def end(self) -> None:
        """Give the theme its parser back."""
        if self._theirs is not None:
            plugin: Any = sys.modules[_OF_THE_THEME]
            plugin.Parser = self._theirs
            self._theirs = None


def _faster(theirs: Any, reading: SearchReading) -> Any:
    class Faster(theirs):  # type: ignore[misc]
        """The theme's parser, told of tags and texts by one pattern where that is the same."""

        def feed(self, data: str) -> None:
            known = reading.read
            if known is not None and known.is_of(data):
                self.data = known.sections
                return
            reading.read = Read(hash(data), len(data), self.data)
            found = tokens(data)
            if found is None:
                super().feed(data)
                return
            for name, arguments in found:
                getattr(self, name)(*arguments)

    return Faster
