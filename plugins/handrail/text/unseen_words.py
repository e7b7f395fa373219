"""Finds words in angle brackets that no reader will see: Markdown takes them for HTML, and a browser shows no tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handrail.text.markdown import without_code

_TAG = re.compile(r"<(?P<name>[A-Za-z][^\s<>@=/]*+)(?P<rest>[^<>@=]{0,200}+)>")
_DESTINATION = ("](", "]:")
_AUTOLINK = re.compile(r"(?:https?|ftp):", re.IGNORECASE)
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


def unseen_words(body: str) -> Iterator[UnseenWord]:
    """Yield each such word of a body once.

    Whoever means HTML gives an element an attribute or an end; a name alone, such as `<environment>` or `<your name>`, stands
    for something that is to be put in.
    """
    if not any(match["name"].lower() not in _NOT_ASKED for match in _TAG.finditer(body)):
        return  # looking past code takes longer
    text = without_code(body)
    ends: set[str] = set()
    told: set[str] = set()
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if name in _NOT_ASKED or match["rest"].endswith("/") or _AUTOLINK.match(name) or _is_destination(text, match):
            continue
        ends = ends or _ends(text)
        if name not in ends and match[0] not in told:
            told.add(match[0])
            yield UnseenWord(match[0], match.start(), match.end(), name if name in _HTML else "")


def _ends(text: str) -> set[str]:
    return {"", *(name.lower() for name in re.findall(r"</([A-Za-z][^\s<>/]*+)", text))}


def _is_destination(text: str, match: re.Match[str]) -> bool:
    return text[max(0, match.start() - 8) : match.start()].rstrip().endswith(_DESTINATION)
