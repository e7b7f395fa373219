"""Lets the pages lie beside `mkdocs.yml`, as they do in most repositories that were not made for MkDocs.

MkDocs refuses it, for it would take its own site for pages, and everything else that lies there. With Handrail it reads a copy
of what may be published, and never that folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.config_options import DocsDir, SiteDir
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin

from handrail.model.project import Project

_docs_dir, _site_dir = DocsDir.post_validation, SiteDir.post_validation


def allow(plugin: type[BasePlugin[Any]]) -> None:
    """Let MkDocs open such a configuration where this plugin is switched on."""

    def is_ours(config: Config) -> bool:
        beside = Path(config.config_file_path or "").parent == Path(config["docs_dir"])
        return beside and any(isinstance(one, plugin) for one in config["plugins"].values())

    def docs_dir(option: DocsDir, config: Config, key_name: str) -> None:
        if not is_ours(config):
            _docs_dir(option, config, key_name)

    def site_dir(option: SiteDir, config: Config, key_name: str) -> None:
        if not is_ours(config):
            _site_dir(option, config, key_name)

    DocsDir.post_validation = docs_dir  # type: ignore[assignment, method-assign]
    SiteDir.post_validation = site_dir  # type: ignore[assignment, method-assign]


def watch(server: LiveReloadServer, project: Project) -> None:
    """Watch the folder of the pages; where it is the project's own, what of it is the handbook's: a build writes beside that."""
    if not project.pages_lie_beside:
        server.watch(str(project.docs_dir))
        return
    for path in sorted(project.docs_dir.iterdir()):
        if not path.name.startswith(".") and path.name not in project.exclusions.beside:
            server.watch(str(path))
