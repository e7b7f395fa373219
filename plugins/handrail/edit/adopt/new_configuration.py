"""Writes a `mkdocs.yml` for a folder of pages that has none."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handrail.edit.adopt.block_yaml import block_lines
from handrail.edit.adopt.origin import Generator, Origin
from handrail.edit.adopt.summary import nav_of
from handrail.edit.adopt.tree import Tree
from handrail.model.project import PLUGIN, values_in
from handrail.model.publication import KINDS
from handrail.rendering.extensions import FOR_ZENSICAL
from handrail.text.source import SUFFIXES, read_source
from handrail.text.templates import template_code

PRUNING = "navigation.prune"
"""What Material calls it where a page carries only what its own section needs of the navigation."""

_TITLE = re.compile(r"(?m)^\s*title\s*[:=]\s*[\"'`]([^\"'`\r\n]+)[\"'`]")
_ADDRESS = re.compile(r"(?m)^\s*(?:url|baseURL)\s*[:=]\s*[\"'`]?(https?://[^\s\"'`,]+)")
_BELOW = re.compile(
    r"(?m)^\s*(?:baseurl|baseUrl)[ \t]*:[ \t]*(?:(?P<quote>[\"'`])(?P<said>[^\"'`\r\n]*)(?P=quote)|(?P<plain>/[^\s\"'`,#]*))"
)
"""What Jekyll and Docusaurus call the part of the address that comes below the host; Hugo says all of it at once."""
_HOST = re.compile(r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_EXTENSIONS: tuple[Any, ...] = (
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    {"pymdownx.superfences": {"relaxed_headers": True}},
)
"""What is read as other programs read it: notes, attributes, footnotes, Markdown in HTML, and fences below items and with any words behind."""
_HOMES = ("index.md", "README.md", "_index.md")
_LARGE = 500
"""From so many pages on each page carries the navigation of its own section only.

Otherwise the site grows with the square of its pages: tried with 500, 136 MB in 15 s became 25 MB in 4 s, with 1,000, 445 MB in
53 s became 47 MB in 8 s. With fewer pages readers are better off with all of the navigation.
"""


def site_keys(tree: Tree, origin: Origin, kept_back: Iterable[str] = ()) -> dict[str, Any]:
    """Return the settings of MkDocs for a handbook that has none: its name and address as far as they are told, its pages.

    `kept_back` are lines for `exclude_docs`.
    """
    keys: dict[str, Any] = {"site_name": _name(tree, origin)}
    if address := _address(tree, origin):
        keys["site_url"] = address
    keys["docs_dir"] = origin.folder or "."
    keys["theme"] = {"name": "material", "font": False}
    keys["markdown_extensions"] = [*_EXTENSIONS, FOR_ZENSICAL]
    pages = tree.below(origin.folder)
    if len(pages.pages) >= _LARGE:
        keys["theme"]["features"] = [PRUNING]
    if pages.has("SUMMARY.md") and (nav := nav_of(pages.text("SUMMARY.md"), "", pages.pages)):
        keys["nav"] = nav
    left_out = [*kept_back, *(f"/{path}" for path in readme_twins(pages))]
    if not origin.folder:
        left_out += [f"/{folder}/" for folder in _no_part_of_it(tree)]
    if left_out:
        keys["exclude_docs"] = "".join(f"{line}\n" for line in dict.fromkeys(left_out))
    return keys


def _no_part_of_it(tree: Tree) -> list[str]:
    """Return the folders beside the pages that hold neither pages nor what pages could show."""
    needed = {path.partition("/")[0] for path in tree.paths if path.lower().endswith((*SUFFIXES, *KINDS))}
    folders = {entry.name for entry in os.scandir(tree.root) if entry.is_dir() and not entry.name.startswith(".")}
    of_programs = {"node_modules"} if tree.has("package.json") else set()
    return sorted((folders | of_programs) - needed - {"site"})


def readme_twins(pages: Tree) -> list[str]:
    """Return every README.md with an index.md beside it: both would have one address, and MkDocs leaves the first out."""
    return [path for path in pages.pages if path.endswith("README.md") and pages.has(f"{path[:-9]}index.md")]


def new_configuration(keys: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """Return the text of a `mkdocs.yml`: what the site is, our plugin, and last what may be long."""
    last = {name: keys[name] for name in ("exclude_docs", "nav") if name in keys}
    first = {name: value for name, value in keys.items() if name not in last}
    plugins: Sequence[Any] = ["search", {PLUGIN: dict(options)} if options else PLUGIN]
    return "\n".join([*block_lines({**first, "plugins": plugins, **last}), ""])


def _name(tree: Tree, origin: Origin) -> str:
    values = values_in(tree.text(origin.sign)) if origin.sign.endswith((".yml", ".yaml")) else None
    if isinstance(said := (values or {}).get("title"), str) and said.strip():
        return said.strip()
    if origin.generator is not Generator.PLAIN and (found := _TITLE.search(tree.text(origin.sign))):
        return found[1].strip()
    pages = tree.below(origin.folder)
    for home in _HOMES:
        if pages.has(home) and (headings := read_source(pages.text(home).encode()).first_headings):
            title = headings[0][0]
            # What a template was to fill in is no name.
            return title if title and template_code(title, markdown=False) is None else tree.root.name
    return tree.root.name


def _address(tree: Tree, origin: Origin) -> str:
    """Return where the site stands until now, as its settings or its CNAME say."""
    found = _ADDRESS.search(tree.text(origin.sign)) if origin.sign else None
    if found:
        return f"{found[1].rstrip('/')}/{_below(tree.text(origin.sign))}"
    name = next((tree.text(path).strip() for path in ("CNAME", f"{origin.folder}/CNAME") if tree.has(path)), "")
    return f"https://{name}/" if _HOST.fullmatch(name) else ""


def _below(settings: str) -> str:
    found = _BELOW.search(settings)
    path = (found["said"] or found["plain"] or "").strip("/ ") if found else ""
    return f"{path}/" if path else ""
