"""Puts the strip of a preview onto the pages of a site that MkDocs has made."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from handrail.report.plain import without_surrogates

_BODY = re.compile(r"<body\b[^>]*>")
_CONTAINER = re.compile(r"""<div\b[^<>]*\bdata-md-component=["']?container\b[^<>]*>""")
"""What the theme Material puts in the place of the old page's when it loads a page without leaving the one before."""
_BEGIN, _END = "<!--handrail-preview-->", "<!--/handrail-preview-->"
_MARK = re.compile(f"{_BEGIN}.*?{_END}", re.DOTALL)


def mark(site_dir: Path, strip_of: Callable[[str], str]) -> None:
    """Write its strip onto every page of a site; `strip_of` returns that of a file, or nothing where it has none."""
    for path in site_dir.rglob("*.html"):
        # A site may hold HTML of any encoding, which is only passed through.
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        marked = _MARK.sub("", text)
        if strip := without_surrogates(strip_of(path.relative_to(site_dir).as_posix())):
            at = _CONTAINER.search(marked) or _BODY.search(marked)
            marked = f"{marked[: at.end()]}{_BEGIN}{strip}{_END}{marked[at.end() :]}" if at else marked
        if marked != text:
            path.write_bytes(marked.encode("utf-8", "surrogateescape"))
