"""HB4: who signed, in which role and when; which text they signed is the business of `hb4_text`."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.authority import Part, part_of
from handrail.model.dates import next_day
from handrail.model.handbook import Handbook
from handrail.model.load import is_nobody_left, owner_who_left, owning_field
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.model.signoff import (
    RequiredSignature,
    Signature,
    SignOff,
    Status,
    earliest_day,
    is_asked_to_be_signed,
    read_signatures,
)
from handrail.rules.examples import is_person, rapid_example
from handrail.rules.finding import Severity
from handrail.rules.places import why_gone
from handrail.rules.registry import Hit, Spot, at, rule
from handrail.rules.subjects import of_field, of_signature
from handrail.words.language import in_words, join_words, person_subject, quoted
from handrail.words.signing import asked, withdrawal

_SOON = (30, 60)
_TWO = 2


def judged(handbook: Handbook) -> Iterator[tuple[Page, SignOff]]:
    """Yield the documents that someone has to sign, and how they stand, less those whose entries can't be read."""
    return ((page, handbook.sign_off(page)) for page in handbook.to_sign)


def _wanting(handbook: Handbook, page: Page, sign_off: SignOff) -> list[RequiredSignature]:
    """Return the signatures that are missing, less those of which another finding says why."""
    explained = {entry.role for entry in _unauthorised(handbook, sign_off)}
    explained |= {entry.role for entry in sign_off.entries if entry.signed_on > next_day(handbook.today)}
    if handbook.registry.exists:
        explained |= {entry.role for entry in sign_off.entries if handbook.registry.find(entry.by) is None}
    if len(_deciders(page)) > 1 or isinstance(handbook.registry.find(page.rapid.decide[0].name), Group):
        explained.add(Role.DECIDE)
    return [
        required
        for required in sign_off.missing
        if required.role not in explained
        and required.who is not None
        and required.withdrawn is None
        and not any(is_for(handbook, entry, required) for entry in sign_off.predating)
        and not is_nobody_left(required)
    ]


def is_for(handbook: Handbook, entry: Signature, required: RequiredSignature) -> bool:
    """Say whether an entry would give a signature if it counted."""
    signer = handbook.registry.person(entry.by)
    if signer is None or entry.role is not required.role:
        return False
    return part_of(signer, required.who, handbook.registry) is not None


def _unauthorised(handbook: Handbook, sign_off: SignOff) -> Iterator[Signature]:
    """Yield the entries of people who may not sign, less those that a later signature has made history."""
    if sign_off.decider is None:
        return  # that nobody decides is the finding
    for entry in sign_off.unauthorised:
        same_role = [one for one in sign_off.required if one.role is entry.role]
        if handbook.registry.person(entry.by) is None or any(one.who is None for one in same_role):
            continue  # a name that nobody knows is the finding
        given = (one.given for one in same_role if one.given is not None)
        if not any(one.signature.signed_on > entry.signed_on for one in given):
            yield entry


def _deciders(page: Page) -> list[str]:
    return list(dict.fromkeys(named.name for named in page.rapid.decide))


@rule("HB401", "never-signed", Severity.WARNING, neglect="no signature")
def never_signed(handbook: Handbook) -> Iterator[Hit]:
    """An active page was never signed.

    Readers follow it, and nobody has said that it is right.

    **What to do.** Ask the people in the hint to read it and sign.
    """
    for page, sign_off in judged(handbook):
        if sign_off.status is not Status.NEVER_SIGNED or not page.rapid.decide:
            continue
        wanting = _wanting(handbook, page, sign_off)
        if wanting:
            hint = f"Ask {join_words(map(asked, wanting))} to read and sign it."
            plan = handbook.plans.get(page)
            earliest = earliest_day(plan.period) if plan else None
            if earliest is not None and any(entry.signed_on < earliest for entry in sign_off.entries):
                hint += f" For this period a signature counts from {in_words(earliest)} on."
            yield Hit(_sign_off_spot(page), f"“{page.title}” is {_in_use(page)} and was never signed.", hint)


def _in_use(page: Page) -> str:
    return page.state or "published"


def _sign_off_spot(page: Page) -> Spot:
    return at(page, ("sign_offs",), key=True) if "sign_offs" in page.data else at(page, ("rapid",), key=True)


