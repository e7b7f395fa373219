"""What the theme and macros see as a page's metadata."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from handrail.model.handbook import Handbook
from handrail.model.materialkeys import faults, passed_on
from handrail.model.page import Page

_ESCAPED = ("title", "description", "author", "subtitle")
_SWITCHES = ("render_macros", "ignore_macros")


def meta_of(page: Page, handbook: Handbook, theme_dirs: Iterable[str], status: str) -> dict[str, Any]:
    """Return a document's front matter, or the theme's keys of prose; the theme prints some of them as they are."""
    meta = _of_document(page, handbook) if page.kind is not None else passed_on(page.data, handbook.kinds)
    if "title" not in meta and not page.source.first_headings and html.escape(page.file_name) != page.file_name:
        meta["title"] = page.file_name  # MkDocs would make a title of the file's name, and the theme markup of that
    for key in _ESCAPED:
        if isinstance(meta.get(key), str):
            meta[key] = html.escape(meta[key].strip(), quote=True).replace("&#x27;", "'")
    if isinstance(meta.get("title"), str):
        meta["title"] = Markup(meta["title"])  # noqa: S704 - escaped above; the theme escapes a title again in places
    if "tags" in meta:
        meta["tags"] = [tag.translate(_MARKUP) for tag in meta["tags"]]
    if "icon" in meta and not _has_icon(meta["icon"], theme_dirs):
        del meta["icon"]
    if status:
        meta["status"] = status
    meta["render_macros"] = handbook.settings.may_run_macros(page.src_uri)
    return meta


_MARKUP = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;"})


def _of_document(page: Page, handbook: Handbook) -> dict[str, Any]:
    """Return a document's data without what would break the theme: a preview shows documents with wrong values too."""
    bad = {violation.path[0] for violation in faults(page.data, handbook.kinds)}
    return {key: value for key, value in page.data.items() if key not in bad and key not in _SWITCHES}


def _has_icon(name: Any, theme_dirs: Iterable[str]) -> bool:
    return isinstance(name, str) and any(Path(folder, ".icons", f"{name}.svg").is_file() for folder in theme_dirs)
