"""What a browser may run and load on the site: one policy, made of what the theme's own templates ask for and nothing else.

It is a second wall. A page's text is sanitised and what its front matter says is escaped; should something slip through,
the browser refuses to run it. A policy made from finished pages would allow just that, so it is made from empty ones.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from handrail.text.hosts import NOBODY, LetIn
from handrail.text.html_page import top_of_head

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
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in asked.inline}
    # A program that the site itself brings in may do what programs do; it would not work otherwise.
    trusted = asked.script_hosts
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *sorted(hashes), *sorted(asked.scripts)],
        "style-src": ["'self'", "'unsafe-inline'", *sorted(asked.style_hosts | trusted)],
        "img-src": ["'self'", "data:", *sorted(asked.image_hosts | trusted | _secure(let_in.pictures))],
        "font-src": ["'self'", *sorted(asked.style_hosts | trusted)],
        "connect-src": ["'self'", *sorted(trusted)],
        "media-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-src": sorted(trusted | _secure(let_in.frames)) or ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],  # the field to search in
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


class _Asked(HTMLParser):
    """Collects what pages run and load."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inline: set[str] = set()
        self.scripts: set[str] = set()
        self.script_hosts: set[str] = set()
        self.style_hosts: set[str] = set()
        self.image_hosts: set[str] = set()
        self._in_script = False

    def read(self, page: str) -> None:
        self.reset()
        self._in_script = False
        self.feed(page)
        self.close()

    def take_script(self, address: str) -> None:
        """Allow a program, with what lies beside it: programs of some size load their parts from there."""
        host = _host(address)
        if host:
            self.scripts.add(urljoin(_absolute(address), "."))
            self._trust(host, self.script_hosts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" in said:
            self.take_script(said["src"])
        elif tag == "script":
            self._in_script = not said.get("type", "").casefold().endswith("json")
        elif tag == "link" and (host := _host(said.get("href", ""))):
            kinds = said.get("rel", "").casefold().split()
            if "stylesheet" in kinds:
                self._trust(host, self.style_hosts)
            elif any("icon" in kind for kind in kinds):
                self.image_hosts.add(host)
        elif tag == "img" and (host := _host(said.get("src", ""))):
            self.image_hosts.add(host)

    def handle_data(self, data: str) -> None:
        if not self._in_script:
            return
        self.inline.add(data)
        for address in _NAMED_IN_A_SCRIPT.findall(data):
            host = _host(address)
            self.scripts.add(host)
            self._trust(host, self.script_hosts)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False

    def _trust(self, host: str, hosts: set[str]) -> None:
        hosts.update((host, *_GOES_ON_TO.get(host, ())))


def _secure(hosts: Iterable[str]) -> set[str]:
    return {f"https://{host}" for host in hosts}


def _absolute(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address


def _host(address: str) -> str:
    """Return the scheme and host of an address of another site, or nothing."""
    parts = urlsplit(_absolute(address))
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
