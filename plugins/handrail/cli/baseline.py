"""The option `--write-baseline`: record what is known, and say what that has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import click

from handrail.cli import common
from handrail.model.project import Project
from handrail.report.formats import FORMATS, Context
from handrail.report.plain import disarmed, disarmed_within
from handrail.report.summary import counted
from handrail.rules.baseline import Judges
from handrail.rules.finding import Entry, Report
from handrail.text.visible import one_line

_MOST_NAMED = 20
_EXPOSING = (
    "These findings can't be known: what they name could get out, or is withheld. Fix them, or set the severity of their rules "
    "for the whole handbook."
)


WHOLE = "A baseline is for the whole handbook and is told in words; leave out PATHS, --select, --ignore and --format."

option = click.option(
    "--write-baseline", is_flag=True, help="Record what is found now; only what is new fails from then on."
)


def write(project: Project, report: Report, context: Context, judges: Judges) -> int:
    """Write a project's baseline from a report of the whole handbook; return the exit code."""
    from handrail.edit.baseline import record  # noqa: PLC0415 - only where a baseline is written

    recorded = record(project, report, judges)
    total = sum(entry.count for entry in recorded.entries)
    lines = [f"{recorded.file}: {counted(total, 'finding')} known."]
    lines += _named("Added", recorded.gained)
    lines += _named("Taken out", recorded.lost)
    if not recorded.gained and not recorded.lost:
        lines.append("Nothing was added and nothing taken out.")
    common.write("".join(f"{disarmed(line)}\n" for line in lines))
    if recorded.exposing:
        common.write(f"\n{_EXPOSING}\n\n{FORMATS['text'](replace(report, findings=tuple(recorded.exposing)), context)}")
    return int(bool(recorded.exposing))


def _named(verb: str, entries: list[Entry]) -> Iterator[str]:
    """Say what was added or taken out: each line where they are few, else how many there are of each rule."""
    if entries:
        yield f"{verb}: {counted(sum(entry.count for entry in entries), 'finding')}."
    yield from map(_line, entries) if len(entries) <= _MOST_NAMED else _by_rule(entries)


def _line(entry: Entry) -> str:
    more = f" ({entry.count} times)" if entry.count > 1 else ""
    said = one_line(f"{entry.path} {entry.rule} {entry.name} {entry.subject}")
    return f"    {disarmed_within(said)[0]}{more}"


def _by_rule(entries: Iterable[Entry]) -> Iterator[str]:
    numbers: Counter[str] = Counter()
    for entry in entries:
        numbers[f"{entry.rule} {entry.name}"] += entry.count
    return (f"    {rule}: {number}" for rule, number in sorted(numbers.items()))
