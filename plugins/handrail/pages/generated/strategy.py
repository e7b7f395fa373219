"""The page on strategy: why the company is there, what it will look like, and what it tries to reach now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from handrail.model.dates import parse_day
from handrail.model.generated import Made
from handrail.model.goals import Board, Goal, board
from handrail.model.page import Page
from handrail.model.unidentified import as_id
from handrail.pages.audience import Link, Shown
from handrail.pages.goals import OUTCOME, gate, named, strategy_address
from handrail.pages.phrases import commas
from handrail.pages.views import Entry, Row, Section, Span, View, Words
from handrail.words.goals import needed
from handrail.words.language import capital, count_of, in_words
from handrail.words.trust import unbroken

_MONTHS = 12
_NAMED = 5
"""So many objectives that lack something are named in the first sentence."""
_GATE = (
    "Of each stands whether it has what gets a goal done: a procedure in use, somebody who has taken it on, a metric that moves "
    "before the result does, and a meeting that looks at it."
)


def strategy(shown: Shown) -> View:
    """Return the page's view."""
    found = board(shown.handbook)
    on_the_map = Link("The map", url=shown.generated(Made.MAP, strategy_address(shown)))
    return View(
        lead=(*_in_short(shown, found), on_the_map, " shows what serves what, from here down to the procedures."),
        sections=(
            *_why(shown),
            *_what_it_will_look_like(shown),
            *_open(shown, found),
            *_proposed(shown, found.proposed),
            *_closed(shown, found.closed),
            *_improvements(shown, found),
        ),
    )


def _in_short(shown: Shown, found: Board) -> Iterator[str | Link]:
    """Say how many objectives are open, and which of them lack what: on a phone they stand three screens below."""
    goals = _seen(shown, found.open)
    if not goals:
        return
    yield Link(capital(count_of(len(goals), "objective")), url="#open-objectives")
    yield " is open" if len(goals) == 1 else " are open"
    lacking = [goal for goal in goals if not goal.gate.is_complete]
    if not lacking:
        yield ", with all that gets a goal done. "
        return
    if len(goals) == 1:
        yield " and lacks something that gets it done"
    else:
        each = "one of them lacks" if len(lacking) == 1 else f"{len(lacking)} of them lack"
        yield f", and {each} something that gets a goal done"
    between = ": "
    for goal in [goal for goal in lacking if goal.gate.missing][:_NAMED]:
        yield f"{between}{needed(goal.gate.missing)} ("
        yield Link(goal.page.title, goal.page)
        between = "); "
    yield "). " if between != ": " else ". "


def _why(shown: Shown) -> Iterator[Section]:
    for page in shown.pages(shown.handbook.of_kind("mission")):
        if not page.is_retired:
            link = Link(page.title, page)
            yield Section("Why", _anchor("why", page), words=(page.text("statement"),), is_large=True, action=link)


def _anchor(name: str, page: Page) -> str:
    return f"{name}-{as_id(page.id)}" if as_id(page.id) else name


def _what_it_will_look_like(shown: Shown) -> Iterator[Section]:
    visions = [page for page in shown.pages(shown.handbook.of_kind("vision")) if not page.is_retired]
    if not visions:
        return
    today = shown.handbook.today
    horizons = {page: _horizon(page) for page in visions}
    known = [day for horizon in horizons.values() if horizon is not None for day in horizon]
    line = (min(*known, today), max(*known, today)) if known else (today, today)
    visions.sort(key=lambda page: (horizons[page] is None, (horizons[page] or line)[::-1], page.title.casefold()))
    words = (
        f"The bars lie on one line of time, from {unbroken(in_words(line[0]))} to {unbroken(in_words(line[1]))}. "
        "The stroke across is today."
    )
    yield Section(
        "What it will look like",
        "visions",
        words=(words,) if known else (),
        spans=tuple(_span(shown, page, horizons[page], line) for page in visions),
    )


def _horizon(page: Page) -> tuple[date, date] | None:
    said = page.data.get("horizon")
    start, end = (parse_day(said.get(key)) for key in ("from", "to")) if isinstance(said, dict) else (None, None)
    return (start, end) if start is not None and end is not None and start <= end else None


