"""What is done to a page's HTML once an engine has made it of Markdown: it is made harmless, and what Handrail shows is put round it.

All of it is settled before, as data, so that an engine in another process does the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handrail.engines.frame import Rendered, framed, with_views
from handrail.engines.head import with_one_title, with_title
from handrail.engines.sanitise import sanitised_page
from handrail.pages.surround import Surround
from handrail.text.hosts import NOBODY, LetIn


@dataclass(frozen=True, slots=True)
class Completion:
    """What one page gets: `is_trusted` where Handrail wrote its text, else of OURS and what plugins need `keeping` stays.

    `views` are those for which its text asks, by name, `around` is what stands round the text, and `below` what comes last.
    """

    is_trusted: bool = False
    keeping: frozenset[str] = frozenset()
    let_in: LetIn = NOBODY
    names_another: bool = False
    is_titled: bool = False
    views: Mapping[str, str] = field(default_factory=dict)
    around: Surround | None = None
    below: str = ""


def complete(html: str, page: Rendered, completion: Completion) -> str:
    """Return the HTML of a page as its readers get it; its table of contents is put right in place."""
    if not completion.is_trusted:
        html = sanitised_page(html, page, completion.keeping, completion.let_in)
    html = with_one_title(html, page, names_another=completion.names_another)
    if completion.is_titled:
        html = with_title(html, page)
    html = with_views(html, completion.views)
    if completion.around is not None:
        html = framed(html, page, completion.around)
    return html + completion.below
