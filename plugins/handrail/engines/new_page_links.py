"""What a link such as “New procedure” opens the forge's editor with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from handrail.edit.new import Wish, begin, next_period, title_of
from handrail.errors import UsageError
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.references import PLAN


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
        if kind == PLAN:
            department = next((page for page in handbook.departments if page.folder == folder), None)
            id_ = department.id if department is not None else "new-plan"
            period = next_period(handbook.today, handbook.settings.fiscal_year_end)
            wish = Wish(
                known, id_, f"{department.title if department else 'New'} VPMOM {period}", folder, period=period
            )
        else:
            id_ = f"new-{known.noun.replace(' ', '-').casefold()}"
            wish = Wish(known, id_, title_of(id_), folder)
        try:
            beginning = begin(handbook, wish)
        except UsageError:
            return None
        return beginning.src_uri, beginning.text
