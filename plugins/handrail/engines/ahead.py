"""What a second core makes of every other page, a little ahead of the first: its HTML from Markdown, then what the theme makes of it.

Every plugin still sees every page, in MkDocs' own order. A result counts only where it was made of what the page holds when its turn
comes; else the page is made as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from jinja2 import Environment, Template, TemplateNotFound
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from handrail.engines import snippets
from handrail.engines.asked import Asked
from handrail.engines.completion import Completion
from handrail.engines.finish import Finish
from handrail.engines.kept_markdown import KeptMarkdown
from handrail.engines.logs import OURS
from handrail.engines.put_away import PageAtHand
from handrail.engines.rendered import Rendered
from handrail.engines.sanitise import kept_on
from handrail.engines.search_reading import Read, SearchReading
from handrail.engines.second_core import Ahead, has_second_core
from handrail.engines.site_key import KNOWN_PLUGINS, SNIPPETS, brought
from handrail.engines.undone import Counts
from handrail.model.other_plugins import bare_name
from handrail.model.project import Project

_WORTH = 300
"""From so many pages on a copy of the process saves more time than it takes."""
_EVENTS = ("on_page_read_source", "on_env", "on_page_context")
"""What plugins are asked in the copy too; all else they are asked here alone."""
_DEFAULT_TEMPLATE = "main.html"


class _Made(NamedTuple):
    """What Markdown has made of a page's text, what was asked for on the way, and what is done to the page next."""

    markdown: str
    rendered: Rendered
    asked: Asked
    completion: Completion


@dataclass(frozen=True, slots=True)
class Making:
    """What Handrail gives to a page of a project: its Markdown, what is known of it being noted in it by the way, and what is done to its HTML.

    What is `kept` of it is found sooner than it is made.
    """

    project: Project
    text_of: Callable[[Page], str]
    completion_of: Callable[[Page], Completion]
    kept: KeptMarkdown


class _Rendering:
    """The Markdown of the pages of one build, made HTML ahead."""

    def __init__(
        self,
        pages: Sequence[Page],
        making: Making,
        config: MkDocsConfig,
        files: Files,
    ) -> None:
        self._making = making
        self._config = config
        self._files = files
        self._completions: dict[int, Completion] = {}
        for number, page in enumerate(pages):
            page.render = partial(self._render, number, page)  # type: ignore[method-assign]
        self._ahead = Ahead(pages, self._made)

    def _made(self, page: Page) -> _Made:
        page.read_source(self._config)
        page.markdown = self._making.text_of(page)
        asked = self._making.kept.asking.begin()
        type(page).render(page, self._config, self._files)
        self._making.kept.asking.end(asked)
        snippets.release()
        found = _Made(page.markdown, Rendered.of(page), asked, self._making.completion_of(page))
        # The copy comes back to no page, and would hold all of them.
        page.content = page.markdown = None
        return found

    def _render(self, number: int, page: Page, config: MkDocsConfig, files: Files) -> None:
        found: _Made | None = self._ahead.take(number)
        if found is None or found.markdown != page.markdown or not found.rendered.give(page, files):
            type(page).render(page, config, files)
            return
        self._making.kept.asking.note(found.asked)
        self._completions[id(page)] = found.completion

    def completion(self, page: Page) -> Completion | None:
        """Return what is done to a page's HTML, where that was settled ahead."""
        found = self._completions.pop(id(page), None)
        # What is kept depends on what other plugins have said of the page, and they have spoken here only.
        return found if found is None or found.is_trusted else replace(found, keeping=kept_on(page, self._config))

    def end(self) -> None:
        """Let go of what is still made ahead."""
        self._ahead.end()


@dataclass(frozen=True, slots=True)
class _Output:
    """What the theme makes of a page, and the steps on it; what the search has read of it, and what the steps have counted."""

    read: Read | None
    output: str
    finished: str
    counts: Counts


class MadeWith(NamedTuple):
    """What the theme makes pages with, and what is done to them then."""

    env: Environment
    nav: Navigation
    finish: Finish
    reading: SearchReading


class _Outputs:
    """What the theme makes of the pages of one build, made ahead."""

    def __init__(self, pages: Sequence[Page], files: Sequence[File], config: MkDocsConfig, made_with: MadeWith) -> None:
        self._files = files
        self._config = config
        self._with = made_with
        self._numbers = {id(page): number for number, page in enumerate(pages)}
        self._page: Page | None = None
        self._now: _Output | None = None
        for name in {_template_of(page) for page in pages}:
            with suppress(TemplateNotFound):
                template = made_with.env.get_template(name)
                template.render = partial(self._render, template)  # type: ignore[method-assign]
        self._ahead = Ahead(pages, self._output)

    def _output(self, page: Page) -> _Output:
        env, nav, finish, reading = self._with
        page.active = True
        reading.read = None
        context = get_context(nav, self._files, self._config, page)
        template = env.get_template(_template_of(page))
        given = self._config.plugins.on_page_context(context, page=page, config=self._config, nav=nav)
        output = template.render(given)
        page.active = False
        finish.undone.taken()
        return _Output(reading.read, output, finish.page(output, page), finish.undone.taken())

    def turn_to(self, page: Page) -> None:
        """Take what was made of a page ahead, when its turn has come."""
        number = self._numbers.get(id(page))
        self._page = page
        self._now = self._ahead.take(number) if number is not None else None
        self._with.reading.read = self._now.read if self._now is not None else None

    def _render(self, template: Template, *arguments: Any, **named: Any) -> str:
        is_asked = bool(arguments) and arguments[0].get("page") is self._page
        if self._now is not None and is_asked:
            return self._now.output
        return type(template).render(template, *arguments, **named)

    def finished(self, output: str, page: Page) -> str:
        """Return a page as it is published, but for what is governed at the very end."""
        now = self._now
        if now is None or page is not self._page or output != now.output:
            return self._with.finish.page(output, page)
        self._with.finish.undone.add(now.counts)
        return now.finished

    def end(self) -> None:
        """Let go of what is still made ahead."""
        self._ahead.end()


