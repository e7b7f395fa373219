"""Opens a folder of pages as the handbook that it would be, whether or not it has settings yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from handrail.edit.adopt.kept_back import kept_back
from handrail.edit.adopt.new_configuration import site_keys
from handrail.edit.adopt.origin import Origin, origin_of
from handrail.edit.adopt.tree import Tree, read_tree
from handrail.errors import UsageError
from handrail.model.config_names import USUAL
from handrail.model.project import Project, Written, load_project, make_project, plugin_options, values_in
from handrail.model.settings import Settings
from handrail.rendering.extensions import read_markdown_settings

_MOST = 3


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder of pages, what it was written for, and the project that it is or would be.

    `pages` are the files of the folder of pages, which may lie beside that of the settings.

    `raw` are the bytes of its settings, None where it has none; then `keys` are those that it would get, and `left_out` the
    lines of them for what its old site made no page of. `given` are the options that our plugin has already.
    """

    tree: Tree
    pages: Tree
    origin: Origin
    project: Project
    raw: bytes | None = None
    left_out: tuple[str, ...] = ()
    keys: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)


def open_folder(root: Path, config_file: Path | None, today: date) -> Opened:
    """Open the handbook of a configuration, or of a folder that has none; raises UsageError where there are no pages."""
    opened = _begun(root, today) if config_file is None else _configured(config_file)
    if not opened.pages.pages:
        others = f" {unread}" if (unread := unread_pages(opened)) else ""
        raise UsageError(
            f"There is no Markdown page in {opened.project.docs_dir.name}, so there is nothing to begin with.{others}"
        )
    return opened


def unread_pages(opened: Opened) -> str:
    """Return a sentence that names the pages that are not read for how their files end; nothing where there are none."""
    paths = opened.pages.unread_pages
    if not paths:
        return ""
    many = len(paths) > 1
    names = ", ".join(map(opened.project.from_root, paths[:_MOST])) + (
        f" and {len(paths) - _MOST} more" if len(paths) > _MOST else ""
    )
    said = f"{len(paths)} pages end in .mdx and are" if many else "1 page ends in .mdx and is"
    return f"{said} not read: {names}. To have {'them' if many else 'it'} read, rename {'each' if many else 'it'} to end in .md."


def _configured(config_file: Path) -> Opened:
    project = load_project(config_file)
    raw = project.config_file.read_bytes()
    tree = read_tree(project.root)
    pages = _pages(tree, project)
    given = plugin_options(values_in(raw.decode("utf-8-sig", "replace")) or {}, config_file.name)
    return Opened(tree, pages, origin_of(tree) if origin_of(tree).sign else origin_of(pages), project, raw, given=given)


def _pages(tree: Tree, project: Project) -> Tree:
    """Return the folder of pages; settings that have a folder of their own, such as `conf/`, name one beside it."""
    if not project.docs_dir.is_relative_to(project.root):
        return read_tree(project.docs_dir)
    return tree.below(project.from_root("").rstrip("/"))


def _begun(root: Path, today: date) -> Opened:
    tree = read_tree(root)
    origin = origin_of(tree)
    left_out = tuple(kept_back(tree, origin, today))
    keys = site_keys(tree, origin, left_out)
    markdown = read_markdown_settings(keys["markdown_extensions"])
    project = make_project(keys, root / USUAL, Settings(), Written(markdown))
    return Opened(tree, _pages(tree, project), origin, project, None, left_out, keys)
