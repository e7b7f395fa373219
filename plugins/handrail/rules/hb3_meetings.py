"""HB3, of meetings: each decides something, and what it decided has somebody who does it by a day."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.frequencies import said
from handrail.model.handbook import Handbook
from handrail.model.meetings import Decision, meetings
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.words.language import in_words, join_words

_MOST_NAMED = 20


@rule("HB318", "meeting-without-decisions", Severity.INFO)
def meeting_without_decisions(handbook: Handbook) -> Iterator[Hit]:
    """A meeting has decided nothing for three turns.

    A meeting that only reports could be a page. Daily meetings are left out: they move work, and decide little.

    **What to do.** Write down what it decided under `decisions`; or hold it less often, or no more.
    """
    for meeting in meetings(handbook):
        if meeting.is_quiet and meeting.newest is not None and not meeting.page.doubts("decisions"):
            since = in_words(meeting.newest)
            what = f"since {since}" if meeting.decisions else f"since it began on {since}"
            yield Hit(
                at(meeting.page, ("frequency",)),
                f"“{meeting.page.title}” takes place {said(meeting.page.text('frequency'))} and has decided nothing {what}.",
                "Add what it decided under `decisions`, or hold it less often.",
                by_time=True,
            )


@rule("HB319", "decision-overdue", Severity.WARNING)
def decision_overdue(handbook: Handbook) -> Iterator[Hit]:
    """Something that a meeting decided is not done, and its day is over.

    One finding a meeting, at the decision that waits longest: its next turn begins with them.

    **What to do.** Add `done` with the day, give it another day under `due`, or say under `dropped` when and why it was given up.
    """
    for meeting in meetings(handbook):
        overdue = meeting.overdue
        if not overdue or meeting.page.doubts("decisions"):
            continue
        oldest, others = overdue[0], overdue[1:]
        too = "so is one" if len(others) == 1 else f"so are {len(others)}"
        more = f"; {too} more of its decisions" if others else ""
        yield Hit(
            at(meeting.page, ("decisions", oldest.index, "due")),
            f"“{meeting.page.title}” decided “{oldest.text}”, which is overdue since {_due(oldest)}{more}.",
            "Add `done` with the day, another day under `due`, or why it was given up under `dropped`.",
            tuple(
                (at(meeting.page, ("decisions", one.index, "due")), f"“{one.text}” was due on {_due(one)}.")
                for one in others[:_MOST_NAMED]
            ),
            by_time=True,
        )


def _due(decision: Decision) -> str:
    return in_words(decision.due) if decision.due is not None else ""


@rule("HB320", "decision-without-owner", Severity.INFO)
def decision_without_owner(handbook: Handbook) -> Iterator[Hit]:
    """An open decision of a meeting names nobody who does it, or no day.

    What everybody is to do nobody does.

    **What to do.** Add `owner` and `due`. What took effect by being decided is `done` on that day.
    """
    for meeting in meetings(handbook):
        for decision in meeting.decisions:
            place = ("decisions", decision.index)
            fields = (("owner", decision.owner), ("due", decision.due))
            missing = [field for field, value in fields if not value and not meeting.page.doubts(*place, field)]
            if missing and decision.is_open:
                words = {"owner": "nobody who does it", "due": "no day by which it is done"}
                yield Hit(
                    at(meeting.page, place),
                    f"The decision “{decision.text}” names {join_words([words[field] for field in missing])}.",
                    f"Add {join_words([f'`{field}`' for field in missing])}; or `done`, if it took effect at once.",
                    subject=f"{decision.day} {decision.text}",
                )
