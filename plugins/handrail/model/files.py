"""Reads the folder of pages: the only code, beside `edit/`, that touches the handbook's files."""

from __future__ import annotations

import errno
import hashlib
import os
import posixpath
import stat
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from handrail.model.exclusions import Cause, Exclusion, Exclusions
from handrail.model.names import above, namesakes, not_utf_8
from handrail.text.source import MOST_BYTES, SUFFIXES

if TYPE_CHECKING:
    from handrail.model.contents import Contents

FOLDER_SETTINGS = (".authors.yml", ".meta.yml", ".nav.yml", ".pages")
"""What plugins of a site generator read in folders of pages and no site publishes."""
_INDEX = ("index", "README")
_NEVER_READ = (".git", ".hg", ".svn", ".cache")
"""Hidden folders of programs, which hold nothing of a handbook whatever the settings let in."""
LARGEST = 64 * 1024 * 1024
"""The most bytes of a file that anybody looks into; a larger one is copied and compared, piece by piece."""
MOST_OF_SETTINGS = 4 * 1024 * 1024
"""The most bytes of a file that somebody wrote by hand to say how things are to be."""
_PART = 1 << 20
_READING = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):  # not every machine has each of these
    _READING |= getattr(os, _flag, 0)


@dataclass
class Files:
    """What lies in the folder of pages: paths relative to it, with `/`, sorted.

    Names that begin with a dot are left out, as MkDocs does, but for FOLDER_SETTINGS and what `exclude_docs` lets in. Symbolic
    links are never followed.
    """

    pages: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    symlinks: list[str] = field(default_factory=list)
    folder_settings: list[str] = field(default_factory=list)
    exclusions: Exclusions = field(default_factory=Exclusions)
    contents: Contents | None = None
    """What stands in them, where they were not read from the folder."""

    def add(self, other: Files) -> None:
        """Add what lies in another folder."""
        self.pages += other.pages
        self.assets += other.assets
        self.symlinks += other.symlinks
        self.folder_settings += other.folder_settings

    def sort(self) -> None:
        for listed in (self.pages, self.assets, self.symlinks, self.folder_settings):
            listed.sort()

    def like(self, path: str) -> list[str]:
        """Return the list in which a file belongs by its name."""
        if path.rpartition("/")[2] in FOLDER_SETTINGS:
            return self.folder_settings
        return self.pages if path.lower().endswith(SUFFIXES) else self.assets

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

    @cached_property
    def left_out(self) -> dict[str, Exclusion]:
        """The pages and files that are listed here and that MkDocs makes nothing of, with the reason."""
        by_settings = ((path, self.exclusions.why(path)) for path in (*self.pages, *self.assets))
        found = {path: exclusion for path, exclusion in by_settings if exclusion is not None}
        for path, other in _losing(self.pages, found):
            hint = f"Bring the two together, or {self.exclusions.adding(f'/{path}')}."
            found[path] = Exclusion(Cause.SAME_ADDRESS, other, f"has the same address as {other} beside it", hint)
        return found

    def why_left_out(self, path: str) -> Exclusion | None:
        """Return why MkDocs makes nothing of what lies at a path, be it listed here, a link, behind a link, or hidden."""
        link = next((link for link in (path, *above(path)) if link in self.symlinks), None)
        if link is not None:
            what = "is a symbolic link" if link == path else "lies behind a symbolic link"
            return Exclusion(Cause.LINK, link, what, "Put the file itself in its place.")
        return self.left_out.get(path) or self.exclusions.why(path)

    @property
    def _read(self) -> tuple[str, ...]:
        return (*self.pages, *self.assets, *self.folder_settings)


