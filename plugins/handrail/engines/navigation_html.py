"""What the theme has made of the navigation, put right: the marks of pages have words, and the path leads to what it names."""

from __future__ import annotations

import re

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from handrail.engines.navigation import GROUP_BEGINS, Group
from handrail.model.trust import Trust
from handrail.model.urls import relative
from handrail.pages import render
from handrail.pages.frame import STATUS

_STATUS = re.compile(rf'<span class="md-status md-status--{STATUS}(?P<state>[a-z]+)"[^>]*>\s*</span>')

_GROUP = re.compile(
    r'<input class="md-nav__toggle[^>]*>\s*<label class="md-nav__link"[^>]*>\s*<span class="md-ellipsis">\s*'
    rf'{re.escape(GROUP_BEGINS)}(?P<title>[^<]*)</span>.*?<ul class="md-nav__list"[^>]*>',
    re.DOTALL,
)
_PART_TAG = re.compile(r"<nav\b|</nav>")
_END_OF_PART = "</nav>"
_PATH = re.compile(r'(<nav class="md-path"[^>]*>\s*<ol class="md-path__list">).*?(</ol>)', re.DOTALL)


def with_marks(html: str) -> str:
    """Return a page whose navigation marks pages as lists do: by shape, and by words for those who don't see it."""
    return _STATUS.sub(lambda match: render.mark_in_navigation(Trust(match["state"])), html)


def with_groups(html: str) -> str:
    """Return a page in whose navigation the names of groups are words above their pages, and fold nothing.

    The theme makes of each group a part that folds, a stop of the keyboard, and on a phone one panel more.
    """
    parts: list[str] = []
    at = 0
    for match in _GROUP.finditer(html):
        if match.start() < at:
            continue
        end = _end_of_part(html, match.end())
        parts += [
            html[at : match.start()],
            f'<span class="hr-group">{match["title"]}</span><ul class="hr-group__pages">',
        ]
        parts.append(html[match.end() : end].rstrip())
        at = end + len(_END_OF_PART)
    return "".join([*parts, html[at:]]) if parts else html


def _end_of_part(html: str, start: int) -> int:
    """Return where a part of the navigation ends that is open; the contents of the page may be a part within it."""
    depth = 1
    for tag in _PART_TAG.finditer(html, start):
        depth += -1 if tag[0] == _END_OF_PART else 1
        if not depth:
            return tag.start()
    return len(html)


def with_path(html: str, page: Page, home: Page | None) -> str:
    """Return a page whose path leads to what it names: to the page of a part that has one; the others are only named.

    The page itself is no part of it. The last part that leads somewhere is one step up, which is all that a phone shows.
    """
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
    return _PATH.sub(lambda match: f"{match[1]}{''.join(items)}{match[2]}", html, count=1)


def _index(section: Section) -> Page | None:
    return next((child for child in section.children if isinstance(child, Page) and child.is_index), None)


def _item(title: str, target: Page | None, page: Page, *, is_up: bool) -> str:
    words = f'<span class="md-ellipsis">{title}</span>'
    if target is not None:
        words = f'<a href="{relative(target.url, page.url)}" class="md-path__link">{words}</a>'
    # Titles are as the theme prints them: escaped, or as the site's own settings write them.
    return f'<li class="md-path__item{" hr-up" if is_up else ""}">{words}</li>'
