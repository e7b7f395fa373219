"""Where in the handbook something stands: people and groups, for findings whose cause lies there, and files as a page sees them."""

from __future__ import annotations

import posixpath

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.rules.registry import Spot, at


def in_the_list(handbook: Handbook, who: Person | Group) -> Spot | None:
    """Return the place of a person or group in the list of people; None where there is no list."""
    page = handbook.registry_page
    field = "groups" if isinstance(who, Group) else "people"
    listed = page.data.get(field) if page is not None else None
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if page is not None and isinstance(entry, dict) and entry.get("id") == who.id:
            return at(page, (field, index, "id"))
    return None


def why_gone(handbook: Handbook, who: Person | Group) -> tuple[tuple[Spot, str], ...]:
    """Return, as the related place of a finding, where the list of people says that somebody has left."""
    spot = in_the_list(handbook, who)
    said = f"These are the members of {who.name}." if isinstance(who, Group) else f"{who.name} is listed here."
    return ((spot, said),) if spot is not None else ()


def from_page(page: Page, path: str) -> str:
    """Return a path in the folder of pages as a link of a page's Markdown says it."""
    return posixpath.relpath(path, page.folder or ".").replace(" ", "%20")
