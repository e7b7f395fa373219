"""What each person and group carries: their roles, what they keep, open decisions, and the signatures that a year will ask of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from handrail.model.authority import Obstacle, signers
from handrail.model.dates import add_months
from handrail.model.handbook import Handbook
from handrail.model.meetings import KIND, Decision, decisions
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.model.signoff import RequiredSignature, SignOff, earliest_day, review_months

_YEAR = 12  # months
MANY_A_YEAR, MANY_A_MONTH = 24, 8
"""More signatures than that, and somebody is asked for many."""

Who = Person | Group


@dataclass(frozen=True, slots=True)
class Through:
    """A document in which somebody has a role by a group that they belong to."""

    page: Page
    group: Group


@dataclass(frozen=True, slots=True)
class Asked:
    """A signature that will be asked of somebody on a day, today at the earliest."""

    page: Page
    role: Role
    day: date


@dataclass(frozen=True)
class Load:
    """What one person or group carries, over some of a handbook's pages; retired documents count nowhere.

    `roles` are the documents by letter where they stand by their own name, `through` those where only a group of theirs does.
    `owns` are documents whose `owner` they are, `leads` the departments whose `lead`. `decisions` of meetings are open and theirs.
    `asked` are the signatures of the next twelve months, by day: those of a group are the group's, and its only member's too.
    `alone` are documents that nobody else may sign or looks after. `orphaned` are documents that they own although they have
    left, `unsignable` those that nobody is left to sign for them.
    """

    who: Who
    roles: dict[Role, tuple[Page, ...]]
    through: dict[Role, tuple[Through, ...]]
    owns: tuple[Page, ...] = ()
    leads: tuple[Page, ...] = ()
    decisions: tuple[Decision, ...] = ()
    asked: tuple[Asked, ...] = ()
    alone: tuple[Page, ...] = ()
    orphaned: tuple[Page, ...] = ()
    unsignable: tuple[Page, ...] = ()

    @cached_property
    def by_month(self) -> dict[date, int]:
        """How many signatures each calendar month asks for, by its first day; months that ask for none are left out."""
        return dict(sorted(Counter(one.day.replace(day=1) for one in self.asked).items()))

    @property
    def is_many(self) -> bool:
        """Whether they are asked for more signatures than somebody who reads what they sign can give."""
        return len(self.asked) > MANY_A_YEAR or max(self.by_month.values(), default=0) > MANY_A_MONTH


class Loads:
    """The loads of everybody, over some pages of a handbook, such as those that an audience may see."""

    def __init__(self, handbook: Handbook, pages: Collection[Page] | None = None) -> None:
        self._handbook = handbook
        known = handbook.documents if pages is None else [page for page in handbook.documents if page in pages]
        self._pages = [page for page in known if not page.is_retired]
        counted = frozenset(self._pages)
        self._to_sign = [page for page in handbook.to_sign if page in counted]

    def of(self, who: Who) -> Load:
        """Return what a person or a group carries."""
        own = self._roles
        roles = {role: tuple(own[who, role]) for role in Role if (who, role) in own}
        return Load(
            who,
            roles,
            self._through(who, roles) if isinstance(who, Person) else {},
            tuple(self._by_field["owner", who]),
            tuple(self._by_field["lead", who]),
            tuple(self._decisions[who]),
            tuple(sorted(self._asked[who], key=lambda one: (one.day, one.page.path, one.role))),
            tuple(self._alone[who.id]) if isinstance(who, Person) else (),
            tuple(self._orphaned[who]),
            tuple(self._unsignable[who]),
        )

    def _through(self, person: Person, own: dict[Role, tuple[Page, ...]]) -> dict[Role, tuple[Through, ...]]:
        found: dict[Role, dict[Page, Through]] = defaultdict(dict)
        for group in self._groups_of[person.id]:
            for role in Role:
                for page in self._roles.get((group, role), ()):
                    if page not in own.get(role, ()):
                        found[role].setdefault(page, Through(page, group))
        return {role: tuple(found[role].values()) for role in Role if role in found}

    @cached_property
    def _groups_of(self) -> dict[str, list[Group]]:
        registry = self._handbook.registry
        found: dict[str, list[Group]] = defaultdict(list)
        for group in registry.groups.values():
            for member in dict.fromkeys(registry.members(group)):
                found[member.id].append(group)
        return found

    @cached_property
    def _roles(self) -> dict[tuple[Who, Role], list[Page]]:
        found: dict[tuple[Who, Role], dict[Page, None]] = defaultdict(dict)
        for page in self._pages:
            for role in Role:
                for named in page.rapid.names(role):
                    who = self._handbook.registry.find(named.name)
                    if who is not None:
                        found[who, role][page] = None
        return {key: list(pages) for key, pages in found.items()}

    @cached_property
    def _by_field(self) -> dict[tuple[str, Who], list[Page]]:
        found: dict[tuple[str, Who], list[Page]] = defaultdict(list)
        for page in self._pages:
            for field in ("owner", "lead"):
                who = self._handbook.registry.find(page.text(field)) if page.text(field) else None
                if who is not None:
                    found[field, who].append(page)
        return found

    @cached_property
    def _decisions(self) -> dict[Who, list[Decision]]:
        found: dict[Who, list[Decision]] = defaultdict(list)
        for page in self._pages:
            for decision in decisions(page) if page.counted_as == KIND else ():
                who = self._handbook.registry.find(decision.owner) if decision.owner else None
                if who is not None and decision.is_open:
                    found[who].append(decision)
        for ours in found.values():
            ours.sort(key=lambda one: (one.due or date.max, one.day, one.text))
        return found

    @cached_property
    def _asked(self) -> dict[Who, list[Asked]]:
        found: dict[Who, dict[Asked, None]] = defaultdict(dict)
        for page in self._to_sign:
            sign_off = self._handbook.sign_off(page)
            for required in sign_off.required:
                for who in _who_is_asked(required):
                    days = _days(self._handbook, page, sign_off, required)
                    found[who] |= dict.fromkeys(Asked(page, required.role, day) for day in days)
        return defaultdict(list, {who: list(asked) for who, asked in found.items()})

    @cached_property
    def _alone(self) -> dict[str, list[Page]]:
        return alone(self._handbook, self._to_sign)

    @cached_property
    def _orphaned(self) -> dict[Who, list[Page]]:
        found: dict[Who, list[Page]] = defaultdict(list)
        for page in self._pages:
            who = owner_who_left(self._handbook, page)
            if who is not None:
                found[who].append(page)
        return found

    @cached_property
    def _unsignable(self) -> dict[Who, list[Page]]:
        found: dict[Who, dict[Page, None]] = defaultdict(dict)
        for page in self._to_sign:
            for required in self._handbook.sign_off(page).required:
                if required.who is not None and is_nobody_left(required):
                    found[required.who][page] = None
        return defaultdict(list, {who: list(pages) for who, pages in found.items()})


def _who_is_asked(required: RequiredSignature) -> Iterator[Who]:
    """Yield whom a signature is counted for: who is asked, and of a group the only one who may give it."""
    ask, people = required.signers.ask, required.signers.people
    if ask is not None:
        yield ask
    if isinstance(ask, Group) and len(people) == 1:
        yield people[0]


def _days(handbook: Handbook, page: Page, sign_off: SignOff, required: RequiredSignature) -> Iterator[date]:
    """Yield the days of twelve months by which a signature is asked for; where it doesn't run out, the one that is missing now."""
    today = handbook.today
    end, step = add_months(today, _YEAR), review_months(page)
    holds_until = sign_off.until if sign_off.until is not None and sign_off.until >= today else None
    if required.given is None or (sign_off.stale and required.role is Role.DECIDE):
        day = today
    else:
        # Whoever has signed this text is not asked while others are: the sign-off that these complete is the next to run out.
        day = holds_until or add_months(today, step)
    if page.kind is None or not page.kind.is_reviewed:
        first = max(today, earliest_day(handbook.period_of(page)) or today)
        if required.given is None and first <= end:
            yield first
        return
    for months in range(0, _YEAR, step):
        later = add_months(day, months)
        if later <= end:
            yield later


