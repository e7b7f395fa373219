"""How far each folder has come: of its procedures, how many name a plan and a decider, say when they are needed, and are signed.

Somebody who takes a handbook over shows it to those who pay for the work, so it says too what has changed within a month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from handrail.history.month_ends import NOT_YET, SHALLOW, month_ago
from handrail.history.seen_then import SeenThen, name_of
from handrail.history.then import HandbookThen, Shared, names_old_digests
from handrail.history.timeline import Timeline, Unreadable
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.settings import Visibility
from handrail.report.lists import by_title

_HIDDEN = "The handbook of that time can't be read."
_LEVELS = 2
"""So many levels of folders have numbers of their own, where no department lies deeper."""


class Part(StrEnum):
    """What a procedure needs to be governed, in the order in which it comes to that."""

    PLAN = "plan"
    DECIDER = "decider"
    TRIGGER = "trigger"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many procedures there are, how many of them are in use, and how many have each part."""

    procedures: int = 0
    in_use: int = 0
    parts: Mapping[Part, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, from that of the pages and empty for that itself; `department` is the one whose page lies there.

    `others` counts its pages of no kind. `before` is what it came to a month ago, None where that is not known.
    """

    path: str
    department: Page | None
    others: int
    now: Counts
    before: Counts | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of procedures within the month; those that are `gone` are only counted, for nothing leads to them any more."""

    new: tuple[Page, ...] = ()
    gone: int = 0
    gained: Mapping[Part, tuple[Page, ...]] = field(default_factory=dict)
    lost: Mapping[Part, tuple[Page, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """The folders by path, all of them together, and what has changed since a day; `why` says why that is not known.

    Folders with no procedure stand apart. `unknown` are the parts of which nothing is known on that day.
    """

    handbook: Handbook
    folders: tuple[Folder, ...]
    without: tuple[Folder, ...]
    whole: Folder
    since: date
    changed: Changed | None
    why: str = ""
    unknown: frozenset[Part] = frozenset()


def parts_of(handbook: Handbook, page: Page) -> frozenset[Part]:
    """Return what a procedure has; what its kind doesn't ask for, it doesn't lack."""
    fields = page.kind.fields if page.kind is not None else {}
    decider = handbook.registry.find(page.rapid.decide[0].name) if page.rapid.decide else None
    has = {
        Part.PLAN: "vpmom" not in fields or handbook.line_of(page) is not None,
        Part.DECIDER: isinstance(decider, Person),
        Part.TRIGGER: "trigger" not in fields or bool(page.text("trigger")),
        Part.SIGNED: handbook.sign_off(page).in_force,
    }
    return frozenset(part for part, is_there in has.items() if is_there)


def progress(handbook: Handbook, pages: Iterable[Page], audience: Visibility | None = None) -> Progress:
    """Work out how far these pages have come, which are all that an audience may see, None for those who have the files."""
    seen = frozenset(pages)
    now = _Standing(handbook, sorted(seen, key=lambda page: page.path))
    end = month_ago(handbook)
    then, why = None, end.why
    unknown: frozenset[Part] = frozenset()
    if end.commit:
        snapshot = Timeline(handbook).snapshot(end.commit)
        if isinstance(snapshot, Unreadable):
            why = snapshot.why
        else:
            former = HandbookThen(Shared(handbook), snapshot, end.day)
            counted = SeenThen(handbook, seen, audience).pages(former)
            then = _Standing(former, counted)
            if any(map(names_old_digests, counted)):
                unknown = frozenset({Part.SIGNED})
    folders = _folders(handbook, now, then, unknown)
    return Progress(
        handbook,
        tuple(one for one in folders if one.now.procedures or (one.before is not None and one.before.procedures)),
        tuple(one for one in folders if one.others and not one.now.procedures),
        _folder("", None, now, now.pages, then, then.pages if then is not None else (), unknown),
        end.day,
        _changed(now, then, unknown) if then is not None else None,
        # What git says may name a folder of the machine.
        why if audience is None or not why or why in (NOT_YET, SHALLOW) else _HIDDEN,
        unknown,
    )


class _Standing:
    """How the procedures of a handbook stand on a day, those that are retired left out."""

    def __init__(self, handbook: Handbook, pages: Sequence[Page]) -> None:
        self.pages = pages
        self.parts = {page: parts_of(handbook, page) for page in pages if page.is_reviewed and not page.is_retired}
        self._by_name = {name_of(page): page for page in self.parts}
        self._by_path = {page.src_uri: page for page in self.parts}

    def same(self, page: Page) -> Page | None:
        """Return the procedure that another day's is: by its id, else by its place."""
        return self._by_name.get(name_of(page)) or self._by_path.get(page.src_uri)

    def counts(self, pages: Iterable[Page], unknown: frozenset[Part]) -> Counts:
        own = [page for page in pages if page in self.parts]
        parts = {part: sum(part in self.parts[page] for page in own) for part in Part if part not in unknown}
        return Counts(len(own), sum(page.is_in_force for page in own), parts)


def _folders(handbook: Handbook, now: _Standing, then: _Standing | None, unknown: frozenset[Part]) -> list[Folder]:
    seen = set(now.pages)
    departments = {page.folder: page for page in reversed(handbook.departments) if page in seen}
    of = _grouping(departments)
    by_folder: dict[str, tuple[list[Page], list[Page]]] = defaultdict(lambda: ([], []))
    for at, pages in enumerate((now.pages, then.pages if then is not None else ())):
        for page in pages:
            by_folder[of(page)][at].append(page)
    return [
        _folder(path, departments.get(path), now, listed, then, before, unknown)
        for path, (listed, before) in sorted(by_folder.items(), key=lambda one: one[0].split("/"))
    ]


def _grouping(departments: Mapping[str, Page]) -> Callable[[Page], str]:
    """Return what says in which folder's numbers a page is: that of the innermost department round it, else one of the upper ones."""

    def of(page: Page) -> str:
        parts = page.folder.split("/")
        paths = ["/".join(parts[:depth]) for depth in range(len(parts), 0, -1)]
        return next((path for path in paths if path in departments), "/".join(parts[:_LEVELS]))

    return of


def _folder(  # noqa: PLR0913, PLR0917 - both days
    path: str,
    department: Page | None,
    now: _Standing,
    pages: Sequence[Page],
    then: _Standing | None,
    before: Sequence[Page],
    unknown: frozenset[Part],
) -> Folder:
    return Folder(
        path,
        department,
        sum(page.is_prose and not page.is_index for page in pages),
        now.counts(pages, frozenset()),
        then.counts(before, unknown) if then is not None else None,
    )


def _changed(now: _Standing, then: _Standing, unknown: frozenset[Part]) -> Changed:
    former = {page: then.same(page) for page in now.parts}
    kept = {page: then.parts[one] for page, one in former.items() if one is not None}
    known = [part for part in Part if part not in unknown]

    def sorted_by(is_so: Callable[[Page, Part], bool]) -> dict[Part, tuple[Page, ...]]:
        return {part: tuple(sorted((page for page in kept if is_so(page, part)), key=by_title)) for part in known}

    return Changed(
        tuple(sorted((page for page, one in former.items() if one is None), key=by_title)),
        len(then.parts.keys() - set(former.values())),
        sorted_by(lambda page, part: part in now.parts[page] and part not in kept[page]),
        sorted_by(lambda page, part: part in kept[page] and part not in now.parts[page]),
    )
