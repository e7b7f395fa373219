"""The step that takes days of review for sign-offs: only where somebody says that a person who is known has read the pages.

Such a sign-off names no text, for nobody can say which one was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from handrail.edit.adopt.authors import name_of
from handrail.edit.adopt.reviews import Review, key_and_day, reviews
from handrail.edit.adopt.steps.decided import declined, was_declined
from handrail.edit.adopt.steps.known import Known
from handrail.edit.adopt.steps.naming import titles
from handrail.edit.adopt.steps.step import Fields, Plan, Question, Step
from handrail.history.texts import history_of
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.settings import lies_in
from handrail.report.rubber_stamps import MANY, share
from handrail.report.summary import counted

_HOW = {False: "reviews by", True: "reviews in bulk by"}
"""What the settings call days of review that nobody is to be asked about any more, by whether they moved together."""


def plan(handbook: Handbook, folder: str) -> Plan:
    """Find the documents of a folder that carry a day of review and no sign-off."""
    history, known = history_of(handbook), Known(handbook)
    pages = {page for page in handbook.documents if lies_in(page.src_uri, folder or ".") and _may_be_signed(page)}
    # What a commit moved at once is counted over all pages.
    found = [
        one
        for one in reviews(history, handbook.pages if pages else ())
        if one.page in pages and one.day <= handbook.today
    ]
    by_person: dict[tuple[str, bool], list[Review]] = defaultdict(list)
    people: dict[str, Person] = {}
    strangers = 0
    for one in found:
        who = known.find(one.author.handle, name_of(one.author))
        if not isinstance(who, Person) or not handbook.registry.exists:
            strangers += 1
        elif not one.page.rapid.decide or handbook.registry.person(one.page.rapid.decide[0].name) == who:
            people[who.id] = who
            by_person[who.id, one.is_in_bulk].append(one)
    questions = [
        Question(
            _question(people[id_], listed, is_in_bulk=is_in_bulk),
            is_likely=False,
            yes=tuple(_signed(id_, one) for one in listed),
            no=(declined(_HOW[is_in_bulk], id_),),
        )
        for (id_, is_in_bulk), listed in sorted(by_person.items(), key=lambda one: (one[0][1], people[one[0][0]].name))
        if not was_declined(handbook, _HOW[is_in_bulk], id_)
    ]
    reason = history.reason if any(key_and_day(page.source.data) for page in pages) else ""
    return Plan(questions=tuple(questions), told=tuple(_told(found, strangers, reason)))


def _may_be_signed(page: Page) -> bool:
    return page.kind is not None and page.kind.signed and not page.is_retired and page.lacks("sign_offs")


def _told(found: Sequence[Review], strangers: int, reason: str) -> Iterator[str]:
    if found:
        bulk = sum(one.is_in_bulk for one in found)
        yield (
            f"{counted(len(found), 'document')} {'carries' if len(found) == 1 else 'carry'} a day of review. {share(bulk, len(found))} came with those "
            f"of other pages, {MANY} or more in one commit; whoever moves so many has hardly read each."
        )
    if strangers:
        yield f"{counted(strangers, 'day')} of review came from people who are not on the list of people; nothing is asked about these."
    if reason:
        yield reason


def _question(who: Person, listed: Sequence[Review], *, is_in_bulk: bool) -> str:
    how = f"in commits that moved {MANY} or more" if is_in_bulk else "a few at a time"
    return (
        f"{who.name} moved the day of review of {counted(len(listed), 'document')} {how}: {titles([one.page for one in listed])}. Does {who.name} decide on "
        f"{'it' if len(listed) == 1 else 'them'}, and say to have read {'it' if len(listed) == 1 else 'each'} on that day?"
    )


def _signed(id_: str, review: Review) -> Fields:
    note = f"Taken over from {review.key}"
    note += f", which moved on {review.together} pages at once." if review.is_in_bulk else "."
    entry = {"role": "D", "by": id_, "date": review.day.isoformat(), "note": note}
    rapid: dict[str, Any] = {} if "rapid" in review.page.data else {"rapid": {"decide": id_}}
    return Fields(review.page.src_uri, {**rapid, "sign_offs": [entry]})


REVIEWS = Step("reviews", "Days of review become sign-offs that name no text, where the person says so.", plan)
