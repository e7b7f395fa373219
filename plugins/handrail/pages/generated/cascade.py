"""The page on how the plans hang together: which feeds which, who carries what each wants, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from handrail.measures.results import results, with_numbers
from handrail.model.cascade import Carrying, Rung, cascade, parent_of
from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.model.plans import COMING, Line, Plan
from handrail.model.unidentified import as_id
from handrail.pages.audience import Link, Shown
from handrail.pages.carried import carried_entries, carried_words
from handrail.pages.kinds.plans import item_entry, plan_trust
from handrail.pages.views import Branch, Section, View, Words
from handrail.words.commands import begin_next_plan
from handrail.words.language import in_words
from handrail.words.trust import unbroken

_DEEPEST = 6
"""What lies deeper stands beside its parent, and says what it feeds: a phone has no room for more steps."""


@dataclass(eq=False, slots=True)
class _Seen:
    """A place in the cascade that may be seen, and those below it that may."""

    rung: Rung
    above: _Seen | None
    depth: int = 0
    below: list[_Seen] = field(default_factory=list)


def plans_together(shown: Shown) -> View:
    """Return the page's view."""
    seen = _seen(shown)
    lines = [one.rung.line for one in seen if one.rung.line is not None]
    return View(
        lead=(_today(shown), *_carried_by_nobody(shown, lines), *_to_the_map(shown)),
        sections=(
            Section("Which plan feeds which", "cascade", branches=_branches(shown, seen)),
            *_under("Who carries what", "carried", _WHO_CARRIES, _carried(shown, lines)),
            *_under("What came of them", "results", _RESULTS, _came_of(shown, lines)),
        ),
    )


_WHO_CARRIES = (
    "Procedures, open objectives and plans below say which priorities and methods of a plan they serve. What nobody serves may stay a "
    "sentence."
)
_RESULTS = (
    "Of each line the newest plan that has results. A share above 100\N{NO-BREAK SPACE}% is more than was wanted; "
    "200\N{NO-BREAK SPACE}% stands for all above it too."
)


def _under(title: str, anchor: str, words: str, found: Iterable[Section]) -> Iterator[Section]:
    sections = list(found)
    if sections:
        yield Section(title, anchor, words=(words,))
        yield from sections


def _today(shown: Shown) -> str:
    """Say where in the fiscal year today lies."""
    today, year_end = shown.handbook.today, shown.handbook.settings.fiscal_year_end
    end = year_end.end(today.year)
    if today > end:
        end = year_end.end(today.year + 1)
    return f"Today lies in FY{end.year % 100:02}, which ends on {unbroken(in_words(end))}."


def _to_the_map(shown: Shown) -> Words:
    if Made.MAP not in shown.made:
        return ()
    project = shown.handbook.project
    here = project.settings.generated.url(Made.CASCADE, directories=project.use_directory_urls)
    on_the_map = Link("The map", url=shown.generated(Made.MAP, here))
    return (" ", on_the_map, " shows what they serve, from the mission down to the procedures.")


def _carried_by_nobody(shown: Shown, lines: Iterable[Line]) -> Words:
    """Say how much of what the plans in force want nobody carries, where anybody says what they serve."""
    found = [one for line in lines for one in shown.coverages[line]]
    if not any(one.by for one in found):
        return ()
    lost = sum(one.state is Carrying.NOBODY for one in found)
    link = Link(f"{lost} of {len(found)} priorities and methods", url="#carried")
    return (" ", link, " are carried by nobody." if lost != 1 else " is carried by nobody.") if lost else ()


def _seen(shown: Shown) -> list[_Seen]:
    """Return what may be seen of the cascade, each before what lies below it; what is withheld leaves its own to what is above it."""
    found: list[_Seen] = []
    waiting: list[tuple[Rung, _Seen | None]] = [(rung, None) for rung in reversed(cascade(shown.handbook))]
    while waiting:
        rung, above = waiting.pop()
        if shown.shows(rung.page):
            one = _Seen(rung, above, above.depth + 1 if above is not None else 0)
            found.append(one)
            if above is not None:
                above.below.append(one)
            above = one
        waiting += [(below, above) for below in reversed(rung.below)]
    return found


def _branches(shown: Shown, seen: Iterable[_Seen]) -> tuple[Branch, ...]:
    made: dict[_Seen | None, list[Branch]] = {}
    for one in reversed(list(seen)):
        # Whatever lies below it is made already, the last one first.
        branch = _branch(shown, one, tuple(reversed(made.get(one, ()))))
        home = one.above
        while home is not None and home.depth >= _DEEPEST:
            home = home.above
        made.setdefault(home, []).append(branch)
    return tuple(reversed(made.get(None, [])))


def _branch(shown: Shown, one: _Seen, below: tuple[Branch, ...]) -> Branch:
    page, line, plan = one.rung.page, one.rung.line, one.rung.plan
    said: list[Words] = []
    if one.depth > _DEEPEST and one.above is not None:
        said.append((f"feeds {one.above.rung.page.title}",))
    link = Link(page.title, page)
    if line is None or plan is None:
        kind = page.kind.noun if page.kind is not None else ""
        return Branch(link, page.state_inside, "", _dotted([(kind,), *said] if kind else said), (), below)
    said += [(words,) for words in (_when(line, plan),) if words]
    after = one.rung.next
    if after is not None and shown.shows(after.page):
        said.append(("next: ", Link(after.name or after.page.title, after.page), f", {_inside(line, after)}"))
    state = line.shown(plan)
    to_do = tuple(_to_do(shown, one, line, plan))
    return Branch(link, state, plan_trust(shown, page, state), _dotted(said), to_do, below)


