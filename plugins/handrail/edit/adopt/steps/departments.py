"""The step that makes departments of folders, by the page that stands for a folder, or a new one; who leads it is said later."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from handrail.edit.adopt.areas import Area, areas
from handrail.edit.adopt.steps.decided import declined, is_not, remembered, was_declined
from handrail.edit.adopt.steps.fields import field_lines
from handrail.edit.adopt.steps.identity import ids_of, title_to_write
from handrail.edit.adopt.steps.step import Edit, Fields, Plan, Question, Step
from handrail.edit.new import Beginning, slug, title_of
from handrail.model.handbook import Handbook
from handrail.model.settings import lies_in
from handrail.report.summary import counted

_KIND = "department"


def plan(handbook: Handbook, folder: str) -> Plan:
    """Find the folders that are departments: those that are sure, and those that a person is asked about."""
    found = [
        one for one in areas(handbook) if lies_in(f"{one.folder}/", folder or ".") and not _is_decided(handbook, one)
    ]
    ids = ids_of({one.folder: _names(one) for one in found}, (page.id for page in handbook.departments))
    edits: list[Edit] = []
    questions, told = [], []
    for area in found:
        trouble = _trouble(handbook, area)
        if trouble:
            # Nobody is told of a folder that is hardly one.
            told += [trouble] if area.is_likely else []
        elif area.is_sure:
            edits.append(_edit(handbook, area, ids[area.folder]))
        else:
            text = f"{handbook.project.from_root(area.folder)}, {counted(area.pages, 'page')}: is it a department, an area that somebody leads?"
            no = (remembered(area.page, _KIND) if area.page is not None else declined(_KIND, area.folder),)
            questions.append(Question(text, area.is_likely, (_edit(handbook, area, ids[area.folder]),), no))
    return Plan(tuple(edits), tuple(questions), tuple(told))


def _names(area: Area) -> list[str]:
    *above, name = area.folder.split("/")
    return [*above, name if slug(name) else "area"]


def _is_decided(handbook: Handbook, area: Area) -> bool:
    said_by_the_page = area.page is not None and is_not(area.page, _KIND)
    return said_by_the_page or was_declined(handbook, _KIND, area.folder)


def _trouble(handbook: Handbook, area: Area) -> str:
    """Say what keeps a folder from having a department's page; nothing where nothing does."""
    place = handbook.project.from_root
    if area.page is not None:
        kind = area.page.text("kind")
        return (
            ""
            if area.page.is_prose
            else f"{area.page.path} is a document of another kind ({kind}), so {place(area.folder)} gets no department."
        )
    beside = handbook.by_src_uri.get(f"{area.folder}.md")
    if beside is None:
        return ""
    return (
        f"{beside.path} has the address that the page of {place(area.folder)} would have. Move it to {place(area.folder)}/index.md and take "
        "this step again."
    )


def _edit(handbook: Handbook, area: Area, id_: str) -> Edit:
    if area.page is None:
        src_uri = posixpath.join(area.folder, "index.md")
        visibility = handbook.settings.folder_visibility(src_uri) or "confidential"
        lines = _lines(
            {
                "kind": _KIND,
                "id": id_,
                "title": title_of(slug(posixpath.basename(area.folder)) or id_),
                "visibility": visibility,
            }
        )
        return Beginning(src_uri, "".join(f"{line}\n" for line in ["---", *lines, "---"]))
    said = title_to_write(area.page.source, area.page.file_name)
    title = {"title": said} if said else {}
    return Fields(
        area.page.src_uri, {"kind": _KIND, "id": id_, **title, "visibility": area.page.visibility or "confidential"}
    )


def _lines(fields: dict[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        yield from field_lines(name, value)


DEPARTMENTS = Step("departments", "Folders of areas become departments, by their own page or a new one.", plan)
