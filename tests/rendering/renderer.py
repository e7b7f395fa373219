"""Renders a body as the site would serve it, by the product's own renderer."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Any

from handrail.rendering.extensions import MarkdownSettings, Tagged, read_markdown_settings
from handrail.rendering.marks import FROM_FILE
from handrail.rendering.renderer import Renderer


class Extensions(Enum):
    """Which of Markdown's extensions a site has."""

    FEW = "A"
    """MkDocs' own and no other."""
    MANY = "B"
    """About those that Material's manual recommends."""


_EMOJI = "!!python/name:material.extensions.emoji"
_MANY: list[str | dict[str, dict[str, Any]]] = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    {"toc": {"permalink": True}},
    {"pymdownx.arithmatex": {"generic": True}},
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.details",
    {
        "pymdownx.emoji": {
            "emoji_index": Tagged(f"{_EMOJI}.twemoji"),
            "emoji_generator": Tagged(f"{_EMOJI}.to_svg"),
        }
    },
    {"pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True}},
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.smartsymbols",
    {
        "pymdownx.superfences": {
            "custom_fences": [
                {
                    "name": "mermaid",
                    "class": "mermaid",
                    "format": Tagged("!!python/name:pymdownx.superfences.fence_code_format"),
                }
            ]
        }
    },
    {"pymdownx.tabbed": {"alternate_style": True}},
    {"pymdownx.tasklist": {"custom_checkbox": True}},
    "pymdownx.tilde",
]


def settings(extensions: Extensions) -> MarkdownSettings:
    """Return a site's settings with these extensions."""
    return read_markdown_settings([] if extensions is Extensions.FEW else _MANY)


@cache
def _renderer(extensions: Extensions) -> Renderer:
    found = settings(extensions)
    assert not found.unknown
    return Renderer(found)


def marked(body: str, extensions: Extensions) -> str:
    """Return the HTML of a body, with marks before the paths that count from its file."""
    return _renderer(extensions).html(body)


def render(body: str, extensions: Extensions) -> str:
    """Return the HTML that a site with these extensions serves of a body."""
    return marked(body, extensions).replace(FROM_FILE, "")
