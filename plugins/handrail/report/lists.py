"""The lists of a handbook as data: its table of contents, orphans, what has no sign-off in force, and the unlisted.

They hold no markup: the command line prints them, and the site makes its pages of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handrail.model.authority import Obstacle, signers
from handrail.model.handbook import ROOT_DEPARTMENT, Handbook, OrphanReason
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.plans import Line, Plan
from handrail.model.roles import Role
from handrail.model.signoff import RequiredSignature, SignOff
from handrail.words.language import join_words

VERSION = 1
NO_DEPARTMENT = "No department"
STALE = "stale"


@dataclass(frozen=True, slots=True)
class SopEntry:
    """A procedure or the like; `signed` is the day of a full sign-off, None where there is none.

    `stale` says whether it has run out, `changed` whether the text has changed since, `left_out` whether the site's own settings
    leave it out.
    """

    page: Page
    signed: date | None
    stale: bool
    changed: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A line with the plan that stands for it, that plan's computed state, and the procedures tied to the line."""

    line: Line
    plan: Plan
    sops: tuple[SopEntry, ...]

    @property
    def page(self) -> Page:
        return self.plan.page

    @property
    def state(self) -> str:
        return self.line.shown(self.plan)


@dataclass(frozen=True, slots=True)
class DepartmentEntry:
    """A department with its lines; `depth` counts those that it lies under. `page` is None for "No department"."""

    page: Page | None
    depth: int
    lines: tuple[LineEntry, ...]

    @property
    def id(self) -> str:
        return self.page.id if self.page is not None else ""

    @property
    def title(self) -> str:
        return self.page.title if self.page is not None else NO_DEPARTMENT


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: departments, their lines, the lines' procedures; those of no known line stand apart."""

    today: date
    departments: tuple[DepartmentEntry, ...]
    no_plan: tuple[SopEntry, ...]


def table_of_contents(handbook: Handbook) -> Contents:
    """Work out the table of contents; retired procedures, and retired lines that hold none, are left out."""
    by_line: dict[str, list[SopEntry]] = defaultdict(list)
    no_plan: list[SopEntry] = []
    for page in sorted(handbook.reviewed, key=by_title):
        if page.is_retired:
            continue
        sign_off = handbook.sign_off(page)
        is_left_out = page.src_uri in handbook.files.left_out
        entry = SopEntry(page, sign_off.signed_on, sign_off.stale, sign_off.has_changed, is_left_out)
        line = handbook.line_of(page)
        (no_plan if line is None else by_line[line.id]).append(entry)
    by_department: dict[Page | None, list[LineEntry]] = defaultdict(list)
    for line in handbook.lines.values():
        entry_of_line = LineEntry(line, line.face, tuple(by_line[line.id]))
        if entry_of_line.sops or not line.face.page.is_retired:
            by_department[handbook.department_of(line.face.page)].append(entry_of_line)
    departments = [
        DepartmentEntry(page, depth, _lines(by_department.pop(page, []))) for page, depth in _departments(handbook)
    ]
    if by_department[None]:
        departments.append(DepartmentEntry(None, 0, _lines(by_department[None])))
    return Contents(handbook.today, tuple(departments), tuple(no_plan))


def called(pages: Iterable[Page]) -> str:
    """Return what readers call these pages, such as "policies and procedures"."""
    return join_words(sorted({page.kind.plural for page in pages if page.kind is not None}))


def called_in(handbook: Handbook) -> str:
    """Return what readers call all that is listed as procedures are: they, and a company's own kinds."""
    return join_words(sorted(kind.plural for kind in handbook.kinds.values() if kind.is_reviewed))


def called_one(handbook: Handbook) -> str:
    """Return what readers call one page of all that."""
    return join_words(sorted(kind.noun for kind in handbook.kinds.values() if kind.is_reviewed), "or")


def by_title(page: Page) -> tuple[str, str]:
    """Return what sorts pages in lists for readers."""
    return page.title.casefold(), page.id


def _lines(entries: Iterable[LineEntry]) -> tuple[LineEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: by_title(entry.page)))


