"""`handrail verify`: prove on the finished site that it holds what may be published, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click

from handrail.cli import common
from handrail.errors import UsageError
from handrail.exports import feed, llms, robots
from handrail.exports.redirects import redirects
from handrail.history.material import read_material
from handrail.history.repository import read_history
from handrail.model.exclusions import left_out
from handrail.model.files import read_bytes
from handrail.model.handbook import Handbook
from handrail.model.publication import Publication, publication
from handrail.model.urls import page_url
from handrail.report.plain import disarmed
from handrail.rules.registry import all_rules, severities
from handrail.site.audience import Shown
from handrail.site.built import BuiltSite
from handrail.site.generated import generated_pages
from handrail.site.leaks import Secrets
from handrail.site.verify import Expected, Fault, file_of, verify, withheld_contents
from handrail.text.visible import one_line

_SITE = "site"


@click.command(short_help="Prove that a finished site holds what it may, and nothing else.")
@click.argument("folder", default=_SITE, metavar="[SITE]")
@common.of_a_project
def command(folder: str, today: str | None, config: str | None) -> int:
    """Prove that the finished site in SITE (the folder `site`, where none is named) holds what may be published.

    Every page that the handbook publishes is there, and no other; so are the pages that Handrail makes. No byte gives a
    withheld page away, and every link leads somewhere. It reads the files, whichever program built them.
    """
    project = common.open_project(config)
    place = Path(folder)
    if not place.is_dir():
        raise UsageError(f"There is no folder {folder}; build the site first, or name the folder that it lies in.")
    handbook = common.read_handbook(project, common.the_day(project, today))
    excluded = left_out(project, (page.src_uri for page in handbook.pages))
    published = publication(handbook, project.settings.audience, left_out=excluded)
    address = urlsplit(project.site_url)
    site = BuiltSite(place, f"{address.path.rstrip('/')}/", address.netloc)
    faults = list(verify(site, _expected(handbook, published), _secrets(handbook, published)))
    common.write("".join(f"{disarmed(one_line(str(fault)))}\n" for fault in faults))
    common.write(f"{_summary(published, site, faults)}\n")
    return int(bool(faults))


def _expected(handbook: Handbook, published: Publication) -> Expected:
    """Return what the site of a handbook has to hold, and what it may."""
    directories = handbook.project.use_directory_urls
    made = generated_pages(all_rules(), severities(handbook.settings))
    needed = {
        **{file_of(page_url(one.src_uri, directories=directories)): "the page that Handrail makes" for one in made},
        **{file_of(page.url): f"the page {page.path}" for page in published.pages},
        **{path: f"the file {handbook.project.from_root(path)}" for path in published.assets},
    }
    material = read_material(read_history(handbook.project.docs_dir), handbook)
    shown = Shown(handbook, None, lambda _kind, _folder: None, published.pages, material=material)
    allowed = {robots.FILE, feed.FILE, llms.FILE}
    allowed.update(llms.twin_place(page) for page in published.pages if llms.has_twin(shown, page))
    allowed.update(one.file for one in redirects(shown, needed))
    return Expected(needed, frozenset(allowed), withheld_contents(_withheld(handbook, published)))


def _withheld(handbook: Handbook, published: Publication) -> Iterator[tuple[str, bytes]]:
    shown = {read_bytes(handbook.project.docs_dir, path) for path in published.assets}
    for path in published.withheld:
        raw = read_bytes(handbook.project.docs_dir, path)
        if raw is not None and raw not in shown:
            yield handbook.project.from_root(path), raw


def _secrets(handbook: Handbook, published: Publication) -> Secrets:
    shown = frozenset(published.pages)
    return Secrets((page for page in handbook.pages if page not in shown), published.pages)


def _summary(published: Publication, site: BuiltSite, faults: list[Fault]) -> str:
    pages = f"{len(published.pages)} pages and {len(published.assets)} files of the handbook"
    held = f"{len(published.withheld)} withheld" if published.withheld else "nothing withheld"
    read = f"{pages} ({held}), {len(site.files)} files of the site"
    if not faults:
        return f"The site holds what it may, and nothing else: {read}."
    count = "One fault" if len(faults) == 1 else f"{len(faults)} faults"
    return f"{count} in the site: {read}."
