"""What the theme has made of the navigation, put right: the marks of pages have words, and the path leads to what it names."""

from __future__ import annotations

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from handrail.engines.navigation import Group
from handrail.model.trust import Trust
from handrail.model.urls import relative
from handrail.pages import render
from handrail.pages.frame import STATUS
from handrail.text.html_page import HtmlPage

SELECTORS = (".md-status", ".hr-group", ".md-nav__list", ".md-path", ".md-path__list", "nav", "/nav")
_STATE = f"md-status--{STATUS}"


def with_marks(page: HtmlPage) -> int:
    """Mark pages in the navigation as lists do: by shape, and by words for those who don't see it; return how many."""
    marked = 0
    for at in page.all(".md-status"):
        state = next((one.removeprefix(_STATE) for one in page.tag(at).classes if one.startswith(_STATE)), "")
        end = page.end_of(at)
        if state and end < len(page.pieces) and not page.words(at, end):
            page.take(at, end)
            page.set(end, render.mark_in_navigation(Trust(state)))
            marked += 1
    return marked


def with_groups(page: HtmlPage) -> int:
    """Make the names of groups in the navigation words above their pages that fold nothing; return how many.

    The theme makes of each group a part that folds, a stop of the keyboard, and on a phone one panel more.
    """
    made = 0
    for at in page.all(".hr-group"):
        toggle, pages = _toggle_of(page, at), page.first(".md-nav__list", at)
        part = page.first("nav", at, pages) if pages is not None else None
        # What was one group is taken out whole, with the name that the theme repeats in it.
        if not page.pieces[at] or toggle is None or part is None or pages is None:
            continue
        title, end = page.words(at, page.end_of(at)), page.end_of(part)
        page.take(toggle, pages)
        page.set(pages, f'<span class="hr-group">{title}</span><ul class="hr-group__pages">')
        page.set(end - 1, page.pieces[end - 1].rstrip())
        page.take(end, end + 1)
        made += 1
    return made


def _toggle_of(page: HtmlPage, group: int) -> int | None:
    """Return the switch that folds a group of this name: it stands before the label in which the name is."""
    at: int | None = group
    for class_ in ("md-ellipsis", "md-nav__link", "md-nav__toggle"):
        at = page.neighbour(at, -1) if at is not None else None
        if at is None or class_ not in page.tag(at).classes:
            return None
    return at


def with_path(html: HtmlPage, page: Page, home: Page | None) -> bool:
    """Let a page's path lead to what it names: to the page of a part that has one; the others are only named. False where it has none.

    The page itself is no part of it. The last part that leads somewhere is one step up, which is all that a phone shows.
    """
    path = html.first(".md-path")
    steps_at = html.first(".md-path__list", path) if path is not None else None
    if steps_at is None:
        return False
    parts = [
        section
        for section in reversed(list(page.ancestors))
        if isinstance(section, Section) and not isinstance(section, Group)
    ]
    steps = [(section.title, _index(section)) for section in parts]
    steps = [("" if home is None else str(home.title), home), *steps] if home is not page else steps
    steps = [(title, target) for title, target in steps if title and target is not page]
    last = max((at for at, (_, target) in enumerate(steps) if target is not None), default=None)
    items = (_item(title, target, page, is_up=at == last) for at, (title, target) in enumerate(steps))
    html.take(steps_at + 1, html.end_of(steps_at))
    html.put_behind(steps_at, "".join(items))
    return True


def _index(section: Section) -> Page | None:
    return next((child for child in section.children if isinstance(child, Page) and child.is_index), None)


def _item(title: str, target: Page | None, page: Page, *, is_up: bool) -> str:
    words = f'<span class="md-ellipsis">{title}</span>'
    if target is not None:
        words = f'<a href="{relative(target.url, page.url)}" class="md-path__link">{words}</a>'
    # Titles are as the theme prints them: escaped, or as the site's own settings write them.
    return f'<li class="md-path__item{" hr-up" if is_up else ""}">{words}</li>'
