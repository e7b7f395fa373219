"""Finishes a site that Zensical has made: what MkDocs' plugin does to finished pages, and the files that no generator makes.

What Zensical wrote stays as it is, and the finished site is written beside it. So it is a function of what lies there: to do it again
changes nothing, and Zensical may go on serving its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from handrail.build.artefacts import Artefacts
from handrail.build.manifest import HANDBOOK, HANDRAIL, OTHERS, THEME, Manifest, digest_of_home, leave
from handrail.build.seal import unsealed
from handrail.build.tree import bring_up
from handrail.engines.finish import Finish
from handrail.engines.undone import Step, Undone
from handrail.engines.zensical.gathered import Gathered, gathered
from handrail.engines.zensical.generate import digest_of_source, name_of, names_of, text_of
from handrail.engines.zensical.groups import groups_of, with_group_names
from handrail.engines.zensical.place import Made, Place
from handrail.engines.zensical.policy import policy_of
from handrail.engines.zensical.search import ZensicalSearch
from handrail.engines.zensical.settings import settings
from handrail.errors import UsageError
from handrail.model.project import Project
from handrail.model.urls import file_of, page_url

_REDIRECTS = "redirects"
_NOT_FOUND = "404.html"
_BY_ITSELF = (_NOT_FOUND, "sitemap.xml")
"""What Zensical makes by itself of templates."""
_OF_THEME = ("assets/", "search.json", "search.js", "objects.inv")
_EDIT = re.compile(r'[ \t]*<a href="[^"]*"(?= [^>]*\brel="edit")[^>]*>.*?</a>\n?', re.DOTALL)
_EDIT_ADDRESS = re.compile(r'(<a href=")[^"]*(?="[^>]*\brel="edit")')
_MARKUP = re.compile(r"[<>\"']")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_AGAIN = "run `handrail generate` and `zensical build` again, and then this"


@dataclass(frozen=True, slots=True)
class Finished:
    """How many pages a finished site has, and how many files; `said` is what could not be done to it."""

    pages: int
    files: int
    said: tuple[str, ...]


def finish(project: Project, place: Place, made_at: Path, to: Path) -> Finished:
    """Finish the site at `made_at`, made of the form that lies in a place, into the folder `to`.

    Raises UsageError where it was made of anything else, or of what has changed since.
    """
    known = place.word()
    if known is None:
        raise UsageError("Nothing is there that a site was to be made of; run `handrail generate` first.")
    with gathered(project.config_file, made_at) as site:
        work = _Work(site, made_at, known)
        work.require_unchanged(place)
        wanted = work.files()
        bring_up(project, to, wanted, made_at)
        leave(project.root, site.plugin.name, work.manifest(wanted, to))
        return Finished(len(work.pages), len(wanted), work.said)


class _Work:
    def __init__(self, site: Gathered, made_at: Path, known: Mapping[str, Made]) -> None:
        self._site = site
        self._made_at = made_at
        self._known = known
        self.pages = {page.file.dest_uri: page for page in site.pages()}
        self._there = {path.relative_to(made_at).as_posix() for path in made_at.rglob("*") if path.is_file()}
        self._artefacts: Artefacts = site.plugin.made
        self._old_addresses = frozenset(_old_addresses(site.config))
        self.said: tuple[str, ...] = ()

    def files(self) -> dict[str, bytes | None]:
        """Return the files of the finished site, None for those that stay as Zensical has made them."""
        site, plugin = self._site, self._site.plugin
        said = policy_of(self._made_at, site.config, plugin.settings)
        search = ZensicalSearch(plugin.build.handbook.project, site.config)
        undone, groups = Undone(site.config), groups_of(site.nav)
        steps = Finish(plugin.build.shown, site.nav, plugin.head, search, undone)
        found: dict[str, bytes | None] = {}
        for path in sorted(self._there):
            page = self.pages.get(path)
            if page is not None:
                html = steps.page(self._of_page(page, self._read(path)), page)
                html, named = with_group_names(html, page, groups)
                undone.done(Step.GROUPS, named)
                found[path] = _bytes(steps.governed(html, said))
            elif path in _BY_ITSELF:
                text = steps.template(self._read(path), path)
                found[path] = _bytes(steps.governed(text, said) if path.endswith(".html") else text)
            else:
                self._refuse_sealed(path)
                found[path] = None
        self.said = tuple(filter(None, (search.left_behind(site.config, plugin.build.shown), *undone.said())))
        return {**found, **dict(self._ours()), **dict(search.files())}

    def manifest(self, wanted: Mapping[str, bytes | None], to: Path) -> Manifest:
        """Return word of the site that lies in a folder now."""
        files = {path: self._maker(path) for path in wanted}
        return Manifest(
            self._site.config.site_url or "",
            {file.src_uri: file.dest_uri for file in self._site.files if file.dest_uri in wanted},
            # A page that nobody knows is none that may be there.
            {path: maker for path, maker in files.items() if maker != OTHERS or not path.endswith(".html")},
            digest_of_home(to),
            self._site.plugin.build.left_out,
        )

    def require_unchanged(self, place: Place) -> None:
        """Raise where the handbook would be written otherwise today: half of the site would be of then, and half of now."""
        site, names = self._site, names_of(self._site)
        said = settings(
            site.config, site.nav, place, names
        )  # before pages have the titles by which they are known later
        for src_uri in names:
            known = self._known.get(src_uri)
            if known is None:
                raise UsageError(f"{src_uri} is new since `handrail generate` wrote the pages; {_AGAIN}.")
            if known.source != digest_of_source(site, src_uri):
                raise UsageError(f"{src_uri} has changed since `handrail generate` wrote it; {_AGAIN}.")
        for page in self.pages.values():
            src_uri = page.file.src_uri
            _, seal = text_of(site, page, names[src_uri])
            if self._known[src_uri].seal != seal:
                raise UsageError(
                    f"What {src_uri} shows beside its text has changed since `handrail generate` wrote it, by the settings, another page, "
                    f"the day, or a new Handrail; {_AGAIN}."
                )
            # By its title and metadata a page is known from here on, as it is when its text has been read.
            if title := site.title(page):
                page.title = title
        if not place.settings.is_file() or place.settings.read_text("utf-8") != said:
            raise UsageError(f"The settings of the site have changed since `handrail generate` wrote it; {_AGAIN}.")

    def _of_page(self, page: Page, html: str) -> str:
        """Return a page without its seal, when that says that it was made of what the handbook says now."""
        src_uri = page.file.src_uri
        html, seal = unsealed(self._with_quoted_name(html, page))
        known = self._known.get(src_uri)
        if known is None or known.seal != seal:
            raise UsageError(f"{page.file.dest_uri} was not made of what `handrail generate` wrote last; {_AGAIN}.")
        if page.is_homepage and "title" not in page.meta:
            html = _TITLE.sub(lambda _: f"<title>{escape(self._site.config.site_name)}</title>", html, count=1)
        if page.edit_url is None:
            return _EDIT.sub("", html)
        return _EDIT_ADDRESS.sub(lambda match: f"{match[1]}{escape(page.edit_url or '')}", html)

    def _with_quoted_name(self, html: str, page: Page) -> str:
        """Return a page in which the name of its file is markup nowhere: Zensical writes it into the addresses of buttons as it is."""
        name = name_of(page.file)
        return html.replace(f"/{name}", f"/{quote(name)}") if _MARKUP.search(name) else html

    def _refuse_sealed(self, path: str) -> None:
        """Raise where a file is a page of the tree that is none of the handbook's by now."""
        if path.endswith(".html") and unsealed(self._read(path))[1]:
            raise UsageError(f"{path} is no page of the handbook any more, or may no longer be published; {_AGAIN}.")

    def _ours(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield the files that Handrail makes beside pages."""
        for place, one in self._artefacts.by_place.items():
            content = one.content
            yield place, content.read_bytes() if isinstance(content, Path) else _bytes(content)

    def _maker(self, path: str) -> str:
        if path in self._artefacts.by_place:
            return HANDRAIL
        if path in _BY_ITSELF or path.startswith(_OF_THEME):
            return THEME
        if path in self._old_addresses:
            return _REDIRECTS
        return HANDBOOK if self._site.files.get_file_from_path(path) or path in self.pages else OTHERS

    def _read(self, path: str) -> str:
        return (self._made_at / path).read_text("utf-8")


def _old_addresses(config: MkDocsConfig) -> Iterator[str]:
    """Yield the files that lead on from old addresses, which Zensical makes by the settings of another plugin."""
    plugin = config.plugins.get(_REDIRECTS)
    for old in plugin.config.get("redirect_maps") or {} if plugin is not None else ():
        yield file_of(page_url(str(old), directories=config.use_directory_urls))


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "xmlcharrefreplace")
