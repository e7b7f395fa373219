"""What browsers may run on a site that Zensical has made: what its templates ask for, as its page for what is not found shows them.

That page holds no author's text. How deep a page lies stands in one of its scripts, so each depth has a script of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from handrail.engines.policy import mermaid, own_scripts
from handrail.errors import UsageError
from handrail.model.let_in import let_in_by
from handrail.model.settings import Settings
from handrail.web.policy import policy

_NOT_FOUND = "404.html"
_LIST = re.compile(r"<ul\b(?:(?!<ul\b).)*?</ul>", re.DOTALL)
_BASE = re.compile(r'(?<=new URL\(")[^"]*(?=",location\))')


def policy_of(site: Path, config: MkDocsConfig, settings: Settings) -> str:
    """Return the policy of a site; raises UsageError where it has no page for what is not found."""
    page = site / _NOT_FOUND
    if not page.is_file():
        raise UsageError(
            f"{site} has no {_NOT_FOUND}, by which it is known what its pages may run; let Zensical build it again."
        )
    depths = {path.relative_to(site).as_posix().count("/") for path in site.rglob("*.html")}
    shown = _without_lists(page.read_text("utf-8"))
    programs = (*own_scripts(config), *_at_each_depth(shown, depths))
    return policy((shown, *programs), mermaid(config, [site]), let_in_by(settings))


def _at_each_depth(page: str, depths: set[int]) -> Iterator[str]:
    for depth in sorted(depths):
        yield _BASE.sub("/".join([".."] * depth) or ".", page)


def _without_lists(page: str) -> str:
    """Return a page without the titles of others."""
    before = ""
    while before != page:
        before, page = page, _LIST.sub("", page)
    return page
