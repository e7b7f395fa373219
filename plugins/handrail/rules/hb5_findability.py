"""HB5: a reader who needs the page will hardly find it, or not see that it is the right one."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.references import PLAN
from handrail.model.settings import lies_in
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule


def _active(handbook: Handbook, *kinds: str) -> Iterator[Page]:
    return (page for page in handbook.of_kind(*kinds) if page.state == "active")


@rule("HB501", "no-description", Severity.INFO)
def no_description(handbook: Handbook) -> Iterator[Hit]:
    """An active procedure or plan has no description.

    It is the sentence that a search engine shows under the title, and by which readers choose.

    **What to do.** Add `description:` with one sentence that says what the page is for.
    """
    for page in _active(handbook, "sop", PLAN):
        if page.lacks("description"):
            yield Hit(
                at(page, ("title",), key=True),
                f"“{page.title}” has no description for search engines.",
                "Add `description:` with one sentence.",
            )


@rule("HB502", "no-trigger", Severity.INFO)
def no_trigger(handbook: Handbook) -> Iterator[Hit]:
    """An active procedure does not say when it is needed.

    Readers know what happened to them, not what the procedure is called.

    **What to do.** Add `trigger:` with one sentence, such as “You paid for something for work.”
    """
    for page in _active(handbook, "sop"):
        if page.lacks("trigger"):
            yield Hit(
                at(page, ("title",), key=True),
                f"“{page.title}” does not say when it is needed.",
                "Add `trigger:` with what has happened when someone needs it.",
            )


@rule("HB503", "no-contact", Severity.INFO)
def no_contact(handbook: Handbook) -> Iterator[Hit]:
    """An active procedure or plan does not say where to ask, and neither does its department.

    **What to do.** Add `contact:` to the page, or to the department's.
    """
    for page in _active(handbook, "sop", PLAN):
        if page.lacks("contact") and not handbook.contact_of(page) and not _may_have_contact(handbook, page):
            yield Hit(
                at(page, ("title",), key=True),
                f"“{page.title}” does not say where to ask.",
                "Add `contact:` to the page, or to its department's.",
            )


def _may_have_contact(handbook: Handbook, page: Page) -> bool:
    """Say whether a finding elsewhere explains that no department lends a contact."""
    department = handbook.department_of(page)
    if department is not None:
        return department.doubts("contact")
    if page.doubts("department") or page.doubts("vpmom"):
        return True
    return any(
        found.kind == "department" and lies_in(page.src_uri, found.page.folder or ".")
        for found in handbook.unfit.values()
    )
