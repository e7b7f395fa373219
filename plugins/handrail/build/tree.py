"""What an engine is given to read: a folder of just what may be published, and of the pages that Handrail makes.

What no engine sees, nothing can publish: every plugin, theme and extension that goes by the folder of pages finds this tree and no
more, on every handbook, whether it withholds anything or not. Each file has a place on the disk, so that whatever reads files can. The
tree lies in the project's `.cache`, and is brought up to date: written where bytes differ, with the times of the originals,
and rid of what is no longer listed.
"""

from __future__ import annotations

import os
import posixpath
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from handrail.build.artefacts import Artefact
from handrail.build.build import Build
from handrail.build.nav_entries import cleared_file
from handrail.errors import HandrailError
from handrail.faults import system
from handrail.model.cache import CACHE, link_on_the_way, make_cache
from handrail.model.files import read_bytes
from handrail.model.occupied import Occupied
from handrail.model.page import Page
from handrail.model.project import Project
from handrail.web.published import prepared

_CHUNK = 1 << 16
# A pipe would wait for whoever writes into it. Not every machine has each of these.
_READING = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _READING |= getattr(os, _flag, 0)


Content = bytes | Callable[[], bytes] | None
"""What a file is to hold, or what makes that when its turn comes, for all texts at once would fill the memory; None for what its original holds."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Where it lies: `pages` is the folder that an engine reads, `files` what Handrail makes beside pages, by place on the site.

    `as_written` are the pages, by path, whose text is that of the author's own file.
    """

    pages: Path
    files: Path
    as_written: frozenset[str]


def tree_name(project: Project) -> str:
    """Return what the tree of a site is called: each audience sees something else."""
    return f"{project.config_file.stem}-{project.settings.audience}"


def place_of(root: Path, name: str) -> Path:
    """Return where the pages of the tree of this name lie in a project."""
    return root / CACHE / name


def grow(build: Build, name: str, beside: Iterable[str] = ()) -> Tree:
    """Bring the tree of this name up to date and return it; raises HandrailError where it can't be written.

    The text of pages is the one that was read and judged, whatever the file holds by now, and names nothing withheld. `beside` are files
    that others have put there since, and that stay.
    """
    handbook, publication = build.handbook, build.publication
    folder = place_of(handbook.project.root, name)
    pages = [page for page in handbook.pages if page.src_uri in publication.readable]
    as_written: set[str] = set()

    def content_of(page: Page) -> bytes:
        text = prepared(handbook, page, build.shown.shows, build.withheld)
        if text == page.source.text:
            as_written.add(page.src_uri)
        return text.encode()

    texts = {page.src_uri: partial(content_of, page) for page in pages}
    made = {one.src_uri: one.text for one in build.generated.values()}
    files = dict.fromkeys((*publication.readable.difference(texts), *publication.folder_settings))
    theirs: dict[str, Content] = {**files, **publication.altered, **texts, **dict(_settings_of_folders(build))}
    # The addresses of our pages are claimed, also where somebody has a folder of such a name.
    ours = Occupied(made)
    wanted = {path: content for path, content in theirs.items() if not ours.has(path)}
    wanted |= {path: text.encode for path, text in made.items()}
    bring_up(handbook.project, folder, wanted, handbook.project.docs_dir, frozenset(beside))
    return Tree(folder, folder.with_name(f"{name}.files"), frozenset(as_written))


def _settings_of_folders(build: Build) -> Iterator[tuple[str, bytes]]:
    """Yield those by which plugins order folders that name what is withheld, without it."""
    for path in build.publication.folder_settings if build.withheld else ():
        raw = read_bytes(build.handbook.project.docs_dir, path)
        said = cleared_file(raw, posixpath.dirname(path), build.publication) if raw is not None else None
        if said is not None:
            yield path, said


