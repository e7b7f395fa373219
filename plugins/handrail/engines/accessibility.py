"""Gives the parts of a page that the theme leaves nameless, or calls the same as another, names to be told apart by."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from handrail.text.html_page import HtmlPage

SELECTORS = (
    "html", "title", "article", "/article", "table", "/table", "thead", "/thead", "tbody", "th", "td",
    ".md-search", ".md-search__input", ".md-nav--primary", ".md-toggle", "[data-md-component=skip]", ".md-header__button", ".md-path",
    ".md-content__button", ".md-nav__icon",
)  # fmt: skip
_PATH_NAME = "Path to this page"
_FOLDS, _NAME = "md-nav__link", "md-ellipsis"
_ENDS_A_HEAD = ("/thead", "tbody", "/table")


class Parts(NamedTuple):
    """Which parts of a page are the theme's as we know it."""

    search: bool
    drawer: bool


def label_landmarks(page: HtmlPage) -> Parts:
    """Let whoever goes by names, not by places, find each part of a page."""
    parts = Parts(_name_search(page), _name_drawer(page))
    if (path := page.first(".md-path")) is not None and (name := page.tag(path).written("aria-label")):
        page.set(path, page.tag(path).with_attribute("aria-label", _path_name(page, name)))
    for at in page.all(".md-content__button"):
        # The theme takes the title away while it shows a tooltip, which is just when somebody has come there.
        if (title := page.tag(at).written("title")) and page.tag(at).name == "a":
            _name(page, at, title)
    _name_folds(page)
    _let_the_keyboard_move_tables(page)
    return parts


def _name(page: HtmlPage, at: int, name: str) -> None:
    if not page.tag(at).has("aria-label"):
        page.set(at, page.tag(at).with_attribute("aria-label", name))


def _name_search(page: HtmlPage) -> bool:
    """Name the search as its field is named, which is in the language of the theme."""
    field = next((page.tag(at).written("aria-label") for at in page.all(".md-search__input")), "")
    search = page.first(".md-search")
    if search is not None and field and page.tag(search).value("role") == "dialog":
        _name(page, search, field)
    return search is not None


def _name_drawer(page: HtmlPage) -> bool:
    """Name the switch of a narrow window's navigation, and let it come after what leads past it."""
    name = next((page.tag(at).written("aria-label") for at in page.all(".md-nav--primary")), "")
    drawer = next((at for at in page.all(".md-toggle") if page.tag(at).value("data-md-toggle") == "drawer"), None)
    if drawer is None or not name:
        return False
    for attribute, value in (("aria-labelledby", "hr-drawer"), ("role", "switch")):
        page.set(drawer, page.tag(drawer).with_attribute(attribute, value))
    skip = page.first("[data-md-component=skip]")
    if skip is not None and skip > drawer:
        end = page.end_of(skip) + 1
        text = page.pieces[end] if end < len(page.pieces) else ""
        blanks = text[: len(text) - len(text.lstrip())]
        leads_past = page.take(skip, end) + blanks
        page.set(end, text[len(blanks) :])
        page.put_before(drawer, leads_past)
    for at in page.all(".md-header__button"):
        if page.tag(at).value("for") == "__drawer":
            page.put_behind(at, f'<span class="hr-spoken" id="hr-drawer">{name}</span>')
            break
    return True


def _path_name(page: HtmlPage, navigation: str) -> str:
    """Call the path to a page something that the theme calls nothing else, in the theme's language."""
    title, html = page.first("title"), page.first("html")
    language = page.tag(html).value("lang") if html is not None else ""
    if title is None or language.lower().partition("-")[0] == "en":
        return _PATH_NAME
    return f"{navigation}: {_spoken(page.tag(title).content)}"


def _name_folds(page: HtmlPage) -> None:
    """Name what folds a part of the navigation, and so that part, after the page that stands beside it."""
    for at in page.all(".md-nav__icon"):
        fold = page.neighbour(at, -1)
        if fold is None or page.tag(fold).name != "label" or _FOLDS not in page.tag(fold).classes:
            continue
        end = page.neighbour(at, 1)
        label_end = page.neighbour(end, 1) if end is not None else None
        if label_end is not None and page.tag(label_end).is_end and page.tag(label_end).name == "label":
            page.put_behind(fold, f'<span class="hr-spoken">{_beside(page, fold)}</span>')


def _beside(page: HtmlPage, fold: int) -> str:
    for at in range(fold - 2, 0, -2):
        if _NAME in page.pieces[at] and _NAME in page.tag(at).classes:
            return page.words(at, page.end_of(at))
    return ""


def _let_the_keyboard_move_tables(page: HtmlPage) -> None:
    """Put each table, which may be wider than a window, where the keyboard can move it: a part named after its columns."""
    begins, ends = page.first("article"), page.all("/article")
    if begins is None or not ends:
        return
    tables = page.all("table", begins, ends[-1])
    for table, following in pairwise([*tables, len(page.pieces)]):
        end = page.first("/table", table)
        before = page.neighbour(table, -1)
        is_moved = before is not None and page.tag(before).value("tabindex") == "0"
        # One of a look of its own, as of code with numbered lines, is no table to the theme either.
        if end is None or end > following or is_moved or page.tag(table).has("class"):
            continue
        columns = _columns(page, table, end)
        name = f' role="group" aria-label="{", ".join(columns)}"' if columns else ""
        page.put_before(table, f'<div class="md-typeset__scrollwrap"{name} tabindex="0">')
        page.put_behind(end, "</div>")


def _columns(page: HtmlPage, table: int, table_end: int) -> list[str]:
    """Return the names of a table's columns; of a header of nothing, as there often is above a column of headers, make a cell."""
    head = page.first("thead", table, table_end)
    if head is None:
        return []
    end = min(at for selector in _ENDS_A_HEAD if (at := page.first(selector, head, table_end + 1)) is not None)
    headers = page.all("th", head, end)
    others = sorted([*headers, *page.all("td", head, end), end])
    names = []
    for at in headers:
        last = next(other for other in others if other > at)
        if name := _spoken(page.words(at, last)):
            names.append(name)
            continue
        page.set(at, f"<td{page.pieces[at][len('<th') :]}")
        for place in range(at + 1, last):
            if place % 2 == 0:
                page.set(place, page.pieces[place].strip())
            elif page.tag(place).is_end and page.tag(place).name == "th":
                page.set(place, "</td>")
    return names


def _spoken(words: str) -> str:
    """Return words as the value of an attribute."""
    return " ".join(words.replace('"', "&quot;").split())
