"""Keeps a preview going where a build fails: the last good site is served again, and says so."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer

from handrail.build.kept_build import stats_of, sweep
from handrail.engines.dirty import as_dirty, undoubted
from handrail.engines.exact import Exact
from handrail.engines.logs import OURS
from handrail.model.garbage import CollectedBetween


class Guard:
    """Has a preview built anew only as far as it can have changed, and brings back what that deleted where the build fails.

    MkDocs would leave the folder half-written, and its server would answer nothing until the next build that works.
    """

    def __init__(self, server: LiveReloadServer, site: Path, exact: Exact) -> None:
        self.failure = ""
        """Why the last build failed, nothing where it did not."""
        self._site = site
        self._exact = exact
        # Beside the site, so that a file that is put aside need not be copied.
        self._aside = Path(tempfile.mkdtemp(prefix="handrail-preview-", dir=site.parent))
        self._remaining: frozenset[str] | None = None
        self._garbage = CollectedBetween()
        dirty = as_dirty(server.builder)
        self._is_whole = dirty is None
        self._build: Any = dirty or server.builder
        server.builder = self._rebuild
        exact.sweep = self._put_aside
        exact.is_on = not self._is_whole
        exact.commit()

    def _rebuild(self, *arguments: Any) -> None:
        try:
            with self._garbage.work():
                self._build_again(arguments)
        except (Exception, Abort, SystemExit) as error:  # noqa: BLE001 - whatever it was, the preview goes on
            # MkDocs stops with a word on how it stopped, while it was dealing with the reason.
            reason = error.__context__ if isinstance(error, Abort) and error.__context__ else error
            self.failure = str(reason) or type(reason).__name__
            OURS.error("The build failed, so the last good site is shown: %s", self.failure)
            self._bring_back()
        else:
            self.failure = ""
            self._exact.commit()
        self._remaining = None
        shutil.rmtree(self._aside, ignore_errors=True)

    def _build_again(self, arguments: tuple[Any, ...]) -> None:
        if self._is_whole:
            self._put_aside(self._site, ())
        with undoubted():
            try:
                self._build(*arguments)
            except MkDocsException:
                if not self._exact.has_to_begin_anew:
                    raise
                self._build(*arguments)

    def _put_aside(self, site: Path, remaining: Collection[str]) -> None:
        """Move all of a site but these files to where it can be brought back from."""
        before, self._remaining = self._remaining, frozenset(remaining)
        for path in stats_of(site):
            # What a first try has written belongs to no site.
            if path not in self._remaining and (before is None or path in before):
                place = self._aside / path
                place.parent.mkdir(parents=True, exist_ok=True)
                (site / path).replace(place)
        sweep(site, self._remaining)
        self._remaining &= before if before is not None else self._remaining

    def _bring_back(self) -> None:
        if self._remaining is None:  # it failed before anything was written
            return
        sweep(self._site, self._remaining)
        if self._aside.is_dir():
            shutil.copytree(self._aside, self._site, dirs_exist_ok=True, copy_function=shutil.move)
        self._exact.is_as_before(self._site)

    def close(self) -> None:
        """Throw away what is put aside."""
        self._garbage.end()
        shutil.rmtree(self._aside, ignore_errors=True)
