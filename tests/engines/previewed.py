"""Previews of a project without a server: built and rebuilt in this process."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs_macros.plugin import MacrosPlugin

from handrail.engines.logs import OF_BUILDS

_ADDRESS = "http://127.0.0.1:8000/"


def plugin_cache() -> dict[Any, Any]:
    """Return the plugins that MkDocs keeps in a process from one build to the next."""
    schema: dict[str, Any] = dict(MkDocsConfig._schema)
    cache: dict[Any, Any] = schema["plugins"].plugin_cache
    return cache


def forget_what_was_said() -> None:
    """Have MkDocs and its plugins say all anew: in one process they say, and macros knows, each thing once."""
    for kept in (MacrosPlugin._add_macros, MacrosPlugin._add_variables, MacrosPlugin._add_filters):
        kept.clear()
    for once in OF_BUILDS.filters:
        vars(once).get("msgs", set()).clear()


def forget_plugins() -> dict[Any, Any]:
    """Have MkDocs begin as in a new process, and return where it keeps its plugins."""
    forget_what_was_said()
    plugin_cache().clear()
    return plugin_cache()


class Previewed:
    """A preview of a project, built as `mkdocs serve` builds it: again and again in one process, with its plugins kept; by the theme alone where ours is not on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._plugins: dict[Any, Any] = {}
        self.site = folder / "preview"
        config = self._config()
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url=_ADDRESS)
        application: Any = lambda _environ, _start: []  # noqa: E731 - nobody asks it
        self._server: Any = SimpleNamespace(
            builder=self._build, watch=str, unwatch=str, mount_path="/", get_app=lambda: application, set_app=id
        )
        self.plugin: Any = config.plugins.get("handrail")
        if self.plugin is not None:
            self.plugin.on_serve(self._server, config=config, builder=None)
        self._keep_plugins()

    def _config(self) -> MkDocsConfig:
        forget_plugins().update(self._plugins)
        config = load_config(str(self._folder / "mkdocs.yml"), site_dir=str(self.site))
        config.site_url = _ADDRESS
        return config

    def _keep_plugins(self) -> None:
        self._plugins = dict(plugin_cache())

    def _build(self) -> None:
        build(self._config(), serve_url=_ADDRESS, dirty=False)
        self._keep_plugins()

    def again(self) -> None:
        """Build it as after a change."""
        self._server.builder()

    def end(self) -> None:
        """End the preview."""
        if self.plugin is not None:
            self.plugin.on_shutdown()
