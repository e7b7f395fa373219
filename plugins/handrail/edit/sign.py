"""Signs a page: who may, on which day and for which text, and the entry that says so.

Whether a signature counts is asked of the model, with the entry in place, so that what is written here is what every
check and page will count; this module finds the words where it does not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from handrail.edit.frontmatter import with_entry
from handrail.errors import UsageError
from handrail.model.dates import in_words
from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.references import PLAN, parse_reference
from handrail.model.signedtext import text_digest
from handrail.model.signoff import SignOff, Slot, earliest_day, is_asked_to_be_signed, read_entries
from handrail.rules.check import check
from handrail.rules.finding import Severity
from handrail.rules.hb4_signoff import to_ask
from handrail.rules.words import field_name, listed, refusal

Role = Literal["D", "A"]
ROLES: dict[str, str] = {"D": "decides", "A": "agrees"}
"""What each role that signs does, in words."""

_BEFORE_SIGNING = ("HB0", "HB1")
_ROLE_INFINITIVES = {"D": "decide on", "A": "agree to"}
_ROLE_VERBS = {"D": "decides on", "A": "agrees to"}
_BLANKS = re.compile(r"[\s\x85]+")


@dataclass(frozen=True, slots=True)
class Wish:
    """The signature that someone wants to give; `by` is an id or a name."""

    role: Role
    by: str
    day: date
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A page with its new bytes, which are not yet written: who signed, and how the page then stands."""

    page: Page
    raw: bytes
    wish: Wish
    signer: Person
    sign_off: SignOff


def find(handbook: Handbook, reference: str) -> Page:
    """Return the document that a reference names, for a line its plan in force; raises UsageError where it names none."""
    kinds = [kind.name for kind in handbook.kinds.values() if kind.signed]
    resolution = handbook.index.resolve(reference, kinds)
    if resolution.page is not None:
        twins = handbook.twins.get(handbook.identity(resolution.page), ())
        if twins:
            paths = listed(page.path for page in twins)
            raise UsageError(f"`{reference}` names several pages, {paths}; give all but one another id first.")
        return resolution.page
    match resolution.status:
        case "ambiguous":
            names = listed((f"`{name}`" for name in resolution.candidates), "or")
            raise UsageError(f"`{reference}` could be {names}; say which.")
        case "wrong kind":
            kind = handbook.kinds[resolution.candidates[0].split(":")[0]]
            signed = listed(handbook.kinds[name].plural for name in kinds)
            raise UsageError(f"`{reference}` is a page of the kind `{kind.name}`; only {signed} are signed.")
    parts = parse_reference(reference)
    broken = handbook.unfit.get(parts.id) if parts else None
    if broken is not None and parts and parts.kind in ("", broken.kind):
        raise UsageError(obstacle(handbook, broken.page))
    line = handbook.lines.get(parts.id) if parts and parts.kind in ("", PLAN) else None
    if parts is not None and parts.period and line is not None:
        names = listed(plan.name for plan in line.plans)
        raise UsageError(f"The line `{parts.id}` has no plan for {parts.period}; it has {names}.")
    names_of = {kind: handbook.index.ids([kind]) for kind in kinds}
    prefixes = {kind: f"{kind}:" if ":" in reference else "" for kind in kinds}
    close = nearest(reference, (prefixes[kind] + name for kind, ids in names_of.items() for name in ids))
    advice = f"did you mean `{close}`?" if close else "`handrail report toc` lists plans and procedures."
    raise UsageError(f"There is no page `{reference}` to sign; {advice}")


def obstacle(handbook: Handbook, page: Page) -> str:
    """Say why nobody can sign a page as it is; empty where nothing is in the way."""
    for finding in check(handbook).findings:
        if finding.path == page.path and finding.severity is Severity.ERROR and finding.rule[:3] in _BEFORE_SIGNING:
            return f"Line {finding.line} of {page.path} has to be mended before anyone signs: {finding.message}"
    noun = page.kind.noun if page.kind else "page"
    if not is_asked_to_be_signed(page):
        if page.kind and "state" in page.kind.fields:
            return (
                f"“{page.title}” is not signed while its state is `{page.state}`; "
                f"set `state: active` once the {noun} is in use."
            )
        return f"“{page.title}” asks for no signature; add `rapid:` with the one who decides if it should."
    return _decider_missing(handbook, page)


