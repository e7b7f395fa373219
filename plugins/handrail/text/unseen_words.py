"""Finds words in angle brackets that no reader will see: Markdown takes them for HTML, and a browser shows no tag."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from handrail.text.markdown import without_code

# As Markdown takes a tag without values: with a quotation mark, or an empty line, it is a text. An at sign in the first word
# makes an address for mail.
_TAG = re.compile(
    r"<(?P<name>[A-Za-z][^\s<>@=/\"']*+)(?P<rest>[^\s<>@=\"']*+"
    r"(?:[^\S\r\n]|(?:\r\n|\r|\n)(?![ \t]*+[\r\n])|(?<=\s)[^\s<>=\"']++){0,200}+(?<!\\))>"
)
_DESTINATION = ("](", "]:")
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*+://")
_AUTOLINK_OF_MAGICLINK = re.compile(r"<(?:https?|ftps?)://", re.IGNORECASE)
_MAGICLINK, _ESCAPEALL = "pymdownx.magiclink", "pymdownx.escapeall"
_NEED_NO_END = frozenset((
    "br", "hr", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "col", "colgroup", "caption",
    "option", "optgroup", "rt", "rp", "html", "head", "body",
))  # fmt: skip
"""What stands for itself as it is, or ends where another element begins."""
_RUN_OR_FRAME = frozenset(("script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "base"))
"""What is looked for by itself wherever it stands, with attributes or without."""
_NOT_ASKED = _NEED_NO_END | _RUN_OR_FRAME
_HTML = frozenset((
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "button", "canvas", "center",
    "cite", "code", "data", "datalist", "del", "details", "dfn", "dialog", "div", "dl", "em", "fieldset", "figcaption", "figure",
    "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "i", "ins", "kbd", "label", "legend", "main", "map",
    "mark", "menu", "meter", "nav", "nobr", "noscript", "ol", "output", "picture", "pre", "progress", "q", "ruby", "s", "samp",
    "search", "section", "select", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "table", "template",
    "textarea", "title", "tt", "u", "ul", "var", "video",
))  # fmt: skip
"""Elements that have an end."""


@dataclass(frozen=True, slots=True)
class UnseenWord:
    """A tag with nothing in it that a tag would have, and where it stands; as an `element` it only lacks its end."""

    text: str
    start: int
    end: int
    element: str


def unseen_words(body: str, extensions: Container[str] = ()) -> Iterator[UnseenWord]:
    """Yield each such word of a body once, as Markdown reads it with these extensions.

    Whoever means HTML gives an element an attribute or an end; a name alone, such as `<environment>` or `<your name>`, stands
    for something that is to be put in. An address, such as `<chrome://flags>`, is shown as a link.
    """
    if "<" not in body or not any(match["name"].lower() not in _NOT_ASKED for match in _TAG.finditer(body)):
        return  # looking past code takes longer
    text = without_code(body)
    autolink = _AUTOLINK_OF_MAGICLINK if _MAGICLINK in extensions else _AUTOLINK
    takes_escapes = _ESCAPEALL in extensions
    ends: set[str] = set()
    told: set[str] = set()
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        is_meant = name in _NOT_ASKED or match["rest"].endswith("/")
        if is_meant or autolink.match(match[0]) or _is_destination(text, match):
            continue
        if takes_escapes and text[match.start() - 1 : match.start()] == "\\":
            continue
        ends = ends or _ends(text)
        if name not in ends and match[0] not in told:
            told.add(match[0])
            yield UnseenWord(match[0], match.start(), match.end(), name if name in _HTML else "")


def _ends(text: str) -> set[str]:
    return {"", *(name.lower() for name in re.findall(r"</([A-Za-z][^\s<>/]*+)", text))}


def _is_destination(text: str, match: re.Match[str]) -> bool:
    return text[max(0, match.start() - 8) : match.start()].rstrip().endswith(_DESTINATION)
