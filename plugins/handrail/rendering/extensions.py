"""Which of a site's Markdown extensions Handrail renders with: those known to read nothing and to run nothing.

The list is closed. What another extension would make of a text nobody here can say, so a text on such a site is the signed
one only as it was typed.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PROGRAMS = ("Markdown", "nh3", "pymdown-extensions")
"""What renders, by the names of the distributions."""
_BUILT_IN = ("toc", "tables", "fenced_code")
"""What MkDocs always switches on."""
_OF_MARKDOWN = (
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
)  # fmt: skip
_OF_PYMDOWNX = (
    "arithmatex", "betterem", "blocks.admonition", "blocks.caption", "blocks.definition", "blocks.details", "blocks.html",
    "blocks.tab", "bracketspan", "caret", "critic", "details", "emoji", "escapeall", "extra", "fancylists", "highlight",
    "inlinehilite", "keys", "magiclink", "mark", "progressbar", "quotes", "saneheaders", "smartsymbols", "striphtml",
    "superfences", "tabbed", "tasklist", "tilde",
)  # fmt: skip
_KNOWN = frozenset((
    *(f"markdown.extensions.{name}" for name in _OF_MARKDOWN),
    *(f"pymdownx.{name}" for name in _OF_PYMDOWNX),
    # It marks links for a program of the theme, and the sanitiser takes the marks out again.
    "material.extensions.preview",
))  # fmt: skip
FOR_ZENSICAL = "handrail.engines.zensical"
"""Ours: it keeps Zensical from reading the pages themselves, and does nothing in MkDocs."""
_TOC = "markdown.extensions.toc"
_DRAW_NOTES = frozenset(("markdown.extensions.admonition", "material.extensions.admonition"))
_TAKE_ATTRIBUTES = frozenset(("markdown.extensions.attr_list", "markdown.extensions.extra", "pymdownx.extra"))
_READ_HTML = frozenset(("markdown.extensions.md_in_html", "markdown.extensions.extra", "pymdownx.extra"))
_WITHOUT_TRACE = frozenset(("material.extensions.preview",))
_FUNCTIONS: Mapping[str, frozenset[str]] = {
    "material.extensions.emoji": frozenset(("to_svg", "twemoji")),
    "markdown.extensions.toc": frozenset(("slugify", "slugify_unicode")),
    "pymdownx.arithmatex": frozenset(("arithmatex_fenced_format", "arithmatex_inline_format")),
    "pymdownx.emoji": frozenset((
        "emojione", "gemoji", "to_alt", "to_png", "to_png_sprite", "to_svg", "to_svg_sprite", "twemoji",
    )),
    "pymdownx.slugs": frozenset(("slugify",)),
    "pymdownx.superfences": frozenset(("default_validator", "fence_code_format", "fence_div_format", "highlight_validator")),
}  # fmt: skip
"""The functions that a setting may name by `!!python/name:` or `!!python/object/apply:`, by their modules."""
_NAME = "!!python/name:"
_CALL = "!!python/object/apply:"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A value of `mkdocs.yml` with a tag that is not resolved: `value` is what stands behind it, as plain data."""

    tag: str
    value: Any = None


class _UnknownFunctionError(ValueError):
    """A setting names a function that is not on the list."""


