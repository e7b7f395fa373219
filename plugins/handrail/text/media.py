"""Finds the pictures, sounds and films that a body shows, and where their addresses stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handrail.text.markdown import BodyLink, without_code
from handrail.text.tags import Attribute, Tag, tags

_DEFINITION = re.compile(r" {0,3}\[([^\]\r\n]+)\]:")
_USE = re.compile(r"!\[([^\[\]]*+)\](?: ?\[([^\[\]]*+)\])?+")
_CANDIDATE = re.compile(r"[^\s,][^\s]*+")
_MEDIA = ("audio", "image", "img", "picture", "source", "track", "video")
_TAG = re.compile(rf"<(?:{'|'.join(_MEDIA)})[\s/>]", re.IGNORECASE)
_ADDRESSES = ("src", "poster", "href", "srcset")


class Medium(NamedTuple):
    """Something that a body shows: its address as written, where that begins, and where the whole begins and ends.

    `tag` and `attribute` are empty for a picture in Markdown. `is_fallback` says that a browser may show something else in its
    place, so that nobody misses it.
    """

    address: str
    address_at: int
    offset: int
    end: int
    tag: str = ""
    attribute: str = ""
    is_fallback: bool = False

    @property
    def is_picture(self) -> bool:
        return self.tag in ("", "img", "image")


def media(body: str, links: Sequence[BodyLink]) -> Iterator[Medium]:
    """Yield what a body shows; `links` are all of its links and pictures."""
    if "![" in body:
        yield from _in_markdown(body, links)
    for tag in tags(without_code(body)) if _TAG.search(body) else ():
        if tag.name in _MEDIA:
            yield from _of_tag(tag)


def _in_markdown(body: str, links: Sequence[BodyLink]) -> Iterator[Medium]:
    """Yield pictures by the sign before them, and the definitions that pictures use."""
    labels: set[str] | None = None
    for link in links:
        if link.form != "markdown" or link.is_text:
            continue
        definition = _DEFINITION.match(body, link.offset) if link.text is None else None
        if definition is not None:
            labels = _labels(body) if labels is None else labels
            is_shown = _folded(definition[1]) in labels
        else:
            before = body[max(link.offset - 2, 0) : link.offset]
            is_shown = before.endswith("!") and before != "\\!"
        if is_shown:
            yield Medium(link.target, link.target_at, link.offset, link.end)


def _labels(body: str) -> set[str]:
    return {_folded(match[2] or match[1]) for match in _USE.finditer(body)}


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _of_tag(tag: Tag) -> Iterator[Medium]:
    has_source = any(attribute.name == "src" and attribute.value.strip() for attribute in tag.attributes)
    for attribute in tag.attributes:
        if attribute.name in _ADDRESSES:
            for number, (address, start) in enumerate(_named(attribute)):
                is_fallback = attribute.name == "srcset" and (has_source or tag.name == "source" or number > 0)
                yield Medium(address, start, tag.offset, tag.end, tag.name, attribute.name, is_fallback)


def _named(attribute: Attribute) -> Iterator[tuple[str, int]]:
    """Yield the addresses of an attribute, and where they begin; of a set, each has its size behind it."""
    if attribute.name != "srcset":
        address = attribute.value.strip()
        if address:
            yield address, attribute.offset + attribute.value.index(address)
        return
    at = 0
    while match := _CANDIDATE.search(attribute.value, at):
        address = match[0].rstrip(",")
        yield address, attribute.offset + match.start()
        comma = attribute.value.find(",", match.start() + len(address))
        at = comma + 1 if comma != -1 else len(attribute.value)
