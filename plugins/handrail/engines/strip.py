"""Puts the strip of a preview onto the pages of a site that MkDocs has made."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from handrail.report.plain import without_surrogates
from handrail.text.html_page import tags, top_of_head

_BEGIN, _END = "<!--handrail-preview-->", "<!--/handrail-preview-->"
_MARK = re.compile(f"{_BEGIN}.*?{_END}", re.DOTALL)


def _top_of_body(page: str) -> int | None:
    """Return where what a page shows begins; None where it is no whole page.

    That is within what the theme Material puts in the place of the old page's when it loads one without leaving the one before.
    """
    body = top_of_head(page)
    for tag, _, end in tags(page):
        if tag.name == "div" and tag.value("data-md-component") == "container" and not tag.is_end:
            return end
        if (tag.name == "body" and not tag.is_end) or (tag.name == "head" and tag.is_end and body is not None):
            body = end
    return body


def mark(site_dir: Path, strip_of: Callable[[str], str]) -> None:
    """Write its strip onto every page of a site; `strip_of` returns that of a file, or nothing where it has none."""
    for path in site_dir.rglob("*.html"):
        # A site may hold HTML of any encoding, which is only passed through.
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        marked = _MARK.sub("", text)
        if strip := without_surrogates(strip_of(path.relative_to(site_dir).as_posix())):
            at = _top_of_body(marked)
            marked = f"{marked[:at]}{_BEGIN}{strip}{_END}{marked[at:]}" if at is not None else marked
        if marked != text:
            path.write_bytes(marked.encode("utf-8", "surrogateescape"))
