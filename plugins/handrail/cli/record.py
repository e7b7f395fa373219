"""`handrail record`: record how procedures went, from the forge's issues and from what other tools export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from handrail.cli import common, wording
from handrail.cli.wording import OneOf
from handrail.edit.record.columns import read_mapping
from handrail.edit.record.forget import forget_person
from handrail.edit.record.imports import WANTED, record_table
from handrail.edit.record.issues import record_issues
from handrail.edit.record.moments import Order
from handrail.edit.record.proposal import proposal
from handrail.edit.record.search_console import Span, record_search
from handrail.edit.record.told import Told
from handrail.errors import UsageError
from handrail.model.dates import parse_day
from handrail.model.record_rows import READ, RUNS, SURVEY, RecordFile
from handrail.report.plain import disarmed
from handrail.text.visible import one_line
from handrail.words.language import count_of

_SHOWN = 5
"""So many places of each reason are named."""


class _Sources(click.Group):
    """Says in our words that there is no such source, and lists them in their own order."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise UsageError(wording.no_such_command(f"record {args[0]}", [f"record {name}" for name in self.commands]))
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Sources,
    invoke_without_command=True,
    short_help="Record how procedures went, from issues and exports.",
)
@click.pass_context
def command(context: click.Context) -> Any:
    """Record how procedures went, as rows of ids, digits and days in the folder records beside the site's settings.

    Nothing that people wrote is taken over, and no row is taken out unless somebody is to be forgotten. The same file may come again, or a longer one:
    only what is new is added. What can't be counted is told and left out, and the exit code is 0 all the same.
    """
    if context.invoked_subcommand is None:
        raise UsageError(
            "Say what to record, such as `handrail record issues FILE`; `handrail record --help` explains it."
        )


@command.command(short_help="What readers told by the forms “It worked”, “Something was wrong” and “Run”.")
@click.argument("file", metavar="FILE")
@click.option(
    "--answer", metavar="FILE", help="Where to write what a workflow says of it: a commit's and a pull request's words."
)
@click.option(
    "--private",
    is_flag=True,
    help="The repository is private, so that confirmed readings are recorded as the settings say.",
)
@common.of_a_project
def issues(*, file: str, answer: str | None, private: bool, today: str | None, config: str | None) -> int:
    """Record the issues that readers opened by the forms at the foot of a page.

    FILE holds what the forge lists, as JSON. For GitHub, this prints it:

      gh api --paginate --slurp "repos/OWNER/NAME/issues?state=all"

    Counted are issues whose text is as the form left it, that name a procedure and a text that it has or had, once a day
    for an account and a page, and at most 20 a day of an account. An issue that was read once is not read again, but for
    whether a report is still open.

    Who has read what is recorded only where the setting `read_records` says so: `private` with --private, `public` always. It
    counts when somebody's own account sent it, the handle in the list of people.
    """
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    told = record_issues(handbook, Path(file), is_private=private)
    if answer is not None:
        text = json.dumps(proposal(told, handbook.settings), indent=2)
        Path(answer).write_text(text + "\n", "utf-8", newline="\n")
    _tell(file, told)
    return 0


_MAP = click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=HEAD",
    help='Which column of the file says what, such as minutes="How long did it take?"; may be given several times.',
)
_DATES = click.option(
    "--dates",
    type=OneOf(["day-first", "month-first"]),
    help="How to read dates such as 3/4/2026, where no other in the file tells.",
)


@command.command(short_help="Runs of procedures, from a table that another tool exported.")
@click.argument("file", metavar="FILE")
@_MAP
@_DATES
@common.of_a_project
def runs(*, file: str, mapping: tuple[str, ...], dates: Order | None, today: str | None, config: str | None) -> int:
    """Record runs of procedures from a CSV, or a ZIP that holds one, such as the export of Google Forms or Typeform.

    Its columns are known by their names: date (or the time stamp of a form), procedure, result; and, where it has them,
    text, step and minutes. A result is worked, done, ok, yes or success; wrong, failed, error, no or issue; or stopped.
    A procedure is named by its id or its title.
    """
    return _table(RUNS, file, mapping, dates, today, config)


@command.command(short_help="Answers how likely somebody would recommend a procedure, from such a table.")
@click.argument("file", metavar="FILE")
@_MAP
@_DATES
@common.of_a_project
def survey(*, file: str, mapping: tuple[str, ...], dates: Order | None, today: str | None, config: str | None) -> int:
    """Record how likely people would recommend procedures, from a CSV or a ZIP that holds one, as form tools export it.

    Its columns are known by their names: date (or the time stamp of a form), procedure, score from 0 to 10; and text,
    where it has it. A procedure is named by its id or its title.
    """
    return _table(SURVEY, file, mapping, dates, today, config)


def _table(
    file: RecordFile, path: str, mapping: tuple[str, ...], order: Order | None, today: str | None, config: str | None
) -> int:
    heads = read_mapping(mapping, WANTED[file])
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    _tell(path, record_table(handbook, file, Path(path), heads, order))
    return 0


@command.command(short_help="How often a search showed the pages, from the Search Console's export.")
@click.argument("file", metavar="FILE")
@click.option("--from", "start", metavar="DATE", help="The first day that the file is about, where it does not say so.")
@click.option("--to", "end", metavar="DATE", help="The last one.")
@click.option("--config", metavar="FILE", help=common.CONFIG_HELP)
def search(file: str, start: str | None, end: str | None, config: str | None) -> int:
    """Record how often a web search showed each page of the site.

    FILE is what Google's Search Console exports: the ZIP, or its table of pages as CSV with --from and --to.
    """
    project = common.open_project(config)
    _tell(file, record_search(project, Path(file), Span(_a_day("--from", start), _a_day("--to", end))))
    return 0


@command.command(short_help="Take out who has read what, of one person.")
@click.argument("person", metavar="PERSON")
@click.option("--config", metavar="FILE", help=common.CONFIG_HELP)
def forget(person: str, config: str | None) -> int:
    """Take out of records/read.csv all that PERSON has confirmed, by id or full name, also of one whom the list has no more.

    The rows are gone from the file as it stands. Git keeps the former files: who may see its history still finds them there,
    until the history is written anew.
    """
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, None))
    count = forget_person(handbook, person)
    rows = count_of(count, "row")
    if not count:
        common.write(f"{READ.path} holds nothing of {disarmed(one_line(person))}.\n")
        return 0
    common.write(
        f"{READ.path}: {rows} of {disarmed(one_line(person))} taken out. Git keeps the former file: whoever sees the history still "
        "finds them there, until it is written anew.\n"
    )
    return 0


def _a_day(option: str, text: str | None) -> date | None:
    day = parse_day(text)
    if text is not None and day is None:
        raise UsageError(f"{option} can't be `{text}`; write a day such as 2026-03-31.")
    return day


def _tell(file: str, told: Told) -> None:
    common.write("".join(f"{disarmed(one_line(line))}\n" for line in _lines(file, told)))


def _lines(file: str, told: Told) -> Iterator[str]:
    yield f"{Path(file).name} holds {told.read}."
    for records, added in told.added.items():
        known = f"; {added.known} there already" if added.known else ""
        if added.new or known:
            yield f"{records.path}: {count_of(added.new, 'new row') if added.new else 'nothing new'}{known}."
    yield from told.notes
    if told.left_out:
        yield f"Left out: {len(told.left_out)}."
    for why, places in told.by_reason.items():
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        yield f"- {', '.join(places[:_SHOWN])}{more}: {why}."
