"""Says whether two texts read the same: the HTML that a site would serve of each is compared whole.

Elements, their order, every attribute and the text count. Only what this module leaves out may differ, and each of it
shows nowhere: how many blanks stand outside of code and at the edges of blocks, how a letter is encoded, comments, whether
the items of a list are paragraphs, names that only the text's own links use, and how an address is written that leads to
the same. What a later extension adds counts until this module says otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import unquote

from handrail.rendering.sanitise import free_id
from handrail.rendering.tree import Element, parse

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_EXACT = frozenset(("pre", "code", "kbd", "samp"))
"""Elements within which a reader sees every blank: themes keep them in code."""
_LOADED = ("src", "poster")
_NAMES_IDS = ("aria-describedby", "aria-labelledby", "headers")


@dataclass(frozen=True)
class Rendered:
    """A text as HTML, and what its addresses mean.

    `leads_to` returns where a link leads, in a form that is the same for two addresses of one place, with the part behind
    `#` apart, empty where there is none; the place is empty for the text itself. `shows` returns what an address of a picture, sound or film holds.
    """

    markup: str
    leads_to: Callable[[str], tuple[str, str]]
    shows: Callable[[str], str]


Token = tuple[object, ...]


def reads_the_same(old: Rendered, new: Rendered, named: AbstractSet[str] = frozenset()) -> bool:
    """Say whether readers see the same of two texts; `named` are the anchors to which other pages lead."""
    return list(_tokens(old, named)) == list(_tokens(new, named))


def _tokens(rendered: Rendered, named: AbstractSet[str]) -> Iterator[Token]:
    """Yield what counts of a text, in order."""
    flat = _joined(_flat(parse(rendered.markup)))
    names = _Names(flat, named)
    at_edge = True  # of a block, where blanks show nowhere
    for index, token in enumerate(flat):
        match token:
            case str() as text:
                ends_block = index + 1 == len(flat) or _is_edge(flat[index + 1])
                if text := _shown(text, after_edge=at_edge, before_edge=ends_block):
                    at_edge = False
                    yield ("text", text)
            case ("exact", str() as text):
                at_edge = False
                yield ("text", unicodedata.normalize("NFC", text))
            case ("begin", Element() as element):
                at_edge = _is_edge(token)
                yield ("begin", element.tag, *_attributes(element, names, rendered))
            case ("end", Element() as element):
                at_edge = _is_edge(token)
                yield ("end", element.tag)


def _shown(text: str, *, after_edge: bool, before_edge: bool) -> str:
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    text = text.removeprefix(" ") if after_edge else text
    return text.removesuffix(" ") if before_edge else text


def _is_edge(token: Token | str) -> bool:
    return not isinstance(token, str) and isinstance(token[1], Element) and (token[1].is_block or token[1].tag == "br")


def _flat(root: Element) -> Iterator[Token | str]:
    """Yield texts, and the beginnings and ends of elements, without the marks of paragraphs that show nowhere."""
    waiting: list[tuple[Element, Iterator[Element | str], bool, bool]] = [(root, iter(root.children), False, False)]
    while waiting:
        element, children, is_exact, is_left_out = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
            if element is not root and not is_left_out:
                yield ("end", element)
        elif isinstance(child, str):
            yield ("exact", child) if is_exact else child
        else:
            left_out = _shows_nowhere(child, element)
            if not left_out:
                yield ("begin", child)
            waiting.append((child, iter(child.children), is_exact or child.tag in _EXACT, left_out))


def _joined(tokens: Iterable[Token | str]) -> list[Token | str]:
    """Return tokens with texts that follow each other as one: a mark between them that was left out divides no blanks."""
    found: list[Token | str] = []
    for token in tokens:
        before = found[-1] if found else None
        if isinstance(token, str) and isinstance(before, str):
            found[-1] = before + token
        else:
            found.append(token)
    return found


def _shows_nowhere(element: Element, parent: Element) -> bool:
    """Say whether an element is a paragraph mark that shows nowhere: in an item of a list, unless between two paragraphs."""
    if element.tag != "p" or parent.tag != "li" or element.attributes:
        return False
    siblings = [child for child in parent.children if not isinstance(child, str) or child.strip(" \t\n\r\f")]
    at = next(index for index, child in enumerate(siblings) if child is element)
    beside = [siblings[at - 1] if at else None, siblings[at + 1] if at + 1 < len(siblings) else None]
    return all(one is None or (isinstance(one, Element) and one.is_block and one.tag != "p") for one in beside)


class _Names:
    """The names that elements have, and which of them count."""

    def __init__(self, flat: list[Token | str], named: AbstractSet[str]) -> None:
        self._places: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        fixed = {free_id(name) for name in named}
        elements = [token[1] for token in flat if not isinstance(token, str) and token[0] == "begin"]
        for place, element in enumerate(elements):
            if not isinstance(element, Element):
                continue
            for name in (element.attributes.get("id"), element.attributes.get("name") if element.tag == "a" else None):
                if name:
                    self._places.setdefault(name, place)
            if element.tag == "input" and "name" in element.attributes:
                self._groups.setdefault(element.attributes["name"], place)
            for attribute in _NAMES_IDS:
                fixed.update(element.attributes.get(attribute, "").split())
        self.fixed = fixed

    def place(self, name: str) -> int | str:
        """Return which element has a name, for it may have any; the name itself where none has."""
        return self._places.get(name, name)

    def group(self, name: str) -> int | str:
        return self._groups.get(name, name)


def _attributes(element: Element, names: _Names, rendered: Rendered) -> Iterator[tuple[str, object]]:
    for name, value in sorted(element.attributes.items()):
        if name == "id" or (name == "name" and element.tag == "a"):
            if value in names.fixed:
                yield name, value
        elif name == "for":
            yield name, names.place(value)
        elif name == "name" and element.tag == "input":
            yield name, names.group(value)
        elif name == "href":
            place, anchor = rendered.leads_to(value)
            anchor = free_id(unquote(anchor))
            yield name, (place, names.place(anchor) if not place and anchor else anchor)
        elif name in _LOADED:
            yield name, rendered.shows(value)
        else:
            yield name, unicodedata.normalize("NFC", value)
