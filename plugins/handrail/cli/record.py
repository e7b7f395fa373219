"""`handrail record`: record how procedures went, from the forge's issues and from what other tools export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from handrail.cli import common, wording
from handrail.edit.record.issues import record_issues
from handrail.edit.record.proposal import proposal
from handrail.edit.record.told import Told
from handrail.errors import UsageError
from handrail.report.plain import disarmed
from handrail.text.visible import one_line
from handrail.words.language import count_of

_SHOWN = 5
"""So many places of each reason are named."""


class _Sources(click.Group):
    """Says in our words that there is no such source."""

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
    """Record how procedures went, as rows of ids, digits and days in the folder records beside mkdocs.yml.

    Nothing that people wrote is taken over, and no row is ever taken out. The same file may come again, or a longer one:
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
@common.of_a_project
def issues(file: str, answer: str | None, today: str | None, config: str | None) -> int:
    """Record the issues that readers opened by the forms at the foot of a procedure.

    FILE holds what the forge lists, as JSON. For GitHub, this prints it:

      gh api --paginate --slurp "repos/OWNER/NAME/issues?state=all"

    Counted are issues whose text is as the form left it, that name a procedure and a text that it has or had, once a day
    for an account and a page, and at most 20 a day of an account. An issue that was read once is not read again, but for
    whether a report is still open.
    """
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    told = record_issues(handbook, Path(file))
    if answer is not None:
        text = json.dumps(proposal(told, handbook.settings), indent=2)
        Path(answer).write_text(text + "\n", "utf-8", newline="\n")
    _tell(file, told)
    return 0


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
