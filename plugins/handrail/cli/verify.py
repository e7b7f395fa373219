"""`handrail verify`: prove on the finished site that it holds what may be published, and nothing else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from handrail.build.build import Build, Given, settle
from handrail.build.manifest import Manifest, word_of
from handrail.build.tree import tree_name
from handrail.cli import baseline, common, reporting
from handrail.errors import UsageError
from handrail.history.material import Material, read_moves
from handrail.history.moves import moved
from handrail.history.texts import history_of
from handrail.model.theme_files import ThemeFiles
from handrail.model.urls import SiteAddress
from handrail.proof.body_links import BodyLinks
from handrail.proof.built import BuiltSite, is_page
from handrail.proof.expected import expected, follow
from handrail.proof.made_without import made_without, of_one_cause
from handrail.proof.verify import Verification
from handrail.proof.withheld_words import secrets
from handrail.report.formats import FORMATS
from handrail.rules.baseline import subtract
from handrail.rules.check import check_site, of_a_site
from handrail.rules.finding import Report
from handrail.rules.site_faults import UNMADE
from handrail.words.language import count_of

_WITHOUT_WORD = (
    "The last build of this handbook left no word of this site, so nobody knows which of its files a theme or another plugin made, and "
    "where one moved a page: what looks unknown here may be theirs.\n"
)


@click.command(short_help="Prove that a finished site holds what it may, and no more.")
@click.argument("folder", required=False, metavar="[SITE]")
@reporting.options
@baseline.option
@common.of_a_project
def command(
    *,
    folder: str | None,
    format_: str,
    fail_on: str | None,
    write_baseline: bool,
    today: str | None,
    config: str | None,
) -> int:
    """Prove that the finished site in SITE (the folder that `site_dir` names, where none is) holds what may be published.

    Every page that the handbook publishes is there, and no other; so are the pages that Handrail makes. No text gives
    away what is withheld, and every link leads somewhere. It reads the files, whichever program built them. A dead link in a page's
    own text is reported as `handrail check` does, with its line.

    It can't read what stands in pictures, PDF and office files, archives (zip) or base64, nor words that tags cut in two.
    """
    if write_baseline and format_ != "text":
        raise UsageError(baseline.WHOLE)
    project = common.open_project(config)
    site = common.finished_site(project, folder)
    handbook = common.read_handbook(project, common.the_day(project, today))
    word = word_of(project.root, tree_name(project), site.folder)
    if word is not None:
        site.address = SiteAddress.of(word.site_url)
        follow(handbook, word)
    # Of the past it matters only where pages were: old addresses lead on.
    build = settle(Given(handbook, material=Material(moved_from=read_moves(history_of(handbook), handbook))))
    if word is not None and (left_out := word.left_out & build.pages.keys()):
        build = build.without(left_out)
    place = Path(os.path.relpath(site.folder, project.root)).as_posix()
    report = _report(build, site, place, word)
    context = reporting.context(project, reporting.nouns_of(handbook), format_, not_shown=place)
    if write_baseline:
        return baseline.write(project, report, context, of_a_site)
    report = subtract(report, project, moved, of_a_site)
    if report.findings or report.known or format_ != "text":
        common.write(FORMATS[format_](report, context))
    if format_ == "text":
        common.write(f"{_summary(build, site, report)}\n")
        if word is None and report.findings:
            common.write(_WITHOUT_WORD)
    return int(reporting.fails(report, fail_on or project.settings.fail_on))


def _report(build: Build, site: BuiltSite, place: str, word: Manifest | None) -> Report:
    handbook, project = build.handbook, build.handbook.project
    theme = ThemeFiles(project.theme, project.custom_dir)
    links = BodyLinks(handbook, site)
    wanted = expected(build, word)
    if not any(path in site.files for path in wanted.needed if is_page(path)):
        raise UsageError(
            f"{place} holds no page of this handbook; build the site first, or name the folder that it lies in."
        )
    found = Verification(site, wanted, secrets(build, theme), theme, links.explain).faults()
    faults = list(of_one_cause(found, made_without(build, site), site))
    report = check_site(handbook, faults, place)
    findings = sorted((*report.findings, *links.findings()), key=lambda finding: finding.order)
    return replace(report, findings=tuple(findings))


def _summary(build: Build, site: BuiltSite, report: Report) -> str:
    published = build.publication
    pages = f"{count_of(len(published.pages), 'page')} and {count_of(len(published.assets), 'file')} of the handbook"
    left_out = sum(reason.is_of_the_site for reason in published.withheld.values())
    withheld = len(published.withheld) - left_out
    taken_out = len(build.left_out)
    held = f"{withheld} withheld" if withheld else "nothing withheld"
    held += f", {left_out - taken_out} left out by the site's own settings" if left_out > taken_out else ""
    held += f", {taken_out} taken out by another plugin" if taken_out else ""
    read = f"{pages} ({held}), {len(site.files)} files of the site"
    if any(finding.rule == UNMADE for finding in report.findings):
        return f"Looked through {read}. Begin with what {UNMADE} says: the rest may follow from it."
    if report.findings or report.known:
        return f"Looked through {read}."
    return f"The site holds what it may, and nothing else: {read}."
