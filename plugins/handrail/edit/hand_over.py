"""Hands what one person carries over to another: which pages change, which sign-offs end by it, and which pages can't change.

What moves is what is still to be done: roles by their own name, what they keep or lead, open decisions, meetings, and whose deputy
they are. What was done stays: signatures, decisions that are done, plans that are over, and pages that are closed or retired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from handrail.edit.handed import handed_values
from handrail.edit.values import Added, with_values
from handrail.errors import UsageError
from handrail.model.dates import next_day
from handrail.model.handbook import Handbook
from handrail.model.kinds import Phase
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.people import Group, Person, Registry, read_registry
from handrail.model.roles import Role
from handrail.model.signoff import SignOff, judge
from handrail.text.problems import DataPath
from handrail.words.language import in_words, join_words

_MOST_NAMED = 5
_BEFORE_UNTIL = ("deputy", "handle", "job", "name", "id")


@dataclass(frozen=True, slots=True)
class Wish:
    """Who hands over to whom; `left` is the last day of who leaves by it, `groups` whether their place in groups goes along."""

    giver: Person
    taker: Person
    left: date | None = None
    groups: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """A page that changes: what stood in it and what is to, what moves in words, and how its sign-off stands before and after."""

    page: Page
    before: bytes
    after: bytes
    moves: tuple[str, ...]
    stood: SignOff
    stands: SignOff

    @property
    def ends(self) -> bool:
        """Whether a sign-off ends by it."""
        return self.stood.is_signed and not self.stands.is_signed


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A page that stays as it is, the line that is in the way, and why."""

    page: Page
    line: int
    why: str


@dataclass(frozen=True)
class HandOver:
    """What a hand-over would do; nothing of it is written yet. `stays` are sentences on what does not move."""

    wish: Wish
    handed: tuple[Handed, ...]
    left_out: tuple[LeftOut, ...]
    stays: tuple[str, ...] = field(default=())

    @property
    def ended(self) -> tuple[Handed, ...]:
        """The pages whose sign-off ends."""
        return tuple(one for one in self.handed if one.ends)

    @property
    def to_sign(self) -> dict[Person | Group, int]:
        """How many signatures are asked of whom on those pages, the most first."""
        counts: dict[Person | Group, int] = {}
        for one in self.ended:
            for required in one.stands.missing:
                if required.signers.ask is not None:
                    counts[required.signers.ask] = counts.get(required.signers.ask, 0) + 1
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name)))


def wish_of(handbook: Handbook, giver: str, taker: str, left: date | None, *, groups: bool) -> Wish:
    """Return who is meant; raises UsageError with what to do where a hand-over makes no sense."""
    if handbook.registry_page is None:
        raise UsageError(
            "The handbook has no list of people, so nobody can say who is who; begin one: `handrail new people`."
        )
    if handbook.registry_is_in_doubt:
        raise UsageError("Something is wrong with the list of people; `handrail check` says what.")
    wish = Wish(_person(handbook, giver), _person(handbook, taker), left, groups)
    if wish.giver.id == wish.taker.id:
        raise UsageError(f"{wish.giver.name} can't hand over to themselves; name somebody else with --to.")
    until, taker_until = wish.giver.until, wish.taker.until
    if left is not None and until is not None and until < handbook.today and until != left:
        raise UsageError(f"{wish.giver.name} left on {in_words(until)} already; leave out --left.")
    if taker_until is not None and taker_until < handbook.today:
        raise UsageError(f"{wish.taker.name} left on {in_words(taker_until)}; name somebody who is there with --to.")
    if left is not None and wish.giver.since is not None and left < wish.giver.since:
        raise UsageError(f"{wish.giver.name} came on {in_words(wish.giver.since)}; --left names an earlier day.")
    return wish


def _person(handbook: Handbook, name: str) -> Person:
    found = handbook.registry.find(name)
    if isinstance(found, Group):
        raise UsageError(f"`{name}` is a group; a hand-over is from one person to another.")
    if found is None:
        close = nearest(name, handbook.registry.names())
        advice = f"did you mean `{close}`?" if close else "add them there first."
        raise UsageError(f"The list of people knows nobody called `{name}`; {advice}")
    return found


