"""What a step of `handrail adopt` is: what it would write, what it has to ask, and what it only tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.edit.new import Beginning
from handrail.model.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields that are to stand in the front matter of a page, by its path in the folder of pages, and others that are to go."""

    src_uri: str
    put: Mapping[str, Any]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One more entry of a list among the fields of a page, which may be one that another edit begins."""

    src_uri: str
    field: str
    value: Mapping[str, Any]


Edit = Fields | Beginning | Entry
"""Fields of a page that is there, a new page, or an entry in a list of either."""


@dataclass(frozen=True, slots=True)
class Declined:
    """What was not wanted and no page can remember: it stands in the setting `declined` from then on, in these words."""

    what: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person knows, answered with one key; `is_likely` is the answer that is proposed.

    The answer is remembered by what is written for it: a question whose edits stand in the pages is not asked again.
    """

    text: str
    is_likely: bool
    yes: tuple[Edit, ...]
    no: tuple[Edit | Declined, ...] = ()

    def edits(self, *, answer: bool) -> tuple[Edit | Declined, ...]:
        return self.yes if answer else self.no


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers, and what is written for it."""

    words: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with several answers, of which a person takes one with its number, or none; nothing is proposed."""

    text: str
    options: tuple[Option, ...]
    no: tuple[Edit | Declined, ...] = ()

    @property
    def yes(self) -> tuple[Edit, ...]:
        """What might be written for it."""
        return tuple(edit for option in self.options for edit in option.edits)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a step would do: edits that it is sure of, what it asks, and sentences to read before anything is answered."""

    edits: tuple[Edit, ...] = ()
    questions: tuple[Question, ...] = ()
    told: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def asked(self) -> tuple[Question | Choice, ...]:
        """Everything that a person is asked, in order."""
        return (*self.questions, *self.choices)


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name on the command line, what it does, and what it would do in a folder, "" for the whole handbook.

    `then` says what is left to be done when it was taken.
    """

    name: str
    what: str
    plan: Callable[[Handbook, str], Plan]
    then: str = ""
