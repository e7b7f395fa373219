"""The field of a form that shows a field of a kind, and how a typed value becomes what that form shows, and back.

Sveltia CMS gives a field one type, and a field of a handbook may be typed in several ways: `LBK(D), OHA(A)` or words, one document
or a list of them. So each field of a form comes with a *shape*, by which `static/forms.js` shows what is typed and types what is
shown. A field that no form can show has none; it stays in the page as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handrail.model.fields import Condition, Field
from handrail.model.items import FIELDS as PARTS_OF_AN_ITEM
from handrail.model.kinds import Kind
from handrail.model.roles import Role
from handrail.words.fields import called, form_of
from handrail.words.language import capital, join_words

Widget = dict[str, Any]
Shape = dict[str, Any]

UNTOUCHED = ("kind", "id", "sign_offs")
"""What no form shows: what a page is and what it is called elsewhere, and signatures, which only a signature changes."""
PEOPLE, PEOPLE_AND_GROUPS, DOCUMENTS, LABELS = "people_", "who_", "documents_", "labels_"
"""Collections that nobody sees, from which fields of forms take their choices."""
_NOBODY = "?"
"""What no document is called: the CMS takes a filter without values for none."""
_LONG = 1000
"""Characters from which on a text has a field of several lines."""
_SIGN_FIRST = "decide agree recommend perform input"
_ROLES = frozenset(role.field for role in Role)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the forms of a handbook choose from: its kinds, the plans in force as `id@period`, and the metrics by id."""

    kinds: Mapping[str, Kind]
    plans: tuple[str, ...] = ()
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Titles of documents by kind and id, for fields that may name something else as well."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of a form and the shape of its values; a shape that is empty says that the form shows what is typed."""

    widget: Widget
    shape: Shape


def form(kind: str, fields: Sequence[Field], choices: Choices) -> dict[str, Shown]:
    """Return what the form of a kind shows, by the names of its fields, in their order."""
    maker = _Maker(kind, fields, choices)
    found = {asked.name: maker.field(asked) for asked in fields if asked.name not in UNTOUCHED}
    return {name: one for name, one in found.items() if one is not None}


