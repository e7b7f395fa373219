"""Builds a site with MkDocs for a command of ours: only those pages and files are made anew that can differ from what the site holds."""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from handrail.build.kept_build import forget, recall, remember, sweep
from handrail.build.page_keys import as_bytes
from handrail.build.tree import tree_name
from handrail.engines.dirty import undoubted
from handrail.engines.exact import Exact
from handrail.engines.given import project_of
from handrail.engines.site_key import site_key, why_everything
from handrail.errors import SettingsError
from handrail.forge.forge import Forge
from handrail.forge.forms import forms_of
from handrail.history.root import repository_root
from handrail.model.cache import seal
from handrail.model.files import read_bytes
from handrail.model.project import PLUGIN, Project

_LOG = "mkdocs"


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built: where, of how many pages, and how many of them were made anew; or why nobody can say which need not be."""

    site: Path
    pages: int = 0
    made: int = 0
    why_all: str = ""


def build_site(
    config_file: Path,
    read: Callable[[], str] = str,
    *,
    site_dir: str | None = None,
    strict: bool = False,
    quiet: bool = False,
) -> Built | None:
    """Build a site; None where something stops the build, which has been said. Raises SettingsError where the settings can't be used.

    `read` returns a short text that is another one as soon as anything is that the handbook and its verdict are made of. Where that and all
    else is as it was at the last build, nothing is built, and what that said is said again.
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
        last, files = exact.last, "" if why_everything(config, project) else _files(project, read)
        inputs = seal((files.encode(), site_key(config, project).encode(), as_bytes(config.nav))) if files else ""
        if (
            last is not None
            and last.is_whole
            and inputs
            and last.inputs == inputs
            and last.is_of(Path(config.site_dir))
        ):
            said.write(last.said)
            return Built(Path(config.site_dir), len(last.pages))
        try:
            with undoubted():
                _build(exact, config)
        except Abort:  # MkDocs has said why
            return None
        except MkDocsException as error:
            logging.getLogger(_LOG).error(error.format_message())  # noqa: TRY400 - a sentence, not where it was raised
            return None
        finally:
            config.plugins.on_shutdown()
        site = Path(config.site_dir)
        if exact.done is None:
            return Built(site, why_all=exact.why_all)
        # Somebody may have saved a page while others were read.
        exact.done.inputs = inputs if files == _files(project, read) else ""
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


def _files(project: Project, read: Callable[[], str]) -> str:
    """Return a short text that is another one as soon as any file is that a site is made of, but for its theme; nothing where nobody reads."""
    known = read()
    if not known:
        return ""
    root = repository_root(project.docs_dir) or project.root
    forms = forms_of(Forge.of(project.repo_url, project.edit_uri), root)
    baseline = read_bytes(project.root, project.settings.baseline) or b""
    made_on = os.environ.get("SOURCE_DATE_EPOCH", "")
    return seal((known.encode(), as_bytes([forms, made_on]), project.config_file.read_bytes(), baseline))


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


class _Said(io.StringIO):
    """Notes what is said on the way, and says it where somebody listens."""

    def __init__(self, listener: IO[str] | None) -> None:
        super().__init__()
        self._listener = listener

    def write(self, text: str) -> int:
        if self._listener is not None:
            self._listener.write(text)
        return super().write(text)


@contextmanager
def _logged(*, quiet: bool) -> Iterator[_Said]:
    """Say what MkDocs and Handrail warn of, where that is wanted, and what stops a build."""
    log = logging.getLogger(_LOG)
    before, handler = log.level, logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    handler.setLevel(logging.ERROR if quiet else logging.WARNING)
    # Whatever is shown of them, warnings are counted.
    log.setLevel(logging.WARNING)
    log.addHandler(handler)
    try:
        with redirect_stderr(_Said(None if quiet else sys.stderr)) as said:
            yield said
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
