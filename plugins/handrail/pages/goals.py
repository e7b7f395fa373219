"""What lists and pages say of objectives: how far each is, what moves, and whether it has what gets a goal done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handrail.measures.measure import Measure
from handrail.measures.metrics import metric
from handrail.model.dates import parse_day
from handrail.model.generated import Made
from handrail.model.goals import Cell, CellState, Goal, GoalGate, Need
from handrail.model.meetings import KIND as MEETING
from handrail.model.page import Page
from handrail.model.people import Person
from handrail.pages.audience import Link, Shown
from handrail.pages.named import link_to
from handrail.pages.phrases import commas, name_words
from handrail.pages.views import Entry, Gate, GateCell, Row, Words
from handrail.report.scorecard import of_words, value_words
from handrail.report.trends import measure_trend, metric_trend
from handrail.words.language import count_of, in_words
from handrail.words.trust import unbroken

OUTCOME = (("text", "What came of it"), ("donation", "Donation"), ("retrospective", "What we learnt"))
"""The fields of an outcome, and what each says."""
_MOST_NAMED = 3
_NOT_SHOWN = "Named, and not shown here."
_TITLES: Mapping[Need, str] = {
    Need.WORK: "Procedures",
    Need.OWNER: "Owner",
    Need.METRIC: "Leading metric",
    Need.MEETING: "Looked at in",
}
_MARKS: Mapping[CellState, str] = {
    CellState.THERE: "signed",
    CellState.BEING_WRITTEN: "unwritten",
    CellState.MISSING: "open",
    CellState.IN_DOUBT: "unknown",
}
_DOUBTED: Mapping[Need, str] = {
    Need.WORK: "It names a procedure that nobody knows. ",
    Need.OWNER: "It names somebody whom nobody knows. ",
    Need.METRIC: "It names a metric that nobody knows. ",
    Need.MEETING: "It names a meeting that nobody knows. ",
}


def goal_entry(goal: Goal) -> Entry:
    """Return an objective as it stands in lists: its link, how far it is, and by when it is due."""
    said = (f"{goal.progress} %" if goal.progress is not None else "", _due(goal))
    return Entry((Link(goal.page.title, goal.page),), note=" · ".join(filter(None, said)))


def _due(goal: Goal) -> str:
    due = parse_day(goal.page.data.get("due"))
    return f"due on {in_words(due)}" if due is not None else ""


def days_words(goal: Goal) -> str:
    """Say how many days an open objective has left; nothing where its day is not known."""
    if goal.days_left is None:
        return ""
    if goal.has_come:
        return "its day has come"
    return "due today" if goal.days_left == 0 else f"{count_of(goal.days_left, 'day')} left"


def own_owner(shown: Shown, page: Page) -> Words:
    """Return who has taken an objective on; a department's lead, who answers for all else in it, has not by that."""
    return name_words(shown, page.text("owner"))[:1] if page.text("owner") else ()


def gate(shown: Shown, goal: Goal) -> Gate:
    """Return an open objective as a row of the goal gate: how it stands, and its four cells."""
    said: list[Words] = []
    if words := own_owner(shown, goal.page):
        said.append(words)
    said += [(words,) for words in (_due(goal), days_words(goal)) if words]
    if url := goal.page.text("intake"):
        said.append((Link("what everyone said", url=url),))
    cells = tuple(
        GateCell(_TITLES[cell.need], _MARKS[cell.state], cell.state.value, tuple(_cell(shown, goal.page, cell)))
        for cell in goal.gate.cells
    )
    return Gate(
        Link(goal.page.title, goal.page), _dotted(said), goal.progress, _told(goal), tuple(_rows(shown, goal)), cells
    )


def missing(shown: Shown, gate: GoalGate) -> tuple[Row, ...]:
    """Return what an objective lacks of what gets a goal done, each with the link that adds it."""
    return tuple(
        Row(_TITLES[cell.need], tuple(_cell(shown, gate.objective, cell)))
        for cell in gate.cells
        if cell.state is not CellState.THERE
    )


def _dotted(parts: Iterable[Words]) -> Words:
    words: list[str | Link] = []
    for part in parts:
        words += [" · ", *part]
    return tuple(words[1:])


def _told(goal: Goal) -> str:
    """Say when somebody told how an objective is doing, and where nobody has for long."""
    if goal.told_on is None:
        return "Nobody has said yet how it is doing." if goal.is_late or goal.progress is None else ""
    day = unbroken(in_words(goal.told_on))
    return f"Nobody has said since {day} how it is doing." if goal.is_late else f"as told on {day}"


def _rows(shown: Shown, goal: Goal) -> Iterator[Row]:
    for page in shown.pages(goal.metrics):
        yield Row("What moves", (Link(page.title, page), f": {moving(shown, page)}"))
    by_name = {measure.name: measure for measure in shown.scorecard.measures}
    for name in dict.fromkeys(item.metric for item in goal.page.items if item.metric in by_name):
        link = Link(by_name[name].title, url=shown.measure_page(name, strategy_address(shown)))
        yield Row("What moves", (link, f": {_moving_measure(shown, by_name[name])}"))
    if follows := named(shown, goal.page, "replaces"):
        yield Row("Follows", follows)


