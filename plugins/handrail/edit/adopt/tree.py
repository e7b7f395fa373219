"""The files of a folder that somebody would begin a handbook with, whatever program made a site of them."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handrail.history.working_tree import kept_files
from handrail.model.files import read_bytes
from handrail.text.source import SUFFIXES

_OF_OTHERS = frozenset(("node_modules", "vendor", "bower_components", "site-packages", "venv", "__pycache__", "_site"))
"""Folders that programs fill."""
_OF_PAGES = frozenset(("content", "doc", "docs", "documentation", "handbook", "pages", "source", "src", "wiki"))
"""Folders that are named for the pages in them, whatever lies beside them."""
_UNREAD = ".mdx"
_LARGEST_SETTINGS = 1 << 20


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a folder, by path from it, sorted; what programs fill and what git ignores is left out."""

    root: Path
    paths: tuple[str, ...]

    @property
    def pages(self) -> list[str]:
        """The Markdown files that lie in no hidden folder."""
        return [path for path in self.paths if path.lower().endswith(SUFFIXES) and not is_hidden(path)]

    @property
    def unread_pages(self) -> list[str]:
        """The pages that lie in no hidden folder and that nobody reads, for they are half a program (MDX)."""
        return [path for path in self.paths if path.lower().endswith(_UNREAD) and not is_hidden(path)]

    def has(self, path: str) -> bool:
        return path in self.paths

    def text(self, path: str) -> str:
        """Return the text of a file of settings; nothing where it isn't there or is too large to be one."""
        raw = read_bytes(self.root, path) if self.has(path) else None
        return raw.decode("utf-8-sig", "replace") if raw is not None and len(raw) <= _LARGEST_SETTINGS else ""

    def below(self, folder: str) -> Tree:
        """Return the part of it that lies in a folder."""
        if not folder:
            return self
        prefix = f"{folder}/"
        paths = tuple(path.removeprefix(prefix) for path in self.paths if path.startswith(prefix))
        return Tree(self.root / folder, paths)

    def named(self, *names: str) -> str | None:
        """Return the path of the file with one of these names that lies at the root, or else in a folder there."""
        found = (path for path in self.paths if path.count("/") <= 1 and posixpath.basename(path) in names)
        return min(found, key=lambda path: (path.count("/"), path), default=None)

    def fullest_folder(self) -> str:
        """Return the folder at the root that most pages lie in; nothing where the root itself is the folder of pages.

        That it is where as many pages lie beside the folders, or where the fullest is one of several, each with its part.
        """
        counts = Counter(path.partition("/")[0] if "/" in path else "" for path in self.pages)
        folder, most = max(counts.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        is_one_of_several = folder.lower() not in _OF_PAGES and 2 * most <= counts.total()
        return folder if most > counts[""] and not is_one_of_several else ""


def read_tree(root: Path) -> Tree:
    """List a folder as git sees it, or else as it lies there."""
    known = kept_files(root)
    paths = sorted(_walk(root, "")) if known is None else (path for path in known if (root / path).is_file())
    return Tree(root, tuple(_ours(paths)))


def is_hidden(path: str) -> bool:
    """Say whether a file, or a folder that it lies in, has a name that begins with a dot."""
    return any(part.startswith(".") for part in path.split("/"))


def _ours(paths: Iterable[str]) -> Iterator[str]:
    return (path for path in paths if _OF_OTHERS.isdisjoint(path.split("/")[:-1]))


def _walk(folder: Path | str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in _OF_OTHERS or entry.name == ".git":
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield prefix + entry.name
