"""Finds the blocks of HTML in a body that Markdown hands on as they are: nothing in them is read as Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

# Nothing that was taken is given back, and no value reaches beyond the next beginning of a tag: no text makes this slow.
_TAG = re.compile(r"<(?P<ends>/?)(?P<name>[A-Za-z][^\s/<>`]*+)(?P<rest>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_MARKDOWN = "markdown"
_TAKES_MARKDOWN = re.compile(rf"(?:\A|[\s\"'/]){_MARKDOWN}(?=[\s=/]|\Z)", re.IGNORECASE)
_SIGN = re.compile(
    r"!?\[(?:[^\[\]\\\r\n]|\\.){1,200}+\]\([^\s()<>]++(?:[ \t][^()\r\n<>]*+)?\)"
    r"|\*\*(?![\s*])[^*\r\n<>]{1,200}+(?<!\s)\*\*"
    r"|(?:(?<=\n\n)|(?<=\r\r)|(?<=\r\n\r\n))[ \t]*+(?:[-*+]|\d{1,3}[.)]|#{1,6})[ \t]++(?=[^\s<>#*-])[^\r\n<>]++"
)
"""A link, words in bold, and a heading or the first item of a list below an empty line: nobody types these for themselves."""
_AS_TYPED = frozenset(("pre", "script", "style", "textarea", "svg", "math", "code", "samp", "kbd"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_INDENT = 3
_LINE = re.compile(r"[^\r\n]*+")
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "canvas", "center", "colgroup", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "group", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "iframe", "legend", "li", "main", "map", "math", "menu", "nav", "noscript", "object", "ol", "option", "output", "p",
    "pre", "progress", "script", "section", "style", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr",
    "ul", "video",
))  # fmt: skip
"""The elements that begin a block of their own where they stand at the beginning of a line."""


class Unread(NamedTuple):
    """Markdown in a block of HTML: the element in which it stands, its attributes as written, and where its first sign is."""

    element: str
    attributes: str
    span: tuple[int, int]


class _Open:
    """The elements that are begun and not ended yet, with their attributes as written."""

    def __init__(self) -> None:
        self._elements: list[tuple[str, str]] = []
        self._counts: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._elements)

    def has(self, name: str) -> bool:
        return self._counts[name] > 0

    def begin(self, name: str, attributes: str) -> None:
        self._elements.append((name, attributes))
        self._counts[name] += 1

    def end(self, name: str) -> None:
        """Take away an element, and all that were begun within it."""
        while self.has(name):
            last, _ = self._elements.pop()
            self._counts[last] -= 1
            if last == name:
                return

    def outermost(self) -> tuple[str, str]:
        return self._elements[0]


def html_blocks(text: str, *, by_attribute: bool = True) -> Iterator[tuple[int, int]]:
    """Yield where each such block of a text without its code and comments begins and ends.

    A block reaches to the end of the element that begins it, over empty lines too; one that is never closed reaches to the end
    of the text. `by_attribute` says that what stands in an element with the attribute `markdown` is read as Markdown.
    """
    if "<" not in text:
        return
    start, tail = 0, 0
    inside = _Open()
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        is_whole = name == "hr" or match["rest"].endswith("/")
        if inside:
            if match["ends"]:
                inside.end(name)
            elif not is_whole:
                inside.begin(name, match["rest"])
        elif match["ends"] or name not in BLOCKS or (by_attribute and asks_for_markdown(match["rest"])):
            continue
        elif match.start() < tail or _begins_line(text, match.start()):
            start = match.start()
            if not is_whole:
                inside.begin(name, match["rest"])
        else:
            continue
        if not inside:
            yield start, match.end()
            # What follows on the line on which a block ends may begin another one.
            if match.end() > tail and (line := _LINE.match(text, match.end())):
                tail = line.end()
    if inside:
        yield start, len(text)


def in_html_block(text: str, *, by_attribute: bool = True) -> Callable[[int], bool]:
    """Return what says whether an offset of a text without its code and comments lies in such a block."""
    blocks = list(html_blocks(text, by_attribute=by_attribute))
    starts = [start for start, _ in blocks]

    def is_inside(offset: int) -> bool:
        before = bisect_right(starts, offset)
        return before > 0 and offset < blocks[before - 1][1]

    return is_inside


def asks_for_markdown(attributes: str) -> bool:
    """Say whether the attributes of an element, as written, ask for what stands in it to be read as Markdown."""
    # Whole bodies are asked too, and a word is looked for much quicker than what may stand before it.
    return _MARKDOWN in attributes.lower() and _TAKES_MARKDOWN.search(attributes) is not None


def markdown_in(text: str, start: int, end: int) -> Unread | None:
    """Return the first Markdown of a block, None where it holds none; what is to be shown as it was typed is left alone."""
    at = start
    inside = _Open()
    for match in _TAG.finditer(text, start, end):
        if inside and (found := _sign(text, at, match.start(), inside)) is not None:
            return found
        name, at = match["name"].lower(), match.end()
        if match["ends"]:
            inside.end(name)
        elif not match["rest"].endswith("/") and name not in _VOID:
            inside.begin(name, match["rest"])
    return _sign(text, at, end, inside) if inside else None


def _sign(text: str, start: int, end: int, inside: _Open) -> Unread | None:
    sign = None if any(map(inside.has, _AS_TYPED)) else _SIGN.search(text, start, end)
    if sign is None:
        return None
    last = sign.end()
    return Unread(*inside.outermost(), (last - len(sign[0].lstrip(" \t")), last))


def _begins_line(text: str, at: int) -> bool:
    before = text[max(0, at - _INDENT - 1) : at]
    bare = before.rstrip(" ")
    return len(before) - len(bare) <= _INDENT and (bare.endswith(("\n", "\r")) or (not bare and at == len(before)))
