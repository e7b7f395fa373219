"""Where Zensical's form of a handbook lies: a folder that is a whole project of Zensical, with its settings, its pages and its site.

Zensical makes a site only below the folder of its settings, and deletes `.cache` there when it is asked to begin anew; so the folder is one
of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from handrail.build.tree import tree_name
from handrail.errors import UsageError
from handrail.model.cache import CACHE
from handrail.model.project import Project

_SETTINGS, _PAGES, _SITE, _ADDRESSES, _WORD = "zensical.yml", "docs", "site", "addresses.json", "generated.json"


@dataclass(frozen=True, slots=True)
class Made:
    """What the tree says of one page: its seal, and the digest of the author's text of which it was made."""

    seal: str
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one project of Zensical."""

    folder: Path

    @property
    def settings(self) -> Path:
        return self.folder / _SETTINGS

    @property
    def pages(self) -> Path:
        return self.folder / _PAGES

    @property
    def site(self) -> Path:
        return self.folder / _SITE

    @property
    def addresses(self) -> Path:
        """The file with the address of each page and file, by its path in the handbook."""
        return self.folder / _ADDRESSES

    def leave(self, made: Mapping[str, Made]) -> None:
        """Leave word of the pages of the tree, by their paths in the handbook."""
        said = {path: asdict(one) for path, one in made.items()}
        (self.folder / _WORD).write_text(json.dumps(said, indent=0), "utf-8")

    def word(self) -> dict[str, Made] | None:
        """Return what is known of the pages of the tree; None where no tree was written."""
        try:
            said = json.loads((self.folder / _WORD).read_text("utf-8"))
            return {path: Made(**one) for path, one in said.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return None


def place_of(project: Project, to: str | None) -> Place:
    """Return where the form of a project lies: in its cache, or in the folder that a user names.

    Raises UsageError where that folder holds what Handrail did not write.
    """
    if to is None:
        return Place(project.root / CACHE / f"{tree_name(project)}-zensical")
    place = Place(Path(os.path.abspath(to)))  # noqa: PTH100 - links are not followed
    if place.folder.is_dir() and any(place.folder.iterdir()) and place.word() is None:
        raise UsageError(
            f"{to} holds what Handrail has not written there; name a folder that is empty or not there yet."
        )
    if project.docs_dir.is_relative_to(place.folder) or place.folder.is_relative_to(project.docs_dir):
        raise UsageError(f"{to} and the folder of the pages lie within each other; name a folder beside it.")
    return place
