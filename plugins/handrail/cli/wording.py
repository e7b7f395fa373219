"""What the command says where it can't go on: one plain sentence, whoever noticed."""

from __future__ import annotations

from typing import Any

import click

from handrail.errors import UsageError
from handrail.model.nearest import nearest


class OneOf(click.Choice[str]):
    """An option or argument that is one of a few words; says so in our words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word that was meant; raises UsageError where there is none."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            words = [str(choice) for choice in self.choices]
            close = nearest(str(value), words)
            advice = f"did you mean `{close}`?" if close else f"it is one of {', '.join(words)}."
            raise UsageError(f"{_parameter(param)} can't be `{value}`; {advice}") from error


def no_such_command(name: str, commands: list[str]) -> str:
    """Say that there is no such command, and which one was probably meant."""
    close = nearest(name, commands)
    advice = f"did you mean `{close}`?" if close else f"there are {', '.join(commands)}."
    return f"There is no command `{name}`; {advice}"


def of_click(error: click.ClickException) -> str:
    """Return click's complaint as a sentence of ours that names the way to help."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "handrail"
    help_ = f"`{path} --help` shows how it is used."
    match error:
        case click.NoSuchOption():
            names = [name for param in context.command.get_params(context) for name in param.opts] if context else []
            close = nearest(error.option_name, names)
            advice = f"did you mean `{close}`?" if close else f"`{path} --help` lists the options."
            return f"There is no option `{error.option_name}`; {advice}"
        case click.MissingParameter():
            return f"{_parameter(error.param)} is missing; {help_}"
        case click.BadParameter():
            return f"{_parameter(error.param)} is not usable: {error.message.rstrip('.')}; {help_}"
        case click.BadOptionUsage():
            return f"{error.message.rstrip('.')}; {help_}"
        case _:
            return f"{error.format_message().rstrip('.')}; {help_}"


def _parameter(param: click.Parameter | None) -> str:
    if isinstance(param, click.Argument):
        return param.human_readable_name
    return max(param.opts, key=len) if param is not None else "A part of the command"