def hand_over(handbook: Handbook, wish: Wish, read: Callable[[Page], bytes]) -> HandOver:
    """Work out a hand-over; `read` returns the bytes of a page and raises UsageError where it has changed since."""
    handed, left_out = [], []
    registry = _registry_then(handbook, wish)
    for page in handbook.pages:
        if page is handbook.registry_page or not _is_open(handbook, page):
            continue
        try:
            change = _change(handbook, page, wish, read)
        except UsageError as error:
            left_out.append(LeftOut(page, _line(page), str(error)))
            continue
        if change is not None:
            refused = _refusal(handbook, change, wish, registry)
            left_out += [refused] if refused is not None else []
            handed += [change] if refused is None else []
    if handbook.registry_page is not None:
        try:
            listed = _in_the_list(handbook, handbook.registry_page, wish, read)
        except UsageError as error:
            raise UsageError(f"Nothing is written. {handbook.registry_page.path}: {error}") from error
        handed += [listed] if listed is not None else []
    return HandOver(wish, tuple(handed), tuple(left_out), tuple(_stays(handbook, wish)))


def _is_open(handbook: Handbook, page: Page) -> bool:
    """Say whether what a page says is still to be done: no plan that is over, no page that is closed or retired."""
    if page.kind is None or page.source.problems:
        return not page.is_retired
    plan = handbook.plans.get(page)
    # What a state means that nobody knows, nobody can say: then the page is open.
    is_closed = page.phase is Phase.OTHER and bool(page.state_word) and not page.is_to_come
    return not page.is_retired and not is_closed and not (plan is not None and plan.is_over(handbook.today))


def _change(handbook: Handbook, page: Page, wish: Wish, read: Callable[[Page], bytes]) -> Handed | None:
    if page.kind is None and page.source.readable:
        return None
    if not page.source.readable or page.source.problems:
        if not _seems_to_name(page, wish.giver):
            return None
        problem = next((problem for problem in page.source.problems), None)
        raise UsageError(problem.message if problem is not None else "it can't be read.")
    found = handed_values(page, wish.giver, wish.taker, handbook.registry)
    if not found.moves:
        return None
    raw = read(page)
    after = with_values(raw, found.values, rewritten=found.rewritten)
    changed = handbook.page_as(page.src_uri, after)
    if any(handbook.registry.person(named.name) == wish.giver for named in changed.rapid.everyone):
        raise UsageError("`rapid` is written in a way that can't be changed safely; write one name behind the other.")
    return Handed(page, raw, after, found.moves, handbook.sign_off(page), handbook.judge(changed))


def _seems_to_name(page: Page, person: Person) -> bool:
    """Say whether a page that can't be read has somebody's id or name in its fields."""
    head = page.source.text[: page.source.body_offset or len(page.source.text)]
    return (
        re.search(rf"(?<!\w)(?:{re.escape(person.id)}|{re.escape(person.name)})(?!\w)", head, re.IGNORECASE) is not None
    )


def _line(page: Page) -> int:
    if page.source.problems:
        return page.source.lines.place(page.source.problems[0].offset).line
    return page.source.place(("rapid",), key=True).line


def _registry_then(handbook: Handbook, wish: Wish) -> Registry:
    """Return the list of people as it will be, for who can sign then."""
    registry = handbook.registry
    data = handbook.registry_page.data if handbook.registry_page is not None else {}
    people = [
        {**entry, **({"until": wish.left.isoformat()} if wish.left and entry.get("id") == wish.giver.id else {})}
        for entry in data.get("people") or ()
        if isinstance(entry, dict)
    ]
    return read_registry({**data, "people": people}) if registry.exists else registry


