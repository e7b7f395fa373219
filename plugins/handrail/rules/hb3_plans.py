"""HB3, of plans: each feeds one above it, holds today, and is served."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from handrail.model.cascade import Carrying, coverages
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.plans import Line, Plan
from handrail.model.references import PLAN
from handrail.rules.finding import Severity
from handrail.rules.hb3_procedures import has_followed, is_in_doubt
from handrail.rules.registry import Hit, Spot, at, rule
from handrail.rules.subjects import of_field
from handrail.words.commands import begin_next_plan
from handrail.words.language import in_words, quoted

_MOST_NAMED = 20
_GRACE = timedelta(days=30)


@rule("HB302", "cycle", Severity.ERROR)
def cycle(handbook: Handbook) -> Iterator[Hit]:
    """Plans, departments or replacements lead round in a circle.

    Each plan feeds one above it, up to the company's; in a circle none of them is the upper one.

    **What to do.** Decide which of them is above the others, and take out its line.
    """
    parents = {
        line.face.page: reference.line.face.page
        for line in handbook.lines.values()
        if (name := line.face.page.text("parent")) and (reference := handbook.index.resolve(name, (PLAN,))).line
    }
    above = {
        page: target
        for page in handbook.departments
        if (name := page.text("parent")) and (target := handbook.index.resolve(name, ("department",)).page)
    }
    replaced: dict[Page, list[Page]] = {}
    for page, references in handbook.references.items():
        found = [r.target for r in references if r.path[0] == "replaces" and r.target is not None]
        if found:
            replaced[page] = found
    for field, links in (
        ("parent", {page: [target] for page, target in parents.items()}),
        ("parent", {page: [target] for page, target in above.items()}),
        ("replaces", replaced),
    ):
        for circle in _circles(links):
            first = min(circle, key=lambda page: page.path)
            turn = circle.index(first)
            round_ = circle[turn:] + circle[:turn]
            names = " → ".join(page.id for page in (*round_, first))
            yield Hit(
                at(first, (field,)),
                f"`{field}` leads round in a circle: {names}.",
                "Take the line out of the page that stands above the others.",
                tuple((at(page, (field,)), "The circle goes through here.") for page in round_[1:]),
                subject=of_field((field,), " ".join(sorted(page.id for page in circle))),
            )


def _circles(links: Mapping[Page, Iterable[Page]]) -> Iterator[list[Page]]:
    """Yield every circle of two or more once, without recursion."""
    done: set[Hashable] = set()
    for start in links:
        if start in done:
            continue
        path: list[Page] = []
        stack = [(start, iter(links.get(start, ())))]
        path.append(start)
        while stack:
            page, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                stack.pop()
                path.pop()
                done.add(page)
            elif target in path:
                circle = path[path.index(target) :]
                if len(circle) > 1:
                    yield circle
            elif target not in done:
                path.append(target)
                stack.append((target, iter(links.get(target, ()))))


@rule("HB303", "no-current-plan", Severity.WARNING)
def no_current_plan(handbook: Handbook) -> Iterator[Hit]:
    """A line's plan has been over for more than 30 days, or the line has only plans that are to be announced.

    Its procedures serve a strategy that no longer holds, or none yet.

    **What to do.** Write the plan for the new period, or sign the one that is waiting.
    """
    for line in handbook.lines.values():
        plan = line.in_force
        if is_in_doubt(handbook, line):
            continue
        if plan is None:
            if all(other.page.is_unwritten for other in line.plans):
                newest = line.plans[-1]
                yield Hit(
                    at(newest.page, ("state",)),
                    f"The line {line.id} has only plans that are to be announced.",
                    f"Write its vision, priorities and methods and set the state to {handbook.kinds[PLAN].first_state}.",
                    _tied(handbook, line),
                    subject=line.id,
                )
        elif plan.period is not None and handbook.today - plan.period.end > _GRACE:
            yield Hit(
                at(plan.page, ("period",)),
                f"The plan in force of the line {line.id} was over on {in_words(plan.period.end)}.",
                _next_step(line, plan, handbook.today),
                _tied(handbook, line),
                subject=line.id,
                by_time=True,
            )


def _next_step(line: Line, plan: Plan, today: date) -> str:
    """Say what ends the time without a plan: one that is written waits for its signatures."""
    later = line.plans[line.plans.index(plan) + 1 :]
    waiting = next((other for other in later if other.is_active and other.has_begun(today)), None)
    if waiting:
        return f"Have the plan for {waiting.name} signed."
    begun = next((other for other in later if not other.page.is_retired), None)
    if begun is not None:
        return f"Put the plan for {begun.name} to use, which is {begun.page.path}."
    return f"Write the plan for the new period: `{begin_next_plan(f'{line.id}@{plan.name}')}` begins it."


def _tied(handbook: Handbook, line: Line) -> tuple[tuple[Spot, str], ...]:
    tied = [page for page in handbook.tied_to(line) if page.is_in_force]
    return tuple((at(page, ("vpmom",)), f"“{page.title}” serves it.") for page in tied[:_MOST_NAMED])


_UNSERVED = {
    Carrying.NOBODY: ("Nothing serves the {what} {label}.", "Name it under `serves` of what does it."),
    Carrying.DRAFT_ONLY: ("Only a draft serves the {what} {label}.", "Put the draft to use once it is written."),
    Carrying.UNNAMED: (
        "A {what} has no label, so nothing can say that it serves it.",
        "Write a label before it: `Label: sentence`.",
    ),
}
_WHAT = {"priorities": "priority", "methods": "method"}


@rule("HB310", "unserved-method", None)
def unserved_method(handbook: Handbook) -> Iterator[Hit]:
    """A priority or method of a plan in force is carried by nobody, or by a draft only.

    Procedures of the plan, its open objectives and the plans that feed it say under `serves` what they carry. The rule is off
    unless a setting switches it on, for not every method needs someone of its own.

    **What to do.** Name the item under `serves` of what does it, or write that first. An item without a label can't be named: give
    it one.
    """
    for line, items in coverages(handbook).items():
        for covered in items:
            if line.in_force is None or covered.state not in _UNSERVED or is_in_doubt(handbook, line):
                continue
            item, page = covered.item, line.in_force.page
            says, hint = _UNSERVED[covered.state]
            yield Hit(
                at(page, (item.section, item.index)),
                says.format(what=_WHAT[item.section], label=quoted(item.label)),
                hint,
                tuple((at(one, ("serves",)), f"“{one.title}” serves it.") for one in covered.by[:_MOST_NAMED]),
                subject=of_field((item.section,), item.label or item.text),
                by_time=has_followed(line),
            )


@rule("HB311", "plan-without-parent", Severity.WARNING, neglect="no plan above")
def plan_without_parent(handbook: Handbook) -> Iterator[Hit]:
    """An active plan says no plan that it feeds.

    Every plan but the company's feeds one above it; that is how an area's work reaches the company's aims.

    **What to do.** Add `parent:` with the line of the plan above.
    """
    root = handbook.root_line
    for line in handbook.lines.values():
        for plan in line.plans:
            page = plan.page
            if plan.is_active and line is not root and page.lacks("parent"):
                yield Hit(
                    at(page, ("kind",), key=True),
                    f"“{page.title}” says no plan that it feeds.",
                    _parent_to_name(root),
                )


def _parent_to_name(root: Line | None) -> str:
    return f"Add a line such as parent: {root.id if root is not None else 'company'}"


@rule("HB312", "draft-plan-without-parent", Severity.INFO, neglect="no plan above")
def draft_plan_without_parent(handbook: Handbook) -> Iterator[Hit]:
    """A draft of a plan says no plan that it feeds.

    **What to do.** Add `parent:` with the line of the plan above.
    """
    root = handbook.root_line
    for line in handbook.lines.values():
        for plan in line.plans:
            if plan.page.is_draft and line is not root and plan.page.lacks("parent"):
                yield Hit(
                    at(plan.page, ("kind",), key=True),
                    f"The draft “{plan.page.title}” says no plan that it feeds.",
                    _parent_to_name(root),
                )


@rule("HB317", "results-missing", Severity.INFO)
def results_missing(handbook: Handbook) -> Iterator[Hit]:
    """The period of a plan has been over for a month, and none of its measures says what came of it.

    A plan that nobody looked back on is a wish; the next one rests on nothing.

    **What to do.** Write beside each measure what came of it, as `result`. A result belongs to no signed text.
    """
    for line in handbook.lines.values():
        for plan in line.plans:
            page = plan.page
            measures = [item for item in page.items if item.section == "measures"]
            is_over = plan.period is not None and plan.period.end + _GRACE < handbook.today
            is_plan = not page.is_unwritten and not page.is_draft and not page.doubts("measures")
            if is_over and is_plan and measures and not any(item.result for item in measures):
                ended = in_words(plan.period.end) if plan.period is not None else ""
                yield Hit(
                    at(page, ("measures",), key=True),
                    f"“{page.title}” was over on {ended}, and none of its measures says what came of it.",
                    "Add `result` to the measures.",
                    by_time=True,
                )
