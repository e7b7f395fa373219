"""What `mkdocs.yml` names for the site: the pages of its navigation and its home, the files of its look, where old addresses lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.model.buildfiles import plugins_in
from handrail.text.problems import DataPath

KEYS = frozenset(
    (
        "nav",
        "theme",
        "extra",
        "extra_css",
        "extra_javascript",
        "extra_templates",
        "exclude_docs",
        "not_in_nav",
        "plugins",
    )
)
"""The settings in which it does so."""
_LISTS = ("extra_css", "extra_javascript", "extra_templates")
_LEAVING_OUT = ("exclude_docs", "not_in_nav")
_REDIRECTS = "redirects"
_RELATIVE_TO_DOCS = -1
"""What MkDocs makes of its word for links that count from the folder of pages."""
_IS_NO_NAME = re.compile(r"[*?\[\]!\\]|\A\s*#")


@dataclass(frozen=True, slots=True)
class SiteName:
    """One name: the setting, as a sentence calls it, what is named, and by which names and numbers it stands in the file."""

    setting: str
    target: str
    path: DataPath

    @property
    def leaves_out(self) -> bool:
        """Whether it says what is left out, of which nothing need be there."""
        return self.setting in _LEAVING_OUT


def site_names(config: Mapping[str, Any]) -> tuple[SiteName, ...]:
    """Return what a configuration names, as it is written."""
    return (*_navigation(config), *_home(config), *_files(config), *_redirects(config), *_left_out(config))


def _navigation(config: Mapping[str, Any]) -> Iterator[SiteName]:
    yield from (SiteName("nav", target, path) for path, target in _below(config, ("nav",)))


def _home(config: Mapping[str, Any]) -> Iterator[SiteName]:
    yield from (SiteName("extra.homepage", target, path) for path, target in _below(config, ("extra", "homepage")))


def _files(config: Mapping[str, Any]) -> Iterator[SiteName]:
    for name in ("logo", "favicon"):
        yield from (SiteName(f"theme.{name}", target, path) for path, target in _below(config, ("theme", name)))
    for name in _LISTS:
        for path, target in _below(config, (name,)):
            if path[-1] == "path" or isinstance(path[-1], int):  # a script may be a group, with more than its path
                yield SiteName(name, target, path)


def _redirects(config: Mapping[str, Any]) -> Iterator[SiteName]:
    is_list = isinstance(config.get("plugins"), list)
    for number, (name, options) in enumerate(plugins_in(config)):
        if name == _REDIRECTS and isinstance(options, Mapping):
            above: DataPath = ("plugins", number, name) if is_list else ("plugins", name)
            for path, target in _texts(options.get("redirect_maps"), (*above, "redirect_maps")):
                yield SiteName("redirect_maps", target, path)


def _left_out(config: Mapping[str, Any]) -> Iterator[SiteName]:
    for setting in _LEAVING_OUT:
        said = config.get(setting)
        for number, line in enumerate(said.splitlines() if isinstance(said, str) else ()):
            if line.strip() and not _IS_NO_NAME.search(line):
                yield SiteName(setting, line.strip(), (setting, number))


def _below(config: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[DataPath, str]]:
    value: Any = config
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    yield from _texts(value, keys)


def _texts(value: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    """Yield every text in a value with the names and numbers that lead to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _texts(one, (*path, str(key)))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _texts(one, (*path, number))


def nav_pages(nav: Any) -> Iterator[str]:
    """Yield every page that a navigation names, as it is written or as MkDocs has read it."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from nav_pages(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from nav_pages(value)


def absolute_links_from_pages(validation: Any) -> bool:
    """Read MkDocs' setting, as it is written for links or for all that is validated, or as MkDocs has read it."""
    places = [validation.get("links"), validation] if isinstance(validation, Mapping) else []
    said = next(
        (place["absolute_links"] for place in places if isinstance(place, Mapping) and "absolute_links" in place), None
    )
    return said in ("relative_to_docs", _RELATIVE_TO_DOCS)
