"""The measure of signatures that only repeat an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from handrail.measures.leads import to_made
from handrail.measures.measure import Counted, Kind, Measure, Named, Unknown
from handrail.measures.scope import Scope
from handrail.measures.targets import target_of
from handrail.model.generated import Made
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.repeated_signatures import repeated
from handrail.words.language import count_of

REPEATED = Named("sign-offs-repeated", "Signatures that only repeat", "How many signatures say nothing new?")
_NONE, _SIGN = "Nobody signed a text within twelve months.", "Sign a procedure: its page says who is asked."


class _Given(NamedTuple):
    """How many signatures whose text is known one document got on a day, and how many of them only repeat."""

    day: date
    repeating: int
    whole: int


def repeated_sign_offs(scope: Scope) -> Measure:
    """Measure how many signatures of twelve months repeat the signer's earlier one of the same text, and say nothing."""
    handbook = scope.handbook
    groups = scope.grouped(_given, handbook.signing_terms).items()
    lately = [(given, pages) for given, pages in groups if scope.is_of_the_year(given.day)]
    whole = sum(given.whole * len(pages) for given, pages in lately)
    return Measure(
        *REPEATED,
        Kind.SHARE,
        sum(given.repeating * len(pages) for given, pages in lately),
        whole,
        target_of(scope, REPEATED.name, ""),
        scope.told(_repeating(lately)),
        unknown=None if whole else Unknown(_NONE, _SIGN, to_made(handbook, Made.QUEUE)),
        counts="Signatures of twelve months by somebody who had signed the same text before and did not note what was checked, of "
        "all signatures of twelve months whose text is known.",
        good=False,
    )


def _given(handbook: Handbook, page: Page) -> Iterator[_Given]:
    entries = handbook.sign_off(page).entries if page.kind is not None else ()
    days = Counter(one.signed_on for one in entries if one.digest)
    repeating = Counter(one.signed_on for one in repeated(entries, handbook.registry)) if days else days
    for day, whole in days.items():
        yield _Given(day, repeating[day], whole)


def _repeating(lately: Collection[tuple[_Given, Collection[Page]]]) -> Iterator[Counted]:
    again, whole = Counter[Page](), Counter[Page]()
    for given, pages in lately:
        for page in pages:
            again[page] += given.repeating
            whole[page] += given.whole
    for page, number in again.items():
        if number:
            yield Counted(page, f"{count_of(number, 'signature')} of {whole[page]}")
