"""What the edits of a step come to: the files to write, and the pages that are left as they are."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handrail.edit.adopt.by_hand import inherits_plugins
from handrail.edit.adopt.configuration import with_options
from handrail.edit.adopt.foreign_keys import translation
from handrail.edit.adopt.steps.fields import with_entries, with_fields
from handrail.edit.adopt.steps.step import Declined, Edit, Entry, Fields, Plan
from handrail.edit.all_or_none import Change
from handrail.edit.new import Beginning
from handrail.model.files import read_bytes
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.page import Page
from handrail.model.validation import UNKNOWN
from handrail.model.violations import meant_field


@dataclass(frozen=True, slots=True)
class Left:
    """A page that is left for a person: its fields can't be written into safely, or those named would be refused by its schema."""

    page: Page
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What edits come to.

    `changes` are relative to the project's root, and `left` the pages that stay as they are. `kept` are the keys of other programs that
    documents may carry from then on, by the setting `keep`. `forgotten` is what was declined and can't be written into the settings.
    """

    changes: tuple[Change, ...]
    left: tuple[Left, ...] = ()
    kept: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Written:
    """A page with its fields in it, and the keys that only other programs read."""

    page: Page
    change: Change
    foreign: tuple[str, ...] = ()


def outcome(handbook: Handbook, edits: Iterable[Edit | Declined]) -> Outcome:
    """Work out what edits come to; those of one page become one change.

    A page is left for a person where its fields can't be written without touching its text, or would make a document of it that its
    schema refuses, so that a step breaks no build. What such a document carries for other programs is named in the setting `keep`.
    """
    said = list(edits)
    listed = [one for one in said if not isinstance(one, Declined)]
    declined = list(dict.fromkeys(one.what for one in said if isinstance(one, Declined)))
    entries = _by_list(listed)
    found = [
        _written(handbook, handbook.by_src_uri[src_uri], fields, entries)
        for src_uri, fields in _by_page(handbook, listed).items()
    ]
    foreign = sorted({key for one in found if isinstance(one, _Written) for key in one.foreign})
    settings = _settings(handbook, foreign, declined) if foreign or declined else None
    if foreign and settings is None:
        found = [Left(one.page, one.foreign) if isinstance(one, _Written) and one.foreign else one for one in found]
        foreign = []
    changes = [one.change for one in found if isinstance(one, _Written) and one.change.before != one.change.after]
    new = dict.fromkeys(one for one in listed if isinstance(one, Beginning))
    changes += (
        Change(_path(handbook, one.src_uri), None, _with_entries(one.text.encode(), one.src_uri, entries))
        for one in new
    )
    changes += [settings] if settings is not None else []
    left = tuple(one for one in found if isinstance(one, Left))
    return Outcome(tuple(changes), left, tuple(foreign), () if settings is not None else tuple(declined))


def possible(handbook: Handbook, plan: Plan) -> tuple[Plan, tuple[Left, ...]]:
    """Return a plan without what would be left anyway, so that nobody is asked in vain, and the pages that are left."""
    wanted = [*plan.edits, *(edit for question in plan.asked for edit in question.yes)]
    left = outcome(handbook, wanted).left
    paths = {one.page.src_uri for one in left}
    edits = tuple(edit for edit in plan.edits if edit.src_uri not in paths)
    questions = tuple(one for one in plan.questions if not any(edit.src_uri in paths for edit in one.yes))
    choices = tuple(one for one in plan.choices if not any(edit.src_uri in paths for edit in one.yes))
    return replace(plan, edits=edits, questions=questions, choices=choices), left


_Lists = Mapping[tuple[str, str], list[Mapping[str, Any]]]
"""New entries by page and field."""


def _by_list(edits: Sequence[Edit]) -> _Lists:
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for edit in edits:
        if isinstance(edit, Entry):
            found.setdefault((edit.src_uri, edit.field), []).append(edit.value)
    return found


def _by_page(handbook: Handbook, edits: Sequence[Edit]) -> dict[str, list[Fields]]:
    found: dict[str, list[Fields]] = {}
    for edit in edits:
        if not isinstance(edit, Beginning) and edit.src_uri in handbook.by_src_uri:
            found.setdefault(edit.src_uri, []).extend([edit] if isinstance(edit, Fields) else [])
    return found


def _with_entries(raw: bytes, src_uri: str, entries: _Lists) -> bytes:
    """Return a page with new entries in its lists; as it was, where they can't be written safely."""
    for (of, name), values in entries.items():
        if of == src_uri:
            raw = with_entries(raw, name, values) or raw
    return raw


def _written(handbook: Handbook, page: Page, listed: Sequence[Fields], entries: _Lists) -> _Written | Left:
    raw = read_bytes(handbook.project.docs_dir, page.src_uri)
    put = {name: value for fields in listed for name, value in fields.put.items()}
    after = with_fields(raw, put, [name for fields in listed for name in fields.without]) if raw is not None else None
    if raw is None or after is None:
        return Left(page)
    after = _with_entries(after, page.src_uri, entries)
    written = handbook.page_as(page.src_uri, after)
    if page.kind is None and written.kind is not None:
        after = _translated(handbook, written, written.kind, after)
        written = handbook.page_as(page.src_uri, after)
    change = Change(_path(handbook, page.src_uri), raw, after)
    if written.is_valid or (page.kind is not None and not page.is_valid):
        return _Written(page, change)
    foreign = _foreign(written)
    others = [str(one.path[0]) for one in written.violations if one.path and one.path[0] not in foreign]
    if others or not foreign:
        return Left(page, tuple(dict.fromkeys(others)))
    return _Written(page, change, foreign)


def _translated(handbook: Handbook, page: Page, kind: Kind, raw: bytes) -> bytes:
    """Return a page that becomes a document with the keys of other programs as fields; as it was, where that can't be written safely."""
    found = translation(handbook, page, kind)
    return with_fields(raw, found.put, found.without) or raw


def _foreign(page: Page) -> tuple[str, ...]:
    """Return the keys of a document that are another program's: no field is called so, and none is nearly called so."""
    unknown = [one for one in page.violations if one.keyword == UNKNOWN and len(one.path) == 1]
    return tuple(str(one.path[0]) for one in unknown if page.kind is not None and meant_field(page.kind, one) is None)


def _settings(handbook: Handbook, keys: Sequence[str], declined: Sequence[str]) -> Change | None:
    """Return the change of the settings that lets documents carry keys and remembers answers; None where no program can make it safely."""
    file = handbook.project.config_file
    before = file.read_bytes()
    mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
    options = {name: list(said) for name, said in (("keep", keys), ("declined", declined)) if said}
    added = with_options(before.decode("utf-8-sig"), options, inherits_plugins=inherits_plugins(file))
    return (
        Change(os.path.relpath(file, handbook.project.root), before, mark + added.encode())
        if added is not None
        else None
    )


def _path(handbook: Handbook, src_uri: str) -> str:
    project = handbook.project
    return os.path.relpath(project.docs_dir / src_uri, project.root).replace(os.sep, "/")
