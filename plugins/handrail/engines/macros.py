"""Read-only macros for authors, for mkdocs-macros and for any engine that knows its `define_env`.

They look at the handbook as the build's audience may see it, and return HTML with everything escaped, for Markdown too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from handrail.history.texts import look_back
from handrail.model.handbook import load_handbook
from handrail.model.kinds import load_kinds
from handrail.model.people import Group
from handrail.model.project import load_project
from handrail.model.publication import publishable
from handrail.model.settings import resolve_today
from handrail.model.urls import relative
from handrail.rules.words import person_words
from handrail.site import lists, render
from handrail.site.audience import Link, Shown
from handrail.site.forge import Forge
from handrail.site.plans import procedure_entries
from handrail.site.views import Entry, Section


class Macros:
    """The macros. `url` is the address of the page that is being made, which links count from."""

    def __init__(self, shown: Shown, url: str) -> None:
        self.shown = shown
        self.url = url

    def functions(self) -> dict[str, Callable[..., str]]:
        """Return the macros by the names that authors use."""
        return {name: _inert(getattr(self, name)) for name in dir(self) if name.startswith("hb_")}

    def hb_toc(self) -> str:
        """Return the table of contents: departments, plans, procedures."""
        return render.sections(lists.contents(self.shown).sections, self._href)

    def hb_sops(self, vpmom: str = "", department: str = "", state: str = "") -> str:
        """Return a list of procedures: of a plan's line, of a department, in a state; of all where nothing is said."""
        handbook = self.shown.handbook
        found = [
            page
            for page in handbook.of_kind("sop")
            if (page.state == state if state else not page.is_retired)
            and (not vpmom or ((line := handbook.line_of(page)) is not None and line.id == vpmom))
            and (not department or ((own := handbook.department_of(page)) is not None and own.id == department))
        ]
        return self._list(procedure_entries(self.shown, found))

    def hb_orphans(self) -> str:
        """Return the active procedures that are tied to no plan."""
        return self._sections(lists.orphans(self.shown).sections)

    def hb_stale(self) -> str:
        """Return the active procedures with no sign-off in force."""
        return self._sections(lists.stale(self.shown).sections)

    def hb_people(self, group: str = "") -> str:
        """Return the people of a group by name and job, or everyone's."""
        registry = self.shown.handbook.registry
        chosen = registry.find(group) if group else None
        people = (
            registry.members(chosen) if isinstance(chosen, Group) else [] if group else list(registry.people.values())
        )
        here = [person for person in people if person.is_here(self.shown.handbook.today)]
        return self._list([Entry((person_words(person),)) for person in here])

    def hb_link(self, reference: str, text: str = "") -> str:
        """Return a link to a document; its words alone where the audience may not see it or it is not there."""
        page = self.shown.handbook.index.resolve(reference).page
        link = self.shown.link(page, text) if page is not None else None
        return str(render.words((link,), self._href)) if link is not None else str(escape(text or "an internal page"))

    def _sections(self, sections: tuple[Section, ...]) -> str:
        return self._list([entry for section in sections for entry in section.entries])

    def _list(self, entries: Sequence[Entry]) -> str:
        return render.entries(tuple(entries), self._href) if entries else str(Markup("<p>None.</p>"))

    def _href(self, link: Link) -> str:
        return relative(link.page.url, self.url) if link.page is not None else link.url


def _inert(function: Callable[..., str]) -> Callable[..., str]:
    """Return a macro whose result is still to go through Markdown unchanged."""

    @wraps(function)
    def macro(*arguments: Any, **named: Any) -> str:
        return render.inert(function(*arguments, **named))

    return macro


def define_env(env: Any) -> None:
    """Define the macros in an engine's environment: the module interface of mkdocs-macros."""
    named = getattr(env.conf, "config_file_path", None)
    project = load_project(Path(named or Path(env.project_dir) / "mkdocs.yml"))
    today = resolve_today(project.settings, None, os.environ, lambda: datetime.now(UTC))
    handbook = load_handbook(project, load_kinds(project.root), today, look_back=look_back)
    forge = Forge.of(project.repo_url, project.edit_uri)
    shown = Shown(handbook, forge, lambda _kind, _folder: None, publishable(handbook, project.settings.audience))
    macros = Macros(shown, "")

    def on_page(function: Callable[..., str]) -> Callable[..., str]:
        def macro(*arguments: Any, **named: Any) -> str:
            page = getattr(env, "page", None)
            macros.url = getattr(page, "url", "") or ""
            return function(*arguments, **named)

        return macro

    for name, function in macros.functions().items():
        env.macro(on_page(function), name)


def register(config: Any, macros: Macros) -> None:
    """Give the macros to mkdocs-macros, where the site uses it."""
    plugin = config.plugins.get("macros")
    if plugin is None:
        return
    functions = macros.functions()
    for name in functions:
        plugin.macros.pop(name, None)  # the site may list this module too
    plugin.register_macros(functions)
