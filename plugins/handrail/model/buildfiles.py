"""Finds the files and folders that decide what a build does, as far as `mkdocs.yml` names them.

A program, a template or a style runs at each build or stands on each page, whoever owns the folder that it lies in. The
navigation is left out, for it names pages. A value counts as a file's name where there is such a file: no list of keys
would hold for plugins and extensions that nobody here knows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, product
from pathlib import Path
from typing import Any

from handrail.rendering.extensions import Tagged
from handrail.text.source import SUFFIXES

_OF_PAGES = ("nav", "docs_dir", "site_dir")
"""Keys that name pages, or what is made of them."""
_FOLDERS = re.compile(r"(?:\w+_)?(?:dir|path|folder)s?|watch", re.IGNORECASE)
"""Keys that name folders; a folder's name elsewhere is as likely the name of a plugin or a language."""
_FOLDERS_OF_PARTS = re.compile(r"base_path|include_dir")
"""Keys that name folders of text that goes into many pages."""
_RESULTS = re.compile(r"\w*cache\w*|output\w*", re.IGNORECASE)
"""Keys that name what a build writes, which may lie here or not."""
_RELATIVE = re.compile(r"\$(config|docs)_dir(?:/(.*))?")
_LONGEST = 255
"""The most bytes of a name that a file may have."""


def plugins_in(config: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Return the names of the plugins with their options, whether `plugins` is a list or a mapping."""
    return _entries(config.get("plugins"))


def build_files(
    config: Mapping[str, Any], root: Path, docs_dir: Path, ours: str, named: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return what decides a build, by path from the project's root, sorted; a folder's path ends in `/`.

    Our own plugin's options, whose name is `ours`, are left out: they name pages. `named` are files of the folder of
    pages that the site's look is made of. A path outside the project begins with `..`; nothing holds the folder of pages.
    """
    found = _Finder(config, root, docs_dir, ours)
    places = chain((docs_dir / name for name in named), found.places())
    return tuple(sorted({_written(place, root) for place in places if not docs_dir.is_relative_to(place)}))


class _Finder:
    """Finds what one configuration names."""

    def __init__(self, config: Mapping[str, Any], root: Path, docs_dir: Path, ours: str) -> None:
        self._config = config
        self._root = root
        self._docs_dir = docs_dir
        self._plugins = [(name, options) for name, options in plugins_in(config) if name != ours]

    def places(self) -> Iterator[Path]:
        """Yield every place, some of them twice."""
        return chain(self._valued(), self._programs(), self._appended())

    def _valued(self) -> Iterator[Path]:
        """Yield what a value names, where it is there."""
        settings = {key: value for key, value in self._config.items() if key not in (*_OF_PAGES, "plugins")}
        for key, value in _texts({**settings, "plugins": self._plugins}, ""):
            place = self._place(value)
            if place is not None and place.is_dir():
                if self._is_for_builds(key, place):
                    yield place
            else:
                of_a_theme = self._place(value, self._docs_dir) if isinstance(value, str) else None
                yield from (file for file in (place, of_a_theme) if file is not None and self._is_no_page(file))

    def _is_for_builds(self, key: str, folder: Path) -> bool:
        """Say whether a folder is one, by the key that names it: among the pages, most keys name folders of pages."""
        keys = _FOLDERS_OF_PARTS if folder.is_relative_to(self._docs_dir) else _FOLDERS
        return keys.fullmatch(key) is not None

    def _is_no_page(self, place: Path) -> bool:
        is_page = place.is_relative_to(self._docs_dir) and place.suffix.lower() in SUFFIXES
        return place.is_file() and not is_page

    def _programs(self) -> Iterator[Path]:
        """Yield where Python looks for what runs at each build, whether or not it is there now."""
        for _, hook in _texts(self._config.get("hooks"), ""):
            if isinstance(hook, str):
                yield (self._root / hook).parent  # where Python looks first for whatever the program names
        for name, options in self._plugins:
            if name == "macros":
                module = options.get("module_name") if isinstance(options, Mapping) else None
                place = self._root / (module if isinstance(module, str) and module else "main")
                yield from (place, place.with_name(f"{place.name}.py"))

    def _appended(self) -> Iterator[Path]:
        """Yield what snippets put at the end of every page, which may be a page itself."""
        for name, options in _entries(self._config.get("markdown_extensions")):
            if name == "pymdownx.snippets" and isinstance(options, Mapping):
                bases = [self._place(value) for _, value in _texts(options.get("base_path"), "")]
                appended = [
                    str(value) for _, value in _texts(options.get("auto_append"), "") if _can_be_a_name(str(value))
                ]
                for base, path in product(bases or [self._root, self._docs_dir], appended):
                    if base is not None and (base / path).is_file():
                        yield base / path

    def _place(self, value: str | Tagged, base: Path | None = None) -> Path | None:
        """Return where a value leads, from the project's folder unless it says another; None where it leads nowhere."""
        base, name = base or self._root, value
        if isinstance(name, Tagged):
            found = _RELATIVE.fullmatch(str(name.value)) if name.tag == "!relative" else None
            base, name = (self._docs_dir if found[1] == "docs" else base, found[2] or ".") if found else (base, "")
        return Path(os.path.normpath(base / name)) if _can_be_a_name(name) else None


def _can_be_a_name(text: str) -> bool:
    """Say whether a text can name something in a repository; systems refuse to be asked about some others."""
    is_somewhere = bool(text.strip()) and not Path(text).is_absolute()
    return is_somewhere and "\0" not in text and len(text.encode("utf-8", "replace")) <= _LONGEST


def _written(place: Path, root: Path) -> str:
    path = Path(os.path.relpath(place, root)).as_posix()
    return path + "/" if place.is_dir() else path


def _entries(listed: Any) -> list[tuple[Any, Any]]:
    if isinstance(listed, Mapping):
        return list(listed.items())
    found: list[tuple[Any, Any]] = []
    for entry in listed if isinstance(listed, list) else ():
        found += entry.items() if isinstance(entry, Mapping) else [(entry, None)]
    return found


def _texts(value: Any, key: str) -> Iterator[tuple[str, str | Tagged]]:
    """Yield every text in a value, with the key that it stands under; what a build writes is stepped over."""
    if isinstance(value, str | Tagged):
        yield key, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if not _RESULTS.fullmatch(str(name)):
                yield from _texts(item, str(name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item, key)
