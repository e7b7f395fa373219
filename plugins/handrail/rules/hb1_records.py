"""HB1, of the records: a row on each line, as the first line says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.record_rows import RecordFile
from handrail.model.records import Unreadable
from handrail.model.setting_places import FilePlace
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, rule

_RELATED = 4


@rule("HB110", "record-unreadable", Severity.WARNING)
def record_unreadable(handbook: Handbook) -> Iterator[Hit]:
    """A line of a file of records is no row: a column is missing, or holds what does not belong there.

    It counts in no measure, while the others do. It is said once a file, with the first of its lines as the place, for a file
    that a spreadsheet saved anew is often wrong in every line.

    **What to do.** Put the line right as git had it before, or delete it. Programs write these files; nobody needs to.
    """
    by_file: dict[RecordFile, list[Unreadable]] = defaultdict(list)
    for one in handbook.project.records.unreadable:
        by_file[one.file].append(one)
    for file, (first, *others) in by_file.items():
        related = [(_place(one), f"This line {one.why}.") for one in others[:_RELATED]]
        yield Hit(_place(first), _said(first, len(others)), _hint(first), (*related,), subject=file.name)


def _place(one: Unreadable) -> FilePlace:
    return FilePlace(one.file.path, one.line, 1, one.line, 1)


def _said(first: Unreadable, others: int) -> str:
    if first.is_whole:
        return first.of_the_file
    if not others:
        return f"This line {first.why}; it counts nowhere."
    lines = "does another line" if others == 1 else f"do {others:,} other lines"
    return f"This line {first.why}; it counts nowhere, nor {lines} of the file."


def _hint(first: Unreadable) -> str:
    if first.is_whole:
        return "Bring the file back as git had it before."
    return "Put it right as git had it before, or delete it."
