"""Writes the HTML of a page in other ways that mean the same, as other themes and programs that make pages smaller do, and says what it means."""

from __future__ import annotations

import json
import random
import re
from html import escape
from html.parser import HTMLParser

_AS_TEXT = ("script", "style", "textarea", "title")
_BARE = re.compile(r"[^\s\"'`=<>/&]+")
_BLANKS = re.compile(r"\s+")
# What looks like a tag and is none, in the places where a pattern would take it for one.
_COMMENT = '<!-- </head> <nav class="md-path"> <title>x</title> <table> -->'
_OPTIONAL = frozenset(("html", "head", "body", "li", "p", "td", "th", "tr", "thead", "tbody"))
_ENDED_BY = {
    "li": ("<li", "</ul", "</ol"), "td": ("<td", "<th", "</tr"), "th": ("<td", "<th", "</tr"),
    "tr": ("<tr", "</thead", "</tbody", "</table"), "thead": ("<tbody",), "head": ("<body",),
}  # fmt: skip
"""Before what the end of an element may be left out; HTML ends it there."""


class _Reader(HTMLParser):
    """Takes a page apart with the parser of Python's library: into tags with their attributes, ends, texts and the rest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[tuple[str, str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(("begin", tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(("whole", tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(("end", tag, []))

    def handle_data(self, data: str) -> None:
        self.parts.append(("text", data, []))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(("text", f"&{name};", []))

    def handle_charref(self, name: str) -> None:
        self.parts.append(("text", f"&#{name};", []))

    def handle_decl(self, decl: str) -> None:
        self.parts.append(("rest", f"<!{decl}>", []))


def _parts(page: str) -> list[tuple[str, str, list[tuple[str, str | None]]]]:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.parts


def meaning(page: str) -> list[object]:
    """Return what a page means to a browser: its elements with their attributes, in no order, and its words; no end that may be left out."""
    found: list[object] = []
    words = ""
    for kind, said, attributes in [*_parts(page), ("end", "", [])]:
        if kind == "text":
            words += said
            continue
        if kind == "rest" or (said in _OPTIONAL and (kind == "end" or said in ("tbody", "head"))):
            words += " "
            continue
        if words.strip():
            found.append(_as_data(_BLANKS.sub(" ", words).strip()))
        words = ""
        kept = {name: value or "" for name, value in reversed(attributes) if not name.startswith("data-q")}
        found.append((kind != "end", said, kept))
    return found


def _as_data(words: str) -> object:
    try:
        return json.loads(words)
    except ValueError:
        return words


def rewritten(page: str, chance: random.Random) -> str:
    """Return a page written in another way that means the same; what was looked for in it is still there."""
    parts = _parts(page)
    written: list[str] = []
    as_it_is = 0
    for at, (kind, said, attributes) in enumerate(parts):
        follows = _follows(parts, at)
        if kind in ("begin", "whole"):
            written.append(_begin(said, attributes, chance, is_whole=kind == "whole"))
            as_it_is += said in (*_AS_TEXT, "pre")
            if not as_it_is and chance.random() < 0.05 and said not in ("html", "table", "tr", "ul", "ol"):
                written.append(_COMMENT)
        elif kind == "end":
            as_it_is -= said in (*_AS_TEXT, "pre")
            if not (follows.startswith(_ENDED_BY.get(said, ("\0",))) and chance.random() < 0.5):
                written.append(f"</{_cased(said, chance)}{chance.choice(('', '', ' '))}>")
        elif kind == "text" and not as_it_is and said.isspace() and chance.random() < 0.7:
            written.append(chance.choice((" ", "\n", "\n\n\t ")))
        else:
            written.append(said)
    return "".join(written)


def _follows(parts: list[tuple[str, str, list[tuple[str, str | None]]]], at: int) -> str:
    """Return how the next tag begins behind blanks; nothing where a text comes first."""
    for kind, said, _ in parts[at + 1 :]:
        if kind in ("begin", "end"):
            return f"<{'/' if kind == 'end' else ''}{said}"
        if not said.isspace():
            return ""
    return ""


def _begin(name: str, attributes: list[tuple[str, str | None]], chance: random.Random, *, is_whole: bool) -> str:
    said = [_attribute(*one, chance) for one in attributes]
    chance.shuffle(said)
    if chance.random() < 0.3:
        said.insert(
            0, chance.choice(("data-q", "data-q=''", "data-q=a=b", 'data-q="</head><nav class=md-path>"', "DATA-Q=/x/"))
        )
    if name == "head" and not said and chance.random() < 0.5:
        return ""
    blank = chance.choice((" ", " ", "\n  "))
    return f"<{blank.join((_cased(name, chance), *said))}{' /' if is_whole else ''}>"


def _attribute(name: str, value: str | None, chance: random.Random) -> str:
    name = _cased(name, chance)
    if value is None:
        return chance.choice((name, f'{name}=""'))
    if value == "" and chance.random() < 0.5:
        return name
    if _BARE.fullmatch(value) and chance.random() < 0.6:
        return f"{name}={value}"
    equals = chance.choice(("=", "=", " = "))
    if "'" not in value and chance.random() < 0.3:
        return f"{name}{equals}'{escape(value, quote=False)}'"
    return f'{name}{equals}"{escape(value)}"'


def _cased(name: str, chance: random.Random) -> str:
    return name.upper() if chance.random() < 0.2 else name