def add_files(build: Build, tree: Tree, made: Iterable[Artefact]) -> dict[str, Path]:
    """Write what is made beside pages, and return where each file lies, by its place on the site."""
    here = {one.place: one.content for one in made}
    texts: dict[str, Content] = {
        place: content.encode if isinstance(content, str) else content
        for place, content in here.items()
        if not isinstance(content, Path)
    }
    bring_up(build.handbook.project, tree.files, texts, tree.files)
    return {place: content if isinstance(content, Path) else tree.files / place for place, content in here.items()}


def bring_up(
    project: Project,
    folder: Path,
    wanted: Mapping[str, Content],
    origin: Path,
    beside: frozenset[str] = frozenset(),
) -> None:
    """Make a folder hold just what is wanted, by path; `origin` is the folder of the originals. Raises HandrailError where it can't.

    What lies there by the paths `beside` is left alone.
    """
    try:
        if folder.is_relative_to(project.root):
            _refuse_links(project.root, folder)
        make_cache(project.root)
        folder.mkdir(parents=True, exist_ok=True)
        _sync(origin, folder, wanted, beside)
    except OSError as error:
        error.filename = error.filename or str(folder)
        message = f"{system(error)} A site is made of what Handrail writes there; let it be written."
        raise HandrailError(message) from error


def _refuse_links(root: Path, folder: Path) -> None:
    """Raise where a link stands in the place of a folder that the copy is written into."""
    if link := link_on_the_way(root, folder):
        message = f"{link} is a symbolic link, and nothing is written through one; delete it."
        raise HandrailError(message)


def _sync(origin: Path, folder: Path, wanted: Mapping[str, Content], beside_it: frozenset[str]) -> None:
    """Make the folder hold just what is wanted."""
    folders = {""}
    kept = wanted.keys() | beside_it
    for path in kept:
        folders.update(path[:at] for at, sign in enumerate(path) if sign == "/")
    _clear(folder, "", kept, folders)
    for path in sorted(folders):
        (folder / path).mkdir(exist_ok=True)
    # Beside the copy: another build of the same site may be clearing it.
    beside = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    for path, content in wanted.items():
        # As texts: of a thousand pages, making paths of them takes longer than reading the files.
        original, target = f"{origin}/{path}", f"{folder}/{path}"
        with suppress(FileNotFoundError), _opened(original, content) as source:
            _bring(source, target, beside)
            if original != target:
                with suppress(OSError):
                    _date(original, target)
            continue
        Path(target).unlink(missing_ok=True)  # it has gone meanwhile


def _clear(folder: Path, prefix: str, wanted: AbstractSet[str], folders: set[str]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if path in folders:
                    _clear(Path(entry.path), f"{path}/", wanted, folders)
                else:
                    shutil.rmtree(entry.path)
            elif path not in wanted or not entry.is_file(follow_symlinks=False):
                Path(entry.path).unlink(missing_ok=True)


def _opened(original: str, content: Content) -> BinaryIO:
    """Return what is to be copied; a link or pipe in the place of the original is as good as nothing."""
    if content is not None:
        return BytesIO(content if isinstance(content, bytes) else content())
    try:
        handle = os.open(original, _READING)
    except OSError as error:
        raise FileNotFoundError(error.errno, error.strerror, original) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileNotFoundError(original)
    return os.fdopen(handle, "rb")


def _bring(source: BinaryIO, target: str, beside: Path) -> None:
    """Write a file in one step, unless it holds these bytes already."""
    if _holds(target, source):
        return
    source.seek(0)
    try:
        with beside.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _holds(target: str, source: BinaryIO) -> bool:
    """Say whether a file is there and holds the same as another; what else was there has been cleared away."""
    try:
        there = open(target, "rb")  # noqa: PTH123, SIM115 - see the one who asks; it is closed below
    except FileNotFoundError:
        return False
    with there:
        while True:
            one, other = source.read(_CHUNK), there.read(_CHUNK)
            if one != other:
                return False
            if not one:
                return True


def _date(original: str, copy: str) -> None:
    """Give a copy the time of its original, by which a dirty build knows what has changed."""
    modified = os.lstat(original).st_mtime_ns
    if os.stat(copy).st_mtime_ns != modified:  # noqa: PTH116
        os.utime(copy, ns=(modified, modified))
