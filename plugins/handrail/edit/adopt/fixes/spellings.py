"""Links that lead to a file on some machines only: written with backslashes, or in another case than the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.edit.adopt.fixes.addresses import link_to
from handrail.edit.adopt.fixes.edits import Book, Edit
from handrail.model.links import Link, body_links
from handrail.model.names import folded
from handrail.model.page import Page
from handrail.model.site_contents import Lies

_PATH = re.compile(r"[^?#]*")


def backslashes(book: Book, page: Page) -> Iterator[Edit]:
    """Find paths as Windows writes them that lead to a file once their backslashes are slashes."""
    for link in _dead(book, page):
        target = link.written.target
        if "\\" in target:
            found = book.handbook.site.meant(page, target.replace("\\", "/"), from_file=True)
            if found.lies in (Lies.PAGE, Lies.FILE):
                yield _edit(page, link, found.path)


def letter_case(book: Book, page: Page) -> Iterator[Edit]:
    """Find paths that differ from that of just one file by what some disks take for the same."""
    for link in _dead(book, page):
        if "\\" not in link.written.target and not link.written.target.startswith("/"):
            wanted = folded(link.path)
            files = book.handbook.files
            found = [path for path in (*files.pages, *files.assets) if folded(path) == wanted]
            if len(found) == 1:
                yield _edit(page, link, found[0])


def _dead(book: Book, page: Page) -> Iterator[Link]:
    links = body_links(page, book.handbook.site, book.handbook.index)
    return (link for link in links if link.dead and link.written.form == "markdown")


def _edit(page: Page, link: Link, path: str) -> Edit:
    start = page.source.body_offset + link.written.target_at
    written = _PATH.match(link.written.target)
    return Edit(start, start + len(written[0] if written else ""), link_to(page, path))
