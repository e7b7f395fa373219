"""Keeps a preview going where a build fails: the last good site is served again, and says so."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from handrail.engines.strip import mark
from handrail.pages.preview import failed

_log = logging.getLogger("mkdocs.plugins.handrail")


class Guard:
    """Keeps a copy of the last good site, and puts it back where a rebuild fails.

    MkDocs would leave the folder half-written, and its server would answer nothing until the next build that works.
    """

    def __init__(self, server: LiveReloadServer, site_dir: Path) -> None:
        self._site_dir = site_dir
        self._copy = Path(tempfile.mkdtemp(prefix="handrail-preview-"))
        self._build: Any = server.builder
        server.builder = self._rebuild
        self._keep()

    def _rebuild(self, *arguments: Any) -> None:
        try:
            self._build(*arguments)
        except (Exception, Abort, SystemExit) as error:  # noqa: BLE001 - whatever it was, the preview goes on
            # MkDocs stops with a word on how it stopped, while it was dealing with the reason.
            reason = error.__context__ if isinstance(error, Abort) and error.__context__ else error
            words = str(reason) or type(reason).__name__
            _log.error("The build failed, so the last good site is shown: %s", words)
            self._put_back()
            said = failed(words)
            mark(self._site_dir, lambda _: said)
        else:
            self._keep()

    def _keep(self) -> None:
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self._site_dir, self._copy)

    def _put_back(self) -> None:
        shutil.rmtree(self._site_dir, ignore_errors=True)
        shutil.copytree(self._copy, self._site_dir, dirs_exist_ok=True)

    def close(self) -> None:
        """Throw the copy away."""
        shutil.rmtree(self._copy, ignore_errors=True)
