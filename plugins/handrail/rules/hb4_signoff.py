"""HB4: who signed, in which role and when; which text they signed is the business of `hb4_text`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handrail.model.dates import in_words
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.signoff import Entry, SignOff, Slot, earliest_day, is_asked_to_be_signed, read_entries
from handrail.rules.finding import Severity
from handrail.rules.places import why_gone
from handrail.rules.registry import Hit, Spot, at, rule
from handrail.rules.words import listed, person_subject, person_words, say

_ROLE_WORDS = {"D": "decides", "A": "agrees"}
_SOON = (30, 60)
_TWO = 2
_NOT_YET = ("stub", "draft", "tba")


def asked(handbook: Handbook) -> Iterator[tuple[Page, SignOff]]:
    """Yield the documents that someone has to sign, and how they stand, less those whose entries can't be read."""
    if handbook.registry_is_in_doubt:
        return
    for page in handbook.documents:
        if is_asked_to_be_signed(page) and not page.doubts("sign_offs") and not page.doubts("rapid"):
            yield page, handbook.sign_off(page)


def to_ask(handbook: Handbook, slot: Slot) -> str:
    """Return whom to ask for a signature, in words."""
    who = slot.who
    does = _ROLE_WORDS[slot.role]
    if isinstance(who, Group):
        return f"someone of {who.name} ({does})"
    if who is None:
        return f"{slot.named.name} ({does})"
    person = handbook.registry.to_ask(who, handbook.today)
    if not isinstance(person, Person):
        return f"whoever follows {who.name} ({does})"
    if person == who:
        return f"{person_words(who)} ({does})"
    return f"{person_words(person)}, for {who.name} ({does})"


def _wanting(handbook: Handbook, page: Page, sign_off: SignOff) -> list[Slot]:
    """Return the signatures that are missing, less those of which another finding says why."""
    explained = {entry.role for entry in _strangers(handbook, sign_off)}
    explained |= {entry.role for entry in read_entries(page) if entry.signed_on > _latest(handbook)}
    if handbook.registry.exists:
        explained |= {entry.role for entry in read_entries(page) if handbook.registry.find(entry.by) is None}
    if len(_deciders(page)) > 1 or isinstance(handbook.registry.find(page.rapid.decide[0].name), Group):
        explained.add("D")
    return [
        slot
        for slot in sign_off.missing
        if slot.role not in explained
        and slot.who is not None
        and not any(is_for(handbook, entry, slot) for entry in sign_off.older)
        and _anyone_left(handbook, page, slot)
    ]


def is_for(handbook: Handbook, entry: Entry, slot: Slot) -> bool:
    """Say whether an entry would give a signature if it counted."""
    registry, signer = handbook.registry, handbook.registry.person(entry.by)
    if signer is None or entry.role != slot.role:
        return False
    if isinstance(slot.who, Group):
        return signer in registry.members(slot.who)
    return slot.who is not None and signer in (slot.who, registry.deputy(slot.who))


def _strangers(handbook: Handbook, sign_off: SignOff) -> Iterator[Entry]:
    """Yield the entries of people who may not sign, less those that a later signature has made history."""
    if sign_off.decider is None:
        return  # that nobody decides is the finding
    for entry in sign_off.strangers:
        asked = [slot for slot in sign_off.slots if slot.role == entry.role]
        if handbook.registry.person(entry.by) is None or any(slot.who is None for slot in asked):
            continue  # a name that nobody knows is the finding
        if not any(slot.entry is not None and slot.entry.signed_on > entry.signed_on for slot in asked):
            yield entry


def _deciders(page: Page) -> list[str]:
    return list(dict.fromkeys(named.name for named in page.rapid.decide))


def _latest(handbook: Handbook) -> date:
    """Return the last day that is not in the future: somewhere it is tomorrow already."""
    return handbook.today + timedelta(days=1)


