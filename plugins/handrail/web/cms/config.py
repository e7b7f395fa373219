"""The configuration of Sveltia CMS for a handbook: a collection for each kind, with the fields that the kind asks for."""

from __future__ import annotations

from typing import Any

from handrail.model.fields import Field, fields_of
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.starters import STARTERS
from handrail.text.frontmatter import split
from handrail.web.cms.backend import Backend
from handrail.web.cms.widgets import (
    DOCUMENTS,
    LABELS,
    PEOPLE,
    PEOPLE_AND_GROUPS,
    Choices,
    Shown,
    form,
)
from handrail.words.language import capital

FORMAT = "handrail"
"""The name by which the page gives its own reader and writer of pages to the CMS."""
_OF_PROSE = ("title", "description")
_OURS = ("ref_", "plan_")
"""What `static/pages.js` adds to what a page says, for lists and choices; it is never saved."""
_MARKDOWN = (
    "An empty line begins a new paragraph, `## ` a heading, `1. ` a step and `- ` a point; `**bold**` is bold. "
    "`[[sop:expense-claims]]` leads to the procedure of that id."
)
_TECHNICAL = ("internal_version", "redirect_from", "tags", "ignore", "icon", "hide", "search")
"""Fields that few authors ever need, below the text."""


def configuration(handbook: Handbook, folder: str, backend: Backend) -> dict[str, Any]:
    """Return what the CMS is told, and under `forms` the shapes of what its forms show, by kind and field."""
    choices = _choices(handbook)
    kinds = sorted(handbook.kinds.values(), key=lambda kind: (not kind.is_reviewed, not kind.signed, kind.plural))
    forms = {kind.name: _form(kind, choices) for kind in kinds}
    collections = [_collection(kind, folder, forms[kind.name]) for kind in kinds]
    return {
        "cms": {
            "load_config_file": False,
            "backend": backend.options,
            "publish_mode": "editorial_workflow" if backend.proposes else "simple",
            "app_title": "Edit the handbook",
            "media_folder": f"{folder}/pictures",
            "media_libraries": {"stock_assets": {"providers": []}},
            "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
            "collections": [*collections, _prose(folder, handbook), *_sources(folder)],
            "output": {"omit_empty_optional_fields": True},
        },
        "forms": {
            name: {"kind": {}, "id": {}} | {part: one.shape for part, one in parts.items() if part != "body"}
            for name, parts in forms.items()
        }
        | {"": {name: {} for name in _OF_PROSE}},
    }


def _choices(handbook: Handbook) -> Choices:
    """Return what forms choose from, of what the site's audience may see: the page may lie where everyone reads it."""
    audience = handbook.settings.audience
    seen = [page for page in handbook.documents if page.may_be_seen_by(audience)]
    plans = [line.face for line in handbook.lines.values()]
    named: dict[str, dict[str, str]] = {}
    for page in seen:
        named.setdefault(page.counted_as, {})[page.id] = page.title
    return Choices(
        handbook.kinds, tuple(sorted(f"{plan.page.id}@{plan.name}" for plan in plans if plan.page in seen)), named
    )


def _form(kind: Kind, choices: Choices) -> dict[str, Shown]:
    """Return the fields of a kind's form: what a page can't be without, then its text, then the rest."""
    fields = sorted(fields_of(kind), key=_rank)
    found = form(kind.name, fields, choices)
    found["title"].widget["hint"] = "What the page is called."
    found["visibility"].widget.update(
        label="Who may read it",
        hint="",
        options=[{"label": label, "value": value} for value, label in _SEEN_BY.items()],
    )
    if kind.first_state:
        found["state"].widget["default"] = kind.first_state
    above = {asked.name: found[asked.name] for asked in fields if asked.name in found and _rank(asked) < _TEXT}
    line = {"id": Shown(_LINE, {})} if "period" in kind.fields else {}
    return (
        line
        | above
        | {"body": Shown(_text(kind.name), {})}
        | {name: one for name, one in found.items() if name not in above}
    )


_SEEN_BY = {
    "public": "Everyone (public)",
    "internal": "Our staff (internal)",
    "confidential": "On no site (confidential)",
}
_LINE = {
    "name": "id",
    "label": "Id",
    "widget": "string",
    "hint": "The same in every period, such as finance: by it others name the plan.",
    "pattern": ["^[a-z0-9]+(-[a-z0-9]+)*$", "Write small letters, digits and single hyphens."],
}
_TEXT = 2


def _rank(asked: Field) -> int:
    if asked.is_needed:
        return 0
    if not asked.is_common and (asked.needed_where or (asked.is_material and "object" not in asked.types)):
        return 1
    if asked.name in _TECHNICAL:
        return _TEXT + 2
    return _TEXT + asked.is_common


def _prose(folder: str, handbook: Handbook) -> dict[str, Any]:
    """Return the collection of the pages that say no kind."""
    title = {
        "name": "title",
        "label": "Title",
        "widget": "string",
        "required": False,
        "hint": "Without one, the text begins with it, behind `# `.",
    }
    description = {
        "name": "description",
        "label": "Description",
        "widget": "text",
        "required": False,
        "hint": "One sentence for search engines.",
    }
    return _base(folder, "prose", "Other pages", "Other page", create=not handbook.settings.governed) | {
        "filter": {"field": "kind", "value": None},
        "fields": [*map(_hidden, ("kind", *_OURS)), title, description, _text()],
    }


def _collection(kind: Kind, folder: str, shown: dict[str, Shown]) -> dict[str, Any]:
    hidden = [_hidden("kind", default=kind.name), *(_hidden(name) for name in ("id", *_OURS) if name not in shown)]
    is_only_one = kind.name == "people"
    label = capital(kind.noun if is_only_one else kind.plural)
    return _base(folder, kind.name, label, capital(kind.noun), create=not is_only_one) | {
        "filter": {"field": "kind", "value": kind.name},
        "fields": [*hidden, *(one.widget for one in shown.values())],
    }


def _base(folder: str, name: str, label: str, one: str, *, create: bool) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "label_singular": one,
        "folder": folder,
        "nested": {"subfolders": False},
        "meta": {"path": {}},
        "format": FORMAT,
        "identifier_field": "title",
        "summary": "{{title}}",
        "editor": {"preview": False},
        "create": create,
        "publish": False,
        "delete": False,
        "duplicate": False,
    }


def _text(kind: str = "") -> dict[str, Any]:
    starter = STARTERS / f"{kind}.md"
    begun = starter.read_text("utf-8") if starter.is_file() else ""
    default = {"default": text} if (text := begun[split(begun).body :]) and "$" not in text else {}
    return {"name": "body", "label": "Text", "hint": _MARKDOWN, "widget": "text", "required": False, **default}


def _hidden(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "widget": "hidden", **more}


def _sources(folder: str) -> list[dict[str, Any]]:
    """Return the collections that nobody sees."""
    base = {"folder": folder, "format": FORMAT, "hide": True, "create": False, "nested": {"subfolders": False}}
    pairs = [{"name": "id", "widget": "string"}, {"name": "name", "widget": "string"}]
    listed = {PEOPLE: "people", PEOPLE_AND_GROUPS: "people", LABELS: "vpmom"}
    return [
        *(
            base
            | {
                "name": name,
                "filter": {"field": "kind", "value": kind},
                "fields": [*map(_hidden, ("kind", "id", *_OURS)), {"name": name, "widget": "list", "fields": pairs}],
            }
            for name, kind in listed.items()
        ),
        base | {"name": DOCUMENTS, "fields": [*map(_hidden, ("kind", "id", "title", *_OURS))]},
    ]
