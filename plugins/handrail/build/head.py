"""What each page of a site says in its head to search engines and programs, and what the sitemap says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from handrail.build.artefacts import Artefacts
from handrail.build.build import Build
from handrail.model.page import Page
from handrail.model.urls import relative
from handrail.pages import render
from handrail.pages.generated.changes import dated
from handrail.pages.generated.every import GeneratedPage
from handrail.pages.paper import foot
from handrail.text.html_page import HtmlPage, Tag
from handrail.web import feed, llms
from handrail.web.metadata import attribute, in_script, social

NOINDEX = '<meta name="robots" content="noindex">\n'
SELECTORS = ("html", "head", "/head", "title", "body", "link", "meta")


@dataclass(frozen=True, slots=True)
class At:
    """Where a page stands on a site: its address relative to the site and as a whole, empty where that is not known.

    `crumbs` are the names and whole addresses of the pages above it, from the top.
    """

    src_uri: str
    url: str
    canonical: str = ""
    crumbs: Sequence[tuple[str, str]] = ()


class Heads:
    """What the pages of one build say of themselves to programs."""

    def __init__(self, build: Build, made: Artefacts) -> None:
        self._build = build
        self._shown = build.shown
        self._metadata = build.metadata
        self._made = made
        self._for_staff = build.handbook.settings.audience != "public"

    def description(self, src_uri: str) -> str:
        """Return what a page is about, as the value of an attribute; nothing where nobody says."""
        if (ours := self._ours(src_uri)) is not None:
            return attribute(self._metadata.description(ours)).replace("&#x27;", "'")
        made = self._generated(src_uri)
        return attribute(self._about(made)) if made is not None and made.offered_as else ""

    def changed_on(self, src_uri: str) -> date | None:
        """Return the day on which a page's text last changed; None where nobody knows."""
        ours = self._ours(src_uri)
        return self._metadata.changed_on(ours) if ours is not None else None

    @property
    def oldest(self) -> date:
        """The earliest day on which any text changed, for those pages of which nobody knows a day."""
        return min(self._shown.material.changed_on.values(), default=self._build.handbook.today)

    def dated(self, ours: Page) -> str:
        """Return the HTML that says when a page's text last changed."""
        day = self._metadata.changed_on(ours)
        words = dated(self._shown, ours, day) if day is not None else ()
        plain = render.plain(words, render.Links(""))
        return f'\n<p class="hr-note hr-dated" data-search-exclude>{plain}</p>' if words else ""

    def is_for_search_engines(self, src_uri: str) -> bool:
        """Say whether a search engine may offer a page."""
        made = self._generated(src_uri)
        return not self._for_staff and (made is None or bool(made.offered_as))

    def into(self, page: HtmlPage, at: At) -> None:
        """Say to programs in the head of a page what it is."""
        end = page.head_end()
        ours, made = self._ours(at.src_uri), self._generated(at.src_uri)
        tags = "" if self.is_for_search_engines(at.src_uri) else NOINDEX
        if at.canonical and not any(_is_canonical(page.tag(link)) for link in page.all("link", 0, end)):
            tags += f'<link rel="canonical" href="{attribute(at.canonical)}">\n'
        metas = [page.tag(meta) for meta in page.all("meta", 0, end)]
        if (about := self.description(at.src_uri)) and not any(_is_description(meta) for meta in metas):
            tags += f'<meta name="description" content="{about}">\n'
        if self._made.has_feed:
            tags += _alternate("application/atom+xml", relative(feed.FILE, at.url), "What changed")
        if ours is not None:
            tags += self._give_title(page, ours, end)
            if (twin := llms.twin_place(ours)) in self._made.twins:
                tags += _alternate("text/markdown", twin.rpartition("/")[2], "This page as Markdown")
            # Another plugin may know a picture too.
            is_told = any(_is_social(meta) for meta in metas)
            tags += "" if is_told else self._metadata.social(ours)
            tags += foot(self._shown, ours, at.canonical)
            tags += in_script(self._metadata.graph(ours, at.crumbs))
        elif made is not None and made.offered_as:
            tags += social(self._build.site, made.title, self._about(made), at.url)
        page.put_before(end, tags)

    def _ours(self, src_uri: str) -> Page | None:
        return self._build.pages.get(src_uri)

    def _generated(self, src_uri: str) -> GeneratedPage | None:
        return self._build.generated.get(src_uri)

    def _about(self, made: GeneratedPage) -> str:
        return f"{made.offered_as}: {self._build.site.name}."

    def _give_title(self, page: HtmlPage, ours: Page, end: int) -> str:
        """Give a page a title that no other has; return it where the theme gives none."""
        title, at = self._metadata.title(ours), page.first("title", 0, end)
        said = f"{attribute(title)} - {attribute(self._build.site.name)}"
        if at is None:
            return f"<title>{said}</title>\n"
        if title != ours.title:
            page.set(at, f"{page.tag(at).opening}{said}")
        return ""


def _is_canonical(link: Tag) -> bool:
    return "canonical" in link.value("rel").lower().split()


def _is_description(meta: Tag) -> bool:
    return meta.value("name").strip().lower() == "description"


def _is_social(meta: Tag) -> bool:
    return meta.value("property").startswith("og:")


def _alternate(type_: str, url: str, title: str) -> str:
    # The theme takes `rel=alternate`, written just so, for another language with a sitemap of its own, and asks for that.
    return f'<link rel=" alternate" type="{type_}" title="{title}" href="{escape(url)}">\n'
