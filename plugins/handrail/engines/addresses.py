"""Keeps MkDocs from failing at an address that is none: it would end every build for one link that someone mistyped."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig

from handrail.text.markdown import is_address

_ADDRESSES = {"a": "href", "img": "src"}
_JUST_BEFORE_MKDOCS = 1


def guard(config: MkDocsConfig) -> None:
    """Let no such address come before MkDocs."""
    config.markdown_extensions.append(_Addresses())  # type: ignore[arg-type]  # Markdown takes extensions too


class _Addresses(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - named by Markdown
        md.treeprocessors.register(_Words(md), "handrail_addresses", _JUST_BEFORE_MKDOCS)


class _Words(Treeprocessor):
    """Makes words of a link that could lead nowhere."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            address = element.get(_ADDRESSES.get(str(element.tag), ""))
            if address is not None and not is_address(address):
                as_words(element)


def as_words(element: Element) -> None:
    """Make a link or picture the words that it has."""
    element.text = f"{element.get('alt', '')}{element.text or ''}"
    element.tag = "span"
    element.attrib.clear()
