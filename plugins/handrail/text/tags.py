"""Finds the HTML tags of a text and their attributes as a browser would, wherever one might begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Nothing that was taken is given back, and each tag is looked for behind the one before it: no text makes this slow.
_OPEN = re.compile(r"<(?P<name>[A-Za-z][^\s/><]*+)")
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?!<[A-Za-z])(?P<name>[^\s/>][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s>\"'][^\s>]*+)))?+"
)
_CLOSE = re.compile(r"[\s/]*+>")
_IGNORED = re.compile(r"\A[\x00-\x20]++|[\t\n\r]++")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: its name in small letters, its value as written, empty where it has none, and where that begins."""

    name: str
    value: str
    offset: int


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag: its name in small letters, where it begins and ends, and its attributes."""

    name: str
    offset: int
    end: int
    attributes: tuple[Attribute, ...]


def tags(text: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Yield every opening tag, also those within the values of attributes: Markdown may take the outer one for text."""
    stop = len(text) if end is None else end
    at = start
    while opening := _OPEN.search(text, at, stop):
        at = opening.end()
        found: list[Attribute] = []
        within: list[tuple[int, int]] = []
        while match := _ATTRIBUTE.match(text, at, stop):
            at = match.end()
            form = next((form for form in ("double", "single", "bare") if match[form] is not None), None)
            value = match[form] if form else ""
            found.append(Attribute(match["name"].lower(), value, match.start(form or 0)))
            if form and "<" in value:
                within.append(match.span(form))
        closed = _CLOSE.match(text, at, stop)
        yield Tag(opening["name"].lower(), opening.start(), closed.end() if closed else at, tuple(found))
        for span in within:
            yield from tags(text, *span)


def as_browsers_read(address: str) -> str:
    """Return an address without the signs that browsers step over, so that none hides where it leads."""
    return _IGNORED.sub("", address)
