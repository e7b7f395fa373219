"""The words of a rendered text as its readers see them: a heading as a heading, a table's row as a row, numbers at lists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from handrail.rendering.tree import Element, parse

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OWN_PARAGRAPH = frozenset(("p", "ul", "ol", "dl", "table", "blockquote", "pre", "details", "figure", *_HEADINGS))
_UNSEEN = frozenset(("headerlink", "footnote-backref", "linenos"))
"""Classes of what the theme adds for the mouse: no words of the text."""
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class SeenLink:
    """A link as a reader sees it: its words, and the address behind them."""

    words: str
    address: str


@dataclass(slots=True)
class Words:
    """The words of a text: lines, with an empty one between paragraphs, and its links in order."""

    lines: list[str] = field(default_factory=list)
    links: list[SeenLink] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


def words_of(markup: str) -> Words:
    """Return the words of sanitised HTML."""
    found = Words()
    _Writer(found).write(parse(markup), "")
    return found


def in_one_line(element: Element, leaving_out: Collection[str] = ()) -> str:
    """Return the words of what stands in an element on one line, however deep they stand, without those in elements of some tags."""
    found: list[str] = []
    open_: list[Element | str] = [*reversed(element.children)]
    while open_:
        child = open_.pop()
        if isinstance(child, str):
            found.append(child)
        elif child.tag not in leaving_out and _UNSEEN.isdisjoint(child.classes):
            edge = " " if child.is_block or child.tag == "br" else ""
            found.append(edge + child.attributes.get("alt", ""))
            open_ += [edge, *reversed(child.children)]
    return " ".join("".join(found).split())


class _Writer:
    def __init__(self, found: Words) -> None:
        self._found = found
        self._line = ""

    def write(self, element: Element, indent: str) -> None:
        """Write what stands within an element; each block begins a line."""
        for child in element.children:
            if isinstance(child, str):
                self._line += _BLANKS.sub(" ", child)
            elif not _UNSEEN.isdisjoint(child.classes):
                continue
            elif child.tag == "br":
                self._end(indent)
            elif child.tag == "tr":
                self._end(indent)
                cells = [one for one in child.children if isinstance(one, Element)]
                self._line = " · ".join(self._inline(cell) for cell in cells)
                self._end(indent)
            elif child.tag == "pre":
                self._end(indent)
                self._found.lines += ["", *(indent + line for line in _plain(child).rstrip("\n").split("\n")), ""]
            elif child.tag in ("ul", "ol"):
                self._end(indent)
                self._list(child, indent)
            elif child.is_block or child.tag in _OWN_PARAGRAPH:
                self._block(child, indent)
            else:
                self._line += self._inline(child)
        if element.tag == "":
            self._end(indent)

    def _block(self, element: Element, indent: str) -> None:
        self._end(indent)
        if element.tag in _OWN_PARAGRAPH:
            self._gap()
        if element.tag == "hr":
            self._found.lines.append("* * *")
        self.write(element, indent)
        self._end(indent)
        if element.tag in _OWN_PARAGRAPH:
            self._gap()

    def _list(self, element: Element, indent: str) -> None:
        number = element.number("start", 1)
        for child in element.children:
            if isinstance(child, Element) and child.tag == "li":
                mark = f"{number}. " if element.tag == "ol" else "• "
                begin = len(self._found.lines)
                self.write(child, indent + _INDENT)
                self._end(indent + _INDENT)
                number += 1
                item = [line for line in self._found.lines[begin:] if line.strip()] or [indent + _INDENT]
                self._found.lines[begin:] = [indent + mark + item[0].strip(), *item[1:]]
        self._gap()

    def _inline(self, element: Element) -> str:
        if element.tag == "img":
            return f"[picture: {element.attributes.get('alt', '').strip() or 'without words'}]"
        if element.tag == "input":
            return "[x] " if "checked" in element.attributes else "[ ] "
        text = "".join(
            child if isinstance(child, str) else self._inline(child)
            for child in element.children
            if isinstance(child, str) or _UNSEEN.isdisjoint(child.classes)
        )
        words = text if element.tag in ("code", "kbd") else _BLANKS.sub(" ", text)
        if element.tag == "a" and "href" in element.attributes:
            self._found.links.append(SeenLink(_BLANKS.sub(" ", words).strip(), element.attributes["href"]))
        return words

    def _end(self, indent: str) -> None:
        line = self._line.strip(" ")
        if line:
            self._found.lines.append(indent + line)
        self._line = ""

    def _gap(self) -> None:
        if self._found.lines and self._found.lines[-1]:
            self._found.lines.append("")


def _plain(element: Element) -> str:
    return "".join(_texts(element))


def _texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif _UNSEEN.isdisjoint(child.classes):
            yield from _texts(child)
