"""Folders whose names begin with a dot, which no site shows, and out of which pages use files all the same."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from handrail.model.files import file_size
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.text.markdown import without_code
from handrail.text.source import SUFFIXES
from handrail.text.tags import tags

_HIDDEN = re.compile(r"(?:\A|/)\.[^./]")
_ATTRIBUTES = ("src", "href", "poster")


def hidden_folders(handbook: Handbook) -> list[str]:
    """Return the hidden folders, by path in the folder of pages, that pages use files of."""
    named = {path for page in handbook.pages for path in _hidden_paths(page)}
    there = {
        path
        for path in named
        if _HIDDEN.search(posixpath.dirname(path)) and file_size(handbook.project.docs_dir, path) is not None
    }
    return sorted(dict.fromkeys(_folder(path) for path in sorted(there) if not path.lower().endswith(SUFFIXES)))


def _hidden_paths(page: Page) -> Iterator[str]:
    for target in _targets(page):
        path = unquote(re.split(r"[?#]", target, maxsplit=1)[0], errors="surrogateescape")
        if _HIDDEN.search(path) and "://" not in path:
            # From the file, or from the page's address, which lies one folder deeper.
            for folder in (page.folder, posixpath.join(page.folder, "page")):
                yield posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _targets(page: Page) -> Iterator[str]:
    body = page.source.body
    yield from (link.target for link in page.source.links if link.form == "markdown")
    if "<" in body and "/." in body:
        for tag in tags(without_code(body)):
            yield from (one.value for one in tag.attributes if one.name in _ATTRIBUTES)


def _folder(path: str) -> str:
    """Return the folder below the hidden one that a file lies in, such as `.gitbook/assets`, or the hidden one itself."""
    parts = path.split("/")[:-1]
    at = next(number for number, part in enumerate(parts) if part.startswith("."))
    return "/".join(parts[: at + 2])
