"""Reads a small handbook in memory and shows it to an audience."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent

from handrail.model.files import Files
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, load_kinds
from handrail.model.project import make_project
from handrail.model.settings import Visibility, validate
from handrail.site import render
from handrail.site.audience import Link, Shown
from handrail.site.forge import Forge
from handrail.site.published import publishable
from handrail.site.views import View, Words
from handrail.text.source import read_source
from tests.support.handbooks import SETTINGS

FORGE = Forge.of("https://github.com/example/handbook", "edit/main/content/")


@cache
def kinds() -> dict[str, Kind]:
    return load_kinds()


def handbook_of(folder: Path, files: Mapping[str, str]) -> Handbook:
    """Return the handbook of a drawing whose paths begin with `content/`; `folder` need hold nothing."""
    (folder / "content").mkdir(exist_ok=True)
    settings = validate(dict(SETTINGS), str)
    project = make_project({"docs_dir": "content"}, folder / "mkdocs.yml", settings)
    sources = {
        path.removeprefix("content/"): read_source(dedent(text).lstrip("\n").encode()) for path, text in files.items()
    }
    return Handbook(project, kinds(), settings.today or date.min, Files(pages=list(sources)), sources)


def shown(
    handbook: Handbook, audience: Visibility = "public", *, leniently: bool = False, forge: Forge | None = FORGE
) -> Shown:
    """Return the handbook as an audience may see it; new pages begin with their kind and folder."""
    published = publishable(handbook, audience, leniently=leniently)
    return Shown(handbook, forge, lambda kind, folder: (f"{folder}/new.md".lstrip("/"), f"kind: {kind}"), published)


def href(link: Link) -> str:
    """Return where a link leads, from the top of the site."""
    return f"/{link.page.url}" if link.page is not None else link.url


def html(view: View) -> str:
    """Return all that a view puts round a text."""
    sections = (*view.sections, *view.after)
    return render.top(view, href) + render.sections(sections, href) + render.text_heading(view.text_title, "text")


def plain(words: Words) -> str:
    """Return a sentence without its links."""
    return "".join(part.text if isinstance(part, Link) else part for part in words)
