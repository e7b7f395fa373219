"""Sign-off: who has to sign a document, who did, and until when that holds. Nothing of it is ever stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from handrail.model.dates import Period, add_months, parse_day
from handrail.model.page import Page
from handrail.model.people import Group, Person, Registry
from handrail.model.rapid import Named
from handrail.model.signedtext import text_digest

Status = Literal["not asked", "never signed", "incomplete", "changed since", "signed"]
DEFAULT_REVIEW = 12
_EARLY = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `sign_offs`; `index` is its place in the list."""

    index: int
    role: str
    by: str
    signed_on: date
    note: str = ""
    evidence: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One signature that a document needs: the role, whose, and the newest entry that gives it for the text as it stands.

    `former` is the newest entry for a text that has changed since.
    """

    role: Literal["D", "A"]
    named: Named
    who: Person | Group | None
    entry: Entry | None = None
    signer: Person | None = None
    former: Entry | None = None
    former_signer: Person | None = None

    @property
    def name(self) -> str:
        return self.who.name if self.who is not None else self.named.name

    @property
    def by_deputy(self) -> bool:
        return isinstance(self.who, Person) and self.signer is not None and self.signer.id != self.who.id


@dataclass(frozen=True, slots=True)
class SignOff:
    """How a document stands; `signed_on` is the D's day, `until` the last on which it holds (None where it does not run out)."""

    status: Status
    slots: tuple[Slot, ...] = ()
    signed_on: date | None = None
    until: date | None = None
    stale: bool = False
    text_signed_on: date | None = None
    """The day on which the D first signed the text that counts; a signature repeated moves only `signed_on`."""
    strangers: tuple[Entry, ...] = ()
    """Entries that count for nothing, for whoever signed had no such role on that day."""
    older: tuple[Entry, ...] = ()
    """Entries that count for nothing, for git had no such text yet on that day."""

    @property
    def missing(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.entry is None)

    @property
    def decider(self) -> Slot | None:
        return next((slot for slot in self.slots if slot.role == "D"), None)

    @property
    def is_signed(self) -> bool:
        return self.status == "signed"

    @property
    def was_signed(self) -> bool:
        """Whether everyone signed this text or one that has changed since: then it is out of date, and no take-down."""
        return self.status in ("signed", "changed since")

    @property
    def is_unbound(self) -> bool:
        """Whether a signature that counts names no text: then it is recorded, and proves nothing about this one."""
        return any(slot.entry is not None and not slot.entry.digest for slot in self.slots)

    @property
    def in_force(self) -> bool:
        """Whether everyone signed, lately enough; whether the text has moved on since is another question."""
        return self.was_signed and not self.stale


def read_entries(page: Page) -> list[Entry]:
    """Read a document's `sign_offs`; what satisfies no schema is left out."""
    entries = []
    listed = page.data.get("sign_offs")
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(entry, dict):
            continue
        day = parse_day(entry.get("date"))
        role, by = entry.get("role"), entry.get("by")
        if day is None or role not in ("D", "A") or not isinstance(by, str):
            continue
        texts = [value if isinstance(value := entry.get(name), str) else "" for name in ("note", "evidence", "digest")]
        entries.append(Entry(index, role, by, day, *texts))
    return entries


def review_months(page: Page) -> int:
    """Return after how many months a procedure's sign-off runs out."""
    words = page.text("review_every").split()
    months = int(words[0]) if words and words[0].isdigit() else DEFAULT_REVIEW
    return months if 1 <= months <= DEFAULT_REVIEW else DEFAULT_REVIEW


def earliest_day(period: Period | None) -> date | None:
    """Return the first day on which a plan for a period could be signed; an earlier signature was for another text."""
    return add_months(period.start, -_EARLY) if period else None


def is_asked_to_be_signed(page: Page) -> bool:
    """Say whether anyone has to sign this document as it is now."""
    if page.kind is None or not page.kind.signed:
        return False
    if "state" in page.kind.fields:
        return page.state == "active"
    return "rapid" in page.data


TextCame = Callable[[Page, Entry], date | None]
"""Returns the day on which a signed text came to git, where that was after the signature; None where all is well."""


