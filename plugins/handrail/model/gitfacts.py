"""What git knows of the pages, as plain data: who wrote them, since when, and when their signed text changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who wrote a page, as git names them; either part may be empty."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """The commit that brought a signed text, and its author's day."""

    day: date
    commit: str
    digest: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What git knows of one page, also under its former paths.

    `authors` are those whose commits changed what stands in the page, and those named in `Co-authored-by`, in the order
    in which they came. `texts` are the changes of its signed text, oldest first, and None where nobody has read them.
    """

    first_day: date
    authors: tuple[Author, ...] = ()
    texts: tuple[TextChange, ...] | None = None

    def text_since(self, digest: str) -> date | None:
        """Return the earliest day of a commit that brought this text, or None where none did or nobody has looked."""
        return min((change.day for change in self.texts or () if change.digest == digest), default=None)


@dataclass(frozen=True, slots=True)
class GitFacts:
    """What git proves of a handbook: nothing unless `available`, and `reason` then says why in one sentence.

    `since` is the first day on which git holds a page. `pages` has every path in the folder of pages that a commit
    ever held and nobody moved away from it, so also paths where nothing stands any more; a page that is not there was
    never committed. A shallow clone lacks the older commits, and so proves nothing.
    """

    available: bool
    shallow: bool = False
    reason: str = ""
    since: date | None = None
    pages: Mapping[str, PageFacts] = field(default_factory=dict)

    def with_texts(self, texts: Mapping[str, tuple[TextChange, ...]]) -> GitFacts:
        """Return these facts with the changes of the signed texts of some pages."""
        pages = {path: replace(self.pages[path], texts=found) for path, found in texts.items() if path in self.pages}
        return replace(self, pages={**self.pages, **pages})


NOT_ASKED = GitFacts(available=False, reason="Git was not asked, so nothing is said about who wrote a page and when.")
