"""Keeps the extension that puts files into pages from putting in those that are withheld."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from mkdocs.config.defaults import MkDocsConfig

_SNIPPETS = "pymdownx.snippets"


class _Guard(Extension):
    """Makes a file that may not be read look as if it were not there."""

    def __init__(self, may_be_read: Callable[[Path], bool]) -> None:
        super().__init__()
        self._may_be_read = may_be_read

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        snippets: Any = md.preprocessors["snippet"]
        find = snippets.get_snippet_path

        def found(path: str) -> str | None:
            place: str | None = find(path)
            return place if place is not None and self._may_be_read(Path(place).resolve()) else None

        snippets.get_snippet_path = found


def guard(config: MkDocsConfig, may_be_read: Callable[[Path], bool]) -> None:
    """Set the guard where the site uses the extension."""
    extensions: list[Any] = config.markdown_extensions
    if _SNIPPETS in extensions:
        extensions.append(_Guard(may_be_read))
