"""The steps on a page's finished HTML, in their order: what the theme has made is put right, and told to programs.

The page is taken apart once, and each step works on its pieces. Where a theme has nothing of what a step looks for on any page, the build
says so once.
"""

from __future__ import annotations

from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from handrail.build import head as heads
from handrail.engines import accessibility, finder, navigation_html
from handrail.engines.accessibility import label_landmarks
from handrail.engines.finder import Search
from handrail.engines.head import Head, without_second_title
from handrail.engines.navigation_html import with_groups, with_marks, with_path
from handrail.engines.sanitise import with_plain_tooltips
from handrail.engines.undone import Step, Undone
from handrail.pages.audience import Shown
from handrail.text.html_page import HtmlPage, Wanted
from handrail.web.policy import with_policy

_FORGE_FACTS = "[data-md-component=source]"
_WANTED = Wanted(
    *heads.SELECTORS, *accessibility.SELECTORS, *navigation_html.SELECTORS, *finder.SELECTORS, _FORGE_FACTS
)
_PAGES = (".html", ".htm")
_NOT_FOUND, _SITEMAP = "404.html", "sitemap.xml"


def without_forge_facts(page: HtmlPage) -> None:
    """Keep readers' visits between them and the site: the theme would ask the forge for its stars on each of them."""
    for at in page.all(_FORGE_FACTS):
        page.set(at, page.tag(at).without("data-md-component"))


class Finish:
    """What is done to the finished pages of one build."""

    def __init__(self, shown: Shown, nav: Navigation, head: Head, search: Search, undone: Undone) -> None:
        self._shown = shown
        self._home = nav.homepage
        self._head = head
        self._search = search
        self.undone = undone

    def page(self, output: str, page: Page) -> str:
        """Return a page of the handbook as it is published, but for what is governed at the very end."""
        html = HtmlPage(output, _WANTED)
        self.undone.due(page)
        with_plain_tooltips(html)
        self.undone.done(Step.MARKS, with_marks(html))
        self.undone.done(Step.GROUPS, with_groups(html))
        self.undone.done(Step.PATH, with_path(html, page, self._home))
        self._name_parts(html)
        self._head.into(html, page)
        without_second_title(html, page.title or "")
        without_forge_facts(html)
        self._search.in_front(html, page)
        return html.text

    def template(self, output: str, name: str) -> str:
        """Return a page or file that the theme makes by itself, such as the one for what is not found."""
        if name == _SITEMAP:
            return self._head.sitemap(output)
        if not name.endswith(_PAGES):
            return output
        html = HtmlPage(output, _WANTED)
        without_forge_facts(html)
        self._search.in_front(html)
        with_plain_tooltips(html)
        with_marks(html)
        self._name_parts(html)
        if name == _NOT_FOUND:
            self._search.not_found(html, self._shown)
            self._head.not_found(html)
        return html.text

    def _name_parts(self, html: HtmlPage) -> None:
        found = label_landmarks(html)
        self.undone.done(Step.SEARCH, found.search)
        self.undone.done(Step.DRAWER, found.drawer)

    def governed(self, output: str, policy: str) -> str:
        """Return a page, as it will be written, that says what browsers may run."""
        governed = with_policy(output, policy)
        if policy:
            self.undone.governed(is_governed=governed != output)
        return governed
