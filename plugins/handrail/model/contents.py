"""What stands in the files beside the pages: in the folder of pages, or wherever else a handbook was read from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from handrail.model.files import file_size, hash_file, list_hidden, read_bytes

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook


class Contents(Protocol):
    """Answers for files by their paths in the folder of pages, with `/`."""

    def read(self, path: str) -> bytes | None:
        """Return what a file holds; None where it is not there, can't be read or is too large to be looked into."""

    def hash(self, path: str) -> str:
        """Return the SHA-256 of a file of any size; that of nothing where it can't be read."""

    def size(self, path: str) -> int | None:
        """Return how many bytes a file holds; None where it is no file, or a link stands on its way."""

    def hidden(self, path: str) -> list[str]:
        """List what lies at a path whose name begins with a dot: that file, or a folder's."""

    def exists(self, path: str) -> bool:
        """Say whether anything lies at a path, also what nobody reads because it is left out."""


class FolderContents:
    """The files as they lie on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str) -> bytes | None:
        return read_bytes(self._folder, path)

    def hash(self, path: str) -> str:
        return hash_file(self._folder, path)

    def size(self, path: str) -> int | None:
        return file_size(self._folder, path)

    def hidden(self, path: str) -> list[str]:
        return list_hidden(self._folder, path)

    def exists(self, path: str) -> bool:
        try:
            return (self._folder / path).exists()
        except (OSError, ValueError):
            return True


def contents_of(handbook: Handbook) -> Contents:
    """Return what stands in a handbook's files: as they lie on the disk, unless it was read from elsewhere."""
    return handbook.files.contents or FolderContents(handbook.project.docs_dir)
