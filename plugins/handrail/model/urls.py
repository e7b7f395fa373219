"""Addresses of pages on the site, by MkDocs' rules."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from itertools import repeat
from urllib.parse import quote, unquote, urlsplit

OF_THE_SITE = ("assets", "search", "pagefind")
"""Where the theme's files lie, and the index of its search."""


def on_site(site_url: str, url: str) -> str:
    """Return the whole address of what the site has at `url`, or nothing where the site's address is none of the web."""
    if not site_url.lower().startswith(("https://", "http://")):
        return ""
    # What is no part of an address, such as a blank, comes from who typed that of the site.
    return quote(f"{site_url.rstrip('/')}/{url}", safe="/:%@?=&~+,;[]", errors="replace")


def page_url(src_uri: str, *, directories: bool) -> str:
    """Return a page's address relative to the site; the home page's is empty."""
    folder, name = posixpath.split(src_uri)
    stem = posixpath.splitext(name)[0]
    if stem in ("index", "README"):
        path = f"{folder}/" if directories else posixpath.join(folder, "index.html")
        return _quoted(path.lstrip("/"))
    return _quoted(posixpath.join(folder, f"{stem}/" if directories else f"{stem}.html"))


def file_of(url: str) -> str:
    """Return the file of the site that serves a page's address."""
    path = unquote(url, errors="surrogateescape")
    return f"{path}index.html" if not path or path.endswith("/") else path


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """Where the site lies: `base` is the path of its address, such as `/handbook/`; without a host only paths lead to it."""

    base: str = "/"
    host: str = ""

    @classmethod
    def of(cls, site_url: str) -> SiteAddress:
        """Return the address that the setting `site_url` says; one that is none is that of no host."""
        try:
            parts = urlsplit(site_url)
        except ValueError:
            return cls()
        return cls(f"/{parts.path.strip('/')}/".replace("//", "/"), parts.netloc.lower())

    def target(self, file: str, link: str) -> Target | None:
        """Return where a link in a file of the site leads, as browsers take it; None where it leaves the site."""
        try:
            parts = urlsplit(link)
        except ValueError:
            return None
        fragment = unquote(parts.fragment)
        if parts.scheme or parts.netloc:
            if parts.scheme.lower() not in ("http", "https", "") or not self.host or parts.netloc.lower() != self.host:
                return None
            place = parts.path or "/"
        elif parts.path:
            place = posixpath.join(self.base, posixpath.dirname(file), parts.path)
        else:
            return Target(file, fragment)
        place = unquote(place, errors="surrogateescape")
        # The last part decides between a file and a folder, which normalising would lose.
        is_folder = place.endswith(("/", "/.", "/.."))
        place = f"{posixpath.normpath(place)}/".replace("//", "/")
        if not place.startswith(self.base):
            return None
        inside = place[len(self.base) : -1]
        return Target(inside, fragment, is_folder=is_folder or not inside)


@dataclass(frozen=True, slots=True)
class Target:
    """What a link asks the site for: a path, as it is written, and an anchor; of a folder it gets the page that stands for it."""

    path: str
    fragment: str
    is_folder: bool = False

    @property
    def files(self) -> tuple[str, ...]:
        """The files that may serve it, the first that is there does; the last is the one that would have to be there."""
        index = posixpath.join(self.path, "index.html")
        return (index,) if self.is_folder else (self.path, index)


def bare_url(url: str) -> str:
    """Return an address without what makes no difference to where it leads: slashes at its ends, `index.html`."""
    return url.strip("/").removesuffix("index.html").rstrip("/")


def relative(url: str, base: str) -> str:
    """Return a page's address as seen from the page at `base`; both are relative to the site.

    An address that ends in a slash is a folder, as the site serves it.
    """
    there, here = list(filter(None, url.split("/"))), list(filter(None, base.split("/")))
    if not base.endswith("/"):
        del here[-1:]
    same = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        same += 1
    path = "/".join((*repeat("..", len(here) - same), *there[same:])) or "."
    return f"{path}/" if not url or url.endswith("/") else path


def _quoted(path: str) -> str:
    # The name of a file need not be text; what Python made of its bytes is given back as bytes.
    return quote(path, errors="surrogateescape")
