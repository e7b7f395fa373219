"""Proves on a finished site that it holds what may be published, all of it and nothing else, whichever engine built it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from handrail.model.settings import fits
from handrail.site.built import BuiltSite, is_page
from handrail.site.leaks import Secrets

_OF_ENGINES = frozenset(("404.html", "sitemap.xml", "sitemap.xml.gz", "objects.inv", ".nojekyll"))
_FOLDERS_OF_ENGINES = ("assets/", "search/", "pagefind/")
_SCRIPTS = (".js", ".mjs", ".css", ".map", ".json", ".wasm")
_FONTS = (".woff2", ".woff", ".ttf", ".otf", ".eot")
_PICTURES = (".svg", ".png", ".ico", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
_OF_PAGEFIND = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pf_sort")
_KINDS_OF_ENGINES = (*_SCRIPTS, *_FONTS, *_PICTURES, *_OF_PAGEFIND)

_AGAIN = "Delete the site and build it again"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file of the site: a sentence that begins with its path, and what to do."""

    path: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.path} {self.message}" + (f" {self.hint}" if self.hint else "")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a site has to hold, by file, each with what it is; `allowed` are files that it may hold beside them.

    `patterns` are those of the setting `assets`, which allow more. What is withheld must be in the site neither by its
    contents, under whatever name, nor at its own place; `contents` (SHA-256) and `places` say what it is.
    """

    needed: Mapping[str, str]
    allowed: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    contents: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


def file_of(url: str) -> str:
    """Return the file that a page's address stands for."""
    return posixpath.join(url, "index.html") if not url or url.endswith("/") else url


def verify(site: BuiltSite, expected: Expected, secrets: Secrets) -> Iterator[Fault]:
    """Yield what is wrong with a site, by file."""
    yield from _missing(site, expected)
    for path in sorted(site.symlinks):
        yield Fault(path, "is a symbolic link, and nobody knows what it shows.", "Put the file itself in its place.")
    for path in sorted(site.files):
        yield from _unexpected(site, path, expected)
        yield from _told(site, path, secrets)
        if is_page(path):
            yield from _blank(site, path)
            yield from _broken(site, path)


def _missing(site: BuiltSite, expected: Expected) -> Iterator[Fault]:
    for path, what in sorted(expected.needed.items()):
        if path not in site.files and path not in site.symlinks:
            yield Fault(
                path, f"is not there, and should be {what}.", "Build the site again, with the plugin switched on."
            )


def _unexpected(site: BuiltSite, path: str, expected: Expected) -> Iterator[Fault]:
    withheld = expected.contents.get(sha256(site.raw(path)).hexdigest()) if expected.contents else None
    if withheld is None and not _belongs(path, expected):
        withheld = expected.places.get(path)
        if withheld is None and not any(fits(pattern, path) for pattern in expected.patterns):
            yield _stranger(path)
    if withheld is not None:
        yield Fault(path, f"is {withheld}, which is withheld.", f"{_AGAIN}.")


def _belongs(path: str, expected: Expected) -> bool:
    """Say whether the handbook or the engine has a file of this name."""
    if path in expected.needed or path in expected.allowed or path in _OF_ENGINES:
        return True
    return path.startswith(_FOLDERS_OF_ENGINES) and posixpath.splitext(path)[1].lower() in _KINDS_OF_ENGINES


def _stranger(path: str) -> Fault:
    if is_page(path):
        message = "is a page of the site, and none that the handbook publishes."
        return Fault(path, message, f"{_AGAIN}; if another plugin makes it, name it in the setting `assets`.")
    message = "is in the site, and no page that is published uses it."
    return Fault(path, message, f"{_AGAIN}, or name the file in the setting `assets`.")


def _told(site: BuiltSite, path: str, secrets: Secrets) -> Iterator[Fault]:
    if not secrets:
        return
    texts, trouble = site.texts(path)
    if trouble:
        yield Fault(path, f"can't be read: {trouble}.", f"{_AGAIN}.")
    for leak in dict.fromkeys(leak for text in (path, *texts) for leak in secrets.found_in(text)):
        yield Fault(path, f"holds {leak.what}, of {leak.path}, which is withheld.")


def _blank(site: BuiltSite, path: str) -> Iterator[Fault]:
    if not site.page(path).has_text:
        yield Fault(path, "is a page without any text.", "Build the site again.")


def _broken(site: BuiltSite, path: str) -> Iterator[Fault]:
    for link in site.page(path).links:
        found = site.resolve(path, link)
        if found is None:
            continue
        target, anchor = found
        if target in site.symlinks:
            continue  # said once, of the link itself
        if target not in site.files:
            yield Fault(path, f"has a link that leads nowhere: {link}.")
        elif anchor and is_page(target) and anchor not in site.page(target).anchors and not _is_theirs(anchor):
            yield Fault(path, f"has a link to a place that its page does not have: {link}.")


def _is_theirs(anchor: str) -> bool:
    """Say whether an anchor is for a program, not for a reader: the theme's scripts, or a text to highlight."""
    return anchor.startswith(("__", ":~:"))


def by_contents(contents: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return what files are by the digests of what stands in them, less the empty ones, which say nothing."""
    return {sha256(raw).hexdigest(): what for what, raw in contents if raw.strip()}