def moving(shown: Shown, page: Page) -> str:
    """Say where a metric stands and which way it goes."""
    found = metric(shown.scorecard.scope, page, shown.handbook.settings.audience)
    if not found.values:
        return "no value is known yet"
    last, unit = found.values[-1], page.text("unit")
    value = f"{last.said}\N{NO-BREAK SPACE}{unit}" if unit else last.said
    return f"{value} on {unbroken(in_words(last.day))}. {metric_trend(found)}."


def _moving_measure(shown: Shown, measure: Measure) -> str:
    """Say where a measure of ours stands and, where its past is known, which way it goes."""
    value = " ".join(filter(None, (value_words(measure), f"({of_words(measure)})" if of_words(measure) else "")))
    found = shown.scorecard.trend(measure)
    return f"{value or 'not known yet'}.{f' {measure_trend(measure, found)}.' if found is not None and found.points else ''}"


def named(shown: Shown, page: Page, field: str) -> Words:
    """Return links to what a page names in a field, as far as that may be seen."""
    found = (one.target for one in shown.handbook.references.get(page, ()) if one.path[0] == field)
    return commas(
        Link(target.title, target) for target in dict.fromkeys(found) if target is not None and shown.shows(target)
    )


def _cell(shown: Shown, page: Page, cell: Cell) -> Iterator[str | Link]:
    """Yield what meets a need; where nothing does, that and the link which adds it."""
    if cell.state is CellState.IN_DOUBT:
        yield _DOUBTED[cell.need]
        yield from _editing(shown, page, "Put it right")
    elif cell.need is Need.OWNER:
        yield from _owner(shown, page, cell)
    elif cell.state is CellState.THERE:
        yield from _met_by(shown, cell)
    elif cell.need is Need.MEETING:
        yield from _no_meeting(shown, page)
    elif cell.need is Need.METRIC:
        yield from _no_metric(shown, page, cell)
    else:
        yield from _no_work(shown, page, cell)


def _met_by(shown: Shown, cell: Cell) -> Iterator[str | Link]:
    links = [Link(one.title, one) for one in shown.pages(cell.documents)]
    by_name = {measure.name: measure.title for measure in shown.measures}
    here = strategy_address(shown)
    links += [Link(by_name[name], url=shown.measure_page(name, here)) for name in cell.names if name in by_name]
    more = len(links) - _MOST_NAMED
    yield from commas(links[:_MOST_NAMED]) or (_NOT_SHOWN,)
    if more > 0:
        yield f" and {more} more"
    if cell.through is not None and links and shown.shows(cell.through):
        yield ", through "
        yield Link(cell.through.title, cell.through)


def _owner(shown: Shown, page: Page, cell: Cell) -> Iterator[str | Link]:
    if cell.state is CellState.THERE and cell.owner is not None:
        yield link_to(shown, cell.owner)
    elif isinstance(cell.owner, Person):
        yield link_to(shown, cell.owner)
        yield " has left. "
        yield from _editing(shown, page, "Name another")
    elif cell.owner is not None:
        yield "Nobody of "
        yield link_to(shown, cell.owner)
        yield " is here any more. "
        yield from _editing(shown, page, "Name another")
    else:
        yield "Nobody has taken it on. "
        yield from _editing(shown, page, "Name an owner")


def _no_work(shown: Shown, page: Page, cell: Cell) -> Iterator[str | Link]:
    if cell.state is CellState.BEING_WRITTEN:
        links = [Link(one.title, one) for one in shown.pages(cell.documents)]
        yield "Being written: " if links else "Being written."
        yield from commas(links[:_MOST_NAMED])
        return
    yield "None is named. "
    editing = tuple(_editing(shown, page, "Name one"))
    yield from editing
    if new := shown.new_page("sop", home_folder(shown, page)):
        yield ", or " if editing else ""
        yield Link("write one" if editing else "Write one", url=new)


def _no_metric(shown: Shown, page: Page, cell: Cell) -> Iterator[str | Link]:
    late = [Link(one.title, one) for one in shown.pages(cell.documents)]
    if late:
        yield from commas(late[:_MOST_NAMED])
        yield " shows only the result. " if len(late) == 1 else " show only the result. "
    else:
        yield "None is named. "
    yield from _editing(shown, page, "Name one that moves earlier" if late else "Name one")


def _no_meeting(shown: Shown, page: Page) -> Iterator[str | Link]:
    """Offer to add the objective to a meeting: one of its own department, else the first by title."""
    meetings = shown.pages(shown.handbook.of_kind(MEETING))
    own = shown.department_of(page)
    meetings.sort(key=lambda one: (own is None or shown.department_of(one) is not own, one.title.casefold(), one.path))
    yield "No meeting looks at it. "
    if not meetings:
        new = shown.new_page(MEETING, home_folder(shown, page))
        yield from (Link("Write one", url=new),) if new else ()
    elif shown.forge is not None:
        yield Link(f"Add it to “{meetings[0].title}”", url=shown.forge.edit(shown.forge.page(meetings[0].src_uri)))


def _editing(shown: Shown, page: Page, words: str) -> Iterator[Link]:
    if shown.forge is not None:
        yield Link(words, url=shown.forge.edit(shown.forge.page(page.src_uri)))


def home_folder(shown: Shown, page: Page) -> str:
    """Return the folder of a page's department, in which new pages beside it are begun; the top one where it has none."""
    department = shown.department_of(page)
    return department.folder if department is not None else ""


def strategy_address(shown: Shown) -> str:
    """Return the address of the strategy page, from which links are made."""
    project = shown.handbook.project
    return project.settings.generated.url(Made.STRATEGY, directories=project.use_directory_urls)
