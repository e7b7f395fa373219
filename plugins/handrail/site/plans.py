"""The view of a plan: its head, the five sections, and the procedures and plans that hang on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handrail.model.dates import parse_day
from handrail.model.items import Item
from handrail.model.page import Page
from handrail.model.plans import Line, Plan
from handrail.model.roles import Role
from handrail.model.signoff import Status
from handrail.model.unidentified import as_id
from handrail.report.lists import by_title, called, capital
from handrail.site.audience import Link, Shown
from handrail.site.banners import update_banner
from handrail.site.phrases import name_words, no_plan_yet, rapid_rows
from handrail.site.signatures import earlier_texts, signatures
from handrail.site.views import Banner, Entry, Folded, Row, Section, View, Words
from handrail.words.language import in_words
from handrail.words.signing import RAN_OUT, STATUS, UNBOUND, missing

_SECTIONS = (("priorities", "Priorities"), ("methods", "Methods"), ("obstacles", "Obstacles"), ("measures", "Measures"))


def plan_view(shown: Shown, page: Page) -> View:
    """Return the view of a plan."""
    handbook = shown.handbook
    plan = handbook.plans[page]
    line = handbook.lines.get(page.id)
    if line is None or plan not in line.plans:
        return View()
    roles = rapid_rows(shown, page, with_letters=True)
    signed = signatures(shown, page)
    banners = [update_banner(page), _standing(shown, page, plan, line) or signed.banner]
    return View(
        banners=tuple(banner for banner in banners if banner is not None),
        status=line.shown(plan),
        signing=signed.signing,
        rows=tuple(_head(shown, page, plan, line)),
        folded=(*signed.folded, *((Folded("What the letters mean (RAPID)", roles),) if roles else ())),
        sections=tuple(_sections(shown, page)),
        text_title="Commentary" if page.source.body.strip() and not page.is_unwritten else "",
        after=tuple(_after(shown, page, plan, line)),
    )


def _head(shown: Shown, page: Page, plan: Plan, line: Line) -> list[Row]:
    rows = []
    if plan.period is not None:
        rows.append(Row("Period", (f"{plan.name}: {in_words(plan.period.start)} to {in_words(plan.period.end)}",)))
    rapid = _short_rapid(shown, page)
    if rapid:
        rows.append(Row("RAPID", (rapid,), "Who Recommends, Agrees, Performs, gives Input and Decides"))
    rows.append(
        Row("Vetted date", (_vetted(plan),), "The day on which the one who decides signed, after everyone who agrees")
    )
    earlier = _earlier(shown, page, plan, line)
    if earlier:
        rows.append(Row("Previous versions", earlier))
    internal = page.text("internal_version")
    if internal:
        rows.append(Row("Internal version", (Link("Internal version (staff)", url=internal),)))
    feeds = page.text("parent")
    above = shown.handbook.index.resolve(feeds, ("vpmom",)).line if feeds else None
    if above is not None and shown.shows(above.face.page):
        rows.append(
            Row("Feeds", (Link(above.face.page.title, above.face.page),), "The plan that this one's results go into")
        )
    return rows


def _short_rapid(shown: Shown, page: Page) -> str:
    letters: dict[str, list[str]] = {}
    for role in (Role.RECOMMEND, Role.AGREE, Role.PERFORM, Role.INPUT, Role.DECIDE):
        for named in page.rapid.names(role):
            letters.setdefault(named.name, []).append(role)
    order = sorted(letters.items(), key=lambda item: ("D" not in item[1], "A" not in item[1]))
    return ", ".join(f"{_name(shown, name)} ({', '.join(roles)})" for name, roles in order)


def _name(shown: Shown, name: str) -> str:
    return name_words(shown, name).split(",")[0]


def _vetted(plan: Plan) -> str:
    sign_off = plan.sign_off
    if sign_off.is_signed and sign_off.signed_on is not None:
        return in_words(sign_off.signed_on) + (f". {UNBOUND}" if sign_off.is_unbound else "")
    if sign_off.was_signed and sign_off.signed_on is not None:
        return f"{in_words(sign_off.signed_on)}, for an earlier text"
    if sign_off.status is Status.INCOMPLETE:
        return f"Not yet; still to sign: {missing(sign_off.missing)}"
    return "Not yet"


def _earlier(shown: Shown, page: Page, plan: Plan, line: Line) -> Words:
    words: list[str | Link] = []
    for other in line.earlier(plan):
        link = shown.link(other.page, other.name)
        if link is not None:
            words += [", ", link]
    texts = earlier_texts(shown, page)
    words += [", ", *texts] if texts else []
    for version in page.entries("previous_versions"):
        day, url = parse_day(version.get("date")), version.get("link")
        if day is not None and isinstance(url, str):
            words += [", ", Link(f"the version of {in_words(day)}", url=url)]
    return tuple(words[1:])


def _standing(shown: Shown, page: Page, plan: Plan, line: Line) -> Banner | None:
    """Return the banner of a plan that does not hold, or no longer; who signed it matters less then."""
    current = line.in_force
    if page.is_unwritten:
        words: Words = ("A plan for this period is still to be written.",)
        if current is not None and shown.shows(current.page):
            words = (*words, " Until then ", Link(current.page.title, current.page), " holds.")
        return Banner("To be announced", words, "info")
    if page.is_draft:
        return Banner("A draft", ("It is being written and does not hold yet.",), "info")
    if not plan.is_active or current is None:
        return None
    if current is not plan and line.shown(plan) == "Superseded" and shown.shows(current.page):
        return Banner("Superseded", ("The plan in force is ", Link(current.page.title, current.page), "."), "info")
    if current is plan and plan.is_over(shown.handbook.today) and plan.period is not None:
        return Banner(
            "Its period is over", (f"It ended on {in_words(plan.period.end)}, and no newer plan is in force.",)
        )
    return None


def _sections(shown: Shown, page: Page) -> list[Section]:
    sections = []
    vision = page.text("vision")
    if vision:
        sections.append(Section("Vision", "vision", words=(vision,)))
    for name, title in _SECTIONS:
        items = [item for item in page.items if item.section == name]
        if items:
            entries = tuple(_item(shown, item) for item in items)
            sections.append(Section(title, name, entries, ordered=name == "priorities"))
    return sections


def _item(shown: Shown, item: Item) -> Entry:
    metric = shown.handbook.index.resolve(item.metric, ("metric",)).page if item.metric else None
    link = shown.link(metric, item.text) if metric is not None else None
    notes = [f"Target: {item.target}" if item.target else "", f"Result: {item.result}" if item.result else ""]
    return Entry((link or item.text,), note=" · ".join(filter(None, notes)), label=item.label, team=item.team)


def _after(shown: Shown, page: Page, plan: Plan, line: Line) -> list[Section]:
    return [*(_around(shown, page, line) if line.face is plan else ()), *_earlier_periods(shown, plan, line)]


def _earlier_periods(shown: Shown, plan: Plan, line: Line) -> list[Section]:
    """Return what came of the plans of earlier periods, newest first."""
    sections: list[Section] = []
    for other in line.earlier(plan):
        if shown.shows(other.page):
            results = tuple(_item(shown, item) for item in other.page.items if item.result)
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
        sections.append(
            Section("Fed by", "fed-by", tuple(Entry((Link(p.title, p),), state=plan_state(shown, p)) for p in fed))
        )
    return sections


def plan_state(shown: Shown, page: Page) -> str:
    """Return how a plan stands, in a word or two."""
    line = shown.handbook.lines.get(page.id)
    plan = shown.handbook.plans.get(page)
    return line.shown(plan) if line is not None and plan is not None and plan in line.plans else ""


def without_plan(shown: Shown, department: Page, section: Section, *, has_hidden: bool) -> Section:
    """Return a department's section that says why it shows no plan: there is none, or only what may not be seen."""
    if has_hidden:
        return replace(section, words=("There is no plan to show here.",))
    new = shown.new_page("vpmom", department.folder)
    return replace(
        section,
        words=(no_plan_yet(shown, department),),
        action=Link("New VPMOM", url=new) if new else None,
    )


def procedure_entries(shown: Shown, pages: Iterable[Page]) -> tuple[Entry, ...]:
    """Return those procedures and the like that may be seen as they stand in lists, by title."""
    return tuple(procedure_entry(shown, page) for page in sorted(shown.pages(pages), key=by_title))


def procedure_entry(shown: Shown, page: Page) -> Entry:
    """Return a procedure as it stands in lists: its link, and how it stands where that matters."""
    sign_off = shown.handbook.sign_off(page)
    state = "" if page.is_in_force else page.state_inside
    if not state and sign_off.status not in (Status.NOT_ASKED, Status.SIGNED):
        state = STATUS[sign_off.status]
    elif not state and sign_off.stale:
        state = RAN_OUT
    elif not state and page.text("needs_update"):
        state = "needs an update"
    return Entry((Link(page.title, page),), state=state)
