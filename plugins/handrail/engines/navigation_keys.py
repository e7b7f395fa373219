"""What of the navigation a page shows, as a text that is another one as soon as any of it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from handrail.build.page_keys import as_bytes
from handrail.engines.navigation import Group
from handrail.model.cache import seal

_SHOWN = ("icon", "status", "subtitle")
"""What the theme's navigation shows of a page's metadata, beside its title."""
_TEMPLATES = (".html", ".xml")
_DESCRIPTION, _DAY = "description", "update_date"
_ASKS_FOR_ALL = re.compile(r"\bmeta\s*(?:\||\.\s*(?:items|values)\b|\[(?!\s*['\"]))")
_PRUNED, _OPEN = "navigation.prune", "navigation.sections"


def is_pruned(config: MkDocsConfig) -> bool:
    """Say whether a page's navigation holds of each section but its own no more than the name and the way there.

    Only the theme's own templates are known to keep to that.
    """
    features = config.theme.get("features") or []
    return (
        config.theme.name == "material"
        and config.theme.custom_dir is None
        and _PRUNED in features
        and _OPEN not in features
    )


def own_templates(config: MkDocsConfig) -> str:
    """Return the texts of the site's own templates."""
    folder = config.theme.custom_dir
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file()) if folder else ()
    return "\n".join(path.read_text("utf-8", "replace") for path in paths if path.suffix in _TEMPLATES)


class NavigationKeys:
    """What each page shows of one navigation; where that is not known, all of it, and of all `pages` what `templates` may ask them."""

    def __init__(self, nav: Navigation, pages: Iterable[Page], templates: str, *, pruned: bool) -> None:
        self._items = nav.items
        self._home = _page(nav.homepage)
        self._levels: dict[int, str] = {}
        self._whole = (
            "" if pruned else seal((as_bytes(_whole(nav.items)), *(as_bytes(_said(page, templates)) for page in pages)))
        )

    def of(self, page: Page) -> str:
        """Return the key of what a page shows."""
        levels = [self._level(self._items)]
        above: Iterable[Any] = page.ancestors
        levels += [self._level(section.children) for section in above if not isinstance(section, Group)]
        beside = [_page(page.previous_page), _page(page.next_page), self._home]
        return seal((self._whole.encode(), as_bytes(levels), as_bytes(beside)))

    def _level(self, items: list[Any]) -> str:
        if self._whole:
            return ""
        if id(items) not in self._levels:
            self._levels[id(items)] = seal([as_bytes([_item(item) for item in items])])
        return self._levels[id(items)]


def _item(item: Any) -> Any:
    """Return what stands in the place of an item where its own part of the navigation is not open; groups always are."""
    if isinstance(item, Group):
        return [item.title, [_item(child) for child in item.children]]
    if isinstance(item, Section):
        return [item.title, len(item.children), _first(item)]
    return _page(item)


def _first(section: Section) -> Any:
    """Return the page to which the name of a section leads."""
    first = section.children[0] if section.children else None
    return _first(first) if isinstance(first, Section) and first.children else _page(first)


def _page(page: Any) -> Any:
    if page is None:
        return None
    meta = getattr(page, "meta", {})
    return [page.title, page.url, getattr(page, "is_index", False), [meta.get(key) for key in _SHOWN]]


def _whole(items: Iterable[Any]) -> list[Any]:
    return [[item.title, _whole(item.children)] if isinstance(item, Section) else _page(item) for item in items]


def _said(page: Page, templates: str) -> Any:
    """Return what templates may show of a page on others: of what changes with each edit no more than they name."""
    meta = {key: value for key, value in page.meta.items() if key != _DESCRIPTION}
    if _DESCRIPTION in templates or _ASKS_FOR_ALL.search(templates):
        meta = dict(page.meta)
    return [page.title, page.url, meta, page.canonical_url, page.update_date if _DAY in templates else ""]
