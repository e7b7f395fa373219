"""The folder beside a handbook in which Handrail keeps what it can make again: it may be deleted at any time."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

CACHE = Path(".cache", "handrail")
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by Handrail; it may be deleted at any time.\n"
_PACKAGE = Path(__file__).resolve().parents[1]


def make_cache(root: Path) -> Path:
    """Return the folder in a project, marked so that git and backups leave it out; raises OSError where it can't be."""
    folder = root / CACHE
    if link := link_on_the_way(root, folder):
        raise OSError(errno.ELOOP, "it is a symbolic link", str(link))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        if not (folder / name).exists():
            (folder / name).write_text(text, "ascii")
    return folder


def link_on_the_way(root: Path, folder: Path) -> Path | None:
    """Return the first link that stands in the place of a folder: someone may have put it there to be written through."""
    places = [folder, *folder.parents]
    return next((place for place in reversed(places[: places.index(root)]) if place.is_symlink()), None)


def keep(root: Path, name: str, text: str) -> None:
    """Write a file of the cache; where nothing can be written, nothing is kept."""
    with suppress(OSError), written_anew(root, name) as file:
        file.write(text.encode("ascii"))


@contextmanager
def written_anew(root: Path, name: str) -> Iterator[BinaryIO]:
    """Write a file of the cache, which takes the place of the old one when all of it is there; raises OSError where it can't be written."""
    path = make_cache(root) / name
    # Readers see the old file or the new one, also when two commands end at once.
    beside = path.with_name(f"{name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def seal(parts: Iterable[bytes]) -> str:
    """Return a short text that is another one as soon as any of the parts is."""
    whole = blake2b(digest_size=32)
    for part in parts:
        # With its length in front, no part can pass for the end of another.
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def package_text() -> Iterator[bytes]:
    """Yield what Handrail's own files say, which is the same wherever the same is installed."""
    for name, place in _own_files():
        yield name.encode(errors="replace")
        with open(place, "rb") as file:  # noqa: PTH123 - as below
            yield file.read()


def package_state() -> Iterator[bytes]:
    """Yield the state of Handrail's own files.

    Whoever works on a rule changes no version. And as nobody else can know these numbers, nothing that someone has put into
    a repository as ours is ever believed.
    """
    for name, place in _own_files():
        status = os.stat(place)  # noqa: PTH116 - half the time of pathlib
        yield f"{name} {status.st_ino} {status.st_size} {status.st_mtime_ns}".encode(errors="replace")


def _own_files() -> Iterator[tuple[str, str]]:
    for folder, _, names in sorted(os.walk(_PACKAGE)):
        yield from ((name, f"{folder}/{name}") for name in sorted(names) if name.endswith(".py"))
