"""What the model may ask of a handbook's past, whoever answers: the answers come from git, which the model never runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from handrail.model.gitfacts import GitFacts
from handrail.model.settings import Visibility
from handrail.text.digest import Digest

if TYPE_CHECKING:
    from handrail.model.page import Page
    from handrail.model.signoff import Signature


@dataclass(frozen=True, slots=True)
class Former:
    """A page as a commit holds it: `path` is its path in the repository at that commit, `home` that in the folder of pages.

    `text` is the first half of its digest. `day` is the commit's. `signed_on` is the day on which the D first signed this
    text, where everyone did; else None.
    """

    commit: str
    path: str
    home: str
    page: Page
    text: str
    day: date
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class FormerFile:
    """What a file beside the pages held after a commit: the hash that a digest takes of it, and its size in bytes."""

    commit: str
    path: str
    hash: str
    size: int


class Past(Protocol):
    """The former texts of a handbook's pages. Where git proves nothing, neither does an answer."""

    @property
    def facts(self) -> GitFacts:
        """Who wrote the pages and since when they are there."""

    @property
    def moved_from(self) -> Mapping[str, Sequence[str]]:
        """The paths at which readers could see pages before, by their paths today, both in the folder of pages."""

    def text_since(self, page: Page, text: str, day: date) -> date | None:
        """Return a day on which git held this text of a page: one up to `day` where there is any, else the first.

        None where no commit held it, or git can't tell.
        """

    def signed_texts(self, page: Page) -> Sequence[Former]:
        """Return the texts of a page that the D and every A signed, newest signature first; none where git can't tell."""

    def replaced_texts(self, page: Page) -> Sequence[tuple[Former, date]]:
        """Return the latest texts that stood in a page before today's, newest first, each with the day on which it was replaced."""

    def text(self, page: Page, text: str) -> Former | None:
        """Return the newest content that this document ever had, at whatever path, whose text has this digest, or None.

        A digest proves its text, so that a shallow clone answers as far as it goes.
        """

    def text_of_entry(self, page: Page, signature: Signature) -> Former | None:
        """Return the page as it stood in the commit that brought an entry which names no text; None where none did yet."""

    def digest_of(self, former: Former) -> Digest:
        """Return the whole digest of a former text, with the files that it showed in its commit."""

    def signed_files(self, former: Former, files: str, today: Page) -> Mapping[str, FormerFile] | None:
        """Return the files that a former text showed when it was signed, by their paths; `files` proves them.

        None where git holds no files with that digest.
        """

    def destination(self, former: Former, path: str) -> str | None:
        """Return what lay at a path in the folder of pages when a former text stood, by its lasting name.

        A document's is `kind:id`, with `@` and its period where it has one, another's the path at which it lies today. None
        where nothing lay there.
        """

    def file_changed_on(self, path: str) -> date | None:
        """Return the day on which a file beside the pages was last replaced by another; None where it never was."""

    def widest(self, former: Former) -> Visibility:
        """Return the widest visibility that the folder of a former text had while that text stood."""

    def taken_out(self, page: Page) -> Sequence[Signature]:
        """Return the signatures that git held with a digest, and that are gone from the page or have lost it."""


class NoPast:
    """Stands where git is not asked; it knows nothing."""

    facts = GitFacts(available=False)
    moved_from: Mapping[str, Sequence[str]] = MappingProxyType({})

    def text_since(self, page: Page, text: str, day: date) -> date | None:  # noqa: ARG002 - the protocol's
        return None

    def signed_texts(self, page: Page) -> Sequence[Former]:  # noqa: ARG002 - the protocol's
        return ()

    def replaced_texts(self, page: Page) -> Sequence[tuple[Former, date]]:  # noqa: ARG002 - the protocol's
        return ()

    def text(self, page: Page, text: str) -> Former | None:  # noqa: ARG002 - the protocol's
        return None

    def text_of_entry(self, page: Page, signature: Signature) -> Former | None:  # noqa: ARG002 - the protocol's
        return None

    def digest_of(self, former: Former) -> Digest:
        return Digest(former.text)

    def signed_files(self, former: Former, files: str, today: Page) -> Mapping[str, FormerFile] | None:  # noqa: ARG002 - the protocol's
        return None

    def destination(self, former: Former, path: str) -> str | None:  # noqa: ARG002 - the protocol's
        return None

    def file_changed_on(self, path: str) -> date | None:  # noqa: ARG002 - the protocol's
        return None

    def widest(self, former: Former) -> Visibility:  # noqa: ARG002 - the protocol's
        return "confidential"

    def taken_out(self, page: Page) -> Sequence[Signature]:  # noqa: ARG002 - the protocol's
        return ()


NO_PAST = NoPast()
