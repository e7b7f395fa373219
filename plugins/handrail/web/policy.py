"""What a browser may run and load on the site: one policy, made of what the theme's own templates ask for and nothing else.

It is a second wall. A page's text is sanitised and what its front matter says is escaped; should something slip through,
the browser refuses to run it. A policy made from finished pages would allow just that, so it is made from empty ones.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from handrail.text.hosts import NOBODY, LetIn
from handrail.text.html_page import Tag, tags, top_of_head
from handrail.text.scripts import handlers, source_of

_NAMED_IN_A_SCRIPT = re.compile(r"(?:https:|(?<![:\w]))//[a-z0-9-]+(?:\.[a-z0-9-]+)+(?=[/\"'`:?]|$)", re.IGNORECASE)
# What these load later is named by none of the theme's templates.
_GOES_ON_TO = {
    "https://fonts.googleapis.com": ("https://fonts.gstatic.com",),
    "https://www.googletagmanager.com": (
        "https://*.googletagmanager.com",
        "https://*.google-analytics.com",
        "https://*.analytics.google.com",
    ),
}


def policy(empty_pages: Iterable[str], scripts: Iterable[str] = (), let_in: LetIn = NOBODY) -> str:
    """Return the policy for a site whose templates make these pages of no text; `scripts` are addresses of more programs.

    It is one for all pages: a theme that loads a page into another's place keeps the policy of the first.
    """
    asked = _Asked()
    for page in empty_pages:
        asked.read(page)
    for address in scripts:
        asked.take_script(address)
    hashes = {source_of(program) for program in asked.inline | asked.handlers}
    # A program that the site itself brings in may do what programs do; it would not work otherwise.
    trusted = asked.script_hosts
    # Without this word, programs in attributes are let in by no digest.
    of_elements = ["'unsafe-hashes'"] if asked.handlers else []
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *of_elements, *sorted(hashes), *sorted(asked.scripts)],
        "style-src": ["'self'", "'unsafe-inline'", *sorted(asked.style_hosts | trusted)],
        "img-src": ["'self'", "data:", *sorted(asked.image_hosts | trusted | _secure(let_in.pictures))],
        "font-src": ["'self'", *sorted(asked.style_hosts | trusted)],
        "connect-src": ["'self'", *sorted(trusted)],
        "media-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-src": sorted(trusted | _secure(let_in.frames)) or ["'none'"],
        "object-src": ["'none'"],
        "base-uri": sorted(asked.bases) or ["'none'"],
        "form-action": ["'self'", *sorted(asked.form_hosts)],  # the field to search in
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def with_policy(page: str, said: str) -> str:
    """Return a page with the policy at the top of its head, before anything that it governs; what is no whole page stays as it is."""
    at = top_of_head(page) if said else None
    if at is None:
        return page
    return f"{page[:at]}{_tag(said)}{page[at:]}"


@lru_cache(maxsize=8)
def _tag(said: str) -> str:
    content = html.escape(said, quote=False).replace('"', "&quot;")
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


class _Asked:
    """Collects what pages run and load."""

    def __init__(self) -> None:
        self.inline: set[str] = set()
        self.handlers: set[str] = set()
        self.scripts: set[str] = set()
        self.script_hosts: set[str] = set()
        self.style_hosts: set[str] = set()
        self.image_hosts: set[str] = set()
        self.form_hosts: set[str] = set()
        self.bases: set[str] = set()

    def read(self, page: str) -> None:
        for tag, _, _ in tags(page):
            if not tag.is_end:
                self._take(tag)

    def take_script(self, address: str) -> None:
        """Allow a program, with what lies beside it: programs of some size load their parts from there."""
        host = _host(address)
        if host:
            self.scripts.add(urljoin(_absolute(address), "."))
            self._trust(host, self.script_hosts)

    def _take(self, tag: Tag) -> None:
        self.handlers.update(program for _, program in handlers(tag))
        match tag.name:
            case "script" if tag.has("src"):
                self.take_script(tag.value("src"))
            case "script" if not tag.value("type").casefold().endswith("json"):
                self._take_program(tag.content)
            case "link" if host := _host(tag.value("href")):
                kinds = tag.value("rel").casefold().split()
                if "stylesheet" in kinds:
                    self._trust(host, self.style_hosts)
                elif any("icon" in kind for kind in kinds):
                    self.image_hosts.add(host)
            case "img" | "source":
                shown = (tag.value("src") if tag.name == "img" else "", *tag.sources)
                self.image_hosts.update(filter(None, map(_host, shown)))
            case "form" if host := _host(tag.value("action")):
                self.form_hosts.add(host)
            case "base" if tag.has("href"):
                self.bases.add(_host(tag.value("href")) or "'self'")

    def _take_program(self, program: str) -> None:
        if not program:
            return
        self.inline.add(program)
        for address in _NAMED_IN_A_SCRIPT.findall(program):
            host = _host(address)
            self.scripts.add(host)
            self._trust(host, self.script_hosts)

    def _trust(self, host: str, hosts: set[str]) -> None:
        hosts.update((host, *_GOES_ON_TO.get(host, ())))


def _secure(hosts: Iterable[str]) -> set[str]:
    return {f"https://{host}" for host in hosts}


def _absolute(address: str) -> str:
    address = address.strip()
    return f"https:{address}" if address.startswith("//") else address


def _host(address: str) -> str:
    """Return the scheme and host of an address of another site, or nothing."""
    try:
        parts = urlsplit(_absolute(address))
    except ValueError:
        return ""  # browsers can't read it either
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
