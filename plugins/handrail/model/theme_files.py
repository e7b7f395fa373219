"""The files of the site's theme: no strangers in a finished site, and there for whoever leads to them."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

_TEMPLATES = (".html", ".xml")
_KEPT_BACK = re.compile(
    r"\..*|.*/\..*|.*\.pyc?|.*readme.*|mkdocs_theme\.yml|locales/.*|.*\.(?:md|markdown|mdown|mkdn|mkd)", re.IGNORECASE
)
"""What lies in the folders of themes and is not put on a site."""
_MOST_PARENTS = 8


class ThemeFiles:
    """The files of an installed theme, of those that it extends, and of the site's own folder of templates."""

    def __init__(self, name: str, custom_dir: Path | None = None) -> None:
        self._name = name
        self._custom = custom_dir
        self._asked: dict[str, bool] = {}

    @cached_property
    def is_known(self) -> bool:
        """Whether all its files lie here: it is installed, or the site has none but its own templates."""
        return any(folder != self._custom or not self._name for folder in self.folders)

    @cached_property
    def folders(self) -> list[Path]:
        """The folders that the theme's files lie in, the site's own first."""
        found = [self._custom] if self._custom is not None and self._custom.is_dir() else []
        name = self._name
        for _ in range(_MOST_PARENTS):
            folder = _installed(name)
            if folder is None or folder in found:
                break
            found.append(folder)
            name = _extended(folder)
        return found

    def brings(self, path: str) -> bool:
        """Say whether a path on the site is that of a file of the theme, or of a page that it makes by itself."""
        if path not in self._asked:
            self._asked[path] = self._brings(path)
        return self._asked[path]

    def _brings(self, path: str) -> bool:
        if path.startswith("/") or ".." in path.split("/") or _KEPT_BACK.fullmatch(path):
            return False
        if posixpath.splitext(path)[1].lower() in _TEMPLATES:
            return path in self._pages
        try:
            return any((folder / path).is_file() for folder in self.folders)
        except (OSError, ValueError):  # a link may name what no disk takes for a name
            return False

    @cached_property
    def _pages(self) -> frozenset[str]:
        """The templates of which the theme makes pages, such as one for its search."""
        return frozenset(page for folder in self.folders for page in _pages_of(_settings(folder)))

    def state(self) -> Iterator[bytes]:
        """Yield what says which files these are; those of an installed theme change only with its folder."""
        for folder in self.folders:
            status = folder.stat()
            yield f"{folder} {status.st_ino} {status.st_mtime_ns}".encode(errors="surrogateescape")
            if folder == self._custom:
                yield from (os.fsencode(file) for file in sorted(folder.rglob("*")))

    def is_unchanged(self, path: str, raw: bytes) -> bool:
        """Say whether a file of the site is the theme's own, byte for byte."""
        for folder in self.folders if ".." not in path.split("/") else ():
            file = folder / path
            if file.is_file() and file.stat().st_size == len(raw) and file.read_bytes() == raw:
                return True
        return False

    def names(self, path: str) -> bool:
        """Say whether a template of the theme as it is installed names a file of the site."""
        return any(path in text for text in self.texts(installed=True))

    def texts(self, *, installed: bool = False) -> Iterator[str]:
        """Yield the texts of the theme's templates; where `installed`, without those of the site's own folder."""
        for folder in self.folders:
            if installed and folder == self._custom:
                continue
            for file in sorted(folder.rglob("*.html")):
                yield file.read_text("utf-8", "replace")


def _installed(name: str) -> Path | None:
    """Return the folder of an installed theme, as it tells MkDocs; nothing of MkDocs is loaded for it."""
    module = next((entry.module for entry in entry_points(group="mkdocs.themes", name=name)), "")
    package, *below = module.split(".")
    try:
        # To look for what lies below a package would load the package.
        spec = find_spec(package) if package else None
    except (ImportError, ValueError):
        return None
    places = [Path(place, *below) for place in spec.submodule_search_locations or ()] if spec is not None else []
    return next((place for place in places if place.is_dir()), None)


def _extended(folder: Path) -> str:
    """Return the name of the theme that another one extends."""
    parent = _settings(folder).get("extends")
    return parent if isinstance(parent, str) else ""


def _pages_of(settings: dict[str, Any]) -> Iterator[str]:
    said = settings.get("static_templates")
    yield from (page for page in (said if isinstance(said, list) else ()) if isinstance(page, str))
    if settings.get("include_search_page"):
        yield "search.html"


def _settings(folder: Path) -> dict[str, Any]:
    """Return what a theme says of itself."""
    try:
        said = yaml.safe_load((folder / "mkdocs_theme.yml").read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return said if isinstance(said, dict) else {}
