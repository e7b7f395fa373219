"""What a step of `handrail adopt` is: what it would write, what it has to ask, and what it only tells."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handrail.edit.adopt.steps.fields import with_fields
from handrail.edit.all_or_none import Change
from handrail.edit.new import Beginning
from handrail.model.files import read_bytes
from handrail.model.handbook import Handbook
from handrail.model.page import Page


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields that are to stand in the front matter of a page, by its path in the folder of pages, and others that are to go."""

    src_uri: str
    put: Mapping[str, Any]
    without: tuple[str, ...] = ()


Edit = Fields | Beginning
"""Fields of a page that is there, or a new page."""


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person knows, answered with one key; `is_likely` is the answer that is proposed.

    The answer is remembered by what is written for it: a question whose edits stand in the pages is not asked again.
    """

    text: str
    is_likely: bool
    yes: tuple[Edit, ...]
    no: tuple[Edit, ...] = ()

    def edits(self, *, answer: bool) -> tuple[Edit, ...]:
        return self.yes if answer else self.no


@dataclass(frozen=True, slots=True)
class Plan:
    """What a step would do: edits that it is sure of, what it asks, and sentences to read before anything is answered."""

    edits: tuple[Edit, ...] = ()
    questions: tuple[Question, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name on the command line, what it does, and what it would do in a folder, "" for the whole handbook."""

    name: str
    what: str
    plan: Callable[[Handbook, str], Plan]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What edits come to: the files to write, relative to the project's root, and the pages that have to be edited by a person."""

    changes: tuple[Change, ...]
    by_hand: tuple[Page, ...] = field(default=())


def outcome(handbook: Handbook, edits: Iterable[Edit]) -> Outcome:
    """Work out what edits come to; those of one page become one change.

    A page is left for a person where its fields can't be written without touching its text, or would make a document of it that its
    schema refuses, so that a step breaks no build.
    """
    listed = list(edits)
    changes, by_hand = [], []
    for src_uri, fields in _by_page(listed).items():
        page = handbook.by_src_uri[src_uri]
        change = _change(handbook, page, fields)
        if change is None:
            by_hand.append(page)
        elif change.before != change.after:
            changes.append(change)
    changes += (Change(_path(handbook, one.src_uri), None, one.text.encode()) for one in _new(listed))
    return Outcome(tuple(changes), tuple(by_hand))


def _by_page(edits: Sequence[Edit]) -> dict[str, list[Fields]]:
    found: dict[str, list[Fields]] = {}
    for edit in edits:
        if isinstance(edit, Fields):
            found.setdefault(edit.src_uri, []).append(edit)
    return found


def _new(edits: Sequence[Edit]) -> Iterable[Beginning]:
    return (edit for edit in edits if isinstance(edit, Beginning))


def _change(handbook: Handbook, page: Page, listed: Sequence[Fields]) -> Change | None:
    raw = read_bytes(handbook.project.docs_dir, page.src_uri)
    put = {name: value for fields in listed for name, value in fields.put.items()}
    after = with_fields(raw, put, [name for fields in listed for name in fields.without]) if raw is not None else None
    if raw is None or after is None:
        return None
    as_written = handbook.page_as(page.src_uri, after)
    is_no_worse = as_written.is_valid or (page.kind is not None and not page.is_valid)
    return Change(_path(handbook, page.src_uri), raw, after) if is_no_worse else None


def _path(handbook: Handbook, src_uri: str) -> str:
    project = handbook.project
    return os.path.relpath(project.docs_dir / src_uri, project.root).replace(os.sep, "/")
