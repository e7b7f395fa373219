"""Who is on the list of people, by handle as well as by name, and what somebody new would be called there."""

from __future__ import annotations

from handrail.edit.new import slug
from handrail.model.handbook import Handbook
from handrail.model.people import Group, Person

_LONGEST = 60


class Known:
    """The people and groups of a handbook, and the ids that are taken, those among them that were given since."""

    def __init__(self, handbook: Handbook) -> None:
        registry = handbook.registry
        self._registry = registry
        everyone: list[Person | Group] = [*registry.groups.values(), *registry.people.values()]
        self._by_handle = {_bare(one.handle): one for one in everyone if one.handle.strip()}
        self._ids = {one.id for one in everyone}

    def find(self, handle: str, name: str = "") -> Person | Group | None:
        """Return whom a handle means, or a full name."""
        found = self._by_handle.get(_bare(handle)) if handle else None
        return found or (self._registry.find(name) if name and self._registry.exists else None)

    def new_id(self, name: str) -> str:
        """Return an id for somebody new, which nobody else has from then on."""
        made = own = slug(name) or "somebody"
        number = 2
        while made in self._ids:
            made, number = f"{own[: _LONGEST - len(str(number)) - 1].rstrip('-')}-{number}", number + 1
        self._ids.add(made)
        return made


def _bare(handle: str) -> str:
    return handle.strip().removeprefix("@").casefold()
