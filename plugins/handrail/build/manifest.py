"""What a build leaves word of: where each page went, or that it went nowhere, and who made each file, for whoever proves the site afterwards.

It lies in the project's cache, not in the site, and counts only for the site that it was written of: one with the same home page that
holds all its files. What a site holds beyond it has come there since.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from handrail.model.cache import CACHE, keep

THEME, HANDBOOK, HANDRAIL, OTHERS = "theme", "handbook", "handrail", "other"
"""Who makes files of a site; others are plugins of which MkDocs knows nothing more. Of those that it knows the name stands there."""
_VERSION = 2
_HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One build: the address of its site, the file of each page and file of the handbook by path, who made each file, and pages left out."""

    site_url: str
    places: Mapping[str, str]
    files: Mapping[str, str]
    home: str
    """The digest of the home page."""
    left_out: frozenset[str] = frozenset()
    """The paths of the pages that another plugin took out of the site."""

    def of_others(self) -> frozenset[str]:
        """Return the files that the theme, or a plugin by itself, made behind MkDocs' back, so that nobody can change their text."""
        return frozenset(path for path, maker in self.files.items() if maker in (THEME, OTHERS))

    def is_of(self, folder: Path) -> bool:
        """Say whether a folder holds the site of this build."""
        return digest_of_home(folder) == self.home and all((folder / path).is_file() for path in self.files)


def digest_of_home(folder: Path) -> str:
    """Return the digest of a site's home page; nothing where it has none."""
    home = folder / _HOME
    return sha256(home.read_bytes()).hexdigest() if home.is_file() else ""


def leave(root: Path, name: str, manifest: Manifest) -> None:
    """Leave word of the last build of the tree of this name; where nothing can be written, there is none."""
    known = {
        "version": _VERSION,
        "site_url": manifest.site_url,
        "home": manifest.home,
        "places": dict(manifest.places),
        "files": dict(manifest.files),
        "left_out": sorted(manifest.left_out),
    }
    keep(root, _file(name), json.dumps(known, separators=(",", ":")))


def word_of(root: Path, name: str, folder: Path) -> Manifest | None:
    """Return what the last build of the tree of this name has left word of; None where that was no build of this site."""
    try:
        known = json.loads((root / CACHE / _file(name)).read_text("ascii"))
        if known["version"] != _VERSION:
            return None
        manifest = Manifest(
            known["site_url"], known["places"], known["files"], known["home"], frozenset(known["left_out"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return manifest if manifest.is_of(folder) else None


def _file(name: str) -> str:
    return f"{name}.built.json"
