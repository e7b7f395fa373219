"""What a person found that a page is not, which the page itself says from then on, so that nobody is asked again."""

from __future__ import annotations

from handrail.edit.adopt.steps.step import Fields
from handrail.model.page import Page

_FIELD = "not_kind"


def is_not(page: Page, kind: str) -> bool:
    """Say whether somebody found that a page is no document of a kind."""
    return kind in _said(page)


def remembered(page: Page, kind: str) -> Fields:
    """Return the fields by which a page says that it is no document of a kind."""
    said = _said(page)
    return Fields(page.src_uri, {_FIELD: [*said, kind] if said else kind})


def _said(page: Page) -> list[str]:
    said = page.source.data.get(_FIELD)
    listed = said if isinstance(said, list) else [said]
    return [kind for kind in listed if isinstance(kind, str)]
