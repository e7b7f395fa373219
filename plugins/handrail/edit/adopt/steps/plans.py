"""The step that makes documents of the plans that stand in pages: drafts, and retired where their period is over."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from handrail.edit.adopt.plan_pages.blocks import announced
from handrail.edit.adopt.plan_pages.periods import Written, name_of
from handrail.edit.adopt.plan_pages.plans import Explained, PagePlan, plans_in
from handrail.edit.adopt.steps.decided import declined, was_declined
from handrail.edit.adopt.steps.fields import field_lines
from handrail.edit.adopt.steps.identity import plain_title, title_to_write
from handrail.edit.adopt.steps.step import Edit, Fields, Plan, Question, Step
from handrail.edit.new import Beginning, slug
from handrail.model.dates import parse_period
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, Phase
from handrail.model.references import PLAN
from handrail.model.settings import lies_in

_PERIOD = "period"


def plan(handbook: Handbook, folder: str) -> Plan:
    """Find the plans of a folder that are no documents yet; what explains plans is told, and a period that nothing tells is asked."""
    kind = handbook.kinds.get(PLAN)
    if kind is None:
        return Plan(told=(f"The handbook has no kind `{PLAN}`.",))
    year_end = handbook.settings.fiscal_year_end
    everything = list(plans_in(handbook.pages, year_end))
    usual = _usual_period(one for one in everything if isinstance(one, PagePlan))
    edits: list[Edit] = []
    questions: list[Question] = []
    told: list[str] = []
    taken = {(page.id, _key(page.data.get("period"))) for page in handbook.of_kind(PLAN)}
    for one in everything:
        if not lies_in(one.page.src_uri, folder or "."):
            continue
        place = f"{one.page.path}, “{one.title}”"
        if isinstance(one, Explained):
            told.append(f"{place}: this only shows or explains what a plan is, and stays what it is.")
        elif (period := one.period or _asked(handbook, one, usual)) is None:
            told.append(
                f"{place}: for which period it is stands nowhere; write it into the title, such as FY28, and take this step again."
            )
        elif (one.line, _key(period)) in taken:
            told += [f"{place}: {one.line}@{name_of(period)} is a document already."] if not one.is_whole else []
        else:
            taken.add((one.line, _key(period)))
            edit = _edit(handbook, one, period, kind)
            if one.period is not None:
                edits.append(edit)
            else:
                asked = f"{place} says no period. Is it for {name_of(period)}, as most plans here are?"
                no = declined(_PERIOD, one.line, name_of(period))
                questions.append(Question(asked, is_likely=True, yes=(edit,), no=(no,)))
    return Plan(tuple(edits), tuple(questions), (*told, *_announced(handbook, folder)))


def _asked(handbook: Handbook, one: PagePlan, usual: Written | None) -> Written | None:
    """Return the period that most plans are for, where nobody has said that this plan is for another."""
    return None if usual is None or was_declined(handbook, _PERIOD, one.line, name_of(usual)) else usual


def _announced(handbook: Handbook, folder: str) -> Iterator[str]:
    for page in handbook.pages:
        if page.is_prose and lies_in(page.src_uri, folder or "."):
            for title in announced(page.source.body):
                yield f"{page.path} announces “{title}”, of which nothing is written; handrail new vpmom begins it."


def _usual_period(found: Iterable[PagePlan]) -> Written | None:
    """Return the period that most plans are for; of those that are named as often, the last."""
    by_name = [(name_of(one.period), one.period) for one in found if one.period is not None]
    names = Counter(name for name, _ in by_name)
    usual = max(names, key=lambda name: (names[name], name), default=None)
    return next((period for name, period in by_name if name == usual), None)


def _key(period: Any) -> str:
    return name_of(period).casefold() if period else ""


def _edit(handbook: Handbook, one: PagePlan, period: Written, kind: Kind) -> Edit:
    if one.is_whole:
        title = title_to_write(one.page.source, one.page.file_name)
        return Fields(one.page.src_uri, dict(_fields(handbook, one, period, kind, title)))
    src_uri = _place(handbook, one, period)
    link = posixpath.relpath(one.page.src_uri, posixpath.dirname(src_uri) or ".").replace(" ", "%20")
    fields = _fields(handbook, one, period, kind, one.title)
    lines = [line for name, value in fields for line in field_lines(name, value)]
    text = f"Taken over from [{_as_text(plain_title(one.page.title))}]({link}), where it stands too."
    return Beginning(src_uri, "\n".join(["---", *lines, "---", text, ""]))


def _fields(handbook: Handbook, one: PagePlan, period: Written, kind: Kind, title: str) -> Iterator[tuple[str, Any]]:
    yield "kind", kind.name
    yield "id", one.line
    yield "period", period
    if title:
        yield "title", title
    yield "visibility", one.page.visibility or "confidential"
    yield "state", _state(handbook, period, kind)
    yield from one.fields.items()


def _state(handbook: Handbook, period: Written, kind: Kind) -> str:
    """Return the state of a plan that nobody has vetted here: none that is in force."""
    known = parse_period(period, handbook.settings.fiscal_year_end)
    is_over = known is not None and known.end < handbook.today
    return (is_over and kind.state_in(Phase.RETIRED)) or kind.first_state


def _place(handbook: Handbook, one: PagePlan, period: Written) -> str:
    """Return where the page of a plan is to lie: beside the one that it stands in."""
    name = f"{PLAN}-{one.line}-{slug(name_of(period)) or 'period'}"
    number = 1
    while True:
        src_uri = posixpath.join(one.page.folder, f"{name}{f'-{number}' if number > 1 else ''}.md")
        if src_uri not in handbook.by_src_uri:
            return src_uri
        number += 1


def _as_text(title: str) -> str:
    return title.replace("[", "\\[").replace("]", "\\]")


PLANS = Step(
    "plans", "Plans that stand in pages become documents: drafts, and retired where their period is over.", plan
)
