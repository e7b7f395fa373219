"""Settles what a page of a build gets once its Markdown is HTML."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from handrail.build.build import Build
from handrail.engines import finder
from handrail.engines.completion import Completion
from handrail.engines.files import is_ours
from handrail.engines.head import Head, lacks_titles, names_another
from handrail.engines.sanitise import kept_on
from handrail.model.let_in import let_in
from handrail.model.page import Page as Ours
from handrail.model.view_lines import ViewName, view_lines
from handrail.pages import render
from handrail.pages.audience import Shown
from handrail.pages.frame import view_of
from handrail.pages.inserted import inserted
from handrail.pages.named import Named
from handrail.pages.render import Links
from handrail.pages.surround import surround
from handrail.pages.views import View


@dataclass(frozen=True, slots=True)
class Unrendered:
    """What a page gets while the view round its text is still data, as which it is quickly told from another; `rest` has all else."""

    view: View | None
    rest: Completion


def completion_of(page: Page, build: Build, head: Head, config: MkDocsConfig) -> Completion:
    """Return what is done to the HTML that Markdown makes of a page."""
    found = unrendered(page, build, head, config)
    if found.view is None:
        return found.rest
    return replace(found.rest, around=surround(found.view, Links(page.url, build.named)))


def unrendered(page: Page, build: Build, head: Head, config: MkDocsConfig) -> Unrendered:
    """Return the same with the view of the page as data."""
    if is_ours(page.file, build, config):
        made = build.generated[page.file.src_uri]
        return Unrendered(
            made.view(build.shown) if made.view is not None else None,
            Completion(
                is_trusted=True,
                is_titled=lacks_titles(config),
                below=finder.form(build.shown, page) if made.view is not None else "",
            ),
        )
    keeping, ours = kept_on(page, config), build.pages.get(page.file.src_uri)
    if ours is None:
        return Unrendered(None, Completion(keeping=keeping))
    view = view_of(build.shown, ours)
    return Unrendered(
        view,
        Completion(
            keeping=keeping,
            let_in=let_in(build.handbook, ours),
            names_another=names_another(ours),
            is_titled=lacks_titles(config),
            views=_views_asked(ours, build.shown, build.named, page.url),
            # What is about the page says the day of its text too.
            below="" if view.about is not None else head.dated(ours),
        ),
    )


def _views_asked(ours: Ours, shown: Shown, named: Named, url: str) -> dict[str, str]:
    """Return the HTML of each view for which a page's text asks, by name, as seen from an address."""
    if not ours.bears_views:
        return {}
    names = {line.name for line in view_lines(ours.source.body) if line.name in tuple(ViewName)}
    return {name: render.inserted(inserted(shown, ViewName(name), url), Links(url, named)) for name in sorted(names)}
