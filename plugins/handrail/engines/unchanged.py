"""Knows whether a site is what would be built once more, so that nothing of it need be built.

Everything that a site is made of is put into one short text before the build, and kept when that has ended without a word of warning.
Where a page is made of something that nobody here can see, nothing is kept.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import ExitStack, redirect_stderr
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from handrail.build.build import Build
from handrail.build.kept_build import KeptBuild, KeptPage, recall, remember, stats_of
from handrail.build.page_keys import as_bytes, reads_more
from handrail.build.today import day_of
from handrail.build.tree import tree_name
from handrail.engines.files import is_ours
from handrail.engines.heard import Said, hearing
from handrail.engines.logs import OF_THE_ENGINE, OURS
from handrail.engines.site_key import appends, runs_macros, site_key, why_everything
from handrail.forge.forge import Forge
from handrail.forge.forms import forms_of
from handrail.history.root import repository_root
from handrail.model.cache import seal
from handrail.model.files import list_files, read_bytes
from handrail.model.project import Project
from handrail.report.check_cache import CheckCache


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that the site of a project is made of, in short: its files, and what MkDocs' settings say."""

    project: Project
    files: str
    settings: str

    @classmethod
    def of(cls, config: MkDocsConfig, project: Project) -> Inputs | None:
        """Return the inputs of a site before any plugin changes a setting; None where nobody can know all of them."""
        if why_everything(config, project):
            return None
        return cls(project, _files(project), seal((site_key(config, project).encode(), as_bytes(config.nav))))

    @property
    def key(self) -> str:
        """A text that is another one as soon as anything of them is."""
        return seal((self.files.encode(), self.settings.encode()))

    def key_at_the_end(self) -> str:
        """Return the key where nobody has saved a file while others were read; else nothing."""
        return self.key if _files(self.project) == self.files else ""

    def made(self, last: KeptBuild | None, site: Path, *, quiet: bool) -> bool:
        """Say whether the last build was made of them and is still there; where its words are wanted, they have to be known."""
        return (
            last is not None
            and last.is_whole
            and last.inputs == self.key
            and (quiet or last.said is not None)
            and last.is_of(site)
        )


def _files(project: Project) -> str:
    root = repository_root(project.docs_dir) or project.root
    forms = forms_of(Forge.of(project.repo_url, project.edit_uri), root)
    files = list_files(project.docs_dir, project.exclusions)
    verdict = CheckCache(project, day_of(project.settings), files).key
    folder_settings = [read_bytes(project.docs_dir, path) or b"" for path in files.folder_settings]
    made_on = os.environ.get("SOURCE_DATE_EPOCH", "")
    baseline = read_bytes(project.root, project.settings.baseline) or b""
    read = (project.config_file.read_bytes(), baseline, *folder_settings)
    return seal((verdict.encode(), as_bytes([forms, made_on]), *read))


class WholeBuild:
    """A build of everything by MkDocs' own command, which ends before it has begun where nothing has changed; any other is none unless `is_on`."""

    def __init__(self) -> None:
        self.is_on = False
        self._inputs: Inputs | None = None
        self._ends = ExitStack()

    def begin(self, config: MkDocsConfig, project: Project) -> None:
        """Take note of what a site is made of; raises SystemExit where it is there already, made of the same."""
        self.end()
        inputs, site = Inputs.of(config, project) if self.is_on else None, Path(config.site_dir)
        if inputs is None:
            return
        self._is_quiet = OF_THE_ENGINE.getEffectiveLevel() > logging.WARNING
        last = recall(project.root, tree_name(project), site)
        if last is not None and inputs.made(last, site, quiet=self._is_quiet):
            if not self._is_quiet:
                sys.stderr.write(last.said or "")
            OURS.info("Nothing has changed since '%s' was built, so it stays as it is.", site)
            raise SystemExit(0)
        self._inputs, self._common = inputs, site_key(config, project)
        self._heard = self._ends.enter_context(hearing(config))
        self._said = self._ends.enter_context(redirect_stderr(Said(sys.stderr)))

    def finish(self, build: Build, files: Files, config: MkDocsConfig) -> None:
        """Keep that the site is there, and made of what, where all of that is known; else nothing is believed of it."""
        if self._inputs is None:
            return
        pages = [file for file in files.documentation_pages() if file.page is not None]
        project, site = self._inputs.project, Path(config.site_dir)
        if not self._heard.anything and all(_is_known(file, build, config) for file in pages):
            made = KeptBuild(self._common, {file.src_uri: KeptPage() for file in pages}, {}, stats_of(site))
            made.is_whole, made.inputs = True, self._inputs.key_at_the_end()
            made.said = None if self._is_quiet else self._said.getvalue()
            remember(project.root, tree_name(project), site, made)

    def end(self) -> None:
        """Listen no longer."""
        self._inputs = None
        self._ends.close()


def _is_known(file: File, build: Build, config: MkDocsConfig) -> bool:
    """Say whether all is known that a page of a site is made of."""
    ours, is_appended = build.pages.get(file.src_uri), appends(build.handbook.project)
    if ours is None:
        return is_ours(file, build, config) and not is_appended
    return not reads_more(ours, build, runs_macros=runs_macros(config), appends=is_appended)