def judge(
    page: Page,
    registry: Registry,
    today: date,
    period: Period | None = None,
    text_came: TextCame = lambda _page, _entry: None,
) -> SignOff:
    """Work out how a document stands on a day; `period` is a plan's, whose sign-off does not run out."""
    if not is_asked_to_be_signed(page):
        return SignOff("not asked")
    entries = read_entries(page)
    earliest = earliest_day(period)
    counting = [
        entry
        for entry in entries
        if entry.signed_on <= today + timedelta(days=1) and (earliest is None or entry.signed_on >= earliest)
    ]
    older = tuple(entry for entry in counting if text_came(page, entry) is not None)
    counting = [entry for entry in counting if entry not in older]
    rapid = page.rapid
    decider = registry.person(rapid.decide[0].name) if rapid.decide else None
    asked = [slot for named in rapid.decide[:1] for slot in _slots("D", named, registry, decider)]
    asked += [slot for named in rapid.agree for slot in _slots("A", named, registry, decider)]
    used: set[int] = set()
    # A digest costs more than all the rest, and is needed only where someone signed a text by one.
    text = text_digest(page, registry) if any(entry.digest for entry in counting) else ""
    given: list[_Given] = []
    slots: tuple[Slot, ...] = ()
    for slot in asked:
        # Four eyes: whoever decides, or did so for somebody, agrees in nobody's place.
        both = {one.id for one in (decider, slots[0].signer if slots else None) if one is not None}
        own = slot.who.id if isinstance(slot.who, Person) else ""
        found = _given(slot, counting, registry)
        given.append([one for one in found if slot.role == "D" or one[1].id == own or one[1].id not in both])
        slots += (_signed(slot, given[-1], text, used),)
    strangers = tuple(entry for entry in counting if entry.index not in used)
    status = _status(slots, rapid.decide, entries)
    if status not in ("signed", "changed since"):
        return SignOff(status, slots, strangers=strangers, older=older)
    entry = slots[0].entry or slots[0].former
    if entry is None:
        return SignOff(status, slots, strangers=strangers, older=older)
    day = entry.signed_on
    first = min((one.signed_on for one, _ in given[0] if entry.digest and one.digest == entry.digest), default=day)
    if period is not None or page.kind is None or "review_every" not in page.kind.fields:
        return SignOff(status, slots, day, None, stale=False, text_signed_on=first, strangers=strangers, older=older)
    until = add_months(day, review_months(page))
    return SignOff(status, slots, day, until, today > until, first, strangers, older)


def _status(slots: tuple[Slot, ...], decide: tuple[Named, ...], entries: list[Entry]) -> Status:
    if not slots or not decide:
        return "incomplete" if entries else "never signed"
    if all(slot.entry is not None for slot in slots):
        return "signed"
    if all(slot.entry is None for slot in slots):
        if all(slot.former is not None for slot in slots):
            return "changed since"
        return "never signed" if all(slot.former is None for slot in slots) else "incomplete"
    return "incomplete"


def _slots(role: Literal["D", "A"], named: Named, registry: Registry, decider: Person | None) -> list[Slot]:
    """Return the signatures that one name asks for: a group that agrees as a whole asks for one of each member."""
    who = registry.find(named.name)
    if role == "A" and isinstance(who, Group) and who.quorum == "all":
        members = [member for member in registry.members(who) if decider is None or member.id != decider.id]
        if members:
            return [Slot(role, named, member) for member in members]
    return [Slot(role, named, who)]


_Given = list[tuple[Entry, Person]]


def _given(slot: Slot, entries: list[Entry], registry: Registry) -> _Given:
    """Return the entries by which someone who might gave the signature, oldest first, each with who signed."""
    found = []
    for entry in entries:
        signer = registry.person(entry.by) if entry.role == slot.role else None
        if signer is None or not signer.is_here(entry.signed_on):
            continue
        if _may_sign(slot, signer, entry, registry):
            found.append((entry, signer))
    return sorted(found, key=lambda one: (one[0].signed_on, one[0].index))


def _signed(slot: Slot, given: _Given, text: str, used: set[int]) -> Slot:
    """Return the slot with the entry that counts: the newest for this text, else the newest where none names a text.

    Once a text was named, leaving out its name makes no signature one for another text.
    """
    used.update(entry.index for entry, _ in given)
    for entry, signer in reversed(given):
        if entry.digest and entry.digest == text:
            return replace(slot, entry=entry, signer=signer)
    for entry, signer in reversed(given):
        if entry.digest:
            return replace(slot, former=entry, former_signer=signer)
    return replace(slot, entry=given[-1][0], signer=given[-1][1]) if given else slot


def _may_sign(slot: Slot, signer: Person, entry: Entry, registry: Registry) -> bool:
    if isinstance(slot.who, Person):
        if signer.id == slot.who.id:
            return True
        deputy = registry.deputy(slot.who)
        return deputy is not None and deputy.id == signer.id and bool(entry.note)
    if isinstance(slot.who, Group):
        return any(signer.id == member.id for member in registry.members(slot.who))
    return False
