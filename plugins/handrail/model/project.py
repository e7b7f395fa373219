"""Reads `mkdocs.yml` without MkDocs: where the pages lie, how the site is made, and the options of our plugin.

The file belongs to MkDocs, which reads it as YAML 1.1 with tags of its own; here `!ENV` is resolved as MkDocs does, other
tags are stepped over, `INHERIT` is followed, and only what Handrail needs is kept.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
import yaml_env_tag  # type: ignore[import-untyped]

from handrail.errors import SettingsError
from handrail.model.buildfiles import build_files, plugins_in
from handrail.model.config_names import CONFIG_NAMES, USUAL
from handrail.model.config_text import text_of
from handrail.model.exclusions import Exclusions, read_exclusions
from handrail.model.other_plugins import OtherPlugins, may_make_pages, other_plugins
from handrail.model.record_rows import record_paths
from handrail.model.records import Records, read_records
from handrail.model.setting_places import FilePlace, SettingPlaces, setting_places
from handrail.model.settings import Settings, validate
from handrail.model.site_names import SiteName, absolute_links_from_pages, nav_pages, site_names
from handrail.model.template_runners import runs_templates
from handrail.model.theme import DEFAULT_THEME, custom_dir_of, named_files, theme_of
from handrail.rendering.extensions import MarkdownSettings, Tagged, read_markdown_settings
from handrail.text.markdown import is_address
from handrail.text.yaml_depth import is_endless, is_too_deep

PLUGIN = "handrail"
_PLACE_OF_A_PAGE = re.compile(r"([^{}]*)\{path(?:_noext)?(?:![qr])?\}")
_REPOSITORY = re.compile(r"(https?://[^{}]+?)/(?:-/)?(?:edit|blob|tree|_edit|src/branch)/")


@dataclass(frozen=True)
class Project:
    """A handbook's place and settings; `root` is the folder of `mkdocs.yml`, `docs_dir` that of its pages."""

    root: Path
    config_file: Path
    docs_dir: Path
    settings: Settings
    use_directory_urls: bool = True
    site_url: str = ""
    repo_url: str = ""
    edit_uri: str = ""
    exclusions: Exclusions = field(default_factory=Exclusions)
    """What the site leaves out."""
    nav: tuple[str, ...] = ()
    """Every page that the site's own `nav:` names, relative to the folder of pages."""
    site_dir: Path = Path("site")
    """Where MkDocs puts the finished site, unless it is told otherwise."""
    markdown: MarkdownSettings = field(default_factory=MarkdownSettings)
    """The site's own `markdown_extensions`, as they are written."""
    absolute_links_from_pages: bool = False
    """Whether links in Markdown that begin with a slash count from the folder of pages, not from the site's address."""
    theme: str = DEFAULT_THEME
    custom_dir: Path | None = None
    """The name of the site's theme, empty where it has none but the site's own templates, and the folder of these."""
    named: tuple[str, ...] = ()
    """Every file of the folder of pages that the site's look is made of: logo, favicon, styles, scripts, templates."""
    names: tuple[SiteName, ...] = ()
    """Every page and file that the site's own settings name, as it is written."""
    runs_templates: bool = False
    """Whether a plugin or hook of the site runs template code that stands in pages."""
    build_files: tuple[str, ...] = ()
    """What decides a build beside `mkdocs.yml`, by path from the root: settings, programs, templates, styles. A folder's path
    ends in `/`. Empty where MkDocs has read the settings."""
    plugins: tuple[str, ...] = (PLUGIN,)
    """The names of the site's plugins, in the order of the file."""
    others: OtherPlugins = field(default_factory=OtherPlugins)
    places: SettingPlaces = field(default_factory=dict)

    @cached_property
    def records(self) -> Records:
        """What was recorded of the handbook's use, read when somebody asks."""
        return read_records(self.root)

    @property
    def is_switched_on(self) -> bool:
        """Whether the site has our plugin, so that a build heeds what the settings say."""
        return PLUGIN in self.plugins

    @property
    def may_get_pages(self) -> bool:
        """Whether a plugin or a hook may make pages, or read the navigation otherwise than MkDocs does."""
        return self.others.has_hooks or may_make_pages(self.plugins)

    def place_of(self, *path: str | int) -> FilePlace | str:
        """Return where an option, an entry of it by its number, or a plugin stands; else the configuration file."""
        return self.places.get(path) or self.places.get(path[:1]) or self.config_file.name

    def words_for(self, *path: str | int) -> str:
        """Return how a sentence names an option, or an entry of it by its number: with its line where that is known."""
        at = self.place_of(*path)
        place = f"{at.path}, line {at.line}" if isinstance(at, FilePlace) else at
        return f"{place}: the option `{path[0]}` of the plugin {PLUGIN}"

    @property
    def pages_lie_beside(self) -> bool:
        """Whether the folder of the pages is the one in which `mkdocs.yml` lies."""
        return self.docs_dir == self.root

    def from_root(self, src_uri: str) -> str:
        """Return a page's path relative to the project's root, as findings name it."""
        try:
            folder = self.docs_dir.relative_to(self.root).as_posix()
        except ValueError:
            folder = self.docs_dir.name
        return src_uri if folder == "." else f"{folder}/{src_uri}"


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """PyYAML's safe loader that resolves `!ENV` as MkDocs does, and steps over other tags."""


