"""The review queue as data: what each person and group is asked to sign, why and by when, and what nobody can sign.

`report/queue_formats.py` writes it; here lie only the sentences that every form of it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from handrail.model.dates import in_words
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.model.signoff import RequiredSignature, SignOff, Status, earliest_day, is_asked_to_be_signed
from handrail.report.lists import Asked
from handrail.words.language import join_words
from handrail.words.signing import named, why_nobody, withdrawal

NOBODY = "Nobody to ask"
_SOON = 60
"""For so many days before a sign-off runs out, the next one is asked for."""


class Why(StrEnum):
    """Why a signature is asked for."""

    NEVER_SIGNED = "never signed"
    INCOMPLETE = "incomplete"
    CHANGED = "changed since"
    NOT_AGREED = "not agreed"
    STALE = "stale"
    DUE = "due"
    IMPOSSIBLE = "can't be signed"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One signature that is asked for.

    `due` is the last day on which it would be in time, and the day itself where it is asked for now. `on_behalf_of` is whoever
    has left and would have given it, `waits_for` names those who agree before the decider signs, and `excluded` is the
    decider, who does not agree for a group too. `blocked_by` says why nobody can be asked and what to do. `said` is who does
    not agree, and why. `required` is None where it is the whole page that nobody can sign.
    """

    page: Page
    required: RequiredSignature | None
    why: Why
    due: date
    signed_on: date | None = None
    on_behalf_of: str = ""
    waits_for: tuple[str, ...] = ()
    excluded: Person | None = None
    blocked_by: str = ""
    said: str = ""

    @property
    def role(self) -> Role | None:
        return self.required.role if self.required is not None else None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person or group is asked to sign, most urgent first; `who` is None for what nobody can be asked for."""

    who: Person | Group | None
    assignments: tuple[Assignment, ...]

    @property
    def asked(self) -> Asked:
        if isinstance(self.who, Group):
            return Asked(self.who.name, "", self.who.handle, self.who.contact)
        return Asked(self.who.name, self.who.job, self.who.handle) if self.who is not None else Asked(NOBODY)


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that is to be signed, by who is asked: those whose turn is the most urgent first, `NOBODY` last.

    `trouble` says in a sentence why there is nothing to list although there may be something to sign. `of` names the
    one person or group that it was narrowed to.
    """

    handbook: Handbook
    turns: tuple[Turn, ...]
    trouble: str = ""
    of: str = ""


def queue(handbook: Handbook) -> Queue:
    """Work out who is asked to sign what."""
    if handbook.registry_is_in_doubt:
        return Queue(
            handbook,
            (),
            "Something is wrong with the list of people, so nobody can say who is to sign; “handrail check” says what.",
        )
    found: dict[Person | Group | None, list[Assignment]] = defaultdict(list)
    for page in handbook.documents:
        if is_asked_to_be_signed(page):
            for who, assignment in assignments(handbook, page):
                found[who].append(assignment)
    turns = [Turn(who, tuple(sorted(listed, key=_urgency))) for who, listed in found.items()]
    return Queue(handbook, tuple(sorted(turns, key=_order)))


def _urgency(assignment: Assignment) -> tuple[date, str, str, bool]:
    page = assignment.page
    return assignment.due, page.title.casefold(), page.path, assignment.role is Role.DECIDE


def _order(turn: Turn) -> tuple[bool, date, str, str]:
    return (
        turn.who is None,
        turn.assignments[0].due,
        turn.asked.name.casefold(),
        turn.who.id if turn.who is not None else "",
    )


def of_one(found: Queue, who: Person | Group) -> Queue:
    """Return what one person or group is asked to sign; for a person that is also what any member of a group may."""
    registry = found.handbook.registry
    here = isinstance(who, Person) and who.is_here(found.handbook.today)
    turns = []
    for turn in found.turns:
        assigned = turn.assignments
        if turn.who is None or turn.who.id != who.id:
            if not isinstance(turn.who, Group) or who not in registry.members(turn.who) or not here:
                continue
            assigned = tuple(one for one in assigned if one.excluded != who)
        if assigned:
            turns.append(replace(turn, assignments=assigned))
    return replace(found, turns=tuple(turns), of=who.name)


def assignments(handbook: Handbook, page: Page) -> Iterator[tuple[Person | Group | None, Assignment]]:
    """Yield the signatures that a page waits for, with who is asked for each."""
    blocked_by = _why_page_blocked(handbook, page)
    if blocked_by:
        yield None, Assignment(page, None, Why.IMPOSSIBLE, handbook.today, blocked_by=blocked_by)
        return
    sign_off = handbook.sign_off(page)
    wanted = _wanted(handbook, page, sign_off)
    listed = set()
    agreeing = [one for one, _ in wanted if one.role is Role.AGREE]
    for required, assignment in wanted:
        signers = required.signers
        # Whoever stands in for the decider and agrees too need not wait for themself.
        others = [one for one in agreeing if one.signers.ask is None or one.signers.ask != signers.ask]
        waits_for = dict.fromkeys(_asked_name(one) for one in others) if required.role is Role.DECIDE else ()
        on_behalf_of = signers.absent.name if signers.absent is not None and signers.ask is not None else ""
        blocked_by = why_nobody(required)
        # Whoever is named by their own name and as one of a group that agrees as a whole is asked once.
        if (turn := (signers.ask, required.role, on_behalf_of, blocked_by)) in listed:
            continue
        listed.add(turn)
        yield (
            signers.ask,
            replace(
                assignment,
                on_behalf_of=on_behalf_of,
                waits_for=tuple(waits_for),
                excluded=signers.excluded if isinstance(signers.ask, Group) else None,
                blocked_by=blocked_by,
            ),
        )


