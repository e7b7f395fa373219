"""Reads the folder of pages: the only code, beside `edit/`, that touches the handbook's files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from handrail.model.names import above, namesakes, not_utf_8
from handrail.text.source import SUFFIXES

FOLDER_SETTINGS = (".authors.yml", ".meta.yml", ".nav.yml", ".pages")
"""What plugins of a site generator read in folders of pages and no site publishes."""


@dataclass
class Files:
    """What lies in the folder of pages: paths relative to it, with `/`, sorted.

    Names that begin with a dot are left out, as MkDocs does, but for FOLDER_SETTINGS. Symbolic links are never followed.
    """

    pages: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    symlinks: list[str] = field(default_factory=list)
    folder_settings: list[str] = field(default_factory=list)

    @cached_property
    def beside(self) -> frozenset[str]:
        """Everything that lies beside the pages."""
        return frozenset((*self.assets, *self.symlinks))

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that pages or files lie in."""
        return frozenset(folder for path in self._read for folder in above(path))

    @cached_property
    def namesakes(self) -> list[list[str]]:
        """Files and folders of one folder with names that some disk takes for one."""
        return namesakes({*self._read, *self.folders})

    @cached_property
    def not_utf_8(self) -> list[str]:
        """The files and folders whose own name is not UTF-8 text."""
        return not_utf_8({*self._read, *self.folders})

    @property
    def _read(self) -> tuple[str, ...]:
        return (*self.pages, *self.assets, *self.folder_settings)


def list_files(folder: Path) -> Files:
    """List the folder of pages."""
    files = Files()
    for path, is_link in sorted(_walk(folder, "")):
        if is_link:
            files.symlinks.append(path)
        elif path.rpartition("/")[2] in FOLDER_SETTINGS:
            files.folder_settings.append(path)
        elif path.lower().endswith(SUFFIXES):
            files.pages.append(path)
        else:
            files.assets.append(path)
    return files


def _walk(folder: Path | str, prefix: str) -> Iterator[tuple[str, bool]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") and entry.name not in FOLDER_SETTINGS:
                continue
            name = prefix + entry.name
            if entry.is_symlink():
                yield name, True
            elif entry.is_dir():
                yield from _walk(entry.path, name + "/")
            elif entry.is_file():
                yield name, False


def read_bytes(folder: Path, src_uri: str) -> bytes | None:
    """Read one file of the folder of pages; None where it has gone or can't be opened."""
    try:
        with open(os.path.join(folder, src_uri), "rb") as file:  # noqa: PTH118, PTH123 - half the time of pathlib
            return file.read()
    except OSError:
        return None


def file_size(folder: Path, src_uri: str) -> int | None:
    """Return how many bytes a file of the folder of pages holds; None where it is no file, or a link stands on its way."""
    place = folder
    try:
        for part in src_uri.split("/"):
            place = place / part
            status = place.lstat()
            if stat.S_ISLNK(status.st_mode):
                return None
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def list_hidden(folder: Path, path: str) -> list[str]:
    """List what lies at a path whose name begins with a dot, which `list_files` leaves out: that file, or a folder's."""
    parts = path.split("/")
    if ".." in parts or not any(part.startswith(".") and part != "." for part in parts):
        return []
    if file_size(folder, path) is not None:
        return [path]
    if (folder / path).is_symlink() or not (folder / path).is_dir():
        return []
    return [f"{path}/{name}" for name in list_files(folder / path).assets]
