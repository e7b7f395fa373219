"""What the commands share: finding the project and the day, reading the handbook, and writing to the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from handrail.build.today import day_of
from handrail.errors import UsageError
from handrail.model.config_names import OF_MKDOCS, configs_in
from handrail.model.project import Project, load_project
from handrail.model.urls import SiteAddress

if TYPE_CHECKING:
    from handrail.model.files import Files
    from handrail.model.handbook import Handbook
    from handrail.proof.built import BuiltSite

CONFIG_HELP = "The project's mkdocs.yml or properdocs.yml; the nearest one, where it isn't named."
_PIPED_WIDTH = 100
_WIDEST = 120
_MANY = 400  # pages; fewer are read before anyone would wonder

_Function = TypeVar("_Function", bound=Callable[..., Any])


def of_a_project(function: _Function) -> _Function:
    """Add the options of every command that reads a handbook."""
    function = click.option("--today", metavar="DATE", help="Judge as of this day, such as 2026-03-31.")(function)
    return click.option("--config", metavar="FILE", help=CONFIG_HELP)(function)


def open_project(config: str | None) -> Project:
    """Read the named settings, else the nearest ones in this folder or above it."""
    return load_project(config_file(config))


def config_file(config: str | None) -> Path:
    """Return the named settings, else the nearest ones in this folder or above it; raises UsageError where there are none."""
    if config is not None:
        return Path(config)
    if (nearest := nearest_config()) is not None:
        return nearest
    raise UsageError(
        "There is no mkdocs.yml or properdocs.yml in this folder or above it; run the command in the project's folder, or "
        "name the file with --config."
    )


def nearest_config() -> Path | None:
    """Return the settings in this folder, or else in the nearest one above it that has some."""
    here = Path.cwd()
    found = next((found for folder in (here, *here.parents) if (found := configs_in(folder))), None)
    if found is None:
        return None
    _say_which(found)
    return found[0]


def _say_which(found: Sequence[Path]) -> None:
    """Say on standard error where MkDocs would go by other settings than by the first of these."""
    ours, of_mkdocs = found[0], next((place for place in found if place.name in OF_MKDOCS), None)
    if of_mkdocs is not None and not of_mkdocs.samefile(ours):
        click.echo(
            f"Note: {ours.name} and {of_mkdocs.name} lie side by side. This goes by {ours.name}, as `properdocs build` does; "
            f"`mkdocs build` goes by {of_mkdocs.name}, and so does this with --config {os.path.relpath(of_mkdocs)}.",
            err=True,
        )


def the_day(project: Project, option: str | None) -> date:
    """Return the day that everything is judged by."""
    return day_of(project.settings, option)


def read_handbook(
    project: Project, today: date, files: Files | None = None, read: Callable[[str], bytes | None] | None = None
) -> Handbook:
    """Read every page, with a progress bar where someone watches and has to wait."""
    # Imported here, for a check whose verdict is known reads no page.
    from handrail.history.texts import look_back  # noqa: PLC0415
    from handrail.model.kinds import load_kinds  # noqa: PLC0415
    from handrail.model.loading import load_handbook  # noqa: PLC0415

    return load_handbook(
        project, load_kinds(project.root), today, _watched, files=files, read=read, look_back=look_back
    )


def finished_site(project: Project, folder: str | None) -> BuiltSite:
    """Open a project's finished site, in this folder or where it is built; raises UsageError where it isn't there."""
    from handrail.proof.built import BuiltSite  # noqa: PLC0415 - most commands look at no site

    place = Path(folder) if folder else Path(os.path.relpath(project.site_dir))
    if not place.is_dir():
        raise UsageError(f"There is no folder {place}; build the site first, or name the folder that it lies in.")
    return BuiltSite(place, SiteAddress.of(project.site_url))


def _watched(paths: Iterable[str], count: int) -> Iterable[str]:
    if count < _MANY or not sys.stderr.isatty():
        yield from paths
        return
    with click.progressbar(paths, length=count, label=f"Reading {count} pages", file=sys.stderr) as bar:
        yield from bar


def write(text: str) -> None:
    """Write to standard output; a reader that has seen enough is no error."""
    try:
        click.echo(text, nl=False, color=True)
    except BrokenPipeError:
        # What Python still holds for the closed pipe would raise again at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int:
    """Return how wide text may be: the terminal's width up to what is pleasant to read, and always the same when piped."""
    return min(shutil.get_terminal_size().columns, _WIDEST) if is_terminal() else _PIPED_WIDTH


def is_terminal() -> bool:
    """Say whether a person reads what is written."""
    return sys.stdout is not None and sys.stdout.isatty()


def is_asked() -> bool:
    """Say whether there is a person who can answer questions."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def has_colour() -> bool:
    """Say whether to use colour: in a terminal, unless NO_COLOR or FORCE_COLOR say otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and os.environ.get("TERM") != "dumb"


def explained(head: str, text: str) -> str:
    """Return a text in Markdown under a head, as it is read in a terminal, and as it is where nobody watches."""
    if not is_terminal():
        return f"{head}\n\n{text}"
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.markdown import Markdown  # noqa: PLC0415 - the same
    from rich.text import Text  # noqa: PLC0415 - the same

    console = Console(width=width(), no_color=not has_colour(), highlight=False)
    with console.capture() as capture:
        console.print(Text(head, "bold"), "", Markdown(text), sep="\n")
    return capture.get()
