"""The handbook as one audience may see it: whatever is withheld is in no list, link or sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from handrail.forge.asking import why_not_by_issues
from handrail.forge.forge import Forge
from handrail.forge.forms import NO_FORMS, Forms
from handrail.history.material import UNKNOWN, Material
from handrail.history.repository import History
from handrail.history.series import with_series
from handrail.measures.measure import Named
from handrail.measures.scorecard import Part, Scorecard, by_department, measures_of, scorecard
from handrail.model.cascade import Coverage, coverages
from handrail.model.generated import Data, Made
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.made_pages import kinds_explained, made_pages
from handrail.model.own_or_lent import OwnOrLent, contact, owner
from handrail.model.page import Page
from handrail.model.plans import Line
from handrail.model.publication import why_withheld
from handrail.model.references import Reference
from handrail.model.steps import Steps
from handrail.model.to_read import Readings
from handrail.model.urls import page_url, relative
from handrail.report.queue import Queue, queue

OTHER_PAGES = "Other pages"
"""Stands over the pages of no department, or of one that may not be seen."""

NextPlan = Callable[[Page], tuple[str, str] | None]
"""Returns the path and the text of the plan that follows one, or None where nobody can write it but its authors."""

_LONGEST_ADDRESS = 4_000
"""So many bytes of an address get through to a forge, also where a reader has to log in first."""

Starter = Callable[[str, str], tuple[str, str] | None]
"""Returns the path and the text of a new page of a kind in a folder, or None where there is no room for one."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something to click: a page of the handbook or a `part` of it, a file by its `place` on the site, an address elsewhere, or nothing of it (then it is plain text)."""

    text: str
    page: Page | None = None
    url: str = ""
    part: str = ""
    place: str = ""

    def address(self, base: str) -> str:
        """Return where it leads, as seen from the address `base`; nothing for plain text."""
        if self.place:
            return relative(self.place, base)
        if self.page is None:
            return self.url
        return relative(self.page.url, base) + (f"#{self.part}" if self.part else "")


