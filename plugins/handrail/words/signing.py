"""What is said of roles and signatures: whom to ask, who may sign, who did, for which text, and until when it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.model.signoff import Given, RequiredSignature, Signature, SignOff, Status
from handrail.model.text_state import TextState, TextVerdict, Why
from handrail.words.language import in_words, join_words, person_words

STATUS: dict[Status, str] = {
    Status.NOT_ASKED: "not signed",
    Status.NEVER_SIGNED: "never signed",
    Status.WITHDRAWN: "not agreed",
    Status.INCOMPLETE: "sign-off not complete",
    Status.CHANGED: "changed since it was signed",
    Status.SIGNED: "signed",
}
"""How far a document is signed, as a list says it."""
RAN_OUT = "sign-off has run out"
UNBOUND = "Recorded, text not bound: which text was signed is not on record. The next signature names it."
READS_THE_SAME = "Laid out anew since, reads the same."

_TEXTS: dict[TextState, str] = {
    TextState.AS_SIGNED: "this text",
    TextState.READS_THE_SAME: "this text, laid out anew since, reads the same",
    TextState.UNBOUND: "text not bound",
    TextState.CHANGED: "an earlier text",
}


# Whom to ask


def named(required: RequiredSignature) -> str:
    """Return whose signature is required, shortly."""
    return f"someone of {group_words(required.name)}" if isinstance(required.who, Group) else required.name


def missing(required: Iterable[RequiredSignature]) -> str:
    """Name those whose signature is missing."""
    return join_words(named(one) for one in required)


def asked(required: RequiredSignature) -> str:
    """Return whom to ask for a signature."""
    who, ask, does = required.who, required.signers.ask, required.role.does
    if isinstance(who, Group):
        return f"someone of {group_words(who.name)} ({does})"
    if who is None:
        return f"{required.named.name} ({does})"
    if not isinstance(ask, Person):
        return f"whoever follows {who.name} ({does})"
    if ask == who:
        return f"{person_words(who)} ({does})"
    return f"{person_words(ask)}, for {who.name} ({does})"


def group_words(group: str) -> str:
    """Return a group's name as it stands within a sentence: the leadership team."""
    first, _, rest = group.partition(" ")
    is_plain = rest and first[1:].islower() and all(word.islower() for word in rest.split())
    return f"the {first.lower()} {rest}" if is_plain else group


def who_may(sign_off: SignOff, role: Role) -> str:
    """Say who may sign a page in a role, as a sentence without its first capital."""
    required = [one for one in sign_off.required if one.role is role]
    return f"{'; '.join(map(_may, required))}." if required else "nobody is asked to."


def _may(required: RequiredSignature) -> str:
    who, signers, does = required.who, required.signers, required.role.does
    if isinstance(who, Group):
        return f"a member of {group_words(who.name)} {does}, other than the one who decides"
    if who is None:
        return f"{required.name}, whom the list of people does not know, {does}"
    if signers.absent is None:
        deputy = f", or {signers.deputy.name} as deputy with a note" if signers.deputy is not None else ""
        return f"{who.name} {does}{deputy}"
    if signers.ask is not None:
        return f"{signers.ask.name}, the deputy of {who.name}, may sign with a note"
    return f"{who.name} {does} but has left, so name someone else in `rapid`"


# Who signed, and which text


def signer_words(given: Given, *, with_job: bool = True) -> str:
    """Return who gave a signature, and for whom."""
    if given.principal is not None:
        return f"{given.signer.name} for {given.principal.name}"
    return person_words(given.signer) if with_job else given.signer.name


@dataclass(frozen=True, slots=True)
class SignatureWords:
    """What a page says of one signature that it needs: who gave it, and who took it back; one of the two may be empty."""

    required: RequiredSignature
    given: str
    taken_back: str


def signature_words(sign_off: SignOff) -> list[SignatureWords]:
    """Say of each signature that a page needs who gave it, when, for which text, and what they checked."""
    return [SignatureWords(one, _given_words(one), _taken_back(one)) for one in sign_off.required]


