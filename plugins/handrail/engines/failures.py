"""Ends a build that fails with one plain sentence, whoever failed: MkDocs, a plugin, an extension, the disk or Handrail."""

from __future__ import annotations

import sysconfig
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.structure.pages import Page

from handrail.errors import HandrailError
from handrail.faults import being_worked_on, fault, system, what
from handrail.model.config_names import USUAL

_OURS = Path(__file__).resolve().parents[1]
_PYTHON = (sysconfig.get_path("stdlib"), "<")


class TextFailure(Exception):  # noqa: N818 - it is the error's cause that says what failed
    """Another plugin failed at the text of a page: its name, and how it is kept to the pages that are written for it."""

    def __init__(self, error: Exception, plugin: str, advice: str) -> None:
        super().__init__(str(error))
        self.plugin = plugin
        self.advice = advice


@contextmanager
def as_plugin_error() -> Iterator[None]:
    """Raise PluginError, whose words MkDocs shows, for what Handrail can't go on with and for what the system refuses."""
    try:
        yield
    except HandrailError as error:
        raise PluginError(str(error)) from error
    except OSError as error:
        raise PluginError(system(error)) from error


def end_build(error: Exception, config_file: str | None) -> None:
    """Raise PluginError with the sentence, unless the error is one of those that MkDocs shows by their words."""
    if not isinstance(error, MkDocsException):
        raise PluginError(_sentence(error, Path(config_file or USUAL).name)) from error


def _sentence(error: Exception, config_name: str) -> str:
    page = next((found for found in being_worked_on(error, "page") if isinstance(found, Page)), None)
    at = f"The build failed at the page {page.file.src_uri}" if page is not None else "The build failed"
    if isinstance(error, TextFailure) and isinstance(error.__cause__, Exception):
        return f"{at}: `{error.plugin}` can't go on ({what(error.__cause__)}). Undo what was written there last. {error.advice}"
    if isinstance(error, OSError) and error.filename:
        return f"{at}: {system(error)}"
    if _is_ours(error):
        return f"{at}. {fault(error)}"
    if page is None:
        return (
            f"{at}: MkDocs, or a plugin, can't go on ({what(error)}). Look at what was changed last in {config_name}."
        )
    return (
        f"{at}: MkDocs, or an extension of it, can't make it ({what(error)}). Undo what was written there last; until then, "
        f"`exclude_docs: /{page.file.src_uri}` in {config_name} leaves the page out."
    )


def _is_ours(error: Exception) -> bool:
    """Say whether an error came from a function of Handrail itself, or from one of Python's own that it called."""
    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    own = [file for file in files if not file.startswith(_PYTHON) or "site-packages" in file]
    return any(Path(file).is_relative_to(_OURS) for file in own[-1:])
