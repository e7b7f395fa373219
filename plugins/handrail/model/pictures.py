"""Pictures that are programs: an SVG opened by itself runs as a page of the site, with all that such a page may do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

_RUNS = frozenset(("script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video"))
_CHANGES = frozenset(("set", "animate", "animatetransform", "animatemotion", "discard"))
_PAGES = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2001/xml-events")
_IN_THE_FILE = re.compile(
    r"#|data:(?:image/(?:png|jpeg|gif|webp)|font/[\w.-]+|application/(?:x-)?font-[\w-]+)[;,]", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')]*)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")


class _ActiveError(Exception):
    """Something in a picture that runs or loads."""


def is_still(raw: bytes) -> bool:
    """Say whether an SVG only draws: no program, no page within it, nothing loaded from elsewhere, and XML throughout.

    Links on which a reader clicks may lead to the web.
    """
    parser = expat.ParserCreate(namespace_separator="\n")
    texts: list[str] = []
    parser.StartElementHandler = _element
    parser.CharacterDataHandler = texts.append
    parser.ProcessingInstructionHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.AttlistDeclHandler = _refuse
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - the parser's own interface
    except (expat.ExpatError, _ActiveError, ValueError):
        return False
    return not any(_loads("".join(texts)))


def _refuse(*_what: object) -> None:
    raise _ActiveError


def _element(name: str, attributes: dict[str, str]) -> None:
    space, _, local = name.rpartition("\n")
    tag = local.casefold()
    if space in _PAGES or tag in _RUNS:
        raise _ActiveError
    for qualified, value in attributes.items():
        key = qualified.rpartition("\n")[2].casefold()
        target = _UNSEEN.sub("", value)
        if key.startswith("on") or (key == "attributename" and tag in _CHANGES and _is_dangerous(target)):
            raise _ActiveError
        if key in ("href", "src", "from", "to", "values") and "script:" in target.casefold():
            raise _ActiveError
        if key in ("href", "src") and not _leads_nowhere_new(tag, target):
            raise _ActiveError
        if any(_loads(value)):
            raise _ActiveError


def _is_dangerous(attribute: str) -> bool:
    name = attribute.casefold().rpartition(":")[2]
    return name.startswith("on") or name in ("href", "src")


def _leads_nowhere_new(tag: str, target: str) -> bool:
    return not target or _IN_THE_FILE.match(target) is not None or (tag == "a" and bool(_ELSEWHERE.match(target)))


def _loads(styles: str) -> Iterator[str]:
    """Yield what a text would load if it were a style."""
    if "@import" in styles.casefold():
        yield "@import"
    for match in _URL.finditer(styles):
        if not _IN_THE_FILE.match(_UNSEEN.sub("", match[1])):
            yield match[1]
