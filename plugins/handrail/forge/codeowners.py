"""Who is asked to review a change: CODEOWNERS, as the forge reads it, from RAPID, the owners and the list of people.

The last line that fits a file is the one that counts, and any one of the people on it may approve. So the lines lead from
the folder of pages down to single pages, and those that keep for the maintainers whatever decides what a build does come
last, for some of it lies among somebody's pages. A folder's own line also stands for what no page line can name: its
files, and pages still to come.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.errors import SettingsError
from handrail.forge.hosts import GITHUB, Host
from handrail.model.files import FOLDER_SETTINGS
from handrail.model.handbook import ROOT_DEPARTMENT, Handbook
from handrail.model.maintainers import unknown_maintainer
from handrail.model.page import Page
from handrail.model.people import Group, Person, Registry
from handrail.model.project import PLUGIN, option_places
from handrail.model.settings import fits
from handrail.report.plain import disarmed, without_surrogates
from handrail.text.visible import one_line

MARK = "# From here on made by: handrail codeowners"
"""The line with which our part of the file begins; what stands above it is someone's own."""

Owners = tuple[str, ...]
_KEPT = (
    "mkdocs*.yml",
    "mkdocs*.yaml",
    "properdocs*.yml",
    "properdocs*.yaml",
    "*.cfg",
    "*.lock",
    "*.py",
    "*.toml",
    "requirements*.txt",
    "requirements/",
    "GNUmakefile",
    "Makefile",
    "makefile",
    ".ci/",
    "plugins/",
    "records/",
    "schemas/",
    "**/.gitattributes",
)
"""What decides a build though no setting names it: make, Python, installers, hosts of sites, git and Handrail look for
these by their names, and somebody may build for another audience. A new one counts as soon as it is there, so they stand
here whether or not they are there now. `*` stands for any name."""
_RUNS = (".html", ".js", ".mjs", ".json")
"""Ends of the names of files that run in readers' browsers, or tell such what to do, where `assets` names them one by one."""
_UNSAFE = frozenset("#[]!*?\\")
"""GitHub gives these a meaning of their own, or none that can be relied upon; `?` fits any one character."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the project and its folder of pages lie, relative to the repository's root; empty for the root itself."""

    project: str = ""
    pages: str = "content"
    host: Host = GITHUB


def own_part(text: str) -> str | None:
    """Return the lines above our part; None where the file has no such part."""
    lines = text.splitlines(keepends=True)
    found = next((index for index, line in enumerate(lines) if line.strip() == MARK), None)
    return None if found is None else "".join(lines[:found])


def codeowners(handbook: Handbook, places: Places) -> str:
    """Return our part of the file, empty where nobody can be named; raises SettingsError for an unknown maintainer."""
    return _Made(handbook, places).text()


class _Handles:
    """Finds the handles of people and groups; `without` keeps the names of those who have none that can be written."""

    def __init__(self, handbook: Handbook, host: Host) -> None:
        self._host = host
        self._registry: Registry = handbook.registry
        self._today = handbook.today
        self.without: dict[str, str] = {}

    def of(self, names: Iterable[str], *, with_deputy: bool = True) -> Owners:
        """Return the handles behind names; the first one's deputy is among them, so that no holiday blocks a change."""
        return _distinct(
            handle
            for index, name in enumerate(names)
            for handle in self._named(self._registry.find(name), with_deputy=with_deputy and index == 0)
        )

    def _named(self, who: Person | Group | None, *, with_deputy: bool) -> list[str]:
        if isinstance(who, Group):
            handle = self._written(who)
            members = self._registry.members(who)
            return [handle] if handle else self._all(one for one in members if one.is_here(self._today))
        if who is None:
            return []
        people = [who] if who.is_here(self._today) else []
        deputy = self._registry.deputy(who)
        if deputy is not None and deputy.is_here(self._today) and (with_deputy or not people):
            people.append(deputy)
        return self._all(people)

    def _all(self, people: Iterable[Person]) -> list[str]:
        return [handle for person in people if (handle := self._written(person))]

    def _written(self, who: Person | Group) -> str:
        """Return a handle with its @; empty where there is none, or none that names such a one on GitHub."""
        handle = who.handle.strip()
        form = self._host.team if isinstance(who, Group) else self._host.person
        if form.fullmatch(handle):
            return "@" + handle.removeprefix("@")
        if handle or isinstance(who, Person):
            self.without[who.name] = handle
        return ""


