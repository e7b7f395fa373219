"""The parts of a page that a link may lead to: ids of headings and of what authors or extensions gave one.

A heading's id is made by the site's own Markdown, so the page is rendered where it is not plain that there is such a part. That is
one place in a hundred: what most links name is found by the words of the headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING

from handrail.model.reading import body_to_render
from handrail.text.includes import includes
from handrail.text.markdown import without_code
from handrail.text.tags import tags

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page
    from handrail.rendering.renderer import Renderer

_HEADING = re.compile(
    r"(?:^|[\r\n])[ \t>]*+#{1,6}[ \t]*+(?P<atx>[^\r\n]++)|(?:^|[\r\n])(?P<setext>[^\r\n]++)(?:\r\n|\n|\r)(?:=+|-+)[ \t]*+(?=[\r\n]|$)"
)
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_TAG = re.compile(r"<[^<>]+>")
_SIGNS = re.compile(r"[`*~^=]|(?<!\w)_|_(?!\w)|\\(?=\W)")
_ATTRIBUTES = re.compile(r"\{:?[^{}]*\}[ \t]*$")
_IN_BRACES = re.compile(r"\{:?[^{}\r\n]*+\}")
_ID_IN_BRACES = re.compile(r"[\s{:](?:#|id=[\"']?)(?P<id>[^\s\"'.}]++)")
_TAKES_ATTRIBUTES = "markdown.extensions.attr_list"
_SNIPPETS = "pymdownx.snippets"
_PUT_IN_FILES = frozenset((_SNIPPETS, "markdown_include.include", "mdx_include"))
"""Extensions that put in what a page asks for, and change nothing of the others."""
_TOP = ("", "top")


def is_for_browsers(fragment: str) -> bool:
    """Say whether a part is for a program, not for a reader: the top of any page, the theme's scripts, a text to highlight."""
    return fragment.lower() in _TOP or fragment.startswith(("__", ":~:"))


def spellings(fragment: str) -> tuple[str, str]:
    """Return a part of a page as a link names it, and as it stands where the text was made harmless."""
    from handrail.rendering.sanitise import free_id  # noqa: PLC0415 - it takes its time to load

    return fragment, free_id(fragment)


