"""The page on how far each folder has come: of its procedures, how many have what governs them, and what has changed within a month."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.pages.audience import Link, Shown
from handrail.pages.views import Entry, Section, Table, View, Words
from handrail.report.lists import called_in
from handrail.report.progress import Folder, Progress, progress
from handrail.report.progress_formats import NOTHING, cell_words, changes, columns, gone_words, since_words
from handrail.words.language import capital, in_words

_AT_A_GLANCE = 12
_ALL = "All"


def progress_page(shown: Shown) -> View:
    """Return the page; of what is withheld nothing is counted on either day."""
    found = progress(shown.handbook, shown.pages(shown.handbook.pages), shown.handbook.settings.audience)
    lead = (
        f"How many {called_in(shown.handbook)} of each folder say which plan they are for, who decides on them and when they are "
        f"needed, and have a sign-off in force. {since_words(found)}"
    )
    return View(lead=(lead,), sections=tuple(_sections(found)))


def _sections(found: Progress) -> Iterator[Section]:
    rows = [_row(_name(one), one) for one in found.folders]
    rows += [_row((_ALL,), found.whole)] if len(rows) > 1 else []
    yield Section("By folder", "by-folder", table=Table(("Folder", *map(capital, columns())), tuple(rows)))
    if found.changed is None:
        return
    listed = list(changes(found))
    said = gone_words(found.changed, in_words(found.since)) or ("" if listed else NOTHING)
    yield Section(f"Since {in_words(found.since)}", "since", words=(said,) if said else ())
    for number, (title, pages) in enumerate(listed, 1):
        entries = tuple(Entry((Link(page.title, page),)) for page in pages)
        folded = f"Show all {len(pages)}" if len(pages) > _AT_A_GLANCE else ""
        yield Section(f"{title} ({len(pages)})", f"since-{number}", entries, level=3, folded=folded)


def _name(folder: Folder) -> Words:
    if folder.department is not None:
        return (Link(folder.department.title, folder.department),)
    return (folder.path or "In no folder",)


def _row(name: Words, folder: Folder) -> tuple[Words, ...]:
    return (name, *((cell,) for cell in cell_words(folder)))
