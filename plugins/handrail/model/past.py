"""What the model may ask of a handbook's past, whoever answers: the answers come from git, which the model never runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from handrail.model.gitfacts import GitFacts
from handrail.model.settings import Visibility

if TYPE_CHECKING:
    from handrail.model.page import Page

_ZONES = timedelta(days=1)
"""Whoever signs and whoever commits may be a day apart at one moment."""


@dataclass(frozen=True, slots=True)
class Former:
    """A page as a commit holds it, and its path in the repository at that commit.

    `ceiling` is the widest visibility that its folder had while the text stood. `signed_on` is the day on which the D first signed
    this text, where everyone did; else None.
    """

    commit: str
    path: str
    page: Page
    digest: str
    ceiling: Visibility = "public"
    signed_on: date | None = None


class Past(Protocol):
    """The former texts of a handbook's pages. Where git proves nothing, neither does an answer."""

    @property
    def facts(self) -> GitFacts:
        """Who wrote the pages and since when they are there."""

    def text_since(self, page: Page, digest: str, day: date) -> date | None:
        """Return a day on which git held this text of a page: one up to `day` where there is any, else the first.

        None where no commit held it, or git can't tell.
        """

    def signed_texts(self, page: Page) -> Sequence[Former]:
        """Return the texts of a page that the D and every A signed, newest signature first; none where git can't tell."""

    def text_with_digest(self, page: Page, digest: str) -> Former | None:
        """Return the newest of a page's former contents whose text has this digest, or None.

        A digest proves its text, so that a shallow clone answers as far as it goes.
        """


class NoPast:
    """Stands where git is not asked; it knows nothing."""

    facts = GitFacts(available=False)

    def text_since(self, page: Page, digest: str, day: date) -> date | None:  # noqa: ARG002 - the protocol's
        return None

    def signed_texts(self, page: Page) -> Sequence[Former]:  # noqa: ARG002 - the protocol's
        return ()

    def text_with_digest(self, page: Page, digest: str) -> Former | None:  # noqa: ARG002 - the protocol's
        return None


NO_PAST = NoPast()


def came_later(past: Past, page: Page, digest: str, signed_on: date) -> date | None:
    """Return the day on which a signed text came to git, where that was after the signature.

    None where it was there in time, and where git does not know. Of a signature without a digest only the page is known.
    """
    in_time = signed_on + _ZONES
    if digest:
        day = past.text_since(page, digest, in_time)
    else:
        facts = past.facts.pages.get(page.src_uri)
        day = facts.first_day if facts is not None else None
    return day if day is not None and day > in_time else None
