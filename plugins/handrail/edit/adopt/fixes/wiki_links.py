"""Links in double brackets, as notebooks and wikis write them, where the handbook has just one page or picture of that name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.edit.adopt.fixes.edits import Book, Edit
from handrail.model.page import Page
from handrail.rules.hb2_body import foreign_links
from handrail.rules.suggestions import link_named

_WRITTEN = re.compile(r"!?\[[^\[\]<>`]+\]\([^\s()<>\[\]]+\)|\[\[[^\[\]]+\]\]")
"""A link that means nothing else wherever it stands."""


def wiki_links(book: Book, page: Page) -> Iterator[Edit]:
    """Find links in double brackets that name one page, or show one picture."""
    base, body = page.source.body_offset, page.source.body
    for written, is_picture in foreign_links(book.handbook, page):
        link = link_named(book.handbook, page, written, is_picture=is_picture)
        if link is None or not _WRITTEN.fullmatch(link) or link.startswith("!") is not is_picture:
            continue  # a page that is to be shown within another one would become a link
        if written.text is not None and written.text not in body[written.offset : written.end]:
            continue  # code stands in it
        if "#" in written.target and "#" not in link:
            continue  # the part is not there
        yield Edit(base + written.offset - is_picture, base + written.end, link)