def _asked_name(required: RequiredSignature) -> str:
    ask = required.signers.ask
    return named(required) if isinstance(required.who, Group) or ask is None else ask.name


def _wanted(handbook: Handbook, page: Page, sign_off: SignOff) -> list[tuple[RequiredSignature, Assignment]]:
    """Return the signatures that are missing, else those that have run out or do soon, each with why and by when."""
    today = handbook.today
    if sign_off.missing:
        return _missing(handbook, page, sign_off)
    until, decider = sign_off.until, sign_off.decider
    if until is None or decider is None or decider.given is None or not _is_soon(until, today):
        return []
    # Those who agreed agreed to this text; only the decider's signature runs out.
    why = Why.STALE if sign_off.stale else Why.DUE
    return [(decider, Assignment(page, decider, why, until, decider.given.signature.signed_on))]


def _missing(handbook: Handbook, page: Page, sign_off: SignOff) -> list[tuple[RequiredSignature, Assignment]]:
    today = handbook.today
    plan = handbook.plans.get(page)
    begins = plan.period.start if plan is not None and plan.period is not None else today
    earliest = earliest_day(plan.period) if plan is not None else None
    if earliest is not None and earliest > today:
        return []  # a signature would not count yet
    refused = [one for one in sign_off.required if one.is_refused]
    found = []
    for required in sign_off.missing:
        if required in refused and required.role is not Role.DECIDE:
            continue  # the decider settles it, and asks again for another text
        if required.superseded is not None:
            due = min(today, sign_off.until or today)
            signed_on = required.superseded.signature.signed_on
            found.append((required, Assignment(page, required, Why.CHANGED, due, signed_on)))
        else:
            why = Why.NEVER_SIGNED if sign_off.status is Status.NEVER_SIGNED else Why.INCOMPLETE
            found.append((required, Assignment(page, required, why, max(today, begins))))
    if refused and sign_off.decider is not None:
        found = [(one, assignment) for one, assignment in found if one.role is not Role.DECIDE]
        said = join_words(_refusal(one) for one in refused)
        found.append((sign_off.decider, Assignment(page, sign_off.decider, Why.NOT_AGREED, today, said=said)))
    return found


def _refusal(required: RequiredSignature) -> str:
    if required.withdrawn is None:
        return ""
    reason = required.withdrawn.signature.reason
    return withdrawal(required.withdrawn) + (f" (“{reason}”)" if reason else "")


def _is_soon(day: date, today: date) -> bool:
    return (day - today).days <= _SOON


def _why_page_blocked(handbook: Handbook, page: Page) -> str:
    """Say why nobody can sign a page whoever it is, and what to do; empty where somebody can."""
    deciders = list(dict.fromkeys(name.name for name in page.rapid.decide))
    if page.doubts("rapid") or page.doubts("sign_offs") or page.rapid.faults:
        return "What it says about who signs can't be read. Run “handrail check”, which says what to fix."
    if not deciders:
        return "It does not say who decides. Put a name with a (D) behind it into its “rapid”."
    if len(deciders) > 1:
        return f"It says that {join_words(deciders)} decide, and one person does. Leave the (D) behind one of them."
    group = handbook.registry.find(deciders[0])
    if isinstance(group, Group):
        return (
            f"It says that {group.name} decides, which is a group, and one person does. Put that person's name with "
            "a (D) behind it into its “rapid”, and give the group an (A)."
        )
    return ""


# The sentences


def by_when(assignment: Assignment, today: date) -> str:
    """Say by when a signature is asked for, as the state of an entry."""
    if assignment.due < today:
        return f"overdue since {in_words(assignment.due)}"
    if assignment.due > today or assignment.why is Why.DUE:
        return f"by {in_words(assignment.due)}"
    return "now"


def in_sentences(assignment: Assignment, today: date) -> str:
    """Say what whoever is asked does by signing and why it is asked, or why nobody is and what to do."""
    if assignment.blocked_by or assignment.role is None:
        return assignment.blocked_by
    return f"{to_do(assignment)}. {_reason(assignment, today)}"


def to_do(assignment: Assignment) -> str:
    """Say what whoever is asked does by signing."""
    words = f"To {assignment.role.field}" if assignment.role is not None else ""
    if assignment.excluded is not None:
        words += f", by one of them other than {assignment.excluded.name}, who decides"
    if assignment.on_behalf_of:
        words += f" for {assignment.on_behalf_of}, who has left"
    if assignment.waits_for:
        words += (
            f", once {join_words(assignment.waits_for)} {'has' if len(assignment.waits_for) == 1 else 'have'} agreed"
        )
    return words


def _reason(assignment: Assignment, today: date) -> str:
    begins = " Its period begins on that day." if assignment.due > today else ""
    match assignment.why:
        case Why.CHANGED if assignment.signed_on is not None:
            return f"The text has changed since it was signed on {in_words(assignment.signed_on)}."
        case Why.NOT_AGREED:
            return f"{assignment.said}. Change the page, or settle it with them."
        case Why.STALE:
            return "The sign-off has run out."
        case Why.DUE:
            return "The sign-off runs out on that day."
        case Why.INCOMPLETE:
            return f"Others have signed it, and this signature is missing.{begins}"
        case _:
            return f"Nobody has signed it yet.{begins}"
