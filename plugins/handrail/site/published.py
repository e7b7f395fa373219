"""What may be published, and how a page's own text is made ready: links to what is withheld become plain words."""

from __future__ import annotations

import html
from collections.abc import Callable

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.settings import Visibility

Address = Callable[[Page], str]


def publishable(handbook: Handbook, audience: Visibility, *, leniently: bool = False) -> list[Page]:
    """Return the pages that a build for this audience may publish.

    A document has to satisfy its schema; `leniently`, for a preview on the author's own machine, it need not.
    """
    return [
        page
        for page in handbook.pages
        if page.may_be_seen_by(audience) and (leniently or page.is_prose or page.is_valid)
    ]


def linked_body(handbook: Handbook, page: Page, shows: Callable[[Page], bool], address: Address) -> str:
    """Return a page's body with `[[kind:id]]` turned into links, and links to what is withheld into their words."""
    body = page.source.body
    parts: list[str] = []
    at = 0
    for link in handbook.body_links.get(page, ()):
        written = link.written
        if written.offset < at:
            continue  # an image inside a link that is already dealt with
        is_wiki = written.form == "wiki"
        target = link.page
        if target is None or (not is_wiki and shows(target)):
            continue
        text = written.text if written.text is not None else target.title
        if is_wiki and shows(target):
            replacement = f'<a href="{html.escape(address(target))}">{html.escape(text)}</a>'
        elif is_wiki and written.text is None:
            replacement = "an internal page"
        else:
            replacement = html.escape(text) if is_wiki else text
        parts += [body[at : written.offset], replacement]
        at = written.end
    return "".join([*parts, body[at:]])