def _losing(pages: list[str], left_out: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield the pages that MkDocs drops for another one of their folder, such as README.md beside index.md, with that one.

    It is the first in the order in which MkDocs reads a folder.
    """
    by_place: dict[tuple[str, str], list[tuple[bool, str]]] = defaultdict(list)
    for path in pages:
        folder, _, name = path.rpartition("/")
        stem, suffix = posixpath.splitext(name)
        if suffix in SUFFIXES:  # of others, such as README.MD, it makes no page
            is_index = stem in _INDEX
            by_place[folder, "index" if is_index else stem].append((not is_index, path))
    for alike in by_place.values():
        (_, first), *others = sorted(alike)
        winner = next((path for _, path in others if path not in left_out), None)
        if winner is not None and first not in left_out:
            yield first, posixpath.basename(winner)


def list_files(folder: Path, exclusions: Exclusions) -> Files:
    """List the folder of pages."""
    return files_found(((path, is_link) for path, is_link, _ in walk(str(folder), _on_disk, exclusions)), exclusions)


def files_found(found: Iterable[tuple[str, bool]], exclusions: Exclusions) -> Files:
    """Return what lies in a folder of pages of paths that `walk` found there, each with whether it is a link."""
    files = Files(exclusions=exclusions)
    for path, is_link in sorted(found):
        (files.symlinks if is_link else files.like(path)).append(path)
    return files


class What(Enum):
    """What lies in a folder."""

    FOLDER = auto()
    FILE = auto()
    LINK = auto()


Place = TypeVar("Place")


class Found(NamedTuple, Generic[Place]):
    """What lies at a path below the folder of pages, whose own path is empty, and where that is kept."""

    path: str
    what: What
    place: Place
    is_hidden: bool = False


Below = Callable[[Place], Iterable[tuple[str, What, Place]]]
"""Returns what lies in a folder, wherever that is kept: the name of each thing, what it is, and where that is kept."""


def walk(folder: Place, below: Below[Place], exclusions: Exclusions) -> Iterator[tuple[str, bool, Place]]:
    """Yield the files and links in and below a folder: the path of each, whether it is a link, and where it is kept."""
    waiting = [Found("", What.FOLDER, folder)]
    while waiting:
        for found in level(waiting.pop(), below, exclusions):
            if found.what is What.FOLDER:
                waiting.append(found)
            else:
                yield found.path, found.what is What.LINK, found.place


def level(folder: Found[Place], below: Below[Place], exclusions: Exclusions) -> Iterator[Found[Place]]:
    """Yield what counts of what lies in a folder itself, not in those below it."""
    for name, what, place in below(folder.place):
        path = f"{folder.path}/{name}" if folder.path else name
        if path in exclusions.beside:
            continue
        hidden = folder.is_hidden or (name[:1] == "." and name not in FOLDER_SETTINGS)
        if hidden and (not exclusions.may_let_in_hidden or name in _NEVER_READ):
            continue
        if what is What.FOLDER or not (hidden and _is_kept_out(exclusions, path)):
            yield Found(path, what, place, hidden)


def _on_disk(folder: str) -> Iterator[tuple[str, What, str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                yield entry.name, What.LINK, entry.path
            elif entry.is_dir():
                yield entry.name, What.FOLDER, entry.path
            elif entry.is_file():
                yield entry.name, What.FILE, entry.path


def _is_kept_out(exclusions: Exclusions, hidden: str) -> bool:
    exclusion = exclusions.why(hidden)
    return exclusion is not None and exclusion.cause is not Cause.DRAFT


def read_bytes(folder: Path, src_uri: str) -> bytes | None:
    """Read one file of the folder of pages; None where it has gone, can't be opened or is too large to be looked into."""
    try:
        return _read(os.path.join(folder, src_uri), LARGEST, whole=True)  # noqa: PTH118 - half the time of pathlib
    except OSError:
        return None


def read_page(folder: Path, src_uri: str) -> bytes | None:
    """Read one page as far as pages are read, which tells one that is longer; None where it has gone or can't be opened."""
    try:
        return _read(os.path.join(folder, src_uri), MOST_BYTES + 1)  # noqa: PTH118 - as above
    except OSError:
        return None


def read_whole(path: Path, most: int = MOST_OF_SETTINGS) -> bytes:
    """Read a file that ought to be small, such as settings; raises OSError where it holds more bytes than `most`."""
    return _read(path, most, whole=True)


def _read(path: str | Path, most: int, *, whole: bool = False) -> bytes:
    """Read so many bytes; nothing is read before the size is known, and a pipe, which would wait for a writer, is no file."""
    if "\0" in str(path):
        raise OSError(errno.EINVAL, "No file has such a name", str(path))
    number = os.open(path, _READING)
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "It is no regular file", str(path))
        if whole and status.st_size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        with open(number, "rb", closefd=False) as file:
            return file.read(most)
    finally:
        os.close(number)


def hash_file(folder: Path, src_uri: str) -> str:
    """Return the SHA-256 of a file of the folder of pages, of any size; that of nothing where it can't be read."""
    whole = hashlib.sha256()
    with suppress(OSError), (folder / src_uri).open("rb") as file:
        while part := file.read(_PART):
            whole.update(part)
    return whole.hexdigest()


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
    return [f"{path}/{name}" for name in list_files(folder / path, Exclusions()).assets]
