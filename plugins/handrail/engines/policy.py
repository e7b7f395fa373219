"""Asks the theme's templates what they run and load, by pages of no text, one at each depth of the site."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, TemplateError
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from handrail.model.project import PLUGIN
from handrail.text.hosts import LetIn
from handrail.text.html_page import tags
from handrail.text.scripts import handlers
from handrail.web.policy import policy

_PROBE = "probe-of-the-theme"
_TEMPLATE_CODE = re.compile(r"\{[{%#]")
_MERMAID = re.compile(r"https://[\w.-]+/mermaid@[\w./-]+\.js")


def site_policy(env: Environment, config: MkDocsConfig, files: Files, let_in: LetIn) -> str:
    """Return the policy of a site; `env` is the theme's, as the build will use it."""
    depths = sorted({file.url.removeprefix("./").count("/") for file in files.documentation_pages()})
    try:
        pages = [*_pages(env, config, files, depths), *_templates(env, config)]
    except TemplateError as error:
        raise PluginError(
            f"A template of the site can't show a page of no text, so nobody knows what it runs: {error}. "
            "Let it do without what the page lacks."
        ) from error
    return policy((*pages, *own_scripts(config)), mermaid(config, map(Path, config.theme.dirs)), let_in)


def _pages(env: Environment, config: MkDocsConfig, files: Files, depths: Iterable[int]) -> Iterator[str]:
    """Yield what the theme makes of pages of no text: how deep one lies stands in one of its scripts."""
    template = env.get_template("main.html")
    for depth in depths:
        place = "/".join((*[_PROBE] * depth, "index.md"))
        page = Page("", File.generated(config, place, content=""), config)
        page.toc = TableOfContents([])
        page.content = _as_others_leave_it("page_content", "", config, page=page, files=files)
        shown = template.render(get_context(Navigation([], []), (), config, page))
        yield _as_others_leave_it("post_page", shown, config, page=page)


def _as_others_leave_it(event: str, shown: str, config: MkDocsConfig, **known: Any) -> str:
    """Return a page, or its text, as other plugins and hooks leave it: those that add programs to each page do so here."""
    ours = config.plugins.get(PLUGIN)
    with _unheard():
        for handler in config.plugins.events[event]:
            if getattr(handler, "__self__", None) is not ours:
                # Some know only the pages that they have seen before; what the others add is not lost for it.
                with suppress(Exception):
                    left: str | None = handler(shown, config=config, **known)
                    shown = shown if left is None else left
    return shown


@contextmanager
def _unheard() -> Iterator[None]:
    """Let nobody be warned of pages that no site has: a strict build would stop for it."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _templates(env: Environment, config: MkDocsConfig) -> Iterator[str]:
    """Yield the pages that the theme makes by itself, such as the one for what is not found."""
    base = urlsplit(config.site_url or "/").path
    for name in sorted(config.theme.static_templates):
        if name.endswith(".html"):
            yield env.get_template(name).render(get_context(Navigation([], []), (), config, base_url=base))


def own_scripts(config: MkDocsConfig) -> Iterator[str]:
    """Yield the programs of the site's own templates that stand there as they run, in attributes too: some may be for a few pages only."""
    folder = config.theme.custom_dir
    for path in sorted(Path(folder).rglob("*.html")) if folder else ():
        for tag, _, _ in tags(path.read_text("utf-8", "replace")):
            if tag.is_end or _TEMPLATE_CODE.search(tag.raw):
                continue
            if tag.name == "script":
                yield f"{tag.raw}</script>"
            elif any(handlers(tag)):
                yield tag.raw


def draws_diagrams(config: MkDocsConfig) -> bool:
    """Say whether the site has switched diagrams on."""
    fences: Any = config.mdx_configs.get("pymdownx.superfences", {}).get("custom_fences", ())
    return any(fence.get("class") == "mermaid" for fence in fences)


def mermaid(config: MkDocsConfig, folders: Iterable[Path]) -> Iterator[str]:
    """Yield where the theme whose files lie in these folders loads the program that draws diagrams from."""
    if draws_diagrams(config):
        for folder in folders:
            for path in sorted((folder / "assets" / "javascripts").glob("bundle.*.js")):
                yield from _MERMAID.findall(path.read_text("utf-8", "replace"))
