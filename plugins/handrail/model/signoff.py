"""Sign-off: who has to sign a document, who did, for which text, and until when that holds. Nothing of it is ever stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from handrail.model.authority import Part, Signers, part_of, signers
from handrail.model.dates import Period, add_months, next_day, parse_day
from handrail.model.page import Page
from handrail.model.people import Group, Person, Registry
from handrail.model.rapid import Named
from handrail.model.roles import Role, read_role
from handrail.model.signed_content import text_of
from handrail.model.text_state import AS_SIGNED, UNBOUND, TextState, TextVerdict, Why
from handrail.text.digest import parse_digest

DEFAULT_REVIEW = 12
_EARLY = 6
"""Somewhere it is tomorrow already: a date one day ahead is not in the future."""


class Status(StrEnum):
    """How far a document is signed; a page whose text has changed stays published, so CHANGED is no take-down."""

    NOT_ASKED = "not asked"
    NEVER_SIGNED = "never signed"
    WITHDRAWN = "withdrawn"
    INCOMPLETE = "incomplete"
    CHANGED = "changed since"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Signature:
    """One entry of `sign_offs`; `index` is its place in the list.

    `withdrawn_on` is the day on which it was taken back, `reason` why. One that was taken back on its first day was never
    given: whoever it names read the text and does not agree.
    """

    index: int
    role: Role
    by: str
    signed_on: date
    note: str = ""
    evidence: str = ""
    digest: str = ""
    withdrawn_on: date | None = None
    reason: str = ""

    def is_withdrawn(self, today: date) -> bool:
        return self.withdrawn_on is not None and self.withdrawn_on <= next_day(today)

    @property
    def is_refusal(self) -> bool:
        """Whether it says from the first that somebody does not agree."""
        return self.withdrawn_on is not None and self.withdrawn_on <= self.signed_on


@dataclass(frozen=True, slots=True)
class Given:
    """A signature by somebody who may give it, and how its text stands today; `principal` is whom a deputy signed for."""

    signature: Signature
    signer: Person
    text: TextVerdict
    principal: Person | None = None


@dataclass(frozen=True, slots=True)
class RequiredSignature:
    """One signature that a document needs: the role, whose, who may give it today, and what was given.

    `given` is the newest that counts for the text as it stands. `superseded` is the newest for a text that has changed since, where none
    counts. `withdrawn` is the newest that was taken back, where nothing was given after it.
    """

    role: Role
    named: Named
    who: Person | Group | None
    signers: Signers
    given: Given | None = None
    superseded: Given | None = None
    withdrawn: Given | None = None

    @property
    def name(self) -> str:
        return self.who.name if self.who is not None else self.named.name

    @property
    def latest(self) -> Given | None:
        """The signature that counts, else that for an earlier text."""
        return self.given or self.superseded

    @property
    def is_refused(self) -> bool:
        """Whether somebody said of this very text that they do not agree, or agree no more."""
        return self.given is None and self.withdrawn is not None and self.withdrawn.text.holds


@dataclass(frozen=True)
class SignOff:
    """How a document stands; `signed_on` is the D's day, `until` the last on which it holds (None where it does not run out).

    `text_signed_on` is the day on which the D first signed the text that counts: a signature repeated moves only
    `signed_on`. `entries` are all that stand in the page. Of those, `unauthorised` count for nothing because whoever signed had no such role on that day,
    `predating` because git had no such text yet.
    """

    status: Status
    required: tuple[RequiredSignature, ...] = ()
    signed_on: date | None = None
    until: date | None = None
    stale: bool = False
    text_signed_on: date | None = None
    entries: tuple[Signature, ...] = ()
    unauthorised: tuple[Signature, ...] = ()
    predating: tuple[Signature, ...] = ()

    @property
    def missing(self) -> tuple[RequiredSignature, ...]:
        return tuple(one for one in self.required if one.given is None)

    @property
    def decider(self) -> RequiredSignature | None:
        return next((one for one in self.required if one.role is Role.DECIDE), None)

    @property
    def is_signed(self) -> bool:
        return self.status is Status.SIGNED

    @property
    def has_changed(self) -> bool:
        return self.status is Status.CHANGED

    @property
    def was_signed(self) -> bool:
        """Whether everyone signed this text or one that has changed since: then it is out of date, and no take-down."""
        return self.status in (Status.SIGNED, Status.CHANGED)

    @property
    def in_force(self) -> bool:
        """Whether everyone signed, lately enough; whether the text has moved on since is another question."""
        return self.was_signed and not self.stale

    @property
    def is_unbound(self) -> bool:
        """Whether a signature that counts names no text."""
        return any(one.given is not None and not one.given.signature.digest for one in self.required)

    @property
    def changed_since(self) -> Given | None:
        """The signature since which the text has changed: the decider's for another one, else the newest.

        None where there is none, or everyone signed this text. Entries that count for nothing are none: by one of those, any
        author could choose since when, and hide what changed before.
        """
        if self.decider is not None and self.decider.superseded is not None:
            return self.decider.superseded
        superseded = [one.superseded for one in self.required if one.superseded is not None]
        return max(superseded, key=lambda one: (one.signature.signed_on, one.signature.index), default=None)

    @cached_property
    def text(self) -> TextVerdict | None:
        """How the signed text stands: the decider's, else the newest that anybody signed; None where nobody did."""
        latest = [one.latest for one in self.required if one.latest is not None]
        if not latest:
            return None
        changed = [one for one in latest if not one.text.holds]
        if changed:
            return max(changed, key=lambda one: (one.signature.role is Role.DECIDE, one.signature.signed_on)).text
        order = (TextState.UNBOUND, TextState.READS_THE_SAME, TextState.AS_SIGNED)
        return min((one.text for one in latest), key=lambda text: order.index(text.state))