class _Maker:
    """Makes the fields of the form of one kind."""

    def __init__(self, kind: str, fields: Sequence[Field], choices: Choices) -> None:
        self._kind = kind
        self._fields = fields
        self._choices = choices

    def field(self, asked: Field) -> Shown | None:
        found = self._any(asked)
        if found is None:
            return None
        about = {"name": asked.name or "item", "label": called(asked), "required": asked.is_needed}
        hint = self._hint(asked)
        return Shown({**about, **({"hint": hint} if hint else {}), **found.widget}, found.shape)

    def _any(self, asked: Field) -> Shown | None:
        if asked.values is not None:
            return _choice(asked)
        found = None if asked.forms else self._of_types(asked, tuple(sorted(asked.types)))
        return found and Shown(
            found.widget, {"form": "several"} if "string" in asked.types and asked.entry else found.shape
        )

    def _of_types(self, asked: Field, types: tuple[str, ...]) -> Shown | None:
        found: Shown | None = None
        match types:
            case ("number", "string"):
                found = Shown({"widget": "string"}, {"form": "amount"})
            case ("object", "string"):
                found = self._either(asked)
            case ("array",) | ("array", "string") if asked.entry:
                found = self._list(asked, asked.entry)
            case ("object",):
                found = self._group(asked.fields)
            case ("string",):
                found = self._text(asked)
            case ("boolean",) | ("integer",) | ("number",):
                found = _plain(asked, types[0])
        return found

    def _text(self, asked: Field) -> Shown:
        named = self._named(asked, asked, several=False)
        if named is not None:
            return named
        if asked.format == "date":
            return Shown({"widget": "datetime", "type": "date", "format": "YYYY-MM-DD", "picker_utc": False}, {})
        is_long = asked.longest is not None and asked.longest >= _LONG and not asked.format
        widget: Widget = {"widget": "text" if is_long else "string"}
        return Shown(widget | _limits(asked, self._choices.kinds), {})

    def _named(self, asked: Field, entry: Field, *, several: bool) -> Shown | None:
        """Return a choice of people, documents or labels; None where a text names none of these."""
        who, ref = asked.who or entry.who, asked.ref or entry.ref
        widget: Widget = {"widget": "relation", **({"multiple": True} if several else {})}
        if who:
            among = PEOPLE_AND_GROUPS if "group" in who else PEOPLE
            return Shown({**widget, "collection": among, **_listed(among)}, {"form": "who"})
        if label_of := asked.label_of or entry.label_of:
            wanted = _only("id", [f"{{{{fields.{label_of}}}}}", _NOBODY]) + _only("plan_", self._choices.plans)
            return Shown({**widget, "collection": LABELS, **_listed(LABELS), "filters": wanted}, {})
        if ref is None:
            return None
        if ref.also:
            return Shown({**widget, "widget": "select", "options": self._with_words(ref.kinds, ref.also)}, {})
        widget |= {"collection": DOCUMENTS, "display_fields": ["title"]}
        if len(ref.kinds) != 1:
            filters = _only("kind", ref.kinds or self._choices.kinds) + _others("ref_")
            return Shown({**widget, "value_field": "ref_", "filters": filters}, {})
        kind = ref.kinds[0]
        has_periods = kind in self._choices.kinds and "period" in self._choices.kinds[kind].fields
        filters = _only("kind", [kind]) + (_only("plan_", self._choices.plans) if has_periods else [])
        filters += _others("id") if kind == self._kind else []
        return Shown({**widget, "value_field": "id", "filters": filters}, {"form": "reference", "kind": kind})

    def _with_words(self, kinds: Iterable[str], words: Iterable[str]) -> list[dict[str, str]]:
        documents = {id_: title for kind in kinds for id_, title in self._choices.named.get(kind, {}).items()}
        return [
            *({"label": title, "value": id_} for id_, title in documents.items()),
            *({"label": word, "value": word} for word in sorted(words)),
        ]

    def _list(self, asked: Field, entry: Field) -> Shown | None:
        most = {"max": asked.longest} if asked.longest is not None else {}
        if entry.values is not None:
            return Shown({**_choice(entry).widget, "multiple": True, **most}, {})
        named = self._named(asked, entry, several=True)
        if named is not None:
            return Shown({**named.widget, **most}, named.shape)
        about: Widget = {"widget": "list", "collapsed": True, "minimize_collapsed": "auto", **most}
        if entry.fields:
            return self._list_of_groups(entry, about)
        one = self._any(entry)
        if one is None or one.shape:
            return None
        item = {"name": "item", "label": called(asked), "required": True, **one.widget}
        return Shown({**about, "collapsed": False, "field": item}, {})

    def _list_of_groups(self, entry: Field, about: Widget) -> Shown | None:
        group = self._group(entry.fields)
        listed = {**about, "fields": group.widget["fields"]}
        if entry.types == ("object",):
            summary = " · ".join(f"{{{{{part.name}}}}}" for part in entry.fields if part.is_needed)
            return Shown({**listed, **({"summary": summary} if summary else {})}, {"each": group.shape})
        if {part.name for part in entry.fields} >= {"label", "text"}:
            item = {"form": "item", "fields": [*PARTS_OF_AN_ITEM]}
            return Shown({**listed, "summary": "{{label}} {{text}}"}, {"each": item})
        return None

    def _group(self, fields: Iterable[Field]) -> Shown:
        found = {asked.name: self.field(asked) for asked in fields}
        widgets = [one.widget for one in found.values() if one is not None]
        shapes = {name: one.shape for name, one in found.items() if one is not None and one.shape}
        return Shown({"widget": "object", "collapsed": "auto", "fields": widgets}, {"fields": shapes} if shapes else {})

    def _either(self, asked: Field) -> Shown | None:
        """Return how a form shows what is a text or a group of fields."""
        group = self._group(asked.fields)
        if {part.name for part in asked.fields} == _ROLES:
            by_role = sorted(group.widget["fields"], key=lambda widget: _SIGN_FIRST.find(widget["name"]))
            return Shown({**group.widget, "fields": by_role}, {"form": "rapid"})
        text: Widget = {
            "name": "text_",
            "label": called(asked),
            "required": False,
            "widget": "string",
            "hint": asked.form or asked.purpose,
        }
        others = [{**widget, "required": False} for widget in group.widget["fields"]]
        return Shown(
            {**group.widget, "collapsed": False, "fields": [text | _limits(asked, self._choices.kinds), *others]},
            {"form": "either"},
        )

    def _hint(self, asked: Field) -> str:
        """Say what a field is for, and when it is needed where that depends on others."""
        purpose = "" if asked.states else asked.purpose or (asked.form if asked.values is not None else "")
        cases = [self._case(case) for case in asked.needed_where]
        return " ".join(filter(None, (purpose, *(f"Needed {case}." for case in dict.fromkeys(cases) if case))))

    def _case(self, case: Iterable[Condition]) -> str:
        """Say when a field is needed, in the words of the form; empty where only the schema can tell."""
        said = []
        for one in case:
            other = next((field for field in self._fields if field.name == one.field), None)
            if other is None:
                return ""
            states = other.states or {}
            values = join_words((states[value].word if value in states else str(value) for value in one.values), "or")
            said.append(f"{'where' if one.holds else 'unless'} “{called(other)}” is {values or 'filled in'}")
        return join_words(said)


def _choice(asked: Field) -> Shown:
    states = asked.states or {}
    values = asked.values or ()
    options = [
        {"label": states[value].word if value in states else capital(str(value)), "value": value} for value in values
    ]
    return Shown({"widget": "select", "options": options}, {})


def _plain(asked: Field, name: str) -> Shown:
    """Return how a form shows a number, or what is true or false."""
    if name == "boolean":
        return Shown({"widget": "boolean", "required": False}, {})
    limits = {"min": asked.least, "max": asked.most}
    step = {"value_type": "int"} if name == "integer" else {"value_type": "float", "step": 0.1}
    return Shown({"widget": "number", **step, **{key: limit for key, limit in limits.items() if limit is not None}}, {})


def _limits(asked: Field, kinds: Mapping[str, Kind]) -> Widget:
    said: Widget = {"maxlength": asked.longest} if asked.longest is not None else {}
    if asked.pattern:
        said["pattern"] = [asked.pattern, f"Write {form_of(asked, kinds)}."]
    return said


def _only(name: str, values: Iterable[str]) -> list[Widget]:
    """Return the filter that lets through what has one of these values; none is let through where there are none."""
    return [{"field": name, "values": [*values] or [_NOBODY]}]


def _others(name: str) -> list[Widget]:
    """Return the filter that leaves out the page of the form: nothing feeds, replaces or lies below itself."""
    return [{"field": name, "values": [f"{{{{fields.{name}}}}}"], "exclude": True}]


def _listed(name: str) -> Widget:
    return {"value_field": f"{name}.*.id", "display_fields": [f"{name}.*.name"]}
