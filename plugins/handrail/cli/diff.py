"""`handrail diff`: say what a change does to the handbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handrail.cli import common
from handrail.cli.diff_cache import DiffCache
from handrail.cli.reporting import nouns_of
from handrail.cli.wording import OneOf
from handrail.errors import HandrailError, UsageError
from handrail.history.commits import Commits, commits_of, short
from handrail.model.borrowed_settings import with_settings_of
from handrail.model.config_names import CONFIG_NAMES
from handrail.model.files import Files, list_files
from handrail.model.kinds import Kind, load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import Project, load_project
from handrail.model.settings import Settings
from handrail.report.check_cache import CheckCache, Verdict
from handrail.report.diff.data import as_json, read
from handrail.report.diff.markdown import as_markdown
from handrail.report.diff.text import as_text
from handrail.words.language import join_words

if TYPE_CHECKING:
    from handrail.history.brought_out import BroughtOut
    from handrail.history.moves import Between
    from handrail.report.diff.compare import Side
    from handrail.report.diff.model import Diff
    from handrail.text.source import Source

_OWN, _BASE = "own", "base"
_NEW = "new"
_SCHEMAS = "schemas/"


@dataclass(frozen=True, slots=True)
class _Asked:
    """By whose settings the sides are judged, on which day, and where `mkdocs.yml` lies, as the options say it."""

    settings: str
    today: str | None
    config: str | None


@click.command(short_help="Say what a change does to the handbook.")
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option(
    "--format", "format_", type=OneOf(["text", "md", "json"]), default="text", help="For whom: text is for people."
)
@click.option(
    "--settings",
    type=OneOf([_OWN, _BASE]),
    default=_OWN,
    help="Whose settings, schemas and extensions judge: each side's own, or the base's for both, where the change is a stranger's.",
)
@click.option("--fail-on", type=OneOf([_NEW]), help="End with 1 where the change brings an error or a warning.")
@click.option(
    "--from-json", metavar="FILE", help="Print what was told before with --format json; nothing else is read."
)
@common.of_a_project
def command(  # noqa: PLR0913, PLR0917 - an option each
    base: str | None,
    head: str | None,
    format_: str,
    settings: str,
    fail_on: str | None,
    from_json: str | None,
    today: str | None,
    config: str | None,
) -> int:
    """Say what a change does to the handbook: findings, signatures, documents and measures, before and after.

    BASE and HEAD are commits: a branch, a tag, or an id. Without HEAD the files are taken as they lie on disk. To see what
    a branch brings, whatever came to main since: handrail diff $(git merge-base main HEAD)
    """
    if from_json is not None and base is not None:
        raise UsageError("--from-json prints what was told before, and compares nothing; leave BASE out.")
    if from_json is None and base is None:
        raise UsageError("Say what to compare with: the commit before the change, such as main.")
    asked = _Asked(settings, today, config)
    found = read(Path(from_json)) if from_json is not None else _compared(base or "", head, asked)
    if format_ == "json":
        common.write(as_json(found))
    elif format_ == "md":
        common.write(as_markdown(found))
    else:
        common.write(as_text(found, is_coloured=common.has_colour()))
    return int(fail_on == _NEW and found.fails)


def _compared(base: str, head: str | None, asked: _Asked) -> Diff:
    """Tell what a change does, unless it is the one that was told last."""
    config_file = common.config_file(asked.config)
    commits = commits_of(config_file)
    before, after = commits.find(base), commits.find(head) if head is not None else None
    disk = _on_disk(config_file, asked) if after is None and asked.settings == _OWN else None
    known = after or (disk.cache if disk is not None else None)
    cache = DiffCache(commits, before, known, asked.settings) if known is not None else None
    found = cache.recall(asked.today) if cache is not None else None
    if found is None:
        found, settings = _told(commits, config_file, before, after, disk, asked)
        if cache is not None:
            cache.keep(found, settings)
    return found


def _told(
    commits: Commits, config_file: Path, before: str, after: str | None, disk: _Disk | None, asked: _Asked
) -> tuple[Diff, Settings]:
    """Return what a change does, and the settings that said on which day both sides are judged."""
    from handrail.history.brought_out import brought_out  # noqa: PLC0415 - what was told before needs none of it
    from handrail.history.moves import between  # noqa: PLC0415 - as above
    from handrail.report.diff.compare import compare  # noqa: PLC0415 - as above

    with ExitStack() as stack:
        then = stack.enter_context(brought_out(commits, before))
        now = stack.enter_context(brought_out(commits, after)) if after is not None else None
        lender = then.project()
        project = disk.project if disk is not None else _project(lender, now, config_file, asked.settings)
        day = common.the_day(project, asked.today)
        kinds = then.kinds(lender)
        parsed: dict[bytes, Source] = {}
        files = between(config_file.resolve().parent, before, after or "")
        found = compare(
            _side(lender, kinds, day, then, parsed),
            _side(project, _kinds(project, now) if asked.settings == _OWN else kinds, day, now or disk, parsed),
            files,
            asked.settings,
            _remarks(before, after, files, asked.settings),
        )
        return found, project.settings


@dataclass(frozen=True, slots=True)
class _Disk:
    """The files as they lie on disk, with their own settings."""

    project: Project
    files: Files
    cache: CheckCache


def _on_disk(config_file: Path, asked: _Asked) -> _Disk:
    project = load_project(config_file)
    files = list_files(project.docs_dir, project.exclusions)
    return _Disk(project, files, CheckCache(project, common.the_day(project, asked.today), files))


def _project(lender: Project, now: BroughtOut | None, config_file: Path, settings: str) -> Project:
    """Return the project after the change, with its own settings or the base's."""
    if settings == _OWN:
        return now.project() if now is not None else load_project(config_file)
    root = (now.folder / now.commits.config if now is not None else config_file.resolve()).parent
    return with_settings_of(lender, root)


