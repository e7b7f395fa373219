"""What a leader has to look at: sign-offs that ran out and decisions that are overdue, departments without a plan, what goes wrong, what changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from handrail.measures.experience import Experience
from handrail.model.dates import add_months
from handrail.model.generated import Made
from handrail.model.meetings import Decision, meetings
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.record_rows import REPORTS, RUNS
from handrail.model.trust import Trust
from handrail.pages.audience import Link, Shown
from handrail.pages.decisions import ANCHOR, who_words
from handrail.pages.generated import changes
from handrail.pages.named import link_to
from handrail.pages.phrases import in_a_row, name_words
from handrail.pages.views import Entry, Section, Words
from handrail.report.lists import DepartmentEntry, LineEntry, by_title, table_of_contents
from handrail.words.language import capital, count_of, in_words

_MOST, _MOST_WRONG = 10, 5
"""So many entries stand in a part; the list behind it has them all."""


def overdue(shown: Shown, here: str) -> Section:
    """Return what is overdue, the longest first, and with whom: sign-offs of procedures in use that ran out, and decisions."""
    section = Section("Overdue, and with whom", "overdue", is_in_lines=True)
    held = [one for one in meetings(shown.handbook) if shown.shows(one.page)]
    run_out = list(_run_out(shown))
    undone = [(one.due or one.day, _undone(shown, one)) for meeting in held for one in meeting.overdue]
    late = sorted((*run_out, *undone), key=lambda one: one[0])
    if not late:
        decided = ", and no decision is overdue" if held else ""
        return replace(section, words=(f"No sign-off has run out{decided}.",))
    more = None
    if len(late) > _MOST and run_out:
        said = f"All {count_of(len(run_out), 'sign-off')} that ran out"
        more = Link(said, url=shown.generated(Made.STALE, here))
    entries = (replace(entry, state=f"since {in_words(day)}", trust=Trust.LATE.value) for day, entry in late[:_MOST])
    return replace(section, entries=tuple(entries), action=more)


def _run_out(shown: Shown) -> Iterator[tuple[date, Entry]]:
    sign_off = shown.handbook.sign_off
    asked = _asked(shown)
    for page in sorted(shown.scorecard.scope.procedures, key=by_title):
        until = sign_off(page).until
        if sign_off(page).stale and until is not None:
            yield until, Entry((Link(page.title, page), *_with(shown, asked[page])))


def _undone(shown: Shown, decision: Decision) -> Entry:
    link = Link(decision.text, decision.meeting, part=ANCHOR)
    return Entry((link, ", with ", *who_words(shown, decision)), note=f"Decided at: {decision.meeting.title}")


def _asked(shown: Shown) -> dict[Page, list[Person | Group]]:
    """Return who is asked to sign each page."""
    found: dict[Page, list[Person | Group]] = defaultdict(list)
    for turn in shown.queue.turns:
        for one in turn.assignments:
            if turn.who is not None:
                found[one.page].append(turn.who)
    return found


def _with(shown: Shown, who: Iterable[Person | Group]) -> Words:
    names = in_a_row([link_to(shown, one) for one in who])
    return (", with ", *names) if names else ()


def without_plan(shown: Shown) -> Section:
    """Return the departments that have no plan for today, and who leads them; of one whose plan may not be seen nothing is said."""
    found = [
        entry
        for department in table_of_contents(shown.handbook).departments
        if (entry := _without_plan(shown, department)) is not None
    ]
    section = Section("Departments without a plan", "plans", tuple(found), is_in_lines=True)
    if found:
        return section
    has_any = any(shown.shows(page) for page in shown.handbook.departments)
    return replace(section, words=("Every department has a plan." if has_any else "No department is described yet.",))


def _without_plan(shown: Shown, department: DepartmentEntry) -> Entry | None:
    page = department.page
    if page is None or not shown.shows(page) or not all(shown.shows(line.page) for line in department.lines):
        return None
    states = [_lacks(shown, line) for line in department.lines]
    if None in states:
        return None
    # What is over tells more than what is still to be written.
    known = sorted(filter(None, states), key=lambda one: one[1] is not Trust.CARE)
    state, mark = known[0] if known else ("none yet", Trust.UNWRITTEN)
    lead = name_words(shown, page.text("lead"))[:1] if page.text("lead") else ()
    words = (Link(page.title, page), *((", with ", *lead) if lead else ()))
    return Entry(words, state=state, trust=mark.value)


def _lacks(shown: Shown, line: LineEntry) -> tuple[str, Trust] | None:
    """Say why a line has no plan for today; None where it has one."""
    plan, today = line.plan, shown.handbook.today
    if line.line.in_force is None or plan.period is None:
        return plan.page.state_inside or "none in force", Trust.UNWRITTEN
    if plan.is_over(today):
        return f"over since {in_words(plan.period.end)}", Trust.CARE
    if not plan.has_begun(today):
        return f"begins on {in_words(plan.period.start)}", Trust.UNWRITTEN
    return None


def goes_wrong(shown: Shown) -> Section:
    """Return the procedures whose runs went wrong most often within twelve months, and at which step."""
    experiences = shown.scorecard.scope.experiences
    found = [(page, experiences.of(page)) for page in shown.scorecard.scope.procedures]
    records = shown.handbook.project.records
    told = [one.of_the_file for file in (RUNS, REPORTS) if (one := records.lost(file)) is not None]
    section = Section("What goes wrong most often", "goes-wrong", words=tuple(told[:1]), is_in_lines=True)
    if records.lost(RUNS) is not None:
        return section
    failed = [(page, one) for page, one in found if one.rate.failed]
    if failed:
        failed.sort(key=lambda one: (-one[1].rate.failed, one[1].rate.runs, by_title(one[0])))
        return replace(section, entries=tuple(_wrong(shown, *one) for one in failed[:_MOST_WRONG]))
    has_run = any(one.rate.runs for _, one in found)
    told.append(
        "Nothing went wrong in twelve months, as far as anybody said."
        if has_run
        else "Nobody has said yet how a procedure went."
    )
    return replace(section, words=(" ".join(told),))


def _wrong(shown: Shown, page: Page, found: Experience) -> Entry:
    notes = [f"Most often at {shown.steps.name(page, found.steps[0].number)}."] if found.steps else []
    if found.open_reports:
        notes.append(
            f"{capital(count_of(found.open_reports, 'report'))} {'is' if found.open_reports == 1 else 'are'} open."
        )
    state = f"{found.rate.failed} of {count_of(found.rate.runs, 'run')}"
    return Entry((Link(page.title, page),), state=state, note=" ".join(notes))


def changed(shown: Shown, here: str) -> Section:
    """Return what changed within a month: how many pages, and the newest of them."""
    section = Section("What changed this month", "changed")
    if not shown.material.is_known:
        return replace(section, words=(changes.NO_HISTORY,))
    found = changes.lately(shown, add_months(shown.handbook.today, -1))
    if not found:
        return replace(section, words=("Nothing has changed in a month.",))
    return replace(
        section,
        words=(f"{capital(count_of(len(found), 'page'))}: {', '.join(_in_numbers(found))}.",),
        entries=tuple(map(changes.dated_entry, found[:_MOST])),
        action=Link("Everything that changed", url=shown.generated(Made.CHANGES, here)),
    )


def _in_numbers(found: Iterable[changes.Told]) -> Iterator[str]:
    numbers = Counter(changes.state(one.change) for one in found)
    for state, number in numbers.most_common():
        yield f"{number} {state}"
