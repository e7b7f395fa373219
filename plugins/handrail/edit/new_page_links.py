"""What a link such as “New procedure” opens the forge's editor with, and all that such links may say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from handrail.edit.new import Wish, begin, next_period, template_texts, title_of, usual_visibility
from handrail.edit.next_plan import begin_next, find_plan, following, next_title
from handrail.errors import UsageError
from handrail.model.handbook import Handbook
from handrail.model.meetings import KIND as MEETING
from handrail.model.page import Page
from handrail.model.references import PLAN

_OFFERED = ("sop", PLAN, MEETING)
"""The kinds that a site offers to begin."""


class NewPageLinks:
    """Begins new pages, knowing only of those that are published: what it suggests stands in a link of the site."""

    def __init__(self, handbook: Handbook, published: Iterable[Page]) -> None:
        self._whole = handbook
        self._published = published

    @cached_property
    def _handbook(self) -> Handbook:
        return self._whole.with_sources({page.src_uri: page.source for page in self._published})

    def __call__(self, kind: str, folder: str) -> tuple[str, str] | None:
        """Return the path, in the folder of pages, and the text of a new page; None where there is no room for one."""
        handbook = self._handbook
        known = handbook.kinds.get(kind)
        if known is None:
            return None
        visibility = usual_visibility(handbook.settings, folder)
        if kind == PLAN:
            department = next((page for page in handbook.departments if page.folder == folder), None)
            id_ = department.id if department is not None else "new-plan"
            period = next_period(handbook.today, handbook.settings.fiscal_year_end)
            title = f"{department.title if department else 'New'} VPMOM {period}"
            wish = Wish(known, id_, title, folder, visibility, period)
        else:
            id_ = f"new-{known.noun.replace(' ', '-').casefold()}"
            wish = Wish(known, id_, title_of(id_), folder, visibility)
        try:
            beginning = begin(handbook, wish)
        except UsageError:
            return None
        return beginning.src_uri, beginning.text

    def next_plan(self, page: Page) -> tuple[str, str] | None:
        """Return the path and the text of the plan that follows one; None where nobody can write it but its authors."""
        plan, known = self._handbook.plans.get(self._handbook.by_src_uri.get(page.src_uri, page)), page.kind
        if plan is None or known is None:
            return None
        try:
            find_plan(self._handbook, f"{page.id}@{plan.name}")
            after = following(plan, self._handbook.settings.fiscal_year_end)
            if after is None:
                return None
            title = next_title(plan, after.name) or f"{page.title} {after.name}"
            wish = Wish(known, page.id, title, page.folder, page.visibility or "internal", after.name)
            beginning = begin_next(self._handbook, wish, plan, after, with_comments=False)
        except UsageError:
            return None
        return beginning.src_uri, beginning.text

    def texts(self) -> Iterator[str]:
        """Yield the texts that stand in such links, and the templates: they are the program's words, and give nobody away."""
        yield from template_texts()
        for folder in dict.fromkeys(("", *(page.folder for page in self._handbook.departments))):
            begun = (self(kind, folder) for kind in _OFFERED)
            yield from (f"{src_uri}\n{text}" for src_uri, text in filter(None, begun))
        plans = map(self.next_plan, self._handbook.of_kind(PLAN))
        yield from (f"{src_uri}\n{text}" for src_uri, text in filter(None, plans))
