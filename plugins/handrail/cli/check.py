"""`handrail check`: judge the handbook and say what was found."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from handrail.cli import baseline, common, reporting
from handrail.errors import UsageError
from handrail.history.moves import moved
from handrail.model.files import Files, list_files
from handrail.model.project import Project
from handrail.report.check_cache import CheckCache, Verdict
from handrail.report.formats import FORMATS
from handrail.rules.baseline import subtract


@click.command(short_help="Say what is wrong in the handbook.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@reporting.options
@click.option("--select", multiple=True, metavar="RULE", help="Report only these rules: codes, names or HB3, say.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules out of the report.")
@baseline.option
@common.of_a_project
def command(  # noqa: PLR0913 - one argument an option
    *,
    paths: tuple[str, ...],
    format_: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    write_baseline: bool,
    today: str | None,
    config: str | None,
) -> int:
    """Say what is wrong in the handbook, and what to do about it.

    The whole handbook is always read; PATHS (files or folders) choose what is reported.
    """
    project = common.open_project(config)
    day = common.the_day(project, today)
    if write_baseline and (paths or select or ignore or format_ != "text"):
        raise UsageError(baseline.WHOLE)
    files = list_files(project.docs_dir, project.exclusions)
    wanted = [_in_project(project, files, path) for path in paths]
    chosen, left_out = _codes(project, select), _codes(project, ignore, may_be_off=True)
    check_cache = CheckCache(project, day, files)
    verdict = check_cache.recall()
    if verdict is None:
        verdict = _judge(project, day, files, check_cache)
        if not verdict.report.failures:
            check_cache.keep(verdict)
    if write_baseline and verdict.report.read:
        return baseline.write(project, verdict.report, reporting.context(project, verdict.nouns, format_), _judges)
    report = subtract(verdict.report, project, moved, _judges)
    if wanted or select or ignore:
        from handrail.rules.check import select as narrowed  # noqa: PLC0415 - imports every rule

        report = narrowed(report, paths=wanted, codes=chosen if select else None, without=left_out)
    context = reporting.context(project, verdict.nouns, format_)
    common.write(FORMATS[format_](report, replace(context, is_part=bool(wanted))))
    if not report.read:
        raise UsageError(f"There is no page in {project.docs_dir.name}, so nothing was checked; is `docs_dir` right?")
    return int(reporting.fails(report, fail_on or project.settings.fail_on))


def _judge(project: Project, day: date, files: Files, check_cache: CheckCache) -> Verdict:
    from handrail.rules.check import check  # noqa: PLC0415 - imports every rule, which a known verdict does without

    handbook = common.read_handbook(project, day, files, check_cache.read)
    report = check(handbook)
    handbook.texts.keep_comparisons()
    return Verdict(report, reporting.nouns_of(handbook))


def _judges(code: str) -> bool:
    from handrail.rules.check import of_a_check  # noqa: PLC0415 - imports every rule, for what is fixed or written

    return of_a_check(code)


def _codes(project: Project, selectors: tuple[str, ...], *, may_be_off: bool = False) -> set[str]:
    """Return the codes of the rules that the selectors name; asking only for rules that don't run is a slip."""
    words = [word for selector in selectors for word in selector.split(",") if word.strip()]
    if not words:
        if selectors:
            raise UsageError("An option that names rules is empty; name one, such as HB301, or leave the option out.")
        return set()
    from handrail.rules.registry import matching, severities  # noqa: PLC0415 - imports every rule
    from handrail.words.options import changing  # noqa: PLC0415 - for a refusal only

    severity = severities(project)
    codes: set[str] = set()
    for word in words:
        found = [rule.code for rule in matching(word)]
        if not may_be_off and all(severity[code] is None for code in found):
            raise UsageError(f"{found[0]} is switched off; to switch it on, {changing(project, 'severity', 'of it')}.")
        codes.update(found)
    return codes


def _in_project(project: Project, files: Files, path: str) -> str:
    """Return a path of the command line as findings name it; raises UsageError where the handbook has no such file."""
    given = Path(os.path.abspath(path))  # noqa: PTH100 - a link within the handbook stays one
    place = given.parent.resolve() / given.name
    inside = _relative(place, project.docs_dir)
    if inside is not None:
        everything = (*files.pages, *files.assets, *files.symlinks)
        if inside == "." or any(file == inside or file.startswith(f"{inside}/") for file in everything):
            return project.from_root(inside) if inside != "." else project.from_root("").rstrip("/") or "."
    elif place == project.config_file:
        return place.name
    elif project.docs_dir.is_relative_to(place):
        return "."
    raise UsageError(f"{path} is no page of the handbook; its pages lie in {project.from_root('') or 'this folder'}.")


def _relative(path: Path, folder: Path) -> str | None:
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return None
