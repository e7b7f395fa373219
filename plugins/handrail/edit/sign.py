"""Signs a page: who may, on which day and for which text, and the entry that says so.

Whether a signature counts is asked of the model, with the entry in place, so that what is written here is what every
check and page will count; this module finds the words where it does not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from handrail.edit.frontmatter import with_entry
from handrail.errors import UsageError
from handrail.model.authority import Part, part_of
from handrail.model.dates import next_day
from handrail.model.handbook import Handbook
from handrail.model.kinds import Phase
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.references import PLAN, parse_reference
from handrail.model.roles import Role
from handrail.model.signoff import SignOff, earliest_day, is_asked_to_be_signed
from handrail.rules.check import check
from handrail.rules.finding import Finding, Related, Severity
from handrail.rules.schema_words import refusal
from handrail.text.yaml_writer import Fields
from handrail.words.language import field_name, in_words, join_words
from handrail.words.signing import who_may

_BEFORE_SIGNING = ("HB0", "HB1")
"""The families of rules whose errors leave in doubt what would be signed."""
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
            paths = join_words(page.path for page in twins)
            raise UsageError(f"`{reference}` names several pages, {paths}; give all but one another id first.")
        return resolution.page
    match resolution.status:
        case "ambiguous":
            names = join_words((f"`{name}`" for name in resolution.candidates), "or")
            raise UsageError(f"`{reference}` could be {names}; say which.")
        case "wrong kind":
            kind = handbook.kinds[resolution.candidates[0].split(":")[0]]
            signed = join_words(handbook.kinds[name].plural for name in kinds)
            raise UsageError(f"`{reference}` is a page of the kind `{kind.name}`; only {signed} are signed.")
    parts = parse_reference(reference)
    broken = handbook.unidentified.get(parts.id) if parts else None
    if broken is not None and parts and parts.kind in ("", broken.kind):
        raise UsageError(obstacle(handbook, broken.page))
    line = handbook.lines.get(parts.id) if parts and parts.kind in ("", PLAN) else None
    if parts is not None and parts.period and line is not None:
        names = join_words(plan.name for plan in line.plans)
        raise UsageError(f"The line `{parts.id}` has no plan for {parts.period}; it has {names}.")
    names_of = {kind: handbook.index.ids([kind]) for kind in kinds}
    prefixes = {kind: f"{kind}:" if ":" in reference else "" for kind in kinds}
    close = nearest(reference, (prefixes[kind] + name for kind, ids in names_of.items() for name in ids))
    advice = f"did you mean `{close}`?" if close else "`handrail report toc` lists plans and procedures."
    raise UsageError(f"There is no page `{reference}` to sign; {advice}")


def obstacle(handbook: Handbook, page: Page) -> str:
    """Say why nobody can sign a page as it is; empty where nothing is in the way."""
    for finding in check(handbook, _BEFORE_SIGNING).findings:
        # What is wrong with many pages in one way is one finding, and may stand at another of them.
        places: list[Finding | Related] = [finding, *finding.related]
        place = next((place for place in places if place.path == page.path), None)
        if place is not None and finding.severity is Severity.ERROR:
            return f"Line {place.line} of {page.path} has to be fixed before anyone signs: {finding.message}"
    noun = page.kind.noun if page.kind else "page"
    if not is_asked_to_be_signed(page):
        if page.kind and page.kind.states:
            in_force = next((name for name, state in page.kind.states.items() if state.phase is Phase.IN_FORCE), "")
            return (
                f"“{page.title}” is not signed while its state is `{page.state}`; "
                f"set `state: {in_force}` once the {noun} is in use."
            )
        return f"“{page.title}” asks for no signature; add `rapid:` with the one who decides if it should."
    return _decider_missing(handbook, page)


def _decider_missing(handbook: Handbook, page: Page) -> str:
    """Say why nobody knows who decides on a page; empty where it is plain."""
    if handbook.registry_is_in_doubt:
        return "Something is wrong with the list of people, so nobody can say who may sign; `handrail check` says what."
    deciders = list(dict.fromkeys(named.name for named in page.rapid.decide))
    if len(deciders) != 1:
        said = f"says that {join_words(deciders)} decide" if deciders else "does not say who decides"
        return f"“{page.title}” {said}; put one name with a (D) behind it into `rapid`."
    if isinstance(handbook.registry.find(deciders[0]), Group):
        return f"`{deciders[0]}` is a group, and one person decides on “{page.title}”; name that person in `rapid`."
    return ""


def sign(handbook: Handbook, page: Page, raw: bytes, wish: Wish) -> Signed:
    """Give a signature in memory; `raw` is the page as it was read. Raises UsageError where it would not count."""
    trouble = obstacle(handbook, page)
    if trouble:
        raise UsageError(trouble)
    check_day(handbook, page, wish.day)
    signer = signer_of_wish(handbook, page, wish)
    wish = Wish(wish.role, wish.by, wish.day, one_line_of("note", wish.note), one_line_of("evidence", wish.evidence))
    digest = str(handbook.texts.digest(page))
    before = handbook.sign_off(page).entries
    again = any(
        one.role is wish.role
        and one.digest == digest
        and not one.is_withdrawn(handbook.today)
        and _is(handbook, one.by, signer)
        for one in before
    )
    if again and not wish.note:
        raise UsageError(
            f"{signer.name} has signed this text as the one who {wish.role.does} already; "
            "say with --note what was checked this time."
        )
    return with_signature(handbook, page, raw, wish, signer, {"digest": digest})


def with_signature(handbook: Handbook, page: Page, raw: bytes, wish: Wish, signer: Person, more: Fields) -> Signed:
    """Return a page with one more entry, which says `more` than who, in which role and when.

    Raises UsageError where it can't be written, or would count for nothing.
    """
    by = signer.id if handbook.registry.exists else signer.name
    entry: dict[str, str | Fields] = {"role": str(wish.role), "by": by, "date": wish.day.isoformat(), **more}
    entry |= {name: text for name, text in (("note", wish.note), ("evidence", wish.evidence)) if text}
    after = with_entry(raw, entry)
    signed = handbook.page_as(page.src_uri, after)
    check_entry(page, signed)
    sign_off = handbook.judge(signed)
    index = len(page.data.get("sign_offs", ()))
    if any(one.index == index for one in sign_off.unauthorised):
        raise UsageError(_why_not(handbook, page, signer, wish))
    return Signed(page, after, wish, signer, sign_off)


def check_entry(page: Page, signed: Page) -> None:
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


def check_day(handbook: Handbook, page: Page, day: date) -> None:
    """Refuse a day on which nobody could say so yet; raises UsageError."""
    if day > next_day(handbook.today):
        raise UsageError(f"{in_words(day)} is still to come; a signature bears the day on which it is given.")
    plan = handbook.plans.get(page)
    earliest = earliest_day(plan.period) if plan else None
    if plan is not None and earliest is not None and day < earliest:
        raise UsageError(f"For the plan of {plan.name} a signature counts from {in_words(earliest)} on.")


def signer_of_wish(handbook: Handbook, page: Page, wish: Wish) -> Person:
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
            f"{who_may(handbook.sign_off(page), wish.role)}"
        )
    return found


def _why_not(handbook: Handbook, page: Page, signer: Person, wish: Wish) -> str:
    """Say why a signature would count for nothing, and who may give it."""
    decider = handbook.sign_off(page).decider
    may = who_may(handbook.sign_off(page), wish.role)
    deciding = (decider.who, decider.given and decider.given.signer) if decider is not None else ()
    if wish.role is Role.AGREE and signer in deciding:
        return f"{signer.name} decides on “{page.title}”, and so can't agree as well; {may}"
    for required in handbook.sign_off(page).required:
        is_deputy = part_of(signer, required.who, handbook.registry) is Part.DEPUTY
        if required.role is wish.role and is_deputy and not wish.note:
            return f"{signer.name} signs as the deputy of {required.name}, and a deputy says why; add --note."
    return f"{signer.name} does not {wish.role.infinitive} “{page.title}”; {may}"


def one_line_of(option: str, text: str) -> str:
    """Return what an option says on one line; raises UsageError for what can't be written."""
    text = _BLANKS.sub(" ", text).strip()
    bad = next((char for char in text if unicodedata.category(char) in ("Cc", "Cs")), None)
    if bad is not None:
        raise UsageError(f"--{option} holds the character U+{ord(bad):04X}, which can't be written; leave it out.")
    return text


def gave(signed: Signed) -> str:
    """Say who gave a signature, to what and when."""
    wish = signed.wish
    own = (one for one in signed.sign_off.required if one.role is wish.role and one.given is not None)
    given = (one.given for one in own if one.given is not None and one.given.signer == signed.signer)
    principal = next((one.principal for one in given if one.principal is not None), None)
    who = f"{signed.signer.name}, for {principal.name}," if principal is not None else signed.signer.name
    return f"{who} {wish.role.acts_on} “{signed.page.title}”, {in_words(wish.day)}."