class Anchors:
    """Whether pages of a handbook have the parts that links name."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._plain: dict[Page, frozenset[str]] = {}
        self._rendered: dict[Page, frozenset[str] | None] = {}
        self._once_read: dict[Page, frozenset[str] | None] = {}

    def has(self, page: Page, fragment: str) -> bool | None:
        """Say whether a page has a part of this name; None where only the finished site could tell."""
        if is_for_browsers(fragment) or fragment in self._named_plainly(page):
            return True
        known = self.of(page)
        return None if known is None else not known.isdisjoint(spellings(fragment))

    def of_words(self, page: Page, words: str) -> str | None:
        """Return the part of a page that is named by its id or by the words of its heading; None where it is not sure to be there."""
        made = self._slugify(words) if self._slugify is not None else words
        return next((part for part in (words, made) if part and self.has(page, part)), None)

    def of(self, page: Page) -> frozenset[str] | None:
        """Return the parts of a page, as its text is rendered; None where what renders it can't be known."""
        if page not in self._rendered:
            self._rendered[page] = self._render(page, lambda: self._handbook.texts.renderer)
        return self._rendered[page]

    def unread(self, page: Page, fragment: str) -> tuple[int, int] | None:
        """Return where braces stand in a page's body that would make a part of this name, and that nothing on the site reads."""
        place = next((place for place, id_ in self._ids_in_braces(page) if id_ == fragment), None)
        if place is None:
            return None
        read = self._of_once_read(page)
        return None if read is None or read.isdisjoint(spellings(fragment)) else place

    def lasting(self, page: Page) -> frozenset[str]:
        """Return the parts of a page that stay when braces behind its headings come to be read."""
        known = self.of(page) or frozenset()
        return known & (self._of_once_read(page) or known) if any(self._ids_in_braces(page)) else known

    def _ids_in_braces(self, page: Page) -> Iterator[tuple[tuple[int, int], str]]:
        """Yield where braces give something an id, and the id, on a site whose Markdown reads none."""
        if "{" not in page.source.body or self._handbook.project.markdown.takes_attributes:
            return
        for braces in _IN_BRACES.finditer(without_code(page.source.body)):
            if match := _ID_IN_BRACES.search(braces[0]):
                yield braces.span(), match["id"]

    def _of_once_read(self, page: Page) -> frozenset[str] | None:
        if page not in self._once_read:
            self._once_read[page] = self._render(page, lambda: self._reading_braces)
        return self._once_read[page]

    @cached_property
    def _reading_braces(self) -> Renderer:
        from handrail.rendering.renderer import Renderer  # noqa: PLC0415 - as below

        markdown = self._handbook.project.markdown
        return Renderer(replace(markdown, extensions=(*markdown.extensions, _TAKES_ATTRIBUTES)))

    def _render(self, page: Page, renderer: Callable[[], Renderer]) -> frozenset[str] | None:
        # Rendering is seldom needed, and takes its time to load.
        from handrail.rendering.renderer import UnrenderableError  # noqa: PLC0415

        handbook = self._handbook
        runs = handbook.settings.may_run_macros(page.src_uri)
        if self._unknown or runs or includes(page.source.body, templates=False):
            return None
        try:
            markup = renderer().html(body_to_render(handbook, page))
        except UnrenderableError:
            return None
        found = tags(markup)
        return frozenset(
            unescape(attribute.value)
            for tag in found
            for attribute in tag.attributes
            if attribute.name == "id" or (attribute.name == "name" and tag.name == "a")
        )

    @cached_property
    def _unknown(self) -> frozenset[str]:
        """The extensions that may make parts of any page; snippets do where each page gets some."""
        markdown = self._handbook.project.markdown
        appends = markdown.options.get(_SNIPPETS, {}).get("auto_append")
        return frozenset(markdown.unknown) - (_PUT_IN_FILES - {_SNIPPETS} if appends else _PUT_IN_FILES)

    def _named_plainly(self, page: Page) -> frozenset[str]:
        if page not in self._plain:
            self._plain[page] = frozenset(self._slugs(page.source.body))
        return self._plain[page]

    def _slugs(self, body: str) -> set[str]:
        make = self._slugify
        if make is None:
            return set()
        # Where headings stand is seen without code, but the words in a code span are words of the heading.
        found = (match.span(match.lastgroup or 0) for match in _HEADING.finditer(without_code(body)))
        headings = (body[start:end].rstrip(" \t").rstrip("#") for start, end in found)
        if not self._handbook.project.markdown.takes_attributes:
            return {make(_words(heading)) for heading in headings}
        return {_id_of(heading, make) for heading in headings}

    @cached_property
    def _slugify(self) -> Callable[[str], str] | None:
        """What makes ids of headings on this site; None where it is a function that nobody here knows."""
        from handrail.rendering.sanitise import free_id  # noqa: PLC0415 - as above

        make = self._handbook.project.markdown.slugify()
        return None if make is None else lambda words: free_id(make(words))


def _id_of(heading: str, make: Callable[[str], str]) -> str:
    """Return the id of a heading behind which braces are read: what they say, else what its words make."""
    braces = _ATTRIBUTES.search(heading)
    named = _ID_IN_BRACES.search(braces[0]) if braces else None
    return named["id"] if named else make(_words(_ATTRIBUTES.sub("", heading)))


def _words(heading: str) -> str:
    """Return the words of a heading, roughly: where that fails, the page is rendered."""
    return unescape(_SIGNS.sub("", _TAG.sub("", _LINK.sub(r"\1", heading)))).strip()
