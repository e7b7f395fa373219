"""Old addresses that GitBook keeps in `.gitbook.yaml`, written into the pages that they lead to."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from handrail.edit.adopt.block_yaml import flow
from handrail.edit.adopt.fixes.edits import Book, Edit
from handrail.model.files import read_bytes
from handrail.model.page import Page
from handrail.model.project import Project, values_in
from handrail.text.frontmatter import split
from handrail.text.source import read_source

_FILES = (".gitbook.yaml", ".gitbook.yml")
_FIELDS = ("redirect_from", "aliases")


def gitbook_redirects(project: Project) -> dict[str, list[str]]:
    """Return the old addresses that GitBook's settings give to pages, by the page's path in the folder of pages."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in dict.fromkeys((project.docs_dir, project.root)):
        for name in _FILES:
            raw = read_bytes(folder, name)
            values = values_in(raw.decode("utf-8-sig", "replace")) if raw is not None else None
            for old, path in _redirects(values or {}):
                found[path].append(old)
    return dict(found)


def _redirects(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    said = values.get("redirects")
    for old, new in said.items() if isinstance(said, dict) else ():
        if isinstance(old, str) and isinstance(new, str) and old.strip("/"):
            yield f"/{old.strip('/')}/", posixpath.normpath(new.strip("/").partition("#")[0])


def redirects(book: Book, page: Page) -> Iterator[Edit]:
    """Find the old addresses of a page that says nothing of any, and that can be given some."""
    wanted = list(dict.fromkeys(book.redirects.get(page.src_uri, ())))
    source = page.source
    if not wanted or source.problems or not source.readable or any(field in source.data for field in _FIELDS):
        return
    edit = _edit(source.text, f"redirect_from: {flow(wanted)}")
    after = read_source(f"{source.text[: edit.start]}{edit.text}{source.text[edit.end :]}".encode())
    if not after.problems and after.data == {**source.data, "redirect_from": wanted} and after.body == source.body:
        yield edit


def _edit(text: str, line: str) -> Edit:
    parts = split(text)
    end = "\r\n" if "\r\n" in text else "\n"
    if parts.start is None:
        return Edit(0, 0, end.join(("---", line, "---", "")))
    return Edit(parts.end, parts.end, f"{line}{end}")
