"""What all pages of a site depend on: its settings, its theme and templates, and the programs that make it.

And whether that is all: a plugin, an extension or a theme that nobody here knows may read whatever it likes.
"""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugins

import handrail
from handrail.build.page_keys import as_bytes
from handrail.model.cache import package_text, seal
from handrail.model.other_plugins import bare_name
from handrail.model.project import PLUGIN, Project
from handrail.rendering.extensions import read_markdown_settings

KNOWN_PLUGINS = frozenset((PLUGIN, "search", "material/search", "macros"))
"""What is known to make of a page the same each time, and to do nothing else by it."""
STEADY_PLUGINS = KNOWN_PLUGINS | {
    "awesome-nav", "awesome-pages", "exclude", "exclude-search", "glightbox", "literate-nav", "minify", "open-in-new-tab", "redirects",
}  # fmt: skip
"""What is proved (`python -m tests.plugins`) to make of a page that has not changed what it made before, and all else of a site each time."""
_FOLDERS = (
    Path(handrail.__file__).resolve().parent,
    *(Path(sysconfig.get_path(name)) for name in ("purelib", "platlib", "stdlib")),
)
_THEME = "material"
_PROGRAMS = (
    "Jinja2", "Markdown", "MarkupSafe", "Pygments", "mkdocs", "mkdocs-macros-plugin", "mkdocs-material", "nh3", "pagefind",
    "pygraphviz", "pymdown-extensions",
)  # fmt: skip
SNIPPETS, _EMOJI = "pymdownx.snippets", "pymdownx.emoji"
_MACROS = "macros"
_LOGGED = 20
"""The level of what MkDocs says by the way, and strict builds do not heed."""
_OF_NO_PAGE = frozenset((
    "config_file_path", "dev_addr", "docs_dir", "exclude_docs", "draft_docs", "hooks", "nav", "not_in_nav", "plugins",
    "site_dir", "strict", "theme", "watch",
))  # fmt: skip
"""Settings that show in no page, or only by what is known of each."""
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def why_everything(config: MkDocsConfig, project: Project) -> str:
    """Return the sentence that says why all of a site is made at each build, and what to do; nothing where only a part need be."""
    return next(filter(None, _reasons(config, project)), "")


def _reasons(config: MkDocsConfig, project: Project) -> Iterator[str]:
    yield from _reasons_of_texts(config, project)
    if config.theme.name != _THEME:
        yield f"All pages are made, for nobody here can say what the theme `{config.theme.name}` reads."
    if config.validation.links.anchors > _LOGGED:
        yield "All pages are made, for with `validation: links: anchors` MkDocs asks each for its headings."


def _reasons_of_texts(config: MkDocsConfig, project: Project) -> Iterator[str]:
    """Yield why nobody can say what becomes of a text, as sentences."""
    for name in sorted(set(config.plugins) - STEADY_PLUGINS):
        yield (
            f"All pages are made, for nobody here can say what the plugin `{bare_name(name)}` makes of a page that has not changed. A build that "
            "changes little is a short one only without it."
        )
    for name in _modules(config):
        yield (
            f"All pages are made, for the module `{name}` of the plugin `macros` may change whatever it likes: settings, extensions of Markdown, "
            "pages. A build that changes little is a short one only without it."
        )
    for name in project.markdown.unknown:
        if name != SNIPPETS:
            yield f"All pages are made, for nobody here can say what the extension `{name}` of Markdown reads."
    if "custom_icons" in str(project.markdown.options.get(_EMOJI, {})):
        yield "All pages are made, for `pymdownx.emoji` takes pictures from folders that `custom_icons` names."


def is_markdown_known(config: MkDocsConfig, project: Project) -> bool:
    """Say whether what Markdown makes of a text follows from the text, its links and `markdown_key`."""
    extensions: list[Any] = config.markdown_extensions
    names = [extension for extension in extensions if isinstance(extension, str)]
    are_listed = set(read_markdown_settings(names).extensions) <= set(project.markdown.extensions)
    return are_listed and not any(brought(config)) and not any(_reasons_of_texts(config, project))


def brought(config: MkDocsConfig) -> Iterator[object]:
    """Yield the extensions of Markdown that other plugins have brought: those that are no names."""
    extensions: list[Any] = config.markdown_extensions
    for extension in extensions:
        if not isinstance(extension, str) and not type(extension).__module__.startswith("handrail."):
            yield extension


