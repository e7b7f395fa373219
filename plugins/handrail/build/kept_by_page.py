"""One file of the cache that holds something for each page of a site, as data, and of which only what is asked for is read.

What is new is written aside at once, so that nothing of it lies in memory. It takes its place in the file when all of it is there.
"""

from __future__ import annotations

import json
import struct
import tempfile
import zlib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from handrail.model.cache import CACHE, make_cache, package_state, seal, written_anew
from handrail.model.files import LARGEST

_LENGTH = struct.Struct("<Q")
"""The end of the file: how long the list before it is, which says what lies where."""
_MOST = 1 << 24
"""Bytes of one page; what has more is not kept."""
_QUICKLY = 1
"""How hard it is compressed: two fifths of the size for a fiftieth of the time that Markdown takes."""
_DAMAGE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, struct.error, zlib.error)
Places = dict[str, tuple[int, int]]
"""Of each page, by path, where what is kept of it begins and how long it is."""


class KeptByPage:
    """What is kept of each page of a site, for as long as what is `common` to all of them is the same.

    What another installation has kept counts only where `is_trusted` says so: it may have come with the repository.
    """

    def __init__(self, root: Path, name: str, common: str, is_trusted: Callable[[], bool]) -> None:
        self._root, self._name, self._common = root, name, common
        self._by = seal(package_state())
        self._file: BinaryIO | None = None
        self._known: Places = {}
        self._is_as_written = False
        self._aside: BinaryIO | None = None
        self._new: Places = {}
        # While pages are made, nothing of the cache can be opened.
        with suppress(OSError):
            self._aside = tempfile.TemporaryFile(dir=make_cache(root))  # noqa: SIM115 - closed at the end
        with suppress(*_DAMAGE):
            self._open(root / CACHE / name, is_trusted)

    def _open(self, path: Path, is_trusted: Callable[[], bool]) -> None:
        if not path.is_file():
            return
        file = path.open("rb")
        try:
            file.seek(-_LENGTH.size, 2)
            end = file.tell()
            (length,) = _LENGTH.unpack(file.read())
            if length > LARGEST:
                return
            file.seek(end - length)
            written = json.loads(file.read(length))
            is_own = written["by"] == self._by
            if written["common"] == self._common and (is_own or is_trusted()):
                known = {page: (at, size) for page, (at, size) in written["pages"].items()}
                if all(0 <= at <= end and 0 <= size <= _MOST for at, size in known.values()):
                    self._known, self._file, self._is_as_written = known, file, is_own
        finally:
            if self._file is None:
                file.close()

    def __contains__(self, page: str) -> bool:
        return page in self._known

    def get(self, page: str) -> Any:
        """Return what is kept of a page; None where there is nothing."""
        if page not in self._known:
            return None
        try:
            return json.loads(zlib.decompressobj().decompress(_read(self._file, self._known[page]), _MOST))
        except _DAMAGE:
            return None

    def put(self, page: str, data: Any) -> None:
        """Keep data of a page, instead of what was kept of it before."""
        self.drop(page)
        if self._aside is None:
            return
        content = json.dumps(data, separators=(",", ":")).encode("ascii")
        if len(content) > _MOST:
            return
        packed = zlib.compress(content, _QUICKLY)
        with suppress(OSError):
            place = self._aside.tell(), len(packed)
            self._aside.write(packed)
            self._new[page] = place

    def drop(self, page: str) -> None:
        """Keep nothing of a page any more."""
        self._new.pop(page, None)
        if self._known.pop(page, None) is not None:
            self._is_as_written = False

    def end(self, pages: Collection[str]) -> None:
        """Write down what is kept of these pages; of others nothing is kept from now on."""
        for page in {*self._known, *self._new}.difference(pages):
            self.drop(page)
        if self._aside is not None and (self._new or not self._is_as_written):
            with suppress(OSError), written_anew(self._root, self._name) as file:
                self._write(file)
                self.close()  # else not every system would let it be replaced
        self.close()

    def _write(self, file: BinaryIO) -> None:
        places: Places = {}
        for source, known in ((self._file, self._known), (self._aside, self._new)):
            for page, place in known.items():
                places[page] = file.tell(), place[1]
                file.write(_read(source, place))
        written: Mapping[str, Any] = {"by": self._by, "common": self._common, "pages": places}
        index = json.dumps(written, separators=(",", ":")).encode("ascii")
        file.write(index + _LENGTH.pack(len(index)))

    def close(self) -> None:
        """Let go of what is open; what is new and was not written down is lost."""
        for file in (self._file, self._aside):
            if file is not None:
                with suppress(OSError):
                    file.close()
        self._file = self._aside = None


def _read(file: BinaryIO | None, place: tuple[int, int]) -> bytes:
    if file is None:
        return b""
    file.seek(place[0])
    return file.read(place[1])
