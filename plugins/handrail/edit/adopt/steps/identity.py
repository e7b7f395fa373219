"""What a page that becomes a document is called: an id that no other has, and a title where its text has no heading that is one."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from handrail.edit.new import slug, title_of
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.text.source import Source

_LONGEST_ID = 60
_LONGEST_TITLE = 300
_SHARE_DONE = re.compile(r"[ \t]*\(\d{1,3} ?%\)[ \t]*\Z")


def ids_of(handbook: Handbook, pages: Iterable[Page]) -> dict[str, str]:
    """Return an id for each of these pages, by its path: the name of its file, with its folder's before it where others are called so.

    Which of them become documents in the end makes no difference, so that answers don't change the ids of other pages.
    """
    listed = sorted(pages, key=lambda page: page.src_uri)
    taken = {page.id for page in handbook.documents if page.id}
    names = Counter(slug(page.file_name) for page in listed)
    found: dict[str, str] = {}
    for page in listed:
        found[page.src_uri] = next(
            id_ for id_ in _ids(page, is_alone=names[slug(page.file_name)] == 1) if id_ not in taken
        )
        taken.add(found[page.src_uri])
    return found


def _ids(page: Page, *, is_alone: bool) -> Iterator[str]:
    name = slug(page.file_name) or slug(page.title) or "page"
    if is_alone:
        yield name
    folders = page.folder.split("/") if page.folder else []
    if page.is_index:
        folders = folders[:-1]
    for depth in range(1, len(folders) + 1):
        yield slug(f"{' '.join(map(slug, folders[-depth:]))} {name}")
    number = 2
    while True:
        yield f"{name[: _LONGEST_ID - len(str(number)) - 1].rstrip('-')}-{number}"
        number += 1


def title_to_write(source: Source, file_name: str) -> str:
    """Return the title to write into a page's fields; empty where it has one, or its text begins with its only heading of the first level."""
    if "title" in source.data:
        return ""
    headings = source.first_headings
    said = plain_title(headings[0][0]) if headings else ""
    begins_with_it = len(headings) == 1 and not source.text[source.body_offset : headings[0][1]].strip()
    if begins_with_it and said and said == headings[0][0]:
        return ""
    return said or title_of(slug(file_name) or posixpath.basename(file_name))


def plain_title(heading: str) -> str:
    """Return a heading as a title, without how much of the page is done, as in “Pay (50%)”."""
    said = _SHARE_DONE.sub("", heading).strip()
    return said[:_LONGEST_TITLE] if said.isprintable() else ""
