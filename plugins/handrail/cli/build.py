"""`handrail build`: build the site, and of it only what can have changed."""

from __future__ import annotations

import os
from pathlib import Path

import click

from handrail.cli import common
from handrail.cli.common import CONFIG_HELP
from handrail.engines.run import build_site
from handrail.words.language import count_of


@click.command(short_help="Build the site, and of it only what can have changed.")
@click.option("-f", "--config", "--config-file", "config", metavar="FILE", help=CONFIG_HELP)
@click.option("-d", "--site-dir", metavar="FOLDER", help="Where to put the site, if not where `site_dir` says.")
@click.option("-s", "--strict", is_flag=True, help="Fail where MkDocs warns of something.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what stops the build.")
def command(*, config: str | None, site_dir: str | None, strict: bool, quiet: bool) -> int:
    """Build the site as `mkdocs build` does, byte for byte, for those who build often: only pages and files that can have changed are written.

    What the last build left is kept in `.cache` and believed as long as nobody has touched a file of the site. A plugin or a theme that may
    make anything of any page has all pages made at each build; then one line says which it is.

    It ends with 0 where the site is built, with 1 where findings (or warnings, with --strict) stop the build.
    """
    config_file = common.config_file(config)
    built = build_site(config_file, site_dir=site_dir, strict=strict, quiet=quiet)
    if built is None:
        return 1
    if not quiet:
        place = Path(os.path.relpath(built.site)).as_posix()
        click.echo(built.why_all, err=True, nl=bool(built.why_all))
        anew = f": {count_of(built.pages, 'page')}, {built.made or 'none'} of them made anew" if built.pages else ""
        common.write(f"The site is in {place}/{anew}.\n")
    return 0