def _departments(handbook: Handbook) -> Iterator[tuple[Page, int]]:
    """Yield each department with its depth: the root first, then by title, each before those that lie under it."""
    below: dict[Page | None, list[Page]] = defaultdict(list)
    for page in handbook.departments:
        below[_parent(handbook, page)].append(page)
    for pages in below.values():
        pages.sort(key=lambda page: (page.id != ROOT_DEPARTMENT, by_title(page)))
    seen: set[Page] = set()

    def descend(page: Page, depth: int) -> Iterator[tuple[Page, int]]:
        if page not in seen:
            seen.add(page)
            yield page, depth
            for child in below[page]:
                yield from descend(child, depth + 1)

    for page in below[None]:
        yield from descend(page, 0)
    # What is left lies in a circle, which a rule reports; nothing is lost from the list for it.
    for page in sorted(handbook.departments, key=by_title):
        yield from descend(page, 0)


def _parent(handbook: Handbook, page: Page) -> Page | None:
    named = page.text("parent")
    return handbook.index.resolve(named, ("department",)).page if named else None


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask about a page: a person or group, or as much as is known."""

    name: str
    job: str = ""
    handle: str = ""
    contact: str = ""

    def __str__(self) -> str:
        reached = " or ".join(filter(None, (self.handle and f"@{self.handle.removeprefix('@')}", self.contact)))
        whom = ", ".join(filter(None, (self.name, self.job)))
        return f"{whom} ({reached})" if whom and reached else whom or reached


@dataclass(frozen=True, slots=True)
class Orphan:
    """An active procedure that hangs in the air, with the reason and its owner."""

    page: Page
    reason: OrphanReason
    owner: Asked


def orphans(handbook: Handbook) -> tuple[Orphan, ...]:
    """Return the active procedures that are tied to no line with an active plan."""
    return tuple(
        Orphan(page, reason, _asked(handbook, page, handbook.owner_of(page)))
        for page in sorted(handbook.reviewed, key=by_title)
        if (reason := handbook.orphan_reason(page)) is not None
    )


@dataclass(frozen=True, slots=True)
class Unsigned:
    """An active procedure with no full sign-off in force: why, since when, whose signature is missing, whom to ask.

    `last` is the day of the newest signature that counts, `until` the last day on which a full sign-off held.
    """

    page: Page
    why: str
    last: date | None
    until: date | None
    missing: tuple[str, ...]
    ask: Asked = field(default=Asked(""))


def stale(handbook: Handbook) -> tuple[Unsigned, ...]:
    """Return the active procedures that were never signed, not by everyone, or too long ago."""
    return tuple(
        _unsigned(handbook, page, handbook.sign_off(page))
        for page in sorted(handbook.reviewed, key=by_title)
        if page.is_in_force and not handbook.sign_off(page).in_force
    )


def _unsigned(handbook: Handbook, page: Page, sign_off: SignOff) -> Unsigned:
    why = STALE if sign_off.stale else sign_off.status.value
    days = [one.given.signature.signed_on for one in sign_off.required if one.given is not None]
    # Whoever decides signs last, so the others are asked first; a sign-off that ran out begins with the decider.
    missing = sorted(sign_off.missing, key=lambda one: one.role is Role.DECIDE)
    first = next(iter(missing or sign_off.required), None)
    ask = _to_ask(first) if first is not None else None
    return Unsigned(
        page,
        why,
        max(days, default=None),
        sign_off.until,
        tuple(dict.fromkeys(one.name for one in missing)),
        _asked_who(handbook, page, ask) if ask is not None else _asked(handbook, page, handbook.owner_of(page)),
    )


def _to_ask(required: RequiredSignature) -> Person | Group | None:
    """Return whom to ask for a signature; where the deputy decides and so can't give it, they find out who can."""
    signers = required.signers
    ask = signers.deputy if signers.obstacle is Obstacle.DEPUTY_DECIDES else signers.ask
    return ask or required.who


def unlisted(handbook: Handbook) -> tuple[Page, ...]:
    """Return the documents and prose that nothing leads to, and pages of governed folders that say no kind."""
    return tuple(sorted(handbook.unlisted, key=lambda page: (page.counted_as, *by_title(page), page.path)))


def _asked(handbook: Handbook, page: Page, name: str) -> Asked:
    """Return whom a name means, or the deputy of one who has left, with where to reach them."""
    found = handbook.registry.find(name) if name else None
    if found is None:
        return Asked(name, contact=handbook.contact_of(page))
    return _asked_who(handbook, page, signers(found, handbook.registry, handbook.today).ask or found)


