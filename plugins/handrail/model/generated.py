"""The pages that Handrail makes: what each is called, and where they lie in the folder that the setting `generated` names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from handrail.model.names import above, folded
from handrail.model.urls import page_url

_FREE = ("about/handbook", "about-this-handbook", "handrail", "_handrail")


class Made(StrEnum):
    """The file of each page in that folder; in the folder of the rules lies one more for each rule."""

    CONTENTS = "index.md"
    FINDER = "find.md"
    CHANGES = "changes.md"
    ORPHANS = "orphans.md"
    STALE = "stale.md"
    QUEUE = "queue.md"
    UNLISTED = "unlisted.md"
    SCORECARD = "scorecard.md"
    SIGNING = "signing.md"
    RULES = "rules/index.md"


_FORMER: Mapping[str, Made] = {"reports.md": Made.SCORECARD}
"""The files at which earlier releases had some of them; their addresses lead on."""


@dataclass(frozen=True, slots=True)
class GeneratedFolder:
    """The folder, relative to that of the pages; an author's page can't have the address of a page in it."""

    name: str = "handbook"

    def path(self, made: Made) -> str:
        """Return where a page lies, relative to the folder of the pages."""
        return f"{self.name}/{made}"

    def url(self, made: Made, *, directories: bool) -> str:
        """Return a page's address relative to the site."""
        return page_url(self.path(made), directories=directories)

    @property
    def paths(self) -> tuple[str, ...]:
        """Where the pages lie that are not about one rule."""
        return tuple(map(self.path, Made))

    @property
    def rules(self) -> str:
        return posixpath.dirname(self.path(Made.RULES))

    def rule_page(self, code: str) -> str:
        """Return the path of the page that is made for a rule."""
        return f"{self.rules}/{code.lower()}.md"

    def holds(self, src_uri: str) -> bool:
        """Say whether a path is that of a page that Handrail makes."""
        if posixpath.dirname(src_uri) == self.rules:
            return src_uri.endswith(".md")
        return f"{src_uri.removesuffix('.md')}.md" in self.paths

    @property
    def former(self) -> dict[str, str]:
        """Where some of the pages lay once, relative to the folder of the pages, and where these lie now."""
        return {f"{self.name}/{old}": self.path(made) for old, made in _FORMER.items()}

    def claims(self, address: str) -> bool:
        """Say whether an address lies in the folder, in whatever spelling, so that nothing else may take it."""
        wanted = folded(address).strip("/")
        return f"{wanted}/".startswith(f"{folded(self.name)}/")


def free_folder(pages: Iterable[str]) -> str:
    """Return a folder that the pages could lie in beside an author's pages, which are named by their paths."""
    taken = {folded(place) for path in pages for place in (posixpath.splitext(path)[0], *above(path))}
    return next((name for name in _FREE if name not in taken), _FREE[-1])
