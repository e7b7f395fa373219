"""`handrail adopt`: begin with a handbook that is there already, as it is."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handrail.build.today import day_of
from handrail.cli import adopt_fix, adopt_screen, adopt_step, common
from handrail.cli.wording import OneOf
from handrail.edit.adopt.by_hand import inherits_plugins
from handrail.edit.adopt.configuration import with_extension, with_home, with_options
from handrail.edit.adopt.new_configuration import new_configuration
from handrail.edit.adopt.opening import Opened, open_folder
from handrail.edit.adopt.proposal import Proposal, propose
from handrail.edit.all_or_none import Change, write_all
from handrail.errors import UsageError
from handrail.model.project import values_in
from handrail.model.settings import Settings
from handrail.rendering.extensions import FOR_ZENSICAL
from handrail.rules.baseline import read_baseline
from handrail.rules.baseline_file import text_of

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.project import Project
    from handrail.model.settings import Visibility

_ALL = "all"
"""What `--fix` and `--step` say where they name none."""


@click.command(short_help="Begin with a handbook that is there already.")
@click.option("--look", is_flag=True, help="Say what is there, and change nothing.")
@click.option("--yes", is_flag=True, help="Write without asking; what a step has to ask stays open.")
@click.option(
    "--visibility", type=OneOf(["public", "internal"]), help="Who may read the pages: everyone, or the staff."
)
@click.option(
    "--fix", metavar="[KIND]", is_flag=False, flag_value=_ALL, help="Edit pages: one kind of edits, or list the kinds."
)
@click.option(
    "--step",
    metavar="[STEP]",
    is_flag=False,
    flag_value=_ALL,
    help="Go on by one step, or list the steps that are left.",
)
@click.option("--in", "folder", metavar="FOLDER", help="Take the step in this folder of the pages only.")
@common.of_a_project
def command(  # noqa: PLR0913 - one argument an option
    *,
    look: bool,
    yes: bool,
    visibility: str | None,
    fix: str | None,
    step: str | None,
    folder: str | None,
    today: str | None,
    config: str | None,
) -> int:
    """Begin with a handbook that is there already, in this folder: no page is changed.

    It writes what the handbook needs to be built as it is: `mkdocs.yml`, or a few lines of it below `plugins`, and the list
    of what is wrong today, so that only what is new stops a build. It shows what it would write, and asks. A second
    run finds nothing left to do.

    With --fix it edits pages where a program can be sure of what was meant, one kind of edits at a time: links to x.html, boxes
    of GitBook, and others. It shows every line that it would change.

    With --step it goes on: pages become documents, as drafts, one step at a time. It asks what only a person knows, one key an
    answer, and shows what it would write. Each step is one commit, and one git revert undoes it.
    """
    if folder is not None and step is None:
        raise UsageError("--in belongs to --step: name the step that is to be taken in this folder.")
    settings = _config_file(config)
    if config is None and settings is not None and settings.parent.name:
        common.write(adopt_screen.above(settings))
    opened = open_folder(Path.cwd(), settings, day_of(Settings(), today))

    def load(project: Project) -> Handbook:
        return common.read_handbook(project, common.the_day(project, today))

    if fix is not None:
        return _fix(load(opened.project), fix, yes=yes)
    if step is not None:
        if opened.raw is None or not opened.project.is_switched_on:
            raise UsageError("Handrail is not switched on here yet: run handrail adopt first, and then take its steps.")
        return _step(load(opened.project), step, folder, yes=yes)
    _refuse_another(opened, visibility)
    wanted = "public" if look else _visibility(opened, visibility, yes=yes)
    proposal = propose(opened.project, opened.given, wanted, load)
    if look:
        common.write(adopt_screen.looked(opened, proposal))
        return 0
    changes = _changes(opened, proposal)
    common.write(adopt_screen.proposed(opened, proposal, changes))
    if changes:
        _ask_to_write(yes=yes)
        write_all(opened.project.root, changes)
        common.write(adopt_screen.written(opened, changes))
    return int(bool(proposal.remaining))


def _fix(handbook: Handbook, name: str, *, yes: bool) -> int:
    if name != _ALL:
        return adopt_fix.make(handbook, name, yes=yes)
    common.write(adopt_fix.listed(handbook))
    return 0


def _step(handbook: Handbook, name: str, folder: str | None, *, yes: bool) -> int:
    if name != _ALL:
        return adopt_step.take(handbook, name, folder, yes=yes)
    common.write(adopt_step.listed(handbook, folder))
    return 0


def _config_file(config: str | None) -> Path | None:
    """Return the configuration to add to: the one that is named, else the nearest one, if this folder is one of its pages."""
    if config is not None:
        return Path(config)
    nearest = common.nearest_config()
    if nearest is None or nearest.parent == Path.cwd():
        return nearest if nearest is None else Path(nearest.name)
    # Another project above, such as that of the program which a handbook lies beside, is none of its business.
    said = (values_in(nearest.read_text("utf-8-sig", "replace")) or {}).get("docs_dir")
    pages = nearest.parent / (said if isinstance(said, str) else "docs")
    return Path(os.path.relpath(nearest)) if Path.cwd().is_relative_to(os.path.realpath(pages)) else None


def _visibility(opened: Opened, said: str | None, *, yes: bool) -> Visibility:
    """Return who may read the pages, for a handbook whose settings don't say it."""
    if said is None and not yes and "visibility" not in opened.given and common.is_asked():
        count = len(opened.pages.pages)
        question = f"May everyone read these pages ({count}) on the site? Otherwise they are for the staff only"
        return "public" if click.confirm(question, err=True) else "internal"
    return "internal" if said == "internal" else "public"


