"""`handrail new`: begin a page from a template."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handrail.cli import common
from handrail.cli.wording import OneOf
from handrail.edit import new, next_plan
from handrail.edit.files import create
from handrail.errors import UsageError
from handrail.model.names import folded
from handrail.model.nearest import nearest
from handrail.model.references import PLAN
from handrail.model.settings import VISIBILITIES, Visibility

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.kinds import Kind


@click.command(short_help="Begin a page from a template.")
@click.argument("kind", required=False)
@click.argument("id_", required=False, metavar="[ID]")
@click.option("--in", "folder", metavar="FOLDER", help="Where to put it, below the folder of the pages.")
@click.option("--title", help="What readers call it; the id is made of it where none is given.")
@click.option("--visibility", type=OneOf(list(VISIBILITIES)), help="Who may read it; internal, where nothing is said.")
@click.option("--period", help="The period of a VPMOM, such as FY28; the next fiscal year, where none is given.")
@click.option(
    "--from", "earlier", metavar="PLAN", help="The plan that the next one goes on from, such as finance@FY27."
)
@click.option("--stdout", "printed", is_flag=True, help="Print the page and write nothing.")
@common.of_a_project
def command(  # noqa: PLR0913 - one argument an option
    *,
    kind: str | None,
    id_: str | None,
    folder: str | None,
    title: str | None,
    visibility: Visibility | None,
    period: str | None,
    earlier: str | None,
    printed: bool,
    today: str | None,
    config: str | None,
) -> int:
    """Begin a page of a KIND (sop, vpmom, department, …) from a template, as a draft.

    `handrail new vpmom finance --from finance@FY27` begins the plan of the next period with what that one wants, without its results
    and signatures. In a terminal it asks for what is missing.
    """
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    wanted = new.find_kind(handbook, kind or _asked_kind(handbook))
    if period and wanted.name != PLAN:
        raise UsageError("Only a VPMOM has a period; leave out --period.")
    if earlier is not None and wanted.name != PLAN:
        raise UsageError("Only a VPMOM goes on from an earlier one; leave out --from.")
    wish, begin = _begun(handbook, wanted, id_, title, period, earlier, printed=printed)
    wish = replace(wish, folder=_folder(handbook, wish, folder, needed=not printed))
    begin(wish)  # Whoever can't have the page is told before more is asked.
    wish = replace(wish, visibility=_visibility(handbook, wish, visibility), lead=_lead(wish))
    page = begin(wish)
    if printed:
        common.write(page.text)
        return 0
    create(project.docs_dir / page.src_uri, page.text)
    common.write(
        f"Created {os.path.relpath(project.docs_dir / page.src_uri)}. Write it, with the lines that begin with # as a "
        f"guide, and then run `handrail check`; `handrail kind {wish.kind.name}` explains the fields.{_said_of_readers(handbook, wish)}\n"
    )
    return 0


def _begun(  # noqa: PLR0913 - as the command is told
    handbook: Handbook,
    kind: Kind,
    id_: str | None,
    title: str | None,
    period: str | None,
    earlier: str | None,
    *,
    printed: bool,
) -> tuple[new.Wish, Callable[[new.Wish], new.Beginning]]:
    """Return the page that is wanted, and what begins it."""
    if earlier is not None:
        return _wished_next(handbook, kind, id_, title, period, earlier, printed=printed)
    is_plan = kind.name == PLAN
    wish = _wished_plan(handbook, kind, id_, title, period) if is_plan else _wished(kind, id_, title)
    return wish, partial(new.begin, handbook)


def _wished_next(  # noqa: PLR0913 - as the command is told
    handbook: Handbook,
    kind: Kind,
    id_: str | None,
    title: str | None,
    period: str | None,
    earlier: str,
    *,
    printed: bool,
) -> tuple[new.Wish, Callable[[new.Wish], new.Beginning]]:
    plan = next_plan.find_plan(handbook, earlier)
    line = plan.page.id
    if id_ is not None and id_ != line:
        raise UsageError(
            f"{earlier} is a plan of the line `{line}`, and so is the next one; write `handrail new vpmom {line} --from {earlier}`."
        )
    year_end = handbook.settings.fiscal_year_end
    after = next_plan.following(plan, year_end, period or "")
    if after is None:
        said = f"Name the period that follows {plan.name}: add --period."
        after = next_plan.following(plan, year_end, _ask(f"Period that follows {plan.name}", "", said))
    if after is None:
        raise click.Abort
    there = next_plan.announced(handbook, plan, after)
    title = title or (there.title if there is not None else next_plan.next_title(plan, after.name))
    title = new.check_title(title or _usual_title(handbook, line, after.name))
    wish = new.Wish(kind, line, title, "", period=after.name)
    if there is not None and there.visibility is not None:
        wish = replace(wish, visibility=there.visibility)

    def begin(wish: new.Wish) -> new.Beginning:
        return next_plan.begin_next(handbook, wish, plan, after, is_printed=printed)

    return wish, begin


def _wished(kind: Kind, id_: str | None, title: str | None) -> new.Wish:
    usual_id, usual_title = new.USUAL.get(kind.name, ("", ""))
    if title is None:
        suggested = new.title_of(id_) if id_ else usual_title
        title = _ask("Title", suggested, f"Say what the {kind.noun} is called: add --title, or an id.")
    title = new.check_title(title)
    if id_ is None:
        suggested = usual_id or new.slug(title)
        id_ = _ask("Id, which never changes", suggested, "No id can be made of this title; name one behind the kind.")
    return new.Wish(kind, new.check_id(id_), title, "")


def _wished_plan(handbook: Handbook, kind: Kind, id_: str | None, title: str | None, period: str | None) -> new.Wish:
    year_end = handbook.settings.fiscal_year_end
    if id_ is None:
        id_ = _ask("Line, such as finance", "", "Name the line of the plan: `handrail new vpmom finance`.")
    id_ = new.check_id(id_)
    period = new.check_period(period or _ask("Period", new.next_period(handbook.today, year_end)), year_end)
    title = title if title is not None else _ask("Title", _usual_title(handbook, id_, period))
    return new.Wish(kind, id_, new.check_title(title), "", period=period)


def _usual_title(handbook: Handbook, line: str, period: str) -> str:
    department = next((page.title for page in handbook.departments if page.id == line), new.title_of(line))
    return f"{department} VPMOM {period}"


def _folder(handbook: Handbook, wish: new.Wish, folder: str | None, *, needed: bool) -> str:
    """Return the folder that was named, else where the command runs, else where pages of this kind lie."""
    project, here = handbook.project, Path.cwd().resolve()
    if folder is None and here.is_relative_to(project.docs_dir):
        return new.folder_of_pages(project, ".", here)
    if folder is None:
        usual = new.usual_folder(handbook, wish.kind, wish.id)
        if not needed:
            return usual or ""
        if usual is not None and not common.is_asked():
            return usual
        said = f"Say where to put it, with --in: {wish.kind.plural} lie in several folders."
        folder = _ask(f"Folder in {project.docs_dir.name}", usual or ("." if usual == "" else ""), said)
        if folder == usual:
            return usual
    return _meant_folder(handbook, new.folder_of_pages(project, folder, here))


def _meant_folder(handbook: Handbook, folder: str) -> str:
    """Return a folder that is there, or is meant to be new: a slip of the fingers makes no new one."""
    known = {"", *handbook.files.folders}
    if folded(folder) in map(folded, known) or (handbook.project.docs_dir / folder).is_dir():
        return folder
    close = nearest(folder, sorted(known))
    name = handbook.project.from_root
    if not common.is_asked():
        if close:
            raise UsageError(
                f"There is no folder {name(folder)}; did you mean {name(close)}? If it is to be a new one, make it first."
            )
        return folder
    if close and click.confirm(f"There is no folder {name(folder)}. Use {name(close)}", default=True, err=True):
        return close
    if click.confirm(f"Make the new folder {name(folder)}", default=not close, err=True):
        return folder
    raise click.Abort


def _visibility(handbook: Handbook, wish: new.Wish, given: Visibility | None) -> Visibility:
    """Return who may read the page: whom the command names, else a person in a terminal; raises UsageError for too many."""
    if wish.kind.name == new.ONLY_ONE:
        return wish.visibility
    allowed = new.possible_visibilities(handbook.settings, wish.folder)
    if given is None and common.is_asked():
        usual = new.usual_visibility(handbook.settings, wish.folder)
        answer: Visibility = click.prompt("Who may read it", type=click.Choice(allowed), default=usual, err=True)
        return answer
    if given is not None and given not in allowed:
        where = wish.folder or handbook.project.docs_dir.name
        raise UsageError(
            f"The setting `visibility` says that {where} is {allowed[0]}, so no page in it can be {given}; put the page into "
            "another folder, or change the setting."
        )
    narrowest: Visibility = max(wish.visibility, allowed[0], key=VISIBILITIES.index)
    return given or narrowest


def _lead(wish: new.Wish) -> str:
    return _ask("Who leads it, by id or name", wish.lead) if wish.kind.name == new.DEPARTMENT else wish.lead


def _said_of_readers(handbook: Handbook, wish: new.Wish) -> str:
    """Say where a page will not be seen, and what to write for it to be."""
    audience = handbook.settings.audience
    if wish.kind.name == new.ONLY_ONE or VISIBILITIES.index(wish.visibility) <= VISIBILITIES.index(audience):
        return ""
    allowed = new.possible_visibilities(handbook.settings, wish.folder)
    change = (
        f"to have it there, write `visibility: {audience}` in the page."
        if audience in allowed
        else f"the setting `visibility` keeps its whole folder {allowed[0]}."
    )
    return f" It is {wish.visibility}, so it is not on the {audience} site; {change}"


def _asked_kind(handbook: Handbook) -> str:
    names = list(handbook.kinds)
    return _ask(f"Kind of page ({', '.join(names)})", "", f"Say what to begin: {', '.join(names)}.")


def _ask(question: str, suggested: str, otherwise: str = "") -> str:
    """Return what a person in a terminal answers; elsewhere what is suggested, or else UsageError with `otherwise`."""
    if common.is_asked():
        answer: str = click.prompt(question, default=suggested or None, err=True)
        return answer
    if not suggested:
        raise UsageError(otherwise)
    return suggested
