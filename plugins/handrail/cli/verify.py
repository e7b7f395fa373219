"""`handrail verify`: prove on the finished site that it holds what may be published, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from handrail.cli import baseline, common, reporting
from handrail.edit.new_page_links import NewPageLinks
from handrail.errors import UsageError
from handrail.history.material import Material, read_moves
from handrail.history.moves import moved
from handrail.history.texts import history_of
from handrail.model.files import file_size, read_bytes
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import Publication, Reason, may_be_in, publication
from handrail.model.theme_files import ThemeFiles
from handrail.model.urls import file_of, page_url
from handrail.pages.audience import Shown
from handrail.pages.generated import finder
from handrail.pages.generated.every import generated_pages
from handrail.proof.body_links import BodyLinks
from handrail.proof.brought import program_texts
from handrail.proof.built import BuiltSite, is_page
from handrail.proof.decoding import as_text, outside_tags
from handrail.proof.leaks import Secrets, Withheld
from handrail.proof.verify import Expected, Verification, by_contents
from handrail.report.formats import FORMATS
from handrail.rules.baseline import subtract
from handrail.rules.check import check_site, of_a_site
from handrail.rules.finding import Report
from handrail.web import calendars, feed, handbook_data, llms, measures_data, robots
from handrail.web.redirects import redirects
from handrail.words.language import count_of

_PROGRAMS = (".css", ".js", ".mjs", ".map")
"""Kinds of text in which nobody keeps a secret, and whose words programs of the site's theme use too."""
_LARGEST_TEXT = 1_000_000


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
    published = publication(handbook, project.settings.audience)
    place = Path(os.path.relpath(site.folder, project.root)).as_posix()
    report = _report(handbook, published, site, place)
    context = reporting.context(project, reporting.nouns_of(handbook), format_, not_shown=place)
    if write_baseline:
        return baseline.write(project, report, context, of_a_site)
    report = subtract(report, project, moved, of_a_site)
    if report.findings or report.known or format_ != "text":
        common.write(FORMATS[format_](report, context))
    if format_ == "text":
        common.write(f"{_summary(published, site, report)}\n")
    return int(reporting.fails(report, fail_on or project.settings.fail_on))


def _report(handbook: Handbook, published: Publication, site: BuiltSite, place: str) -> Report:
    project = handbook.project
    theme = ThemeFiles(project.theme, project.custom_dir)
    links = BodyLinks(handbook, site)
    expected, secrets = _expected(handbook, published), _secrets(handbook, published, theme)
    if not any(path in site.files for path in expected.needed if is_page(path)):
        raise UsageError(
            f"{place} holds no page of this handbook; build the site first, or name the folder that it lies in."
        )
    faults = Verification(site, expected, secrets, theme, links.explain).faults()
    report = check_site(handbook, faults, place)
    findings = sorted((*report.findings, *links.findings()), key=lambda finding: finding.order)
    return replace(report, findings=tuple(findings))


def _expected(handbook: Handbook, published: Publication) -> Expected:
    """Return what the site of a handbook has to hold, and what it may."""
    project = handbook.project
    settings = handbook.settings
    # Of the past it matters only where pages were: old addresses lead on.
    material = Material(moved_from=read_moves(history_of(handbook), handbook))
    shown = Shown(handbook, None, lambda _kind, _folder: None, published.pages, material=material)
    made = generated_pages(shown)
    data = (*measures_data.places(settings.generated), *handbook_data.places(settings.generated))
    dated = list(calendars.places(shown))  # that of everything first; whom it concerns may change with the day
    always = {finder.INDEX, llms.FILE, robots.FILE, *data, *dated[:1]}
    needed = {
        **dict.fromkeys(
            (path for path in always if project.exclusions.why(path) is None), "the file that Handrail makes"
        ),
        **{
            file_of(page_url(src_uri, directories=project.use_directory_urls)): "the page that Handrail makes"
            for src_uri in made
        },
        **{file_of(page.url): f"the page {page.path}" for page in published.pages},
        **{project.others.place_of(path): f"the file {project.from_root(path)}" for path in published.assets},
    }
    allowed = {*always, feed.FILE, *project.others.files}
    allowed.update(file_of(page_url(page, directories=project.use_directory_urls)) for page in project.others.pages)
    allowed.update(llms.twin_place(page) for page in published.pages if llms.has_twin(shown, page))
    allowed.update(dated)
    allowed.update(one.file for one in redirects(shown, needed, made))
    return Expected(
        needed,
        frozenset(allowed),
        (*handbook.settings.assets, *project.others.patterns),
        by_contents(_contents(handbook, published)),
        dict(_places(handbook, published)),
    )


