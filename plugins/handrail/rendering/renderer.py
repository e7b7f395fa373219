"""Makes HTML of a body as the site would serve it: Python-Markdown with the site's extensions, then the sanitiser.

No engine takes part, so that a check and a build see the same. Where a link leads is not settled here: Markdown's own
links count from the page's file, those in HTML from its address, and FROM_FILE stands before the former.
"""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from handrail.rendering.extensions import MarkdownSettings
from handrail.rendering.marks import FROM_FILE
from handrail.rendering.sanitise import DIAGRAM, sanitised


class UnrenderableError(Exception):
    """An extension failed at a text, so nobody can say what a reader sees of it."""


class Renderer:
    """Renders bodies with one site's settings; making one costs three times as much as rendering a page with it.

    With `numbers_as_typed` each list begins with the number that its author typed, also where the site counts every list from one.
    """

    def __init__(self, settings: MarkdownSettings, *, numbers_as_typed: bool = False) -> None:
        extensions, options = settings.usable()
        self._markdown = Markdown(extensions=[*extensions, _MarksLinks()], extension_configs=options)
        if numbers_as_typed:
            self._markdown.parser.blockprocessors["olist"].LAZY_OL = False  # type: ignore[attr-defined]
        self._keeping = frozenset((DIAGRAM,)) if settings.draws_diagrams else frozenset[str]()

    def html(self, body: str) -> str:
        """Return a body as HTML; raises UnrenderableError where an extension fails at it."""
        try:
            markup = self._markdown.reset().convert(body)
        except Exception as error:
            raise UnrenderableError from error
        return sanitised(markup, self._keeping)


class _MarksLinks(Extension):
    """Tells Markdown's own links and pictures from those in HTML."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        md.treeprocessors.register(_LinkMarker(md), "handrail-links", 0)


class _LinkMarker(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            address = element.get(name) if name is not None else None
            if name is not None and address is not None and _counts_from_file(address):
                element.set(name, FROM_FILE + address)


def _counts_from_file(address: str) -> bool:
    """Say whether MkDocs would take an address for the path of a file."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.path) and not (parts.scheme or parts.netloc or parts.path.startswith(("/", "\\")))
