"""HB5: a reader who needs the page will hardly find it, or not see that it is the right one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.references import PLAN
from handrail.model.settings import lies_in
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.rules.subjects import of_field


def _active(pages: Iterable[Page]) -> Iterator[Page]:
    return (page for page in pages if page.is_in_force)


@rule("HB501", "no-description", Severity.INFO, neglect="no description")
def no_description(handbook: Handbook) -> Iterator[Hit]:
    """An active procedure or plan has no description.

    It is the sentence that a search engine shows under the title, and by which readers choose.

    **What to do.** Add `description:` with one sentence that says what the page is for.
    """
    for page in _active([*handbook.reviewed, *handbook.of_kind(PLAN)]):
        if page.lacks("description"):
            yield Hit(
                at(page, ("title",), key=True),
                f"“{page.title}” has no description for search engines.",
                "Add `description:` with one sentence.",
            )


@rule("HB502", "no-trigger", Severity.INFO, neglect="no trigger")
def no_trigger(handbook: Handbook) -> Iterator[Hit]:
    """An active procedure does not say when it is needed.

    Readers know what happened to them, not what the procedure is called.

    **What to do.** Add `trigger:` with one sentence, such as “You paid for something for work.”
    """
    for page in _active(handbook.reviewed):
        if page.kind is not None and "trigger" in page.kind.fields and page.lacks("trigger"):
            yield Hit(
                at(page, ("title",), key=True),
                f"“{page.title}” does not say when it is needed.",
                "Add `trigger:` with what has happened when someone needs it.",
            )


@rule("HB503", "no-contact", Severity.INFO, neglect="no contact")
def no_contact(handbook: Handbook) -> Iterator[Hit]:
    """An active procedure or plan does not say where to ask, and neither does its department.

    **What to do.** Add `contact:` to the page, or to the department's.
    """
    for page in _active([*handbook.reviewed, *handbook.of_kind(PLAN)]):
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
        for found in handbook.unidentified.values()
    )


@rule("HB504", "unlisted", Severity.WARNING, neglect="no link to them")
def unlisted(handbook: Handbook) -> Iterator[Hit]:
    """Nothing leads to a document: no navigation, no link on another page, no plan or other document that names it.

    It is there, and readers find it only by luck. Plans, departments, missions, visions, objectives and meetings have pages that
    list them.

    **What to do.** Link to it from the page on which its readers look for it, or name it in the site's `nav`.
    """
    candidates = [page for page in handbook.unlisted if page.kind is not None and not page.is_to_come]
    twins = {page for pages in handbook.twins.values() for page in pages}
    dead = _dead_ends(handbook) if candidates else []
    for page in candidates:
        if page.visibility in (None, "confidential") or page in twins or page is handbook.registry_page:
            continue  # in no build; a copy is the finding; the names on every page lead to the people
        if not page.source.readable or (page.is_index and not page.folder) or _explained(handbook, page, dead):
            continue
        yield Hit(
            at(page, ("title",), key=True),
            f"Nothing leads to “{page.title}”: no navigation, no link and no other document names it.",
            "Link to it from the page on which its readers look for it.",
        )


def _dead_ends(handbook: Handbook) -> list[str]:
    """Return the ids and paths that pages name in vain."""
    found = [ref.text for refs in handbook.references.values() for ref in refs if ref.target is None]
    for links in handbook.body_links.values():
        found += [link.path or link.written.target for link in links if link.dead]
    return list(dict.fromkeys(found))


def _explained(handbook: Handbook, page: Page, dead: list[str]) -> bool:
    """Say whether another finding says why nothing leads to a page: it names no plan, or what leads to it is mistyped."""
    if page.serves_plan and handbook.line_of(page) is None:
        return True
    if nearest(page.src_uri, dead) or nearest(page.id, [text.rpartition(":")[2] for text in dead]):
        return True
    unread = (other for other in handbook.pages if not other.is_prose and (other.kind is None or not other.is_valid))
    named = re.compile(rf"(?<![\w-]){re.escape(page.id)}(?![\w-])")
    return any(named.search(other.source.text) for other in unread if page.id and other is not page)


@rule("HB505", "kept-out-of-search", Severity.WARNING)
def kept_out_of_search(handbook: Handbook) -> Iterator[Hit]:
    """A public page that is in force is kept out of the site's search.

    Readers who look for it are told that there is nothing.

    **What to do.** Delete `exclude: true`, or say under `ignore` why nobody is to find it.
    """
    for page in handbook.documents:
        is_kept_out = page.is_kept_out_of_search and not page.doubts("search")
        if is_kept_out and page.visibility == "public" and page.is_in_force:
            yield Hit(
                at(page, ("search", "exclude")),
                f"Everyone may read “{page.title}”, and the site's search does not find it.",
                "Delete `exclude: true`.",
            )


@rule("HB506", "title-not-unique", Severity.INFO)
def title_not_unique(handbook: Handbook) -> Iterator[Hit]:
    """Two public pages have the same title.

    In a list of results nobody can tell which of them is meant.

    **What to do.** Say in each title what the other page is not about.
    """
    for page, first in _repeated(handbook, "title"):
        yield Hit(
            at(page, ("title",)),
            f"“{page.title}” is the title of {first.path} too.",
            "Say in each title what the other page is not about.",
            ((at(first, ("title",)), "The other page is here."),),
            subject=of_field(("title",), page.title),
        )


@rule("HB507", "description-not-unique", Severity.INFO)
def description_not_unique(handbook: Handbook) -> Iterator[Hit]:
    """Two public pages have the same description.

    Search engines show it under the title, and take two pages with one description for one page.

    **What to do.** Say in one sentence what only this page is for.
    """
    same_title = set(_repeated(handbook, "title"))
    for page, first in _repeated(handbook, "description"):
        if (page, first) not in same_title:
            yield Hit(
                at(page, ("description",)),
                f"{first.path} has this description too.",
                "Say in one sentence what only this page is for.",
                ((at(first, ("description",)), "The other page is here."),),
            )


def _repeated(handbook: Handbook, field: str) -> Iterator[tuple[Page, Page]]:
    """Yield public pages in force that repeat the field of another, and the first that has it.

    The plans of one line are one plan over the years, and what takes the place of a page may be called the same.
    """
    first: dict[str, list[Page]] = defaultdict(list)
    for page in handbook.documents:
        text = " ".join(page.text(field).split()).casefold()
        if not text or page.visibility != "public" or page.is_retired or page.is_to_come or page in handbook.copies:
            continue
        others = [other for other in first[text] if not _are_one(handbook, page, other)]
        if others:
            yield page, others[0]
        first[text].append(page)


def _are_one(handbook: Handbook, page: Page, other: Page) -> bool:
    if page in handbook.plans and other in handbook.plans:
        return page.id == other.id
    pairs = ((page, other), (other, page))
    return any(
        ref.page is new and ref.path[0] == "replaces"
        for new, old in pairs
        for ref in handbook.back_references.get(old, ())
    )