def _kinds(project: Project, now: BroughtOut | None) -> dict[str, Kind]:
    return now.kinds(project) if now is not None else load_kinds(project.root)


def _side(
    project: Project,
    kinds: Mapping[str, Kind],
    day: date,
    where: BroughtOut | _Disk | None,
    parsed: dict[bytes, Source],
) -> Side:
    """Read and judge one side of a change; a verdict on the files on disk is shared with `handrail check`."""
    from handrail.history.texts import look_back  # noqa: PLC0415 - as above
    from handrail.report.diff.compare import Side  # noqa: PLC0415 - as above
    from handrail.rules.check import check  # noqa: PLC0415 - as above

    if isinstance(where, _Disk):
        read = where.cache.read
        handbook = load_handbook(project, kinds, day, files=where.files, read=read, look_back=look_back, parsed=parsed)
        verdict = where.cache.recall()
        report = verdict.report if verdict is not None else check(handbook)
        if verdict is None and not report.failures:
            where.cache.keep(Verdict(report, nouns_of(handbook)))
            handbook.texts.keep_comparisons()
    else:
        past = where.look_back if where is not None else look_back
        handbook = load_handbook(project, kinds, day, look_back=past, parsed=parsed)
        report = check(handbook)
    if report.failures:
        raise HandrailError(" ".join(report.failures))
    return Side(handbook, report, where.commit if where is not None and not isinstance(where, _Disk) else None)


def _remarks(before: str, after: str | None, files: Between, settings: str) -> Iterator[str]:
    if before == after:
        yield f"Both are the same commit, {short(before)}, so there is nothing to compare."
    decides = sorted(path for path in files.touched if path in CONFIG_NAMES or path.startswith(_SCHEMAS))
    if settings == _BASE and decides:
        yield (
            f"The change edits {join_words(decides)}; both sides were judged by what stood there before, so what the new text "
            "would do is not told."
        )
