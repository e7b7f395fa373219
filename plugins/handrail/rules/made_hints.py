"""Why a page that Handrail makes is not made: what it would show is not there."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from handrail.model.generated import GeneratedFolder, Made
from handrail.model.made_pages import DECISIONS_DONE, GOALS_COMPLETE, TEXTS_READ

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


def _file(path: str) -> str:
    bare = path.strip("/").removesuffix("/index.html").removesuffix(".html").removesuffix(".md")
    return f"{posixpath.normpath(bare)}.md" if bare else ""
