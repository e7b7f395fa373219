"""Builds a site with MkDocs for a command of ours: only those pages and files are made anew that can differ from what the site holds."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from handrail.build.kept_build import forget, recall, remember, sweep
from handrail.build.tree import tree_name
from handrail.engines.dirty import undoubted
from handrail.engines.exact import Exact
from handrail.engines.given import project_of
from handrail.engines.heard import Said
from handrail.engines.logs import OF_THE_ENGINE
from handrail.engines.unchanged import Inputs
from handrail.errors import SettingsError
from handrail.model.project import PLUGIN, Project


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built: where, of how many pages, and how many of them were made anew; or why nobody can say which need not be."""

    site: Path
    pages: int = 0
    made: int = 0
    why_all: str = ""


def build_site(
    config_file: Path,
    *,
    site_dir: str | None = None,
    strict: bool = False,
    quiet: bool = False,
) -> Built | None:
    """Build a site; None where something stops the build, which has been said. Raises SettingsError where the settings can't be used.

    Where all that it is made of is as it was at the last build, nothing is built, and what that said is said again.
    """
    # The command lives for a moment and collects no garbage; a build would hold what each page has left behind.
    gc.enable()
    with _logged(quiet=quiet) as said:
        config = _configuration(config_file, site_dir, strict=strict)
        plugin: Any = config.plugins.get(PLUGIN)
        if plugin is None:
            raise SettingsError(
                f"{config_file.name} does not switch on the plugin `{PLUGIN}`, so there is nothing to tell what has changed: add it under "
                "`plugins`, or build the site with `mkdocs build`."
            )
        project = project_of(config, plugin.settings)
        exact: Exact = plugin.exact
        config.plugins.on_startup(command="build", dirty=False)
        _begin(exact, config, project)
        # Before any plugin changes a setting.
        last, inputs = exact.last, Inputs.of(config, project)
        if last is not None and inputs is not None and inputs.made(last, Path(config.site_dir), quiet=quiet):
            said.write(last.said or "")
            return Built(Path(config.site_dir), len(last.pages))
        try:
            with undoubted():
                _build(exact, config)
        except Abort:  # MkDocs has said why
            return None
        except MkDocsException as error:
            OF_THE_ENGINE.error(error.format_message())
            return None
        finally:
            config.plugins.on_shutdown()
        site = Path(config.site_dir)
        if exact.done is None:
            return Built(site, why_all=exact.why_all)
        exact.done.inputs = inputs.key_at_the_end() if inputs is not None else ""
        exact.done.said = said.getvalue()
        remember(project.root, tree_name(project), site, exact.done)
        return Built(site, len(exact.done.pages), exact.made)


def _configuration(config_file: Path, site_dir: str | None, *, strict: bool) -> MkDocsConfig:
    try:
        return load_config(str(config_file), site_dir=site_dir, strict=strict or None)
    except Abort as error:  # MkDocs has said why, line by line
        raise SettingsError(f"{config_file.name} can't be used as it is; what is wrong stands above.") from error
    except ConfigurationError as error:
        raise SettingsError(f"{config_file.name} can't be used: {error.format_message()}") from error


def _begin(exact: Exact, config: MkDocsConfig, project: Project) -> None:
    """Let MkDocs leave out what need not be made, as far as anybody can know that."""
    root, name, site = project.root, tree_name(project), Path(config.site_dir)

    def sweep_unbelieved(folder: Path, kept: Collection[str]) -> None:
        # Whatever ends the build from here on, nothing is believed of what it leaves.
        forget(root, name)
        sweep(folder, kept)

    exact.is_on = exact.is_kept = True
    exact.sweep = sweep_unbelieved
    exact.last = recall(root, name, site)


def _build(exact: Exact, config: MkDocsConfig) -> None:
    try:
        build(config, dirty=True)
    except MkDocsException:
        if not exact.has_to_begin_anew:
            raise
        build(config, dirty=True)


@contextmanager
def _logged(*, quiet: bool) -> Iterator[Said]:
    """Say what MkDocs and Handrail warn of, where that is wanted, and what stops a build."""
    log = OF_THE_ENGINE
    before, handler = log.level, logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    handler.setLevel(logging.ERROR if quiet else logging.WARNING)
    # Whatever is shown of them, warnings are counted.
    log.setLevel(logging.WARNING)
    log.addHandler(handler)
    try:
        with redirect_stderr(Said(None if quiet else sys.stderr)) as said:
            yield said
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