def read_signatures(page: Page) -> list[Signature]:
    """Read a document's `sign_offs`; what satisfies no schema is left out."""
    found = []
    listed = page.data.get("sign_offs")
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(entry, dict):
            continue
        day, role, by = parse_day(entry.get("date")), read_role(entry.get("role")), entry.get("by")
        if day is None or role is None or not isinstance(by, str):
            continue
        note, evidence, digest = (
            value if isinstance(value := entry.get(name), str) else "" for name in ("note", "evidence", "digest")
        )
        withdrawn_on, reason = _withdrawal(entry.get("withdrawn"))
        found.append(Signature(index, role, by, day, note, evidence, digest, withdrawn_on, reason))
    return found


def _withdrawal(value: object) -> tuple[date | None, str]:
    if not isinstance(value, dict):
        return None, ""
    reason = value.get("reason")
    return parse_day(value.get("date")), reason if isinstance(reason, str) else ""


def review_months(page: Page) -> int:
    """Return after how many months a document's sign-off runs out."""
    words = page.text("review_every").split()
    months = int(words[0]) if words and words[0].isdigit() else DEFAULT_REVIEW
    return months if 1 <= months <= DEFAULT_REVIEW else DEFAULT_REVIEW


def earliest_day(period: Period | None) -> date | None:
    """Return the first day on which a plan for a period could be signed; an earlier signature was for another text."""
    return add_months(period.start, -_EARLY) if period else None


def is_asked_to_be_signed(page: Page) -> bool:
    """Say whether anyone has to sign this document as it is now."""
    if page.kind is None or not page.kind.signed:
        return False
    if page.kind.states:
        return page.is_in_force
    return "rapid" in page.data


def bears_signatures(page: Page) -> bool:
    """Say whether signatures for a text stand in a page, or are asked for."""
    return page.kind is not None and (is_asked_to_be_signed(page) or bool(page.entries("sign_offs")))


class Texts(Protocol):
    """Says of a signature which text it is for."""

    def verdict(self, page: Page, signature: Signature) -> TextVerdict:
        """Return how the text that a signature is for stands to that of the page."""

    def text_came(self, page: Page, signature: Signature) -> date | None:
        """Return the day on which a page came to git, where that was after a signature that names no text; else None."""


class ByDigest:
    """Knows a text by its digest alone, for a page of which git isn't asked."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def verdict(self, page: Page, signature: Signature) -> TextVerdict:
        digest = parse_digest(signature.digest)
        if digest is None:
            return UNBOUND
        same = digest.text == text_of(page, self._registry)
        return AS_SIGNED if same else TextVerdict(TextState.CHANGED, Why.NOT_IN_GIT)

    def text_came(self, page: Page, signature: Signature) -> date | None:  # noqa: ARG002 - the protocol's
        return None


def judge(page: Page, registry: Registry, today: date, texts: Texts, period: Period | None = None) -> SignOff:
    """Work out how a document stands on a day; `period` is a plan's, whose sign-off does not run out."""
    if not is_asked_to_be_signed(page):
        return SignOff(Status.NOT_ASKED)
    return _Judge(page, registry, today, texts, period).judge()


