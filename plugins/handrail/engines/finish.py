"""The steps on a page's finished HTML, in their order: what the theme has made is put right, and told to programs.

They work on the page as the theme has made it, before another plugin makes it smaller: its marks are not known again after that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from handrail.engines.accessibility import label_landmarks
from handrail.engines.finder import Search
from handrail.engines.head import Head
from handrail.engines.navigation_html import with_groups, with_marks, with_path
from handrail.engines.sanitise import with_plain_tooltips
from handrail.pages.audience import Shown

Step = Callable[[str], str]
_FORGE_FACTS = ' data-md-component="source"'


def without_forge_facts(html: str) -> str:
    """Keep readers' visits between them and the site: the theme would ask the forge for its stars on each of them."""
    return html.replace(_FORGE_FACTS, "")


class Finish:
    """What is done to the finished pages of one build."""

    def __init__(self, shown: Shown, nav: Navigation, head: Head, search: Search) -> None:
        self._shown = shown
        self._home = nav.homepage
        self._head = head
        self._search = search

    def page(self, output: str, page: Page) -> str:
        """Return a page of the handbook as it is published, but for what is governed at the very end."""
        return _through(self._of_page(page), output)

    def template(self, output: str, name: str) -> str:
        """Return a page or file that the theme makes by itself, such as the one for what is not found."""
        return _through(self._of_template(name), output)

    def _of_page(self, page: Page) -> Iterator[Step]:
        yield with_plain_tooltips
        yield with_marks
        yield with_groups
        yield lambda html: with_path(html, page, self._home)
        yield label_landmarks
        yield lambda html: self._head.into(html, page)
        yield without_forge_facts
        yield lambda html: self._search.in_front(html, page)

    def _of_template(self, name: str) -> Iterator[Step]:
        yield without_forge_facts
        yield self._search.in_front
        yield with_plain_tooltips
        yield with_marks
        yield lambda html: self._search.not_found(html, name, self._shown)
        yield label_landmarks
        yield lambda html: self._head.template(html, name)


def _through(steps: Iterator[Step], output: str) -> str:
    for step in steps:
        output = step(output)
    return output