class _Made:
    """Our part of one file."""

    def __init__(self, handbook: Handbook, places: Places) -> None:
        self._handbook = handbook
        self._places = places
        self._handles = _Handles(handbook, places.host)
        self._leads = {page.folder: page.text("lead") for page in reversed(handbook.departments)}
        self._maintainers, self._said_of_maintainers = self._find_maintainers()
        self._fallen: list[str] = []

    def text(self) -> str:
        """Put the part together."""
        host = self._places.host
        lines = [f"{host.pattern(pattern)} {' '.join(owners)}" for pattern, owners in self._pages()]
        kept = [f"{host.pattern(pattern)} {' '.join(self._maintainers)}" for pattern in dict.fromkeys(self._kept())]
        if not lines and not kept:
            return ""
        parts = [
            [MARK, *(_HEAD_OF_ALL if host.takes_regex else _HEAD)],
            [self._said_of_maintainers],
            self._said_of_people(),
            lines,
            self._said_of_fallen(),
        ]
        if kept:
            parts.append([_SAID_OF_KEPT, *kept])
        return "\n".join("".join(f"{line}\n" for line in part) for part in parts if part)

    # Who

    def _find_maintainers(self) -> tuple[Owners, str]:
        handbook, settings = self._handbook, self._handbook.settings
        if settings.maintainers:
            owners = _distinct(handle for name in settings.maintainers for handle in self._maintainer(name))
            return owners, "# The maintainers: those whom the setting `maintainers` names."
        registry_page = handbook.registry_page
        owners_of_registry = self._own(registry_page) if registry_page is not None else ()
        if registry_page is not None and owners_of_registry:
            page = disarmed(one_line(without_surrogates(registry_page.path)))
            return (
                owners_of_registry,
                f"# The maintainers: the setting `maintainers` names nobody, so those whom {page} names.",
            )
        company = next((page for page in handbook.departments if page.id == ROOT_DEPARTMENT), None)
        lead = self._handles.of([company.text("lead")]) if company is not None else ()
        if lead:
            return (
                lead,
                "# The maintainers: the setting `maintainers` names nobody, so whoever leads the company, with the deputy.",
            )
        file = handbook.project.config_file.name
        return (
            (),
            f"# The maintainers: nobody; name people, groups or @handles under `maintainers`, below `{PLUGIN}:` in {file}.",
        )

    def _maintainer(self, name: str) -> Owners:
        wrong, advice = unknown_maintainer(self._handbook.registry, name)
        if wrong:
            place = option_places(self._handbook.project.config_file)("maintainers")
            raise SettingsError(f"{place} {wrong}; {advice[:1].lower()}{advice[1:]}")
        return (name,) if name.startswith("@") else self._handles.of([name], with_deputy=False)

    def _names(self, page: Page) -> list[str]:
        """Return whom a page names, first who answers for it: the one who decides, else the owner."""
        owner = self._handbook.owner_of(page)
        return [*(named.name for named in page.rapid.decide + page.rapid.agree), *([owner] if owner else [])]

    def _own(self, page: Page) -> Owners:
        return self._handles.of(self._names(page))

    def _owners(self, page: Page) -> Owners:
        """Return a page's owners, and who helps out where they are too few."""
        if page.kind is None:
            return self._of_folder(page.folder)
        own = self._own(page)
        if not own and self._names(page):
            self._fallen.append(_pattern(self._places.pages, page.src_uri))
        department = self._handbook.department_of(page)
        lead = self._handles.of([department.text("lead")]) if department is not None else ()
        return self._enough(own, lead, *self._leads_round(page.folder))

    def _of_folder(self, folder: str) -> Owners:
        return self._enough(*self._leads_round(folder))

    def _leads_round(self, folder: str) -> Iterator[Owners]:
        """Yield the leads of the departments round a folder, the nearest first."""
        for place in reversed(_down_to(folder)):
            if place in self._leads:
                yield self._handles.of([self._leads[place]])

    def _enough(self, *sources: Owners) -> Owners:
        """Take from each source, and at last the maintainers, until one can approve what another wrote."""
        found: Owners = ()
        for source in (*sources, self._maintainers):
            if len(found) > 1 or any("/" in handle for handle in found):
                break
            found = _distinct((*found, *source))
        return found

    # What

    def _pages(self) -> Iterator[tuple[str, Owners]]:
        """Yield the lines of folders and pages, each only where it says another thing than the line above it."""
        pages = [page for page in self._handbook.pages if page.counted_as != "people"]
        owners = {page: self._owners(page) for page in pages}
        below: dict[str, list[Page]] = defaultdict(list)
        for page in pages:
            for folder in _down_to(page.folder):
                below[folder].append(page)
        lines: dict[str, Owners] = {}
        standing: dict[str, Owners] = {}
        for folder in sorted(below or [""], key=lambda path: path.split("/")):
            inherited = standing[folder.rpartition("/")[0]] if folder else self._maintainers
            common = {frozenset(owners[page]) for page in below[folder]}
            if folder in self._leads:
                standing[folder] = self._of_folder(folder)
            elif len(below[folder]) > 1 and len(common) == 1:
                standing[folder] = owners[below[folder][0]]
            else:
                standing[folder] = inherited
            if not folder or set(standing[folder]) != set(inherited):
                lines[_pattern(self._places.pages, folder + "/")] = standing[folder]
        for page in pages:
            if set(owners[page]) != set(standing[page.folder]):
                lines[_pattern(self._places.pages, page.src_uri)] = owners[page]
        for pattern in sorted(lines, key=_general_first):
            if lines[pattern]:
                yield pattern, lines[pattern]

    def _kept(self) -> Iterator[str]:
        """Yield what only the maintainers change."""
        if not self._maintainers:
            return
        pages, project, handbook = self._places.pages, self._places.project, self._handbook
        for page in handbook.of_kind("people"):
            yield _pattern(pages, page.src_uri)
        yield from (_pattern(pages, path) for path in self._with_macros())
        yield from (
            _pattern(pages, path) for path in handbook.settings.assets if path.endswith(_RUNS) and "*" not in path
        )
        yield from (_below(pages, f"**/{name}") for name in FOLDER_SETTINGS)
        for path in (handbook.project.config_file.name, *self._baseline(), *handbook.project.build_files):
            inside = posixpath.normpath(posixpath.join(project, path))
            if not inside.startswith("../"):
                yield _pattern("", f"{inside}/" if path.endswith("/") else inside)
        yield from (_below(project, name) for name in _KEPT)
        # Git reads it to say who wrote what, and sign-offs are held against that.
        yield "/.mailmap"
        # In a repository of many things, the rest of this folder is no business of the handbook's.
        host = self._places.host
        yield f"/{host.file}" if project else f"/{host.folder}/"
        yield from (f"/{name}" for name in host.builds if not project)

    def _baseline(self) -> Iterator[str]:
        """Yield the list of known findings, where there is one: whoever adds a line to it lets a fault pass."""
        known = self._handbook.settings.baseline
        if (self._handbook.project.root / known).exists():
            yield posixpath.normpath(known)

    def _with_macros(self) -> Iterator[str]:
        """Yield the pages, and the folders of pages, that may run template code, which can do whatever a program can."""
        handbook = self._handbook
        for listed in handbook.settings.macros:
            if "*" in listed or "?" in listed:
                yield from (page.src_uri for page in handbook.pages if fits(listed, page.src_uri))
            else:
                yield "/" if listed == "." else listed

    # Words

    def _said_of_people(self) -> list[str]:
        without = sorted(self._handles.without.items())
        if not without:
            return []
        return [
            f"# Not named below, for the list of people has no handle for them that {self._places.host.name} would know:",
            *(f"#   {_in_comment(f'{name} ({handle})' if handle else name)}" for name, handle in without),
        ]

    def _said_of_fallen(self) -> list[str]:
        if not self._fallen:
            return []
        return [
            "# Nobody whom these pages name can be named here; they go to the lead of their department, else to the",
            "# maintainers:",
            *(f"#   {pattern}" for pattern in sorted(self._fallen)),
        ]


