"""Says what Zensical leaves out of a site: plugins and hooks whose work begins when a page is HTML, and which it does not run."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from handrail.engines.zensical.settings import DONE_BY_ZENSICAL
from handrail.model.other_plugins import bare_name
from handrail.model.project import PLUGIN
from handrail.words.language import join_words

_LATE = ("page_content", "env", "page_context", "post_page", "template_context", "post_template", "post_build")
_WITHOUT_LOSS = frozenset((PLUGIN, "macros", "meta", *DONE_BY_ZENSICAL))
"""Those that have done all their work by then, or have it done by Zensical."""


def left_out(config: MkDocsConfig) -> str:
    """Return a sentence that names the plugins and hooks of a site that do nothing for Zensical's; nothing where there are none."""
    hooks: Any = config.hooks or {}  # by name, whatever MkDocs' own types say
    plugins = {bare_name(name): one for name, one in config.plugins.items() if name not in hooks}
    names = [f"the plugin {name}" for name, one in plugins.items() if name not in _WITHOUT_LOSS and _works_late(one)]
    names += [f"the hook {name}" for name, one in hooks.items() if _works_late(one)]
    if not names:
        return ""
    return f"Zensical makes the site without what {join_words(names)} would do to finished pages or add to them."


def _works_late(one: object) -> bool:
    return any(hasattr(one, f"on_{event}") for event in _LATE)