class PagesAhead:
    """The pages of a build, made on two cores where that is known to make the same, and is worth it, and put away while it is not their turn."""

    def __init__(self) -> None:
        self._pages: Sequence[Page] = ()
        self._rendering: _Rendering | None = None
        self._begin_outputs: Callable[[], _Outputs] | None = None
        self._outputs: _Outputs | None = None
        self._at_hand = PageAtHand()
        self.is_wanted = True
        """Whether pages are made at all: where another engine makes them, nothing is to be done ahead."""

    def begin(
        self, pages: Sequence[Page], making: Making, config: MkDocsConfig, files: Files, *, are_watched: bool
    ) -> None:
        """Begin a build of these pages. Where it is watched what each is made of, its Markdown becomes HTML here."""
        self.end()
        self._making = making
        self._config = config
        self._are_watched = are_watched
        self._pages = pages if self.is_wanted and _is_worth_it(pages, config, making.project) else ()
        new = [page for page in self._pages if not making.kept.holds(page)]
        if len(new) >= _WORTH and not are_watched:
            self._rendering = _Rendering(new, making, config, files)

    def completion(self, page: Page) -> Completion:
        """Return what is done to a page's HTML, when its turn has come."""
        self._at_hand.turn_to(page)
        settled = self._rendering.completion(page) if self._rendering is not None else None
        return settled or self._making.completion_of(page)

    def meet_theme(self, made_with: MadeWith) -> None:
        """Take note of what the pages are made with, once all of them are HTML that are made in this build."""
        self._finish = made_with.finish
        if self._rendering is not None:
            self._rendering.end()
        made = [page for page in self._pages if page.file.is_modified()] if self._are_watched else self._pages
        if len(made) >= _WORTH:
            files = [page.file for page in self._pages]
            self._begin_outputs = partial(_Outputs, made, files, self._config, made_with)

    def turn_to(self, page: Page) -> None:
        """Let a page be made next; the first one begins what is made ahead, when all plugins have set up the theme."""
        self._at_hand.turn_to(page)
        if self._begin_outputs is not None:
            begin, self._begin_outputs = self._begin_outputs, None
            page.active = False  # the copy makes others
            self._outputs = begin()
            page.active = True
        if self._outputs is not None:  # the copy has none
            self._outputs.turn_to(page)

    def finished(self, output: str, page: Page) -> str:
        """Return a page as it is published, but for what is governed at the very end."""
        return self._outputs.finished(output, page) if self._outputs is not None else self._finish.page(output, page)

    def end(self) -> None:
        """Let go of what is still made ahead."""
        for part in (self._rendering, self._outputs):
            if part is not None:
                part.end()
        self._rendering = self._begin_outputs = self._outputs = None


def _template_of(page: Page) -> str:
    return str(page.meta.get("template", _DEFAULT_TEMPLATE))


def pages_of(files: Files, config: MkDocsConfig) -> list[Page]:
    """Return the pages that MkDocs is about to make, in its order."""
    pages = []
    for file in files.documentation_pages(inclusion=InclusionLevel.is_included):
        if file.page is None and file.inclusion.is_not_in_nav():
            Page(None, file, config)  # as MkDocs would, a moment later
        if file.page is not None:
            pages.append(file.page)
    return pages


def _is_worth_it(pages: Sequence[Page], config: MkDocsConfig, project: Project) -> bool:
    """Say whether a second core is to help with these pages; where something unknown keeps it from that, the build says so."""
    if len(pages) < _WORTH or not has_second_core():
        return False
    unknown = next(_unknown(config, project), "")
    if unknown:
        OURS.info("Pages are made on one core: whether %s does the same on two is not known.", unknown)
    return not unknown


def _unknown(config: MkDocsConfig, project: Project) -> Iterator[str]:
    """Yield what takes part in making pages and may do more by it, as a sentence names it."""
    for name in sorted(set(config.plugins) - KNOWN_PLUGINS):
        plugin = type(config.plugins[name])
        if any(getattr(plugin, event, None) is not getattr(BasePlugin, event, None) for event in _EVENTS):
            yield f"the plugin `{bare_name(name)}`"
    for name, hook in dict(config["hooks"]).items():
        if any(hasattr(hook, event) for event in _EVENTS):
            yield f"the hook `{name}`"
    for name in project.markdown.unknown:
        if name != SNIPPETS:
            yield f"the extension `{name}` of Markdown"
    for extension in brought(config):
        yield f"the extension `{type(extension).__name__}` of Markdown"
