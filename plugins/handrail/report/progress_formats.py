"""The progress of the folders written: as lines for a terminal, as Markdown, as a table, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from handrail.model.page import Page
from handrail.report.lists import Table, called_one, place
from handrail.report.markdown import page_link, said
from handrail.report.progress import Changed, Counts, Folder, Part, Progress
from handrail.report.summary import counted
from handrail.report.tables import render_table
from handrail.text.visible import one_line
from handrail.words.language import in_words

_PARTS = {Part.PLAN: "with a plan", Part.DECIDER: "with a decider", Part.TRIGGER: "say when", Part.SIGNED: "signed"}
"""The heads of the columns."""
GAINED = {
    Part.PLAN: "Name a plan now",
    Part.DECIDER: "Have a decider now",
    Part.TRIGGER: "Say now when they are needed",
    Part.SIGNED: "Are signed now",
}
LOST = {
    Part.PLAN: "Name no plan any more",
    Part.DECIDER: "Have no decider any more",
    Part.TRIGGER: "Say no more when they are needed",
    Part.SIGNED: "Are signed no more",
}
NEW = "New procedures"
NOTHING = "Nothing has changed."
_MOST_FOLDERS = 12
_MOST_PAGES = 20
_ALL = "all"


def change_words(now: int, before: int | None) -> str:
    """Say by how much a number went up or down; nothing where it did not, or nobody knows."""
    return "" if before is None or before == now else f"{now - before:+}"


def columns() -> tuple[str, ...]:
    """Return the heads of the columns of numbers, as people read them."""
    return ("procedures", "in use", *_PARTS.values())


def numbers(folder: Folder) -> list[tuple[int, int | None]]:
    """Return the numbers of a folder in the order of the columns, each with what it was a month ago."""
    before = folder.before
    pairs = [
        (folder.now.procedures, before.procedures if before else None),
        (folder.now.in_use, before.in_use if before else None),
    ]
    return [*pairs, *((folder.now.parts[part], before.parts.get(part) if before else None) for part in Part)]


def since_words(found: Progress) -> str:
    """Say against which day the numbers are held, or why against none."""
    if found.changed is None:
        return f"What has changed since {in_words(found.since)} is not known. {found.why}".rstrip()
    return f"In brackets stands what has changed since {in_words(found.since)}."


def gone_words(changed: Changed, since: str) -> str:
    """Say how many procedures there are no more; nothing where there is none."""
    if not changed.gone:
        return ""
    is_are = "is" if changed.gone == 1 else "are"
    return f"{counted(changed.gone, 'procedure')} of {since} {is_are} gone or retired."


def without_words(found: Progress) -> str:
    """Say which folders have pages and no procedure yet; nothing where there is none."""
    if not found.without:
        return ""
    named = [f"{_path(found, one)} ({counted(one.others, 'page')})" for one in found.without[:_MOST_FOLDERS]]
    more = len(found.without) - len(named)
    return f"No procedure yet in {', '.join(named)}{f' and {more} more' if more > 0 else ''}."


def changes(found: Progress) -> Iterator[tuple[str, tuple[Page, ...]]]:
    """Yield what happened to procedures within the month, and to which."""
    if found.changed is not None:
        listed = [
            (NEW, found.changed.new),
            *((GAINED[part], pages) for part, pages in found.changed.gained.items()),
            *((LOST[part], pages) for part, pages in found.changed.lost.items()),
        ]
        yield from ((title, pages) for title, pages in listed if pages)


def progress_lines(found: Progress) -> Iterator[str]:
    """Yield the progress for a terminal."""
    if not found.folders:
        yield _none_yet(found)
        return
    yield f"How far each folder has come, on {in_words(found.handbook.today)}. {one_line(since_words(found))}"
    yield ""
    yield from render_table(*_read_table(found), "text").splitlines()
    for sentence in _sentences(found):
        yield ""
        yield one_line(sentence)
    for title, pages in changes(found):
        yield ""
        yield f"{title} ({len(pages)}):"
        yield from (f"  {one_line(f'{page.title} ({page.path})')}" for page in pages[:_MOST_PAGES])
        if len(pages) > _MOST_PAGES:
            yield f"  and {len(pages) - _MOST_PAGES} more"


def progress_markdown(found: Progress) -> str:
    """Return the progress as Markdown that can be pasted into an issue; nobody is called by it."""
    if not found.folders:
        return said(_none_yet(found)) + "\n"
    parts = [said(since_words(found)), render_table(*_read_table(found), "md").rstrip()]
    parts += map(said, _sentences(found))
    for title, pages in changes(found):
        more = len(pages) - _MOST_PAGES
        links = [page_link(found.handbook.project, page) for page in pages[:_MOST_PAGES]]
        parts.append("\n".join([f"{title} ({len(pages)}):", "", *(f"- {link}" for link in links)]))
        if more > 0:
            parts[-1] += f"\n- and {more} more"
    return "\n\n".join(parts) + "\n"


def _none_yet(found: Progress) -> str:
    return " ".join(filter(None, (f"The handbook has no {called_one(found.handbook)} yet.", without_words(found))))


def _sentences(found: Progress) -> list[str]:
    """Return what is to be said below the table."""
    said_of_change = []
    if found.changed is not None:
        gone = gone_words(found.changed, in_words(found.since))
        said_of_change = [gone or ("" if any(changes(found)) else NOTHING)]
    if found.changed is not None and found.unknown:
        said_of_change.append("What was signed then can't be checked any more.")
    return [sentence for sentence in (*said_of_change, without_words(found)) if sentence]


def _read_table(found: Progress) -> Table:
    rows = [(_path(found, one), *cell_words(one)) for one in found.folders]
    if len(rows) != 1:
        rows.append((_ALL, *cell_words(found.whole)))
    return ("folder", *columns()), rows


def cell_words(folder: Folder) -> list[str]:
    """Return the numbers of a folder as cells, each with its change in brackets."""
    return [
        f"{now} ({change})" if (change := change_words(now, before)) else str(now) for now, before in numbers(folder)
    ]


def _path(found: Progress, folder: Folder) -> str:
    return found.handbook.project.from_root(folder.path).rstrip("/") or "."


# As data for programs, and as rows for tables


def progress_table(found: Progress) -> Table:
    """Return the progress as one row a folder, each number beside what it was a month ago."""
    names = ("procedures", "in use", *Part)
    heads = [head for name in names for head in (str(name), f"{name} before")]
    return ("folder", "pages without a kind", *heads), [
        (_path(found, one), str(one.others), *(_cell(number) for pair in numbers(one) for number in pair))
        for one in (*found.folders, *(one for one in found.without if one not in found.folders))
    ]


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)


def progress_data(found: Progress) -> dict[str, Any]:
    """Return the progress as plain data."""
    changed = found.changed
    return {
        "since": found.since.isoformat() if changed is not None else None,
        "why": found.why or None,
        "all": _folder_data(found.whole),
        "folders": [{"path": _path(found, one), **_folder_data(one)} for one in found.folders],
        "without": [{"path": _path(found, one), "others": one.others} for one in found.without],
        "changed": None
        if changed is None
        else {
            "new": _places(changed.new),
            "gone": changed.gone,
            "gained": {part.value: _places(pages) for part, pages in changed.gained.items()},
            "lost": {part.value: _places(pages) for part, pages in changed.lost.items()},
        },
    }


def _folder_data(folder: Folder) -> dict[str, Any]:
    return {
        "department": folder.department.id if folder.department is not None else None,
        "others": folder.others,
        "now": _counts_data(folder.now),
        "before": _counts_data(folder.before) if folder.before is not None else None,
    }


def _counts_data(counts: Counts) -> dict[str, Any]:
    parts = {part.value: counts.parts.get(part) for part in Part}
    return {"procedures": counts.procedures, "in_use": counts.in_use, **parts}


def _places(pages: Sequence[Page]) -> list[dict[str, Any]]:
    return [place(page) for page in pages]