@rule("HB401", "never-signed", Severity.WARNING)
def never_signed(handbook: Handbook) -> Iterator[Hit]:
    """An active page was never signed.

    Readers follow it, and nobody has said that it is right.

    **What to do.** Ask the people in the hint to read it and sign.
    """
    for page, sign_off in asked(handbook):
        if sign_off.status != "never signed" or not page.rapid.decide:
            continue
        wanting = _wanting(handbook, page, sign_off)
        if wanting:
            hint = f"Ask {listed(to_ask(handbook, slot) for slot in wanting)} to read and sign it."
            plan = handbook.plans.get(page)
            earliest = earliest_day(plan.period) if plan else None
            if earliest is not None and any(entry.signed_on < earliest for entry in read_entries(page)):
                hint += f" For this period a signature counts from {in_words(earliest)} on."
            yield Hit(_sign_off_spot(page), f"“{page.title}” is {_in_use(page)} and was never signed.", hint)


def _in_use(page: Page) -> str:
    return "active" if page.state == "active" else "published"


def _sign_off_spot(page: Page) -> Spot:
    return at(page, ("sign_offs",), key=True) if "sign_offs" in page.data else at(page, ("rapid",), key=True)


@rule("HB402", "incomplete", Severity.WARNING)
def incomplete(handbook: Handbook) -> Iterator[Hit]:
    """Someone who decides or agrees has not signed.

    A sign-off counts when the one who decides and everyone who agrees have signed.

    **What to do.** Ask those who are missing.
    """
    for page, sign_off in asked(handbook):
        if sign_off.status != "incomplete" or not page.rapid.decide:
            continue
        wanting = _wanting(handbook, page, sign_off)
        if wanting:
            names = listed(to_ask(handbook, slot) for slot in wanting)
            yield Hit(
                _sign_off_spot(page),
                f"The sign-off of “{page.title}” is not complete.",
                f"Still missing: {names}.",
                _given(page, sign_off),
            )


def _given(page: Page, sign_off: SignOff) -> tuple[tuple[Spot, str], ...]:
    """Return the signatures that count, as related places."""
    return tuple(
        (
            at(page, ("sign_offs", slot.entry.index)),
            f"{slot.signer.name} signed on {in_words(slot.entry.signed_on)}.",
        )
        for slot in sign_off.slots
        if slot.entry is not None and slot.signer is not None
    )


@rule("HB403", "stale", Severity.WARNING)
def stale(handbook: Handbook) -> Iterator[Hit]:
    """The sign-off has run out.

    It holds for twelve months, or for as long as `review_every` says. The page stays published, with a banner that says so.

    **What to do.** Read the page against what is really done, mend it, and have it signed again.
    """
    for page, sign_off in asked(handbook):
        if sign_off.stale and sign_off.signed_on and sign_off.until:
            names = listed(to_ask(handbook, slot) for slot in sign_off.slots if slot.role == "D")
            yield Hit(
                at(page, ("sign_offs",), key=True),
                f"“{page.title}” was last signed on {in_words(sign_off.signed_on)}; that ran out on {in_words(sign_off.until)}.",
                f"Ask {names} to read and sign it again.",
                _given(page, sign_off),
            )


@rule("HB404", "no-decider", Severity.WARNING)
def no_decider(handbook: Handbook) -> Iterator[Hit]:
    """An active page does not say who decides.

    Where nobody decides, nobody can sign.

    **What to do.** Add `rapid:`, with one person behind whom a (D) stands.
    """
    for page in handbook.documents:
        if is_asked_to_be_signed(page) and not page.rapid.decide and not page.rapid.faults and not page.doubts("rapid"):
            spot = at(page, ("rapid",)) if "rapid" in page.data else at(page, ("kind",), key=True)
            owner = handbook.owner_of(page)
            example = f"{owner}(D)" if isinstance(handbook.registry.find(owner), Person) and owner else "LBK(D), OHA(A)"
            yield Hit(spot, f"“{page.title}” does not say who decides.", f"Add a line such as rapid: {example}")