def _asked_who(handbook: Handbook, page: Page, who: Person | Group) -> Asked:
    contact = handbook.contact_of(page)
    if isinstance(who, Group):
        return Asked(who.name, "", who.handle, who.contact or contact)
    return Asked(who.name, who.job, who.handle, contact)


# As data for programs, and as rows for tables


def place(page: Page) -> dict[str, Any]:
    """Return which page an entry is about, and where it lies."""
    return {"id": page.id, "title": page.title, "path": page.path, "url": page.url}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _sop(entry: SopEntry) -> dict[str, Any]:
    return {
        **place(entry.page),
        "state": entry.page.state,
        "signed": _day(entry.signed),
        "stale": entry.stale,
        "changed": entry.changed,
        "left_out": entry.left_out,
    }


def contents_data(contents: Contents) -> dict[str, Any]:
    """Return the table of contents as plain data."""
    return {
        "version": VERSION,
        "today": contents.today.isoformat(),
        "departments": [
            {
                "id": department.id,
                "title": department.title,
                "path": department.page.path if department.page else "",
                "url": department.page.url if department.page else "",
                "lines": [
                    {
                        **place(entry.page),
                        "state": entry.state,
                        "period": entry.plan.name,
                        "sops": [_sop(sop) for sop in entry.sops],
                    }
                    for entry in department.lines
                ],
            }
            for department in contents.departments
        ],
        "no_plan": [_sop(sop) for sop in contents.no_plan],
    }


def asked_data(asked: Asked) -> dict[str, str]:
    """Return whom to ask as plain data."""
    return {"name": asked.name, "job": asked.job, "handle": asked.handle, "contact": asked.contact}


def orphans_data(found: Sequence[Orphan]) -> list[dict[str, Any]]:
    """Return the orphans as plain data."""
    return [{**place(one.page), "reason": one.reason, "owner": one.owner.name} for one in found]


def stale_data(found: Sequence[Unsigned]) -> list[dict[str, Any]]:
    """Return the procedures with no sign-off in force as plain data."""
    return [
        {
            **place(one.page),
            "why": one.why,
            "last": _day(one.last),
            "until": _day(one.until),
            "missing": list(one.missing),
            "ask": asked_data(one.ask),
        }
        for one in found
    ]


def unlisted_data(found: Sequence[Page]) -> list[dict[str, Any]]:
    """Return the unlisted pages as plain data; the kind of a page that says none is null."""
    return [{"kind": page.kind.name if page.kind else None, **place(page)} for page in found]


Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
"""The heads of the columns, and the rows."""


def contents_table(contents: Contents) -> Table:
    """Return the table of contents as one row a procedure; a department or line without any has a row of its own."""
    rows: list[tuple[str, ...]] = []
    for department in contents.departments:
        empty = ("",) * 8
        rows += [(department.title, *empty)] if not department.lines else []
        for entry in department.lines:
            left = (department.title, entry.page.title)
            rows += [(*left, *_sop_row(sop)) for sop in entry.sops] or [(*left, *empty[1:])]
    rows += [("", "", *_sop_row(sop)) for sop in contents.no_plan]
    return ("department", "plan", "id", "procedure", "state", "signed", "stale", "left out", "path"), rows


def _sop_row(sop: SopEntry) -> tuple[str, ...]:
    page = sop.page
    stale, left_out = ("yes" if is_so else "no" for is_so in (sop.stale, sop.left_out))
    return page.id, page.title, page.state, _day(sop.signed) or "", stale, left_out, page.path


def orphans_table(found: Sequence[Orphan]) -> Table:
    """Return the orphans as a table."""
    columns = ("id", "title", "reason", "owner", "path")
    return columns, [(one.page.id, one.page.title, one.reason, str(one.owner), one.page.path) for one in found]


def stale_table(found: Sequence[Unsigned]) -> Table:
    """Return the procedures with no sign-off in force as a table."""
    columns = ("id", "title", "why", "last signed", "missing", "ask", "path")
    return columns, [
        (
            one.page.id,
            one.page.title,
            one.why,
            _day(one.last) or "",
            ", ".join(one.missing),
            str(one.ask),
            one.page.path,
        )
        for one in found
    ]


def unlisted_table(found: Sequence[Page]) -> Table:
    """Return the unlisted pages as a table."""
    columns = ("kind", "id", "title", "path")
    return columns, [(page.kind.name if page.kind else "none", page.id, page.title, page.path) for page in found]
