"""The pages that Handrail makes: what each is called, and where they lie in the folder that the setting `generated` names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from handrail.model.names import above, folded
from handrail.model.urls import page_url

_RULE_PAGE = re.compile(r"hb[0-9]{3}\.md")
_FREE = ("about/handbook", "about-this-handbook", "handrail", "_handrail")


class Made(StrEnum):
    """The file of each page in that folder; in those of the rules and kinds lies one more for each, in one of their own one for each measure."""

    CONTENTS = "index.md"
    FINDER = "find.md"
    CHANGES = "changes.md"
    ORPHANS = "orphans.md"
    STALE = "stale.md"
    QUEUE = "queue.md"
    UNLISTED = "unlisted.md"
    DUPLICATES = "duplicates.md"
    SCORECARD = "scorecard.md"
    PROGRESS = "progress.md"
    STRATEGY = "strategy.md"
    CASCADE = "cascade.md"
    MAP = "map.md"
    MEETINGS = "meetings.md"
    FLOWS = "flows.md"
    DOCTOR = "doctor.md"
    SIGNING = "signing.md"
    RULES = "rules/index.md"
    KINDS = "kinds/index.md"


_MEASURES, _CALENDARS = "measures", "calendars"
CALENDAR = ".ics"
_FORMER: Mapping[str, Made] = {"reports.md": Made.SCORECARD}
"""The files at which earlier releases had some of them; their addresses lead on."""


class Data(StrEnum):
    """The files for programs in that folder; beside each lies a schema that says what stands in it."""

    MEASURES = "measures.json"
    HANDBOOK = "handbook.json"


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
    def paths(self) -> frozenset[str]:
        """Where the pages lie that are not about one rule or measure."""
        return _paths(self)

    @property
    def rules(self) -> str:
        return posixpath.dirname(self.path(Made.RULES))

    def rule_page(self, code: str) -> str:
        """Return the path of the page that is made for a rule."""
        return f"{self.rules}/{code.lower()}.md"

    @property
    def kinds(self) -> str:
        return posixpath.dirname(self.path(Made.KINDS))

    def kind_page(self, name: str) -> str:
        """Return the path of the page that is made for a kind."""
        return f"{self.kinds}/{name}.md"

    @property
    def measures(self) -> str:
        return f"{self.name}/{_MEASURES}"

    def measure_page(self, name: str) -> str:
        """Return the path of the page that is made for a measure."""
        return f"{self.measures}/{name}.md"

    def holds(self, src_uri: str) -> bool:
        """Say whether a path is kept for a page that Handrail makes, whether or not it makes it now."""
        folder, name = posixpath.split(src_uri)
        if folder in (self.rules, self.kinds) or (folder == self.measures and name != "index.md"):
            return name.endswith(".md")
        return f"{src_uri.removesuffix('.md')}.md" in self.paths

    def measure_url(self, name: str, *, directories: bool) -> str:
        """Return the address of the page that is made for a measure, relative to the site."""
        return page_url(self.measure_page(name), directories=directories)

    def data(self, data: Data) -> str:
        """Return the place of a file for programs on the site."""
        return f"{self.name}/{data}"

    @property
    def calendars(self) -> str:
        return f"{self.name}/{_CALENDARS}"

    def calendar(self, name: str) -> str:
        """Return the place of a calendar on the site."""
        return f"{self.calendars}/{name}{CALENDAR}"

    def schema(self, data: Data) -> str:
        """Return the place of the schema of a file for programs on the site."""
        return f"{self.name}/{data.removesuffix('.json')}.schema.json"

    @property
    def former(self) -> dict[str, str]:
        """Where some of the pages lay once, relative to the folder of the pages, and where these lie now."""
        return {f"{self.name}/{old}": self.path(made) for old, made in _FORMER.items()}

    def now(self, path: str) -> str:
        """Return where a page lies that lay at a path once; any other path as it is."""
        return self.former.get(path, path)

    def is_of_a_rule(self, path: str) -> bool:
        """Say whether a path is one at which a page about a rule could lie."""
        return posixpath.dirname(path) == self.rules and _RULE_PAGE.fullmatch(posixpath.basename(path)) is not None

    def claims(self, address: str) -> bool:
        """Say whether an address lies in the folder, in whatever spelling, so that nothing else may take it."""
        wanted = folded(address).strip("/")
        return f"{wanted}/".startswith(f"{folded(self.name)}/")


@lru_cache(maxsize=8)
def _paths(folder: GeneratedFolder) -> frozenset[str]:
    """Work out the paths of a folder once: each link of the handbook may ask."""
    return frozenset(map(folder.path, Made))


def free_folder(pages: Iterable[str]) -> str:
    """Return a folder that the pages could lie in beside an author's pages, which are named by their paths."""
    taken = {folded(place) for path in pages for place in (posixpath.splitext(path)[0], *above(path))}
    return next((name for name in _FREE if name not in taken), _FREE[-1])
