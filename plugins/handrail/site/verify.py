"""Proves on a finished site that it holds what may be published, all of it and nothing else, whichever engine built it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from handrail.site.built import BuiltSite
from handrail.site.leaks import Secrets

_HTML = (".html", ".htm")
_OF_ENGINES = frozenset(("404.html", "sitemap.xml", "sitemap.xml.gz", "objects.inv", ".nojekyll"))
_FOLDERS_OF_ENGINES = ("assets/", "search/", "pagefind/")


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

    `withheld` are the contents of files that must be in it under no name, by their SHA-256, with their paths in the
    handbook.
    """

    needed: Mapping[str, str]
    allowed: frozenset[str] = frozenset()
    withheld: Mapping[str, str] | None = None


def file_of(url: str) -> str:
    """Return the file that a page's address stands for."""
    return posixpath.join(url, "index.html") if not url or url.endswith("/") else url


def verify(site: BuiltSite, expected: Expected, secrets: Secrets) -> Iterator[Fault]:
    """Yield what is wrong with a site, by file."""
    yield from _missing(site, expected)
    for path in sorted(site.files):
        yield from _unexpected(path, expected)
        yield from _copied(site, path, expected)
        yield from _told(site, path, secrets)
        if path.endswith(_HTML):
            yield from _broken(site, path)


def _missing(site: BuiltSite, expected: Expected) -> Iterator[Fault]:
    for path, what in sorted(expected.needed.items()):
        if path not in site.files:
            yield Fault(
                path, f"is not there, and should be {what}.", "Build the site again, with the plugin switched on."
            )


def _unexpected(path: str, expected: Expected) -> Iterator[Fault]:
    if path in expected.needed or path in expected.allowed or path in _OF_ENGINES:
        return
    if path.endswith(_HTML):
        yield Fault(
            path, "is a page of the site, and none that the handbook publishes.", "Delete the site and build it again."
        )
    elif not path.startswith(_FOLDERS_OF_ENGINES):
        yield Fault(
            path,
            "is in the site, and no page that is published uses it.",
            "Delete the site and build it again, or name the file in the setting `assets`.",
        )


def _copied(site: BuiltSite, path: str, expected: Expected) -> Iterator[Fault]:
    if expected.withheld:
        original = expected.withheld.get(sha256(site.raw(path)).hexdigest())
        if original is not None:
            yield Fault(path, f"is the file {original}, which is withheld.")


def _told(site: BuiltSite, path: str, secrets: Secrets) -> Iterator[Fault]:
    if not secrets:
        return
    seen = set()
    for text in (path, *site.texts(path)):
        for leak in secrets.found_in(text):
            if leak not in seen:
                seen.add(leak)
                yield Fault(path, f"holds {leak.what}, of {leak.page.path}, which is withheld.")


def _broken(site: BuiltSite, path: str) -> Iterator[Fault]:
    for link in site.page(path).links:
        found = site.resolve(path, link)
        if found is None:
            continue
        target, anchor = found
        if target not in site.files:
            yield Fault(path, f"has a link that leads nowhere: {link}.")
        elif anchor and target.endswith(_HTML) and anchor not in site.page(target).anchors and not _is_theirs(anchor):
            yield Fault(path, f"has a link to a place that its page does not have: {link}.")


def _is_theirs(anchor: str) -> bool:
    """Say whether an anchor is for a program, not for a reader: the theme's scripts, or a text to highlight."""
    return anchor.startswith(("__", ":~:"))


def withheld_contents(contents: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return the paths of files by the digests of what stands in them, less the empty ones, which say nothing."""
    return {sha256(raw).hexdigest(): path for path, raw in contents if raw.strip()}
