"""What lay in the folders of a repository at a commit: trees, read by one process and each of them once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from handrail.history.git import Blobs
from handrail.model.exclusions import Exclusions
from handrail.model.files import LARGEST, Files, Found, What, files_found, level, walk
from handrail.text.digest import file_hash

_NOTHING = file_hash(b"", is_text=False)
_FOLDER, _LINK, _FILE = b"40000", b"120000", b"100"

Entry = tuple[str, What, str]
"""A name in a folder, what lies there, and its id in git."""


class UnreadableTreeError(Exception):
    """Git can't give a tree that a commit has, or it is none."""


class Trees:
    """The trees of one repository, by their ids: one that stands in many commits is read once."""

    def __init__(self, blobs: Blobs) -> None:
        self.blobs = blobs
        self._read: dict[str, tuple[Entry, ...]] = {}

    def below(self, tree: str) -> tuple[Entry, ...]:
        """Return what lies in a tree, without what is no part of this repository; raises UnreadableTreeError."""
        if tree not in self._read:
            found = self.blobs.object(tree)
            if found is None or found.kind != "tree":
                raise UnreadableTreeError(tree)
            self._read[tree] = tuple(_entries(found.content, len(tree) // 2))
        return self._read[tree]

    def at(self, tree: str, path: str) -> tuple[What, str] | None:
        """Return what lies at a path below a tree, and its id; None where nothing does. The path `.` is the tree itself."""
        what, id_ = What.FOLDER, tree
        for part in path.split("/") if path != "." else ():
            if what is not What.FOLDER:
                return None
            found = next((entry for entry in self.below(id_) if entry[0] == part), None)
            if found is None:
                return None
            _, what, id_ = found
        return what, id_


@dataclass(slots=True)
class Lying:
    """What lies in a folder of a commit: the files and links, the ids of the files by their paths, and the folders in it."""

    files: Files = field(default_factory=Files)
    blobs: dict[str, str] = field(default_factory=dict)
    folders: list[Found[str]] = field(default_factory=list)


class Folders:
    """What lies in folders of pages; of one that is the same tree at the same place in many commits it is found out once."""

    def __init__(self, trees: Trees, exclusions: Exclusions) -> None:
        self._trees = trees
        self._exclusions = exclusions
        self._known: dict[Found[str], Lying] = {}

    def below(self, tree: str) -> Lying:
        """Return what lies in and below a folder, sorted; raises UnreadableTreeError."""
        whole = Lying(Files(exclusions=self._exclusions), folders=[Found("", What.FOLDER, tree)])
        while whole.folders:
            level = self._level(whole.folders.pop())
            whole.files.add(level.files)
            whole.blobs.update(level.blobs)
            whole.folders += level.folders
        whole.files.sort()
        return whole

    def _level(self, folder: Found[str]) -> Lying:
        if folder not in self._known:
            self._known[folder] = known = Lying()
            for found in level(folder, self._trees.below, self._exclusions):
                if found.what is What.FOLDER:
                    known.folders.append(found)
                elif found.what is What.LINK:
                    known.files.symlinks.append(found.path)
                else:
                    known.files.like(found.path).append(found.path)
                    known.blobs[found.path] = found.place
        return self._known[folder]


def _entries(content: bytes, width: int) -> list[Entry]:
    """Return the entries of a tree: each a mode, a blank, a name that ends in NUL, and an id of so many bytes."""
    found: list[Entry] = []
    at = 0
    while at < len(content):
        blank, end = content.find(b" ", at), content.find(b"\0", at)
        if not at < blank < end:
            raise UnreadableTreeError
        what = _what(content[at:blank])
        if what is not None:
            found.append((os.fsdecode(content[blank + 1 : end]), what, content[end + 1 : end + 1 + width].hex()))
        at = end + 1 + width
    return found


def _what(mode: bytes) -> What | None:
    if mode == _FOLDER:
        return What.FOLDER
    if mode == _LINK:
        return What.LINK
    return What.FILE if mode.startswith(_FILE) else None


class TreeContents:
    """What stood in the files of a folder of pages at a commit, as `model/contents.py` asks for it."""

    def __init__(self, trees: Trees, folder: str, blobs: Mapping[str, str]) -> None:
        self._trees = trees
        self._folder = folder
        self._blobs = blobs

    def _content(self, path: str) -> bytes | None:
        id_ = self._blobs.get(path)
        if id_ is None:
            there = self._trees.at(self._folder, path)
            id_ = there[1] if there is not None and there[0] is What.FILE else None
        return next((content for _, content in self._trees.blobs.read([id_])), None) if id_ else None

    def read(self, path: str) -> bytes | None:
        content = self._content(path)
        return content if content is not None and len(content) <= LARGEST else None

    def hash(self, path: str) -> str:
        content = self._content(path)
        return file_hash(content, is_text=False) if content is not None else _NOTHING

    def size(self, path: str) -> int | None:
        content = self._content(path)
        return len(content) if content is not None else None

    def hidden(self, path: str) -> list[str]:
        parts = path.split("/")
        there = self._trees.at(self._folder, path) if any(part[:1] == "." and part != "." for part in parts) else None
        if there is None or there[0] is What.LINK:
            return []
        if there[0] is What.FILE:
            return [path]
        found = walk(there[1], self._trees.below, Exclusions())
        return [f"{path}/{name}" for name in files_found((one[:2] for one in found), Exclusions()).assets]

    def exists(self, path: str) -> bool:
        return self._trees.at(self._folder, path) is not None