@rule("HB405", "two-deciders", Severity.ERROR)
def two_deciders(handbook: Handbook) -> Iterator[Hit]:
    """More than one person decides.

    RAPID has one D. Where two decide, each waits for the other.

    **What to do.** Choose one; the other agrees (A) or gives input (I).
    """
    for page in handbook.documents:
        names = _deciders(page)
        if len(names) > 1:
            yield Hit(
                at(page, ("rapid",)),
                f"{listed(names)} are {'both' if len(names) == _TWO else 'all'} said to decide.",
                "Leave the (D) behind one of them.",
            )


@rule("HB406", "group-decides", Severity.ERROR)
def group_decides(handbook: Handbook) -> Iterator[Hit]:
    """A group is said to decide.

    A decision has one name under it; a group agrees.

    **What to do.** Name the person in the group who decides, and let the group agree (A).
    """
    for page in handbook.documents:
        for named in page.rapid.decide[:1]:
            if isinstance(handbook.registry.find(named.name), Group):
                yield Hit(
                    at(page, named.path),
                    f"{say(named.name)} is a group, and one person decides.",
                    "Name the person, and give the group an (A).",
                )


@rule("HB407", "signed-in-future", Severity.ERROR)
def signed_in_future(handbook: Handbook) -> Iterator[Hit]:
    """A signature is dated in the future.

    It can't have been given yet, and counts for nothing.

    **What to do.** Write the day on which it was given.
    """
    for page in handbook.documents:
        for entry in read_entries(page):
            if entry.signed_on > _latest(handbook):
                yield Hit(
                    at(page, ("sign_offs", entry.index, "date")),
                    f"A signature is dated {in_words(entry.signed_on)}, which is still to come.",
                    "Write the day on which it was given.",
                )


@rule("HB408", "owner-gone", Severity.WARNING)
def owner_gone(handbook: Handbook) -> Iterator[Hit]:
    """The owner of a page has left, or everyone in the group that owns it.

    Nobody keeps the text right, and questions go nowhere.

    **What to do.** Name the new owner; without one, the department's lead owns the page.
    """
    for page in handbook.documents:
        field = "lead" if page.counted_as == "department" else "owner"
        name = page.text(field)
        if not name or page.is_retired or page.state in _NOT_YET:
            continue
        person = handbook.registry.person(name)
        if person is not None and not person.is_here(handbook.today) and person.until:
            what = "leads the department" if field == "lead" else "owns the page"
            yield Hit(
                at(page, (field,)),
                f"{person_subject(person)} {what} but left on {in_words(person.until)}.",
                f"Name someone else, or delete the line `{field}`." if field == "owner" else "Name the new lead.",
                why_gone(handbook, person),
            )
        group = handbook.registry.find(name)
        if isinstance(group, Group) and group.members and handbook.registry.to_ask(group, handbook.today) is None:
            yield Hit(
                at(page, (field,)), f"Everyone in {group.name}, which owns the page, has left.", "Name someone else."
            )


@rule("HB409", "signer-gone", Severity.WARNING)
def signer_gone(handbook: Handbook) -> Iterator[Hit]:
    """The only one who may give a signature has left.

    The page can't be signed again.

    **What to do.** Name someone else in `rapid`, or a deputy in the list of people.
    """
    for page, sign_off in asked(handbook):
        for slot in sign_off.slots:
            if slot.who is not None and not _anyone_left(handbook, page, slot):
                pronoun = "which" if isinstance(slot.who, Group) else "who"
                yield Hit(
                    at(page, slot.named.path),
                    f"Nobody is left who may sign “{page.title}” for {slot.name}, {pronoun} {_ROLE_WORDS[slot.role]}.",
                    "Name someone else in `rapid`, or a deputy in the list of people.",
                    why_gone(handbook, slot.who),
                )