def _decider_missing(handbook: Handbook, page: Page) -> str:
    """Say why nobody knows who decides on a page; empty where it is plain."""
    if handbook.registry_is_in_doubt:
        return "Something is wrong with the list of people, so nobody can say who may sign; `handrail check` says what."
    deciders = list(dict.fromkeys(named.name for named in page.rapid.decide))
    if len(deciders) != 1:
        said = f"says that {listed(deciders)} decide" if deciders else "does not say who decides"
        return f"“{page.title}” {said}; put one name with a (D) behind it into `rapid`."
    if isinstance(handbook.registry.find(deciders[0]), Group):
        return f"`{deciders[0]}` is a group, and one person decides on “{page.title}”; name that person in `rapid`."
    return ""


def sign(handbook: Handbook, page: Page, raw: bytes, wish: Wish) -> Signed:
    """Give a signature in memory; `raw` is the page as it was read. Raises UsageError where it would not count."""
    trouble = obstacle(handbook, page)
    if trouble:
        raise UsageError(trouble)
    _check_day(handbook, page, wish.day)
    signer = _signer(handbook, page, wish)
    wish = Wish(wish.role, wish.by, wish.day, _one_line("note", wish.note), _one_line("evidence", wish.evidence))
    digest = text_digest(page, handbook.registry)
    before = read_entries(page)
    again = any(one.role == wish.role and one.digest == digest and _is(handbook, one.by, signer) for one in before)
    if again and not wish.note:
        raise UsageError(
            f"{signer.name} has signed this text as the one who {ROLES[wish.role]} already; "
            "say with --note what was checked this time."
        )
    by = signer.id if handbook.registry.exists else signer.name
    entry = {"role": wish.role, "by": by, "date": wish.day.isoformat(), "digest": digest}
    entry |= {name: text for name, text in (("note", wish.note), ("evidence", wish.evidence)) if text}
    after = with_entry(raw, entry)
    signed = handbook.with_content(page, after)
    _check_entry(page, signed)
    sign_off = _judged(handbook, page, signed)
    index = len(page.data.get("sign_offs", ()))
    older = next((one for one in sign_off.older if one.index == index), None)
    if older is not None and (came := handbook.text_came(page, older)) is not None:
        raise UsageError(
            f"The text of “{page.title}” came on {in_words(came)}; a signature from before that says nothing about it."
        )
    if any(stranger.index == index for stranger in sign_off.strangers):
        raise UsageError(_why_not(handbook, page, signer, wish))
    return Signed(page, after, wish, signer, sign_off)


def _check_entry(page: Page, signed: Page) -> None:
    """Refuse an entry that its schema does; what else the page's schema refuses, somebody chose to ignore."""
    known = {violation.path for violation in page.violations}
    for violation in signed.violations:
        if violation.path not in known:
            message, hint = refusal(violation, signed)
            said = message.replace(field_name(violation.path), f"--{violation.path[-1]}").rstrip(".")
            raise UsageError(f"{said}; {hint[:1].lower()}{hint[1:]}")


def _is(handbook: Handbook, name: str, person: Person) -> bool:
    found = handbook.registry.person(name)
    return found is not None and found.id == person.id


def _judged(handbook: Handbook, page: Page, signed: Page) -> SignOff:
    plan = handbook.plans.get(page)
    return handbook.judge(signed, plan.period if plan else None)


def _check_day(handbook: Handbook, page: Page, day: date) -> None:
    if day > handbook.today + timedelta(days=1):
        raise UsageError(f"{in_words(day)} is still to come; a signature bears the day on which it is given.")
    plan = handbook.plans.get(page)
    earliest = earliest_day(plan.period) if plan else None
    if plan is not None and earliest is not None and day < earliest:
        raise UsageError(f"For the plan of {plan.name} a signature counts from {in_words(earliest)} on.")


def _signer(handbook: Handbook, page: Page, wish: Wish) -> Person:
    """Return who signs; without a list of people, a name is taken as `rapid` writes it."""
    registry = handbook.registry
    written = [named.name for named in page.rapid.names(wish.role)]
    name = wish.by.strip()
    if not registry.exists:
        name = next((one for one in written if one.casefold() == name.casefold()), name)
    found = registry.find(name)
    if found is None:
        close = nearest(name, registry.names())
        advice = f"did you mean `{close}`?" if close else "add them there first."
        raise UsageError(f"The list of people knows nobody called `{name}`; {advice}")
    if isinstance(found, Group):
        raise UsageError(f"`{name}` is a group, and one person signs; name the member who does.")
    if not found.is_here(wish.day) and found.until:
        raise UsageError(
            f"{found.name} left on {in_words(found.until)} and can't sign on {in_words(wish.day)}; "
            f"{who_may(handbook, page, wish.role, wish.day)}"
        )
    return found


