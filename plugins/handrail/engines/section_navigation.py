"""The navigation, rendered once for the pages of a section and not once for each page.

Pages of one section that lie in one folder have the same navigation but for their own entry. So the theme's template is asked once, for a page
that stands nowhere, and once a page for the entry of that page alone. The first pages of each section are held to what the theme makes of
them by itself; where that is anything else, as with templates of a site's own, the theme renders all pages of the section.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, Template, TemplateNotFound, nodes
from jinja2.runtime import Context
from mkdocs.structure.pages import Page

_NAVIGATION, _ENTRY = "partials/nav.html", "partials/nav-item.html"
_RENDERS, _GIVEN = "render", 3
"""What makes an entry in the template of entries, and how much it is given."""
_HELD_TO = 2
"""How many pages of a section are held to the theme's own result: what is right on one alone may be so by chance."""
_KEPT = 16
"""Of so many sections the navigation is kept: MkDocs makes pages folder by folder, and each section's navigation names all others."""
_WHOLE = "toc.integrate"
"""With it a page's own headings stand in its navigation, in a place of their own."""
_NOBODY = "a-page-that-stands-nowhere"


@dataclass(slots=True)
class _Section:
    """What was rendered of a section's navigation, and how many of its pages were held to the theme's own result."""

    text: str
    held: int = 0
    is_theirs: bool = False


class _Nowhere:
    """A page in the folder of another that no navigation holds."""

    def __init__(self, page: Page) -> None:
        self.url = posixpath.join(_folder(page), _NOBODY, "" if page.url.endswith("/") else "x.html")
        self.is_homepage = False


def once_a_section(env: Environment, features: list[str]) -> None:
    """Let the navigation of a theme be rendered once a section; one that has no such templates stays as it is."""
    try:
        navigation, entry = env.get_template(_NAVIGATION), env.get_template(_ENTRY)
    except TemplateNotFound:
        return
    if not _makes_entries(env):  # another theme may call its templates so
        return
    if _WHOLE not in features and not isinstance(navigation.root_render_func, _Once):
        navigation.root_render_func = _Once(navigation, entry)


def _makes_entries(env: Environment) -> bool:
    """Say whether the template of entries has the macro that makes one."""
    if env.loader is None:
        return False
    source, name, _ = env.loader.get_source(env, _ENTRY)
    macros = env.parse(source, _ENTRY, name).find_all(nodes.Macro)
    return any(macro.name == _RENDERS and len(macro.args) >= _GIVEN for macro in macros)


class _Once:
    """Takes the place of the function that a template of the navigation is compiled to."""

    def __init__(self, navigation: Template, entry: Template) -> None:
        self._navigation = navigation
        self._entry = entry
        self._theirs: Callable[[Context], Iterator[str]] = navigation.root_render_func
        self._sections: dict[tuple[int, str], _Section] = {}

    def __call__(self, context: Context) -> Iterator[str]:
        page = context.get("page")
        if not isinstance(page, Page) or page.parent is None or page.is_index:
            yield from self._theirs(context)
            return
        key = id(page.parent), _folder(page)
        section = self._sections.pop(key, None) or _Section(self._of_nobody(context, page))
        self._sections[key] = section
        if len(self._sections) > _KEPT:
            del self._sections[next(iter(self._sections))]
        ours = None if section.is_theirs else self._spliced(section.text, context, page)
        if ours is not None and section.held >= _HELD_TO:
            yield ours
            return
        whole = "".join(self._theirs(context))
        section.is_theirs = ours != whole
        section.held += 1
        yield whole

    def _of_nobody(self, context: Context, page: Page) -> str:
        """Return the navigation of a page that stands nowhere in it."""
        with _passive(page):
            return "".join(self._theirs(_seen_from(self._navigation, context, _Nowhere(page))))

    def _spliced(self, text: str, context: Context, page: Page) -> str | None:
        """Return a section's navigation with the entry of a page as that of the page that is read; None where it can't be told apart."""
        with _passive(page):
            passive = self._item(_seen_from(self._entry, context, _Nowhere(page)), page)
        return text.replace(passive, self._item(context, page)) if text.count(passive) == 1 else None

    def _item(self, context: Context, page: Page) -> str:
        module: Any = self._entry.make_module(context.get_all(), shared=True)
        return str(module.render(page, "", 1))


class _passive:  # noqa: N801 - reads as what it does
    """Takes a page for one that nobody reads while its section is still open."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def __enter__(self) -> None:
        self._page.active = False
        if self._page.parent is not None:
            self._page.parent.active = True

    def __exit__(self, *_: object) -> None:
        self._page.active = True


def _seen_from(template: Template, context: Context, page: Any) -> Context:
    return template.new_context({**context.get_all(), "page": page}, shared=True)


def _folder(page: Page) -> str:
    return posixpath.dirname(page.url.rstrip("/"))
