"""The navigation is the theme's own on each page, whether it is rendered once a section or once a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from handrail.engines import section_navigation
from tests.engines.drawn import BASE, sop
from tests.engines.sites import build
from tests.support.handbooks import make_handbook

FILES = {
    **BASE,
    **{f"content/finance/p{number}.md": sop(f"p{number}") for number in range(5)},
    "content/notes/index.md": "# Notes\n",
    "content/notes/one.md": "# One\n\n## Part\n",
    "content/notes/two.md": "# Two & <three>\n",
    "content/notes/three.md": "# Two & <three>\n",
    "content/notes/deep/four.md": "# Four\n",
    "content/notes/deep/five.md": "# Five\n",
}
FEATURES = {
    "pruned": ["navigation.prune", "navigation.indexes"],
    "whole": ["navigation.expand"],
    "with tabs and sections": ["navigation.tabs", "navigation.sections", "navigation.prune", "navigation.path"],
    "with its parts in it": ["toc.integrate"],
}
OVERRIDES = {
    "a site's own entries": {
        "overrides/partials/nav-item.html": "{% macro render(item, path, level) %}"
        "{% if item.children %}{% for one in item.children %}{{ render(one, path, level) }}{% endfor %}"
        '{% else %}<a href="{{ item.url | url }}" data-read="{{ page.title }}">{{ item.title }}</a>{% endif %}{% endmacro %}'
    },
    "a theme that calls its templates the same": {
        "overrides/partials/nav.html": '<nav>{% for one in nav %}{% include "partials/nav-item.html" %}{% endfor %}</nav>',
        "overrides/partials/nav-item.html": '{% if one.children %}{% for one in one.children %}{% include "partials/nav-item.html" %}'
        '{% endfor %}{% else %}<a href="{{ one.url | url }}"{% if one == page %} aria-current="page"{% endif %}>{{ one.title }}</a>{% endif %}',
    },
    "a site's own navigation": {
        "overrides/partials/nav.html": "<nav>{{ page.title }} of {{ nav.pages | length }}</nav>"
    },
}


def html(folder: Path, files: Mapping[str, str], config: Mapping[str, Any], *, once: bool) -> dict[str, str]:
    make_handbook(folder, files, config=config)
    if once:
        return build(folder).everything()
    with patch("handrail.engines.mkdocs.once_a_section"):
        return build(folder).everything()


@pytest.mark.parametrize("name", [*FEATURES, *OVERRIDES])
@pytest.mark.parametrize("directories", [True, False])
def test_each_page_is_the_same_letter_by_letter(name: str, directories: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    files = {**FILES, **OVERRIDES.get(name, {})}
    theme: dict[str, Any] = {"name": "material", "features": FEATURES.get(name, FEATURES["pruned"])}
    if name in OVERRIDES:
        theme["custom_dir"] = "overrides"
    config = {"theme": theme, "use_directory_urls": directories}
    each = html(tmp_path / "each", files, config, once=False)
    once = html(tmp_path / "once", files, config, once=True)
    assert each.keys() == once.keys()
    assert [path for path in each if each[path] != once[path]] == []


def test_most_pages_of_a_section_take_their_navigation_from_it(tmp_path: Path) -> None:
    rendered: list[object] = []
    of_nobody, spliced = section_navigation._Once._of_nobody, section_navigation._Once._spliced

    def counted(self: Any, *arguments: Any) -> str:
        rendered.append(arguments)
        return of_nobody(self, *arguments)

    found: list[object] = []

    def noted(self: Any, *arguments: Any) -> str | None:
        found.append(spliced(self, *arguments))
        return found[-1]  # type: ignore[return-value]

    make_handbook(tmp_path, FILES, config={"theme": {"name": "material", "features": FEATURES["pruned"]}})
    with (
        patch.object(section_navigation._Once, "_of_nobody", counted),
        patch.object(section_navigation._Once, "_spliced", noted),
    ):
        build(tmp_path)
    assert len(rendered) < len(found)
    assert None not in found


def test_a_section_that_was_let_go_of_is_rendered_again_and_is_the_same(tmp_path: Path) -> None:
    nav = [
        {"One": ["finance/p0.md", "notes/one.md", "finance/p2.md"]},
        {"Two": ["finance/p1.md", "notes/two.md", "finance/p3.md"]},
    ]
    config = {"theme": {"name": "material", "features": FEATURES["pruned"]}, "nav": nav}
    each = html(tmp_path / "each", FILES, config, once=False)
    of_nobody, kept = section_navigation._Once._of_nobody, []

    def counted(self: Any, *arguments: Any) -> str:
        kept.append(len(self._sections))
        return of_nobody(self, *arguments)

    with patch.object(section_navigation, "_KEPT", 1), patch.object(section_navigation._Once, "_of_nobody", counted):
        once = html(tmp_path / "once", FILES, config, once=True)
    assert [path for path in each if each[path] != once[path]] == []
    assert len(kept) > 4, "each of the two sections lies in two folders"
    assert max(kept) == 1