def _given_words(required: RequiredSignature) -> str:
    given = required.latest
    if given is None:
        return f"Not signed yet by {named(required)}." if required.withdrawn is None else ""
    day = in_words(given.signature.signed_on)
    return f"{signer_words(given)}, {day}: {text_words(given.text)}.{_in_quotes(given.signature.note)}"


def _taken_back(required: RequiredSignature) -> str:
    given = required.withdrawn
    return f"{withdrawal(given)}.{_in_quotes(given.signature.reason)}" if given is not None else ""


def _in_quotes(note: str) -> str:
    return f" “{note.strip()}”" if note else ""


def text_words(verdict: TextVerdict) -> str:
    """Say which text a signature is for."""
    return _TEXTS[verdict.state]


def withdrawal(given: Given) -> str:
    """Say that somebody took a signature back, or never agreed."""
    signature, who = given.signature, signer_words(given, with_job=False)
    day = in_words(signature.withdrawn_on or signature.signed_on)
    if signature.is_refusal:
        does_not = "does not decide for it" if signature.role is Role.DECIDE else "does not agree"
        return f"{who} {does_not}, said on {day}"
    return f"{who} withdrew the signature of {in_words(signature.signed_on)} on {day}"


def why_unknown(verdict: TextVerdict) -> str:
    """Say why nobody can tell what has changed in a text; empty where it is known."""
    match verdict.why:
        case Why.SHALLOW:
            return verdict.git_reason
        case Why.NOT_IN_GIT:
            return verdict.git_reason or "No commit holds the text that was signed."
        case Why.EXTENSION:
            names = join_words(f"`{name}`" for name in verdict.extensions)
            return f"What {names} in `markdown_extensions` makes of a text can't be told here, so a text counts only as it was typed."
    return ""


# How it stands


def all_taken_back(sign_off: SignOff) -> list[str]:
    """Say of each signature that somebody took back, or refused, who did."""
    return [withdrawal(one.withdrawn) for one in sign_off.missing if one.withdrawn is not None]


def holds(handbook: Handbook, page: Page, sign_off: SignOff) -> str:
    """Say until when a sign-off holds, or who is still missing; and whose signature stands though another does not agree."""
    if not sign_off.is_signed:
        return f"Still missing: {join_words(asked(one) for one in sign_off.missing)}."
    standing = [one.given for one in sign_off.required if one.given is not None and one.withdrawn is not None]
    whose = (f"{given.signer.name} of {in_words(given.signature.signed_on)}" for given in standing)
    stands = f"The signature of {join_words(whose)} stands all the same. " if standing else ""
    return f"{stands}{_until(handbook, page, sign_off)}"


def _until(handbook: Handbook, page: Page, sign_off: SignOff) -> str:
    decider = sign_off.decider
    if (
        sign_off.until is not None
        and decider is not None
        and decider.given is not None
        and sign_off.signed_on is not None
    ):
        if sign_off.stale:
            return (
                f"Everyone has signed, but {decider.given.signer.name} did so on {in_words(sign_off.signed_on)} and that ran "
                f"out on {in_words(sign_off.until)}; it takes a new signature of the one who decides."
            )
        return f"Everyone has signed; that holds until {in_words(sign_off.until)}, unless the text changes."
    plan = handbook.plans.get(page)
    if plan is not None and plan.period is not None:
        ends = "ended" if plan.is_over(handbook.today) else "ends"
        return f"Everyone has signed; the period {ends} on {in_words(plan.period.end)}."
    return "Everyone has signed; that holds until the text changes."


def signed_sentence(sign_off: SignOff) -> str:
    """Say in one sentence who signed and until when it holds; empty where it isn't signed."""
    decider = sign_off.decider
    if not sign_off.is_signed or decider is None or decider.given is None or sign_off.signed_on is None:
        return ""
    words = f"Signed by {signer_words(decider.given)}, {in_words(sign_off.signed_on)}"
    if sign_off.until is not None:
        ran_out = f"; that ran out on {in_words(sign_off.until)}"
        words += ran_out if sign_off.stale else f", good until {in_words(sign_off.until)}"
    return f"{words}."


def entry_words(signature: Signature, name: str) -> str:
    """Name one entry: who, in which role, on which day."""
    return f"{name} as the one who {signature.role.does}, on {in_words(signature.signed_on)}"
