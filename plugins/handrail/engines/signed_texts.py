"""Keeps the Markdown of signed pages as it was signed, whatever other plugins and hooks would make of it.

What people sign is the text in the page's file. A plugin that puts text in, or takes some out, would show readers another one
under their names: its change is left out, and the build stops, with the plugin's name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from mkdocs.plugins import PluginCollection

from handrail.errors import HandrailError
from handrail.text.digest import typed
from handrail.words.language import join_words

_EVENT = "page_markdown"
_MOST_NAMED = 5


class SignedTexts:
    """Watches what other plugins make of the Markdown of signed pages; `pages` are those, by path."""

    def __init__(self, plugins: PluginCollection, ours: object, pages: Collection[str]) -> None:
        self._pages = frozenset(pages)
        self._changed: dict[str, list[str]] = {}
        handlers = plugins.events[_EVENT]
        for at, handler in enumerate(handlers):
            if getattr(handler, "__self__", None) is not ours and not hasattr(handler, "handrail_watched"):
                origin = plugins._event_origins.get(handler, "a hook")  # noqa: SLF001 - MkDocs names them nowhere else
                handlers[at] = self._watched(handler, origin)

    def _watched(self, handler: Callable[..., Any], origin: str) -> Callable[..., Any]:
        @wraps(handler)
        def watched(markdown: str, **known: Any) -> Any:
            made = handler(markdown, **known)
            src_uri = known["page"].file.src_uri
            if src_uri not in self._pages or made is None or typed(made) == typed(markdown):
                return made
            self._changed.setdefault(src_uri, []).append(origin)
            return markdown

        watched.handrail_watched = True  # type: ignore[attr-defined]
        return watched

    def settle(self) -> None:
        """Raise HandrailError where anything was changed."""
        if not self._changed:
            return
        names = join_words(sorted({f"`{name}`" for listed in self._changed.values() for name in listed}))
        paths = sorted(self._changed)
        more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
        raise HandrailError(
            f"{names} would change the text of pages that are signed: {', '.join(paths[:_MOST_NAMED])}{more}. Nobody has signed "
            "what readers would see. Switch it off for those pages, or write its text into them. (HB805 from-elsewhere)"
        )
