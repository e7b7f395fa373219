"""`handrail fetch-images`: bring the pictures of other hosts that pages show into the handbook."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handrail.cli import common
from handrail.cli.sign import read_page
from handrail.edit.all_or_none import write_all
from handrail.edit.downloads import download, make_opener
from handrail.edit.fetch_images import Fetched, Fetcher
from handrail.errors import UsageError
from handrail.model.signoff import bears_signatures
from handrail.report.plain import disarmed
from handrail.text.visible import visible
from handrail.words.language import count_of, join_words

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page


@click.command(short_help="Bring the pictures of other hosts into the handbook.")
@click.argument("paths", nargs=-1, metavar="PAGE...")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@common.of_a_project
def command(*, paths: tuple[str, ...], dry_run: bool, today: str | None, config: str | None) -> int:
    """Download the pictures of other hosts that pages show, put them beside the pages, and write their new addresses.

    Nothing else of a page changes. A page of which a picture can't be fetched is left as it is, and the exit code is 1.
    """
    if not paths:
        raise UsageError("Say which page: `handrail fetch-images content/page.md`.")
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    pages = list(dict.fromkeys(_page(handbook, path) for path in paths))
    opener = make_opener()
    fetcher = Fetcher(handbook, lambda address: download(address, opener))
    failed = False
    for page in pages:
        fetched = fetcher.fetch(page, read_page(handbook, page))
        failed = failed or bool(fetched.missing)
        if not dry_run:
            write_all(project.docs_dir, fetched.changes)
        lines = (*_difference(fetched), *_said(fetched, dry_run=dry_run)) if dry_run else _said(fetched, dry_run=False)
        common.write("".join(f"{disarmed(visible(line))}\n" for line in lines))
    return int(failed)


def _page(handbook: Handbook, path: str) -> Page:
    """Return the page at a path, as seen from here or from the project; raises UsageError where there is none."""
    project = handbook.project
    for place in (Path.cwd() / path, project.root / path, project.docs_dir / path):
        place = place.parent.resolve() / place.name  # noqa: PLW2901 - a link within the handbook stays one
        if place.is_relative_to(project.docs_dir):
            page = handbook.by_src_uri.get(place.relative_to(project.docs_dir).as_posix())
            if page is not None:
                return page
    raise UsageError(f"{path} is no page of the handbook; its pages lie in {project.from_root('') or 'this folder'}.")


def _said(fetched: Fetched, *, dry_run: bool) -> Iterator[str]:
    page = fetched.page
    for missing in fetched.missing:
        line = page.source.lines.place(missing.offset).line
        yield f"{page.path}, line {line}: {missing.address} can't be fetched: {missing.why}."
    if fetched.missing:
        yield f"{page.path} is left as it is."
        return
    if not fetched.files:
        yield f"{page.path} shows no picture of another host."
        return
    would = "would lie" if dry_run else "lies" if len(fetched.files) == 1 else "lie"
    yield f"{page.path}: {count_of(len(fetched.files), 'picture')} {would} beside it: {join_words(fetched.files)}."
    if bears_signatures(page) and page.entries("sign_offs"):
        yield f"{page.path} is signed, and will say that its text has changed since; whoever signed it is asked again."


def _difference(fetched: Fetched) -> Iterator[str]:
    before, after = (raw.decode().splitlines() for raw in (fetched.before, fetched.after))
    return unified_diff(before, after, f"a/{fetched.page.path}", f"b/{fetched.page.path}", lineterm="", n=0)