_HEAD = (
    "#",
    "# The last line that fits a changed file says who is asked to review it; one of them is enough. That is the one who",
    "# decides on a page, with the deputy, those who agree to it, and its owner. Where that is one person, whoever leads the",
    "# department is there too, or else the maintainers: nobody approves what they wrote themselves.",
    "#",
    "# To change a line, change `rapid` or `owner` in the page, or a handle or deputy in the list of people, and run the",
    "# command again. Lines of your own stand above this part, and give way to it.",
)
_HEAD_OF_ALL = (
    "#",
    "# Every line that fits a changed file says who is asked to review it; one of them is enough. That is the one who",
    *_HEAD[2:],
)
_SAID_OF_KEPT = (
    "# Only the maintainers change these: the list of people, and what decides what a build does. They come last, so that\n"
    "# nothing overrides them."
)


def _distinct(handles: Iterable[str]) -> Owners:
    """Return handles once each; GitHub makes no difference between capitals and small letters."""
    found: dict[str, str] = {}
    for handle in handles:
        found.setdefault(handle.casefold(), handle)
    return tuple(found.values())


def _down_to(folder: str) -> list[str]:
    """Return the folder of pages and every folder on the way to one of its folders."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:depth]) for depth in range(len(parts) + 1)]


def _pattern(folder: str, path: str) -> str:
    """Return the pattern that fits a path and, for one that ends in `/`, all below it."""
    joined = "/".join(part for part in (folder, path) if part.strip("/"))
    joined = joined + "/" if path.endswith("/") and not joined.endswith("/") else joined
    return "/" + "".join(_escaped(char) for char in joined) if joined.strip("/") else "*"


def _below(folder: str, names: str) -> str:
    """Return the pattern of names in a folder; what `*` means in them is meant."""
    return (_pattern(folder, "/") if folder else "/") + names


def _escaped(char: str) -> str:
    if char == " ":
        return "\\ "
    if "\ud800" <= char <= "\udfff":
        return "*"  # a byte that is no text; who knows as how many characters GitHub reads it
    return "?" if char in _UNSAFE or not char.isprintable() else char


def _general_first(pattern: str) -> list[tuple[bool, str]]:
    """Sort folders before what they hold, and what fits several names before one that it might fit as well."""
    return [("?" not in part and "*" not in part, part) for part in pattern.rstrip("/").split("/")]


def _in_comment(text: str) -> str:
    return disarmed(one_line(without_surrogates(text)))
