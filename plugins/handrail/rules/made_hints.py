"""Why a page that Handrail makes is not made: what it would show is not there, or no rule is called so."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from handrail.model.generated import GeneratedFolder, Made
from handrail.model.handbook import Handbook
from handrail.model.links import Link
from handrail.model.made_pages import DECISIONS_DONE, GOALS_COMPLETE, TEXTS_READ
from handrail.model.site_contents import Destination, Lies
from handrail.rules.registry import find_rule

_OF_GOALS = "there is a mission, a vision or an objective that its readers may see"
_OF_OBJECTIVES = "there is an objective that its readers may see"
_OF_MEETINGS = "there is a meeting that its readers may see"
_PAGES: Mapping[Made, str] = {
    Made.PROGRESS: "there is a procedure that its readers may see",
    Made.STRATEGY: _OF_GOALS,
    Made.MAP: _OF_GOALS,
    Made.CASCADE: "one plan feeds another, and its readers may see both",
    Made.MEETINGS: _OF_MEETINGS,
    Made.FLOWS: "a procedure that its readers may see says something under `process`",
    Made.DOCTOR: "there is an objective, or a procedure with a `process`, that its readers may see",
}
_MEASURES: Mapping[str, str] = {
    GOALS_COMPLETE: _OF_OBJECTIVES,
    DECISIONS_DONE: _OF_MEETINGS,
    TEXTS_READ: "`read_records` is switched on, and on no public site",
}


def made_only_where(folder: GeneratedFolder, path: str) -> str:
    """Return what a page has to show before Handrail makes it, by its path or address; nothing of any other page."""
    by_path = {folder.path(made): words for made, words in _PAGES.items()}
    by_path |= {folder.measure_page(name): words for name, words in _MEASURES.items()}
    return by_path.get(_file(path), "")


def leads_nowhere(handbook: Handbook, link: Link) -> bool:
    """Say whether readers who follow a link of a body find nothing."""
    return link.dead or is_of_no_rule(handbook.settings.generated, link.destination)


def is_of_no_rule(folder: GeneratedFolder, destination: Destination) -> bool:
    """Say whether a link leads to where the page of a rule would lie, and there is no such rule."""
    path = _file(destination.path) if destination.lies is Lies.MADE else ""
    return folder.is_of_a_rule(path) and find_rule(posixpath.splitext(posixpath.basename(path))[0]) is None


def _file(path: str) -> str:
    bare = path.strip("/").removesuffix("/index.html").removesuffix(".html").removesuffix(".md")
    return f"{posixpath.normpath(bare)}.md" if bare else ""
