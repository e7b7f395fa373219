"""Proves on a finished site that it holds what may be published, all of it and nothing else, whichever engine built it.

Faults of one cause are one: a dead link of the navigation stands on every page, and is fixed once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from handrail.model.anchors import is_for_browsers
from handrail.model.config_names import USUAL
from handrail.model.settings import fits
from handrail.model.theme_files import ThemeFiles
from handrail.proof.built import BuiltSite, is_page
from handrail.proof.leaks import Secrets
from handrail.proof.stopped import is_of_host, is_stopped, written_by
from handrail.proof.stopped_words import said_of
from handrail.rules.site_faults import DEAD, DEAD_OF_OTHERS, LEAK, MISSING, STOPPED, UNKNOWN, WITHHELD, SiteFault
from handrail.words.language import quoted
from handrail.words.options import below_plugin

_OF_ENGINES = frozenset(
    (
        "404.html",
        "sitemap.xml",
        "sitemap.xml.gz",
        "objects.inv",
        ".nojekyll",
        "search.json",
        "assets/javascripts/LICENSE",
    )
)
_FOLDERS_OF_ENGINES = ("assets/", "search/", "pagefind/")
_SCRIPTS = (".js", ".mjs", ".css", ".map", ".json", ".wasm")
_FONTS = (".woff2", ".woff", ".ttf", ".otf", ".eot")
_PICTURES = (".svg", ".png", ".ico", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
_OF_PAGEFIND = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pf_sort")
_KINDS_OF_ENGINES = (*_SCRIPTS, *_FONTS, *_PICTURES, *_OF_PAGEFIND)

_NO_HOME = "The handbook has no home page: write index.md in the folder of its pages."
_ELSEWHERE = "Look for it in {}, in the theme's templates, and in what other plugins make."
_OF_ANOTHER = "This page, which the theme or another plugin makes, has a link"
_ASK_THEM = "Nothing in the handbook can mend it: look whether the plugin can leave pages out, or do without its page."
_AGAIN = "Delete the site and build it again"
Explained = Callable[[str, str, str], bool]
"""Says whether a check has said of a file of the site that its link to a file and an anchor leads nowhere."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a site has to hold, by file, each with what it is; `allowed` are files that it may hold beside them.

    `patterns` are those of the setting `assets`, which allow more. What is withheld must be in the site neither by its
    contents, under whatever name, nor at its own place; `contents` (SHA-256) and `places` say what it is. `by_others` are the files that
    the theme or another plugin made by itself, as far as the build has left word of it. `nameable` are those of the withheld that `assets` may let
    in, by what they are, each with the path to name there.
    """

    needed: Mapping[str, str]
    allowed: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    contents: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    config_name: str = USUAL
    by_others: frozenset[str] = frozenset()
    nameable: Mapping[str, str] = field(default_factory=dict)


class Verification:
    """One look through a finished site."""

    def __init__(
        self, site: BuiltSite, expected: Expected, secrets: Secrets, theme: ThemeFiles, explained: Explained
    ) -> None:
        self._site = site
        self._expected = expected
        self._secrets = secrets
        self._theme = theme
        self._explained = explained
        self._of_theme = written_by(theme.texts(installed=True))

    def faults(self) -> list[SiteFault]:
        """Return what is wrong with the site, by file, each cause once."""
        found: dict[tuple[str, str], SiteFault] = {}
        as_written: dict[tuple[str, str], tuple[str, str]] = {}
        for fault in self._each():
            key = fault.rule, fault.subject or fault.file
            if fault.written and key not in found:
                key = as_written.setdefault((fault.rule, fault.written), key)
            known = found.get(key)
            if known is None:
                found[key] = fault
            elif known.file != fault.file:
                found[key] = replace(known, others=known.others + 1)
        return list(found.values())

    def _each(self) -> Iterator[SiteFault]:
        site = self._site
        for path, what in sorted(self._expected.needed.items()):
            if path not in site.files and path not in site.symlinks:
                again = "Build the site again, with the plugin switched on."
                yield SiteFault(MISSING, path, f"This file is not there, and should be {what}.", again)
        for path in sorted(site.symlinks):
            message = "This is a symbolic link, and nobody knows what it shows."
            yield SiteFault(UNKNOWN, path, message, "Put the file itself in its place.")
        for path in sorted(site.files):
            raw = site.raw(path)
            if self._theme.is_unchanged(path, raw):
                continue
            yield from self._unexpected(path, raw)
            yield from self._told(path)
            if is_page(path):
                yield from self._of_page(path)
                yield from self._stopped(path)

    def _unexpected(self, path: str, raw: bytes) -> Iterator[SiteFault]:
        expected = self._expected
        withheld = expected.contents.get(sha256(raw).hexdigest()) if expected.contents else None
        if withheld is None and not self._belongs(path):
            withheld = expected.places.get(path)
            if withheld is None and not any(fits(pattern, path) for pattern in expected.patterns):
                yield self._unknown(path)
        if withheld is not None:
            yield SiteFault(
                WITHHELD, path, f"This is {withheld}, which is withheld.", self._unless_named(withheld), withheld
            )

    def _unless_named(self, withheld: str) -> str:
        path = self._expected.nameable.get(withheld)
        if path is None:
            return f"{_AGAIN}."
        name_it = below_plugin(f"add {quoted(path)} to the list under `assets`", self._expected.config_name)
        return f"{_AGAIN}; if another plugin puts it there and everybody may read it, {name_it}."

    def _belongs(self, path: str) -> bool:
        """Say whether the handbook, the engine or its theme has a file of this name."""
        if path in self._expected.needed or path in self._expected.allowed or path in _OF_ENGINES:
            return True
        if path.startswith(_FOLDERS_OF_ENGINES) and posixpath.splitext(path)[1].lower() in _KINDS_OF_ENGINES:
            return True
        return self._theme.brings(path)

    def _unknown(self, path: str) -> SiteFault:
        name_it = below_plugin(f"add {quoted(path)} to the list under `assets`", self._expected.config_name)
        if is_page(path):
            message = "This is a page of the site, and none that the handbook publishes."
            return SiteFault(UNKNOWN, path, message, f"{_AGAIN}; if another plugin makes it, {name_it}.")
        message = "This file is in the site, and no page that is published uses it."
        return SiteFault(UNKNOWN, path, message, f"{_AGAIN}; if it belongs there, {name_it}.")

    def _told(self, path: str) -> Iterator[SiteFault]:
        if not self._secrets:
            return
        texts, trouble = self._site.texts(path)
        if trouble:
            yield SiteFault(LEAK, path, f"This file can't be read: {trouble}.", f"{_AGAIN}.")
        for leak in dict.fromkeys(leak for text in (path, *texts) for leak in self._secrets.found_in(text)):
            message = f"This file holds {leak.what}, of {leak.path}, which is withheld."
            yield SiteFault(LEAK, path, message, f"{_AGAIN}.", f"{leak.path} {leak.what}")

    def _of_page(self, path: str) -> Iterator[SiteFault]:
        site = self._site
        page = site.page(path)
        # What a theme or a plugin makes for its own programs may hold nothing to read.
        if not page.has_text and path not in self._expected.by_others:
            yield SiteFault(MISSING, path, "This is a page without any text.", "Build the site again.")
        for link in page.links:
            found = site.resolve(path, link)
            if found is None or found[0] in site.symlinks:
                continue  # elsewhere; or said once, of the symbolic link itself
            target, anchor = found
            if self._leads_somewhere(target, anchor) or self._explained(path, target, anchor):
                continue
            part = "to a part that its page does not have" if target in site.files else "that leads nowhere"
            if path in self._expected.by_others:
                subject = f"{path} {target in site.files}"
                yield SiteFault(DEAD_OF_OTHERS, path, f"{_OF_ANOTHER} {part}: {quoted(link)}.", _ASK_THEM, subject)
                continue
            if link in page.icons and self._theme.names(target):
                message = f"The theme names an icon that it does not bring: {quoted(target)}."
                hint = f"Put one there, and name it under `assets` in {self._expected.config_name}; browsers show none otherwise."
                yield SiteFault(DEAD_OF_OTHERS, path, message, hint, target)
                continue
            message = f"This page has a link {part}: {quoted(link)}."
            hint = _NO_HOME if target == "index.html" else _ELSEWHERE.format(self._expected.config_name)
            # A part of the page itself, named by the navigation, is missing on every page.
            subject = link if link.startswith("#") else f"{target}#{anchor}" if anchor else target
            # A template that names a file without leading up to it means another one on each page.
            written = "" if is_page(target) else link
            yield SiteFault(DEAD, path, message, hint, subject, written=written)

    def _stopped(self, path: str) -> Iterator[SiteFault]:
        page = self._site.page(path)
        for asked in page.asked if page.policy else ():
            # With what a theme as it is installed writes of a page into a script, nobody can do anything.
            if asked.like not in self._of_theme and is_stopped(
                asked, page.policy, lambda address: is_of_host(address, self._site.address.host)
            ):
                message, hint = said_of(asked, self._expected.config_name)
                line = self._site.line_of(path, asked.written)
                yield SiteFault(STOPPED, path, message, hint, f"{asked.kind.directive} {asked.like}", line=line)

    def _leads_somewhere(self, target: str, anchor: str) -> bool:
        if target not in self._site.files:
            return False
        if not anchor or not is_page(target) or is_for_browsers(anchor):
            return True
        page = self._site.page(target)
        if not page.leads_on:
            return anchor in page.anchors
        # The part is asked of the page behind an old address; where that one leads is a link of its own.
        behind = self._site.resolve(target, page.leads_on)
        return behind is None or behind[0] not in self._site.files or anchor in self._site.page(behind[0]).anchors


def by_contents(contents: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return what files are by the digests of what stands in them, less the empty ones, which say nothing."""
    return {sha256(raw).hexdigest(): what for what, raw in contents if raw.strip()}
