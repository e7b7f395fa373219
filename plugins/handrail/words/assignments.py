"""What is said of signatures that are asked for: what to do and why, by when, after whom, and why nobody can give one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handrail.model.assignments import Assignment, Occasion, Unsignable
from handrail.model.authority import Obstacle
from handrail.model.people import Group
from handrail.model.roles import Role
from handrail.model.signoff import RequiredSignature
from handrail.words.language import in_words, join_words
from handrail.words.signing import group_words, named, withdrawal


def by_when(assignment: Assignment, today: date) -> str:
    """Say by when a signature is asked for, as the state of an entry."""
    if assignment.due < today:
        return f"overdue since {in_words(assignment.due)}"
    if assignment.due > today or assignment.why is Occasion.DUE:
        return f"by {in_words(assignment.due)}"
    return "now"


def in_sentences(assignment: Assignment, today: date) -> str:
    """Say what whoever is asked does by signing and why it is asked, or why nobody is and what to do."""
    return why_nobody(assignment) or f"{_to_do(assignment)}. {_reason(assignment, today)}"


def _to_do(assignment: Assignment) -> str:
    words = f"To {assignment.role.field}" if assignment.role is not None else ""
    if assignment.excluded is not None:
        words += f", by one of them other than {assignment.excluded.name}, who decides"
    if assignment.on_behalf_of is not None:
        words += f" for {assignment.on_behalf_of.name}, who has left"
    return f"{words}, {_once_agreed(assignment)}" if assignment.waits_for else words


def _once_agreed(assignment: Assignment) -> str:
    names = waits_for(assignment)
    return f"once {join_words(names)} {'has' if len(names) == 1 else 'have'} agreed" if names else ""


def waits_for(assignment: Assignment) -> list[str]:
    """Name those who agree before somebody decides."""
    return list(dict.fromkeys(map(_who_signs, assignment.waits_for)))


def _who_signs(required: RequiredSignature) -> str:
    ask = required.signers.ask
    return named(required) if isinstance(required.who, Group) or ask is None else ask.name


def _reason(assignment: Assignment, today: date) -> str:
    begins = " Its period begins on that day." if assignment.due > today else ""
    match assignment.why:
        case Occasion.CHANGED if assignment.signed_on is not None:
            return f"The text has changed since it was signed on {in_words(assignment.signed_on)}."
        case Occasion.NOT_AGREED:
            refused = join_words(map(_refusal, assignment.refusals))
            return f"{refused}. Change the page, or settle it with them."
        case Occasion.STALE:
            return "The sign-off has run out."
        case Occasion.DUE:
            return "The sign-off runs out on that day."
        case Occasion.INCOMPLETE:
            return f"Others have signed it, and this signature is missing.{begins}"
        case _:
            return f"Nobody has signed it yet.{begins}"


def _refusal(required: RequiredSignature) -> str:
    if required.withdrawn is None:
        return ""
    reason = required.withdrawn.signature.reason
    return withdrawal(required.withdrawn) + (f" (“{reason}”)" if reason else "")


# Why nobody can sign


def why_nobody(assignment: Assignment) -> str:
    """Say why nobody can be asked for a signature, and what to do; empty where somebody can."""
    required = assignment.required
    return _why_no_page(assignment) if required is None else _why_not_given(required)


def _why_no_page(assignment: Assignment) -> str:
    names = join_words(assignment.deciding)
    match assignment.unsignable:
        case Unsignable.UNREADABLE:
            return "What it says about who signs can't be read. Run “handrail check”, which says what to fix."
        case Unsignable.NO_DECIDER:
            return "It does not say who decides. Put a name with a (D) behind it into its “rapid”."
        case Unsignable.SEVERAL_DECIDE:
            return f"It says that {names} decide, and one person does. Leave the (D) behind one of them."
        case Unsignable.GROUP_DECIDES:
            return (
                f"It says that {names} decides, which is a group, and one person does. Put that person's name with "
                "a (D) behind it into its “rapid”, and give the group an (A)."
            )
    return ""


def _why_not_given(required: RequiredSignature) -> str:
    does, name = f"{required.role.acts_on} it", required.name
    deputy = required.signers.deputy.name if required.signers.deputy is not None else ""
    elsewhere = "name someone else in its “rapid”."
    match required.signers.obstacle:
        case Obstacle.UNKNOWN:
            return f"The list of people knows nobody called “{name}”, who {does}. Add them there, or {elsewhere}"
        case Obstacle.NO_MEMBER:
            return f"{name}, which {does}, has no member who could sign. Add one in the list of people, or {elsewhere}"
        case Obstacle.DEPUTY_DECIDES:
            return (
                f"{name}, who {does}, has left, and the deputy, {deputy}, decides and so can't agree as well. "
                "Name another deputy in the list of people, or someone else in its “rapid”."
            )
        case Obstacle.DEPUTY_LEFT:
            gone = f"and so has the deputy, {deputy}"
        case Obstacle.LEFT:
            gone = "and has no deputy"
        case None:
            return ""
    return f"{name}, who {does}, has left {gone}. Name a deputy in the list of people, or someone else in its “rapid”."


# What a page says to those whom it asks


@dataclass(frozen=True, slots=True)
class OneInvited:
    """What a button says to one who is asked to sign: what they do by it, and after whom; the latter may be empty."""

    role: Role
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a page says to all whom it asks to sign, and to each of them."""

    words: str
    to_each: tuple[OneInvited, ...]


def invitation(asked: Sequence[Assignment]) -> Invitation:
    """Say who is asked to sign a page, and what they do by it."""
    wanted = [(one, one.required) for one in asked if one.required is not None]
    names = join_words(dict.fromkeys(_in_a_sentence(_whose(required)) for _, required in wanted))
    is_one = len(wanted) == 1
    words = f"For {names}, who {'is' if is_one else 'are'} asked to sign this text."
    if all(one.why is Occasion.UNBOUND for one, _ in wanted):
        # It counts, and nobody is waited for.
        signed = "signature doesn't say which text it is" if is_one else "signatures don't say which text they are"
        words = f"For {names}, whose {signed} for. Signing again does."
    return Invitation(
        words,
        tuple(
            OneInvited(required.role, f"{_whose(required)}: {required.role.infinitive} this page", _once_agreed(one))
            for one, required in wanted
        ),
    )


def _whose(required: RequiredSignature) -> str:
    """Return whose a button is that signs: a person, someone of a group, or who signs for one that has left."""
    ask, absent = required.signers.ask, required.signers.absent
    if isinstance(ask, Group):
        return f"Someone of {group_words(ask.name)}"
    name = ask.name if ask is not None else required.name
    return f"{name}, for {absent.name}" if absent is not None else name


def _in_a_sentence(whose: str) -> str:
    return f"someone{whose.removeprefix('Someone')}" if whose.startswith("Someone of ") else whose