def _span(shown: Shown, page: Page, horizon: tuple[date, date] | None, line: tuple[date, date]) -> Span:
    link, words = Link(page.title, page), (page.text("statement"),)
    asked = page.text("intake")
    asked_words: Words = (Link("Where people were asked", url=asked),) if asked else ()
    if horizon is None:
        return Span(link, words, asked_words)
    start, end = horizon
    said = f"{unbroken(in_words(start))} to {unbroken(in_words(end))}, {_left(shown.handbook.today, start, end)}"
    whole = max(1, (line[1] - line[0]).days)

    def across(day: date) -> float:
        return round(100 * (day - line[0]).days / whole, 1)

    return Span(
        link,
        words,
        (said, *((" · ", *asked_words) if asked_words else ())),
        across(start),
        max(1, round(across(end) - across(start), 1)),
        across(shown.handbook.today),
    )


def _left(today: date, start: date, end: date) -> str:
    if end < today:
        return "its time is over"
    if start > today:
        return "its time has not begun"
    months = (end.year - today.year) * _MONTHS + end.month - today.month - (end.day < today.day)
    years, rest = divmod(months, _MONTHS)
    parts = [count_of(number, noun) for number, noun in ((years, "year"), (rest, "month")) if number]
    return f"{' and '.join(parts) or 'less than a month'} left"


def _open(shown: Shown, found: Board) -> Iterator[Section]:
    goals = _seen(shown, found.open)
    if goals:
        gates = tuple(gate(shown, goal) for goal in goals)
        yield Section("Open objectives", "open-objectives", words=(_GATE,), gates=gates)
    elif any(_seen(shown, (*found.proposed, *found.closed))):
        yield Section("Open objectives", "open-objectives", words=("No objective is open.",))


def _seen(shown: Shown, goals: Iterable[Goal]) -> list[Goal]:
    return [goal for goal in goals if shown.shows(goal.page)]


def _proposed(shown: Shown, goals: Iterable[Goal]) -> Iterator[Section]:
    entries = tuple(
        Entry((Link(goal.page.title, goal.page),), note=goal.page.text("description")) for goal in _seen(shown, goals)
    )
    if entries:
        yield Section("Proposed objectives", "proposed-objectives", entries)


def _closed(shown: Shown, goals: Iterable[Goal]) -> Iterator[Section]:
    closed = _seen(shown, goals)
    if closed:
        yield Section("Closed objectives", "closed-objectives")
    for goal in closed:
        page = goal.page
        day = parse_day(page.data.get("closed"))
        state = f"{page.state_word} on {unbroken(in_words(day))}" if day is not None else page.state_word
        yield Section(
            page.title,
            _anchor("objective", page),
            heading=Link(page.title, page),
            state=state,
            level=3,
            rows=tuple(_outcome(shown, goal)),
        )


def _outcome(shown: Shown, goal: Goal) -> Iterator[Row]:
    """Yield what came of a closed objective, what was given or learnt, and what took its place."""
    page = goal.page
    said = page.data.get("outcome")
    outcome = said if isinstance(said, dict) else {}
    wanted = {"donation": "No donation is named yet.", "retrospective": "What was learnt is not written yet."}
    wanted.pop("donation" if goal.is_missed else "retrospective")
    for field, name in OUTCOME:
        if outcome.get(field):
            yield Row(name, (str(outcome[field]),))
        elif field in wanted:
            adds = Link("Add it", url=shown.forge.edit(shown.forge.page(page.src_uri))) if shown.forge else None
            yield Row(name, (wanted[field], *((" ", adds) if adds is not None else ())))
    if follows := named(shown, page, "replaces"):
        yield Row("Follows", follows)
    if followed := shown.referring(page, fields=("replaces",)):
        yield Row("Followed by", commas(Link(one.page.title, one.page) for one in followed))


def _improvements(shown: Shown, found: Board) -> Iterator[Section]:
    entries = tuple(_improvement(shown, page) for page in shown.pages(found.improvements))
    if entries:
        words = "To keep what there is in good order deserves as much respect as what is new."
        yield Section("Improvements", "improvements", entries, words=(words,))


def _improvement(shown: Shown, page: Page) -> Entry:
    about = named(shown, page, "about")
    return Entry((Link(page.title, page), *((" · about ", *about) if about else ())), state=page.state_word)
