"""What a document's sign-off waits for: whose signatures are asked for now or soon, why, by when, and after whose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.model.signoff import RequiredSignature, SignOff, Status, earliest_day
from handrail.model.text_state import TextState

_SOON = 60
"""For so many days before a sign-off runs out, the next one is asked for."""


class Occasion(StrEnum):
    """Why a signature is asked for."""

    NEVER_SIGNED = "never signed"
    INCOMPLETE = "incomplete"
    CHANGED = "changed since"
    NOT_AGREED = "not agreed"
    STALE = "stale"
    DUE = "due"
    UNBOUND = "unbound"
    IMPOSSIBLE = "can't be signed"


class Unsignable(StrEnum):
    """Why nobody can sign a page, whoever it is."""

    UNREADABLE = "unreadable"
    NO_DECIDER = "no decider"
    SEVERAL_DECIDE = "several decide"
    GROUP_DECIDES = "group decides"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One signature that is asked for.

    `due` is the last day on which it would be in time, and the day itself where it is asked for now. `signed_on` is the day of
    the one that it follows. `waits_for` are those who agree before the decider signs, `refusals` the signatures of those who
    do not agree. `required` is None where it is the whole page that nobody can sign: `unsignable` says why, `deciding` names
    those who are said to decide.
    """

    page: Page
    required: RequiredSignature | None
    why: Occasion
    due: date
    signed_on: date | None = None
    waits_for: tuple[RequiredSignature, ...] = ()
    refusals: tuple[RequiredSignature, ...] = ()
    unsignable: Unsignable | None = None
    deciding: tuple[str, ...] = ()

    @property
    def role(self) -> Role | None:
        return self.required.role if self.required is not None else None

    @property
    def ask(self) -> Person | Group | None:
        """Who is asked; None where nobody can be."""
        return self.required.signers.ask if self.required is not None else None

    @property
    def on_behalf_of(self) -> Person | None:
        """Whoever has left and would have given it."""
        return self.required.signers.absent if self.required is not None and self.ask is not None else None

    @property
    def excluded(self) -> Person | None:
        """The decider, who does not agree for a group too."""
        return self.required.signers.excluded if self.required is not None and isinstance(self.ask, Group) else None


def assignments(handbook: Handbook, page: Page, sign_off: SignOff) -> list[Assignment]:
    """Return the signatures that a page waits for; none where nothing is asked for yet, or any more."""
    impossible = _impossible(handbook, page)
    if impossible is not None:
        return [impossible]
    wanted = _missing(handbook, page, sign_off) if sign_off.missing else _due(handbook, page, sign_off)
    agreeing = [one for one, _ in wanted if one.role is Role.AGREE]
    found: dict[_Turn, Assignment] = {}
    for required, assignment in wanted:
        # Whoever is named by their own name and as one of a group that agrees as a whole is asked once.
        found.setdefault(_turn(required), replace(assignment, waits_for=_waits_for(required, agreeing)))
    return list(found.values())


def invited(handbook: Handbook, page: Page) -> list[Assignment]:
    """Return the signatures that a page asks its readers for, in the order in which they are given: the decider's last.

    They are those it waits for that somebody can give, else those that name no text; none where it asks for none.
    """
    sign_off = handbook.sign_off(page)
    if sign_off.status is Status.NOT_ASKED or handbook.registry_is_in_doubt:
        return []
    asked = [one for one in assignments(handbook, page, sign_off) if one.ask is not None]
    if not asked and sign_off.is_unbound:
        asked = _unbound(handbook, page, sign_off)
    order = [id(one) for one in sign_off.required]
    return sorted(asked, key=lambda one: (one.role is Role.DECIDE, order.index(id(one.required))))


_Turn = tuple[Person | Group | None, Role, str, tuple[str, ...]]


