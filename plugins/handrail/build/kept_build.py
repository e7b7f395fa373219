"""What a build keeps for the next one of the same site: of each page its key and what others ask of it, and the state of every file.

It lies in the project's cache, and counts only for the folder that it was written of, as long as nobody has touched a file there.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from handrail.model.cache import CACHE, keep, package_state, seal
from handrail.model.files import LARGEST, read_whole

_VERSION = 1
_MORE = ("asks_for_texts", "is_whole", "inputs", "said")
Stats = Mapping[str, tuple[int, ...]]
"""Of each file of a folder, by path, its size and times."""


@dataclass(slots=True)
class KeptPage:
    """A page as the last build made it: the keys of its own part and of its whole file, and what is asked of it where it is not made anew.

    `targets` are the files to which it was asked for the way, with their addresses, None where there was none. `found` is what the
    theme's search keeps of it.
    """

    own: str = ""
    whole: str = ""
    title: str = ""
    is_markup: bool = False
    targets: dict[str, str | None] = field(default_factory=dict)
    found: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class KeptBuild:
    """The last build of a site: what all of it depends on, its pages by path, its other files by place, and the state of the folder."""

    common: str
    pages: dict[str, KeptPage]
    files: dict[str, str]
    stats: Stats
    asks_for_texts: bool = False
    """Whether a template shows the texts of other pages than its own, so that all are made each time."""
    is_whole: bool = False
    """Whether every page has a key and nobody warned of anything, so that the same inputs make the same site."""
    inputs: str = ""
    """What was read of the handbook and its settings, in short, and what was `said` on the way; None where it was not to be said."""
    said: str | None = ""

    def is_of(self, site: Path) -> bool:
        """Say whether a folder holds the site as this build left it."""
        return stats_of(site) == self.stats


def stats_of(site: Path) -> dict[str, tuple[int, ...]]:
    """Return the state of every file of a site. What is hidden at the top of it is no part of it: MkDocs leaves that alone."""
    return dict(_stats(str(site), ""))


def _stats(folder: str, prefix: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if not prefix and entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _stats(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, state_of(entry.stat(follow_symlinks=False))


def state_of(status: os.stat_result) -> tuple[int, ...]:
    """Return what is another as soon as a file was written, or replaced by one that is said to be as old."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def sweep(site: Path, kept: Collection[str]) -> None:
    """Delete all of a site but these files, and folders that hold none of them."""
    folders = {""}
    for path in kept:
        folders.update(path[:at] for at, sign in enumerate(path) if sign == "/")
    _sweep(str(site), "", kept, folders)


def _sweep(folder: str, prefix: str, kept: Collection[str], folders: Collection[str]) -> None:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if not prefix and entry.name.startswith("."):
                continue
            if not entry.is_dir(follow_symlinks=False):
                if path not in kept:
                    Path(entry.path).unlink()
            elif path in folders:
                _sweep(entry.path, f"{path}/", kept, folders)
            else:
                shutil.rmtree(entry.path)


def recall(root: Path, name: str, site: Path) -> KeptBuild | None:
    """Return what the last build of the tree of this name has kept; None where it was none by this installation into this folder."""
    try:
        known = json.loads(read_whole(root / CACHE / _file(name), LARGEST))
        if known["version"] != _VERSION or known["site"] != os.fspath(site) or known["by"] != _installation():
            return None
        pages = {src_uri: KeptPage(**page) for src_uri, page in known["pages"].items()}
        stats = {path: tuple(state) for path, state in known["stats"].items()}
        more = {name: known[name] for name in _MORE}
        return KeptBuild(known["common"], pages, known["files"], stats, **more)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def remember(root: Path, name: str, site: Path, build: KeptBuild) -> None:
    """Keep a build for the next one; where nothing can be written, nothing is kept."""
    known = {
        "version": _VERSION,
        "site": os.fspath(site),
        "by": _installation(),
        "common": build.common,
        "pages": {src_uri: asdict(page) for src_uri, page in build.pages.items()},
        "files": build.files,
        "stats": build.stats,
        **{name: getattr(build, name) for name in _MORE},
    }
    keep(root, _file(name), json.dumps(known, separators=(",", ":")))


def forget(root: Path, name: str) -> None:
    """Let nothing be believed of a site that is being written; raises OSError where what is kept can't be deleted."""
    (root / CACHE / _file(name)).unlink(missing_ok=True)


def _installation() -> str:
    return seal(package_state())


def _file(name: str) -> str:
    return f"{name}.kept.json"
