"""What readers are without though somebody meant it to be there: steps that found nothing to do on any page, elements that were taken out.

A theme is another than the steps know then, or an extension of Markdown makes what no page may hold; the build says so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from enum import Enum

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from handrail.engines.navigation import Group
from handrail.pages.frame import STATUS
from handrail.words.language import count_of, join_words

_KNOWN = "material"
_PATH = "navigation.path"
_SEARCHES = frozenset(("search", "material/search"))


class Step(Enum):
    """What a step does, and what readers are without where it was nowhere done."""

    MARKS = "no page shows in the navigation how far it can be trusted, though some are not signed as they stand"
    GROUPS = "the pages of a department stand in parts of the navigation that fold"
    PATH = "the path to a page leads to the first page of a part, not to that of the part"
    SEARCH = "the search has no name for those who hear the page"
    DRAWER = "the switch of a narrow window's navigation has no name for those who hear the page"
    POLICY = "no page states what browsers may run"


_UNGOVERNED = "On {} nothing says what browsers may run, for a template makes no whole page there: let it begin as one does, with `<html>`."
_ELEMENT = re.compile(r"<([a-z][\w-]*+)")
_TAKEN_OUT = (
    "Readers get nothing of {elements} {where}, where an extension of Markdown, or a plugin, makes it of the text: pages hold "
    "only what runs nothing. Set it to make plain HTML or a picture, as `pymdownx.arithmatex` does with `generic: true`, or do without it."
)
Counts = tuple[Counter[Step], Counter[Step]]
"""How often each step was due, and how often it was done."""


class Undone:
    """Counts, page by page, what there was to do and what was done."""

    def __init__(self, config: MkDocsConfig) -> None:
        # What other themes have none of can't be missed on their pages.
        self._is_known = config.theme.name == _KNOWN
        self._has_search = not _SEARCHES.isdisjoint(config.plugins)
        self._has_paths = _PATH in (config.theme.get("features") or ())
        self._place = "below `theme.custom_dir`" if config.theme.custom_dir else "that another plugin brings"
        self._due: Counter[Step] = Counter()
        self._done: Counter[Step] = Counter()
        self._taken_out: dict[str, list[str]] = defaultdict(list)

    def sanitised(self, page: Page, written: Callable[[], str], made: str, html: str) -> str:
        """Note what of the HTML that was made of a page's text is not in that which readers get, and return this.

        Of what its author has `written` there, the check tells.
        """
        for name in sorted(set(_ELEMENT.findall(made))):
            if f"<{name}" not in html and f"<{name}" not in written().lower():
                self._taken_out[name].append(page.file.src_uri)
        return html

    def due(self, page: Page) -> None:
        """Count what there is to do on a page of the handbook."""
        if self._is_known:
            self._due.update(self._to_do(page))

    def _to_do(self, page: Page) -> Iterator[Step]:
        hidden = page.meta.get("hide") or ()
        yield Step.DRAWER
        if self._has_search:
            yield Step.SEARCH
        if self._has_paths and page.parent is not None and "path" not in hidden:
            yield Step.PATH
        if page.parent is not None and "navigation" not in hidden:
            if str(page.meta.get("status", "")).startswith(STATUS):
                yield Step.MARKS
            if any(isinstance(part, Group) for part in page.ancestors):
                yield Step.GROUPS

    def governed(self, *, is_governed: bool) -> None:
        """Count a page that has to state what browsers may run, whatever its theme."""
        self._due[Step.POLICY] += 1
        self.done(Step.POLICY, is_governed)

    def done(self, step: Step, times: int) -> None:
        self._done[step] += times

    def taken(self) -> Counts:
        """Return what was counted since it was last taken, and begin anew: for another process that counts on."""
        found = self._due, self._done
        self._due, self._done = Counter(), Counter()
        return found

    def add(self, counts: Counts) -> None:
        """Count what another process has counted, too."""
        self._due.update(counts[0])
        self._done.update(counts[1])

    def said(self) -> Iterator[str]:
        """Yield a sentence on all that was to be done and was done nowhere, and one on what was taken out."""
        if not_done := self._not_done():
            yield not_done
        if self._taken_out:
            pages = sorted({page for of_one in self._taken_out.values() for page in of_one})
            elements = join_words([f"`<{name}>`" for name in sorted(self._taken_out)])
            where = f"on {count_of(len(pages), 'page')} such as {pages[0]}" if len(pages) > 1 else f"in {pages[0]}"
            yield _TAKEN_OUT.format(elements=elements, where=where)

    def _not_done(self) -> str:
        without_policy = self._due[Step.POLICY] - self._done[Step.POLICY]
        missing = [step.value for step in Step if self._due[step] and not self._done[step]]
        if not missing:
            return _UNGOVERNED.format(count_of(without_policy, "page")) if without_policy else ""
        return (
            f"Handrail found on no page of this site what it knows the theme by, so {'; '.join(missing)}. "
            f"A template {self._place} writes these parts in another way: let it keep the theme's classes."
        )
