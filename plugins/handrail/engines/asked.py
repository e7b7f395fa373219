"""What is asked for while pages are made: the files to which they want the way, and those that are opened.

Whoever keeps something of a page for later has to know both, to tell then whether the same would be made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.structure.files import File, Files

from handrail.engines.snippets import Reach


@dataclass(eq=False, slots=True)
class Asked:
    """What was asked for meanwhile: `targets` are files by path, with the way to each, None where there was none."""

    targets: dict[str, str | None] = field(default_factory=dict)
    opened: set[Path] = field(default_factory=set)


class Asking:
    """Notes what is asked for while the pages of one build are made."""

    def __init__(self, files: Files, reach: Reach) -> None:
        self._reach = reach
        self._records: list[Asked] = []
        self._file_of = files.get_file_from_path
        files.get_file_from_path = self._asked  # type: ignore[method-assign]

    def _asked(self, path: str) -> File | None:
        file = self._file_of(path)
        for record in self._records:
            record.targets[path] = way_to(file)
        return file

    def begin(self) -> Asked:
        """Begin a record, beside those that were begun before."""
        self._settle()
        self._records.append(record := Asked())
        return record

    def end(self, record: Asked) -> None:
        """End a record."""
        self._settle()
        self._records = [one for one in self._records if one is not record]

    def _settle(self) -> None:
        for record in self._records:
            record.opened |= self._reach.opened
        self._reach.opened.clear()

    def note(self, asked: Asked) -> None:
        """Note what was asked for in another process, on behalf of this one."""
        for record in self._records:
            record.targets |= asked.targets
            record.opened |= asked.opened

    def lead_as(self, targets: Mapping[str, str | None]) -> bool:
        """Ask for the way to files once more; say whether it is the way that it was."""
        return all(way_to(self._asked(path)) == way for path, way in targets.items())


def way_to(file: File | None) -> str | None:
    """Return what a page shows of a file to which it leads, and what MkDocs says of that."""
    if file is None:
        return None
    return f"{file.url} (excluded)" if file.inclusion.is_excluded() else file.url
