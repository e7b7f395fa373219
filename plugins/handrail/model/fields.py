"""What a kind says of each of its fields, as data: the command, the site's pages and the forms of other programs are made of it.

A kind's schema is walked with all that applies at one place (`$ref`, `allOf`, the place itself), the nearest last, so that what a
kind says of a common field counts before what all say. What only a validator can tell, such as `not`, is left to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from handrail.model.kinds import Kind, Node, Ref, State

_COMMON_DOCUMENT = "#/$defs/common.schema.json/$defs/document"
_FORMS = ("anyOf", "oneOf")
MOST_KINDS = 100
"""So many are explained once, however often a preview is made."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold for a field to be needed: another field with one of these values, or any where there are none.

    `holds` is False where it must not be so. Without a `field`, only the schema can tell; it may say when in `said`.
    """

    field: str = ""
    values: tuple[Any, ...] = ()
    holds: bool = True
    said: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind, or an entry of a list, which has no name.

    `purpose` says what it is for, `form` what a value looks like, where a definition that several fields use says it. `needed_where`
    holds the cases in which it is needed, each as conditions that hold together; it is needed always where `is_needed`.
    `values` is None where it may have any, `least` and `most` are for a number, and `longest` counts characters or entries.
    `fields` are those of a group of fields, `entry` is what stands in a list, and `forms` are several forms that a value may have.
    """

    name: str
    title: str
    purpose: str
    form: str
    is_needed: bool = False
    needed_where: tuple[tuple[Condition, ...], ...] = ()
    is_common: bool = False
    is_material: bool = False
    types: tuple[str, ...] = ()
    format: str = ""
    pattern: str = ""
    values: tuple[Any, ...] | None = None
    states: Mapping[str, State] | None = None
    least: float | None = None
    most: float | None = None
    longest: int | None = None
    who: frozenset[str] = frozenset()
    ref: Ref | None = None
    label_of: str = ""
    examples: tuple[Any, ...] = ()
    fields: tuple[Field, ...] = ()
    entry: Field | None = None
    forms: tuple[Field, ...] = ()


def title_of(name: str) -> str:
    """Return what a field is called whose schema gives no title."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=MOST_KINDS)
def fields_of(kind: Kind) -> tuple[Field, ...]:
    """Return the fields of a kind: what it needs always, then its own, then those that all kinds have, each in the schema's order."""
    reader = _Reader(kind.validator.schema)
    found = reader.fields(reader.parts({"$ref": kind.validator.schema["$ref"]}), kind.root)
    return tuple(sorted(found, key=lambda field: (not field.is_needed, field.is_common and not field.is_needed)))


