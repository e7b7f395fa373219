"""`handrail verify`: prove on the finished site that it holds what may be published, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import click

from handrail.cli import common
from handrail.exports import feed, llms, robots
from handrail.exports.redirects import redirects
from handrail.history.material import read_material
from handrail.history.texts import history_of
from handrail.model.exclusions import left_out
from handrail.model.files import file_size, read_bytes
from handrail.model.handbook import Handbook
from handrail.model.publication import Publication, Reason, publication
from handrail.model.urls import page_url
from handrail.report.lists import called_in
from handrail.report.plain import disarmed
from handrail.rules.registry import all_rules, severities
from handrail.site import finder
from handrail.site.audience import Shown
from handrail.site.built import BuiltSite
from handrail.site.generated import generated_pages
from handrail.site.leaks import Secrets, Withheld
from handrail.site.readings import as_text, outside_tags
from handrail.site.verify import Expected, Fault, by_contents, file_of, verify
from handrail.text.visible import one_line

_PROGRAMS = (".css", ".js", ".mjs", ".map")
"""Kinds of text in which nobody keeps a secret, and whose words programs of the site's theme use too."""
_LARGEST_TEXT = 1_000_000


@click.command(short_help="Prove that a finished site holds what it may, and no more.")
@click.argument("folder", required=False, metavar="[SITE]")
@common.of_a_project
def command(folder: str | None, today: str | None, config: str | None) -> int:
    """Prove that the finished site in SITE (the folder that `site_dir` names, where none is) holds what may be published.

    Every page that the handbook publishes is there, and no other; so are the pages that Handrail makes. No text gives
    away what is withheld, and every link leads somewhere. It reads the files, whichever program built them.

    It can't read what stands in pictures, PDF and office files, archives (zip) or base64, nor words that tags cut in two.
    """
    project = common.open_project(config)
    site = common.finished_site(project, folder)
    handbook = common.read_handbook(project, common.the_day(project, today))
    excluded = left_out(project, (page.src_uri for page in handbook.pages))
    published = publication(handbook, project.settings.audience, left_out=excluded)
    faults = list(verify(site, _expected(handbook, published), _secrets(handbook, published)))
    common.write("".join(f"{disarmed(one_line(str(fault)))}\n" for fault in faults))
    common.write(f"{_summary(published, site, faults)}\n")
    return int(bool(faults))


def _expected(handbook: Handbook, published: Publication) -> Expected:
    """Return what the site of a handbook has to hold, and what it may."""
    project = handbook.project
    made = generated_pages(all_rules(), severities(handbook.settings), called_in(handbook))
    always = {finder.INDEX, llms.FILE, robots.FILE}
    needed = {
        **dict.fromkeys(always.difference(left_out(project, always)), "the file that Handrail makes"),
        **{
            _file(page_url(one.src_uri, directories=project.use_directory_urls)): "the page that Handrail makes"
            for one in made
        },
        **{_file(page.url): f"the page {page.path}" for page in published.pages},
        **{path: f"the file {project.from_root(path)}" for path in published.assets},
    }
    material = read_material(history_of(handbook), handbook)
    shown = Shown(handbook, None, lambda _kind, _folder: None, published.pages, material=material)
    allowed = {*always, feed.FILE}
    allowed.update(llms.twin_place(page) for page in published.pages if llms.has_twin(shown, page))
    allowed.update(one.file for one in redirects(shown, needed))
    return Expected(
        needed,
        frozenset(allowed),
        handbook.settings.assets,
        by_contents(_contents(handbook, published)),
        dict(_places(handbook, published)),
    )


def _file(url: str) -> str:
    return file_of(unquote(url, errors="surrogateescape"))


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
            yield _file(page.url), f"the page {page.path}"


def _secrets(handbook: Handbook, published: Publication) -> Secrets:
    if not published.withheld:
        return Secrets((), ())
    said = (f"{page.src_uri}\n{page.source.text}" for page in published.pages)
    files = (as_text(_read(handbook, path) or b"") for path in published.assets)
    return Secrets(_withheld(handbook, published), (*said, *filter(None, files)))


def _withheld(handbook: Handbook, published: Publication) -> Iterator[Withheld]:
    """Yield the pages that are withheld, and the files beside them that hold text."""
    for path, reason in published.withheld.items():
        page = handbook.by_src_uri.get(path)
        if reason is Reason.LEFT_OUT:
            continue  # everyone may read it, and other pages may put it in
        if page is not None:
            text = page.source.text if page.source.readable else as_text(_read(handbook, path) or b"")
            yield Withheld(page.path, text or page.source.text, page)
        elif not path.lower().endswith(_PROGRAMS) and len(raw := _read(handbook, path) or b"") <= _LARGEST_TEXT:
            yield Withheld(handbook.project.from_root(path), outside_tags(as_text(raw) or ""))


def _read(handbook: Handbook, path: str) -> bytes | None:
    """Read a file of the folder of pages; None where a link stands in its place, for what that shows is not the handbook's."""
    folder = handbook.project.docs_dir
    return read_bytes(folder, path) if file_size(folder, path) is not None else None


def _summary(published: Publication, site: BuiltSite, faults: list[Fault]) -> str:
    pages = f"{len(published.pages)} pages and {len(published.assets)} files of the handbook"
    held = f"{len(published.withheld)} withheld" if published.withheld else "nothing withheld"
    read = f"{pages} ({held}), {len(site.files)} files of the site"
    if not faults:
        return f"The site holds what it may, and nothing else: {read}."
    count = "One fault" if len(faults) == 1 else f"{len(faults)} faults"
    return f"{count} in the site: {read}."
