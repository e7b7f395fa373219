"""`handrail generate`: write the handbook as Zensical reads it."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

import click

from handrail.cli import common
from handrail.engines.zensical.generate import Written, generate
from handrail.engines.zensical.kept_out import let_in_by_settings
from handrail.engines.zensical.place import Place, place_of
from handrail.engines.zensical.watch import changes, places_of
from handrail.errors import HandrailError
from handrail.words.language import count_of


@click.command(short_help="Write the handbook as Zensical reads it.")
@click.option("--watch", is_flag=True, help="Go on, and write anew what changes, until Ctrl-C.")
@click.option("--to", metavar="FOLDER", help="Write it there, and not into the project's cache.")
@click.option("--config", metavar="FILE", help=common.CONFIG_HELP)
def command(*, watch: bool, to: str | None, config: str | None) -> int:
    """Write the handbook as Zensical, another program that makes sites, reads it: only what may be published, with the pages that Handrail makes.

    The handbook is checked first, as a build checks it. Zensical itself runs no plugin, and would publish every page; so never let it read the
    pages themselves.
    """
    project = common.open_project(config)
    place = place_of(project, to)
    for sentence in let_in_by_settings(project):
        click.echo(sentence, err=True)
    if not watch:
        written = generate(project, place)
        if written.left_out:
            click.echo(written.left_out, err=True)
        common.write(f"{_said(written, place)}\n")
        return 0
    for _ in changes(partial(places_of, project), time.sleep):
        try:
            common.write(f"{_said(generate(common.open_project(config), place), place)}\n")
        except HandrailError as error:
            click.echo(f"{error}\nWhat was written last stays as it is.", err=True)
    return 0


def _said(written: Written, place: Place) -> str:
    where = Path(os.path.relpath(place.settings)).as_posix()
    return (
        f"Wrote {count_of(written.pages, 'page')}, {written.generated} of them made by Handrail. Go on with:\n"
        f"  zensical build --strict --config-file {where}\n  handrail finish"
    )
