"""What a page of Zensical's tree says of itself to our extension of Markdown: one line above its text, as data.

It stands in the page, so that Zensical, which keeps what it made of a page for as long as the page's bytes stay, makes it anew when
any of it changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from handrail.engines.completion import Completion
from handrail.pages.surround import Heading, Surround
from handrail.text.hosts import LetIn

_BEGIN, _END = "<!--handrail ", "-->"
_LINE = re.compile(rf"{_BEGIN}(?P<data>\{{.*\}}){_END}")
# Whoever looks for tags or the end of the comment finds nothing in it.
_INERT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&-"}


@dataclass(frozen=True, slots=True)
class PageRecord:
    """Where a page lies in the handbook and in the tree, its address, what is done to its HTML, and `seal`, another one when anything of it is."""

    src_uri: str
    path: str
    url: str
    completion: Completion
    seal: str = ""

    def line(self) -> str:
        """Return the line that stands above a page's text."""
        said = self.completion
        around = asdict(said.around) if said.around is not None else None
        known: dict[str, Any] = {
            "src_uri": self.src_uri,
            "path": self.path,
            "url": self.url,
            "seal": self.seal,
            "is_trusted": said.is_trusted,
            "keeping": sorted(said.keeping),
            "pictures": sorted(said.let_in.pictures),
            "frames": sorted(said.let_in.frames),
            "names_another": said.names_another,
            "is_titled": said.is_titled,
            "views": dict(said.views),
            "around": around,
            "below": said.below,
        }
        return f"{_BEGIN}{json.dumps(known, separators=(',', ':')).translate(_INERT)}{_END}"


def read_line(line: str) -> PageRecord | None:
    """Read the line above a page's text; None where it is none of ours."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    known = json.loads(match["data"])
    completion = Completion(
        is_trusted=known["is_trusted"],
        keeping=frozenset(known["keeping"]),
        let_in=LetIn(frozenset(known["pictures"]), frozenset(known["frames"])),
        names_another=known["names_another"],
        is_titled=known["is_titled"],
        views=known["views"],
        around=_surround(known["around"]) if known["around"] is not None else None,
        below=known["below"],
    )
    return PageRecord(known["src_uri"], known["path"], known["url"], completion, known["seal"])


def _surround(said: Mapping[str, Any]) -> Surround:
    def headings(found: list[dict[str, Any]]) -> tuple[Heading, ...]:
        return tuple(Heading(**one) for one in found)

    return Surround(
        said["above"],
        said["heading"],
        said["below"],
        headings(said["before"]),
        Heading(**said["text"]),
        headings(said["after"]),
    )