def _refuse_another(opened: Opened, said: str | None) -> None:
    """Raise UsageError where other people may read the pages than the command line says: nothing that is set is changed."""
    given = opened.given.get("visibility")
    stands = given.get(".") if isinstance(given, dict) else given
    if said is not None and "visibility" in opened.given and stands != said:
        place = opened.project.words_for("visibility")
        raise UsageError(
            f"{place} says already who may read the pages, and not that they are {said}; change it there, or leave out --visibility."
        )


def _changes(opened: Opened, proposal: Proposal) -> list[Change]:
    """Return the files that would be written; raises UsageError where the settings have to be written by hand."""
    before, after = opened.raw, _settings(opened, proposal)
    changes = [Change(opened.project.config_file.name, before, after)] if after != before else []
    baseline = proposal.handbook.settings.baseline
    # One that lists nothing is written too: a second run must not take what has come since for known.
    if read_baseline(proposal.handbook.project, may_be_missing=True) is None:
        changes.append(Change(baseline, None, text_of(proposal.known).encode()))
    return changes


def _settings(opened: Opened, proposal: Proposal) -> bytes:
    if opened.raw is None:
        keys = {**opened.keys, "extra": {"homepage": proposal.home}} if proposal.home else opened.keys
        return new_configuration(keys, proposal.options).encode()
    mark = BOM_UTF8 if opened.raw.startswith(BOM_UTF8) else b""
    inherits = inherits_plugins(opened.project.config_file)
    added = with_options(opened.raw.decode("utf-8-sig"), proposal.options, inherits_plugins=inherits)
    if added is None:
        lines, why = adopt_screen.by_hand(opened, proposal)
        common.write(lines)
        raise UsageError(why)
    if proposal.home:
        added = with_home(added, proposal.home) or added
    if not opened.project.markdown.keep_zensical_out:
        added = with_extension(added, FOR_ZENSICAL) or added
    return mark + added.encode()


def _ask_to_write(*, yes: bool) -> None:
    if yes:
        return
    if not common.is_asked():
        raise UsageError(
            "Nothing is written: add --yes to write this, with --visibility internal where not everyone may read it."
        )
    if not click.confirm("Write this?", err=True):
        raise click.Abort
