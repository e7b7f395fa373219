"""Which program a handbook was written for, and where its pages lie, by the files that such programs want."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from handrail.edit.adopt.tree import Tree
from handrail.model.project import values_in

_ELEVENTY_INPUT = re.compile(r"\binput\s*:\s*[\"']([^\"']+)[\"']")
_BOOK_SOURCE = re.compile(r"(?m)^\s*src\s*=\s*[\"']([^\"']+)[\"']")
_OF_POLICIES = frozenset(("narratives", "policies", "procedures", "standards"))


class Generator(StrEnum):
    """What made a site of the pages until now, as people call it."""

    DOCUSAURUS = "Docusaurus"
    HUGO = "Hugo"
    GITBOOK = "GitBook"
    MDBOOK = "mdBook"
    ELEVENTY = "Eleventy"
    MIDDLEMAN = "Middleman"
    JEKYLL = "Jekyll"
    VITEPRESS = "VitePress"
    NEXT = "Next.js"
    POLICIES = "a set of policy templates"
    PLAIN = "plain Markdown"


@dataclass(frozen=True, slots=True)
class Origin:
    """The program, the file or folder that shows it, and the folder of the pages from the root; empty for the root."""

    generator: Generator
    sign: str = ""
    folder: str = ""


def origin_of(tree: Tree) -> Origin:
    """Say what a tree was written for, by the first sign that is found."""
    for recognise in _RECOGNISERS:
        found = recognise(tree)
        if found is not None:
            return found
    return Origin(Generator.PLAIN, folder=tree.fullest_folder())


def _beside(sign: str, folder: str, tree: Tree) -> str:
    """Return a folder that a file of settings names, from the root; the fullest one where it holds no page."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(sign), folder))
    if path == ".":
        return ""
    return path if any(page.startswith(f"{path}/") for page in tree.pages) else tree.fullest_folder()


def _setting(tree: Tree, sign: str, name: str, default: str) -> str:
    value = (values_in(tree.text(sign)) or {}).get(name)
    return value if isinstance(value, str) else default


def _docusaurus(tree: Tree) -> Origin | None:
    sign = tree.named(*(f"docusaurus.config.{ending}" for ending in ("js", "ts", "mjs", "cjs")))
    return None if sign is None else Origin(Generator.DOCUSAURUS, sign, _beside(sign, "docs", tree))


def _hugo(tree: Tree) -> Origin | None:
    sign = tree.named("hugo.toml", "hugo.yaml", "hugo.json")
    if sign is None and tree.has("config.toml") and tree.below("content").paths:
        sign = "config.toml"
    if sign is not None:
        return Origin(Generator.HUGO, sign, _beside(sign, "content", tree))
    index = tree.named("_index.md")
    return None if index is None else Origin(Generator.HUGO, index, tree.fullest_folder())


def _gitbook(tree: Tree) -> Origin | None:
    settings, summary = tree.named(".gitbook.yaml", ".gitbook.yml"), tree.named("SUMMARY.md")
    if settings is not None:
        return Origin(Generator.GITBOOK, settings, _beside(settings, _setting(tree, settings, "root", "."), tree))
    if summary is None:
        return None
    return Origin(Generator.GITBOOK, summary, posixpath.dirname(summary))


def _mdbook(tree: Tree) -> Origin | None:
    sign = tree.named("book.toml")
    if sign is None:
        return None
    source = _BOOK_SOURCE.search(tree.text(sign))
    return Origin(Generator.MDBOOK, sign, _beside(sign, source[1] if source else "src", tree))


def _eleventy(tree: Tree) -> Origin | None:
    names = (f"{name}.{ending}" for name in (".eleventy", "eleventy.config") for ending in ("js", "mjs", "cjs", "ts"))
    sign = tree.named(*names)
    if sign is None:
        return None
    source = _ELEVENTY_INPUT.search(tree.text(sign))
    return Origin(Generator.ELEVENTY, sign, _beside(sign, source[1] if source else ".", tree))


def _middleman(tree: Tree) -> Origin | None:
    is_one = tree.has("config.rb") and tree.below("source").paths
    return Origin(Generator.MIDDLEMAN, "config.rb", "source") if is_one else None


def _jekyll(tree: Tree) -> Origin | None:
    sign = tree.named("_config.yml", "_config.yaml")
    if sign is None:
        return None
    return Origin(Generator.JEKYLL, sign, _beside(sign, _setting(tree, sign, "source", "."), tree))


def _vitepress(tree: Tree) -> Origin | None:
    for path in tree.paths:
        if found := re.match(r"(?:(?P<folder>.*)/)?\.v(?:ite|ue)press/", path):
            return Origin(Generator.VITEPRESS, path, found["folder"] or "")
    return None


def _next(tree: Tree) -> Origin | None:
    sign = tree.named("next.config.js", "next.config.mjs", "next.config.ts")
    return None if sign is None else Origin(Generator.NEXT, sign, tree.fullest_folder())


def _policies(tree: Tree) -> Origin | None:
    homes: dict[str, set[str]] = {}
    for page in tree.pages:
        folder, name = posixpath.split(posixpath.dirname(page))
        if name in _OF_POLICIES:
            homes.setdefault(folder, set()).add(name)
    home = next((folder for folder, names in sorted(homes.items()) if len(names) > 1), None)
    return None if home is None else Origin(Generator.POLICIES, home or ".", home)


_RECOGNISERS: tuple[Callable[[Tree], Origin | None], ...] = (
    _docusaurus, _hugo, _mdbook, _gitbook, _eleventy, _middleman, _jekyll, _vitepress, _next, _policies,
)  # fmt: skip
"""The surest signs first: an mdBook has the table of contents that a GitBook has."""
