"""Names the groups in which a department's pages stand in the navigation.

Zensical would make of each group a part that folds, and leave its pages out where others are shown. So it is given the pages alone, in their order, and
the names are put above them when it has made its navigation.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import Any

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from handrail.engines.navigation import Group
from handrail.text.html_page import HtmlPage, Wanted

_LIST, _LINK, _ITEM = ".md-nav--primary", ".md-nav__link", "li"
_WANTED = Wanted(_LIST, _LINK, _ITEM, "nav", "/nav", "/li")


def groups_of(nav: Navigation) -> list[Group]:
    """Return the groups of a navigation."""
    return list(_groups(nav.items))


def with_group_names(output: str, page: Page, groups: Iterable[Group]) -> tuple[str, int]:
    """Return a page in whose navigation the groups have names, and how many of them are there."""
    html = HtmlPage(output, _WANTED)
    nav = html.first(_LIST)
    if nav is None:
        return output, 0
    items = _items(html, nav, page.url)
    named = 0
    for group in groups:
        here = [items[child.url] for child in group.children if isinstance(child, Page) and child.url in items]
        if here:
            html.put_before(here[0], f'<li class="md-nav__item">{group.title}<ul class="hr-group__pages">')
            html.put_behind(html.end_of(here[-1]), "</ul></li>")
            named += 1
    return html.text, named


def _groups(items: Iterable[Any]) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
        elif isinstance(item, Section):
            yield from _groups(item.children)


def _items(html: HtmlPage, nav: int, url: str) -> dict[str, int]:
    """Return where the entries of pages begin in a navigation, by the addresses of the pages on the site."""
    end = html.end_of(nav)
    entries = [(at, html.end_of(at)) for at in html.all(_ITEM, nav, end)]
    found: dict[str, int] = {}
    for link in html.all(_LINK, nav, end):
        href = html.tag(link).value("href")
        around = next((at for at, close in reversed(entries) if at < link < close), None)
        if around is not None and href and "#" not in href:
            found.setdefault(_resolved(url, href), around)
    return found


def _resolved(url: str, href: str) -> str:
    path = posixpath.normpath(posixpath.join(url if url.endswith("/") else posixpath.dirname(url), href))
    is_folder = href.endswith(("/", "."))
    return "" if path == "." else f"{path}/" if is_folder else path
