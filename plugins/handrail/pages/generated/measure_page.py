"""The page of one measure: its number, what is counted and against which target, each department's, and the documents behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handrail.measures.measure import Counted, Kind, Measure
from handrail.measures.scorecard import Part
from handrail.model.generated import Data, Made
from handrail.pages.audience import OTHER_PAGES, Link, Shown
from handrail.pages.generated.measure_trends import how_it_went
from handrail.pages.generated.measures import beside_sentences, measured, unknown_words, verdict_of
from handrail.pages.phrases import commas
from handrail.pages.views import Entry, Row, Section, Table, View, Words
from handrail.report.scorecard import value_words
from handrail.words.language import in_words

_LISTED = 200
"""So many documents of a group stand on the page; `measures.json` has them all."""
_AT_A_GLANCE = 12
_HEADS = {
    Kind.SHARE: ("Department", "Number", "Share", "Target"),
    Kind.COUNT: ("Department", "Number", "Target"),
    Kind.SCORE: ("Department", "Score", "Of so many", "Target"),
}
_GROUPS = {
    True: ("Among them", "counted"),
    False: ("Not among them", "not-counted"),
    None: ("Nobody can tell yet", "not-known"),
}


def measure_view(shown: Shown, name: str) -> View:
    """Return the page of the measure of this name."""
    project = shown.handbook.project
    here = project.settings.generated.measure_url(name, directories=project.use_directory_urls)
    measure = next(one for one in shown.scorecard.measures if one.name == name)
    lead: Words = (
        "One of the measures of ",
        Link("how the handbook is doing", url=shown.generated(Made.SCORECARD, here)),
        ".",
    )
    return View(lead=lead, sections=tuple(_sections(shown, measure, here)))


def _sections(shown: Shown, measure: Measure, here: str) -> Iterator[Section]:
    now = replace(
        measured(shown, measure, here), question=Link(""), words=_said(measure, here), chart=None, no_trend=""
    )
    title = f"On {in_words(shown.handbook.today)}"
    yield Section(title, "now", measures=(now,), rows=tuple(_rows(shown, measure)))
    yield from how_it_went(shown, measure, verdict_of(measure)[1])
    if any(part.department is not None for part in shown.by_department):
        yield _by_department(shown, measure)
    yield from _documents(measure, shown.data(Data.MEASURES))


def _said(measure: Measure, here: str) -> Words:
    if measure.unknown is not None:
        return unknown_words(measure, measure.unknown, here)
    return (" ".join(beside_sentences(measure)),)


def _rows(shown: Shown, measure: Measure) -> Iterator[Row]:
    if measure.counts:
        yield Row("What is counted", (measure.counts,))
    target = measure.target
    if target is None:
        yield Row("Target", ("None: no plan in force sets one.",))
        return
    source = shown.link(target.source) if target.source is not None else None
    by: Words = (", as ", source, " says.") if source is not None else (", unless a plan in force sets another.",)
    idle = " It is no number, so nobody can say whether it is met." if target.value is None else ""
    yield Row("Target", (target.said, *by, idle))
    others = [link for page in target.others if (link := shown.link(page)) is not None]
    if others:
        yield Row("Named by", (*commas(others), " too; what stands nearest to the company's plan counts."))


def _by_department(shown: Shown, measure: Measure) -> Section:
    """Return the measure of each department that has anything of it; what stands in none that may be seen comes last."""
    rows = tuple(
        _row(part, part.measures[measure.name]) for part in shown.by_department if _has_any(part, measure.name)
    )
    section = Section("By department", "by-department")
    if not rows:
        return replace(section, words=("No department has any.",))
    others = sum(part.department is not None for part in shown.by_department if not _has_any(part, measure.name))
    words = (
        f"Nothing is counted in {others} other departments."
        if others > 1
        else "Nothing is counted in one other department.",
    )
    return replace(section, words=words if others else (), table=Table(_HEADS[measure.kind], rows))


def _has_any(part: Part, name: str) -> bool:
    measure = part.measures.get(name)
    return measure is not None and bool(measure.denominator or measure.numerator)


def _row(part: Part, measure: Measure) -> tuple[Words, ...]:
    department = part.department
    link = Link(department.title, department) if department is not None else OTHER_PAGES
    value = value_words(measure) or "not known"
    cells = {
        Kind.SHARE: (f"{measure.numerator} of {measure.denominator}", value),
        Kind.COUNT: (value,),
        Kind.SCORE: (value, str(measure.denominator)),
    }
    return ((link,), *((cell,) for cell in cells[measure.kind]), (verdict_of(measure)[0].lower().rstrip("."),))


def _documents(measure: Measure, data: Link) -> Iterator[Section]:
    """Yield the documents by whether they count; those of which something is to be done come first, then those of which nobody can tell."""
    for counts in (not measure.good, None, measure.good):
        ours = [one for one in measure.documents if one.counts is counts]
        if not ours:
            continue
        title, anchor = _GROUPS[counts]
        section = Section(f"{title} ({len(ours)})", anchor, tuple(_entries(ours[:_LISTED])))
        if len(ours) > _LISTED:
            rest = f"{len(ours) - _LISTED} more stand in "
            section = replace(section, words=(rest, data, "."))
        if counts is measure.good and len(ours) > _AT_A_GLANCE:
            section = replace(section, folded=f"Show {min(len(ours), _LISTED)} of them")
        yield section


def _entries(found: Iterable[Counted]) -> Iterator[Entry]:
    for one in found:
        yield Entry((Link(one.page.title, one.page),), note=one.why)
