"""The front matter keys that the theme reads: on prose they are typed as on documents, so that no value can crash it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handrail.model.kinds import Kind
from handrail.model.validation import UNKNOWN, Violation
from handrail.model.violations import violations

_TYPED = ("title", "description", "icon", "hide", "search", "tags")
_ONE_LINE = ("author", "subtitle", "status")
_REFUSED = ("template", "social")
_OF_OTHERS = re.compile(r"_.*|git_.*|revision_date|render_macros|ignore_macros")
"""What plugins put there or act on."""
_STAND_IN = {"kind": "page", "id": "prose", "title": "Prose", "visibility": "public"}


def faults(data: Mapping[str, Any], kinds: Mapping[str, Kind]) -> list[Violation]:
    """Return what is wrong with the theme's keys in the front matter of prose."""
    found = [Violation((key,), UNKNOWN, [], data[key], {}) for key in _REFUSED if key in data]
    found += [
        Violation((key,), "type", "string", data[key], {})
        for key in _ONE_LINE
        if key in data and (not isinstance(data[key], str) or not data[key].strip() or set('<>"\n') & set(data[key]))
    ]
    typed = {key: data[key] for key in _TYPED if key in data}
    page = kinds.get("page")
    if typed and page is not None and not page.validator.is_valid({**_STAND_IN, **typed}):
        found += violations(page, {**_STAND_IN, **typed}, lambda _path: False)
    return found


def is_kept_out_of_search(data: Mapping[str, Any]) -> bool:
    """Say whether front matter asks that the site's search should not find its page."""
    search = data.get("search")
    return isinstance(search, dict) and search.get("exclude") is True


def is_spoken_for(key: str) -> bool:
    """Say whether the theme or a plugin reads a key by itself, so that nobody else may give it a meaning."""
    return key in (*_TYPED, *_ONE_LINE, *_REFUSED) or _OF_OTHERS.fullmatch(key) is not None


def passed_on(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of prose that the theme may see, whatever their values."""
    return {key: data[key] for key in (*_TYPED, *_ONE_LINE) if key in data}
