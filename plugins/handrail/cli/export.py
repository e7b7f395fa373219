"""`handrail export`: write what other tools need of the handbook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click

from handrail.cli import common
from handrail.edit.files import put
from handrail.errors import UsageError
from handrail.forge.forge import Forge, style_of
from handrail.history.root import repository_root
from handrail.model.project import Project
from handrail.report.summary import counted
from handrail.web.cms.backend import backend_of
from handrail.web.cms.config import configuration
from handrail.web.cms.page import MARK, files
from handrail.words.language import join_words

_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*")


@click.group(short_help="Write forms for authors: cms.")
def command() -> None:
    """Write what other tools need of the handbook."""


@command.command("cms", short_help="Write a page with forms in which authors edit.")
@click.option(
    "--to", "address", metavar="ADDRESS", default="admin", show_default=True, help="Where on the site the page lies."
)
@click.option(
    "--sign-in", default="", metavar="URL", help="What signs people in to GitHub; without it they use a token."
)
@click.option(
    "--app-id", default="", metavar="ID", help="The application's id on GitLab or Gitea; without it they use a token."
)
@click.option("--check", is_flag=True, help="Write nothing; end with 1 where the page is out of date.")
@common.of_a_project
def cms(*, address: str, sign_in: str, app_id: str, check: bool, today: str | None, config: str | None) -> int:
    """Write a page on which authors edit in forms, with Sveltia CMS, which runs in the browser.

    Its forms ask for what each kind of page asks for, also for kinds of your own. Who may change the handbook is what the forge says;
    on GitHub and GitLab what is saved becomes a proposal that others review.

    The page is on the site only where the setting `assets` names its files.
    """
    project = common.open_project(config)
    place = address.strip("/")
    if not _ADDRESS.fullmatch(place):
        raise UsageError(
            f"`{address}` is no address on the site; write one such as admin, in letters, digits and hyphens."
        )
    folder = project.docs_dir / place
    strange = _strange(folder)
    if strange:
        raise UsageError(
            f"{project.from_root(place)}/{strange} is not part of such a page; choose another address with --to."
        )
    wanted = _wanted(project, sign_in, app_id, today)
    old = [
        name
        for name, text in wanted.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]
    if check:
        return _judged(project.from_root(place), old, is_there=folder.is_dir())
    for name in old:
        put(folder / name, wanted[name])
    common.write(_written(project, place, wanted, len(old)))
    return 0


def _wanted(project: Project, sign_in: str, app_id: str, today: str | None) -> dict[str, str]:
    """Return the files as they should be."""
    forge = Forge.of(project.repo_url, project.edit_uri)
    style = forge.style if forge is not None else style_of(project.repo_url)
    if style is None:
        raise UsageError(
            f"Nothing says on which forge the handbook lies; write its address in {project.config_file.name}, such as "
            "`repo_url: https://github.com/acme/handbook`."
        )
    branch = forge.branch if forge is not None else ""
    backend = backend_of(project.repo_url, style, branch, sign_in, app_id)
    root = repository_root(project.root) or project.root
    if not project.docs_dir.is_relative_to(root):
        raise UsageError(
            f"The folder {project.docs_dir.name} lies outside the repository {root.name}, in which the forms save."
        )
    handbook = common.read_handbook(project, common.the_day(project, today))
    return files(configuration(handbook, project.docs_dir.relative_to(root).as_posix(), backend), backend.hosts)


def _strange(folder: Path) -> str:
    """Return the name of a file of the folder that is none of ours; empty where there is none."""
    if not folder.exists():
        return ""
    index = folder / "index.html"
    if index.is_file() and MARK in index.read_text("utf-8", "replace"):
        return ""
    return next((path.name for path in sorted(folder.iterdir())), "") if folder.is_dir() else folder.name


def _judged(place: str, old: list[str], *, is_there: bool) -> int:
    if not old:
        common.write(f"{place} is up to date.\n")
    elif is_there:
        common.write(f"{place} is out of date in {join_words(old)}; `handrail export cms` writes it anew.\n")
    else:
        common.write(f"There is no {place} yet; `handrail export cms` writes it.\n")
    return 1 if old else 0


def _written(project: Project, place: str, names: Iterable[str], number: int) -> str:
    where = project.from_root(place)
    said = f"Wrote {counted(number, 'file')} in {where}.\n" if number else f"{where} is up to date.\n"
    missing = [path for name in sorted(names) if (path := f"{place}/{name}") not in project.settings.assets]
    if not missing:
        return f"{said}On the site it lies at /{place}/.\n"
    return (
        f"{said}It is not on the site. To have it there at /{place}/, name its files in {project.config_file.name}, below `handrail:`:\n"
        f"  assets: [{', '.join(missing)}]\n"
    )
