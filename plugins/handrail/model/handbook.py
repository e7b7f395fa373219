"""The handbook: every page, found by what it is, and how the pages hang together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from typing import Literal

from handrail.model.dates import ALWAYS, Period, parse_period
from handrail.model.files import Files
from handrail.model.kinds import Kind
from handrail.model.links import Link, body_links
from handrail.model.listing import unlisted
from handrail.model.own_or_lent import contact, owner
from handrail.model.page import Page, Terms, make_page
from handrail.model.past import NO_PAST, Past
from handrail.model.people import Registry, read_registry
from handrail.model.plans import Line, Plan
from handrail.model.project import Project
from handrail.model.references import PLAN, Index, Reference, parse_reference, references_of
from handrail.model.settings import Settings
from handrail.model.signed_texts import SignedTexts
from handrail.model.signoff import SignOff, is_asked_to_be_signed, judge
from handrail.model.site_contents import SiteContents
from handrail.model.unidentified import Unidentified, unidentified
from handrail.model.urls import page_url
from handrail.text.source import Source, read_source

ROOT_DEPARTMENT = "company"
OrphanReason = Literal["no plan named", "unknown line", "line with no active plan"]


class Handbook:
    """All pages on one day. What is asked often is worked out once; nothing here judges or raises about content."""

    def __init__(
        self,
        project: Project,
        kinds: Mapping[str, Kind],
        today: date,
        files: Files,
        sources: Mapping[str, Source],
        look_back: Callable[[Handbook], Past] = lambda _: NO_PAST,
    ) -> None:
        self.project = project
        self.kinds = dict(kinds)
        self.today = today
        self.files = files
        self._terms = Terms(self.kinds, project.settings, today)
        self.pages = self._made(sources)
        self._sign_offs: dict[Page, SignOff] = {}
        self._look_back = look_back

    def with_sources(self, sources: Mapping[str, Source]) -> Handbook:
        """Return the same handbook with other pages."""
        return Handbook(self.project, self.kinds, self.today, self.files, sources, self._look_back)

    def page_as(self, src_uri: str, raw: bytes) -> Page:
        """Return a page as it would be with other content, such as that of another day."""
        return self.page_of(src_uri, read_source(raw))

    def _made(self, sources: Mapping[str, Source]) -> list[Page]:
        return [self.page_of(src_uri, source) for src_uri, source in sources.items()]

    def page_of(self, src_uri: str, source: Source) -> Page:
        """Return what a content was read as, as a page of this handbook."""
        project, directories = self.project, self.project.use_directory_urls
        address = project.from_root(src_uri), src_uri, page_url(src_uri, directories=directories)
        return project.others.addressed(make_page(*address, source, self._terms), directories=directories)

    @property
    def settings(self) -> Settings:
        return self.project.settings

    # What is there

    @cached_property
    def documents(self) -> list[Page]:
        """Pages of a known kind, by path."""
        return [page for page in self.pages if page.kind is not None]

    @cached_property
    def by_src_uri(self) -> dict[str, Page]:
        return {page.src_uri: page for page in self.pages}

    def of_kind(self, *names: str) -> list[Page]:
        return [page for name in names for page in self._by_kind.get(name, ())]

    @cached_property
    def _by_kind(self) -> dict[str, list[Page]]:
        found: dict[str, list[Page]] = defaultdict(list)
        for page in self.documents:
            found[page.counted_as].append(page)
        return found

    @cached_property
    def reviewed(self) -> list[Page]:
        """Procedures, and documents of a company's own kinds whose sign-off runs out as theirs does."""
        return [page for page in self.documents if page.is_reviewed]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many pages there are, by kind."""
        return dict(sorted(Counter(page.counted_as for page in self.pages).items()))

    def identity(self, page: Page) -> str:
        """Return what no two documents may share: the kind and id, and a plan's period."""
        plan = self.plans.get(page)
        return f"{page.counted_as}:{page.id}" + (f"@{plan.name}" if plan else "")

    @cached_property
    def twins(self) -> dict[str, list[Page]]:
        """Documents that share their identity with another, first by path first."""
        found: dict[str, list[Page]] = defaultdict(list)
        for page in self.documents:
            if page.id:
                found[self.identity(page)].append(page)
        return {identity: pages for identity, pages in found.items() if len(pages) > 1}

    @cached_property
    def copies(self) -> frozenset[Page]:
        """Documents whose identity another one has that comes before them by path: that there are two is the finding."""
        return frozenset(page for pages in self.twins.values() for page in pages[1:])

    @cached_property
    def unidentified(self) -> dict[str, Unidentified]:
        """Pages that nobody can find by their id as they are, by the id that they seem to mean."""
        found: dict[str, Unidentified] = {}
        for page in unidentified(self.pages):
            found.setdefault(page.id, page)
        return found

    # Its past

    @cached_property
    def past(self) -> Past:
        """What git knows of it; git is asked when somebody asks this."""
        return self._look_back(self)

    @property
    def known_past(self) -> Past | None:
        """The same, where somebody has asked before; None where git was not needed yet."""
        return vars(self).get("past")

    @cached_property
    def git_since(self) -> date | None:
        """The day from which git is believed: the setting's, else the first on which git holds a page."""
        facts = self.past.facts
        return (self.settings.git_since or facts.since) if facts.available else None

    # People

    @cached_property
    def registry_page(self) -> Page | None:
        pages = self.of_kind("people")
        return pages[0] if pages else None

    @cached_property
    def registry(self) -> Registry:
        return read_registry(self.registry_page.data) if self.registry_page else Registry()

    @cached_property
    def registry_is_in_doubt(self) -> bool:
        """Whether something is known to be wrong with the list of people, so that nobody can say who is not on it."""
        if self.registry_page is None:
            return any(found.kind == "people" for found in self.unidentified.values())
        return self.registry_page.doubts("people") or self.registry_page.doubts("groups")

    # Plans

    @cached_property
    def plans(self) -> dict[Page, Plan]:
        return {page: self._plan(page) for page in self.of_kind(PLAN)}

    def _plan(self, page: Page) -> Plan:
        return Plan(page, self.period_of(page), self.sign_off(page))

    def period_of(self, page: Page) -> Period | None:
        """Return the period of a plan; None where it can't be read, and for every other page."""
        is_plan = page.counted_as == PLAN
        return parse_period(page.data.get("period"), self.settings.fiscal_year_end) if is_plan else None

    @cached_property
    def lines(self) -> dict[str, Line]:
        by_line: dict[str, dict[str, Plan]] = defaultdict(dict)
        for plan in self.plans.values():
            if plan.page.id:
                by_line[plan.page.id].setdefault(plan.name, plan)
        return {id_: Line(id_, list(plans.values()), self.today) for id_, plans in sorted(by_line.items())}

    @cached_property
    def root_line(self) -> Line | None:
        """The line that feeds no other: the company department's, else the only one with no parent."""
        lines = list(self.lines.values())
        if ROOT_DEPARTMENT in self._documents_by_id.get("department", {}):
            by_line = ((line, self.department_of(line.face.page)) for line in lines)
            own = [line for line, department in by_line if department and department.id == ROOT_DEPARTMENT]
            return next((line for line in own if not line.face.page.text("parent")), own[0] if own else None)
        loose = [line for line in lines if not line.face.page.text("parent") and not line.face.page.is_unwritten]
        return loose[0] if len(loose) == 1 else None

    def line_of(self, page: Page) -> Line | None:
        """Return the line that a procedure or objective names, if there is one."""
        return self._lines_by_name(page.line_named) if page.line_named else None

    @cached_property
    def _lines_by_name(self) -> Callable[[str], Line | None]:
        """Resolve the name of a line; thousands of procedures name a few dozen."""
        index = self.index
        return cache(lambda name: index.resolve(name, (PLAN,)).line)

    def tied_to(self, line: Line) -> list[Page]:
        """Return the procedures and the like that name a line, by path."""
        return self._tied.get(line.id, [])

    @cached_property
    def _tied(self) -> dict[str, list[Page]]:
        found: dict[str, list[Page]] = defaultdict(list)
        for page in self.reviewed:
            line = self.line_of(page)
            if line is not None:
                found[line.id].append(page)
        return found

    def orphan_reason(self, page: Page) -> OrphanReason | None:
        """Say why an active procedure hangs in the air, or None where it is tied to a line with an active plan."""
        if not page.serves_plan or not page.is_in_force:
            return None
        if not page.line_named:
            return "no plan named"
        line = self.line_of(page)
        if line is None:
            return "unknown line"
        return None if line.in_force is not None else "line with no active plan"

    # Sign-off

    def sign_off(self, page: Page) -> SignOff:
        """Return how a document's sign-off stands today."""
        if page not in self._sign_offs:
            self._sign_offs[page] = self.judge(page)
        return self._sign_offs[page]

    @property
    def signing_terms(self) -> Hashable:
        """What stands for all that a document's sign-off depends on beside the document, but for what runs out with time."""
        return self

    @cached_property
    def to_sign(self) -> list[Page]:
        """The documents that someone has to sign, less those whose entries can't be read; none where nobody knows who is who."""
        if self.registry_is_in_doubt:
            return []
        asked = (page for page in self.documents if is_asked_to_be_signed(page))
        return [page for page in asked if not page.doubts("sign_offs") and not page.doubts("rapid")]

    def judge(self, page: Page) -> SignOff:
        """Work out how a document, or a page that is to take its place, stands today."""
        period = self.period_of(page) or (ALWAYS if page.counted_as == PLAN else None)
        return judge(page, self.registry, self.today, self.texts, period)

    @cached_property
    def texts(self) -> SignedTexts:
        """Which texts were signed, and how they stand to those that are there today."""
        return SignedTexts(self)

    def document_named(self, reference: str) -> Page | None:
        """Return the document that a reference with its kind names, for a line any of its plans.

        It may be asked while the lines are still being worked out.
        """
        parts = parse_reference(reference)
        return self._documents_by_id.get(parts.kind, {}).get(parts.id) if parts is not None else None

    # References and links

    @cached_property
    def _documents_by_id(self) -> dict[str, dict[str, Page]]:
        found: dict[str, dict[str, Page]] = {}
        for kind, pages in self._by_kind.items():
            by_id = found[kind] = {}
            for page in pages:
                if page.id:
                    by_id.setdefault(page.id, page)
        return found

    @cached_property
    def index(self) -> Index:
        return Index(self._documents_by_id, self.lines)

    @cached_property
    def references(self) -> dict[Page, list[Reference]]:
        """What each document's front matter refers to."""
        index = self.index
        return {page: listed for page in self.documents if (listed := references_of(page, index))}

    def references_in(self, page: Page) -> Sequence[Reference]:
        """Return what one document's front matter refers to."""
        return self.references.get(page, ())

    @cached_property
    def back_references(self) -> dict[Page, list[Reference]]:
        """What refers to each document; a reference to a line counts for the plan that stands for it."""
        found: dict[Page, list[Reference]] = defaultdict(list)
        for references in self.references.values():
            for reference in references:
                if reference.target is not None and reference.target is not reference.page:
                    found[reference.target].append(reference)
        return found

    @cached_property
    def body_links(self) -> dict[Page, list[Link]]:
        """What each page's body links to inside the handbook."""
        return {page: body_links(page, self.site, self.index) for page in self.pages if page.source.links}

    @cached_property
    def site(self) -> SiteContents:
        """What the finished site will hold."""
        return SiteContents(self)

    @cached_property
    def back_links(self) -> dict[Page, list[Page]]:
        """Which pages link to each page in their bodies."""
        found: dict[Page, dict[Page, None]] = defaultdict(dict)
        for page, links in self.body_links.items():
            for link in links:
                if link.page is not None and link.page is not page:
                    found[link.page][page] = None
        return {page: list(sources) for page, sources in found.items()}

    # Departments

    @cached_property
    def departments(self) -> list[Page]:
        return list(self._documents_by_id.get("department", {}).values())

    @cached_property
    def _department_by_folder(self) -> dict[str, Page]:
        found: dict[str, Page] = {}
        for page in self.departments:
            found.setdefault(page.folder, page)
        return found

    def department_of(self, page: Page) -> Page | None:
        """Return the department that a page belongs to: its own word, else its plan's, else its folder's."""
        named = page.text("department")
        if named:
            resolution = self.index_without_plans.resolve(named, ("department",))
            return resolution.page
        if page.is_reviewed and (line := self.line_of(page)) is not None:
            department = self.department_of(line.face.page)
            if department is not None:
                return department
        folder = page.folder
        while True:
            if folder in self._department_by_folder:
                return self._department_by_folder[folder]
            if not folder:
                return None
            folder = folder.rpartition("/")[0]

    def procedures_of(self, department: Page) -> list[Page]:
        """Return the procedures and the like that belong to a department, by path."""
        return self._procedures_by_department.get(department, [])

    @cached_property
    def _procedures_by_department(self) -> dict[Page | None, list[Page]]:
        found: dict[Page | None, list[Page]] = defaultdict(list)
        for page in self.reviewed:
            found[self.department_of(page)].append(page)
        return found

    @cached_property
    def index_without_plans(self) -> Index:
        """Finds departments while the lines are still being worked out."""
        return Index(self._documents_by_id, {})

    def owner_of(self, page: Page) -> str:
        """Return who keeps a page right, itself or by its department's word, as written; empty where nobody does."""
        return owner(self, page).text

    def contact_of(self, page: Page) -> str:
        """Return where to ask about a page, by its own or its department's word; empty where there is none."""
        return contact(self, page).text

    # Listing

    def is_led_to(self, page: Page) -> bool:
        """Say whether a link or a reference of another page leads to one."""
        return page in self.back_links or page in self.back_references

    @cached_property
    def unlisted(self) -> list[Page]:
        """Documents in use and prose that nothing leads to, and pages of governed folders that say no kind."""
        return unlisted(self)
