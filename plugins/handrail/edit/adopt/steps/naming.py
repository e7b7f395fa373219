"""How a question names pages: a few by their titles, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.model.page import Page

_MOST = 4


def titles(pages: Sequence[Page]) -> str:
    """Return the titles of a few pages, enough to know what is meant."""
    more = len(pages) - _MOST
    names = ", ".join(f"“{page.title}”" for page in pages[:_MOST])
    return f"{names} and {more} more" if more > 0 else names
