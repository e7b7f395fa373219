"""Keeps what puts files into pages to what may be published.

pymdownx's snippets look only where `Reach` says: in the published pages and files, in folders outside the handbook that
the site's settings name by themselves, and never on the web. The project's own folder is not searched, for it holds more
than the site: only what the setting `auto_append` names is found there.

Whatever else reads files while a page is made (other extensions that include, macros' templates, pictures put into pages)
is refused every file of the handbook that is not published, by Python's own report of each file that is opened. Two
things are beyond that: files outside the handbook, and programs that an extension starts. They are the reason for
building a public site where the private files are not.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from mkdocs.config.defaults import MkDocsConfig

from handrail.model.cache import CACHE
from handrail.model.names import within

_SNIPPETS = "pymdownx.snippets"


@dataclass(frozen=True)
class Reach:
    """What may be read for a page: `listed` are paths in `folder`, which MkDocs reads, and in `origin`, the handbook.

    A public page that the site's settings leave out is among them: that is how text is kept that others put in.
    """

    root: Path
    origin: Path
    folder: Path
    listed: AbstractSet[str]
    opened: set[Path] = field(default_factory=set, compare=False)
    """What was opened for pages, whatever it is."""

    def inside(self, place: Path) -> str | None:
        """Return the path in the handbook of a file of it or of a copy of it, or None where it is neither.

        A disk may find the handbook by other spellings of its folder's name.
        Copies for other audiences hold what this one may not see, and so no path that is listed.
        """
        for base in (self.folder, self.origin, self.root / CACHE):
            path = within(place.as_posix(), base.as_posix())
            if path is not None:
                return path
        return None

    def permits(self, place: Path) -> bool:
        """Say whether a file may be read; what is no part of the handbook is the site's own affair."""
        path = self.inside(place)
        return path is None or path in self.listed


_confined_to: list[Reach] = []
_is_watching: list[bool] = []


def confine(reach: Reach) -> None:
    """Refuse to open what is not published, until `release`. Python offers no way to stop watching, only to look away."""
    if not _is_watching:
        sys.addaudithook(_watch)
        _is_watching.append(True)
    _confined_to[:] = [reach]


def release() -> None:
    """Let files be opened again."""
    _confined_to.clear()


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not _confined_to or not isinstance(arguments[0], str | bytes):
        return
    place = Path(os.path.realpath(os.fsdecode(arguments[0])))
    _confined_to[0].opened.add(place)
    if not _confined_to[0].permits(place):
        raise FileNotFoundError(errno.ENOENT, "This file is not published, so no page may hold it", str(place))


class Guard(Extension):
    """Makes snippets look for files only within reach."""

    def __init__(self, reach: Reach, options: dict[str, Any]) -> None:
        super().__init__()
        self._reach = reach
        self._is_told_where = options.get("base_path") is not None
        self._appended = [str(name) for name in options.get("auto_append") or ()]
        self.appends = True
        """Whether what the setting `auto_append` names is put at the end of the page that is being made: never of a signed one."""

    @property
    def puts_texts_below(self) -> bool:
        """Whether the text of another file is put at the end of the page that is being made."""
        return self.appends and bool(self._appended)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        if "snippet" not in md.preprocessors:
            return
        snippets: Any = md.preprocessors["snippet"]
        # By default the extension would look where the command happens to be run.
        told = snippets.base_path if self._is_told_where else (self._reach.root, self._reach.origin)
        bases = [Path(os.path.realpath(base)) for base in told]
        snippets.url_download = False
        if not self.appends:
            snippets.auto_append = []
        snippets.get_snippet_path = lambda path: self._find(bases, path)

    def _find(self, bases: list[Path], path: str) -> str | None:
        found = (self._found(base, path) for base in bases)
        return next((str(place) for place in found if place is not None), None)

    def _found(self, base: Path, path: str) -> Path | None:
        if "\0" in path:
            return None
        place = Path(os.path.realpath(base / path if base.is_dir() else base.parent / path))
        if not place.is_relative_to(base):
            return None
        inside = self._reach.inside(place)
        if inside is not None:
            place = self._reach.folder / inside
            return place if inside in self._reach.listed and place.is_file() else None
        holds_the_handbook = self._reach.origin.is_relative_to(base)
        return place if place.is_file() and (not holds_the_handbook or path in self._appended) else None


def guard(config: MkDocsConfig, reach: Reach) -> Guard:
    """Set the guard on whatever extensions the site uses."""
    extensions: list[Any] = config.markdown_extensions
    found = Guard(reach, config.mdx_configs.get(_SNIPPETS) or {})
    extensions.append(found)
    return found
