"""The step that makes procedures of pages: drafts, which keep their address, their readers and their text."""

from __future__ import annotations

from typing import Any

from handrail.edit.adopt.plan_pages.labels import plain
from handrail.edit.adopt.procedures import Candidate, Name, candidates
from handrail.edit.adopt.steps.decided import is_not, remembered
from handrail.edit.adopt.steps.identity import ids_of, names_of, title_to_write
from handrail.edit.adopt.steps.step import Fields, Plan, Question, Step
from handrail.edit.adopt.steps_of_text import Steps, first_step
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.page import Page
from handrail.model.settings import lies_in
from handrail.text.syntax_errors import shorten

_KIND = "sop"
_STEPS = {Steps.CLEAR: "it goes through steps", Steps.MAYBE: "it may go through steps"}

_FIRST = "First come the pages of which most are procedures; whoever stops before the last (q) keeps what was answered until then."


def plan(handbook: Handbook, folder: str) -> Plan:
    """Find the procedures of a folder: those that are sure by name and steps, and those that a person is asked about."""
    kind = handbook.kinds.get(_KIND)
    if kind is None:
        return Plan(told=(f"The handbook has no kind `{_KIND}`.",))
    listed = [one for one in candidates(handbook.pages) if not _is_decided(one.page)]
    taken = (page.id for page in handbook.documents)
    ids = ids_of({one.page.src_uri: names_of(one.page) for one in listed}, taken)
    parents = _parents(handbook)
    edits, questions = [], []
    for one in listed:
        page = one.page
        if not lies_in(page.src_uri, folder or "."):
            continue
        is_section = page.is_index and page.folder in parents
        yes = Fields(page.src_uri, _draft(page, ids[page.src_uri], kind))
        if one.is_sure and not is_section:
            edits.append(yes)
        else:
            is_likely = one.is_sure or (one.is_likely and not is_section)
            questions.append(
                Question(_question(one, is_section=is_section), is_likely, (yes,), (remembered(page, _KIND),))
            )
    # Whoever has no time for all of them has then answered those of which most become something, and these folder by folder.
    asked = sorted(questions, key=lambda question: (not question.is_likely, question.yes[0].src_uri))
    return Plan(tuple(edits), tuple(asked), (_FIRST,) if {one.is_likely for one in asked} == {True, False} else ())


def _is_decided(page: Page) -> bool:
    return is_not(page, _KIND) or (not page.src_uri.count("/") and page.is_index)


def _parents(handbook: Handbook) -> set[str]:
    """Return the folders in which other pages lie than the one that stands for them."""
    found: set[str] = set()
    for page in handbook.pages:
        parts = page.folder.split("/") if page.folder else []
        depth = len(parts) if page.is_index else len(parts) + 1
        found.update("/".join(parts[:end]) for end in range(1, depth))
    return found


def _draft(page: Page, id_: str, kind: Kind) -> dict[str, Any]:
    title = title_to_write(page.source, page.file_name)
    return {
        "kind": kind.name,
        "id": id_,
        **({"title": title} if title else {}),
        # A page that was shown to nobody stays so; everyone else may read what they might before.
        "visibility": page.visibility or "confidential",
        "state": kind.first_state,
    }


def _question(one: Candidate, *, is_section: bool) -> str:
    if one.is_otherwise:
        why = "its name or folder speaks against it"
    elif is_section:
        why = "other pages lie below it"
    elif one.steps is Steps.NONE and not one.is_announced:
        why = "its title names what somebody does" if one.name is Name.ACTIVITY else "its name says so"
        why += ", and no steps were found"
    else:
        is_said = one.is_announced and one.steps is not Steps.CLEAR
        steps = "it says that steps follow" if is_said else _STEPS[one.steps]
        why = f"{steps}, and its name does not say so" if one.name is Name.SILENT else steps
    return f"{one.page.path}, “{one.page.title}”{_beginning(one.page)}: {why}. Is it a procedure?"


def _beginning(page: Page) -> str:
    """Return how the steps of a page begin, so that most can be judged without opening them."""
    said = plain(first_step(page.source.body))
    return f" (“{shorten(said)}”)" if said else ""


PROCEDURES = Step(
    "procedures",
    "Pages that go through steps become procedures, as drafts.",
    plan,
    "A check warns of each draft that names no plan (HB304): `handrail adopt --step serves` asks which one they serve, and "
    "`handrail check --write-baseline` takes what is left as known.",
)
