"""The headings of a body as their readers see them, of every level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.text.inline import words_in_line
from handrail.text.markdown import without_code

_HEADING = re.compile(
    r"^ {0,3}(?:#{1,6}[ \t]+(?P<atx>.*)|(?P<setext>\S.*+)\r?\n(?:={2,}|-{2,})[ \t]*(?=\r?$))", re.MULTILINE
)
_ADDRESS = re.compile(r"https?://\S+")


def headings(body: str) -> Iterator[str]:
    """Yield the headings of a body; a page that a link in one names may be one that is withheld, so no address is said.

    One without a letter or number is none.
    """
    for match in _HEADING.finditer(without_code(body)):
        written = body[slice(*match.span(match.lastgroup or 0))]
        found = " ".join(_ADDRESS.sub(" ", words_in_line(written.rstrip(" \t\r").rstrip("#"))).split())
        if any(map(str.isalnum, found)):
            yield found
