"""What each page of a site says in its head to search engines and programs, and what the sitemap says of it."""

from __future__ import annotations

import re
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
from handrail.web import feed, llms
from handrail.web.metadata import attribute, in_script, social

HEAD_END = "</head>"
NOINDEX = '<meta name="robots" content="noindex">\n'
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)


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

    def into(self, output: str, at: At) -> str:
        """Return a page with what its head says to programs."""
        end = output.find(HEAD_END)
        if end < 0:
            return output
        head, rest = output[:end], output[end:]
        ours, made = self._ours(at.src_uri), self._generated(at.src_uri)
        tags = "" if self.is_for_search_engines(at.src_uri) else NOINDEX
        if at.canonical and 'rel="canonical"' not in head:
            tags += f'<link rel="canonical" href="{attribute(at.canonical)}">\n'
        if self._made.has_feed:
            tags += _alternate("application/atom+xml", relative(feed.FILE, at.url), "What changed")
        if ours is not None:
            head = self._with_title(head, ours)
            if (twin := llms.twin_place(ours)) in self._made.twins:
                tags += _alternate("text/markdown", twin.rpartition("/")[2], "This page as Markdown")
            # Another plugin may know a picture too.
            tags += "" if 'property="og:' in head else self._metadata.social(ours)
            tags += foot(self._shown, ours, at.canonical)
            tags += in_script(self._metadata.graph(ours, at.crumbs))
        elif made is not None and made.offered_as:
            tags += social(self._build.site, made.title, self._about(made), at.url)
        return f"{head}{tags}{rest}"

    def _ours(self, src_uri: str) -> Page | None:
        return self._build.pages.get(src_uri)

    def _generated(self, src_uri: str) -> GeneratedPage | None:
        return self._build.generated.get(src_uri)

    def _about(self, made: GeneratedPage) -> str:
        return f"{made.offered_as}: {self._build.site.name}."

    def _with_title(self, head: str, ours: Page) -> str:
        """Return a head whose title no other page has."""
        title = self._metadata.title(ours)
        if title == ours.title:
            return head
        named = f"<title>{attribute(title)} - {attribute(self._build.site.name)}</title>"
        return _TITLE.sub(lambda _: named, head, count=1)


def _alternate(type_: str, url: str, title: str) -> str:
    # The theme takes `rel=alternate`, written just so, for another language with a sitemap of its own, and asks for that.
    return f'<link rel=" alternate" type="{type_}" title="{title}" href="{escape(url)}">\n'
