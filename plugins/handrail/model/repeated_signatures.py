"""Which signatures only repeat one that was there before: a rule and a report ask, and get the same answer."""

from __future__ import annotations

from collections.abc import Collection

from handrail.model.people import Registry
from handrail.model.signoff import Signature


def signer_of(entry: Signature, registry: Registry) -> str:
    """Return what tells a signer from all others, however the name is written."""
    person = registry.person(entry.by)
    return person.id if person is not None else " ".join(entry.by.casefold().split())


def repeated(entries: Collection[Signature], registry: Registry) -> list[Signature]:
    """Return the entries of one document that say nothing new, oldest first.

    Such an entry has no note, and an earlier one gives the same person's signature in the same role for the same text.
    An entry with no digest, of which nobody knows the text, neither repeats nor is repeated.
    """
    seen: set[tuple[str, str, str]] = set()
    named = [(entry.role, entry.digest) for entry in entries if entry.digest]
    if len(set(named)) == len(named):
        return []
    found = []
    for entry in sorted(entries, key=lambda entry: (entry.signed_on, entry.index)):
        if entry.digest:
            key = (entry.role, signer_of(entry, registry), entry.digest)
            if key in seen and not entry.note.strip():
                found.append(entry)
            seen.add(key)
    return found
