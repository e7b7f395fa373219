"""What a site's own navigation says, without the entries of pages that are withheld: nothing warns of them by name, or shows it.

It stands in `mkdocs.yml`, and for plugins that make the navigation in a file of each folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from fnmatch import filter as filter_
from typing import Any
from urllib.parse import unquote

import yaml

from handrail.model.publication import Publication

_PATTERN = re.compile(r"[*?\[]")


def cleared(nav: Any, withheld: Callable[[str], bool]) -> Any:
    """Return what `nav:` says without the entries of pages that are withheld, and groups that held nothing else."""
    if isinstance(nav, str):
        return None if any(map(withheld, _meant(nav))) else nav
    if isinstance(nav, dict):
        entries = {title: cleared(entry, withheld) for title, entry in nav.items()}
        return {title: entry for title, entry in entries.items() if entry not in (None, [], {})} or None
    if isinstance(nav, list):
        return [kept for kept in (cleared(entry, withheld) for entry in nav) if kept is not None]
    return nav


def _meant(entry: str) -> Iterator[str]:
    """Yield the paths that an entry may mean: MkDocs would show its title whether it finds the page or not."""
    path = posixpath.normpath(unquote(re.split(r"[?#]", entry, maxsplit=1)[0])).lstrip("/")
    if _PATTERN.search(path):
        yield path
        return
    bare = path.removesuffix(".html")
    yield from (path, f"{bare}.md", f"{bare}/index.md", f"{bare}/README.md")


def cleared_file(raw: bytes, folder: str, publication: Publication) -> bytes | None:
    """Return what the file of a folder, below that of the pages, says without such entries; None where it names none, or can't be read.

    A pattern is one of them where nothing that is published fits it, and something withheld does.
    """

    def is_withheld(entry: str) -> bool:
        path = posixpath.normpath(posixpath.join(folder, entry))
        if not _PATTERN.search(path):
            return publication.withholds(path)
        return bool(filter_(publication.withheld, path)) and not filter_(publication.paths, path)

    try:
        said = yaml.safe_load(raw)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(said, dict) or "nav" not in said:
        return None
    nav = cleared(said["nav"], is_withheld)
    if nav == said["nav"]:
        return None
    others = {key: value for key, value in said.items() if key != "nav"}
    return yaml.safe_dump(others | ({"nav": nav} if nav else {}), sort_keys=False, allow_unicode=True).encode()