@rule("HB402", "incomplete", Severity.WARNING)
def incomplete(handbook: Handbook) -> Iterator[Hit]:
    """Someone who decides or agrees has not signed, or has taken the signature back.

    A sign-off counts when the one who decides and everyone who agrees have signed.

    **What to do.** Ask those who are missing. Where somebody does not agree, the one who decides settles it.
    """
    for page, sign_off in judged(handbook):
        if sign_off.status not in (Status.INCOMPLETE, Status.WITHDRAWN) or not page.rapid.decide:
            continue
        wanting = _wanting(handbook, page, sign_off)
        taken_back = [withdrawal(one.withdrawn) for one in sign_off.missing if one.withdrawn is not None]
        if wanting or taken_back:
            hints = [f"Still missing: {join_words(map(asked, wanting))}."] if wanting else []
            hints += [f"{said}; the one who decides settles it." for said in taken_back]
            yield Hit(
                _sign_off_spot(page),
                f"The sign-off of “{page.title}” is not complete.",
                " ".join(hints),
                _given(page, sign_off),
            )


def _given(page: Page, sign_off: SignOff) -> tuple[tuple[Spot, str], ...]:
    """Return the signatures that count, as related places."""
    return tuple(
        (
            at(page, ("sign_offs", one.given.signature.index)),
            f"{one.given.signer.name} signed on {in_words(one.given.signature.signed_on)}.",
        )
        for one in sign_off.required
        if one.given is not None
    )


@rule("HB403", "stale", Severity.WARNING)
def stale(handbook: Handbook) -> Iterator[Hit]:
    """The sign-off has run out.

    It holds for twelve months, or for as long as `review_every` says. The page stays published, and its line of trust says so.

    **What to do.** Read the page against what is really done, fix it, and have it signed again.
    """
    for page, sign_off in judged(handbook):
        if sign_off.stale and sign_off.signed_on and sign_off.until:
            names = join_words(asked(one) for one in sign_off.required if one.role is Role.DECIDE)
            yield Hit(
                at(page, ("sign_offs",), key=True),
                f"“{page.title}” was last signed on {in_words(sign_off.signed_on)}; that ran out on {in_words(sign_off.until)}.",
                f"Ask {names} to read and sign it again.",
                _given(page, sign_off),
                subject=of_field(("sign_offs", "date"), sign_off.signed_on),
                by_time=True,
            )


@rule("HB404", "no-decider", Severity.WARNING, neglect="no decider")
def no_decider(handbook: Handbook) -> Iterator[Hit]:
    """An active page does not say who decides.

    Where nobody decides, nobody can sign.

    **What to do.** Add `rapid:`, with one person behind whom a (D) stands.
    """
    for page in handbook.documents:
        if is_asked_to_be_signed(page) and not page.rapid.decide and not page.rapid.faults and not page.doubts("rapid"):
            spot = at(page, ("rapid",)) if "rapid" in page.data else at(page, ("kind",), key=True)
            owner = handbook.owner_of(page)
            example = rapid_example(handbook, owner if is_person(handbook, owner) else "")
            yield Hit(spot, f"“{page.title}” does not say who decides.", f"Add a line such as {example}")


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
                f"{join_words(names)} are {'both' if len(names) == _TWO else 'all'} said to decide.",
                "Leave the (D) behind one of them.",
                subject=of_field(("rapid",), " ".join(sorted(names))),
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
                    f"{quoted(named.name)} is a group, and one person decides.",
                    "Name the person, and give the group an (A).",
                    subject=of_field(named.path, named.name),
                )


@rule("HB407", "signed-in-future", Severity.ERROR)
def signed_in_future(handbook: Handbook) -> Iterator[Hit]:
    """A signature is dated in the future.

    It can't have been given yet, and counts for nothing.

    **What to do.** Write the day on which it was given.
    """
    for page in handbook.documents:
        for entry in read_signatures(page) if page.entries("sign_offs") else ():
            if entry.signed_on > next_day(handbook.today):
                yield Hit(
                    at(page, ("sign_offs", entry.index, "date")),
                    f"A signature is dated {in_words(entry.signed_on)}, which is still to come.",
                    "Write the day on which it was given.",
                    subject=of_signature(entry),
                )


@rule("HB408", "owner-gone", Severity.WARNING)
def owner_gone(handbook: Handbook) -> Iterator[Hit]:
    """The owner of a page has left, or everyone in the group that owns it.

    Nobody keeps the text right, and questions go nowhere.

    **What to do.** Name the new owner; without one, the department's lead owns the page.
    """
    for page in handbook.documents:
        who, field = owner_who_left(handbook, page), owning_field(page)
        name = page.text(field)
        if isinstance(who, Person) and who.until:
            what = "leads the department" if field == "lead" else "owns the page"
            yield Hit(
                at(page, (field,)),
                f"{person_subject(who)} {what} but left on {in_words(who.until)}.",
                f"Name someone else, or delete the line `{field}`." if field == "owner" else "Name the new lead.",
                why_gone(handbook, who),
                subject=of_field((field,), name),
                by_time=True,
            )
        elif isinstance(who, Group):
            yield Hit(
                at(page, (field,)),
                f"Everyone in {who.name}, which owns the page, has left.",
                "Name someone else.",
                subject=of_field((field,), name),
                by_time=True,
            )


