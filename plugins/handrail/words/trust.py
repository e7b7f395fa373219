"""What the line of trust says: how a page stands, in one sentence that readers take in at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.plans import Plan
from handrail.model.references import PLAN
from handrail.model.roles import Role
from handrail.model.signoff import SignOff
from handrail.model.trust import Trust
from handrail.words.language import in_words, join_words
from handrail.words.signing import all_taken_back, named

_NO_BREAK = "\N{NO-BREAK SPACE}"
_LONGEST = 30
"""So many letters fit on one line of a phone, with a word before them."""


class TrustWords(NamedTuple):
    """A sentence on how a page stands: its beginning, which is printed in bold, and the rest."""

    begins: str
    rest: str


def trust_words(page: Page, sign_off: SignOff, plan: Plan | None, states: Iterable[Trust]) -> list[TrustWords]:
    """Return the sentence for each of some states of a page, which may be a plan."""
    return [_SAID[state](page, sign_off, plan) for state in states]


def _retired(_page: Page, _sign_off: SignOff, _plan: Plan | None) -> TrustWords:
    return TrustWords("Retired.", "It no longer holds.")


def _unwritten(page: Page, _sign_off: SignOff, _plan: Plan | None) -> TrustWords:
    if page.is_draft:
        return TrustWords("A draft.", "It is being written and does not hold yet.")
    return TrustWords("Not written yet.", "")


def _changed(_page: Page, sign_off: SignOff, _plan: Plan | None) -> TrustWords:
    since = sign_off.changed_since
    day = f"on {_day(since.signature.signed_on)}." if since is not None else ""
    return TrustWords("Changed since it was signed", day)


def _late(_page: Page, sign_off: SignOff, _plan: Plan | None) -> TrustWords:
    return TrustWords("Sign-off ran out", f"on {_day(sign_off.until)}. It still holds.{_in_doubt(sign_off)}")


def _part(_page: Page, sign_off: SignOff, _plan: Plan | None) -> TrustWords:
    return TrustWords("Not fully signed.", _still_missing(sign_off))


def _open(_page: Page, sign_off: SignOff, _plan: Plan | None) -> TrustWords:
    taken_back = all_taken_back(sign_off)
    return TrustWords("Not signed.", f"In use, and {join_words(taken_back) or 'nobody has signed it yet'}.")


def _care(page: Page, _sign_off: SignOff, plan: Plan | None) -> TrustWords:
    return TrustWords("Needs an update.", page.text("needs_update") or _over(plan))


def _due(page: Page, sign_off: SignOff, plan: Plan | None) -> TrustWords:
    return _signed_by(page, sign_off, plan, "runs out on")


def _signed(page: Page, sign_off: SignOff, plan: Plan | None) -> TrustWords:
    return _signed_by(page, sign_off, plan, "good until")


_SAID: Mapping[Trust, Callable[[Page, SignOff, Plan | None], TrustWords]] = {
    Trust.RETIRED: _retired,
    Trust.UNWRITTEN: _unwritten,
    Trust.CHANGED: _changed,
    Trust.LATE: _late,
    Trust.PART: _part,
    Trust.OPEN: _open,
    Trust.CARE: _care,
    Trust.DUE: _due,
    Trust.SIGNED: _signed,
}


_IN_A_LIST: Mapping[Trust, str] = {
    Trust.CHANGED: "changed since signing",
    Trust.LATE: "run out",
    Trust.PART: "not fully signed",
    Trust.OPEN: "not signed",
    Trust.CARE: "needs an update",
    Trust.SIGNED: "signed",
    Trust.UNWRITTEN: "not in force yet",
}


def words_in_list(page: Page, sign_off: SignOff, state: Trust) -> str:
    """Return how a page stands, as it stands behind its name in a list."""
    if state is Trust.DUE and sign_off.until is not None:
        return f"by {_day(sign_off.until)}"
    return page.state_inside if state in (Trust.UNWRITTEN, Trust.RETIRED) else briefly(state)


def briefly(state: Trust) -> str:
    """Return a state in a word or two, whatever the page."""
    return _IN_A_LIST.get(state, state.value)


def counted(number: int, state: Trust) -> str:
    """Return how many pages stand in a state, such as "6 run out"."""
    if state is Trust.CARE:
        return f"{number} {'needs' if number == 1 else 'need'} an update"
    return f"{number} {briefly(state)}"


def _in_doubt(sign_off: SignOff) -> str:
    """Say whom to ask in doubt: the decider of a page, or the deputy of one who has left."""
    decider = sign_off.decider
    ask = decider.signers.ask or decider.who if decider is not None else None
    return f" If in doubt, ask {ask.name}." if isinstance(ask, Person) else ""


def _still_missing(sign_off: SignOff) -> str:
    """Name those who have still to sign, and those who took a signature back."""
    waiting = [one for one in sign_off.missing if one.withdrawn is None]
    said = []
    if waiting:
        does = "agree" if all(one.role is Role.AGREE for one in waiting) else "sign"
        is_one = len(waiting) == 1
        said.append(f"{join_words(named(one) for one in waiting)} {'has' if is_one else 'have'} still to {does}")
    said += all_taken_back(sign_off)
    if sign_off.decider is None:
        said.append("nobody is named who decides")
    return f"In use, and {join_words(said)}."


def _over(plan: Plan | None) -> str:
    ended = f"ended on {_day(plan.period.end)}" if plan is not None and plan.period is not None else "is over"
    return f"Its period {ended}, and no newer plan is in force."


def _signed_by(page: Page, sign_off: SignOff, plan: Plan | None, holds: str) -> TrustWords:
    given = sign_off.decider.given if sign_off.decider is not None else None
    whose = f", for {given.principal.name}" if given is not None and given.principal is not None else ""
    by = f"by {given.signer.name}{whose}" if given is not None else "by everyone who is asked"
    day = f" on {_day(sign_off.signed_on)}" if sign_off.signed_on is not None else ""
    if page.counted_as == PLAN:
        until = f" · until {_day(plan.period.end)}" if plan is not None and plan.period is not None else ""
        return TrustWords("Vetted", f"{by}{day}{until}")
    if sign_off.until is None:
        return TrustWords("Signed", f"{by}{day}")
    return TrustWords("Signed", f"{by} · {holds} {_day(sign_off.until)}")


def _day(day: date | None) -> str:
    """Return a day that no line breaks."""
    return unbroken(in_words(day)) if day is not None else ""


def unbroken(text: str) -> str:
    """Return a text that no line breaks, such as a day or a contact; a long one may be broken, for it fits on no phone."""
    return text.replace(" ", _NO_BREAK) if len(text) <= _LONGEST else text
