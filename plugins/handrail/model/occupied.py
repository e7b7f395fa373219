"""Which files a site has, and what they leave no room for: where a file lies, no folder can, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable

from handrail.model.names import above, folded

SITE_FILES = ("404.html", "feed.xml", "llms.txt", "robots.txt", "sitemap.xml", "sitemap.xml.gz")
"""What a site has beside its pages, by the names that crawlers and hosts look for."""


class Occupied:
    """The files of a site and the folders that they lie in, whatever their case and Unicode form: some disks know none."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self.add(files)

    def add(self, files: Iterable[str]) -> None:
        for file in map(folded, files):
            self._files.add(file)
            self._folders.update(above(file))

    def has(self, file: str) -> bool:
        """Say whether a file can't be made: it is there, or a folder of its name, or a file where it needs a folder."""
        name = folded(file)
        return name in self._files or name in self._folders or self.blocks(file) is not None

    def blocks(self, file: str) -> str | None:
        """Return the file that lies where this one needs a folder; None where none does."""
        return next((folder for folder in above(file) if folded(folder) in self._files), None)
