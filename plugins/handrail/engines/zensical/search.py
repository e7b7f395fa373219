"""The finder in front of Zensical's search, which is asked in another way than Material's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handrail.engines.finder import Search, in_place_of
from handrail.pages.generated import finder

_ASSETS = Path(__file__).resolve().parents[2] / "pages" / "assets"
_WORKER = "finder-zensical.js"


class ZensicalSearch(Search):
    """The search of a site that Zensical makes."""

    def worker(self, theirs: str) -> str:
        return f"{_WORKER}?{in_place_of(theirs)}"

    def program(self, folder: str) -> str:
        del folder
        return ""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield what it needs beside the finder's own files, by place on the site."""
        yield f"{finder.FOLDER}/{_WORKER}", (_ASSETS / _WORKER).read_bytes()
