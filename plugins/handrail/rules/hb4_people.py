"""HB4, by person: what hangs on one pair of hands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from handrail.model.authority import signers
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.rules.finding import Severity
from handrail.rules.hb4_signoff import judged
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
    if handbook.registry_page is None:
        return
    alone: dict[str, list[Page]] = defaultdict(list)
    for page, _ in judged(handbook):
        hands = _hands(handbook, page)
        if hands is not None and len(hands) == 1:
            alone[hands.pop()].append(page)
    for id_, pages in alone.items():
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


def _hands(handbook: Handbook, page: Page) -> set[str] | None:
    """Return the ids of all who may sign or look after a page, deputies too.

    None where it can't be said: a name is not known, a group does not say who is in it, or someone has left and nobody
    stands in, which other findings are about.
    """
    required = handbook.sign_off(page).required
    if not page.rapid.decide or not required:
        return None
    owner = handbook.owner_of(page)
    found = [one.signers for one in required]
    found += [signers(handbook.registry.find(owner), handbook.registry, handbook.today)] if owner else []
    hands = [{person.id for person in one.all_who_may} for one in found]
    return set().union(*hands) if all(hands) else None
