"""Begins a page from a template of ours: which name and place it gets, and what stands in it."""

from __future__ import annotations

import json
import os
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import unquote

from handrail.errors import UsageError
from handrail.model.completion import missing_fields
from handrail.model.dates import FiscalYearEnd, add_months, parse_period
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.names import above, folded
from handrail.model.nearest import nearest
from handrail.model.project import Project
from handrail.model.references import PLAN
from handrail.model.settings import VISIBILITIES, Settings, Visibility, lies_in
from handrail.model.starters import STARTERS
from handrail.model.urls import page_url
from handrail.text.frontmatter import split
from handrail.text.source import read_source
from handrail.text.syntax_errors import quote
from handrail.words.language import capital

ONLY_ONE = "people"
DEPARTMENT = "department"
NOBODY_YET = "somebody"
"""Stands where a person has to be named; a rule asks for the name as long as nobody is called this."""

USUAL = {ONLY_ONE: ("people", "Who is who"), "mission": ("mission", "Our mission")}
"""The id and title of what a handbook has one of."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 60
_LONGEST_TITLE = 300
_OTHER_KINDS = """\
---
kind: $kind
id: $id
title: $title
visibility: $visibility
# Which other fields there are, and what each is for: handrail kind $kind
---
What stands on this page.
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """The page that someone wants; `folder` is relative to the folder of pages, `period` is empty for all but plans."""

    kind: Kind
    id: str
    title: str
    folder: str
    visibility: Visibility = "internal"
    period: str = ""
    lead: str = NOBODY_YET


@dataclass(frozen=True, slots=True)
class Beginning:
    """A page to be: its path in the folder of pages, and its text."""

    src_uri: str
    text: str


def find_kind(handbook: Handbook, name: str) -> Kind:
    """Return the kind of a name; raises UsageError where there is none, or no second page of it can be."""
    kind = handbook.kinds.get(name)
    if kind is None:
        close = nearest(name, handbook.kinds)
        advice = f"did you mean `{close}`?" if close else f"there are {', '.join(handbook.kinds)}."
        raise UsageError(f"There is no kind `{name}`; {advice}")
    if name == ONLY_ONE and handbook.registry_page is not None:
        raise UsageError(
            f"The handbook has its list of people already, in {handbook.registry_page.path}; add people there."
        )
    return kind


