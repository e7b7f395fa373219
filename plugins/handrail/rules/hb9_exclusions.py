"""HB9: pages that their readers may see and that the site's own settings leave out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from handrail.model.exclusions import Cause, Exclusion
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import why_withheld
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, Spot, at, rule

_MOST = 20
"""So many pages of one finding are named."""


@rule("HB906", "left-off-the-site", Severity.WARNING)
def left_off_the_site(handbook: Handbook) -> Iterator[Hit]:
    """Pages that their readers may see are not on the site, because its own settings leave them out.

    MkDocs leaves out a folder `templates` that lies at the top, and says nothing; and what `exclude_docs` and `draft_docs` in
    `mkdocs.yml` name. A document that is in force and says who may read it is hardly meant to be left out: whoever looks for
    it finds nothing, and links to it become plain words.

    **What to do.** Move the page, or let it in: `exclude_docs: "!templates/"` does it for the folder `templates`. Where pages in
    that folder are to stay off the site, say so: `exclude_docs: /templates/`. A document that is not for the site says
    `visibility: internal`.
    """
    groups: dict[Exclusion, list[Page]] = defaultdict(list)
    for page in handbook.pages:
        exclusion = handbook.files.left_out.get(page.src_uri)
        if exclusion is not None and _is_wanted(page, exclusion.cause) and _may_be_seen(handbook, page):
            groups[exclusion].append(page)
    for exclusion, (first, *others) in groups.items():
        yield Hit(
            _spot(first),
            f"This page is not on the site, though its readers may see it: it {exclusion.why}.",
            exclusion.hint,
            tuple((_spot(page), "This page is not on the site either.") for page in others[:_MOST]),
            subject=exclusion.by,
        )


def _spot(page: Page) -> Spot:
    """Return where a document says who may read it."""
    return at(page, ("visibility",)) if page.kind is not None else at(page)


def _is_wanted(page: Page, cause: Cause) -> bool:
    """Say whether whoever wrote a page expects it on the site.

    Nobody has asked to leave out `templates/`. Of a page that can't say that it is a draft, the settings say it.
    """
    if cause is Cause.TEMPLATES:
        return not page.is_retired
    return (
        cause in (Cause.EXCLUDED, Cause.DRAFT) and page.kind is not None and bool(page.kind.states) and page.is_in_force
    )


def _may_be_seen(handbook: Handbook, page: Page) -> bool:
    return why_withheld(page, handbook.settings.audience) is None
