"""One build at a time: of two that write into one folder, be it the site or the copy of the pages, the second waits.

MkDocs empties the site's folder when it begins, so two at once would each find half of what they wrote.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import click
from filelock import FileLock, Timeout

from handrail.model.cache import make_cache


class Turn:
    """The turn of one build, in every folder that it writes into."""

    def __init__(self) -> None:
        self._locks: list[FileLock] = []

    def take(self, root: Path, folder: Path) -> None:
        """Wait until no other build of the project in `root` writes into a folder; where no lock can be kept, go on."""
        with suppress(OSError, NotImplementedError):
            name = blake2b(os.path.realpath(folder).encode(errors="surrogateescape"), digest_size=8).hexdigest()
            lock = FileLock(make_cache(root) / f"turn-{name}.lock")
            try:
                lock.acquire(blocking=False)
            except Timeout:
                click.echo(f"Another build is writing into {folder}; this one waits for it.", err=True)
                lock.acquire()
            self._locks.append(lock)

    def end(self) -> None:
        """Let the next build go on."""
        while self._locks:
            self._locks.pop().release(force=True)
