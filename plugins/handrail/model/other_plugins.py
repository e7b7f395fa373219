"""What plugins of others put into a site and how they lay it out, as far as their settings say; of others nobody here knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.model.blog import Blog, read_blog
from handrail.model.buildfiles import plugins_in
from handrail.model.page import Page

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


@dataclass(frozen=True, slots=True)
class OtherPlugins:
    """What the plugins of a site's theme do that has to be known of its pages and files."""

    is_offline: bool = False
    """Whether the site is made to be read without a server, so that each page is a file of its own name."""
    files: frozenset[str] = frozenset()
    """The files that they put into the site, beside those in the theme's folders."""
    blogs: tuple[Blog, ...] = ()
    has_hooks: bool = False
    """Whether programs of the site's own run, which may do anything."""

    @property
    def patterns(self) -> tuple[str, ...]:
        """What fits the files of pages that they make."""
        return tuple(pattern for blog in self.blogs for pattern in blog.patterns)

    @property
    def pages(self) -> frozenset[str]:
        """The pages that they write into the folder of pages where nobody has."""
        return frozenset(blog.index for blog in self.blogs)

    def place_of(self, asset: str) -> str:
        """Return the file of the site that a file beside the pages becomes."""
        return next((place for blog in self.blogs if (place := blog.place_of(asset)) != asset), asset)

    def addressed(self, page: Page, *, directories: bool) -> Page:
        """Return a page with the address that it gets, where that is another one than MkDocs gives."""
        found = (blog.address(page, directories=directories) for blog in self.blogs)
        page.url = next((url for url in found if url is not None), page.url)
        return page


def other_plugins(config: Mapping[str, Any]) -> OtherPlugins:
    """Return what the plugins do that a configuration names, values of the environment resolved."""
    found = {bare_name(str(name)): options for name, options in plugins_in(config)}
    is_on = {name for name, options in found.items() if _said(options, "enabled", default=True)}
    tags = found.get("tags")
    exports = "tags" in is_on and _said(tags, "tags", default=True) and _said(tags, "export", default=True)
    files = frozenset((str(_said(tags, "export_file", default="tags.json")),) if exports else ())
    named = ((bare_name(str(name)), options) for name, options in plugins_in(config))
    blogs = tuple(read_blog(options) for name, options in named if name == "blog" and "blog" in is_on)
    return OtherPlugins("offline" in is_on, files, blogs, bool(config.get("hooks")))


def _said(options: Any, name: str, *, default: Any) -> Any:
    return options.get(name, default) if isinstance(options, Mapping) else default
