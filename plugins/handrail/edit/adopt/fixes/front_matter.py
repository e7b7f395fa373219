"""Fields at the top of pages that no reader takes for fields, though nobody could mean anything else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from handrail.edit.adopt.block_yaml import block_lines
from handrail.edit.adopt.fixes.edits import Book, Edit
from handrail.model.page import Page
from handrail.text.frontmatter import split
from handrail.text.source import read_source

_DESCRIPTION = re.compile(r"(?:(?<=[\r\n])|\A)Description(?=[ \t]*:[ \t])")
_HAS_DESCRIPTION = re.compile(r"(?:(?<=[\r\n])|\A)description[ \t]*:")
_TOML = re.compile(r"\+\+\+[ \t]*(?P<end>\r\n|\n)(?P<fields>.*?)(?:(?<=\n))\+\+\+[ \t]*(?=[\r\n]|\Z)", re.DOTALL)


def description(book: Book, page: Page) -> Iterator[Edit]:
    """Find `Description:`, which is read by its small letters only."""
    del book
    text = page.source.text
    parts = split(text)
    if parts.start is None or _HAS_DESCRIPTION.search(text, parts.start, parts.end):
        return
    found = list(_DESCRIPTION.finditer(text, parts.start, parts.end))
    if len(found) == 1:
        at = found[0].start()
        edit = Edit(at, at + 1, "d")
        after = read_source((text[:at] + "d" + text[at + 1 :]).encode())
        if after.readable and isinstance(after.data.get("description"), str):
            yield edit


def toml(book: Book, page: Page) -> Iterator[Edit]:
    """Find fields between `+++`, as Hugo reads them, that say the same as fields between `---`."""
    del book
    text = page.source.text
    match = _TOML.match(text)
    if match is None or "#" in match["fields"]:
        return  # a comment would get lost
    try:
        fields = tomllib.loads(match["fields"].replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return
    lines = ["---", *(block_lines(fields) if fields else []), "---"]
    written = match["end"].join(lines)
    after = read_source((written + text[match.end() :]).encode())
    if after.has_front_matter and after.readable and not after.problems:
        yield Edit(0, match.end(), written)
