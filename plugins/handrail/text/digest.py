"""The digest of a signed text: what two people have to have read to have read the same.

The body is normalised, so that what changes nothing for a reader changes no digest: line ends, trailing space, runs of
blank lines, and where a link inside the handbook or on one host leads. The fields are serialised by RFC 8785. The
site's page on digests says the same in words, so that anyone can recompute one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import rfc8785

from handrail.text.lines import LINE_END
from handrail.text.markdown import BodyLink, links

VERSION = "t1"
_BLANK_LINES = re.compile(r"\n{3,}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"https?://[^\s\\]+", re.IGNORECASE)
_IMAGE_BY_LABEL = re.compile(r"!\[[^\]]*\] ?\[")


def digest(fields: Mapping[str, Any], body: str) -> str:
    """Return the digest of a text, such as `t1:9f86…`; `fields` are the material ones, by name."""
    text = rfc8785.dumps({"body": normalised_body(body), "fields": canonical(fields)})
    return f"{VERSION}:{hashlib.sha256(text).hexdigest()}"


def normalised_body(body: str) -> str:
    """Return a body without what may change freely."""
    text = LINE_END.sub("\n", _without_free_targets(body))
    text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def canonical(value: Any) -> Any:
    """Return a value of front matter without what quoting may change: `10` and `"10"` are the same text."""
    if isinstance(value, Mapping):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else LINE_END.sub("\n", str(value)).strip()


def _without_free_targets(body: str) -> str:
    parts: list[str] = []
    at = 0
    images_by_label = _IMAGE_BY_LABEL.search(body) is not None
    for link in sorted(links(body), key=lambda link: link.target_at):
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
    return body[max(link.offset - 2, 0) : link.offset].endswith("!") and not body[: link.offset].endswith("\\!")


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
