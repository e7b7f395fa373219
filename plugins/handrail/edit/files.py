"""Writes files of the handbook: a reader finds the old page or the new one, whatever happens in between.

The new text is written whole into a dot-file beside the page, which no reader takes for one, and then takes its name.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handrail.errors import UsageError


def create(path: Path, content: str | bytes) -> None:
    """Write a new file; raises UsageError where there is one already, whoever made it and however lately."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, content.encode() if isinstance(content, str) else content) as written:
        try:
            _name(written, path)
        except FileExistsError as error:
            raise UsageError(f"{path.name} is already there in {path.parent.name}, and is left as it is.") from error
    _settle(path.parent)


def put(path: Path, text: str) -> None:
    """Write a file that is Handrail's own, whether it is there already or not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, text.encode()) as written:
        if path.exists():
            written.chmod(stat.S_IMODE(path.stat().st_mode))
        written.replace(path)
    _settle(path.parent)


def replace(folder: Path, src_uri: str, before: bytes, after: bytes) -> None:
    """Write a page of `folder` that was read as `before`; its mode stays.

    Raises UsageError where the page has changed or gone meanwhile, or is reached through a link.
    """
    path = folder / src_uri
    mode = _mode(folder, src_uri)
    with _beside(path, after) as written:
        written.chmod(mode)
        _mode(folder, src_uri)
        if path.read_bytes() != before:
            raise changed(src_uri)
        written.replace(path)
    _settle(path.parent)


def changed(src_uri: str) -> UsageError:
    """Return what says that someone else has written a page since it was read."""
    return UsageError(f"{src_uri} has changed since it was read, and is left as it is; run the command again.")


def _mode(folder: Path, src_uri: str) -> int:
    """Return a page's mode; raises UsageError where it is no file, or anything on the way to it is a link."""
    place, mode = folder, 0
    for part in src_uri.split("/"):
        place /= part
        try:
            mode = place.lstat().st_mode
        except FileNotFoundError as error:
            raise UsageError(f"{src_uri} is no longer there.") from error
        if stat.S_ISLNK(mode):
            where = place.relative_to(folder).as_posix()
            raise UsageError(f"{where} is a link, and nothing is written through links.")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{src_uri} is no file.")
    return stat.S_IMODE(mode)


def _name(written: Path, path: Path) -> None:
    """Give a file the name of a page that is not there yet; raises FileExistsError where it is."""
    try:
        path.hardlink_to(written)
    except FileExistsError:
        raise
    except OSError:
        # Where the disk knows no second name for a file, an empty one keeps the name until the text takes it.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        written.replace(path)


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """Write data to the disk, in a file beside `path` that is gone afterwards unless it took a name of its own."""
    written = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            descriptor = os.open(written, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
            with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            # People know the page by its name, and nothing of the file beside it.
            raise OSError(error.errno, error.strerror, str(path)) from error
        yield written
    finally:
        written.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Wait until a folder's names are on the disk, where the system lets a folder be opened."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
