"""HB4, by person: what hangs on one pair of hands, and what hangs on none."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.load import alone
from handrail.rules.finding import Severity
from handrail.rules.places import in_the_list
from handrail.rules.registry import Hit, at, rule
from handrail.words.language import person_subject


@rule("HB419", "single-signer", Severity.INFO)
def single_signer(handbook: Handbook) -> Iterator[Hit]:
    """All that a page needs hangs on one person.

    Nobody else decides on it, agrees to it or owns it, and nobody stands in. While that person is away it can't be signed
    again; and on GitHub nobody may approve what they wrote themselves.

    **What to do.** Name a deputy in the list of people, or have someone else agree to the pages or own them.
    """
    for id_, pages in alone(handbook, handbook.to_sign).items():
        person = handbook.registry.people[id_]
        spot = in_the_list(handbook, person)
        if spot is None:
            continue
        what = f"“{pages[0].title}”" if len(pages) == 1 else f"{len(pages)} pages"
        yield Hit(
            spot,
            f"Nobody but {person_subject(person)} signs or looks after {what}.",
            "Add a `deputy` who is here, or name someone else as owner or as one who agrees.",
            tuple((at(page, ("rapid",), key=True), f"“{page.title}” has nobody else.") for page in pages),
            subject=id_,
        )


@rule("HB423", "no-lead", Severity.WARNING, neglect="no lead")
def no_lead(handbook: Handbook) -> Iterator[Hit]:
    """Nobody leads a department.

    Whoever leads it answers for each of its pages that names no owner, and is the one whom readers and the review queue turn to.

    **What to do.** Name in `lead` somebody who is on the list of people, or a group; until then the department stands without.
    """
    for page in handbook.of_kind("department"):
        if page.lacks("lead"):
            yield Hit(
                at(page, ("id",), key=True),
                f"Nobody leads “{page.title}”.",
                "Add `lead:` and the id of somebody who is on the list of people, or of a group.",
            )
