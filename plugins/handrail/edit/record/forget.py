"""Takes out of the records what names one person."""

from __future__ import annotations

from handrail.edit.record.store import open_store
from handrail.errors import UsageError
from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.people import Person
from handrail.model.record_rows import READ


def forget_person(handbook: Handbook, name: str) -> int:
    """Take out what a person has confirmed, and return how many rows that were; raises UsageError where nobody is called so.

    `name` is an id or a full name; an id counts too that the list of people does not have any more.
    """
    registry = handbook.registry
    found = registry.person(name) if registry.exists else None
    with open_store(handbook.project.root) as store:
        known = {row.person for row in store.rows(READ)}
        id_ = found.id if isinstance(found, Person) else name.strip().casefold()
        if found is None and id_ not in known:
            close = nearest(name, [*registry.people, *known])
            advice = f"; did you mean `{close}`?" if close else "."
            raise UsageError(f"Neither the list of people nor {READ.path} knows anybody called `{name}`{advice}")
        return store.take_out(READ, lambda row: row.person == id_)
