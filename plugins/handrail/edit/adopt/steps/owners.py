"""The step that says who owns documents, as CODEOWNERS has it, or who leads their department, which comes to the same.

Who leads a department otherwise is only asked, with those of the list of people who wrote most of it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.edit.adopt.authors import Writer, writers
from handrail.edit.adopt.owners import PageOwners, page_owners
from handrail.edit.adopt.steps.decided import declined, was_declined
from handrail.edit.adopt.steps.known import Known
from handrail.edit.adopt.steps.naming import titles
from handrail.edit.adopt.steps.step import Choice, Fields, Option, Plan, Question, Step
from handrail.history.texts import history_of
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.settings import lies_in
from handrail.report.summary import counted

_OWNER, _LEAD = "owner", "lead"
_MOST_ASKED = 6


def plan(handbook: Handbook, folder: str) -> Plan:
    """Find the documents of a folder that nobody owns, and who looks after them by CODEOWNERS."""
    owners, known = page_owners(handbook), Known(handbook)
    wanting = [
        page
        for page in handbook.documents
        if lies_in(page.src_uri, folder or ".") and _wants_owner(page) and not handbook.owner_of(page)
    ]
    by_department: dict[Page | None, list[tuple[Page, Person | Group]]] = defaultdict(list)
    unknown: set[str] = set()
    for page in wanting:
        named = owners.of(page)
        found = known.find(named[0]) if named else None
        if found is not None:
            by_department[handbook.department_of(page)].append((page, found))
        elif named:
            unknown.add(named[0])
    edits: list[Fields] = []
    questions = []
    for department, listed in by_department.items():
        own = [Fields(page.src_uri, {_OWNER: who.id}) for page, who in listed]
        leads = _who_may_lead(handbook, owners, department, known)
        if department is None or leads is None or any(who != leads for _, who in listed):
            edits += own
        else:
            text = (
                f"{leads.name} looks after everything in {handbook.project.from_root(department.folder)} by CODEOWNERS: do they lead "
                f"“{department.title}”? Otherwise they own {counted(len(own), 'page')} of it."
            )
            questions.append(
                Question(text, is_likely=True, yes=(Fields(department.src_uri, {_LEAD: leads.id}),), no=tuple(own))
            )
    choices = _who_answers(handbook, known, (page for page in wanting if not owners.of(page)))
    told = (
        [f"Not on the list of people yet, so they own nothing here: {', '.join(sorted(unknown, key=str.casefold))}."]
        if unknown
        else []
    )
    return Plan(tuple(edits), tuple(questions), tuple(told), tuple(choices))


def _who_answers(handbook: Handbook, known: Known, wanting: Iterable[Page]) -> Iterator[Choice]:
    """Ask which of the people on the list leads each department whose documents nobody owns, or owns what lies in no department.

    First come those who wrote most of it.
    """
    if not handbook.registry.exists:
        return
    history, everywhere = history_of(handbook), {page.src_uri for page in handbook.pages}
    everyone = [who for one in writers(history, everywhere) if (who := _on_the_list(known, one)) is not None]
    for place in _places(handbook, wanting):
        inside = {src_uri for src_uri in everywhere if lies_in(src_uri, place.folder or ".")}
        wrote = {who: one.changes for one in writers(history, inside) if (who := _on_the_list(known, one)) is not None}
        possible = dict.fromkeys([*wrote, *everyone])
        asked = [who for who in possible if not was_declined(handbook, *place.words, who.id)][:_MOST_ASKED]
        if asked:
            options = tuple(
                Option(
                    f"{who.name} ({counted(wrote[who], 'change')} there within a year)" if who in wrote else who.name,
                    tuple(Fields(src_uri, {place.field: who.id}) for src_uri in place.pages),
                )
                for who in asked
            )
            yield Choice(place.text, options, tuple(declined(*place.words, who.id) for who in asked))


@dataclass(frozen=True, slots=True)
class _Place:
    """A department that nobody leads, or a folder with documents of none: what is asked, and the field that the answer becomes, on which pages."""

    folder: str
    text: str
    field: str
    pages: tuple[str, ...]
    words: tuple[str, str]


def _places(handbook: Handbook, wanting: Iterable[Page]) -> Iterator[_Place]:
    by_department: dict[Page, list[Page]] = defaultdict(list)
    by_folder: dict[str, list[Page]] = defaultdict(list)
    for page in wanting:
        department = handbook.department_of(page)
        if department is None:
            by_folder[page.folder.partition("/")[0]].append(page)
        else:
            by_department[department].append(page)
    for department, pages in by_department.items():
        if not department.text(_LEAD):
            text = f"Who leads “{department.title}”, and so answers for {counted(len(pages), 'document')}?"
            yield _Place(department.folder, text, _LEAD, (department.src_uri,), (_LEAD, department.id))
    for folder, pages in by_folder.items():
        place = handbook.project.from_root(folder).rstrip("/") or "the folder of all pages"
        text = f"Who owns {counted(len(pages), 'document')} in {place}, where there is no department: {titles(pages)}?"
        yield _Place(folder, text, _OWNER, tuple(page.src_uri for page in pages), (_OWNER, folder or "."))


def _on_the_list(known: Known, writer: Writer) -> Person | None:
    who = known.find(writer.handle, writer.name)
    return who if isinstance(who, Person) else None


def _wants_owner(page: Page) -> bool:
    fields = page.kind.fields if page.kind is not None else {}
    return (
        page.counted_as not in ("department", "people", "page")
        and _OWNER in fields
        and not page.is_retired
        and page.lacks(_OWNER)
    )


def _who_may_lead(
    handbook: Handbook, owners: PageOwners, department: Page | None, known: Known
) -> Person | Group | None:
    """Return who alone looks after all pages of a department that nobody leads; None where it is nobody, or several."""
    if department is None or department.text(_LEAD):
        return None
    pages: Iterable[Page] = (page for page in handbook.pages if lies_in(page.src_uri, department.folder or "."))
    named = {owners.of(page)[:1] for page in pages}
    (one,) = named if len(named) == 1 else ((),)
    return known.find(one[0]) if one else None


OWNERS = Step("owners", "Documents get the owners that CODEOWNERS has, or their departments a lead.", plan)
