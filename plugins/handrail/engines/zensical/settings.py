"""The settings that Zensical reads: those of the site, with what its tree needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from handrail.build.artefacts import STYLE
from handrail.engines.navigation import Group
from handrail.engines.zensical.extension import ADDRESSES
from handrail.engines.zensical.place import Place
from handrail.rendering.extensions import FOR_ZENSICAL

_AS_THEY_ARE = (
    "site_name", "site_url", "site_description", "site_author", "copyright", "repo_url", "repo_name", "use_directory_urls",
    "extra", "extra_css", "extra_javascript", "remote_branch", "remote_name",
)  # fmt: skip
DONE_BY_ZENSICAL = ("search", "minify", "offline", "glightbox", "tags", "redirects", "autorefs")
"""Those that Zensical does itself, and that do their work when a text is HTML; what others do to a text is done by then."""
_BUILT_IN = ("toc", "tables", "fenced_code")
_DONE = ("pymdownx.snippets", FOR_ZENSICAL)
"""Extensions whose work is done when the tree is written: none may read a file then that is not published."""
_ABOUT = "# Made by `handrail generate`, and made anew by it: what you change here is lost. The settings of the site are in {}.\n"


def settings(config: MkDocsConfig, nav: Navigation, place: Place, names: dict[str, str]) -> str:
    """Return Zensical's settings for a site; `names` are the pages' paths in the tree, by those in the handbook."""
    with Path(config.config_file_path).open("rb") as file:
        said: dict[str, Any] = yaml_load(file)  # as it is written: MkDocs takes apart what it has read
    known = {key: said[key] for key in _AS_THEY_ARE if said.get(key) is not None}
    css = [str(path) for path in config.extra_css]
    whole = {
        **known,
        "docs_dir": place.pages.name,
        "site_dir": place.site.name,
        # Where nothing is said, Zensical would make them of the folder that it reads.
        "edit_uri": config.edit_uri or "",
        "edit_uri_template": config.edit_uri_template,
        "extra_css": css if STYLE in css else [*css, STYLE],
        "theme": _theme(said.get("theme"), config),
        "markdown_extensions": _extensions(config, place),
        "plugins": list(_plugins(said.get("plugins"), config)),
        "nav": list(_entries(nav.items, names)),
        # What leads nowhere is said once, by a check.
        "validation": {"invalid_links": False, "invalid_link_anchors": False},
    }
    return _ABOUT.format(Path(config.config_file_path).name) + yaml.dump(whole, sort_keys=False, allow_unicode=True)


def _theme(said: Any, config: MkDocsConfig) -> dict[str, Any]:
    theme = {"name": said} if isinstance(said, str) else dict(said or {})
    if config.theme.custom_dir:
        theme["custom_dir"] = str(Path(config.theme.custom_dir).resolve())
    # The look that Material has; Zensical's own is `variant: modern`.
    return {"variant": "classic", **theme}


def _extensions(config: MkDocsConfig, place: Place) -> list[Any]:
    listed: list[Any] = [*_BUILT_IN, *config.markdown_extensions]
    names = [name for name in dict.fromkeys(listed) if isinstance(name, str) and name not in _DONE]
    given = {name: dict(config.mdx_configs.get(name) or {}) for name in names}
    return [
        *({name: options} if options else name for name, options in given.items()),
        {FOR_ZENSICAL: {ADDRESSES: str(place.addresses)}},
    ]


def _plugins(said: Any, config: MkDocsConfig) -> Iterator[Any]:
    listed = said if isinstance(said, list) else [{name: options} for name, options in (said or {"search": {}}).items()]
    on = {name.removeprefix("material/") for name in config.plugins}
    for entry in listed:
        name = str(next(iter(entry)) if isinstance(entry, dict) else entry).removeprefix("material/")
        if name in DONE_BY_ZENSICAL and name in on:
            yield entry


def _entries(items: Iterable[Any], names: dict[str, str]) -> Iterator[Any]:
    """Yield what `nav` says of the parts of a navigation."""
    for item in items:
        if isinstance(item, Page):
            path = names[item.file.src_uri]
            # A title that the site's settings give, and no page has.
            yield {item.__dict__["title"]: path} if item.__dict__.get("title") else path
        elif isinstance(item, Group):
            yield from _entries(item.children, names)
        elif isinstance(item, Section):
            yield {item.title: list(_entries(item.children, names))}
        elif isinstance(item, Link):
            yield {item.title or item.url: item.url}
