"""What the theme's search keeps of each page: told it once more of pages that are not made anew, in the order of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

_SEARCHES = ("search", "material/search")
_LISTS = ("entries", "_entries")
"""What the index of either calls its list."""

Found = list[dict[str, Any]]


class FoundBySearch:
    """The index of one build; there is none where the site has no search."""

    def __init__(self, config: MkDocsConfig) -> None:
        plugins: Any = (config.plugins.get(name) for name in _SEARCHES)
        self._plugin = next((plugin for plugin in plugins if hasattr(plugin, "search_index")), None)
        self._index: Any = self._plugin.search_index if self._plugin is not None else None
        lists = (getattr(self._index, name, None) for name in _LISTS)
        self._entries: Found = next((found for found in lists if found is not None), [])
        self._of_page: dict[str, Found] = {}
        if self._index is not None:
            self._add = self._index.add_entry_from_context
            self._index.add_entry_from_context = self._note

    def of(self, src_uri: str) -> Found:
        """Return what it was told of a page."""
        return self._of_page.get(src_uri, [])

    def _note(self, page: Page) -> None:
        before = len(self._entries)
        self._add(page)
        self._of_page[page.file.src_uri] = self._entries[before:]

    def put_in_order(self, pages: Iterable[str], kept: Mapping[str, Found]) -> None:
        """Give the index what it would hold, had it been told of all these pages in turn."""
        self._of_page = {**kept, **self._of_page}
        if self._plugin is not None:
            # Built dirty, the theme's own would take this for one page of all.
            self._plugin.search_index_prev = None
        self._entries[:] = [entry for src_uri in pages for entry in self.of(src_uri)]
