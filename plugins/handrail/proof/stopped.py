"""What a page of a finished site asks browsers to run or load, and what of it the page's own policy stops.

The policy is made of what the theme's templates ask for by themselves. What another plugin, or a template, puts into single pages is no part
of it, and browsers leave it out without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from handrail.text.html_page import Tag, tags
from handrail.text.scripts import handlers, is_program, runs, source_of

_VARIES = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\b(?:true|false|null|[0-9]+)\b|\s+")
"""What differs in a script that a template writes into each page."""
_TEMPLATE_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_EVERYTHING = "default-src"
_OWN_RULE_ONLY = ("base-uri", "form-action")
"""Directives in whose place the one for everything does not step."""
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
    MEDIUM = "media-src"
    OBJECT = "object-src"
    FORM = "form-action"
    BASE = "base-uri"
    INLINE = "script-src of the page"
    HANDLER = "script-src of an element"
    LINK = "script-src of a link"

    @property
    def directive(self) -> str:
        return self.value.partition(" ")[0]

    @property
    def is_program(self) -> bool:
        """Whether it is a program that stands in the page."""
        return self in (Kind.INLINE, Kind.HANDLER, Kind.LINK)


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that a page asks for: what it is; its address, or the digest of a program in the page; and the tag as written.

    `like` is the same for all that one template writes. `name` is that of the attribute in which a program stands.
    """

    kind: Kind
    source: str
    written: str
    like: str
    name: str = ""


_ADDRESSES: Mapping[str, Mapping[str, Kind | None]] = {
    "a": {"href": None, "xlink:href": None},
    "area": {"href": None},
    "audio": {"src": Kind.MEDIUM},
    "base": {"href": Kind.BASE},
    "body": {"background": Kind.PICTURE},
    "button": {"formaction": Kind.FORM},
    "embed": {"src": Kind.OBJECT},
    "form": {"action": Kind.FORM},
    "frame": {"src": Kind.FRAME},
    "iframe": {"src": Kind.FRAME},
    "image": {"href": Kind.PICTURE, "xlink:href": Kind.PICTURE},
    "img": {"src": Kind.PICTURE},
    "input": {"formaction": Kind.FORM},
    "object": {"data": Kind.OBJECT},
    "source": {"src": Kind.MEDIUM},
    "track": {"src": Kind.MEDIUM},
    "video": {"src": Kind.MEDIUM, "poster": Kind.PICTURE},
}
"""The attributes of elements that hold an address, each with what is asked for there; None where only a reader goes there."""


def asked_by(tag: Tag) -> Iterator[Asked]:
    """Yield what one tag asks for."""
    for name, program in handlers(tag):
        yield Asked(Kind.HANDLER, source_of(program), tag.raw, f"{tag.name} {name} {_alike(program)}", name)
    if tag.name == "script":
        yield from _of_script(tag)
        return
    for kind, address in _loaded(tag):
        if runs(address):
            yield Asked(Kind.LINK, source_of(address), tag.raw, _alike(address))
        elif kind is not None and _is_asked_for(kind, address):
            yield Asked(kind, address, tag.raw, address)


def _of_script(tag: Tag) -> Iterator[Asked]:
    if not is_program(tag):
        return
    names = [name for name in ("src", "href", "xlink:href") if tag.has(name)]  # in a drawing it is `href`
    for address in filter(None, (tag.value(name).strip() for name in names)):
        yield Asked(Kind.SCRIPT, address, tag.raw, address)
    if not names and tag.content.strip():
        yield Asked(Kind.INLINE, source_of(tag.content), tag.raw, _alike(tag.content))


def _loaded(tag: Tag) -> Iterator[tuple[Kind | None, str]]:
    """Yield the addresses in a tag that is no script, each with what it asks for."""
    for name, kind in _ADDRESSES.get(tag.name, {}).items():
        if address := tag.value(name).strip():
            yield kind, address
    match tag.name:
        case "img" | "source":
            yield from ((Kind.PICTURE, address) for address in tag.sources)
        case "input" if tag.value("type").lower() == "image" and (address := tag.value("src").strip()):
            yield Kind.PICTURE, address
        case "link" if address := tag.value("href").strip():
            kinds = tag.value("rel").lower().split()
            if "stylesheet" in kinds:
                yield Kind.STYLE, address
            elif any("icon" in kind for kind in kinds):
                yield Kind.PICTURE, address


def _is_asked_for(kind: Kind, address: str) -> bool:
    if kind is Kind.PICTURE:
        return _scheme(address) in _LOADED
    return kind is not Kind.FRAME or not address.startswith("about:")


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


def base_of(asked: Iterable[Asked], policy: str) -> str:
    """Return the address from which the links of a page lead; nothing where that is its own, or the policy stops what says so."""
    base = next((one for one in asked if one.kind is Kind.BASE), None)
    return base.source if base is not None and not is_stopped(base, policy, lambda at: is_of_host(at, "")) else ""


def without_scripting(written: Iterable[str]) -> frozenset[str]:
    """Return those of a page's tags that stand only in what is shown where no program may run."""
    shown: set[str] = set()
    others: set[str] = set()
    within = False
    for tag in written:
        if tag[1:].lower().startswith(("noscript", "/noscript")):
            within = tag[1] != "/"
        (shown if within else others).add(tag)
    return frozenset(shown - others)


def is_stopped(asked: Asked, policy: str, is_own: Callable[[str], bool]) -> bool:
    """Say whether a policy stops what is asked for; `is_own` says whether an address is one of the site's own host."""
    said = _read(policy)
    everything = said.get(_EVERYTHING) if asked.kind.directive not in _OWN_RULE_ONLY else None
    sources = said.get(asked.kind.directive, everything)
    if sources is None:
        return False
    if asked.kind.is_program:
        is_named = asked.source in sources and (asked.kind is Kind.INLINE or "'unsafe-hashes'" in sources)
        return not is_named and "'unsafe-inline'" not in sources
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
    """Return what programs of templates are like, whatever of a page they write into them."""
    return frozenset(
        asked.like
        for template in templates
        for tag, _, _ in tags(_TEMPLATE_CODE.sub("", template))
        if not tag.is_end
        for asked in asked_by(tag)
        if asked.kind.is_program
    )


def _alike(program: str) -> str:
    return _VARIES.sub("", program)[:200]
