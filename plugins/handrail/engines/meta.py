"""What the theme and macros see as a page's metadata."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.references import PLAN
from handrail.model.theme_fields import faults, passed_on
from handrail.pages.frame import STATUS
from handrail.text.tags import as_browsers_read

_ESCAPED = ("title", "description", "author", "subtitle")
_PARTS = ("navigation", "toc", "path", "footer", "feedback", "tags")
"""What the theme can hide of a page."""
_SWITCHES = ("render_macros", "ignore_macros")
_RUNS = ("javascript:", "vbscript:", "data:")
_MARKUP = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;"})
"""No ampersand: a title may be escaped already."""


def meta_of(page: Page, handbook: Handbook, theme_dirs: Iterable[str], status: str) -> dict[str, Any]:
    """Return a document's front matter, or the theme's keys of prose, and of either what the setting `page_keys` names."""
    if page.kind is not None:
        data = {key: value for key, value in page.data.items() if key not in _SWITCHES}
    else:
        data = passed_on(page.data)
    if "title" not in data and not page.source.first_headings and html.escape(page.file_name) != page.file_name:
        data["title"] = page.file_name  # MkDocs would make a title of the file's name, and the theme markup of that
    meta = {**_given(page, handbook), **_fit(data, handbook, theme_dirs)}
    if status:
        meta["status"] = status
    if page.counted_as == PLAN:
        meta.setdefault("hide", ["toc"])  # it is one page to look at
    meta["render_macros"] = handbook.settings.may_run_macros(page.src_uri)
    return meta


def of_its_class(meta: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """Return what a page's own class says of how the theme shows it, as those of a blog do, and no author has said.

    `meta` is what MkDocs holds before it is given the page's text.
    """
    said = page.source.data
    found = {key: meta[key] for key in ("template", "hide") if key in meta and meta[key] != said.get(key)}
    if "hide" in found:
        found["hide"] = [part for part in _listed(found["hide"]) if part in _PARTS]
    return found if isinstance(found.get("template", ""), str) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _given(page: Page, handbook: Handbook) -> dict[str, Any]:
    """Return the keys that the site's own templates may read, so that what a page says is never markup in them."""
    fields = page.kind.fields if page.kind is not None else ()
    said = page.source.data
    return {key: _inert(said[key]) for key in handbook.settings.page_keys if key in said and key not in fields}


def _inert(value: Any) -> Any:
    """Return data with each text escaped, and none in it that a browser would run as an address."""
    if isinstance(value, str):
        runs = as_browsers_read(value).strip().lower().startswith(_RUNS)
        return Markup() if runs else Markup(html.escape(value))  # noqa: S704 - escaped here
    if isinstance(value, dict):
        return {_inert(key): _inert(entry) for key, entry in value.items()}
    return [_inert(entry) for entry in value] if isinstance(value, list) else value


def completed(
    meta: Mapping[str, Any], ours: Mapping[str, Any], handbook: Handbook, theme_dirs: Iterable[str]
) -> dict[str, Any]:
    """Return a page's metadata when other plugins have added theirs, such as from a folder's `.meta.yml`."""
    added = {key: value for key, value in meta.items() if key not in ours or value != ours[key]}
    whole = {**ours, **_fit(added, handbook, theme_dirs)}
    if isinstance(whole.get("title"), str):
        whole["title"] = Markup(whole["title"])  # noqa: S704 - escaped; the theme escapes a title again in places
    return whole


def _fit(data: Mapping[str, Any], handbook: Handbook, theme_dirs: Iterable[str]) -> dict[str, Any]:
    """Return data without what would break the theme, and escaped where the theme prints it as it is."""
    bad = {violation.path[0] for violation in faults(data, handbook.kinds)}
    meta = {key: value for key, value in data.items() if key not in bad}
    for key in _ESCAPED:
        if isinstance(meta.get(key), str):
            meta[key] = html.escape(meta[key].strip(), quote=True).replace("&#x27;", "'")
    if str(meta.get("status", "")).startswith(STATUS):
        del meta["status"]  # ours is worked out
    if "tags" in meta:
        meta["tags"] = [without_markup(tag) for tag in meta["tags"]]
    if "icon" in meta and not _has_icon(meta["icon"], theme_dirs):
        del meta["icon"]
    return meta


def without_markup(text: str) -> str:
    """Return a text as the theme, which prints it as it is, makes no markup of it."""
    return text.translate(_MARKUP)


def _has_icon(name: Any, theme_dirs: Iterable[str]) -> bool:
    return isinstance(name, str) and any(Path(folder, ".icons", f"{name}.svg").is_file() for folder in theme_dirs)