def _turn(required: RequiredSignature) -> _Turn:
    """Return what two signatures have in common of which one is asked for: by whom, for whom, or why by nobody."""
    signers = required.signers
    if signers.ask is not None:
        return signers.ask, required.role, signers.absent.name if signers.absent is not None else "", ()
    deputy = signers.deputy.name if signers.deputy is not None else ""
    return None, required.role, "", (str(signers.obstacle), required.name, deputy)


def _waits_for(required: RequiredSignature, agreeing: list[RequiredSignature]) -> tuple[RequiredSignature, ...]:
    """Return after whom somebody signs; whoever stands in for the decider and agrees too need not wait for themself."""
    if required.role is not Role.DECIDE:
        return ()
    ask = required.signers.ask
    return tuple(one for one in agreeing if one.signers.ask is None or one.signers.ask != ask)


def _impossible(handbook: Handbook, page: Page) -> Assignment | None:
    """Return what is asked in vain where nobody can sign a page whoever it is; None where somebody can."""
    deciding = tuple(dict.fromkeys(named.name for named in page.rapid.decide))
    if page.doubts("rapid") or page.doubts("sign_offs") or page.rapid.faults:
        why = Unsignable.UNREADABLE
    elif not deciding:
        why = Unsignable.NO_DECIDER
    elif len(deciding) > 1:
        why = Unsignable.SEVERAL_DECIDE
    elif isinstance(group := handbook.registry.find(deciding[0]), Group):
        why, deciding = Unsignable.GROUP_DECIDES, (group.name,)
    else:
        return None
    return Assignment(page, None, Occasion.IMPOSSIBLE, handbook.today, unsignable=why, deciding=deciding)


_Wanted = list[tuple[RequiredSignature, Assignment]]


def _due(handbook: Handbook, page: Page, sign_off: SignOff) -> _Wanted:
    """Return the decider's signature where it has run out or does soon: those who agreed agreed to this text."""
    until, decider = sign_off.until, sign_off.decider
    if until is None or decider is None or decider.given is None or (until - handbook.today).days > _SOON:
        return []
    why = Occasion.STALE if sign_off.stale else Occasion.DUE
    return [(decider, Assignment(page, decider, why, until, decider.given.signature.signed_on))]


def _missing(handbook: Handbook, page: Page, sign_off: SignOff) -> _Wanted:
    today, period = handbook.today, handbook.period_of(page)
    earliest = earliest_day(period)
    if earliest is not None and earliest > today:
        return []  # a signature would not count yet
    refused = tuple(one for one in sign_off.required if one.is_refused)
    begins = period.start if period is not None else today
    found = [
        (one, _of_missing(page, one, sign_off, today, begins))
        for one in sign_off.missing
        # Where somebody refused, the decider settles it, and asks again for another text.
        if one not in refused and not (refused and one.role is Role.DECIDE)
    ]
    decider = sign_off.decider
    if refused and decider is not None:
        found.append((decider, Assignment(page, decider, Occasion.NOT_AGREED, today, refusals=refused)))
    return found


def _of_missing(page: Page, required: RequiredSignature, sign_off: SignOff, today: date, begins: date) -> Assignment:
    if required.superseded is not None:
        due, signed_on = min(today, sign_off.until or today), required.superseded.signature.signed_on
        return Assignment(page, required, Occasion.CHANGED, due, signed_on)
    is_first = sign_off.status is Status.NEVER_SIGNED
    return Assignment(page, required, Occasion.NEVER_SIGNED if is_first else Occasion.INCOMPLETE, max(today, begins))


def _unbound(handbook: Handbook, page: Page, sign_off: SignOff) -> list[Assignment]:
    """Return the signatures that count and name no text, of those who can still give them; one of each."""
    found: dict[tuple[Person | Group, Role], Assignment] = {}
    for one in sign_off.required:
        ask = one.signers.ask
        if one.given is not None and one.given.text.state is TextState.UNBOUND and ask is not None:
            found.setdefault((ask, one.role), Assignment(page, one, Occasion.UNBOUND, handbook.today))
    return list(found.values())
