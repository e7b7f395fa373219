"""What a page that becomes a document is called: an id that no other has, and a title where its text has no heading that is one."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handrail.edit.new import slug, title_of
from handrail.model.page import Page
from handrail.text.source import Source

_LONGEST_ID = 60
_LONGEST_TITLE = 300
_SHARE_DONE = re.compile(r"[ \t]*\(\d{1,3} ?%\)[ \t]*\Z")


def ids_of(wanted: Mapping[str, Sequence[str]], taken: Iterable[str]) -> dict[str, str]:
    """Return an id for each of these, none of which is taken.

    `wanted` has the names of each, those of its folders first: the last becomes the id, with folders before it where others are called so. Which
    of them become documents in the end makes no difference, so that answers don't change the ids of others.
    """
    known = {id_ for id_ in taken if id_}
    counts = Counter(slug(names[-1]) for names in wanted.values())
    found: dict[str, str] = {}
    for key in sorted(wanted):
        is_alone = counts[slug(wanted[key][-1])] == 1
        found[key] = next(id_ for id_ in _ids(wanted[key], is_alone=is_alone) if id_ not in known)
        known.add(found[key])
    return found


def names_of(page: Page) -> list[str]:
    """Return the names from which a page gets its id: those of its folders, and its own."""
    folders = page.folder.split("/") if page.folder else []
    name = next(filter(slug, (page.file_name, page.title)), "page")
    return [*(folders[:-1] if page.is_index else folders), name]


def _ids(names: Sequence[str], *, is_alone: bool) -> Iterator[str]:
    *folders, last = names
    name = slug(last)
    if is_alone:
        yield name
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