def _contents(handbook: Handbook, published: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield what is withheld and stands in nothing published, with its bytes."""
    shown = {read_bytes(handbook.project.docs_dir, path) for path in published.assets}
    for path in published.withheld:
        raw = _read(handbook, path)
        if raw is not None and raw not in shown:
            yield f"the file {handbook.project.from_root(path)}", raw


def _places(handbook: Handbook, published: Publication) -> Iterator[tuple[str, str]]:
    """Yield the files of the site that what is withheld would be."""
    for path in published.withheld:
        page = handbook.by_src_uri.get(path)
        yield path, f"the file {handbook.project.from_root(path)}"
        if page is not None:
            yield file_of(page.url), f"the page {page.path}"


def _secrets(handbook: Handbook, published: Publication, theme: ThemeFiles) -> Secrets:
    if not published.withheld:
        return Secrets((), ())
    said = (f"{page.src_uri}\n{page.source.text}" for page in published.pages)
    files = (as_text(_read(handbook, path) or b"") for path in published.assets)
    offered = NewPageLinks(handbook, published.pages)
    return Secrets(
        _withheld(handbook, published),
        (*said, *filter(None, files)),
        lambda: (*program_texts(), *theme.texts(), *offered.texts()),
        map(_own_words, published.pages),
    )


def _own_words(page: Page) -> str:
    """Return the body of a page without what its links lead to; template code in their place leads nowhere."""
    body, at = page.source.body, 0
    parts: list[str] = []
    for link in sorted(page.source.links, key=lambda link: link.target_at):
        if link.form != "wiki" and "{" not in link.target and link.target_at >= at:
            parts.append(body[at : link.target_at])
            at = link.target_at + len(link.target)
    return " ".join((*parts, body[at:]))


def _withheld(handbook: Handbook, published: Publication) -> Iterator[Withheld]:
    """Yield the pages that are withheld, and the files beside them that hold text that nobody may see."""
    for path, reason in published.withheld.items():
        page = handbook.by_src_uri.get(path)
        if reason.is_of_the_site or (reason is Reason.UNUSED and _may_be_read(handbook, path)):
            continue  # its words are no secret: other pages may put it in
        if page is not None:
            text = page.source.text if page.source.readable else as_text(_read(handbook, path) or b"")
            yield Withheld(page.path, text or page.source.text, page)
        elif not path.lower().endswith(_PROGRAMS) and len(raw := _read(handbook, path) or b"") <= _LARGEST_TEXT:
            yield Withheld(handbook.project.from_root(path), outside_tags(as_text(raw) or ""))


def _may_be_read(handbook: Handbook, path: str) -> bool:
    """Say whether readers may see what lies in a file's folder, as far as anybody has said so."""
    folder = handbook.settings.folder_visibility(path)
    return folder is not None and may_be_in(folder, handbook.settings.audience)


def _read(handbook: Handbook, path: str) -> bytes | None:
    """Read a file of the folder of pages; None where a link stands in its place, for what that shows is not the handbook's."""
    folder = handbook.project.docs_dir
    return read_bytes(folder, path) if file_size(folder, path) is not None else None


def _summary(published: Publication, site: BuiltSite, report: Report) -> str:
    pages = f"{count_of(len(published.pages), 'page')} and {count_of(len(published.assets), 'file')} of the handbook"
    left_out = sum(reason.is_of_the_site for reason in published.withheld.values())
    withheld = len(published.withheld) - left_out
    held = f"{withheld} withheld" if withheld else "nothing withheld"
    held += f", {left_out} left out by the site's own settings" if left_out else ""
    read = f"{pages} ({held}), {len(site.files)} files of the site"
    if report.findings or report.known:
        return f"Looked through {read}."
    return f"The site holds what it may, and nothing else: {read}."
