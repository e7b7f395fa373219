"""Gives the parts of a page that the theme leaves nameless, or calls the same as another, names to be told apart by."""

from __future__ import annotations

import re

_SEARCH = re.compile(r'<div class="md-search" data-md-component="search" role="dialog"(?=>)')
_SEARCH_FIELD = re.compile(r'<input\b[^>]*\bclass="md-search__input"[^>]*? aria-label="([^"]*)"')
_NAVIGATION = re.compile(r'<nav class="md-nav md-nav--primary[^"]*" aria-label="([^"]*)"')
_DRAWER = re.compile(
    r'(?P<drawer><input class="md-toggle" data-md-toggle="drawer" type="checkbox")(?P<others>[^>]*>.*?)'
    r'(?P<skip><div data-md-component="skip">.*?</div>\s*)',
    re.DOTALL,
)
_DRAWER_LABEL = re.compile(r'<label class="md-header__button md-icon" for="__drawer">')
_PATH = re.compile(r'(<nav class="md-path" aria-label=")([^"]*)')
_PATH_NAME = "Path to this page"
_ENGLISH = re.compile(r'<html lang="en\b')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
# The theme takes the title away while it shows a tooltip, which is just when somebody has come there.
_TITLED = re.compile(r'<a\b(?P<before>[^>]*) title="(?P<title>[^"]*)"(?= class="md-content__button)')
_NAME = '<span class="md-ellipsis">'
_FOLD = re.compile(r'<label class="md-nav__link[^>]*>(?=\s*<span class="md-nav__icon md-icon"></span>\s*</label>)')
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_TABLE = re.compile(r'(?<!tabindex="0">)<table>(?:(?!<table\b).)*?</table>', re.DOTALL)
_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
_HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_NO_HEADER = re.compile(r"<th\b([^>]*)>\s*</th>")
_TAG = re.compile(r"<[^>]*>")


def label_landmarks(html: str) -> str:
    """Return a page on which whoever goes by names, not by places, finds each part; the theme's parts come first in it."""
    field = _SEARCH_FIELD.search(html)
    if field is not None:
        # In the language of the theme.
        html = _SEARCH.sub(lambda match: f'{match[0]} aria-label="{field[1]}"', html, count=1)
    html = _with_named_drawer(html)
    html = _PATH.sub(lambda match: match[1] + _path_name(html, match[2]), html, count=1)
    html = _TITLED.sub(lambda match: f'{match[0]} aria-label="{match["title"]}"', html)
    html = _with_named_folds(html)
    return _ARTICLE.sub(lambda match: _TABLE.sub(_moved_by_the_keyboard, match[0]), html, count=1)


def _with_named_drawer(html: str) -> str:
    """Name the switch of a narrow window's navigation, and let it come after what leads past it."""
    navigation = _NAVIGATION.search(html)
    if navigation is None:
        return html
    switch = ' role="switch" aria-labelledby="hr-drawer"'
    name = f'<span class="hr-spoken" id="hr-drawer">{navigation[1]}</span>'
    html = _DRAWER.sub(lambda match: match["skip"] + match["drawer"] + switch + match["others"], html, count=1)
    return _DRAWER_LABEL.sub(lambda match: match[0] + name, html, count=1)


def _path_name(html: str, navigation: str) -> str:
    """Call the path to a page something that the theme calls nothing else, in the theme's language."""
    title = _TITLE.search(html)
    if title is None or _ENGLISH.search(html):
        return _PATH_NAME
    return f"{navigation}: {_spoken(title[1])}"


def _with_named_folds(html: str) -> str:
    """Name what folds a part of the navigation, and so that part, after the page that stands beside it."""

    def named(match: re.Match[str]) -> str:
        at = html.rfind(_NAME, 0, match.start())
        name = html[at + len(_NAME) : html.index("<", at + 1)].strip() if at >= 0 else ""
        return f'{match[0]}<span class="hr-spoken">{name}</span>'

    return _FOLD.sub(named, html)


def _moved_by_the_keyboard(match: re.Match[str]) -> str:
    """Put a table, which may be wider than a window, where the keyboard can move it: a part named after its columns."""
    head = _HEAD.search(match[0])
    columns = ", ".join(filter(None, map(_spoken, _HEADER.findall(head[0])))) if head else ""
    name = f' role="group" aria-label="{columns}"' if columns else ""
    # Above a column of headers there is often none.
    table = _HEAD.sub(lambda head: _NO_HEADER.sub(r"<td\1></td>", head[0]), match[0], count=1)
    return f'<div class="md-typeset__scrollwrap"{name} tabindex="0">{table}</div>'


def _spoken(markup: str) -> str:
    """Return the words of some markup as the value of an attribute."""
    return " ".join(_TAG.sub("", markup).replace('"', "&quot;").split())
