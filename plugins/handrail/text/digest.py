"""The digest of a signed text: what two people have to have read to have read the same.

The body is normalised, so that what changes nothing for a reader changes no digest: line ends, trailing space, runs of
blank lines, and where a link inside the handbook or on one host leads. The fields are serialised by RFC 8785. The
site's page on digests says the same in words, so that anyone can recompute one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import rfc8785

from handrail.text.markdown import BodyLink, links

VERSION = "t1"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"https?://[^\s\\]+", re.IGNORECASE)
_IMAGE_BY_LABEL = re.compile(r"!\[[^\]]*\] ?\[")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_BEYOND_16_BITS = tuple(bytes([first]) for first in range(0xF0, 0xF5))
"""What a character that UTF-16 writes in two parts begins with in UTF-8, and nothing else does."""


def digest(fields: dict[str, Any], body: str, body_links: Sequence[BodyLink] | None = None) -> str:
    """Return the digest of a text, such as `t1:9f86…`; `fields` are the material ones, by name.

    `body_links` are those of the body, where they are known.
    """
    text = serialised({"body": normalised_body(body, body_links), "fields": canonical(fields)})
    return f"{VERSION}:{hashlib.sha256(text).hexdigest()}"


def serialised(value: Any) -> bytes:
    """Return texts, in lists and mappings, as RFC 8785 writes them.

    The standard library does so ten times as fast, but for the order of keys that hold characters beyond 16 bits.
    """
    text = _JSON.encode(value).encode()
    return rfc8785.dumps(value) if any(first in text for first in _BEYOND_16_BITS) else text


def normalised_body(body: str, body_links: Sequence[BodyLink] | None = None) -> str:
    """Return a body without what may change freely; `body_links` are its links, where they are known."""
    text = _with_one_line_end(_without_free_targets(body, links(body) if body_links is None else body_links))
    text = "\n".join([line.rstrip(" \t") for line in text.split("\n")])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n")


def canonical(value: Any) -> Any:
    """Return a value of front matter without what quoting may change: `10` and `"10"` are the same text."""
    if isinstance(value, str):
        return _with_one_line_end(value).strip()
    if isinstance(value, dict):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _without_free_targets(body: str, body_links: Sequence[BodyLink]) -> str:
    parts: list[str] = []
    at = 0
    images_by_label = _IMAGE_BY_LABEL.search(body) is not None
    for link in sorted(body_links, key=lambda link: link.target_at):
        start, end = link.target_at, link.target_at + len(link.target)
        if start < at or body[start:end] != link.target or _is_image(body, link, images_by_label=images_by_label):
            continue
        parts += [body[at:start], _bound(link)]
        at = end
    return "".join([*parts, body[at:]])


def _is_image(body: str, link: BodyLink, *, images_by_label: bool) -> bool:
    """Say whether a link shows an image, whose path is part of the text; a definition may be one's."""
    if link.form == "html":
        return body[link.offset : link.offset + 4].lower() == "<img"
    if link.text is None and link.form == "markdown" and body[link.offset : link.offset + 1] == "[":
        return images_by_label
    before = body[max(link.offset - 2, 0) : link.offset]
    return before.endswith("!") and before != "\\!"


def _bound(link: BodyLink) -> str:
    """Return the part of a link's target that is bound: nothing inside the handbook, scheme and host on the web, else all."""
    target = link.target
    if link.form == "wiki":
        return ""
    if _WEB.fullmatch(target):
        try:
            parts = urlsplit(target)
        except ValueError:
            return target
        return f"{parts.scheme.lower()}://{parts.netloc.lower()}"
    if _SCHEME.match(target) or target.startswith("//") or "\\" in target or not target.isprintable():
        return target
    return ""
