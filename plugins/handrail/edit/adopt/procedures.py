"""Which pages are probably procedures: what somebody is asked about, or looks through.

Name and steps decide. Where only one of them speaks a person is asked, and what is likely is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from handrail.edit.adopt.action_words import (
    begins_with_action,
    is_called_otherwise,
    is_called_procedure,
    names_activity,
    without_aside,
)
from handrail.edit.adopt.languages import Language, language_of
from handrail.edit.adopt.steps_of_text import Steps, announces_steps, is_text, steps_of
from handrail.model.page import Page
from handrail.model.unidentified import as_id

_PROPOSED_OR_DECIDED = frozenset(("adr", "adrs", "decisions", "proposals", "rfc", "rfcs"))
"""Folders whose pages say what was proposed or decided, step by step too, and that nobody follows."""
_NUMBER = re.compile(r"(?: \d+)+\Z")


class Name(Enum):
    """How far a page's name says that it is a procedure: it names what somebody does, or says what to do."""

    SILENT = 0
    ACTIVITY = 1
    PROCEDURE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be a procedure, by its name, by its steps or by both.

    `is_announced` says that a sentence of it says that steps follow, and `is_otherwise` that its name or its folder speaks against it.
    """

    page: Page
    name: Name
    steps: Steps
    is_announced: bool
    is_otherwise: bool

    @property
    def is_sure(self) -> bool:
        """Whether name and steps agree, so that nobody has to be asked."""
        agree = self._has_steps if self.name is Name.PROCEDURE else self.steps is Steps.CLEAR
        return agree and self.name is not Name.SILENT and not self.is_otherwise

    @property
    def is_likely(self) -> bool:
        """Whether it is a procedure rather than not; steps alone say so where a sentence names them too: of others, half are some."""
        is_doing = self.name is Name.ACTIVITY and self._has_steps
        are_steps = self.steps is Steps.CLEAR and self.is_announced
        return not self.is_otherwise and (is_doing or self.name is Name.PROCEDURE or are_steps)

    @property
    def _has_steps(self) -> bool:
        return self.steps is not Steps.NONE or self.is_announced

    @property
    def order(self) -> tuple[bool, bool, bool, str]:
        """What candidates are sorted by, the surest first."""
        return (not self.is_sure, not self.is_likely, self.name is Name.SILENT, self.page.src_uri)


def candidates(pages: Iterable[Page]) -> list[Candidate]:
    """Return the pages that may be procedures, the surest first."""
    found = (judged(page) for page in pages if page.is_prose)
    return sorted((one for one in found if one is not None), key=lambda one: one.order)


def judged(page: Page) -> Candidate | None:
    """Judge a page by its name and its steps; None where neither says that it is a procedure."""
    body, title = page.source.body, page.title
    steps, is_announced, language = steps_of(body), announces_steps(body), language_of(f"{title}\n{body}")
    file_name = _NUMBER.sub("", page.file_name.replace("-", " ").replace("_", " "))
    name = _name(title, file_name, language) if steps is not Steps.NONE or is_text(body) else Name.SILENT
    if name is Name.SILENT and steps is not Steps.CLEAR and not is_announced:
        return None  # what may be steps, under a name that says nothing, hardly ever is a procedure
    is_record = not _PROPOSED_OR_DECIDED.isdisjoint(as_id(part) for part in page.folder.split("/"))
    is_otherwise = is_record or _is_otherwise(without_aside(title), without_aside(file_name), language)
    return Candidate(page, name, steps, is_announced, is_otherwise)


def _name(title: str, file_name: str, language: Language | None) -> Name:
    said = begins_with_action(title) or any(map(is_called_procedure, (title, file_name)))
    if said or (language is not None and language.procedure.search(title)):
        return Name.PROCEDURE
    return Name.ACTIVITY if names_activity(without_aside(title)) else Name.SILENT


def _is_otherwise(title: str, file_name: str, language: Language | None) -> bool:
    if begins_with_action(title):
        return False
    if is_called_otherwise(title) or (language is not None and language.otherwise.search(title)):
        return True
    return is_called_otherwise(file_name) and not is_called_procedure(title)
