"""The review queue as data: what each person and group is asked to sign, why and by when, and what nobody can sign.

`report/queuelines.py` writes it; here lie only the sentences that every form of it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from handrail.model.dates import in_words
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.signoff import SignOff, Slot, earliest_day, is_asked_to_be_signed
from handrail.report.lists import Asked
from handrail.rules.words import listed

NOBODY = "Nobody to ask"
Why = Literal["never signed", "incomplete", "changed since", "stale", "due", "can't be signed"]
_SOON = 60
"""For so many days before a sign-off runs out, the next one is asked for."""
_DOES = {"D": "decides on it", "A": "agrees to it"}
_TO_DO = {"D": "To decide", "A": "To agree"}


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature that is asked for.

    `due` is the last day on which it would be in time, and the day itself where it is asked for now. `absent` is whoever
    has left and would have given it, `first` names those who agree before the decider signs, and `outsider` the decider,
    who does not agree for a group too. `remedy` says why nobody can be asked and what to do. `role` is empty where it is
    the whole page that nobody can sign.
    """

    page: Page
    role: Literal["D", "A", ""]
    why: Why
    due: date
    signed_on: date | None = None
    absent: str = ""
    first: tuple[str, ...] = ()
    outsider: Person | None = None
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person or group is asked to sign, most urgent first; `who` is None for what nobody can be asked for."""

    who: Person | Group | None
    signatures: tuple[Signature, ...]

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
    found: dict[Person | Group | None, list[Signature]] = defaultdict(list)
    for page in handbook.documents:
        if is_asked_to_be_signed(page):
            for who, signature in signatures(handbook, page):
                found[who].append(signature)
    turns = [Turn(who, tuple(sorted(dict.fromkeys(signatures), key=_urgency))) for who, signatures in found.items()]
    return Queue(handbook, tuple(sorted(turns, key=_order)))


def _urgency(signature: Signature) -> tuple[date, str, str, bool]:
    page = signature.page
    return signature.due, page.title.casefold(), page.path, signature.role == "D"


def _order(turn: Turn) -> tuple[bool, date, str, str]:
    return (
        turn.who is None,
        turn.signatures[0].due,
        turn.asked.name.casefold(),
        turn.who.id if turn.who is not None else "",
    )


def of_one(found: Queue, who: Person | Group) -> Queue:
    """Return what one person or group is asked to sign; for a person that is also what any member of a group may."""
    registry = found.handbook.registry
    here = isinstance(who, Person) and who.is_here(found.handbook.today)
    turns = []
    for turn in found.turns:
        signatures = turn.signatures
        if turn.who is None or turn.who.id != who.id:
            if not isinstance(turn.who, Group) or who not in registry.members(turn.who) or not here:
                continue
            signatures = tuple(one for one in signatures if one.outsider != who)
        if signatures:
            turns.append(replace(turn, signatures=signatures))
    return replace(found, turns=tuple(turns), of=who.name)


def signatures(handbook: Handbook, page: Page) -> Iterator[tuple[Person | Group | None, Signature]]:
    """Yield the signatures that a page waits for, with who is asked for each."""
    today, registry = handbook.today, handbook.registry
    remedy = _remedy_of_page(handbook, page)
    if remedy:
        yield None, Signature(page, "", "can't be signed", today, remedy=remedy)
        return
    sign_off = handbook.sign_off(page)
    decider = sign_off.decider.who if sign_off.decider is not None else None
    decider = decider if isinstance(decider, Person) else None
    wanted = _wanted(handbook, page, sign_off)
    asked = {slot: registry.to_ask(slot.who, today, decider) for slot, _ in wanted}
    agreeing = [(asked[slot], _named(slot, asked[slot])) for slot, _ in wanted if slot.role == "A"]
    for slot, signature in wanted:
        who = asked[slot]
        stands_in = isinstance(who, Person) and who != slot.who
        # Whoever stands in for the decider and agrees too need not wait for themself.
        first = [name for other, name in agreeing if other is None or other != who] if slot.role == "D" else []
        shared = isinstance(who, Group) and decider is not None and decider in registry.members(who)
        yield (
            who,
            replace(
                signature,
                absent=slot.name if stands_in else "",
                first=tuple(dict.fromkeys(first)),
                outsider=decider if shared else None,
                remedy="" if who is not None else _remedy(handbook, slot),
            ),
        )


def _named(slot: Slot, who: Person | Group | None) -> str:
    if isinstance(slot.who, Group):
        return f"someone of {slot.name}"
    return who.name if who is not None else slot.name


def _wanted(handbook: Handbook, page: Page, sign_off: SignOff) -> list[tuple[Slot, Signature]]:
    """Return the signatures that are missing, else those that have run out or do soon, each with why and by when."""
    today = handbook.today
    if sign_off.missing:
        return _missing(handbook, page, sign_off)
    until = sign_off.until
    if until is None or not _is_soon(until, today):
        return []
    why: Why = "stale" if sign_off.stale else "due"
    # Those who agreed agreed to this text; only the decider's signature runs out.
    return [
        (slot, Signature(page, slot.role, why, until, slot.entry.signed_on))
        for slot in sign_off.slots
        if slot.entry is not None and slot.role == "D"
    ]


def _missing(handbook: Handbook, page: Page, sign_off: SignOff) -> list[tuple[Slot, Signature]]:
    today = handbook.today
    plan = handbook.plans.get(page)
    begins = plan.period.start if plan is not None and plan.period is not None else today
    earliest = earliest_day(plan.period) if plan is not None else None
    if earliest is not None and earliest > today:
        return []  # a signature would not count yet
    found = []
    for slot in sign_off.missing:
        if slot.former is not None:
            due = min(today, sign_off.until or today)
            signature = Signature(page, slot.role, "changed since", due, slot.former.signed_on)
        else:
            why: Why = "never signed" if sign_off.status == "never signed" else "incomplete"
            signature = Signature(page, slot.role, why, max(today, begins))
        found.append((slot, signature))
    return found


def _is_soon(day: date, today: date) -> bool:
    return (day - today).days <= _SOON


def _remedy_of_page(handbook: Handbook, page: Page) -> str:
    """Say why nobody can sign a page whoever it is, and what to do; empty where somebody can."""
    deciders = list(dict.fromkeys(named.name for named in page.rapid.decide))
    if page.doubts("rapid") or page.doubts("sign_offs") or page.rapid.faults:
        return "What it says about who signs can't be read. Run “handrail check”, which says what to mend."
    if not deciders:
        return "It does not say who decides. Put a name with a (D) behind it into its “rapid”."
    if len(deciders) > 1:
        return f"It says that {listed(deciders)} decide, and one person does. Leave the (D) behind one of them."
    group = handbook.registry.find(deciders[0])
    if isinstance(group, Group):
        return (
            f"It says that {group.name} decides, which is a group, and one person does. Put that person's name with "
            "a (D) behind it into its “rapid”, and give the group an (A)."
        )
    return ""


def _remedy(handbook: Handbook, slot: Slot) -> str:
    """Say why nobody can be asked for a signature, and what to do."""
    does = _DOES[slot.role]
    if slot.who is None:
        return (
            f"The list of people knows nobody called “{slot.named.name}”, who {does}. "
            "Add them there, or name someone else in its “rapid”."
        )
    if isinstance(slot.who, Group):
        return (
            f"{slot.name}, which {does}, has no member who could sign. "
            "Add one in the list of people, or name someone else in its “rapid”."
        )
    deputy = handbook.registry.deputy(slot.who)
    if deputy is not None and deputy.is_here(handbook.today):
        return (
            f"{slot.name}, who {does}, has left, and the deputy, {deputy.name}, decides and so can't agree as well. "
            "Name another deputy in the list of people, or someone else in its “rapid”."
        )
    gone = f"and so has the deputy, {deputy.name}" if deputy is not None else "and has no deputy"
    return (
        f"{slot.name}, who {does}, has left {gone}. "
        "Name a deputy in the list of people, or someone else in its “rapid”."
    )


# The sentences


def by_when(signature: Signature, today: date) -> str:
    """Say by when a signature is asked for, as the state of an entry."""
    if signature.due < today:
        return f"overdue since {in_words(signature.due)}"
    if signature.due > today or signature.why == "due":
        return f"by {in_words(signature.due)}"
    return "now"


def in_sentences(signature: Signature, today: date) -> str:
    """Say what whoever is asked does by signing and why it is asked, or why nobody is and what to do."""
    if signature.remedy:
        return signature.remedy
    to_do = _TO_DO[signature.role]
    if signature.outsider is not None:
        to_do += f", by one of them other than {signature.outsider.name}, who decides"
    if signature.absent:
        to_do += f" for {signature.absent}, who has left"
    if signature.first:
        to_do += f", once {listed(signature.first)} {'has' if len(signature.first) == 1 else 'have'} agreed"
    return f"{to_do}. {_reason(signature, today)}"


def _reason(signature: Signature, today: date) -> str:
    begins = " Its period begins on that day." if signature.due > today else ""
    match signature.why:
        case "changed since" if signature.signed_on is not None:
            return f"The text has changed since it was signed on {in_words(signature.signed_on)}."
        case "stale":
            return "The sign-off has run out."
        case "due":
            return "The sign-off runs out on that day."
        case "incomplete":
            return f"Others have signed it, and this signature is missing.{begins}"
        case _:
            return f"Nobody has signed it yet.{begins}"
