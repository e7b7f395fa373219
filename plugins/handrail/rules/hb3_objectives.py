"""HB3, of objectives: few, of bounded length, and with what gets them done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handrail.model.dates import add_months, parse_day
from handrail.model.goals import Need, board, open_goals
from handrail.model.handbook import Handbook
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.rules.subjects import of_field
from handrail.words.language import in_words, join_words

_MOST_OPEN = 4
_MONTHS = (3, 8)


_LACKED: Mapping[Need, str] = {
    Need.WORK: "a procedure in use (`sops`)",
    Need.OWNER: "an `owner` of its own",
    Need.METRIC: "a measure with a leading metric",
    Need.MEETING: "a meeting that reviews it or one of its metrics",
}


@rule("HB308", "goal-gate", Severity.INFO)
def goal_gate(handbook: Handbook) -> Iterator[Hit]:
    """An open objective lacks one of the four things that get it done.

    A goal that changes no procedure, that nobody owns, that no early figure shows and no meeting looks at is likely to stay
    a sentence. A department's lead, who answers for everything there, has not taken this goal on; and a procedure that is
    being written carries nothing yet.

    **What to do.** Add what is missing: `sops`, `owner`, a measure whose `metric` is leading, or the objective under
    `reviews` of a meeting. What is being written counts once it is in use.
    """
    for goal in open_goals(handbook):
        gone = [cell.need for cell in goal.gate.cells if cell.owner is not None]  # who has left is the finding
        missing = tuple(need for need in goal.gate.missing if need not in gone)
        if not missing:
            continue
        page = goal.page
        written = next(cell.documents for cell in goal.gate.cells if cell.need is Need.WORK)
        begun = written if Need.WORK in missing else ()
        yield Hit(
            at(page, ("state",)),
            f"The objective “{page.title}” lacks {join_words([_LACKED[need] for need in missing])}.",
            "Add what is missing." if set(missing) != {Need.WORK} or not begun else "Put it to use once it is written.",
            tuple((at(one, ("state",)), f"“{one.title}” is being written.") for one in begun),
        )


@rule("HB309", "objective-shape", Severity.INFO, once=True)
def objective_shape(handbook: Handbook) -> Iterator[Hit]:
    """More than four objectives are open, or one is planned for less than three or more than eight months.

    Three or four are as many as a company can keep in mind.

    **What to do.** Close one, or cut it into a part that can be done.
    """
    objectives = [page for page in handbook.of_kind("objective") if page.is_in_force]
    if len(objectives) > _MOST_OPEN:
        newest = max(objectives, key=lambda page: (page.text("opened"), page.path))
        yield Hit(
            at(newest, ("state",)),
            f"{len(objectives)} objectives are open; four are as many as a company can keep in mind.",
            "Close one before this one.",
            tuple((at(page, ("state",)), f"“{page.title}” is open too.") for page in objectives if page is not newest),
        )
    for page in objectives:
        opened, due = parse_day(page.data.get("opened")), parse_day(page.data.get("due"))
        if opened is None or due is None:
            continue
        shortest, longest = (add_months(opened, months) for months in _MONTHS)
        # The day on which it is due is inside, so three months from 1 March end on 31 May.
        if not shortest.toordinal() - 1 <= due.toordinal() <= longest.toordinal():
            yield Hit(
                at(page, ("due",)),
                f"“{page.title}” is not planned for three to eight months.",
                "Move `due`, or cut the objective into parts.",
                subject=f"{page.id} {of_field(('due',), page.data['due'])}",
            )


@rule("HB314", "objective-no-update", Severity.INFO)
def objective_no_update(handbook: Handbook) -> Iterator[Hit]:
    """Nobody has said for a month how an open objective is doing.

    **What to do.** Add an entry under `updates`: the day, the progress in per cent, and a sentence. That nothing has moved is worth
    a sentence too.
    """
    for goal in open_goals(handbook):
        if goal.is_late and not goal.page.doubts("updates"):
            since = f"since {in_words(goal.told_on)}" if goal.told_on is not None else "since it was opened"
            yield Hit(
                at(goal.page, ("updates",) if goal.told_on is not None else ("opened",)),
                f"Nobody has said {since} how “{goal.page.title}” is doing.",
                "Add an entry under `updates`.",
                by_time=True,
            )


@rule("HB315", "outcome-incomplete", Severity.INFO)
def outcome_incomplete(handbook: Handbook) -> Iterator[Hit]:
    """An objective was attained and names no donation, or missed and says nothing of what was learnt.

    What was attained together is given on together; what was missed is worth what the next one learns from it.

    **What to do.** Add `donation` or `retrospective` under `outcome`.
    """
    for goal in board(handbook).closed:
        outcome = goal.page.data.get("outcome")
        if not isinstance(outcome, dict) or goal.page.doubts("outcome") or goal.page.doubts("state"):
            continue
        field, says = (
            ("retrospective", "was missed and says nothing of what was learnt")
            if goal.is_missed
            else ("donation", "was attained and names no donation")
        )
        if not outcome.get(field):
            yield Hit(at(goal.page, ("outcome",)), f"“{goal.page.title}” {says}.", f"Add `{field}` under `outcome`.")


@rule("HB316", "no-intake", None)
def no_intake(handbook: Handbook) -> Iterator[Hit]:
    """An objective or a vision does not say where people were asked.

    It is off unless a setting switches it on.

    **What to do.** Add `intake` with the address of the form or the notes.
    """
    for page in handbook.of_kind("objective", "vision"):
        is_wanted = page.is_in_force or page.is_unwritten
        if is_wanted and page.lacks("intake"):
            yield Hit(
                at(page, ("kind",), key=True), f"“{page.title}” does not say where people were asked.", "Add `intake`."
            )
