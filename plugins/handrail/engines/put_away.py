"""The texts of pages whose turn it is not, put away: MkDocs holds the Markdown and the HTML of all pages from the first to the last of them.

They are compressed, and whoever asks a page for one gets it as ever.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

from mkdocs.structure.pages import Page

_TEXTS = ("markdown", "content")
_FAST = 1
"""Of zlib's levels the one that takes the least time; HTML is a third of its size by it."""
_AT_HAND = 128
"""So many texts that were asked for last: who asks for the title of a page asks it for its Markdown, and navigations do so for all of a section."""


class _Text:
    """A text of a page, compressed while it is put away."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, page: Any, owner: type | None = None) -> Any:
        found = vars(page)[self._name]
        return _unpacked(found) if isinstance(found, bytes) else found

    def __set__(self, page: Any, text: Any) -> None:
        # Who looks it through, as the theme's search does, gives back the same one where there was nothing to change.
        if text is not self.__get__(page):
            vars(page)[self._name] = text


class _PutAway(Page):
    """A page of which texts are put away."""

    markdown = _Text()
    content = _Text()


@lru_cache(maxsize=_AT_HAND)
def _unpacked(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


class PageAtHand:
    """The page whose turn it is; the texts of the one before are put away."""

    def __init__(self) -> None:
        self._page: Page | None = None

    def turn_to(self, page: Page) -> None:
        """Let it be the turn of a page."""
        before, self._page = self._page, page
        if before is not None and before is not page:
            put_away(before)


def put_away(page: Page) -> None:
    """Put away the texts of a page; one of another class than MkDocs' own, as a post of a blog is, stays as it is."""
    if type(page) not in (Page, _PutAway):
        return
    page.__class__ = _PutAway
    texts = vars(page)
    for name in _TEXTS:
        if type(texts[name]) is str:
            texts[name] = zlib.compress(texts[name].encode("utf-8", "surrogatepass"), _FAST)
