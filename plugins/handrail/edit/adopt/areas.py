"""Which folders stand for areas of the company: candidates for a person to look through, but for those that a folder of areas holds.

In nine handbooks a folder called `operations`, `departments` or `practice-areas` held departments and little else; of the other folders only those
named in full for what companies are divided into were some.
"""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.unidentified import as_id

_OF_AREAS = frozenset(
    (
        "areas", "business-units", "departments", "disciplines", "divisions", "functions", "groups", "offices", "operations",
        "practice-areas", "practices", "teams", "units",
    )
)  # fmt: skip
"""Names of folders that hold areas."""
_NO_AREA = frozenset(
    (
        "about", "about-us", "adr", "adrs", "appendix", "archive", "archived", "archives", "assets", "blog", "changelog", "contributing",
        "decisions", "drafts", "examples", "faq", "faqs", "getting-started", "glossary", "images", "img", "includes", "layouts", "legacy", "media",
        "meetings", "minutes", "misc", "news", "objectives", "old", "other", "partials", "posts", "redirects", "release-notes", "shared", "static",
        "templates", "tmp",
    )
)  # fmt: skip
_WORDS = frozenset(
    (
        "accounting", "acquisition", "administration", "analytics", "client", "commercial", "communications", "compliance", "consulting",
        "customer", "data", "delivery", "deployment", "design", "development", "editorial", "engineering", "facilities", "finance", "growth",
        "hr", "human", "infrastructure", "it", "leadership", "legal", "logistics", "marketing", "operations", "partners", "partnerships", "payroll",
        "people", "procurement", "product", "production", "purchasing", "qa", "quality", "research", "sales", "security", "services", "solutions",
        "success", "support", "talent", "tech", "technology", "user", "ux", "workplace",
    )
)  # fmt: skip
"""What companies are divided into."""
_BESIDE = frozenset(
    (
        "and",
        "business",
        "centre",
        "human",
        "information",
        "management",
        "of",
        "ops",
        "public",
        "resources",
        "technical",
        "the",
    )
)
_UNITS = frozenset(("chapter", "department", "dept", "division", "group", "guild", "office", "team", "unit"))
_MOST_OF_ALL = 0.8
_FEWEST = 3
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Area:
    """A folder that may stand for an area, its own page if it has one, and how many pages lie in and below it."""

    folder: str
    page: Page | None
    pages: int
    is_sure: bool
    is_likely: bool


def areas(handbook: Handbook) -> list[Area]:
    """Return the folders that may stand for departments and have none yet, by path."""
    tree = _Tree(handbook.pages)
    taken = {page.folder for page in handbook.departments}
    found = {area.folder: area for area in _found(tree, _top(tree)) if area.folder not in taken}
    return [found[folder] for folder in sorted(found)]


class _Tree:
    """The folders of a handbook, with the pages in and below each."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.counts: Counter[str] = Counter()
        self.own: dict[str, Page] = {}
        below: dict[str, set[str]] = defaultdict(set)
        for page in pages:
            if page.is_index:
                self.own[page.folder] = page
            folder = page.folder
            self.counts[folder] += 1
            while folder:
                above = posixpath.dirname(folder)
                below[above].add(folder)
                self.counts[above] += 1
                folder = above
        self.below: Mapping[str, set[str]] = below

    def area(self, folder: str, *, is_sure: bool, is_likely: bool) -> Area:
        return Area(folder, self.own.get(folder), self.counts[folder], is_sure, is_likely)


def _top(tree: _Tree) -> str:
    """Return the folder whose folders are looked at: the one that holds nearly everything, where it is no folder of areas itself."""
    top = ""
    while True:
        inside = max(tree.below.get(top, ()), key=lambda folder: (tree.counts[folder], folder), default=None)
        is_all = inside is not None and tree.counts[inside] >= _MOST_OF_ALL * tree.counts[top]
        if inside is None or not is_all or _name(inside) in _OF_AREAS or len(tree.below.get(inside, ())) < _FEWEST:
            return top
        top = inside


def _found(tree: _Tree, top: str) -> Iterator[Area]:
    for folder in tree.below.get(top, ()):
        inside = tree.below.get(folder, set())
        name = _name(folder)
        if name in _OF_AREAS and len(inside) >= _SEVERAL:
            yield from (
                tree.area(one, is_sure=_name(one) not in _NO_AREA, is_likely=_name(one) not in _NO_AREA)
                for one in inside
            )
        elif is_area_name(name):
            yield tree.area(folder, is_sure=False, is_likely=True)
        elif name not in _NO_AREA and not name.startswith("about-") and tree.counts[folder] >= _FEWEST:
            yield tree.area(folder, is_sure=False, is_likely=False)
            yield from (tree.area(one, is_sure=False, is_likely=False) for one in inside if is_area_name(_name(one)))


def is_area_name(name: str) -> bool:
    """Say whether a name, as an id is written, is in full that of something that companies are divided into."""
    words = name.split("-")
    if (len(words) > 1 and words[-1] in _UNITS) or words[:2] == ["office", "of"]:
        return True
    return any(word in _WORDS for word in words) and all(word in _WORDS | _BESIDE for word in words)


def _name(folder: str) -> str:
    return as_id(posixpath.basename(folder))
