"""Where in the handbook people and groups stand, for findings whose cause lies there."""

from __future__ import annotations

from handrail.model.handbook import Handbook
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
