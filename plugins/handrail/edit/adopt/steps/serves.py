"""The step that ties plans and procedures together: which plan the others feed, and which one a department's procedures serve.

Only a person knows it, so every tie is a question: one for the company's plan, and one for each department whose plan is the only one there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from handrail.edit.adopt.steps.decided import declined, was_declined
from handrail.edit.adopt.steps.naming import titles
from handrail.edit.adopt.steps.step import Fields, Plan, Question, Step
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.plans import Line
from handrail.model.settings import lies_in
from handrail.report.summary import counted

_PARENT, _PLAN = "parent", "vpmom"
_OF_ALL = re.compile(
    r"(?<![^\W_])(?:company|corporate|organi[sz]ation|leadership|executive|ceo|unternehmen|firma|entreprise|direction|empresa|azienda)(?![^\W_])",
    re.IGNORECASE,
)
"""Words by which the plan of a whole company is called, or those who make it."""


def plan(handbook: Handbook, folder: str) -> Plan:
    """Find the plans of a folder that name no plan which they feed, and the procedures that name none which they serve."""
    return Plan(questions=(*_of_plans(handbook, folder), *_of_procedures(handbook, folder)))


def _of_plans(handbook: Handbook, folder: str) -> Iterator[Question]:
    open_lines = [line for line in handbook.lines.values() if _loose(line)]
    root = handbook.root_line or _likely_root(handbook, open_lines)
    if root is None:
        return
    feeding = [
        plan for line in open_lines if line is not root for plan in _loose(line) if lies_in(plan.src_uri, folder or ".")
    ]
    if feeding:
        text = (
            f"{_called(root)} ({root.face.page.path}): is it the plan of the whole company, which {titles(feeding)} "
            f"{'feeds' if len(feeding) == 1 else 'feed'}?"
        )
        yield Question(
            text,
            is_likely=handbook.root_line is not None,
            yes=tuple(Fields(page.src_uri, {_PARENT: root.id}) for page in feeding),
            no=(declined(_PARENT, root.id),),
        )


def _loose(line: Line) -> list[Page]:
    """Return the plans of a line that name none above them, but for those that are over and done with."""
    return [one.page for one in line.plans if not one.page.is_retired and one.page.lacks(_PARENT)]


def _likely_root(handbook: Handbook, lines: Sequence[Line]) -> Line | None:
    """Return the line that is most likely the company's, and that nobody has said is not: by its name, then by how high it lies."""
    possible = [line for line in lines if not was_declined(handbook, _PARENT, line.id)]
    return min(possible, key=lambda line: _rank(handbook, line), default=None) if len(lines) > 1 else None


def _rank(handbook: Handbook, line: Line) -> tuple[bool, bool, int, str]:
    page = line.face.page
    is_of_all = any(_OF_ALL.search(said.replace("-", " ")) for said in (page.title, line.id))
    return (not is_of_all, handbook.department_of(page) is not None, page.src_uri.count("/"), page.src_uri)


def _of_procedures(handbook: Handbook, folder: str) -> Iterator[Question]:
    """Ask of each department with one line of plans whether its procedures serve it."""
    by_department: dict[Page, list[Line]] = defaultdict(list)
    for line in handbook.lines.values():
        department = handbook.department_of(line.face.page)
        if department is not None and not line.face.page.is_retired:
            by_department[department].append(line)
    for department, lines in by_department.items():
        if len(lines) > 1:
            continue
        wanting = [
            page
            for page in handbook.procedures_of(department)
            if lies_in(page.src_uri, folder or ".") and page.lacks(_PLAN) and not page.is_retired
        ]
        line = lines[0]
        if wanting and not was_declined(handbook, _PLAN, department.id, line.id):
            text = (
                f"{counted(len(wanting), 'procedure')} of “{department.title}” {'names' if len(wanting) == 1 else 'name'} no plan: "
                f"{titles(wanting)}. {'Does it' if len(wanting) == 1 else 'Do they'} serve {_called(line)}?"
            )
            yield Question(
                text,
                is_likely=True,
                yes=tuple(Fields(page.src_uri, {_PLAN: line.id}) for page in wanting),
                no=(declined(_PLAN, department.id, line.id),),
            )


def _called(line: Line) -> str:
    return f"“{line.face.page.title}”"


SERVES = Step("serves", "Plans say which plan they feed, and procedures which one they serve.", plan)
