"""Which plugins of others put pages or files into a site that a setting could name; of those that are not listed nobody here knows."""

from __future__ import annotations

from collections.abc import Iterable

_OF_MATERIAL = ("group", "info", "meta", "offline", "optimize", "privacy", "search", "social", "tags", "typeset")
_OF_OTHERS = (
    *("autorefs", "callouts", "exclude", "exclude-search", "git-authors", "git-committers", "git-committers-2"),
    *("git-revision-date", "git-revision-date-localized", "glightbox", "htmlproofer", "include-markdown", "macros"),
    *("markdownextradata", "mermaid2", "minify", "open-in-new-tab", "panzoom", "redirects", "rss", "table-reader"),
)
_MAKE_NO_FILES = frozenset(("handrail", "macros", "meta", "offline", "privacy", "search", "tags"))
_MAKE_NO_PAGES = frozenset(("handrail", *_OF_MATERIAL, *_OF_OTHERS))


def may_make_files(plugins: Iterable[str]) -> bool:
    """Say whether a plugin may put a file into the site that the handbook does not have."""
    return not {bare_name(name) for name in plugins} <= _MAKE_NO_FILES


def may_make_pages(plugins: Iterable[str]) -> bool:
    """Say whether a plugin may make pages, or read the navigation otherwise than MkDocs does."""
    return not {bare_name(name) for name in plugins} <= _MAKE_NO_PAGES


def bare_name(plugin: str) -> str:
    """Return a plugin's name without that of the theme which brings it, and without a word that tells two of it apart."""
    return plugin.rpartition("/")[2].partition(" ")[0]