def _anyone_left(handbook: Handbook, page: Page, slot: Slot) -> bool:
    if slot.who is None or (isinstance(slot.who, Group) and not slot.who.members):
        return True  # that nobody knows who it is, is another finding
    decider = handbook.registry.person(page.rapid.decide[0].name) if page.rapid.decide else None
    return handbook.registry.to_ask(slot.who, handbook.today, decider) is not None


@rule("HB410", "signer-not-in-role", Severity.WARNING)
def signer_not_in_role(handbook: Handbook) -> Iterator[Hit]:
    """Someone signed who does not decide or agree, or had left by then.

    The signature counts for nothing. A deputy may sign, with a note that says why.

    **What to do.** Have the one in that role sign, or mend `rapid`.
    """
    for page, sign_off in asked(handbook):
        # That two decide is one finding; what their signatures count for hangs on how it is mended.
        for entry in _strangers(handbook, sign_off) if len(_deciders(page)) == 1 else ():
            signer = handbook.registry.person(entry.by)
            if signer is not None:
                message, hint = _why_not(handbook, sign_off, entry, signer)
                related = why_gone(handbook, signer) if not signer.is_here(entry.signed_on) else _who_may(page, entry)
                yield Hit(at(page, ("sign_offs", entry.index, "by")), message, hint, related)


def _who_may(page: Page, entry: Entry) -> tuple[tuple[Spot, str], ...]:
    named = page.rapid.names(entry.role)
    says = f"This says who {_ROLE_WORDS[entry.role]}."
    return ((at(page, named[0].path if named else ("rapid",)), says),)


def _why_not(handbook: Handbook, sign_off: SignOff, entry: Entry, signer: Person) -> tuple[str, str]:
    """Say why an entry counts for nothing, and what to do."""
    if not signer.is_here(entry.signed_on):
        return f"{person_subject(signer)} had left when this was signed.", "Have someone sign who is there."
    decider = sign_off.decider
    if entry.role == "A" and decider is not None and signer in (decider.who, decider.signer):
        return (
            f"{signer.name} decides, and so can't agree as well.",
            "Have someone else agree, or delete the entry.",
        )
    if _is_deputy(handbook, sign_off, entry.role, signer):
        return (
            f"{signer.name} signed as a deputy without a note.",
            "Add a `note` that says why the deputy signed.",
        )
    return (
        f"{signer.name} signed as the one who {_ROLE_WORDS[entry.role]}, which `rapid` does not say.",
        "Mend `rapid` or the entry's `role`.",
    )


def _is_deputy(handbook: Handbook, sign_off: SignOff, role: str, signer: Person) -> bool:
    return any(
        slot.role == role
        and isinstance(slot.who, Person)
        and (deputy := handbook.registry.deputy(slot.who))
        and deputy.id == signer.id
        for slot in sign_off.slots
    )


def _due(handbook: Handbook, after: int, within: int) -> Iterator[Hit]:
    for page, sign_off in asked(handbook):
        if sign_off.until is None or sign_off.stale:
            continue
        days = (sign_off.until - handbook.today).days
        if after < days <= within:
            names = listed(to_ask(handbook, slot) for slot in sign_off.slots if slot.role == "D")
            yield Hit(
                at(page, ("sign_offs",), key=True),
                f"The sign-off of “{page.title}” runs out on {in_words(sign_off.until)}.",
                f"Ask {names} to read and sign it again.",
                _given(page, sign_off),
            )


@rule("HB411", "due-in-30-days", Severity.INFO)
def due_in_30_days(handbook: Handbook) -> Iterator[Hit]:
    """The sign-off runs out within 30 days.

    **What to do.** Ask for the next one now, while there is time to read.
    """
    return _due(handbook, -1, _SOON[0])


@rule("HB412", "due-in-60-days", None)
def due_in_60_days(handbook: Handbook) -> Iterator[Hit]:
    """The sign-off runs out within 60 days.

    It is off unless a setting switches it on.

    **What to do.** Plan the review.
    """
    return _due(handbook, *_SOON)
