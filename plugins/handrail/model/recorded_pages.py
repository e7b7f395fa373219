"""The pages that rows of the records are about, by what the rows name: an id, an old id, an address of the site."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.site_contents import Lies


def recorded_procedures(handbook: Handbook) -> dict[str, Page]:
    """Return the procedures and the like by their ids, and by old ones that one of them alone had (`redirect_from`)."""
    found: dict[str, Page] = {}
    # An id is a procedure's before it is that of a company's own kind of document.
    for page in sorted(handbook.reviewed, key=lambda page: page.counted_as != "sop"):
        if page.id:
            found.setdefault(page.id, page)
    old: dict[str, set[Page]] = {}
    for page in handbook.reviewed:
        for text in page.texts("redirect_from"):
            old.setdefault(text.strip(), set()).add(page)
    return {**{id_: page for id_, pages in old.items() if len(pages) == 1 for page in pages}, **found}


def recorded_addresses(handbook: Handbook) -> Callable[[str], Page | None]:
    """Return what finds the page that the site shows at an address, or sends visitors on to from there."""
    site = handbook.site

    @cache
    def page_at(address: str) -> Page | None:
        asked = site.address.target("index.html", address)
        found = site.at(asked) if asked is not None else None
        return found.page if found is not None and found.lies is Lies.PAGE else None

    return page_at
