"""The HTML of pages whose turn it is not, put away: MkDocs holds that of all pages from the first to the last of them.

It is compressed, and whoever asks a page for it gets it as ever.
"""

from __future__ import annotations

import zlib
from typing import Any

from mkdocs.structure.pages import Page

_CONTENT = "content"
_FAST = 1
"""Of zlib's levels the one that takes the least time; HTML is a third of its size by it."""


class _Content:
    """The HTML of a page, compressed while it is put away; the one that was asked for last is at hand."""

    def __init__(self) -> None:
        self._last: tuple[Any, str] = (None, "")

    def __get__(self, page: Any, owner: type | None = None) -> Any:
        found = vars(page)[_CONTENT]
        if not isinstance(found, bytes):
            return found
        if found is not self._last[0]:
            self._last = found, zlib.decompress(found).decode("utf-8", "surrogatepass")
        return self._last[1]

    def __set__(self, page: Any, html: Any) -> None:
        packed, last = self._last
        # Who looks it through, as the theme's search does, gives back the same one where there was nothing to change.
        if html is not last or vars(page)[_CONTENT] is not packed:
            vars(page)[_CONTENT] = html


class _PutAway(Page):
    """A page of which the HTML is put away."""

    content = _Content()


class Turns:
    """Whose turn it is; the HTML of the page before is put away."""

    def __init__(self) -> None:
        self._page: Page | None = None

    def turn_to(self, page: Page) -> None:
        """Let it be the turn of a page."""
        before, self._page = self._page, page
        if before is not None and before is not page:
            put_away(before)


def put_away(page: Page) -> None:
    """Put away the HTML of a page; one of another class than MkDocs' own, as a post of a blog is, stays as it is."""
    html = vars(page)[_CONTENT]
    if type(page) in (Page, _PutAway) and type(html) is str:
        page.__class__ = _PutAway
        vars(page)[_CONTENT] = zlib.compress(html.encode("utf-8", "surrogatepass"), _FAST)
