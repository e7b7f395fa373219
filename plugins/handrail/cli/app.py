"""The command and its subcommands; each is a module of this folder that is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from handrail import __version__
from handrail.cli import wording
from handrail.errors import UsageError

COMMANDS = {
    "init": "Begin a new handbook in a folder.",
    "adopt": "Begin with a handbook that is there already.",
    "check": "Say what is wrong in the handbook.",
    "rule": "Explain a rule, or list them all.",
    "kind": "Explain a kind of page, or list them all.",
    "report": "Print a list, such as toc, stale or queue.",
    "doctor": "Say whether the way from goal to meeting holds.",
    "diff": "Say what a change does to the handbook.",
    "new": "Begin a page from a template.",
    "sign": "Sign a page, or show how its sign-off stands.",
    "hand-over": "Hand over to somebody else what one person carries.",
    "record": "Record how procedures went, from issues and exports.",
    "fetch-images": "Bring the pictures of other hosts into the handbook.",
    "build": "Build the site, and of it only what can have changed.",
    "generate": "Write the handbook as Zensical reads it.",
    "finish": "Finish the site that Zensical has made.",
    "verify": "Prove that a finished site holds what it may, and no more.",
    "editors": "Write what editors need to help with a page's fields.",
    "codeowners": "Write who reviews which page: CODEOWNERS.",
    "export": "Write a page with forms in which authors edit: cms.",
}
"""Each command with what it does; its module has the command's name, with `_` for `-`."""


class _Commands(click.Group):
    """Imports a command only when it is the one to run: a check must not wait for what `new` needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"handrail.cli.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UsageError(wording.no_such_command(args[0], list(COMMANDS)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="handrail")
@click.pass_context
def app(context: click.Context) -> Any:
    """Handbook as code: check, list, begin and sign the pages of a handbook in Markdown."""
    if context.invoked_subcommand is None:
        # A script whose command got lost must not look like one that ran.
        raise UsageError(f"Say which command to run: {', '.join(COMMANDS)}; `handrail --help` explains them.")
