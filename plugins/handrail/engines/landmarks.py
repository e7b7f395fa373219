"""Gives the parts of a page that the theme leaves nameless, or calls the same as another, names to be told apart by."""

from __future__ import annotations

import re

_SEARCH = re.compile(r'<div class="md-search" data-md-component="search" role="dialog"(?=>)')
_SEARCH_FIELD = re.compile(r'<input\b[^>]*\bclass="md-search__input"[^>]*? aria-label="([^"]*)"')
_PATH = re.compile(r'(<nav class="md-path" aria-label=")[^"]*')
_PATH_NAME = "Path to this page"
# The theme takes the title away while it shows a tooltip, which is just when somebody has come there.
_TITLED = re.compile(r'<a\b(?P<before>[^>]*) title="(?P<title>[^"]*)"(?= class="md-content__button)')
_FOLDS = re.compile(
    r'<span class="md-ellipsis">(?P<name>[^<]*)|'
    r'(?P<label><label class="md-nav__link[^>]*>)(?=\s*<span class="md-nav__icon md-icon"></span>\s*</label>)'
)


def with_names(html: str) -> str:
    """Return a page on which whoever goes by names, not by places, finds each part; the theme's parts come first in it."""
    field = _SEARCH_FIELD.search(html)
    if field is not None:
        # In the language of the theme.
        html = _SEARCH.sub(lambda match: f'{match[0]} aria-label="{field[1]}"', html, count=1)
    html = _PATH.sub(lambda match: f"{match[1]}{_PATH_NAME}", html, count=1)
    html = _TITLED.sub(lambda match: f'{match[0]} aria-label="{match["title"]}"', html)
    return _with_named_folds(html)


def _with_named_folds(html: str) -> str:
    """Name what folds a part of the navigation, and so that part, after the page that stands beside it."""
    name = ""

    def named(match: re.Match[str]) -> str:
        nonlocal name
        if not match["label"]:
            name = match["name"].strip()
            return match[0]
        return f'{match[0]}<span class="hr-spoken">{name}</span>'

    return _FOLDS.sub(named, html)
