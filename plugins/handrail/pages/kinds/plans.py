"""The view of a plan: its compact line, the five sections, and the procedures and plans that hang on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handrail.measures.results import share_of
from handrail.model.dates import parse_day
from handrail.model.items import Item
from handrail.model.page import Page
from handrail.model.plans import COMING, SUPERSEDED, Line, Plan
from handrail.model.trust import trust
from handrail.model.unidentified import as_id
from handrail.pages.about import about
from handrail.pages.audience import Link, Shown
from handrail.pages.carried import carried_entries, carried_words
from handrail.pages.phrases import commas, in_a_row, name_words, no_plan_yet
from handrail.pages.trust_line import trust_line
from handrail.pages.views import Entry, Row, Section, View, Words
from handrail.report.lists import by_title, called
from handrail.words.language import capital, in_words
from handrail.words.trust import unbroken, words_in_list

_WHAT = "A plan on one page: vision, priorities, methods, obstacles, measures (VPMOM)"
_SECTIONS = (("priorities", "Priorities"), ("methods", "Methods"), ("obstacles", "Obstacles"), ("measures", "Measures"))
_BESIDE = {"methods", "obstacles"}


def plan_view(shown: Shown, page: Page) -> View:
    """Return the view of a plan."""
    handbook = shown.handbook
    plan = handbook.plans[page]
    line = handbook.lines.get(page.id)
    if line is None or plan not in line.plans:
        return View()
    shown_as = line.shown(plan)
    return View(
        trust=trust_line(shown, page) if shown_as != SUPERSEDED else None,
        # All else the line of trust says.
        status=shown_as if shown_as in (SUPERSEDED, COMING) else "",
        lead=_compact(shown, page, plan, line),
        sections=tuple(_sections(shown, page)),
        is_one_page=True,
        text_title="Commentary" if page.source.body.strip() and not page.is_unwritten else "",
        after=tuple(_after(shown, page, plan, line)),
        about=about(shown, page, _rows(shown, page, plan, line)),
    )


def _compact(shown: Shown, page: Page, plan: Plan, line: Line) -> Words:
    """Say in one line for which time a plan is, who decides, and what it feeds; and which plan holds where this one does not."""
    said: list[Words] = []
    if plan.period is not None:
        said.append((f"{plan.name}: {unbroken(in_words(plan.period.start))} to {unbroken(in_words(plan.period.end))}",))
    decides = [name_words(shown, named.name)[0] for named in page.rapid.decide]
    if decides:
        said.append((*in_a_row(decides), " decides"))
    feeds = page.text("parent")
    above = shown.handbook.index.resolve(feeds, ("vpmom",)).line if feeds else None
    if above is not None and shown.shows(above.face.page):
        said.append(("feeds ", Link(above.face.page.title, above.face.page)))
    current = line.in_force
    if current is not None and current is not plan and plan.is_active and shown.shows(current.page):
        said.append(("in force: ", Link(current.page.title, current.page)))
    words: list[str | Link] = []
    for part in said:
        words += [" · ", *part]
    return tuple(words[1:])


def _rows(shown: Shown, page: Page, plan: Plan, line: Line) -> list[Row]:
    rows = [Row("What it is", (_WHAT,), is_searched=False)]
    earlier = _earlier(shown, page, plan, line)
    if earlier:
        rows.append(Row("Previous versions", earlier))
    internal = page.text("internal_version")
    if internal:
        rows.append(Row("Internal version", (Link("Internal version (staff)", url=internal),)))
    return rows


def _earlier(shown: Shown, page: Page, plan: Plan, line: Line) -> Words:
    links = [link for other in line.earlier(plan) if (link := shown.link(other.page, other.name)) is not None]
    for version in page.entries("previous_versions"):
        day, url = parse_day(version.get("date")), version.get("link")
        if day is not None and isinstance(url, str):
            links.append(Link(f"the version of {in_words(day)}", url=url))
    return commas(links)


def _sections(shown: Shown, page: Page) -> list[Section]:
    sections = []
    vision = page.text("vision")
    if vision:
        sections.append(Section("Vision", "vision", words=(vision,), is_large=True))
    has_both = len(_BESIDE & {item.section for item in page.items}) == len(_BESIDE)
    for name, title in _SECTIONS:
        items = [item for item in page.items if item.section == name]
        if items:
            entries = tuple(item_entry(shown, item) for item in items)
            is_beside = has_both and name in _BESIDE
            sections.append(Section(title, name, entries, ordered=name == "priorities", is_beside=is_beside))
    return sections


def item_entry(shown: Shown, item: Item) -> Entry:
    """Return an item of a plan as it stands in lists: its words, its target, and what came of it."""
    metric = shown.handbook.index.resolve(item.metric, ("metric",)).page if item.metric else None
    link = shown.link(metric, item.text) if metric is not None else None
    unit = metric.text("unit") if link is not None and metric is not None else ""
    notes = [
        f"{name}: {_with_unit(said, unit)}" for name, said in (("Target", item.target), ("Result", item.result)) if said
    ]
    reached = share_of(shown.handbook, item, shown.shows) if item.result else None
    notes += [f"{reached} % of the target"] if reached is not None else []
    return Entry((link or item.text,), note=" · ".join(notes), label=item.label, team=item.team)


def _with_unit(said: str, unit: str) -> str:
    """Return a number with its unit; words are said to have theirs."""
    return f"{said} {unit}" if unit and said[-1:].isdigit() else said


def _after(shown: Shown, page: Page, plan: Plan, line: Line) -> list[Section]:
    return [
        *(_carried(shown, line) if line.in_force is plan else ()),
        *(_around(shown, page, line) if line.face is plan else ()),
        *_earlier_periods(shown, plan, line),
    ]


def _carried(shown: Shown, line: Line) -> list[Section]:
    """Return who carries what the plan in force wants; nothing where nobody has said of anything what it serves."""
    if not any(one.by for one in shown.coverages[line]):
        return []
    return [Section("Who carries what", "carried", carried_entries(shown, line), state=carried_words(shown, line))]


def _earlier_periods(shown: Shown, plan: Plan, line: Line) -> list[Section]:
    """Return what came of the plans of earlier periods, newest first."""
    sections: list[Section] = []
    for other in line.earlier(plan):
        if shown.shows(other.page):
            results = tuple(item_entry(shown, item) for item in other.page.items if item.result)
            heading, state = Link(other.name, other.page), line.shown(other)
            words = () if results else ("No results are recorded.",)
            anchor = f"period-{as_id(other.name) or len(sections)}"
            sections.append(Section(other.name, anchor, results, words=words, heading=heading, state=state, level=3))
    return [Section("Earlier periods", "earlier-periods"), *sections] if sections else []


def _around(shown: Shown, page: Page, line: Line) -> list[Section]:
    """Return what hangs on a line: procedures, objectives, and the plans that feed it."""
    handbook = shown.handbook
    sections = []
    tied = [page for page in shown.pages(handbook.tied_to(line)) if not page.is_retired]
    if tied:
        sections.append(Section(capital(called(tied)), "procedures", procedure_entries(shown, tied)))
    objectives = [reference.page for reference in shown.referring(page, kinds=("objective",))]
    if objectives:
        sections.append(
            Section(
                "Objectives", "objectives", tuple(Entry((Link(o.title, o),), state=o.state_inside) for o in objectives)
            )
        )
    fed = [
        other.face.page
        for other in handbook.lines.values()
        if other is not line
        and shown.shows(other.face.page)
        and (name := other.face.page.text("parent"))
        and handbook.index.resolve(name, ("vpmom",)).line is line
    ]
    if fed:
        sections.append(Section("Fed by", "fed-by", tuple(plan_entry(shown, p) for p in fed)))
    return sections


def plan_entry(shown: Shown, page: Page) -> Entry:
    """Return a plan as it stands in lists: its link, and how it stands in a word or two."""
    line = shown.handbook.lines.get(page.id)
    plan = shown.handbook.plans.get(page)
    state = line.shown(plan) if line is not None and plan is not None and plan in line.plans else ""
    return Entry((Link(page.title, page),), state=state, trust=plan_trust(shown, page, state))


def plan_trust(shown: Shown, page: Page, state: str) -> str:
    """Return the state of a plan's line of trust; nothing for one whose time is over or has not come, which has none."""
    states = trust(shown.handbook, page) if state not in ("", SUPERSEDED, COMING) else ()
    return states[0].value if states else ""


def without_plan(shown: Shown, department: Page, section: Section, *, has_hidden: bool) -> Section:
    """Return a department's section that says why it shows no plan: there is none, or only what may not be seen."""
    if has_hidden:
        return replace(section, words=("There is no plan to show here.",))
    new = shown.new_page("vpmom", department.folder)
    return replace(
        section,
        words=no_plan_yet(shown, department),
        action=Link("New plan", url=new) if new else None,
    )


def procedure_entries(shown: Shown, pages: Iterable[Page]) -> tuple[Entry, ...]:
    """Return those procedures and the like that may be seen as they stand in lists, by title."""
    return tuple(procedure_entry(shown, page) for page in sorted(shown.pages(pages), key=by_title))


def procedure_entry(shown: Shown, page: Page) -> Entry:
    """Return a procedure as it stands in lists: its link, and whether readers can rely on it."""
    states = trust(shown.handbook, page)
    if not states:
        return Entry((Link(page.title, page),))
    state = words_in_list(page, shown.handbook.sign_off(page), states[0])
    return Entry((Link(page.title, page),), state=state, trust=states[0].value)