def _modules(config: MkDocsConfig) -> Iterator[str]:
    """Yield the site's own programs that the plugin macros runs, by name; each is handed all of the settings."""
    plugin = config.plugins.get(_MACROS)
    if plugin is None:
        return
    yield from map(str, plugin.config.get("modules") or ())
    name = str(plugin.config.get("module_name") or "main")
    place = Path(config.config_file_path or "").parent / name
    if place.is_dir() or place.with_name(f"{place.name}.py").is_file():
        yield name


def runs_macros(config: MkDocsConfig) -> bool:
    """Say whether the site runs template code that stands in pages."""
    return _MACROS in config.plugins


def reads_elsewhere(opened: Iterable[Path], config: MkDocsConfig) -> bool:
    """Say whether any of these files, which were opened for pages, is none of the programs that make the site, or of its theme as it is installed."""
    known = (*(Path(folder) for folder in config.theme.dirs if folder != config.theme.custom_dir), *_FOLDERS)
    return any(not any(place.is_relative_to(folder) for folder in known) for place in opened)


def appends(project: Project) -> bool:
    """Say whether the site puts texts of other files below its pages."""
    return bool(project.markdown.options.get(SNIPPETS, {}).get("auto_append"))


def site_key(config: MkDocsConfig, project: Project) -> str:
    """Return a short text that is another one as soon as anything is that all pages depend on."""
    theme = config.theme
    return seal(
        (
            sys.version.encode(),
            *_versions(set(config.plugins) - KNOWN_PLUGINS),
            as_bytes({key: _plain(value) for key, value in config.items() if key not in _OF_NO_PAGE}),
            as_bytes({name: _plain(plugin.config) for name, plugin in config.plugins.items()}),
            # The day is no part of it: each page shows what follows from it.
            repr(replace(project.settings, today=None)).encode("utf-8", "surrogatepass"),
            as_bytes([theme.name, str(theme.locale), _plain(dict(theme)), sorted(theme.static_templates)]),
            *_templates(theme.dirs, theme.custom_dir),
        )
    )


def markdown_key(config: MkDocsConfig) -> str:
    """Return a short text that is another one as soon as anything is that Markdown makes all texts with; it is the same on another machine."""
    made_with = [_plain(config[name]) for name in ("markdown_extensions", "mdx_configs", "use_directory_urls")]
    links = _plain(config.validation.links)
    return seal((_programs().encode(), as_bytes([made_with, links])))


@cache
def _programs() -> str:
    """Return a short text for the programs that make a site, as they are loaded."""
    return seal((sys.version.encode(), *package_text(), *_versions(frozenset())))


def _versions(plugins: AbstractSet[str]) -> Iterator[bytes]:
    known = get_plugins() if plugins else {}
    of_plugins = (known[name].dist for name in sorted(plugins) if name in known)
    for name in (*_PROGRAMS, *(dist.name for dist in of_plugins if dist is not None)):
        try:
            yield f"{name} {version(name)}".encode()
        except PackageNotFoundError:
            yield name.encode()


def _plain(value: Any) -> Any:
    """Return a setting as plain data, the same for what is the same."""
    if isinstance(value, Mapping):
        return {str(key): _plain(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(below) for below in value]
    if isinstance(value, partial):
        return [_plain(value.func), _plain(value.args), _plain(value.keywords)]
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Callable):  # type: ignore[arg-type]
        return f"{value.__module__}.{getattr(value, '__qualname__', type(value).__qualname__)}"
    return _ADDRESS.sub("", f"{type(value).__qualname__} {value}")


def _templates(folders: list[str], own: str | None) -> Iterator[bytes]:
    """Yield the state of a theme's files; of the site's own what they hold."""
    for folder in folders:
        yield folder.encode("utf-8", "surrogateescape")
        for place in sorted(_files(folder, with_icons=folder == own)):
            name = place.relative_to(folder).as_posix()
            yield name.encode("utf-8", "surrogateescape")
            yield place.read_bytes() if folder == own else _as_installed(place)


def _as_installed(place: Path) -> bytes:
    """Return the state of an installed file. When its entry was last changed is no part of it: installers link one file into many places."""
    status = place.stat()
    return f"{status.st_size} {status.st_mtime_ns}".encode()


def _files(folder: str, *, with_icons: bool) -> Iterator[Path]:
    for at, folders, names in os.walk(folder):
        if not with_icons:
            # Thousands, which come with the theme's version.
            folders[:] = [name for name in folders if name != ".icons"]
        yield from (Path(at, name) for name in names)
