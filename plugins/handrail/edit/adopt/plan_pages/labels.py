"""By which words the parts of a plan are told, and what is said about one above them."""

from __future__ import annotations

import html
import re

VISION = "vision"
_NAMES = {
    "vision": VISION,
    "priorities": "priorities",
    "values": "priorities",
    "methods": "methods",
    "obstacles": "obstacles",
    "measures": "measures",
}
"""The parts by the words that stand for them; older plans call the priorities values."""
_NAME = "|".join(_NAMES)
_NOTE = r"(?:[ \t]*\\?\([^()\r\n]{0,60}\\?\))?"
_PLAIN = re.compile(rf"[ ]{{0,3}}(?P<name>{_NAME}){_NOTE}[ \t]*(?::[ \t]*(?P<rest>\S.*)?|[ \t]*\\?)\Z", re.IGNORECASE)
_BOLD = re.compile(
    rf"[ ]{{0,3}}(?P<sign>\*\*|__)(?P<name>{_NAME}){_NOTE}[ \t]*:?(?P=sign){_NOTE}[ \t]*:?[ \t]*(?P<rest>\S.*)?\Z",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"[*_]*(?P<name>{_NAME}){_NOTE}[ \t]*:?[*_]*\Z", re.IGNORECASE)
_ABOUT = {
    "period": "period",
    "rapid": "rapid",
    "vetted date": "vetted",
    "vetted": "vetted",
    "previous versions": "previous_versions",
    "previous version": "previous_versions",
}
_INTERNAL = re.compile(r"(?:\w+[ \t]+)?internal[ \t]+version\Z", re.IGNORECASE)
_LINK = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\((?P<address>[^()\s]*)[^()]*\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRUCK = re.compile(r"~~(?:(?!~~).)*~~|<(?:s|del|strike)>(?:(?!</).)*</(?:s|del|strike)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(?P<strong>[^*_]+)\1|(?<![\w*])([*_])(?=\S)(?P<light>[^*_]+)(?<=\S)\3(?![\w*])")
_DASHED_LABEL = re.compile(r"(?P<label>[^:()]{1,50}?)[ \t]+(?:-|\u2013|\u2014)[ \t]+(?P<rest>\S.*)", re.DOTALL)
_MOST_WORDS_OF_A_LABEL = 6


def part_of(heading: str) -> str:
    """Return the part that a heading or the cell of a table names; empty where it names none."""
    match = _ALONE.match(heading.strip())
    return _NAMES[match["name"].casefold()] if match else ""


def part_and_rest(line: str) -> tuple[str, str]:
    """Return the part that a line begins and what stands behind its name, as in “**Vision:** we pay on time”."""
    match = _BOLD.match(line.rstrip()) or _PLAIN.match(line.rstrip())
    return (_NAMES[match["name"].casefold()], match["rest"] or "") if match else ("", "")


def about(key: str) -> str:
    """Return what a row of a table says about a plan: `period`, `rapid` and others; empty where it says nothing of the sort."""
    said = plain(key).rstrip(":").strip()
    return "internal_version" if _INTERNAL.match(said) else _ABOUT.get(said.casefold(), "")


def plain(text: str) -> str:
    """Return a text as people read it: no escapes, tags or links, and nothing that is struck out."""
    said = _TAG.sub(" ", _STRUCK.sub("", _LINK.sub(r"\g<text>", text)))
    said = _EMPHASIS.sub(lambda match: match["strong"] or match["light"], said)
    return " ".join(html.unescape(_ESCAPED.sub(r"\1", said)).split())


def links(text: str) -> list[tuple[str, str]]:
    """Return the links of a text: what they say, and where they lead; a bare address says nothing."""
    found = [(plain(match["text"]), match["address"]) for match in _LINK.finditer(text)]
    bare = re.search(r"https?://[^\s<>|)]+", text) if not found else None
    return [("", bare[0])] if bare else found


def item(text: str) -> str:
    """Return an item of a plan as it is written in fields: “Label - sentence” as `Label: sentence`."""
    said = plain(text)
    match = _DASHED_LABEL.fullmatch(said)
    if match is None or len(match["label"].split()) > _MOST_WORDS_OF_A_LABEL:
        return said
    return f"{match['label']}: {match['rest']}"
