"""Which pages nobody comes across: nothing in the handbook leads to them, neither a link nor a field nor the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handrail.model.references import FEEDS, PLAN

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page


_ON_PAGES_OF_THEIR_OWN = (PLAN, "department", "mission", "vision", "objective", "cadence")
"""The kinds that have a home among the pages that Handrail makes, each document by its name: contents, strategy, meetings."""
_BESIDE_OBJECTIVES = "improvement"


def is_listed(handbook: Handbook, page: Page) -> bool:
    """Say whether anything leads to a document: navigation, a place under a line, links or references.

    Of the lists that Handrail makes those count that are a kind's home; lists of what is amiss lead nobody who looks for a page.
    """
    if page.src_uri in handbook.project.nav or page.counted_as in _ON_PAGES_OF_THEIR_OWN:
        return True
    if page.counted_as == _BESIDE_OBJECTIVES and handbook.of_kind("mission", "vision", "objective"):
        return True
    # Whether anything else leads there takes all links and references of all pages.
    if page.is_reviewed and not page.is_retired and handbook.line_of(page) is not None:
        return True
    # The page on how the plans hang together names what feeds one, of whatever kind.
    if any(one.meaning.relation == FEEDS and one.target not in (None, page) for one in handbook.references_in(page)):
        return True
    return handbook.is_led_to(page)


def unlisted(handbook: Handbook) -> list[Page]:
    """Return documents in use and prose that nothing leads to, and pages of governed folders that say no kind."""
    return [
        page
        for page in handbook.pages
        if (page.kind is not None and not page.is_retired and not is_listed(handbook, page))
        or (page.is_prose and (handbook.settings.is_governed(page.src_uri) or _is_lost(handbook, page)))
    ]


def _is_lost(handbook: Handbook, page: Page) -> bool:
    """Say whether nothing leads to a page of prose; a navigation that nobody has written holds every page."""
    is_written = bool(handbook.project.nav) and not handbook.project.may_get_pages
    is_shown = page.url not in ("", "index.html") and page.src_uri not in handbook.files.left_out
    return is_written and is_shown and not is_listed(handbook, page)
