"""What MkDocs is told of each page for programs, and what search engines get of the site: its heads and its sitemap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page as MkDocsPage

from handrail.build.artefacts import Artefacts
from handrail.build.build import Build
from handrail.build.head import NOINDEX, At, Heads
from handrail.engines.frame import Rendered
from handrail.model.page import Page
from handrail.proof.crawlers import locations
from handrail.text.html_page import HtmlPage
from handrail.web.metadata import Site

_TAKE_TITLES = frozenset(("print-site",))
"""Plugins that name a page by its first heading, where it has one."""
# These are looked for in what Markdown and the sanitiser wrote, before any theme or plugin: there each tag has one form.
_H1_END = "</h1>"
_H1 = re.compile(r"<(/?)h1\b", re.IGNORECASE)
# MkDocs' own template writes the sitemap, and no program that makes pages smaller reads it: its form is known.
_URL = re.compile(r"[ \t]*<url>.*?</url>\n?", re.DOTALL)
_LASTMOD = re.compile(r"[ \t]*<lastmod>.*?</lastmod>\n?", re.DOTALL)
_BETWEEN = re.compile(r">\s+<")


class Head:
    """What the pages of one build say of themselves to programs."""

    def __init__(self, build: Build, made: Artefacts) -> None:
        self._site = build.site
        self._heads = Heads(build, made)
        self._left_out: set[str] = set()
        self._undated: set[str] = set()

    def describe(self, page: MkDocsPage) -> None:
        """Give a page its description and the day on which its text last changed."""
        src_uri = page.file.src_uri
        if description := self._heads.description(src_uri):
            # The theme prints it as it is.
            page.meta["description"] = description
        address = page.canonical_url or page.abs_url or ""
        if not self._heads.is_for_search_engines(src_uri):
            self._left_out.add(address)
        day = self._heads.changed_on(src_uri)
        if day is None:
            self._undated.add(address)
        # MkDocs dates the compressed sitemap by the newest of these, and would take the day of the build.
        page.update_date = str(day or self._heads.oldest)

    def dated(self, ours: Page) -> str:
        """Return the HTML that says when a page's text last changed."""
        return self._heads.dated(ours)

    def description(self, src_uri: str) -> str:
        """Return what a page is about, as the value of an attribute."""
        return self._heads.description(src_uri)

    def into(self, html: HtmlPage, page: MkDocsPage) -> None:
        """Say to programs in the head of a page what it is."""
        at = At(page.file.src_uri, page.url, page.canonical_url or "", list(self._crumbs(page)))
        self._heads.into(html, at)

    def _crumbs(self, page: MkDocsPage) -> Iterator[tuple[str, str]]:
        """Yield the names and addresses of the pages above a page in the navigation, from the top."""
        if page.is_homepage:
            return
        yield self._site.name, self._site.url
        for section in reversed(list(page.ancestors)):
            index = _index(section) if isinstance(section, Section) else None
            if index is not None and index is not page and not index.is_homepage:
                yield unescape(section.title or ""), index.canonical_url or ""

    def not_found(self, html: HtmlPage) -> None:
        """Offer the page for what is not found to no search engine."""
        html.put_before(html.head_end(), NOINDEX)

    def sitemap(self, output: str) -> str:
        """Return the sitemap without what no search engine should offer."""
        return _URL.sub(lambda match: self._listed(match[0]), output)

    def _listed(self, entry: str) -> str:
        """Return an entry of the sitemap: with the day only where somebody knows it, and on one line.

        The theme loads the sitemap with each page, to know which links it may follow without a new one.
        """
        address = next(iter(locations(entry)), "")
        if address in self._left_out:
            return ""
        return _BETWEEN.sub("><", _LASTMOD.sub("", entry) if address in self._undated else entry).lstrip(" ")


def site_of(config: MkDocsConfig) -> Site:
    """Return what a configuration says of the site as a whole."""
    language = config.theme.get("language")
    return Site(
        config.site_name,
        config.site_url or "",
        config.site_description or "",
        language if isinstance(language, str) else config.theme.locale.language if config.theme.locale else "en",
    )


def _index(section: Section) -> MkDocsPage | None:
    """Return the page that stands for a section."""
    first = section.children[0] if section.children else None
    return first if isinstance(first, MkDocsPage) and first.is_index else None


def names_another(ours: Page | None) -> bool:
    """Say whether the first heading of a text is not the title of its page: a document with several such headings has one by its title alone."""
    headings = ours.source.first_headings if ours is not None and ours.kind is not None else []
    return ours is not None and len(headings) > 1 and headings[0][0] != ours.title


def with_one_title(html: str, page: Rendered, *, names_another: bool) -> str:
    """Return HTML whose only heading of the first level stands at its beginning; `with_title` sees to one where none does.

    Others go one level down, there and in the page's table of contents. `names_another` says that the first is not the title.
    """
    begins = html.lstrip().startswith("<h1") and not names_another
    if len(_H1.findall(html)) == (2 if begins else 0):
        return html
    kept = html.find(_H1_END) + len(_H1_END) if begins else 0
    items = page.toc.items
    title = items[0] if begins and items and items[0].level == 1 else None
    for item in items:
        item.level = max(item.level, 1 if item is title else 2)
    if title is not None:
        title.children += items[1:]
        del items[1:]
    return html[:kept] + _H1.sub(r"<\1h2", html[kept:])


def lacks_titles(config: MkDocsConfig) -> bool:
    """Say whether a page has to begin with its title: Material adds it where it is missing, and some plugins take only what the page has."""
    return config.theme.name != "material" or not _TAKE_TITLES.isdisjoint(config.plugins)


def with_title(html: str, page: Rendered) -> str:
    """Return HTML that begins with the page's title."""
    if html.lstrip().startswith("<h1"):
        return html
    return f"<h1>{page.title}</h1>\n{html}"


def without_second_title(html: HtmlPage, title: str) -> None:
    """Take the title out of a page's text where the theme has put it above that already."""
    said = " ".join(title.split())
    _, *others = [at for at in html.all("h1") if html.words(at, html.end_of(at)) == said] or [0]
    for other in others:
        if html.tag(other).raw == "<h1>":  # as the text has it
            html.take(other, html.end_of(other) + 1)