def slug(title: str) -> str:
    """Return an id made of a title; empty where it has no letter or digit that an id can hold."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    made = "-".join(words)[: _LONGEST_ID + 1]
    return made if len(made) <= _LONGEST_ID else made.rpartition("-")[0] or made[:_LONGEST_ID]


def title_of(id_: str) -> str:
    """Return the title that an id suggests: its words."""
    words = id_.replace("-", " ")
    return capital(words)


def check_id(id_: str) -> str:
    """Return an id that is one; raises UsageError with the nearest that would be."""
    if _ID.fullmatch(id_) and len(id_) <= _LONGEST_ID:
        return id_
    better = slug(id_)
    advice = f", such as `{better}`" if better and better != id_ else ""
    raise UsageError(
        f"`{id_}` can't be an id; it is made of small letters, digits and single hyphens, at most {_LONGEST_ID} of them{advice}."
    )


def check_title(title: str) -> str:
    """Return a title without white space round it; raises UsageError where it is none."""
    stripped = title.strip()
    if not stripped or not stripped.isprintable() or len(stripped) > _LONGEST_TITLE:
        raise UsageError(f"A title is one line of at most {_LONGEST_TITLE} visible characters.")
    return stripped


def check_period(period: str, year_end: FiscalYearEnd) -> str:
    """Return a period that is one."""
    if parse_period(period, year_end) is None:
        raise UsageError(f"`{period}` is no period; write it as FY28, FY28-H1 or FY28-Q3.")
    return period


def next_period(today: date, year_end: FiscalYearEnd) -> str:
    """Return the name of the fiscal year that begins after the one of today."""
    this = today.year if today <= year_end.end(today.year) else today.year + 1
    return f"FY{(this + 1) % 100:02}"


def usual_folder(handbook: Handbook, kind: Kind, id_: str) -> str | None:
    """Return where a page belongs: a plan by its line or department, a department in a folder of its own beside the others.

    Other pages belong with those of their kind: in the top folder for the first one, None where they lie in several.
    """
    if kind.name == DEPARTMENT:
        beside = [posixpath.dirname(page.folder) for page in handbook.departments]
        return posixpath.join(posixpath.commonpath(beside) if beside else "", id_)
    if kind.name == PLAN:
        line = handbook.lines.get(id_)
        near = [line.face.page] if line is not None else [page for page in handbook.departments if page.id == id_]
        if near:
            return near[0].folder
    folders = {page.folder for page in handbook.of_kind(kind.name)}
    return next(iter(folders), "") if len(folders) <= 1 else None


def usual_visibility(settings: Settings, folder: str) -> Visibility:
    """Return who may read a page that is begun in a folder: the most that the folder allows, and few where nothing says it."""
    return settings.folder_visibility(posixpath.join(folder, "page.md")) or "internal"


def possible_visibilities(settings: Settings, folder: str) -> tuple[Visibility, ...]:
    """Return who may be allowed to read a page of a folder, the most readers first."""
    most = settings.folder_visibility(posixpath.join(folder, "page.md")) or VISIBILITIES[0]
    return VISIBILITIES[VISIBILITIES.index(most) :]


def folder_of_pages(project: Project, given: str, here: Path) -> str:
    """Return a folder, relative to that of the pages, that was named relative to it or to where the command runs."""
    for start in (here, project.docs_dir):
        place = Path(os.path.abspath(start / given))  # noqa: PTH100 - links are looked for below
        if place.is_relative_to(project.docs_dir):
            break
    else:
        raise UsageError(f"The folder {given} lies outside {project.docs_dir.name}, where the pages are.")
    folder = place.relative_to(project.docs_dir).as_posix()
    if any(part.startswith(".") for part in folder.split("/") if folder != "."):
        raise UsageError(f"The folder {given} begins with a dot, and such folders are not part of the handbook.")
    if place.resolve() != place:
        raise UsageError(f"The folder {given} is a link, and links are not followed in a handbook.")
    if next(part for part in (place, *place.parents) if part.exists()).is_file():
        raise UsageError(f"The folder {given} is a file; name the folder that it lies in.")
    return "" if folder == "." else folder


def suggested_line(handbook: Handbook, folder: str) -> str:
    """Return the only line of the department that a folder belongs to; empty where there is none, or several."""
    home = _department_folder(handbook, folder)
    lines = [
        line.id
        for line in handbook.lines.values()
        if (department := handbook.department_of(line.face.page)) is not None and department.folder == home
    ]
    return lines[0] if len(lines) == 1 else ""


def _department_folder(handbook: Handbook, folder: str) -> str | None:
    around = [page.folder for page in handbook.departments if lies_in(folder, page.folder or ".")]
    return max(around, key=len, default=None)


def begin(handbook: Handbook, wish: Wish) -> Beginning:
    """Write a page in memory; raises UsageError where the handbook has no room for it."""
    src_uri = place(handbook, wish)
    text = Template(_template(wish.kind)).substitute(_values(handbook, wish))
    return Beginning(src_uri, completed(handbook, wish.kind, text))


def completed(handbook: Handbook, kind: Kind, text: str, known: Mapping[str, Any] | None = None) -> str:
    """Return a page with what a schema of the project's own asks for beyond what it has.

    `known` are fields of it as they are meant, where they are typed in one of the forms that stand for another.
    """
    added = missing_fields(kind, {**read_source(text.encode()).data, **(known or {})}, handbook.today)
    lines = "".join(f"{field}: {json.dumps(value, ensure_ascii=False)}\n" for field, value in added.items())
    return text.replace("\n---\n", f"\n{lines}---\n", 1) if added else text


def body_of(kind: Kind) -> str:
    """Return the text with which a page of a kind begins."""
    template = _template(kind)
    return template[split(template).body :]


def place(handbook: Handbook, wish: Wish) -> str:
    """Return where a page is to lie, in the folder of pages; raises UsageError where the handbook has no room for it there."""
    src_uri = _file_of(handbook, wish)
    _refuse_twins(handbook, wish, src_uri)
    return src_uri


def _file_of(handbook: Handbook, wish: Wish) -> str:
    """Return where a page is to lie: a department stands for a folder, its own or the one that it is put into."""
    if wish.kind.name != DEPARTMENT:
        name = f"{PLAN}-{slug(wish.period) or 'next'}" if wish.period else wish.id
        return posixpath.join(wish.folder, f"{name}.md")
    is_taken = not wish.folder or any(page.is_index and page.folder == wish.folder for page in handbook.pages)
    has_own = is_taken and posixpath.basename(wish.folder) != wish.id
    return posixpath.join(wish.folder, *([wish.id] if has_own else []), "index.md")


def template_texts() -> Iterator[str]:
    """Yield the templates of all kinds, with the signs that stand for what is filled in."""
    yield _OTHER_KINDS
    yield from (path.read_text("utf-8") for path in sorted(STARTERS.glob("*.md")))


def _template(kind: Kind) -> str:
    path = STARTERS / f"{kind.name}.md"
    return path.read_text("utf-8") if path.is_file() else _OTHER_KINDS


def _refuse_twins(handbook: Handbook, wish: Wish, src_uri: str) -> None:
    project = handbook.project
    url = page_url(src_uri, directories=project.use_directory_urls)
    for other in handbook.of_kind(wish.kind.name):
        plan = handbook.plans.get(other)
        if other.id == wish.id and (plan is None or plan.name.casefold() == wish.period.casefold()):
            raise UsageError(
                f"{_subject(wish)} is already there, in {other.path}; choose another {_what_differs(wish)}."
            )
    for other in handbook.pages:
        if folded(unquote(other.url)) == folded(unquote(url)) and other.src_uri != src_uri:
            raise UsageError(
                f"{project.from_root(src_uri)} would have the same address on the site as {other.path}; choose another id."
            )
    known = {*handbook.by_src_uri, *handbook.files.folders}
    spelled = {folded(path): path for path in known}
    for path in (src_uri, *above(src_uri)):
        there = path if path in known else spelled.get(folded(path), path)
        if there != path:
            raise UsageError(
                f"{project.from_root(there)} is there, and some disks take {project.from_root(path)} for the same; write it "
                "as it is spelled there."
            )
    if handbook.settings.generated.holds(src_uri):
        raise UsageError(
            f"{project.from_root(src_uri)} is where Handrail makes a page of its own; choose another folder."
        )


def _subject(wish: Wish) -> str:
    return f"{wish.kind.noun[:1].upper()}{wish.kind.noun[1:]} `{wish.id}`" + (
        f" of {wish.period}" if wish.period else ""
    )


def _what_differs(wish: Wish) -> str:
    return "period with --period" if wish.period else "id"


def _values(handbook: Handbook, wish: Wish) -> dict[str, str]:
    today = handbook.today
    line = suggested_line(handbook, wish.folder)
    return {
        "kind": wish.kind.name,
        "id": wish.id,
        "title": scalar(wish.title),
        "visibility": wish.visibility,
        "period": wish.period,
        "lead": scalar(wish.lead),
        "today": today.isoformat(),
        "in_six_months": add_months(today, 6).isoformat(),
        "in_five_years": (add_months(today, 60) - timedelta(days=1)).isoformat(),
        "vpmom": f"vpmom: {line}" if line else "# vpmom: finance",
        **_of_line(handbook, wish),
    }


def _of_line(handbook: Handbook, wish: Wish) -> dict[str, str]:
    """Return what a new plan takes over from its line, or from the company's."""
    line = handbook.lines.get(wish.id) if wish.period else None
    face = line.face.page if line is not None else None
    root = handbook.root_line
    parent = face.text("parent") if face is not None else root.id if root is not None and root.id != wish.id else ""
    department = face.text("department") if face is not None else ""
    return {
        "parent": f"parent: {scalar(parent)}" if parent else "# parent: company",
        "department": f"department: {scalar(department)}" if department else "# department: finance",
    }


def scalar(text: str) -> str:
    """Return a text as YAML, in quotes only where it would mean something else without."""
    source = read_source(f"---\nid: a\ntext: {text}\n---\n".encode("utf-8", "replace"))
    return text if not source.problems and source.data.get("text") == text else quote(text)
