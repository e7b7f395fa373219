"""`handbook.json`: which documents there are, how they stand and hang together, and who answers for them, for programs.

It tells what readers of the same audience see anyway: their documents, and of people what the pages say. Handles, records and
texts are not in it. `handbook.schema.json` beside it says what stands in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import resources
from typing import Any

from handrail.model.generated import Data, GeneratedFolder
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.plans import COMING, SUPERSEDED
from handrail.model.roles import Role
from handrail.model.trust import trust
from handrail.pages.audience import Shown
from handrail.report.plain import without_surrogates
from handrail.text.problems import DataPath
from handrail.web.metadata import Metadata, Site

VERSION = 1


def places(folder: GeneratedFolder) -> tuple[str, str]:
    """Return where the handbook's data and their schema lie on the site."""
    return folder.data(Data.HANDBOOK), folder.schema(Data.HANDBOOK)


def files(shown: Shown, site: Site, metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Yield the handbook's data and their schema, each with its place."""
    data, schema = places(shown.handbook.settings.generated)
    yield data, without_surrogates(_written(handbook_data(shown, site, metadata)))
    yield schema, resources.files("handrail").joinpath("web", "handbook.schema.json").read_text("utf-8")


def handbook_data(shown: Shown, site: Site, metadata: Metadata) -> dict[str, Any]:
    """Return the handbook as its audience may see it."""
    pages = sorted(shown.pages(shown.handbook.documents), key=lambda page: (shown.handbook.identity(page), page.path))
    documents = [_document(shown, metadata, page) for page in pages]
    return {
        "version": VERSION,
        "today": shown.handbook.today.isoformat(),
        "audience": shown.handbook.settings.audience,
        "handbook": {"name": site.name, "url": site.url},
        "documents": documents,
        "relations": list(_relations(shown, pages)),
        **_people(shown, documents),
    }


def _document(shown: Shown, metadata: Metadata, page: Page) -> dict[str, Any]:
    book = shown.handbook
    plan, department = book.plans.get(page), shown.department_of(page)
    is_signed = page.kind is not None and page.kind.signed
    return {
        "ref": book.identity(page),
        "kind": page.counted_as,
        "id": page.id,
        "period": plan.name if plan is not None else None,
        "title": page.title,
        "url": page.url,
        "source": page.path,
        "state": page.state or None,
        "shown": _state(shown, page),
        "department": book.identity(department) if department is not None else None,
        "owner": _who(shown, shown.owner_of(page)),
        "contact": shown.contact_of(page) or None,
        "rapid": {
            role.value: names
            for role in Role
            if (names := list(dict.fromkeys(_who(shown, named.name) for named in page.rapid.names(role))))
        },
        "signed": _signed(shown, page),
        "digest": str(book.texts.digest(page)) if is_signed else None,
        "changed": _day(metadata.changed_on(page)),
    }


def _state(shown: Shown, page: Page) -> str | None:
    """Return the state of the line of trust; of a plan whose time is over or has not come, that."""
    plan, line = shown.handbook.plans.get(page), shown.handbook.lines.get(page.id)
    said = line.shown(plan) if plan is not None and line is not None and plan in line.plans else ""
    if said in (SUPERSEDED, COMING):
        return said.lower()
    return next((state.value for state in trust(shown.handbook, page)), None)


def _signed(shown: Shown, page: Page) -> dict[str, Any] | None:
    sign_off = shown.handbook.sign_off(page)
    if not sign_off.was_signed or sign_off.text is None:
        return None
    return {
        "on": _day(sign_off.signed_on),
        "until": _day(sign_off.until),
        "text_state": sign_off.text.state.value,
    }


def _who(shown: Shown, name: str) -> str | None:
    """Return the id of a person or group; a name that the list of people does not know as it is written."""
    found = shown.handbook.registry.find(name) if name and shown.handbook.registry.exists else None
    return found.id if found is not None else name or None


def _relations(shown: Shown, pages: Iterable[Page]) -> Iterator[dict[str, str]]:
    """Yield what refers to what, as far as both may be seen, each once."""
    identity = shown.handbook.identity
    seen: set[tuple[str, str, str]] = set()
    for page in pages:
        for reference in shown.handbook.references.get(page, ()):
            target = reference.target
            if target is None or not shown.shows(target):
                continue
            key = identity(page), _field(reference.path), identity(target)
            if key not in seen:
                seen.add(key)
                yield {"from": key[0], "field": key[1], "relation": reference.meaning.relation, "to": key[2]}


def _field(path: DataPath) -> str:
    """Return the name of a field, those in a group with the group's: places in a list say nothing."""
    return ".".join(step for step in path if isinstance(step, str))


def _people(shown: Shown, documents: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return who is on the list of people; where that may not be seen, those whom the documents name."""
    registry, today = shown.handbook.registry, shown.handbook.today
    people: list[Person] = list(registry.people.values())
    groups: list[Group] = list(registry.groups.values())
    page = shown.handbook.registry_page
    if page is None or not shown.shows(page):
        named = {
            name for one in documents for name in (one["owner"], *(n for names in one["rapid"].values() for n in names))
        }
        people = [one for one in people if one.id in named]
        groups = [one for one in groups if one.id in named]
    return {
        "people": [{"id": one.id, "name": one.name, "job": one.job, "left": not one.is_here(today)} for one in people],
        "groups": [
            {"id": one.id, "name": one.name, "members": [who.id for who in registry.members(one) if who in people]}
            for one in groups
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _written(data: dict[str, Any]) -> str:
    """Return data as JSON with one entry of a list a line, which is small, and whose changes can be read."""
    parts = []
    for name, value in data.items():
        if isinstance(value, list) and value:
            entries = ",\n".join(json.dumps(one, ensure_ascii=False) for one in value)
            parts.append(f'"{name}": [\n{entries}\n]')
        else:
            parts.append(f'"{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