@dataclass(frozen=True)
class MarkdownSettings:
    """A site's `markdown_extensions`, by full name, with the options of each as they are written."""

    extensions: tuple[str, ...] = tuple(f"markdown.extensions.{name}" for name in _BUILT_IN)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    keep_zensical_out: bool = False
    """Whether ours is among them, which keeps Zensical from reading the pages themselves."""

    def __hash__(self) -> int:
        return hash(self.extensions)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The extensions with which Handrail can't say what a reader sees."""
        return tuple(name for name in self.extensions if name not in _KNOWN or not self._has_known_options(name))

    def _has_known_options(self, name: str) -> bool:
        try:
            _resolved(self.options.get(name, {}))
        except _UnknownFunctionError:
            return False
        return True

    @property
    def are_listed(self) -> bool:
        """Whether the site switches on any that MkDocs doesn't switch on by itself."""
        return len(self.extensions) > len(_BUILT_IN)

    @property
    def draws_notes(self) -> bool:
        """Whether `!!! note` begins a note."""
        return not _DRAW_NOTES.isdisjoint(self.extensions)

    @property
    def draws_tabs(self) -> bool:
        """Whether `=== "Title"` begins a tab."""
        return "pymdownx.tabbed" in self.extensions

    @property
    def takes_attributes(self) -> bool:
        """Whether `{#id .class}` behind a heading or another element gives it what it says."""
        return not _TAKE_ATTRIBUTES.isdisjoint(self.extensions)

    @property
    def reads_html(self) -> bool:
        """Whether what stands in an element of HTML with the attribute `markdown` is read as Markdown."""
        return not _READ_HTML.isdisjoint(self.extensions)

    @property
    def draws_diagrams(self) -> bool:
        """Whether fences of the kind `mermaid` are drawn."""
        fences = self.options.get("pymdownx.superfences", {}).get("custom_fences")
        return any(isinstance(fence, Mapping) and fence.get("class") == "mermaid" for fence in fences or ())

    def slugify(self) -> Callable[[str], str] | None:
        """Return what makes the id of a heading of its words; None where that is a function that nobody here knows."""
        if _TOC in self.unknown:
            return None
        from markdown.extensions.toc import slugify  # noqa: PLC0415 - few ask, and it takes its time to load

        options = _resolved(self.options.get(_TOC, {}))
        make, separator = options.get("slugify", slugify), str(options.get("separator", "-"))
        return lambda words: str(make(words, separator))

    def usable(self) -> tuple[list[str], dict[str, dict[str, Any]]]:
        """Return the known extensions and their options as Python-Markdown takes them."""
        names = [name for name in self.extensions if name not in self.unknown and name not in _WITHOUT_TRACE]
        return names, {name: _resolved(self.options[name]) for name in names if name in self.options}


def read_markdown_settings(listed: Any) -> MarkdownSettings:
    """Read `markdown_extensions`, a list or a mapping; what can't be read is left out, for MkDocs will say so."""
    options: dict[str, Mapping[str, Any]] = {}
    names = [_full_name(name) for name in _BUILT_IN]
    has_ours = False
    for name, given in _entries(listed):
        if name == FOR_ZENSICAL:
            has_ours = True
            continue
        names.append(_full_name(name))
        if isinstance(given, Mapping):
            options[_full_name(name)] = given
    return MarkdownSettings(tuple(dict.fromkeys(names)), options, has_ours)


def _entries(listed: Any) -> Iterator[tuple[str, Any]]:
    for entry in listed if isinstance(listed, list) else [listed] if isinstance(listed, Mapping) else ():
        for name, given in entry.items() if isinstance(entry, Mapping) else ((entry, None),):
            if isinstance(name, str):
                yield name, given


def _full_name(name: str) -> str:
    return f"markdown.extensions.{name}" if name in _OF_MARKDOWN else name


def _resolved(value: Any) -> Any:
    """Return options with the functions that they name; raises for one that is not on the list."""
    if isinstance(value, Tagged):
        return _function(value)
    if isinstance(value, Mapping):
        return {key: _resolved(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_resolved(below) for below in value]
    return value


def _function(tagged: Tagged) -> Any:
    prefix = next((one for one in (_NAME, _CALL) if tagged.tag.startswith(one)), None)
    module, _, name = tagged.tag.removeprefix(prefix or "").rpartition(".")
    if prefix is None or name not in _FUNCTIONS.get(module, ()):
        raise _UnknownFunctionError(tagged.tag)
    function = getattr(importlib.import_module(module), name)
    if prefix == _NAME:
        return function
    named = tagged.value.get("kwds") if isinstance(tagged.value, Mapping) else None
    return function(**named) if isinstance(named, Mapping) else function()
