"""What meetings decided: the register of one, whose decisions are overdue, and which decisions changed a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from handrail.model.meetings import KIND, Decision, decisions
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.trust import Trust
from handrail.pages.audience import Link, Shown
from handrail.pages.named import link_to, place
from handrail.pages.phrases import commas
from handrail.pages.views import Entry, Row, Section, Words
from handrail.words.language import as_sentence, capital, in_words
from handrail.words.trust import unbroken

ANCHOR = "decisions"
_NOBODY = "nobody named"


def register(shown: Shown, page: Page) -> Section:
    """Return what a meeting decided, the newest first, with who has how many overdue before it."""
    found = decisions(page)
    if not found:
        return Section("Decisions", ANCHOR, words=("None is written down here yet.",))
    late = [decision for decision in found if decision.is_overdue(shown.handbook.today)]
    entries = tuple(_entry(shown, decision) for decision in found)
    return Section("Decisions", ANCHOR, entries, words=_late_words(shown, late), is_in_lines=True)


def _entry(shown: Shown, decision: Decision) -> Entry:
    changes = _changes(shown, decision)
    text: Words = (as_sentence(decision.text), " Changes: ", *changes, ".") if changes else (decision.text,)
    late = decision.is_overdue(shown.handbook.today)
    said = [capital(_who(shown, decision)), f"decided on {_on(decision.day)}"]
    if decision.dropped is not None and decision.why_dropped:
        said.append(f"given up because: {decision.why_dropped}")
    return Entry(text, state_words(decision, is_late=late), "; ".join(said), trust=Trust.LATE.value if late else "")


def state_words(decision: Decision, *, is_late: bool) -> str:
    """Say how a decision stands: done, given up, open or overdue, and since or by when."""
    if decision.done is not None:
        return f"done on {_on(decision.done)}"
    if decision.dropped is not None:
        return f"given up on {_on(decision.dropped)}"
    if decision.due is None:
        return "open"
    return f"overdue since {_on(decision.due)}" if is_late else f"open, due on {_on(decision.due)}"


def _on(day: date) -> str:
    return unbroken(in_words(day))


def _who(shown: Shown, decision: Decision) -> str:
    return "".join(part.text if isinstance(part, Link) else part for part in who_words(shown, decision))


def who_words(shown: Shown, decision: Decision) -> Words:
    """Return who does what was decided, with a link to their place."""
    who = shown.handbook.registry.find(decision.owner) if decision.owner else None
    return (link_to(shown, who),) if who is not None else (decision.owner or _NOBODY,)


def _changes(shown: Shown, decision: Decision) -> Words:
    """Return the documents that a decision changes, as far as they may be seen."""
    found = [
        one.target
        for one in shown.handbook.references.get(decision.meeting, ())
        if one.path[:2] == ("decisions", decision.index) and one.path[2] == "changes"
    ]
    return commas(Link(page.title, page) for page in dict.fromkeys(found) if page is not None and shown.shows(page))


def _late_words(shown: Shown, late: Iterable[Decision]) -> Words:
    words: list[str | Link] = []
    for of_one in by_person(shown, late):
        whose = (" of ", *who_words(shown, of_one[0])) if of_one[0].owner else (" with nobody named",)
        words += ["; " if words else "Overdue: ", str(len(of_one)), *whose]
    return (*words, ".") if words else ()


def by_person(shown: Shown, found: Iterable[Decision]) -> list[Sequence[Decision]]:
    """Return decisions by who does them: who waits longest first, and for each what waits longest; what is nobody's comes last."""
    registry = shown.handbook.registry
    grouped: dict[Person | Group | str, list[Decision]] = defaultdict(list)
    for decision in found:
        grouped[registry.find(decision.owner) or decision.owner].append(decision)
    each = [sorted(ours, key=lambda one: (one.due or one.day, one.text)) for ours in grouped.values()]
    return sorted(each, key=lambda ours: (not ours[0].owner, ours[0].due or ours[0].day, ours[0].owner))


def overdue(shown: Shown, found: Sequence[Decision]) -> Iterable[Section]:
    """Yield the overdue decisions of several meetings, each person's under their name."""
    late = [decision for decision in found if decision.is_overdue(shown.handbook.today)]
    if not late:
        yield Section("Overdue decisions", "overdue", words=("No decision is overdue.",))
        return
    yield Section("Overdue decisions, by person", "overdue")
    for number, ours in enumerate(by_person(shown, late), 1):
        who = shown.handbook.registry.find(ours[0].owner) if ours[0].owner else None
        anchor = f"overdue-{place(who) if who is not None else f'unlisted-{number}'}"
        heading = link_to(shown, who) if who is not None else None
        title = who.name if who is not None else ours[0].owner or capital(_NOBODY)
        entries = tuple(map(late_entry, ours))
        yield Section(title, anchor, entries, heading=heading, level=3, is_in_lines=True)


def late_entry(decision: Decision) -> Entry:
    """Return an overdue decision as a line that leads to the meeting's register."""
    link = Link(decision.text, decision.meeting, part=ANCHOR)
    return Entry((link,), state_words(decision, is_late=True), note=decision.meeting.title, trust=Trust.LATE.value)


def changed_by(shown: Shown, page: Page) -> Row | None:
    """Return the line with the decisions that changed a document, or are to; None where there is none that may be seen."""
    found = {
        (one.page, one.path[1])
        for one in shown.handbook.back_references.get(page, ())
        if one.page.counted_as == KIND and shown.shows(one.page) and one.path[0] == "decisions"
    }
    known = [decision for meeting in {meeting for meeting, _ in found} for decision in decisions(meeting)]
    ours = [decision for decision in known if (decision.meeting, decision.index) in found]
    ours.sort(key=lambda one: (-one.day.toordinal(), one.meeting.path, one.index))
    words: list[str | Link] = []
    for one in ours:
        link = Link(one.meeting.title, one.meeting, part=ANCHOR)
        words += ["; " if words else "", link, f", {_on(one.day)}: {one.text}"]
    return Row("Changed by a decision of", tuple(words)) if words else None
