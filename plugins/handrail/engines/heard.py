"""What is heard while a site is built: MkDocs' warnings, and what is written to standard error."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from mkdocs.config.defaults import MkDocsConfig

from handrail.engines.logs import OF_THE_ENGINE


class Heard(logging.Handler):
    """Notes whether MkDocs says `anything` from a level on, and of which `pages`, by path; whoever is warned once is to be warned each time."""

    def __init__(self, config: MkDocsConfig, level: int) -> None:
        super().__init__(level)
        self.anything = False
        self.pages: set[str] = set()
        self._config = config

    def emit(self, record: logging.LogRecord) -> None:
        del record
        self.anything = True
        page = self._config._current_page  # noqa: SLF001 - MkDocs tells nobody else which one it is at
        if page is not None:
            self.pages.add(page.file.src_uri)


@contextmanager
def hearing(config: MkDocsConfig, level: int = logging.WARNING) -> Iterator[Heard]:
    """Hear what MkDocs says for a while."""
    heard = Heard(config, level)
    OF_THE_ENGINE.addHandler(heard)
    try:
        yield heard
    finally:
        OF_THE_ENGINE.removeHandler(heard)


class Said(io.StringIO):
    """Notes what is said, and says it where somebody listens."""

    def __init__(self, listener: IO[str] | None) -> None:
        super().__init__()
        self._listener = listener

    def write(self, text: str) -> int:
        if self._listener is not None:
            self._listener.write(text)
        return super().write(text)
