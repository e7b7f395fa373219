"""What search engines and programs find on a site that MkDocs makes: in each page's head, in the sitemap, and beside the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import escape, unescape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page as MkDocsPage

from handrail.build.build import Build
from handrail.model.generated import CALENDAR
from handrail.model.occupied import Occupied
from handrail.model.page import Page
from handrail.model.urls import relative
from handrail.pages import render
from handrail.pages.generated.changes import dated
from handrail.pages.generated.every import GeneratedPage
from handrail.pages.paper import foot
from handrail.proof.crawlers import locations
from handrail.web import calendars, feed, handbook_data, llms, measures_data, robots
from handrail.web.metadata import Site, attribute, in_script, social
from handrail.web.redirects import MARK, redirect_page, redirects

_HTML = (".html", ".htm")
_HEAD_END = "</head>"
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_H1_END = "</h1>"
_H1 = re.compile(r"<(/?)h1\b", re.IGNORECASE)
_URL = re.compile(r"[ \t]*<url>.*?</url>\n?", re.DOTALL)
_LASTMOD = re.compile(r"[ \t]*<lastmod>.*?</lastmod>\n?", re.DOTALL)
_BETWEEN = re.compile(r">\s+<")
_NOINDEX = '<meta name="robots" content="noindex">\n'


class Head:
    """What the pages of one build say of themselves to programs."""

    def __init__(self, build: Build) -> None:
        self._shown = shown = build.shown
        self._generated = build.generated
        self._site = build.site
        self._metadata = build.metadata
        self._withheld = build.withheld
        self._for_staff = shown.handbook.settings.audience != "public"
        self._left_out: set[str] = set()
        self._undated: set[str] = set()
        self._feed = ""
        self._twins: frozenset[str] = frozenset()

    # Files beside the pages

    def add_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add what is no page: for crawlers, feed readers and programs that read text, and redirects."""
        _clear(Path(config.site_dir), self._shown.handbook.settings.generated.calendars)
        self._feed = feed.feed(self._shown, self._site)
        whole = {
            robots.FILE: robots.robots(self._site, self._shown.handbook.settings.audience),
            feed.FILE: self._feed,
            llms.FILE: llms.llms(self._shown, self._site, self._metadata),
            **dict(measures_data.files(self._shown, self._site)),
            **dict(handbook_data.files(self._shown, self._site, self._metadata)),
        }
        for name, text in whole.items():
            if text and files.get_file_from_path(name) is None:
                files.append(File.generated(config, name, content=text))
        taken = {file.dest_uri for file in files} | set(config.theme.static_templates) | set(config.extra_templates)
        occupied = Occupied(taken)
        made = llms.twins(self._shown, self._site, self._metadata, self._withheld)
        twins = {place: text for place, text in made if not occupied.has(place)}
        self._twins = frozenset(twins)
        for place, text in twins.items():
            _append(files, config, place, text)
        occupied.add(twins)
        for place, calendar in calendars.files(self._shown, self._site):
            if not occupied.has(place):
                _append(files, config, place, calendar)
        for redirect in redirects(self._shown, taken | twins.keys(), self._generated):
            _append(files, config, redirect.file, redirect_page(redirect, self._site))

    # One page

    def describe(self, page: MkDocsPage, ours: Page | None) -> None:
        """Give a page its description and the day on which its text last changed."""
        made = self._generated.get(page.file.src_uri)
        if ours is not None:
            # The theme prints it as it is.
            page.meta["description"] = attribute(self._metadata.description(ours)).replace("&#x27;", "'")
        elif made is not None and made.offered_as:
            page.meta["description"] = attribute(self._about(made))
        address = page.canonical_url or page.abs_url or ""
        if not self._is_for_search_engines(page):
            self._left_out.add(address)
        day = self._metadata.changed_on(ours) if ours is not None else None
        if day is None:
            self._undated.add(address)
        # MkDocs dates the compressed sitemap by the newest of these, and would take the day of the build.
        page.update_date = str(day or self._oldest)

    @property
    def _oldest(self) -> date:
        return min(self._shown.material.changed_on.values(), default=self._shown.handbook.today)

    def dated(self, ours: Page) -> str:
        """Return the HTML that says when a page's text last changed."""
        day = self._metadata.changed_on(ours)
        words = dated(self._shown, ours, day) if day is not None else ()
        return (
            f'\n<p class="hr-note hr-dated" data-search-exclude>{render.plain(words, render.Links(""))}</p>'
            if words
            else ""
        )

    def into(self, output: str, page: MkDocsPage, ours: Page | None) -> str:
        """Return a page with what its head says to programs."""
        at = output.find(_HEAD_END)
        if at < 0:
            return output
        head, rest = output[:at], output[at:]
        tags = "" if self._is_for_search_engines(page) else _NOINDEX
        if page.canonical_url and 'rel="canonical"' not in head:
            tags += f'<link rel="canonical" href="{attribute(page.canonical_url)}">\n'
        if self._feed:
            tags += _alternate("application/atom+xml", relative(feed.FILE, page.url), "What changed")
        if ours is not None:
            head = self._with_title(head, ours)
            if (twin := llms.twin_place(ours)) in self._twins:
                tags += _alternate("text/markdown", twin.rpartition("/")[2], "This page as Markdown")
            # Another plugin may know a picture too.
            tags += "" if 'property="og:' in head else self._metadata.social(ours)
            tags += foot(self._shown, ours, page.canonical_url or "")
            tags += in_script(self._metadata.graph(ours, list(self._crumbs(page))))
        elif (made := self._generated.get(page.file.src_uri)) is not None and made.offered_as:
            tags += social(self._site, made.title, self._about(made), page.url)
        return f"{head}{tags}{rest}"

    def _about(self, made: GeneratedPage) -> str:
        return f"{made.offered_as}: {self._site.name}."

    def _is_for_search_engines(self, page: MkDocsPage) -> bool:
        made = self._generated.get(page.file.src_uri)
        return not self._for_staff and (made is None or bool(made.offered_as))

    def _with_title(self, head: str, ours: Page) -> str:
        """Return a head whose title no other page has."""
        title = self._metadata.title(ours)
        if title == ours.title:
            return head
        named = f"<title>{attribute(title)} - {attribute(self._site.name)}</title>"
        return _TITLE.sub(lambda _: named, head, count=1)

    def _crumbs(self, page: MkDocsPage) -> Iterator[tuple[str, str]]:
        """Yield the names and addresses of the pages above a page in the navigation, from the top."""
        if page.is_homepage:
            return
        yield self._site.name, self._site.url
        for section in reversed(list(page.ancestors)):
            index = _index(section) if isinstance(section, Section) else None
            if index is not None and index is not page and not index.is_homepage:
                yield unescape(section.title or ""), index.canonical_url or ""

    # The whole site

    def template(self, output: str, name: str) -> str:
        """Return a page that the theme makes without what no search engine should offer."""
        if name == "404.html":
            return output.replace(_HEAD_END, f"{_NOINDEX}{_HEAD_END}", 1)
        return _URL.sub(lambda match: self._listed(match[0]), output) if name == "sitemap.xml" else output

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


