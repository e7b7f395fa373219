"""What people found with a procedure, in sentences: how many runs went wrong, at which step, and which reports are open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from handrail.measures.experience import Experience, Rate, Report
from handrail.measures.scope import Scope
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.record_rows import ISSUE
from handrail.words.language import count_of, in_words, join_words

MOST_NAMED = 5
"""So many open issues of a page are named one by one."""
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def rate_words(found: Experience, *, counts_public: bool) -> str:
    """Say how many runs went wrong, once there are enough; nothing before. What the public told is said apart where it doesn't count."""
    said = []
    if found.is_rate_known and found.rate.interval is not None:
        low, high = found.rate.interval
        said.append(
            f"{_of(found.rate)} runs went wrong in 12 months: {found.rate.per_cent} %, most likely {low} to {high} %."
        )
        if found.earlier is not None and found.earlier.is_known:
            said.append(f"Of the text before it, {_of(found.earlier)}.")
    if not counts_public and found.public.is_known:
        said.append(f"The public, counted apart, tells of {_of(found.public)}.")
    return " ".join(said)


def step_words(found: Experience, name_of: Callable[[int], str]) -> str:
    """Say at which steps it fails often, nothing where at none; `name_of` names a step by its number through the page."""
    steps = [f"{name_of(one.number)} ({one.failures} times)" for one in found.steps]
    return f"Most often it goes wrong at {join_words(steps)}." if steps else ""


def report_words(found: Experience) -> tuple[str, str]:
    """Say how many reports there are and how many of them are open: “2 reports” and “one open”; nothing where there are none."""
    if not found.reports:
        return "", ""
    said = count_of(len(found.reports), "report")
    number = found.open_reports
    if len(found.reports) == 1:
        return said, "open" if number else "closed"
    return said, f"{_NUMBERS[number] if number < len(_NUMBERS) else number} open"


def open_words(open_reports: Sequence[Report]) -> str:
    """Say how many reports are open, and since when: “2 open reports, the oldest of 3 March 2026”."""
    oldest = in_words(min(one.row.date for one in open_reports))
    number = len(open_reports)
    return f"one open report, of {oldest}" if number == 1 else f"{number} open reports, the oldest of {oldest}"


def issue_number(key: str) -> str:
    """Return the number of the issue that a row's key names; empty for rows of other tools."""
    return key.removeprefix(ISSUE) if key.startswith(ISSUE) else ""


def open_reports(handbook: Handbook) -> dict[Page, tuple[Report, ...]]:
    """Return the open reports on each procedure that has any, the newest first."""
    scope = Scope(handbook, frozenset(handbook.pages))
    found = {page: scope.experiences.reports(page) for page in scope.records.reports}
    still_open = {page: tuple(one for one in reports if one.is_open) for page, reports in found.items()}
    return {page: reports for page, reports in still_open.items() if reports}


def who_answers(handbook: Handbook, names: Iterable[str]) -> Person | Group | None:
    """Return the first of some names who is here, or the deputy of one who has left; None where nobody is."""
    registry, today = handbook.registry, handbook.today
    for name in filter(None, names):
        found = registry.find(name)
        if isinstance(found, Person) and not found.is_here(today):
            found = registry.deputy(found)
        if isinstance(found, Group) or (found is not None and found.is_here(today)):
            return found
    return None


def _of(rate: Rate) -> str:
    return f"{rate.failed} of {rate.runs}"