def _refusal(handbook: Handbook, change: Handed, wish: Wish, registry: Registry) -> LeftOut | None:
    """Return why a page stays as it is: one person would decide and agree, or nobody could agree any more."""
    page, changed = change.page, handbook.page_as(change.page.src_uri, change.after)
    decider = registry.person(changed.rapid.decide[0].name) if changed.rapid.decide else None
    if decider is None or decider.id != wish.taker.id:
        return None  # what is wrong with it was so before
    if decider in [registry.person(named.name) for named in changed.rapid.agree]:
        what = "would decide and agree"
    else:
        day = max(handbook.today, next_day(wish.left)) if wish.left is not None else handbook.today
        stood = {(one.role, one.name) for one in change.stood.required if one.signers.obstacle is not None}
        then = judge(changed, registry, day, handbook.texts, handbook.period_of(page))
        stuck = next(
            (
                one
                for one in then.required
                if one.role is Role.AGREE and one.signers.obstacle is not None and (one.role, one.name) not in stood
            ),
            None,
        )
        if stuck is None:
            return None
        what = f"would decide, and nobody could agree for {stuck.name}"
    others = _who_else(handbook, change, wish)
    could = (
        f"{join_words(others, 'or')} could take one of the two." if others else "Name somebody else for one of the two."
    )
    line = page.source.place(("rapid",), key=True).line
    return LeftOut(page, line, f"{wish.taker.name} {what}. {could}")


def _who_else(handbook: Handbook, change: Handed, wish: Wish) -> list[str]:
    """Return who else could decide on a page or agree to it, the nearest first: deputies, those named on it, the giver's groups."""
    registry, page = handbook.registry, change.page
    near = [registry.deputy(wish.giver), registry.deputy(wish.taker)]
    near += [registry.person(named.name) for named in page.rapid.everyone]
    near += [registry.person(handbook.owner_of(page))]
    for group in registry.groups.values():
        members = registry.members(group)
        near += members if wish.giver in members and len(members) <= 2 * _MOST_NAMED else []
    signing = {registry.person(named.name) for role in (Role.DECIDE, Role.AGREE) for named in page.rapid.names(role)}
    day = max(handbook.today, wish.left or handbook.today)
    able = [one for one in near if one is not None and one.is_here(day) and one not in signing]
    names = dict.fromkeys(one.name for one in able if one.id not in (wish.giver.id, wish.taker.id))
    return list(names)[:_MOST_NAMED]


def _in_the_list(handbook: Handbook, page: Page, wish: Wish, read: Callable[[Page], bytes]) -> Handed | None:
    """Return the change of the list of people: whose deputy it is, the day of leaving, and places in groups."""
    found = handed_values(page, wish.giver, wish.taker, handbook.registry, groups=wish.groups)
    values, moves, added = dict(found.values), list(found.moves), None
    at = next((index for index, one in enumerate(page.data["people"]) if one.get("id") == wish.giver.id), None)
    if wish.left is not None and wish.giver.until != wish.left and at is not None:
        path: DataPath = ("people", at)
        if wish.giver.until is not None:
            values[*path, "until"] = wish.left.isoformat()
        else:
            added = Added(path, "until", wish.left.isoformat(), _BEFORE_UNTIL)
        moves.append(f"{wish.giver.name} leaves on {in_words(wish.left)}")
    if not moves:
        return None
    raw = read(page)
    after = with_values(raw, values, rewritten=found.rewritten, added=added)
    stands = handbook.sign_off(page)
    return Handed(page, raw, after, tuple(moves), stands, stands)


def _stays(handbook: Handbook, wish: Wish) -> Iterator[str]:
    """Yield what does not move, and has to be thought of."""
    registry, giver = handbook.registry, wish.giver
    if registry.deputy(wish.taker) == giver:
        yield f"{giver.name} is the deputy of {wish.taker.name}; name somebody else there."
    inside = [group for group in registry.groups.values() if giver in registry.members(group)]
    if inside and not wish.groups:
        names = join_words(group.name for group in inside)
        yield f"{giver.name} stays in {names}; --groups gives {wish.taker.name} that place."
    named = [page for page in handbook.pages if not page.is_retired and giver.name in page.source.body]
    if named:
        titles = join_words(f"“{page.title}”" for page in named[:_MOST_NAMED])
        more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        yield f"The text of {titles}{more} names {giver.name}; read whether it still holds."
