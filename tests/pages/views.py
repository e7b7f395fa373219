"""Reads a small handbook in memory and shows it to an audience."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from handrail.forge.forge import Forge
from handrail.forge.forms import NO_FORMS, Forms
from handrail.model.files import Files
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, load_kinds
from handrail.model.project import Written, make_project
from handrail.model.publication import publishable
from handrail.model.settings import Visibility, validate
from handrail.pages import render
from handrail.pages.audience import Link, Shown
from handrail.pages.views import View, Words
from handrail.rendering.extensions import read_markdown_settings
from handrail.text.source import read_source
from tests.support.handbooks import SETTINGS

FORGE = Forge.of("https://github.com/example/handbook", "edit/main/content/")


@cache
def kinds() -> dict[str, Kind]:
    return load_kinds()


def handbook_of(
    folder: Path,
    files: Mapping[str, str],
    settings: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
) -> Handbook:
    """Return the handbook of a drawing whose paths begin with `content/`; `folder` need hold nothing."""
    (folder / "content").mkdir(exist_ok=True)
    options = validate({**SETTINGS, **(settings or {})}, str)
    written = {"docs_dir": "content", **(config or {})}
    markdown = read_markdown_settings(written.get("markdown_extensions"))
    project = make_project(written, folder / "mkdocs.yml", options, Written(markdown))
    texts = {path.removeprefix("content/"): dedent(text).lstrip("\n").encode() for path, text in files.items()}
    sources = {path: read_source(text) for path, text in texts.items() if path.endswith(".md")}
    listed = Files(pages=list(sources), assets=[path for path in texts if path not in sources])
    return Handbook(project, kinds(), options.today or date.min, listed, sources)


def shown(
    handbook: Handbook,
    audience: Visibility = "public",
    *,
    leniently: bool = False,
    forge: Forge | None = FORGE,
    forms: Forms = NO_FORMS,
) -> Shown:
    """Return the handbook as an audience may see it; new pages begin with their kind and folder."""
    published = publishable(handbook, audience, leniently=leniently)
    return Shown(
        handbook,
        forge,
        lambda kind, folder: (f"{folder}/new.md".lstrip("/"), f"kind: {kind}"),
        published,
        forms=forms,
    )


LINKS = render.Links("")
"""As from the top of the site."""


def html(view: View) -> str:
    """Return all that a view puts round a text."""
    before = render.top(view, LINKS) + render.sections(view.sections, LINKS)
    after = render.sections(view.after, LINKS) + render.worked(view, LINKS) + render.about(view, LINKS)
    return before + render.text_heading(view.text_title, "text") + after


def plain(words: Words) -> str:
    """Return a sentence without its links."""
    return "".join(part.text if isinstance(part, Link) else part for part in words)
