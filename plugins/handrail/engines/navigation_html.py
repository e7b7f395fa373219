"""What the theme has made of the navigation, put right: the marks of pages have words, and the path leads to what it names."""

from __future__ import annotations

import re

from handrail.model.trust import Trust
from handrail.site import render
from handrail.site.frame import STATUS

_STATUS = re.compile(rf'<span class="md-status md-status--{STATUS}(?P<state>[a-z]+)"[^>]*>\s*</span>')


def with_marks(html: str) -> str:
    """Return a page whose navigation marks pages as lists do: by shape, and by words for those who don't see it."""
    return _STATUS.sub(lambda match: render.mark_in_navigation(Trust(match["state"])), html)
