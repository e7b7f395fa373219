"""The steps of a procedure: what its readers see as items of numbered lists and lists of tasks, and by which name people know each.

What counts stands at the outermost level of the text: an item within another, within a quote, a note, a tab or a table explains a
step or shows an example. Steps are numbered through the page, for a row of the records names a step by that number; people are told
the heading above it and the number that stands before it there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from handrail.model.reading import body_to_render
from handrail.rendering.tree import Element, parse
from handrail.rendering.words import in_one_line
from handrail.text.includes import includes

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page
    from handrail.rendering.extensions import MarkdownSettings
    from handrail.rendering.renderer import Renderer

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE = "h1"
_NOT_ITS_WORDS = ("ol", "ul", "input")
_TASK = "task-list-item"
"""The class of an item with a box before it."""
_REMEMBERED = 500
"""So many texts are read once, however often a preview is made."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a text: its number through the page, the heading above it, the number that stands before it, and its words.

    `heading` is empty where only the page's title stands above. A task is numbered below its heading, since nothing stands before it.
    """

    number: int
    heading: str
    typed: int
    text: str

    @property
    def name(self) -> str:
        """What people call it, such as “Claim, step 3”."""
        return f"{self.heading}, step {self.typed}" if self.heading else f"step {self.typed}"


class Steps:
    """The steps of a handbook's pages, as `may_name` lets their links name other pages; each page is read once."""

    def __init__(self, handbook: Handbook, may_name: Callable[[Page | None], bool] = lambda _target: True) -> None:
        self._handbook = handbook
        self._may_name = may_name
        self._found: dict[Page, tuple[Step, ...]] = {}

    def of(self, page: Page) -> tuple[Step, ...]:
        """Return the steps of a page's text, in order; none where nobody here can say what its readers see of it."""
        if page not in self._found:
            self._found[page] = self._read(page)
        return self._found[page]

    def name(self, page: Page, number: int) -> str:
        """Return what people call a step of a page; a number that is none of its steps is said as it is."""
        return step_name(self.of(page), number)

    def _read(self, page: Page) -> tuple[Step, ...]:
        from handrail.rendering.renderer import UnrenderableError  # noqa: PLC0415 - it takes its time to load

        body = page.source.body
        if self._handbook.settings.may_run_macros(page.src_uri) or includes(body, templates=False):
            return ()
        try:
            return _steps(body_to_render(self._handbook, page, self._may_name), self._handbook.project.markdown)
        except UnrenderableError:
            return ()


@lru_cache(maxsize=_REMEMBERED)
def _steps(body: str, markdown: MarkdownSettings) -> tuple[Step, ...]:
    return steps_in(_renderer(markdown).html(body))


@lru_cache(maxsize=1)
def _renderer(markdown: MarkdownSettings) -> Renderer:
    from handrail.rendering.renderer import Renderer  # noqa: PLC0415 - as above

    return Renderer(markdown, numbers_as_typed=True)


def step_name(steps: tuple[Step, ...], number: int) -> str:
    """Return what people call one of a text's steps by its number through the page; “step 9” where the text has none of that number."""
    return steps[number - 1].name if 0 < number <= len(steps) else f"step {number}"


def steps_in(markup: str) -> tuple[Step, ...]:
    """Return the steps in sanitised HTML of a body."""
    elements = [child for child in parse(markup).children if isinstance(child, Element)]
    titles = [element for element in elements if element.tag == _TITLE]
    found: list[Step] = []
    heading, tasks = "", 0
    for element in elements:
        if element.tag in _HEADINGS:
            heading, tasks = "" if titles == [element] else in_one_line(element), 0
        elif element.tag == "ol":
            found += [Step(len(found) + at, heading, *one) for at, one in enumerate(_numbered(element), 1)]
        elif element.tag == "ul":
            listed = [_words(item) for item in _items(element) if _TASK in item.classes]
            found += [Step(len(found) + at, heading, tasks + at, words) for at, words in enumerate(listed, 1)]
            tasks += len(listed)
    return tuple(found)


def _items(listed: Element) -> Iterator[Element]:
    return (child for child in listed.children if isinstance(child, Element) and child.tag == "li")


def _numbered(listed: Element) -> Iterator[tuple[int, str]]:
    """Yield the number before each item of a numbered list, and its words."""
    number = listed.number("start", 1)
    for item in _items(listed):
        number = item.number("value", number)
        yield number, _words(item)
        number += 1


def _words(item: Element) -> str:
    """Return the words of an item without its box and without the lists below it."""
    return in_one_line(item, _NOT_ITS_WORDS)