def hands(handbook: Handbook, page: Page) -> set[str] | None:
    """Return the ids of all who may sign or look after a page, deputies too.

    None where it can't be said: a name is not known, a group does not say who is in it, or someone has left and nobody
    stands in, which other findings are about.
    """
    required = handbook.sign_off(page).required
    if not page.rapid.decide or not required:
        return None
    owner = handbook.owner_of(page)
    found = [one.signers for one in required]
    found += [signers(handbook.registry.find(owner), handbook.registry, handbook.today)] if owner else []
    known = [{person.id for person in one.all_who_may} for one in found]
    return set().union(*known) if all(known) else None


def alone(handbook: Handbook, pages: Collection[Page]) -> dict[str, list[Page]]:
    """Return those of some pages that hang on one person alone, by that person's id; none where there is no list of people."""
    found: dict[str, list[Page]] = defaultdict(list)
    for page in pages if handbook.registry_page is not None else ():
        known = hands(handbook, page)
        if known is not None and len(known) == 1:
            found[known.pop()].append(page)
    return found


def owner_who_left(handbook: Handbook, page: Page) -> Who | None:
    """Return who owns a page, or leads a department, and has left: a person, or a group of which nobody is there any more."""
    name = page.text(owning_field(page))
    if not name or page.is_retired or page.is_to_come:
        return None
    who = handbook.registry.find(name)
    if isinstance(who, Group):
        return who if who.members and signers(who, handbook.registry, handbook.today).ask is None else None
    return who if who is not None and not who.is_here(handbook.today) else None


def owning_field(page: Page) -> str:
    """Return the field that says who keeps a page right."""
    return "lead" if page.counted_as == "department" else "owner"


def is_nobody_left(required: RequiredSignature) -> bool:
    """Say whether nobody can give a signature any more; that nobody knows whose it is, is another matter."""
    if isinstance(required.who, Group) and not required.who.members:
        return False
    return required.signers.obstacle not in (None, Obstacle.UNKNOWN)