def own_examples(kind: Kind) -> tuple[dict[str, Any], ...]:
    """Return the documents that a kind's schema gives as examples of it and takes itself; a copied schema has another's."""
    reader = _Reader(kind.validator.schema)
    given = _last(reader.parts({"$ref": kind.validator.schema["$ref"]}), "examples", list) or []
    own = (one for one in given if isinstance(one, dict) and one.get("kind") == kind.name)
    return tuple(one for one in own if kind.validator.is_valid(one))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the schema that applies at a place; `is_common` where the definition holds it that all kinds share."""

    schema: dict[str, Any]
    is_common: bool
    is_shared: bool
    """Whether it is reached by a reference, so that it speaks of all fields that use it."""
    through: tuple[str, ...]
    """The references that lead to it; none is followed again below, for a schema may hold itself."""


class _Reader:
    """Reads a schema whose references all point into itself."""

    def __init__(self, whole: Mapping[str, Any]) -> None:
        self._whole = whole

    def parts(
        self, schema: Any, through: tuple[str, ...] = (), *, common: bool = False, shared: bool = False
    ) -> list[_Part]:
        """Return all that applies at a place, the nearest last."""
        if not isinstance(schema, dict):
            return []
        found: list[_Part] = []
        ref = schema.get("$ref")
        if isinstance(ref, str) and ref not in through:
            is_common = common or ref == _COMMON_DOCUMENT
            found += self.parts(self._target(ref), (*through, ref), common=is_common, shared=True)
        for part in schema.get("allOf", ()):
            found += self.parts(part, through, common=common, shared=shared)
        return [*found, _Part(schema, common, shared, through)]

    def _target(self, ref: str) -> Any:
        target: Any = self._whole
        for step in ref.removeprefix("#").strip("/").split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            target = target[int(name)] if isinstance(target, list) else target[name]
        return target

    def fields(self, parts: list[_Part], node: Node) -> list[Field]:
        """Return the fields of a group, with when each is needed."""
        at: dict[str, list[_Part]] = {}
        for part in parts:
            for name, schema in _table(part.schema, "properties").items():
                at.setdefault(name, []).extend(self.parts(schema, part.through, common=part.is_common))
        always = {name for part in parts for name in _names(part.schema.get("required"))}
        sometimes: dict[str, list[tuple[Condition, ...]]] = {}
        for part in parts:
            for name, case in _cases(part.schema):
                sometimes.setdefault(name, []).append(case)
        return [
            self.field(
                name,
                own,
                node.fields.get(name, Node()),
                is_needed=name in always,
                needed_where=() if name in always else tuple(dict.fromkeys(sometimes.get(name, ()))),
            )
            for name, own in at.items()
        ]

    def field(
        self,
        name: str,
        parts: list[_Part],
        node: Node,
        *,
        is_needed: bool = False,
        needed_where: tuple[tuple[Condition, ...], ...] = (),
    ) -> Field:
        """Return what is said of one place."""
        here = [part for part in parts if not part.is_shared]
        there = [part for part in parts if part.is_shared]
        items = [below for part in parts for below in self.parts(part.schema.get("items"), part.through)]
        forms = [form for part in parts for word in _FORMS for form in self._forms(part, word)]
        return Field(
            name,
            node.title or str(_last(parts, "title", str) or ""),
            str(_last(here, "description", str) or ""),
            str(_last(there, "description", str) or ""),
            is_needed,
            needed_where,
            is_common=bool(here) and all(part.is_common for part in here),
            is_material=node.material,
            types=_types(parts),
            format=str(_last(parts, "format", str) or ""),
            pattern=str(_last(parts, "pattern", str) or ""),
            values=_values(parts),
            states=node.states or None,
            least=_last(parts, "minimum", (int, float)),
            most=_last(parts, "maximum", (int, float)),
            longest=_last(parts, "maxItems", int) or _last(parts, "maxLength", int),
            who=node.who,
            ref=node.ref,
            label_of=node.label or "",
            examples=tuple(_last(parts, "examples", list) or ()),
            fields=tuple(self.fields(parts, node)),
            entry=self.field("", items, node.items or Node()) if items else None,
            forms=tuple(self.field("", form, Node()) for form in forms),
        )

    def _forms(self, part: _Part, word: str) -> Iterator[list[_Part]]:
        """Yield the forms of a value that differ in more than what they need."""
        forms = part.schema.get(word)
        for form in forms if isinstance(forms, list) else ():
            if isinstance(form, dict) and set(form) - {"required"}:
                yield self.parts(form, part.through)


def _last(parts: Iterable[_Part], keyword: str, types: type | tuple[type, ...]) -> Any:
    """Return what the nearest part says by a keyword that says it in such a type; None where none does."""
    said = [
        part.schema[keyword] for part in parts if keyword in part.schema and isinstance(part.schema[keyword], types)
    ]
    return said[-1] if said else None


def _types(parts: Iterable[_Part]) -> tuple[str, ...]:
    """Return the types that every part lets through which names any."""
    found: list[str] | None = None
    for part in parts:
        said = part.schema.get("type")
        names = [said] if isinstance(said, str) else said if isinstance(said, list) else None
        if names is not None:
            found = names if found is None else [name for name in found if name in names]
    return tuple(found or ())


def _values(parts: Iterable[_Part]) -> tuple[Any, ...] | None:
    """Return the only values that every part lets through; None where none names any."""
    found: list[Any] | None = None
    for part in parts:
        said = part.schema.get("enum", [part.schema["const"]] if "const" in part.schema else None)
        if isinstance(said, list):
            found = said if found is None else [value for value in found if value in said]
    return None if found is None else tuple(found)


def _cases(schema: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Yield the fields that are needed in some cases only, each with the conditions of one of them."""
    if "if" in schema:
        case = _conditions(schema["if"])
        yield from ((name, case) for name in _needed(schema.get("then")))
        otherwise = (_opposite(case[0]) if len(case) == 1 else Condition(),)
        yield from ((name, otherwise) for name in _needed(schema.get("else")))
    for field, names in _table(schema, "dependentRequired").items():
        yield from ((name, (Condition(field),)) for name in _names(names))
    for field, part in _table(schema, "dependentSchemas").items():
        yield from ((name, (Condition(field),)) for name in _needed(part))
    for word in _FORMS:
        forms = schema.get(word)
        for form in forms if isinstance(forms, list) else ():
            yield from ((name, (Condition(),)) for name in _needed(form))


def _conditions(asked: Any) -> tuple[Condition, ...]:
    """Return what a condition of a schema asks for; one that nothing is known of, where it asks for more than can be said."""
    if not isinstance(asked, dict):
        return (Condition(),)
    said = asked.get("description")
    if isinstance(said, str):
        return (Condition(said=said),)
    if set(asked) - {"properties", "required", "$comment", "title", "type"}:
        return (Condition(),)
    found = []
    for field, schema in _table(asked, "properties").items():
        values = (
            schema.get("enum", [schema["const"]] if "const" in schema else None) if isinstance(schema, dict) else None
        )
        if not isinstance(values, list) or set(schema) - {"enum", "const"}:
            return (Condition(),)
        found.append(Condition(field, tuple(values)))
    named = {condition.field for condition in found}
    found += [Condition(name) for name in _names(asked.get("required")) if name not in named]
    return tuple(found) or (Condition(),)


def _opposite(condition: Condition) -> Condition:
    if not condition.field:
        return Condition()
    return Condition(condition.field, condition.values, not condition.holds)


def _needed(schema: Any) -> list[str]:
    return _names(schema.get("required")) if isinstance(schema, dict) else []


def _names(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def _table(schema: Mapping[str, Any], keyword: str) -> Mapping[str, Any]:
    value = schema.get(keyword)
    return value if isinstance(value, dict) else {}