def _inside(line: Line, plan: Plan) -> str:
    """Return the state of a plan as it stands in a sentence."""
    state = line.shown(plan)
    return plan.page.state_inside if state == plan.page.state_word else state.lower()


def _dotted(parts: Iterable[Words]) -> Words:
    words: list[str | Link] = []
    for part in parts:
        words += [" · ", *part]
    return tuple(words[1:])


def _when(line: Line, plan: Plan) -> str:
    """Say from when to when a plan is, and how that lies to today."""
    period = plan.period
    if period is None:
        return ""
    if plan.is_over(line.today):
        stands = "over"
    elif not plan.has_begun(line.today):
        stands = "coming"
    else:
        stands = "in force" if plan is line.in_force else "its time is running"
    return f"{period.name}: {unbroken(in_words(period.start))} to {unbroken(in_words(period.end))}, {stands}"


def _to_do(shown: Shown, one: _Seen, line: Line, plan: Plan) -> Iterator[str | Link]:
    """Yield what to do about a plan that is not as it should be: about how it stands, and about what it feeds."""
    yield from _to_do_of(shown, one, line, plan)
    if one.above is None and line is not shown.handbook.root_line and parent_of(shown.handbook, line) is None:
        named = plan.page.text("parent")
        yield "It names a plan above it that nobody knows. " if named else "It feeds no plan. "
        yield from _editing(shown, plan.page, "Name the plan above it")


def _to_do_of(shown: Shown, one: _Seen, line: Line, plan: Plan) -> Iterator[str | Link]:
    page = plan.page
    if not page.state_word:
        yield "It says no state. "
        yield from _editing(shown, page, "Say which")
    elif page.is_retired:
        yield "It is retired, and no other plan of its line is in use. "
        yield from _next(shown, one, page)
    elif page.is_unwritten:
        yield "It is not written yet. "
        yield from _editing(shown, page, "Write its vision, priorities and methods")
    elif not plan.is_active:
        yield "It is a draft, and its line has no plan in use. "
        yield from _editing(shown, page, "Put it to use once it is written")
    elif plan.period is None:
        yield "Its period can't be read. "
        yield from _editing(shown, page, "Write it as FY28, or with its first and last day")
    elif line.shown(plan) == COMING:
        yield "Until it begins, no plan of its line is in force. "
    elif plan.is_over(line.today):
        yield "Its time is over. "
        yield from _next(shown, one, page)
    elif page.text("needs_update"):
        yield f"It needs an update: {page.text('needs_update')} "
        yield from _editing(shown, page, "Edit it")
    elif plan.sign_off.has_changed:
        yield "Its text has changed since it was signed: have it signed again. "
    elif not plan.sign_off.is_signed:
        yield "Have it signed. "


def _next(shown: Shown, one: _Seen, page: Page) -> Iterator[str | Link]:
    """Yield how a line comes to its next plan: the one that is there, or a new one."""
    after = one.rung.next
    if after is not None:
        if shown.shows(after.page):
            yield "Put the next one to use: "
            yield Link(after.page.title, after.page)
            yield ". "
        return
    new = shown.next_plan(page)
    if new:
        yield Link("Write the next one", url=new)
    else:
        yield f"Write the next one: {begin_next_plan(shown.handbook.identity(page).partition(':')[2])}"
    yield ". "


def _editing(shown: Shown, page: Page, words: str) -> Iterator[str | Link]:
    yield Link(words, url=shown.forge.edit(shown.forge.page(page.src_uri))) if shown.forge is not None else words
    yield ". "


def _anchor(name: str, line: Line) -> str:
    return f"{name}-{as_id(line.id)}"


def _carried(shown: Shown, lines: Iterable[Line]) -> Iterator[Section]:
    """Yield of each plan in force its priorities and methods, and who carries each."""
    for line in lines:
        if shown.coverages[line] and line.in_force is not None:
            page = line.in_force.page
            yield Section(
                page.title,
                _anchor("carried", line),
                carried_entries(shown, line),
                words=tuple(_in_numbers(page)),
                heading=Link(page.title, page),
                state=carried_words(shown, line),
                level=3,
            )


def _in_numbers(page: Page) -> Iterator[str]:
    """Say how many of a plan's measures a number tells; nothing of a plan without measures."""
    number, whole = with_numbers(page)
    if whole:
        yield f"A number tells {number} of {whole} measure{'' if whole == 1 else 's'}."


def _came_of(shown: Shown, lines: Iterable[Line]) -> Iterator[Section]:
    """Yield of each line the newest plan that says what came of its measures."""
    for line in lines:
        for plan in reversed(line.plans):
            page = plan.page
            if shown.shows(page) and results(shown.handbook, page, shown.shows):
                entries = tuple(item_entry(shown, item) for item in page.items if item.section == "measures")
                yield Section(page.title, _anchor("came-of", line), entries, heading=Link(page.title, page), level=3)
                break