class _Judge:
    def __init__(self, page: Page, registry: Registry, today: date, texts: Texts, period: Period | None) -> None:
        self._page, self._registry, self._today, self._texts, self._period = page, registry, today, texts, period
        self._entries = tuple(read_signatures(page))
        in_time = [entry for entry in self._entries if self._is_in_time(entry)]
        self._predating = tuple(one for one in in_time if texts.text_came(page, one) is not None)
        self._counting = [one for one in in_time if one not in self._predating]
        self._used: set[int] = set()

    def judge(self) -> SignOff:
        required = tuple(self._required())
        unauthorised = tuple(one for one in self._counting if one.index not in self._used)
        status = _status(required, has_decider=bool(self._page.rapid.decide), has_entries=bool(self._entries))
        found = SignOff(status, required, entries=self._entries, unauthorised=unauthorised, predating=self._predating)
        decided = found.decider.latest if found.decider is not None and found.was_signed else None
        if decided is None:
            return found
        day = decided.signature.signed_on
        dated = replace(found, signed_on=day, text_signed_on=self._first_day(decided))
        if self._period is not None or self._page.kind is None or not self._page.kind.is_reviewed:
            return dated
        until = add_months(day, review_months(self._page))
        return replace(dated, until=until, stale=self._today > until)

    def _is_in_time(self, entry: Signature) -> bool:
        earliest = earliest_day(self._period)
        return entry.signed_on <= next_day(self._today) and (earliest is None or entry.signed_on >= earliest)

    def _required(self) -> Iterator[RequiredSignature]:
        """Yield what has to be given, the decider's first: whoever decides, or did so for somebody, agrees in nobody's place."""
        rapid = self._page.rapid
        decider = self._registry.person(rapid.decide[0].name) if rapid.decide else None
        deciding = [decider] if decider is not None else []
        for named in rapid.decide[:1]:
            own = self._filled(Role.DECIDE, named, self._registry.find(named.name), ())
            if own.latest is not None:
                deciding.append(own.latest.signer)
            yield own
        for named in rapid.agree:
            for who in self._who_agree(named, decider):
                yield self._filled(Role.AGREE, named, who, deciding)

    def _who_agree(self, named: Named, decider: Person | None) -> list[Person | Group | None]:
        """Return whose signatures one name asks for: a group that agrees as a whole asks for one of each member."""
        who = self._registry.find(named.name)
        if isinstance(who, Group) and who.quorum == "all":
            members = [one for one in self._registry.members(who) if decider is None or one.id != decider.id]
            if members:
                return list(members)
        return [who]

    def _filled(
        self, role: Role, named: Named, who: Person | Group | None, deciding: Iterable[Person]
    ) -> RequiredSignature:
        given = sorted(self._given(role, who, list(deciding)), key=lambda one: (one[0].signed_on, one[0].index))
        required = RequiredSignature(role, named, who, signers(who, self._registry, self._today, list(deciding)))
        standing = [one for one in given if not one[0].is_withdrawn(self._today)]
        chosen = self._chosen(standing, who)
        if chosen is not None:
            required = replace(required, given=chosen) if chosen.text.holds else replace(required, superseded=chosen)
        withdrawn = next((one for one in reversed(given) if one[0].is_withdrawn(self._today)), None)
        latest = required.given
        if withdrawn is not None and (latest is None or _ended(withdrawn[0]) > latest.signature.signed_on):
            required = replace(required, withdrawn=self._with_text(*withdrawn, who))
        return required

    def _given(
        self, role: Role, who: Person | Group | None, deciding: list[Person]
    ) -> Iterator[tuple[Signature, Person]]:
        """Yield the entries by which somebody who might gave a signature, each with who signed."""
        for entry in self._counting:
            signer = self._registry.person(entry.by) if entry.role is role else None
            if signer is None or not signer.is_here(entry.signed_on):
                continue
            part = part_of(signer, who, self._registry)
            if part is None or (part is Part.DEPUTY and not entry.note and not entry.is_refusal):
                continue
            if part is Part.OWN or signer not in deciding:
                self._used.add(entry.index)
                yield entry, signer

    def _chosen(self, given: list[tuple[Signature, Person]], who: Person | Group | None) -> Given | None:
        """Return the newest signature for this text, else the newest of all; `who` is asked for it.

        Once a text was named, leaving out its name makes no signature one for another text.
        """
        names_text = any(entry.digest for entry, _ in given)
        changed: Given | None = None
        for entry, signer in reversed(given):
            found = self._with_text(entry, signer, who)
            is_idle = names_text and not found.text.is_known
            if found.text.holds and not is_idle:
                return found
            if not is_idle:
                changed = changed or found
        return changed

    def _with_text(self, entry: Signature, signer: Person, who: Person | Group | None) -> Given:
        principal = who if isinstance(who, Person) and who.id != signer.id else None
        return Given(entry, signer, self._texts.verdict(self._page, entry), principal)

    def _first_day(self, decided: Given) -> date:
        """Return the day on which the decider first signed the text of a signature."""
        same = [
            entry.signed_on
            for entry in self._counting
            if entry.role is Role.DECIDE
            and entry.digest
            and entry.digest == decided.signature.digest
            and entry.index in self._used
        ]
        return min([*same, decided.signature.signed_on])


def _ended(entry: Signature) -> date:
    return entry.withdrawn_on or entry.signed_on


def _status(required: tuple[RequiredSignature, ...], *, has_decider: bool, has_entries: bool) -> Status:
    if not required or not has_decider:
        return Status.INCOMPLETE if has_entries else Status.NEVER_SIGNED
    if all(one.given is not None for one in required):
        return Status.SIGNED
    if any(one.given is not None for one in required):
        return Status.INCOMPLETE
    if all(one.superseded is not None for one in required):
        return Status.CHANGED
    if any(one.superseded is not None for one in required):
        return Status.INCOMPLETE
    return Status.WITHDRAWN if any(one.withdrawn is not None for one in required) else Status.NEVER_SIGNED
