"""`handrail finish`: finish the site that Zensical has made."""

from __future__ import annotations

import os
from pathlib import Path

import click

from handrail.cli import common
from handrail.engines.zensical.finish import finish
from handrail.engines.zensical.place import place_of
from handrail.errors import UsageError
from handrail.model.project import Project
from handrail.words.language import count_of


@click.command(short_help="Finish the site that Zensical has made.")
@click.argument("site", required=False, metavar="[SITE]")
@click.option("--from", "form", metavar="FOLDER", help="Where `handrail generate --to` has written to.")
@click.option("--to", metavar="FOLDER", help="Put the finished site there, and not where `site_dir` says.")
@click.option("--config", metavar="FILE", help=common.CONFIG_HELP)
def command(*, site: str | None, form: str | None, to: str | None, config: str | None) -> int:
    """Finish the site that Zensical has made in SITE, of what `handrail generate` wrote, and put it where `site_dir` says.

    Its pages say what browsers may run, what they are about, and where else they are; the search asks the finder; and what no generator makes
    is added: old addresses that lead on, the feed, Markdown twins, calendars, and data. SITE itself stays as it is.
    """
    project = common.open_project(config)
    place = place_of(project, form)
    made_at = Path(site) if site else place.site
    finished = _folder(project, made_at, to)
    done = finish(project, place, made_at, finished)
    where = Path(os.path.relpath(finished)).as_posix()
    for sentence in done.said:
        click.echo(sentence, err=True)
    common.write(
        f"The site is finished, in {where}: {count_of(done.pages, 'page')}, {done.files} files. Go on with:\n  handrail verify {where}\n"
    )
    return 0


def _folder(project: Project, made_at: Path, to: str | None) -> Path:
    if not made_at.is_dir():
        raise UsageError(
            f"There is no folder {made_at}; let Zensical build the site first, or name the folder that it lies in."
        )
    folder = Path(os.path.abspath(to)) if to else project.site_dir  # noqa: PTH100 - links are not followed
    if folder.resolve().is_relative_to(made_at.resolve()) or made_at.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"The finished site can't lie where Zensical's own lies, {made_at}; name another folder with --to."
        )
    if to and folder.is_dir() and any(folder.iterdir()) and not (folder / "index.html").is_file():
        raise UsageError(f"{to} holds something else than a site, and would be emptied; name another folder.")
    return folder
