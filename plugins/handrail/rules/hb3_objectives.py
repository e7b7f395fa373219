"""HB3, of objectives: few, of bounded length, and with what gets them done."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.dates import add_months, parse_day
from handrail.model.handbook import Handbook
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.rules.subjects import of_field
from handrail.words.language import join_words

_MOST_OPEN = 4
_MONTHS = (3, 8)


@rule("HB308", "goal-gate", Severity.INFO)
def goal_gate(handbook: Handbook) -> Iterator[Hit]:
    """An open objective lacks one of the four things that get it done.

    A goal that changes no procedure, that nobody owns, that no early figure shows and no meeting looks at is likely to stay
    a sentence.

    **What to do.** Add what is missing: `sops`, `owner`, a measure with a leading `metric`, or a cadence that reviews it.
    """
    reviewed = {
        reference.target
        for page in handbook.of_kind("cadence")
        for reference in handbook.references.get(page, ())
        if reference.path[0] == "reviews"
    }
    for page in handbook.of_kind("objective"):
        if not page.is_in_force:
            continue
        targets = [
            reference.target for reference in handbook.references.get(page, ()) if reference.path[0] == "measures"
        ]
        missing = [
            words
            for words, there in (
                ("procedures (`sops`)", not page.lacks("sops")),
                ("an `owner`", bool(handbook.owner_of(page))),
                (
                    "a measure with a leading metric",
                    page.doubts("measures") or any(t is None or t.text("indicator") == "leading" for t in targets),
                ),
                ("a meeting that reviews it", page in reviewed),
            )
            if not there
        ]
        if missing:
            yield Hit(
                at(page, ("state",)),
                f"The objective “{page.title}” lacks {join_words(missing)}.",
                "Add what is missing.",
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
