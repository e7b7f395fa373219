"""Says whether anything on a site runs template code that stands in pages, by what `mkdocs.yml` names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handrail.model.buildfiles import plugins_in

RENDERERS = frozenset(("codeyaml", "external-markdown", "jconfig", "markdownextradata", "mktemplate"))
"""Plugins that take every page for a template, and what stands there in code for template code."""
_PLUGINS = (
    *RENDERERS,
    *("git-snippet", "gitsnippet", "include-markdown", "macros", "table-reader"),
)
"""Plugins that run what stands between double braces or `{%` and `%}` in a page, or put in the files that it names."""
_ENGINE = "jinja"


def runs_templates(config: Mapping[str, Any], root: Path) -> bool:
    """Say whether a plugin does, or one of the site's own hooks, which would name the template engine."""
    names = [str(name).rpartition("/")[2].partition(" ")[0] for name, _ in plugins_in(config)]
    hooks = config.get("hooks")
    named = hooks if isinstance(hooks, list | Mapping) else ()
    return any(name in _PLUGINS for name in names) or any(_names_engine(root / str(hook)) for hook in named)


def _names_engine(hook: Path) -> bool:
    try:
        return _ENGINE in hook.read_text("utf-8", "replace").casefold()
    except (OSError, ValueError):
        return False