def _why_not(handbook: Handbook, page: Page, signer: Person, wish: Wish) -> str:
    """Say why a signature would count for nothing, and who may give it."""
    decider = handbook.sign_off(page).decider
    may = who_may(handbook, page, wish.role, wish.day)
    if wish.role == "A" and decider is not None and signer in (decider.who, decider.signer):
        return f"{signer.name} decides on “{page.title}”, and so can't agree as well; {may}"
    slots = [slot for slot in handbook.sign_off(page).slots if slot.role == wish.role]
    for slot in slots:
        deputy = handbook.registry.deputy(slot.who) if isinstance(slot.who, Person) else None
        if deputy == signer and not wish.note:
            return f"{signer.name} signs as the deputy of {slot.name}, and a deputy says why; add --note."
    return f"{signer.name} does not {_ROLE_INFINITIVES[wish.role]} “{page.title}”; {may}"


def who_may(handbook: Handbook, page: Page, role: Role, day: date) -> str:
    """Say who may sign a page in a role on a day, as a sentence without its first capital."""
    slots = [slot for slot in handbook.sign_off(page).slots if slot.role == role]
    if not slots:
        return "nobody is asked to."
    return f"{'; '.join(_may(handbook, slot, day) for slot in slots)}."


def _may(handbook: Handbook, slot: Slot, day: date) -> str:
    """Name who may give one signature on a day."""
    who = slot.who
    if isinstance(who, Group):
        return f"a member of {who.name} {ROLES[slot.role]}, other than the one who decides"
    if who is None:
        return f"{slot.name}, whom the list of people does not know, {ROLES[slot.role]}"
    deputy = handbook.registry.deputy(who)
    deputy = deputy if deputy is not None and deputy.is_here(day) else None
    if who.is_here(day):
        return f"{who.name} {ROLES[slot.role]}" + (f", or {deputy.name} as deputy with a note" if deputy else "")
    if deputy is not None:
        return f"{deputy.name}, the deputy of {who.name}, may sign with a note"
    return f"{who.name} {ROLES[slot.role]} but has left, so name someone else in `rapid`"


def _one_line(option: str, text: str) -> str:
    text = _BLANKS.sub(" ", text).strip()
    bad = next((char for char in text if unicodedata.category(char) in ("Cc", "Cs")), None)
    if bad is not None:
        raise UsageError(f"--{option} holds the character U+{ord(bad):04X}, which can't be written; leave it out.")
    return text


def recorded(handbook: Handbook, signed: Signed) -> tuple[str, str]:
    """Say in two lines what was recorded, and until when it holds or who is still missing."""
    return f"Recorded in {signed.page.path}: {gave(signed)}", holds(handbook, signed.page, signed.sign_off)


def gave(signed: Signed) -> str:
    """Say who gave a signature, to what and when."""
    wish = signed.wish
    own = [slot for slot in signed.sign_off.slots if slot.role == wish.role and slot.signer == signed.signer]
    principal = next((slot.name for slot in own if slot.by_deputy), "")
    who = f"{signed.signer.name}, for {principal}," if principal else signed.signer.name
    return f"{who} {_ROLE_VERBS[wish.role]} “{signed.page.title}”, {in_words(wish.day)}."


def holds(handbook: Handbook, page: Page, sign_off: SignOff) -> str:
    """Say until when a sign-off holds, or who is still missing."""
    if not sign_off.is_signed:
        return f"Still missing: {listed(to_ask(handbook, slot) for slot in sign_off.missing)}."
    decider = sign_off.decider
    if sign_off.until is not None and decider is not None and sign_off.signed_on is not None:
        if sign_off.stale:
            who = decider.signer.name if decider.signer else decider.name
            return (
                f"Everyone has signed, but {who} did so on {in_words(sign_off.signed_on)} and that ran out on "
                f"{in_words(sign_off.until)}; it takes a new signature of the one who decides."
            )
        return f"Everyone has signed; that holds until {in_words(sign_off.until)}, unless the text changes."
    plan = handbook.plans.get(page)
    if plan is not None and plan.period is not None:
        ends = "ended" if plan.is_over(handbook.today) else "ends"
        return f"Everyone has signed; the period {ends} on {in_words(plan.period.end)}."
    return "Everyone has signed; that holds until the text changes."
