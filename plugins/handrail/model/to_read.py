"""Who is to read which document, which text of it, and who has confirmed that they have. Nobody is judged by it.

They are asked once a text is signed, and again when a newly signed text reads otherwise; a change that nobody has signed asks nobody.
Of a document that nobody signs the text counts as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from handrail.model.authority import part_of
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.record_rows import Confirmed
from handrail.model.roles import SIGNING, Role
from handrail.model.signoff import RequiredSignature, Signature, SignOff, is_asked_to_be_signed
from handrail.text.digest import Digest, parse_digest

_FIELD = "readers"
OFF, PRIVATE = "off", "private"
"""Values of the setting `read_records`: nothing is recorded, or only where not everybody can see it."""


@dataclass(frozen=True)
class ToRead:
    """A document that names who is to read it, and the text that they are asked to read.

    `people` are asked by their own name or as one of a group that says who is in it; who signed the text is not.
    `confirmed` are the days on which some of them confirmed it, by their ids. `since` is the day from which the text is to be read, None where nobody can tell.
    """

    page: Page
    text: Digest
    people: tuple[Person, ...]
    confirmed: Mapping[str, date]
    since: date | None
    is_as_it_stands: bool

    @property
    def missing(self) -> tuple[Person, ...]:
        """Who has not confirmed it."""
        return tuple(one for one in self.people if one.id not in self.confirmed)

    def asked_since(self, person: Person) -> date | None:
        """Return the day from which somebody is asked: that of the text, or their first one; None where nobody can tell."""
        return max(self.since, person.since or self.since) if self.since is not None else None


def named_readers(handbook: Handbook, page: Page) -> list[Person | Group | str]:
    """Return whom a document names as its readers, each once; a name that nobody knows as it is written."""
    found = (handbook.registry.find(name) or name for name in page.texts(_FIELD))
    return list(dict.fromkeys(found))


def can_be_read(page: Page) -> bool:
    """Say whether a document names readers, and is in force."""
    return page.kind is not None and page.is_in_force and bool(page.texts(_FIELD))


def readable_documents(handbook: Handbook) -> dict[str, Page]:
    """Return the documents that name readers by what a confirmation calls them: kind and id, also by an old one (`redirect_from`)."""
    pages = [page for page in handbook.documents if page.id and can_be_read(page) and page not in handbook.copies]
    old: dict[str, set[Page]] = defaultdict(set)
    for page in pages:
        for text in page.texts("redirect_from"):
            old[f"{page.counted_as}:{text.strip()}"].add(page)
    alone = {name: page for name, named in old.items() if len(named) == 1 for page in named}
    return {**alone, **{handbook.identity(page): page for page in pages}}


class Readings:
    """What is to be read in a handbook, over some of its pages, such as those that an audience may see."""

    def __init__(self, handbook: Handbook, pages: Collection[Page] | None = None) -> None:
        self._handbook = handbook
        self._pages = pages

    def of(self, page: Page) -> ToRead | None:
        """Return who is to read a document; None where it asks nobody: it names none, or its text was never signed."""
        if page not in self._named or self._handbook.registry_is_in_doubt:
            return None
        found = self._text(page)
        if found is None:
            return None
        text, since = found
        stands = text == self._handbook.texts.digest(page)
        signed = self._signed(page, text, stands=stands)
        people = tuple(one for one in self._people(page) if one.id not in signed)
        rows = self._rows.get(page, ()) if people else ()
        confirmed: dict[str, date] = {}
        ids = {person.id for person in people}
        for row in rows:
            if row.person in ids and self._is_meant(page, row, text, stands=stands):
                confirmed.setdefault(row.person, row.date)
        return ToRead(page, text, people, confirmed, since, stands)

    @cached_property
    def all(self) -> list[ToRead]:
        """Everything that somebody is asked to read, by path."""
        return [found for page in self._named if (found := self.of(page)) is not None]

    @cached_property
    def _named(self) -> dict[Page, None]:
        known = self._handbook.documents
        return {page: None for page in known if can_be_read(page) and (self._pages is None or page in self._pages)}

    def _people(self, page: Page) -> tuple[Person, ...]:
        registry, today = self._handbook.registry, self._handbook.today
        found: dict[str, Person] = {}
        for who in named_readers(self._handbook, page) if registry.exists else ():
            if isinstance(who, str):
                continue
            for person in registry.members(who) if isinstance(who, Group) else (who,):
                if person.is_here(today) and (person.since is None or person.since <= today):
                    found.setdefault(person.id, person)
        return tuple(found.values())

    def _signed(self, page: Page, text: Digest, *, stands: bool) -> set[str]:
        """Return the ids of those who signed a text, and so have said that they read it."""
        sign_off = self._handbook.sign_off(page)
        if stands:
            return {one.given.signer.id for one in sign_off.required if one.given is not None}
        own = (entry for role in SIGNING for entry in self._standing(sign_off, role))
        signers = (self._handbook.registry.person(entry.by) for entry in own if parse_digest(entry.digest) == text)
        return {one.id for one in signers if one is not None}

    def _text(self, page: Page) -> tuple[Digest, date | None] | None:
        """Return the text that is to be read, and since when; None where none was signed yet."""
        texts, sign_off = self._handbook.texts, self._handbook.sign_off(page)
        if not is_asked_to_be_signed(page):
            now = texts.digest(page)
            return now, self._handbook.past.text_since(page, now.text, date.min)
        if sign_off.is_signed:
            return texts.digest(page), sign_off.text_signed_on
        # The text has moved on: what was signed last is what counts until the new one is signed.
        now = texts.digest(page)
        earlier: dict[Digest, list[date]] = defaultdict(list)
        for entry in self._standing(sign_off, Role.DECIDE):
            digest = parse_digest(entry.digest)
            if digest is not None and digest != now and self._all_signed(sign_off, entry.digest):
                earlier[digest].append(entry.signed_on)
        last = max(earlier, key=lambda digest: max(earlier[digest]), default=None)
        return (last, min(earlier[last])) if last is not None else None

    def _standing(self, sign_off: SignOff, role: Role) -> list[Signature]:
        today = self._handbook.today
        return [one for one in sign_off.entries if one.role is role and not one.is_withdrawn(today)]

    def _all_signed(self, sign_off: SignOff, digest: str) -> bool:
        """Say whether everyone who has to signed the text of a digest."""
        registry = self._handbook.registry

        def is_given(required: RequiredSignature) -> bool:
            own = (entry for entry in self._standing(sign_off, required.role) if entry.digest == digest)
            signers = (registry.person(entry.by) for entry in own)
            return any(one is not None and part_of(one, required.who, registry) is not None for one in signers)

        return all(map(is_given, sign_off.required))

    @cached_property
    def _rows(self) -> dict[Page, list[Confirmed]]:
        rows = self._handbook.project.records.read
        by_name = readable_documents(self._handbook) if rows else {}
        found: dict[Page, list[Confirmed]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.date):
            page = by_name.get(row.document)
            if page is not None and row.date <= self._handbook.today:
                found[page].append(row)
        return found

    def _is_meant(self, page: Page, row: Confirmed, text: Digest, *, stands: bool) -> bool:
        """Say whether a confirmation is of a text: of the very one, or of one that reads the same."""
        digest = parse_digest(row.text)
        if digest is None or digest == text:
            return digest is not None
        if stands:
            return self._handbook.texts.verdict_on(page, digest).holds
        then = self._handbook.past.text(page, text.text)
        return then is not None and self._handbook.texts.verdict_on(then.page, digest).holds
