"""What a page of a finished site asks browsers to run or load, and what of it the page's own policy stops.

The policy is made of what the theme's templates ask for by themselves. What another plugin, or a template, puts into single pages is no part
of it, and browsers leave it out without a word.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from handrail.text.html_page import Tag, tags

_VARIES = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|\b(?:true|false|null|[0-9]+)\b|\s+")
"""What differs in a script that a template writes into each page."""
_TEMPLATE_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HANDLER = re.compile(r"on[a-z]{3,}")
_DATA = ("json", "template", "x-", "plain", "html")
_EVERYTHING = "default-src"
_WEB = ("", "http", "https")
_LOADED = (*_WEB, "data", "blob")
"""Schemes of addresses from which a browser loads a picture; of others it asks nobody."""
_POLICY = "content-security-policy"
Policy = Mapping[str, tuple[str, ...]]


class Kind(StrEnum):
    """What is run or loaded, each with the directive of a policy that lets it in."""

    SCRIPT = "script-src"
    STYLE = "style-src"
    FRAME = "frame-src"
    PICTURE = "img-src"
    INLINE = "script-src of the page"
    HANDLER = "script-src of an element"

    @property
    def directive(self) -> str:
        return self.value.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that a page asks for: what it is; its address, or the digest of a script in the page; and the tag as written.

    `like` is the same for all that one template writes.
    """

    kind: Kind
    source: str
    written: str
    like: str


def asked_by(tag: Tag) -> Iterator[Asked]:
    """Yield what one tag asks for."""
    handler = next((name for name in tag.names if _HANDLER.fullmatch(name)), "")
    if handler:
        yield Asked(Kind.HANDLER, handler, tag.raw, f"{tag.name} {handler} {_alike(tag.value(handler))}")
    address = tag.value("href" if tag.name == "link" else "src").strip()
    match tag.name:
        case "script" if address:
            yield Asked(Kind.SCRIPT, address, tag.raw, address)
        case "script" if not any(word in tag.value("type").lower() for word in _DATA) and tag.content.strip():
            digest = base64.b64encode(hashlib.sha256(tag.content.encode()).digest()).decode()
            yield Asked(Kind.INLINE, f"'sha256-{digest}'", tag.raw, _alike(tag.content))
        case "iframe" if address and not address.startswith("about:"):
            yield Asked(Kind.FRAME, address, tag.raw, address)
        case "link" if address and "stylesheet" in tag.value("rel").lower().split():
            yield Asked(Kind.STYLE, address, tag.raw, address)
        case "img" if address and _scheme(address) in _LOADED:
            yield Asked(Kind.PICTURE, address, tag.raw, address)


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""


def is_of_host(address: str, host: str) -> bool:
    """Say whether an address leads to the host of the site itself, also beside the site: browsers load from there what is the site's own."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return True  # it leads nowhere
    return parts.scheme in _WEB and parts.netloc.lower() in ("", host)


def policy_in(tag: Tag) -> str:
    """Return the policy that a tag states; nothing where it states none."""
    states = tag.name == "meta" and tag.value("http-equiv").strip().lower() == _POLICY
    return tag.value("content") if states else ""


def is_stopped(asked: Asked, policy: str, is_own: Callable[[str], bool]) -> bool:
    """Say whether a policy stops what is asked for; `is_own` says whether an address is one of the site's own host."""
    said = _read(policy)
    sources = said.get(asked.kind.directive, said.get(_EVERYTHING))
    if sources is None:
        return False
    if asked.kind in (Kind.INLINE, Kind.HANDLER):
        return asked.source not in sources and "'unsafe-inline'" not in sources
    if is_own(asked.source):
        return "'self'" not in sources
    return not any(_fits(asked.source, source) for source in sources)


@lru_cache(maxsize=64)
def _read(policy: str) -> Policy:
    parts = (part.split() for part in policy.split(";"))
    return {name.lower(): tuple(sources) for name, *sources in filter(None, parts)}


def _fits(address: str, source: str) -> bool:
    """Say whether an address of another host is one that a source names: a scheme, a host, or a folder or a file of it."""
    if source.endswith(":"):
        return address.lower().startswith(source.lower())
    asked, known = urlsplit(urljoin("https:", address)), urlsplit(source)
    if asked.scheme.lower() != known.scheme.lower() or not asked.netloc:
        return False
    host, allowed = asked.netloc.lower(), known.netloc.lower()
    if not (host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed):
        return False
    return asked.path.startswith(known.path) if known.path.endswith("/") else known.path in ("", asked.path)


def written_by(templates: Iterable[str]) -> frozenset[str]:
    """Return what scripts of templates are like, whatever of a page they write into them."""
    return frozenset(
        asked.like
        for template in templates
        for tag, _, _ in tags(_TEMPLATE_CODE.sub("", template))
        if tag.name == "script" and not tag.is_end
        for asked in asked_by(tag)
        if asked.kind is Kind.INLINE
    )


def _alike(script: str) -> str:
    return _VARIES.sub("", script)[:200]
