"""Which texts of a page read as it stands today, and since when it reads so: what was recorded of those is recorded of it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.text.digest import digits


@dataclass(frozen=True, slots=True)
class StandingText:
    """The digits of the texts that read as a page stands, and the day on which it came to read so in git, None where git can't tell."""

    digits: frozenset[str]
    since: date | None

    def is_meant(self, told: str, day: date) -> bool:
        """Say whether a row is about this text; one that says no digits is where its day is not before that of the text."""
        return told in self.digits if told else self.since is not None and day >= self.since


def standing_text(handbook: Handbook, page: Page, told: AbstractSet[str]) -> StandingText:
    """Return which of the digits that rows tell are of a page's text as it stands, empty ones standing for rows that tell none.

    Git is asked, and texts compared, only where that makes a difference.
    """
    now = handbook.texts.digest(page).text
    same = {digits(now)}
    if not told - same:
        return StandingText(frozenset(same), None)
    past = handbook.past
    since = past.text_since(page, now, date.min) if "" in told else None
    former_texts = past.replaced_texts(page)
    if since is not None and former_texts:
        # What replaced the last of them may be another text than the one that stands here, which git does not hold last then.
        _, last = former_texts[0]
        since = since if past.text_since(page, now, last) == last else None
    is_traced = since is None
    for former, replaced in former_texts:
        if former.text == now or (is_traced and digits(former.text) not in told):
            continue
        if handbook.texts.verdict_on(page, past.digest_of(former)).holds:
            same.add(digits(former.text))
            came = past.text_since(page, former.text, date.min)
            since = min(since, came) if not is_traced and since is not None and came is not None else since
        elif not is_traced:
            since, is_traced = replaced, True
    return StandingText(frozenset(same), since)
