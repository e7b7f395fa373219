"""What `mkdocs.yml` says of the site's look: its theme, its own templates, and the files that it names for them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

DEFAULT_THEME = "mkdocs"
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def named_files(config: Mapping[str, Any]) -> Iterator[str]:
    """Yield the files of the folder of pages that the site's look is made of."""
    theme = config.get("theme")
    listed = [theme.get(key) for key in ("logo", "favicon")] if isinstance(theme, Mapping) else []
    for key in ("extra_css", "extra_javascript", "extra_templates"):
        value = config.get(key)
        listed += value if isinstance(value, list) else ()
    for entry in listed:
        name = entry.get("path") if isinstance(entry, Mapping) else entry
        if isinstance(name, str) and name and not _ELSEWHERE.match(name):
            yield posixpath.normpath(re.split(r"[?#]", name, maxsplit=1)[0]).lstrip("/")


def theme_of(theme: Any) -> str:
    """Return the name of a theme, as MkDocs has it or as it is written."""
    name = theme.get("name", "") if isinstance(theme, Mapping) else getattr(theme, "name", theme)
    return name if isinstance(name, str) else "" if theme is not None else DEFAULT_THEME


def custom_dir_of(theme: Any, root: Path) -> Path | None:
    """Return the folder of the site's own templates, None where it has none."""
    folder = theme.get("custom_dir") if isinstance(theme, Mapping) else getattr(theme, "custom_dir", None)
    return root / folder if isinstance(folder, str) and folder else None