def _clear(site_dir: Path, calendars_of: str) -> None:
    """Delete what an earlier build put there: a dirty build keeps all that it finds, also of pages withheld since.

    `calendars_of` is the folder of the calendars.
    """
    for path in (site_dir / calendars_of).glob(f"*{CALENDAR}"):
        path.unlink()
    for path in sorted(site_dir.rglob("*.*")):
        if any(part.startswith(".") for part in path.relative_to(site_dir).parts) or not path.is_file():
            continue
        # MkDocs itself writes no Markdown.
        if path.name == feed.FILE or path.suffix == ".md" or (path.suffix in _HTML and _is_redirect(path)):
            path.unlink()


def _is_redirect(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK.encode()


def _append(files: Files, config: MkDocsConfig, place: str, text: str | bytes) -> None:
    """Add a file that MkDocs copies as it lies, whatever its name; nobody's own file begins with a dot."""
    file = File.generated(config, f".handrail/{place}.copied", content=text, inclusion=InclusionLevel.INCLUDED)
    file.dest_uri = place
    files.append(file)


def _alternate(type_: str, url: str, title: str) -> str:
    # The theme takes `rel=alternate`, written just so, for another language with a sitemap of its own, and asks for that.
    return f'<link rel=" alternate" type="{type_}" title="{title}" href="{escape(url)}">\n'


def _index(section: Section) -> MkDocsPage | None:
    """Return the page that stands for a section."""
    first = section.children[0] if section.children else None
    return first if isinstance(first, MkDocsPage) and first.is_index else None


def with_one_title(html: str, page: MkDocsPage, ours: Page | None) -> str:
    """Return HTML whose only heading of the first level stands at its beginning; `with_title` sees to one where none does.

    Others go one level down, there and in the page's table of contents.
    """
    headings = ours.source.first_headings if ours is not None and ours.kind is not None else []
    # Where a document with a title has several such headings, only the title itself is one.
    names_another = ours is not None and len(headings) > 1 and headings[0][0] != ours.title
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


def with_title(html: str, page: MkDocsPage, theme: str | None) -> str:
    """Return HTML that begins with the page's title; Material adds it where it is missing, other themes don't."""
    if theme == "material" or html.lstrip().startswith("<h1"):
        return html
    return f"<h1>{page.title}</h1>\n{html}"