class Shown:
    """A handbook through the eyes of the build's audience."""

    def __init__(  # noqa: PLR0913 - everything that a page may be made of
        self,
        handbook: Handbook,
        forge: Forge | None,
        starter: Starter,
        published: Iterable[Page],
        *,
        history: History | None = None,
        material: Material = UNKNOWN,
        forms: Forms = NO_FORMS,
        next_plan: NextPlan = lambda _: None,
    ) -> None:
        self.handbook = handbook
        self.history = history
        self.material = material
        self.forms = forms
        self.forge = forge
        self.starter = starter
        self._next_plan = next_plan
        self._published = frozenset(published)
        people = handbook.registry.people.values()
        self.gone = frozenset(person for person in people if not person.is_here(handbook.today))
        """Who is on the list of people and has left."""

    @cached_property
    def steps(self) -> Steps:
        """The steps of the pages; a page that may not be seen is named in none."""
        return Steps(self.handbook, lambda target: target is None or self.may_name(target))

    @cached_property
    def scorecard(self) -> Scorecard:
        """The measures over what may be seen, and how they went; every page and file of a site shows the same."""
        return with_series(self._today)

    @cached_property
    def measures(self) -> tuple[Named, ...]:
        """Which measures there are over what may be seen; nothing is counted for it."""
        return measures_of(self.handbook, self._published, self.handbook.settings.audience)

    @cached_property
    def _today(self) -> Scorecard:
        project = self.handbook.project
        return scorecard(
            self.handbook,
            self._published,
            project.settings.audience,
            asks_search=True,
            not_asked=why_not_by_issues(project, self.forge, has_forms=self.forms.feedback),
        )

    @cached_property
    def by_department(self) -> list[Part]:
        """The measures of each department that may be seen."""
        return by_department(self._today, self.department_of)

    @cached_property
    def made(self) -> frozenset[Made]:
        """The pages that Handrail makes, as far as there is something to show on each."""
        return made_pages(self.handbook, self._published)

    @cached_property
    def coverages(self) -> dict[Line, tuple[Coverage, ...]]:
        """Who carries what the plans in force want, whoever may see it."""
        return coverages(self.handbook)

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of pages that may be known of."""
        return kinds_explained(self.handbook, self._published)

    @cached_property
    def to_read(self) -> Readings:
        """Who is to read which of the documents that may be seen."""
        return Readings(self.handbook, self._published)

    @cached_property
    def queue(self) -> Queue:
        """What is waiting to be signed, whoever may see it."""
        return queue(self.handbook)

    def shows(self, page: Page) -> bool:
        return page in self._published

    def may_name(self, page: Page) -> bool:
        """Say whether a page's title may be said: of one, too, that is on no site only because the site's settings leave it out."""
        return self.shows(page) or why_withheld(page, self.handbook.settings.audience) is None

    def pages(self, pages: Iterable[Page]) -> list[Page]:
        return [page for page in pages if page in self._published]

    def generated(self, made: Made, base: str) -> str:
        """Return the address of a page that Handrail makes, as seen from the address `base`."""
        project = self.handbook.project
        return relative(project.settings.generated.url(made, directories=project.use_directory_urls), base)

    def measure_page(self, name: str, base: str) -> str:
        """Return the address of the page of a measure, as seen from the address `base`."""
        project = self.handbook.project
        return relative(project.settings.generated.measure_url(name, directories=project.use_directory_urls), base)

    def kind_page(self, name: str, base: str) -> str:
        """Return the address of the page of a kind, as seen from the address `base`."""
        project = self.handbook.project
        page = project.settings.generated.kind_page(name)
        return relative(page_url(page, directories=project.use_directory_urls), base)

    def data(self, data: Data) -> Link:
        """Return a link to a file for programs."""
        return Link(data, place=self.handbook.settings.generated.data(data))

    def schema(self, data: Data, text: str) -> Link:
        """Return a link to the schema of a file for programs."""
        return Link(text, place=self.handbook.settings.generated.schema(data))

    def link(self, page: Page, text: str = "") -> Link | None:
        """Return a link to a page, or None where the audience may not know of it."""
        return Link(text or page.title, page) if self.shows(page) else None

    def line_of(self, page: Page) -> Line | None:
        """Return the line that a page names, if its plan may be seen."""
        line = self.handbook.line_of(page)
        return line if line is not None and self.shows(line.face.page) else None

    def department_of(self, page: Page) -> Page | None:
        """Return a page's department, which a department is itself; None where there is none that may be seen."""
        department = page if page.counted_as == "department" else self.handbook.department_of(page)
        return department if department is not None and self.shows(department) else None

    def contact_of(self, page: Page) -> str:
        """Return where to ask about a page; a department that may not be seen does not lend its contact."""
        return self._text_of(contact(self.handbook, page))

    def owner_of(self, page: Page) -> str:
        """Return who keeps a page right; a department that may not be seen does not lend its lead."""
        return self._text_of(owner(self.handbook, page))

    def _text_of(self, found: OwnOrLent) -> str:
        return found.text if found.lender is None or self.shows(found.lender) else ""

    def referring(self, page: Page, *, kinds: Iterable[str] = (), fields: Iterable[str] = ()) -> list[Reference]:
        """Return the references to a page from pages that may be seen, one for each page."""
        wanted_kinds, wanted_fields = set(kinds), set(fields)
        found: dict[Page, Reference] = {}
        for reference in self.handbook.back_references.get(page, ()):
            if (
                self.shows(reference.page)
                and (not wanted_kinds or reference.page.counted_as in wanted_kinds)
                and (not wanted_fields or reference.path[0] in wanted_fields)
            ):
                found.setdefault(reference.page, reference)
        return sorted(found.values(), key=lambda reference: reference.page.title.casefold())

    def new_page(self, kind: str, folder: str) -> str:
        """Return where a new page of a kind is written on the web, or nothing where that is not known."""
        begun = self.starter(kind, folder) if self.forge is not None else None
        if begun is None or self.forge is None:
            return ""
        src_uri, text = begun
        return self.forge.new(self.forge.page(src_uri), text)

    def next_plan(self, page: Page) -> str:
        """Return where the plan that follows one is written on the web; nothing where that is not known, or too long for an address."""
        begun = self._next_plan(page) if self.forge is not None and self.forge.fills_in else None
        if begun is None or self.forge is None:
            return ""
        src_uri, text = begun
        url = self.forge.new(self.forge.page(src_uri), text)
        return url if len(url.encode()) <= _LONGEST_ADDRESS else ""