@rule("HB409", "signer-gone", Severity.WARNING)
def signer_gone(handbook: Handbook) -> Iterator[Hit]:
    """The only one who may give a signature has left.

    The page can't be signed again.

    **What to do.** Name someone else in `rapid`, or a deputy in the list of people. `handrail hand-over` names somebody else on
    every page that somebody who has left still carries.
    """
    for page, sign_off in judged(handbook):
        for required in sign_off.required:
            if required.who is not None and is_nobody_left(required):
                pronoun = "which" if isinstance(required.who, Group) else "who"
                yield Hit(
                    at(page, required.named.path),
                    f"Nobody is left who may sign “{page.title}” for {required.name}, {pronoun} {required.role.does}.",
                    f"Name someone else in `rapid`, or a deputy in the list of people.{_for_all_pages(handbook, required)}",
                    why_gone(handbook, required.who),
                    subject=of_field(required.named.path, required.named.name),
                    by_time=True,
                )


def _for_all_pages(handbook: Handbook, required: RequiredSignature) -> str:
    """Say what brings all that somebody carried by their own name to somebody else; a group hands nothing over."""
    who = handbook.registry.find(required.named.name)
    return (
        f" `handrail hand-over {who.id}` brings all that they carry to somebody else."
        if isinstance(who, Person)
        else ""
    )


@rule("HB410", "signer-not-in-role", Severity.WARNING)
def signer_not_in_role(handbook: Handbook) -> Iterator[Hit]:
    """Someone signed who does not decide or agree, or had left by then.

    The signature counts for nothing. A deputy may sign, with a note that says why.

    **What to do.** Have the one in that role sign, or fix `rapid`.
    """
    for page, sign_off in judged(handbook):
        # That two decide is one finding; what their signatures count for hangs on how it is fixed.
        for entry in _unauthorised(handbook, sign_off) if len(_deciders(page)) == 1 else ():
            signer = handbook.registry.person(entry.by)
            if signer is not None:
                message, hint = _why_not(handbook, sign_off, entry, signer)
                related = why_gone(handbook, signer) if not signer.is_here(entry.signed_on) else _who_may(page, entry)
                spot = at(page, ("sign_offs", entry.index, "by"))
                yield Hit(spot, message, hint, related, subject=of_signature(entry))


def _who_may(page: Page, entry: Signature) -> tuple[tuple[Spot, str], ...]:
    named = page.rapid.names(entry.role)
    says = f"This says who {entry.role.does}."
    return ((at(page, named[0].path if named else ("rapid",)), says),)


def _why_not(handbook: Handbook, sign_off: SignOff, entry: Signature, signer: Person) -> tuple[str, str]:
    """Say why an entry counts for nothing, and what to do."""
    if not signer.is_here(entry.signed_on):
        return f"{person_subject(signer)} had left when this was signed.", "Have someone sign who is there."
    decider = sign_off.decider
    if (
        entry.role is Role.AGREE
        and decider is not None
        and signer in (decider.who, decider.given and decider.given.signer)
    ):
        return (
            f"{signer.name} decides, and so can't agree as well.",
            "Have someone else agree, or delete the entry.",
        )
    same_role = (one for one in sign_off.required if one.role is entry.role)
    if any(part_of(signer, one.who, handbook.registry) is Part.DEPUTY for one in same_role):
        return (
            f"{signer.name} signed as a deputy without a note.",
            "Add a `note` that says why the deputy signed.",
        )
    return (
        f"{signer.name} signed as the one who {entry.role.does}, which `rapid` does not say.",
        "Fix `rapid` or the entry's `role`.",
    )


def _due(handbook: Handbook, after: int, within: int) -> Iterator[Hit]:
    for page, sign_off in judged(handbook):
        if sign_off.until is None or sign_off.stale:
            continue
        days = (sign_off.until - handbook.today).days
        if after < days <= within:
            names = join_words(asked(one) for one in sign_off.required if one.role is Role.DECIDE)
            yield Hit(
                at(page, ("sign_offs",), key=True),
                f"The sign-off of “{page.title}” runs out on {in_words(sign_off.until)}.",
                f"Ask {names} to read and sign it again.",
                _given(page, sign_off),
                subject=of_field(("sign_offs", "date"), sign_off.signed_on),
                by_time=True,
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
