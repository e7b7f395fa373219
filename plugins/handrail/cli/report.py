"""`handrail report`: print one of the handbook's lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import click

from handrail.cli import common
from handrail.cli.wording import OneOf
from handrail.errors import UsageError
from handrail.model.dates import in_words
from handrail.model.handbook import Handbook
from handrail.report import lists
from handrail.report.plain import disarmed, one_line, without_surrogates
from handrail.report.tables import render_table


@dataclass(frozen=True, slots=True)
class _List:
    """One list: how it is worked out, as data and as a table, and what to say where it is empty.

    `of_active` marks a list of active procedures: where there are none, that it is empty says nothing.
    """

    find: Callable[[Handbook], Any]
    data: Callable[[Any], Any]
    table: Callable[[Any], lists.Table]
    empty: str
    of_active: bool = False


LISTS = {
    "toc": _List(
        lists.table_of_contents,
        lists.contents_data,
        lists.contents_table,
        "The handbook has no department, plan or procedure.",
    ),
    "orphans": _List(
        lists.orphans,
        lists.orphans_data,
        lists.orphans_table,
        "Every active procedure is tied to an active plan.",
        of_active=True,
    ),
    "stale": _List(
        lists.stale,
        lists.stale_data,
        lists.stale_table,
        "Every active procedure has a full sign-off in force.",
        of_active=True,
    ),
    "unlisted": _List(lists.unlisted, lists.unlisted_data, lists.unlisted_table, "Something leads to every page."),
}


@click.command(short_help="Print a list: toc, orphans, stale or unlisted.")
@click.argument("which", required=False, type=OneOf(list(LISTS)), metavar="LIST")
@click.option("--format", "format_", type=OneOf(["text", "md", "json", "csv"]), default="text", help="How to print it.")
@common.of_a_project
def command(which: str | None, format_: str, today: str | None, config: str | None) -> int:
    """Print one of the handbook's lists; LIST is one of these.

    \b
    toc       departments, their plans, and the procedures of each
    orphans   active procedures that no active plan wants, and why
    stale     active procedures with no full sign-off in force, and whom to ask
    unlisted  pages that nothing leads to
    """  # noqa: D301 - click's mark for lines that stay as they are
    if which is None:
        raise UsageError(f"Say which list to print: {', '.join(LISTS)}.")
    wanted = LISTS[which]
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    found = wanted.find(handbook)
    if format_ == "json":
        common.write(_json(_enveloped(wanted.data(found), which, handbook)))
        return 0
    columns, rows = wanted.table(found)
    if not rows and format_ != "csv":
        has_active = any(page.state == "active" for page in handbook.of_kind("sop"))
        words = wanted.empty if has_active or not wanted.of_active else "The handbook has no active procedure."
        common.write(words + "\n")
    elif which == "toc" and format_ == "text":
        common.write("".join(f"{disarmed(line)}\n" for line in _outline(found)))
    else:
        common.write(render_table(columns, rows, format_))  # type: ignore[arg-type]
    return 0


def _json(data: Any) -> str:
    """Return data as JSON in ASCII, with no half characters, so that every console and every program can pass it on."""
    return json.dumps(json.loads(without_surrogates(json.dumps(data, ensure_ascii=False))), indent=2) + "\n"


def _enveloped(data: Any, which: str, handbook: Handbook) -> Any:
    """Return a list with its version and day; the table of contents brings its own."""
    if which == "toc":
        return data
    return {"version": lists.VERSION, "today": handbook.today.isoformat(), which: data}


def _outline(contents: lists.Contents) -> Iterator[str]:
    for department in contents.departments:
        indent = "  " * department.depth
        yield indent + one_line(department.title)
        if not department.lines:
            yield f"{indent}  no plan"
        for entry in department.lines:
            yield f"{indent}  {one_line(f'{entry.page.title} ({entry.state})')}"
            for sop in entry.sops:
                yield f"{indent}    {_told(sop)}"
    if contents.no_plan:
        yield "Procedures with no plan"
        for sop in contents.no_plan:
            yield f"  {_told(sop)}"


def _told(sop: lists.SopEntry) -> str:
    if sop.page.state == "active":
        signed = f"signed off {in_words(sop.signed)}" if sop.signed else "not signed off"
        state = f"{signed}, stale" if sop.stale else signed
    else:
        state = sop.page.state or "no state"
    return one_line(f"{sop.page.title} ({state})")