class _Unresolved(_Loader):
    """One that steps over `!ENV` too."""


def _foreign(loader: Any, suffix: str, node: Any) -> Tagged:
    mapping = isinstance(node, yaml.MappingNode)
    return Tagged("!" + suffix, loader.construct_mapping(node, deep=True) if mapping else node.value)


_Loader.add_multi_constructor("!", _foreign)
_Loader.add_multi_constructor(
    "tag:yaml.org,2002:python/", lambda loader, suffix, node: _foreign(loader, f"!python/{suffix}", node)
)
_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Unresolved.add_constructor("!ENV", lambda loader, node: _foreign(loader, "ENV", node))


@dataclass(frozen=True, slots=True)
class _Configuration:
    """What a file says together with those it inherits from."""

    values: dict[str, Any]
    places: SettingPlaces
    inherited: tuple[Path, ...] = ()
    plugins: Any = None
    """What it says of plugins, with the values of the environment."""


def load_project(config_file: Path) -> Project:
    """Read `mkdocs.yml`; raises SettingsError with one sentence where it can't be used."""
    config_file = config_file.resolve()
    where = option_places(config_file)
    read = _read(config_file, ())
    settings = validate(plugin_options(read.values, config_file.name), where)
    project = make_project(read.values, config_file, settings, _written(read))
    return replace(project, build_files=_build_files(read, project))


def _build_files(read: _Configuration, project: Project) -> tuple[str, ...]:
    own = [Path(os.path.relpath(file, project.root)).as_posix() for file in read.inherited]
    if project.settings.synonyms:
        own.append(posixpath.normpath(project.settings.synonyms))
    return tuple(sorted({*own, *build_files(read.values, project.root, project.docs_dir, PLUGIN, project.named)}))


@dataclass(frozen=True, slots=True)
class Written:
    """What has to be known as it is written, where MkDocs has read the file already."""

    markdown: MarkdownSettings = field(default_factory=MarkdownSettings)
    plugins: tuple[str, ...] = (PLUGIN,)
    places: SettingPlaces = field(default_factory=dict)
    names: tuple[SiteName, ...] = ()
    others: OtherPlugins = field(default_factory=OtherPlugins)


def written_in(config_file: Path) -> Written:
    """Return what a configuration file says, as it is written there."""
    return _written(_read(config_file.resolve(), ())) if config_file.is_file() else Written()


def _written(read: _Configuration) -> Written:
    markdown = read_markdown_settings(read.values.get("markdown_extensions"))
    plugins = tuple(str(name) for name, _ in plugins_in(read.values))
    others = other_plugins({"plugins": read.plugins, "hooks": read.values.get("hooks")})
    return Written(markdown, plugins, read.places, site_names(read.values), others)


