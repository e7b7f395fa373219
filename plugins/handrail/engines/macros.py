"""Read-only macros for authors, for mkdocs-macros and for any engine that knows its `define_env`.

They look at the handbook as the build's audience may see it, and return HTML with everything escaped, for Markdown too.
Where a page's template code fails, the build stops: mkdocs-macros by itself would publish the page as Python's own
account of the failure, which names the folders and programs of the machine.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from mkdocs.exceptions import PluginError

from handrail.build.build import Given, settle
from handrail.build.today import day_of
from handrail.forge.forge import Forge
from handrail.history.texts import look_back
from handrail.model.config_names import USUAL, configs_in
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.people import Group
from handrail.model.project import load_project
from handrail.model.trust import Trust
from handrail.pages import render
from handrail.pages.audience import Shown
from handrail.pages.generated import lists
from handrail.pages.kinds.plans import procedure_entries
from handrail.pages.views import Entry, Section
from handrail.report.plain import disarmed, without_surrogates
from handrail.text.lines import LINE_END
from handrail.text.visible import one_line
from handrail.words.language import person_words


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
        sections = lists.contents(self.shown).sections
        unmarked = [replace(one, trust="", entries=tuple(map(_unmarked, one.entries))) for one in sections]
        return render.sections(unmarked, self._links)

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
        if link is not None:
            return str(render.words((link,), self._links))
        title = page.title if page is not None and self.shown.may_name(page) else "an internal page"
        return str(escape(text or title))

    def _sections(self, sections: tuple[Section, ...]) -> str:
        return self._list([entry for section in sections for entry in section.entries])

    def _list(self, entries: Sequence[Entry]) -> str:
        return render.entries(tuple(map(_unmarked, entries)), self._links) if entries else str(Markup("<p>None.</p>"))

    @property
    def _links(self) -> render.Links:
        return render.Links(self.url)


def _unmarked(entry: Entry) -> Entry:
    """Return an entry without a mark of trust: in a page's own text none counts, for anybody could write one."""
    return replace(entry, trust="", state="" if entry.trust == Trust.SIGNED else entry.state)


def _inert(function: Callable[..., str]) -> Callable[..., str]:
    """Return a macro whose result is still to go through Markdown unchanged."""

    @wraps(function)
    def macro(*arguments: Any, **named: Any) -> str:
        return render.inert(function(*arguments, **named))

    return macro


def define_env(env: Any) -> None:
    """Define the macros in an engine's environment: the module interface of mkdocs-macros."""
    named = getattr(env.conf, "config_file_path", None)
    project = load_project(
        Path(named) if named else next(iter(configs_in(Path(env.project_dir))), Path(env.project_dir, USUAL))
    )
    today = day_of(project.settings)
    handbook = load_handbook(project, load_kinds(project.root), today, look_back=look_back)
    forge = Forge.of(project.repo_url, project.edit_uri)
    macros = Macros(settle(Given(handbook, forge=forge)).shown, "")

    def on_page(function: Callable[..., str]) -> Callable[..., str]:
        def macro(*arguments: Any, **named: Any) -> str:
            page = getattr(env, "page", None)
            macros.url = getattr(page, "url", "") or ""
            return function(*arguments, **named)

        return macro

    for name, function in macros.functions().items():
        env.macro(on_page(function), name)


def register(config: Any, macros: Macros, source_of: Callable[[Any], str]) -> None:
    """Give the macros to mkdocs-macros, where the site uses it, and let failures stop the build.

    `source_of` returns the text of a page's whole file, from which lines are counted.
    """
    plugin = config.plugins.get("macros")
    if plugin is None:
        return
    functions = macros.functions()
    for name in functions:
        plugin.macros.pop(name, None)  # the site may list this module too
    plugin.register_macros(functions)
    plugin.render = _Rendering(plugin, macros, source_of)


class _Rendering:
    """Does what the plugin's own method of the name does, but for failures."""

    def __init__(self, plugin: Any, macros: Macros, source_of: Callable[[Any], str]) -> None:
        self._plugin = plugin
        self._macros = macros
        self._source_of = source_of

    def __call__(self, markdown: str, force_rendering: bool = False) -> str:  # noqa: FBT001, FBT002 - mkdocs-macros calls it so
        """Return a page's text, or its title, with its template code run; raises PluginError where that fails."""
        plugin = self._plugin
        meta = plugin.page.meta
        wanted = meta.get("render_macros")
        if wanted is None:
            wanted = force_rendering or plugin.config["render_by_default"]
        if not wanted:
            return markdown
        try:
            return str(plugin.env.from_string(markdown).render({**plugin.variables, **meta}))
        except Exception as error:
            said = _harmless(str(error)) or "it does not say why"
            raise PluginError(
                f"{self._place(markdown, error)}: the template code fails: {said} ({type(error).__name__}). Fix it, or put "
                "it between {% raw %} and {% endraw %} where it is only an example."
            ) from error

    def _place(self, markdown: str, error: Exception) -> str:
        page = self._plugin.page
        path = _harmless(self._macros.shown.handbook.project.from_root(page.file.src_uri))
        if markdown == page.title:
            return f"{path}, in the title"
        above = len(LINE_END.findall(self._source_of(page))) - len(LINE_END.findall(markdown))
        return f"{path}, line {above + _line_of(error)}"


def _harmless(text: str) -> str:
    return disarmed(one_line(without_surrogates(text)))


def _line_of(error: Exception) -> int:
    """Return the line of a page's text at which its template code failed, also within what the line calls or includes."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>" and frame.lineno]
    return lines[0] if lines else getattr(error, "lineno", None) or 1