def make_project(config: Mapping[str, Any], config_file: Path, settings: Settings, written: Written) -> Project:
    """Put together what the other keys of `mkdocs.yml` say, with MkDocs' own defaults."""
    root = config_file.parent
    docs_dir = _folder(root, _text(config.get("docs_dir"), "docs"))
    if docs_dir is None:
        message = (
            f"{config_file.name}: the folder `{_text(config.get('docs_dir'), 'docs')}` of the pages is not there; "
            "make it, or fix `docs_dir`."
        )
        raise SettingsError(message)
    edit_uri = _edit_uri(config)
    return Project(
        root,
        config_file,
        docs_dir,
        settings,
        use_directory_urls=config.get("use_directory_urls", True) is not False and not written.others.is_offline,
        site_url=_address(config, "site_url", config_file.name),
        repo_url=_repo_url(config, edit_uri, config_file.name),
        edit_uri=edit_uri,
        exclusions=_exclusions(config, config_file, docs_dir, settings),
        nav=tuple(nav_pages(config.get("nav"))),
        site_dir=root / _text(config.get("site_dir"), "site"),
        absolute_links_from_pages=absolute_links_from_pages(config.get("validation")),
        markdown=written.markdown,
        plugins=written.plugins,
        places=written.places,
        names=written.names,
        others=written.others,
        theme=theme_of(config.get("theme")),
        custom_dir=custom_dir_of(config.get("theme"), root),
        named=tuple(dict.fromkeys(named_files(config))),
        runs_templates=runs_templates(config, root),
    )


def _folder(root: Path, name: str) -> Path | None:
    try:
        folder = (root / name).resolve()
        return folder if folder.is_dir() else None
    except (OSError, ValueError, RuntimeError):  # no name, or links that lead in a circle
        return None


def _address(config: Mapping[str, Any], key: str, config_name: str) -> str:
    """Return an address of the web that a key says; raises SettingsError where it can't be one."""
    address = _text(config.get(key), "")
    if not is_address(address):
        raise SettingsError(
            f"{config_name}: `{key}` is no address: {address}. Write one such as https://handbook.example/."
        )
    return address


def _exclusions(config: Mapping[str, Any], config_file: Path, docs_dir: Path, settings: Settings) -> Exclusions:
    """Read what the site leaves out; where the pages lie beside the settings, also what is no part of the handbook there."""
    root = config_file.parent
    exclusions = read_exclusions(config.get("exclude_docs"), config.get("draft_docs"), config_file.name)
    exclusions = replace(exclusions, beside=record_paths(root, docs_dir))
    if docs_dir != root:
        return exclusions
    # In a preview MkDocs builds elsewhere, and the last site still lies where it does unless it is told otherwise.
    own = {"site", Path(_text(config.get("site_dir"), "site")).name, config_file.name, settings.baseline, *CONFIG_NAMES}
    return replace(exclusions, beside=exclusions.beside | own | exclusions.folders)


def option_places(config_file: Path | None) -> Callable[[str], str]:
    """Return what names the place of one of our options; raises SettingsError where one of them carries a tag."""
    file = config_file.name if config_file else USUAL
    read = _read(config_file.resolve(), ()) if config_file and config_file.is_file() else _Configuration({}, {})

    def where(option: str) -> str:
        known = read.places.get((option,))
        place = f"{known.path}, line {known.line}" if known else file
        return f"{place}: the option `{option}` of the plugin {PLUGIN}"

    _refuse_tags(plugin_options(read.values, file), where)
    return where


def _refuse_tags(options: Mapping[str, Any], where: Callable[[str], str]) -> None:
    tagged = next(_tags_in(options), None)
    if tagged is not None:
        option, tag = tagged
        message = f"{where(option)} uses the tag `{tag}`; write the value itself, so that every command reads the same."
        raise SettingsError(message)


def plugin_options(config: Mapping[str, Any], config_name: str = USUAL) -> dict[str, Any]:
    """Return the options of our plugin, whether `plugins` is a list or a mapping."""
    for name, options in plugins_in(config):
        if name == PLUGIN:
            if options is None:
                return {}
            if not isinstance(options, dict):
                message = (
                    f"{config_name}: the options of the plugin {PLUGIN} must be indented below it, one on each line."
                )
                raise SettingsError(message)
            return options
    return {}


def values_in(text: str) -> dict[str, Any] | None:
    """Return what a configuration file's own text says, with no tag resolved; None where it can't be read by itself."""
    if is_too_deep(text):
        return None
    try:
        config = yaml.load(text, _Unresolved)  # noqa: S506 - derived from the safe loader
    except (yaml.YAMLError, ValueError, TypeError):
        return None
    return config if isinstance(config, dict) else None


def options_in(text: str) -> dict[str, Any] | None:
    """Return the options of our plugin in a configuration file's own text; None where it can't be read by itself."""
    config = values_in(text)
    try:
        return plugin_options(config) if config is not None and "INHERIT" not in config else None
    except SettingsError:
        return None


def _read(path: Path, above: tuple[Path, ...]) -> _Configuration:
    """Read a configuration file and those it inherits from."""
    if path in above:
        message = f"{path.name}: INHERIT leads back to the file itself."
        raise SettingsError(message)
    text = text_of(path, above)
    try:
        node = yaml.compose(text, _Loader)
        if is_endless(node):
            raise SettingsError(
                f"{path.name} can't be used: by its aliases (`*name`) it has no end; write the values out."
            )
        config = yaml.load(text, _Loader)  # noqa: S506 - derived from the safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        message = (
            f"{path.name}{line} is not readable as YAML: {getattr(error, 'problem', None) or 'something is wrong'}."
        )
        raise SettingsError(message) from error
    except (ValueError, TypeError) as error:
        message = f"{path.name} holds a value that can't be read: {error}."
        raise SettingsError(message) from error
    if not isinstance(config, dict):
        message = f"{path.name} must hold settings, one on each line as `name: value`."
        raise SettingsError(message)
    plugins = config.get("plugins")
    if "plugins" in config:
        config["plugins"] = yaml.load(text, _Unresolved)["plugins"]  # noqa: S506 - as above
    places = setting_places(node, path.name, PLUGIN)
    parent = config.pop("INHERIT", None)
    if parent is None:
        return _Configuration(config, places, plugins=plugins)
    if not isinstance(parent, str) or "\0" in parent:
        raise SettingsError(f"{path.name}: INHERIT must name a file.")
    place = Path(os.path.realpath(path.parent / parent))
    below = _read(place, (*above, path))
    inherited = {path: at for path, at in below.places.items() if path[0] != "plugins" or ("plugins",) not in places}
    plugins = _merged(below.plugins, plugins) if "plugins" in config else below.plugins
    return _Configuration(_merged(below.values, config), {**inherited, **places}, (place, *below.inherited), plugins)


def _merged(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: _merged(below.get(key), value) for key, value in above.items()}}
    return above


def _tags_in(options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    def search(value: Any) -> Iterator[str]:
        if isinstance(value, Tagged):
            yield value.tag
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from search(key)
                yield from search(item)
        elif isinstance(value, list):
            for item in value:
                yield from search(item)

    for option, value in options.items():
        for tag in search(value):
            yield str(option), tag


def _edit_uri(config: Mapping[str, Any]) -> str:
    """Return where pages are edited, up to a page's path: MkDocs' template for that outweighs `edit_uri`."""
    # MkDocs makes a class of its own of it.
    template = _PLACE_OF_A_PAGE.match(str(config.get("edit_uri_template") or ""))
    return template[1] if template else _text(config.get("edit_uri"), "")


def _repo_url(config: Mapping[str, Any], edit_uri: str, config_name: str) -> str:
    """Return the repository's address, which a template with a host tells too."""
    told = _REPOSITORY.match(edit_uri)
    return (_address(config, "repo_url", config_name) or (told[1] if told else "")).rstrip("/")


def _text(value: Any, default: str) -> str:
    return value if isinstance(value, str) else default
