"""Kinds of documents, compiled from the JSON Schemas in `schemas/`: what their values mean and which fields they have.

Six annotations say what a value means: `x-kind` (what the kind is), `x-ref` (names a document), `x-who` (a person or
group), `x-label` (a label of another document's item), `x-material` (part of the signed text) and `x-state` (how a
document stands that is in a state, and the word for it). They are found by walking `properties`, `items`, `$ref` and
`allOf`, and refused anywhere else, where nobody would look for them; `x-state` has a meaning only on a kind's `state`.

A seventh, `x-raw`, marks a form that a value has only before Handrail completes what was typed. Editors, which see no more
than that, let it pass; Handrail itself takes a schema that is so marked for one that nothing satisfies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from handrail.errors import SchemaError
from handrail.model.rawschemas import (
    ANNOTATIONS,
    SUFFIX,
    bundle,
    keywords_in,
    parsed_schema,
    place_below,
    raw_schema,
    resolve,
)
from handrail.model.validation import Validator
from handrail.text.problems import DataPath

_COMMON = "common"
_WALKED = ("properties", "items", "allOf", "$ref", "$defs")
_STATE = "state"


class Phase(StrEnum):
    """How a document stands, whatever its kind calls that."""

    UNWRITTEN = "unwritten"
    IN_FORCE = "in force"
    RETIRED = "retired"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class State:
    """What one value of `state` means: the phase for programs, and the word that pages show."""

    phase: Phase
    word: str

    @property
    def inside(self) -> str:
        """The word as it stands inside a line."""
        return self.word if self.word[:2].isupper() else self.word[:1].lower() + self.word[1:]


@dataclass(frozen=True, slots=True)
class Ref:
    """The value names a document of one of these kinds (of any where there are none), or one of the words `also`."""

    kinds: tuple[str, ...]
    relation: str
    inverse: str
    also: frozenset[str]


@dataclass(slots=True)
class Node:
    """What the schemas say of one place in a document."""

    fields: dict[str, Node] = field(default_factory=dict)
    items: Node | None = None
    ref: Ref | None = None
    who: frozenset[str] = frozenset()
    label: str | None = None
    material: bool = False
    free: bool = False
    """Whether it is said not to be part of the signed text, though it stands in a part that is."""
    title: str = ""
    """What readers call it; empty where no schema says."""
    description: str = ""
    values: tuple[Any, ...] | None = None
    """The only values that it may have; None where there may be others."""
    values_at: str = ""
    """Where the schemas name them last, as a file and a JSON pointer."""
    states: Mapping[str, State] = field(default_factory=dict)
    states_at: str = ""
    """Where the schemas say how a document stands, as a file and a JSON pointer."""
    closed: bool = False
    speaks: bool = False
    """Whether this place or one below it has a meaning that the graph follows."""


@dataclass(frozen=True, eq=False)  # those of one schema are one object
class Kind:
    """A kind of document: its name in front matter, what people call one and many, and its compiled schema."""

    name: str
    noun: str
    plural: str
    signed: bool
    root: Node
    validator: Validator
    description: str = ""
    is_own: bool = False
    """Whether its schema is the handbook's, and none that comes with Handrail."""

    @property
    def fields(self) -> Mapping[str, Node]:
        return self.root.fields

    @property
    def states(self) -> Mapping[str, State]:
        """What each value of `state` means, in the schema's order; empty where the kind has no states."""
        return self.root.fields[_STATE].states if _STATE in self.root.fields else {}

    @cached_property
    def is_reviewed(self) -> bool:
        """Whether its documents are signed and the sign-off runs out, so that they are read again, as procedures are."""
        return self.signed and "review_every" in self.fields

    @property
    def serves_plans(self) -> bool:
        """Whether its documents are to say which plan they serve, as procedures are."""
        return self.is_reviewed and "vpmom" in self.fields

    @cached_property
    def states_to_come(self) -> tuple[str, ...]:
        """The states that a document goes through before it is in force, in that order."""
        names = list(self.states)
        held = next((at for at, name in enumerate(names) if self.states[name].phase is Phase.IN_FORCE), 0)
        phases = (self.states[name].phase for name in names)
        return tuple(
            name
            for at, (name, phase) in enumerate(zip(names, phases, strict=True))
            if phase is Phase.UNWRITTEN or (phase is Phase.OTHER and at < held)
        )

    @property
    def first_state(self) -> str:
        """The state in which a page is begun: the last before it is in force."""
        return next(iter((*reversed(self.states_to_come), *self.states)), "")

    def state_in(self, phase: Phase) -> str:
        """Return the first state of a phase; empty where the kind has none."""
        return next((name for name, state in self.states.items() if state.phase is phase), "")

    def meanings(self, data: Mapping[str, Any]) -> Iterator[tuple[DataPath, Node, str]]:
        """Yield every text of a document that means a person, a document or a label: path, meaning, text."""
        yield from _meanings(self.root, data, ())


def _meanings(node: Node, value: Any, path: DataPath) -> Iterator[tuple[DataPath, Node, str]]:
    if isinstance(value, str):
        if node.ref or node.who or node.label:
            yield path, node, value
    elif isinstance(value, dict):
        for key, item in value.items():
            below = node.fields.get(key)
            if below is not None and below.speaks:
                yield from _meanings(below, item, (*path, key))
    elif isinstance(value, list):
        below = node.items
        if below is not None and below.speaks:
            for index, item in enumerate(value):
                yield from _meanings(below, item, (*path, index))
        elif node.ref or node.who or node.label:
            for index, item in enumerate(value):
                if isinstance(item, str):
                    yield (*path, index), node, item


def shipped_schemas() -> Path:
    """Return the folder of the schemas that belong to Handrail: inside the package, else beside `plugins/`."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parents[1] / "schemas"


def schema_files(project: Path | None) -> dict[str, Path]:
    """Return the schema files by name: the shipped ones, and those of the project, which replace shipped ones."""
    files: dict[str, Path] = {}
    folders = [shipped_schemas()]
    if project is not None and (project / "schemas").is_dir():
        folders.append(project / "schemas")
    for folder in folders:
        try:
            paths = sorted(folder.iterdir())
        except OSError as error:
            raise SchemaError(f"{folder.name}/ can't be read: {error.strerror}.") from error
        files.update((path.name.removesuffix(SUFFIX), path) for path in paths if path.name.endswith(SUFFIX))
    return files


def load_kinds(project: Path | None = None) -> dict[str, Kind]:
    """Compile every kind; raises SchemaError with the file and what is wrong in it.

    Schemas that say what they said before are compiled once a process: a preview builds anew at each save.
    """
    return {**_compiled(tuple((name, path, raw_schema(path)) for name, path in schema_files(project).items()))}


@lru_cache(maxsize=4)
def _compiled(texts: tuple[tuple[str, Path, bytes], ...]) -> dict[str, Kind]:
    files = {name: path for name, path, _ in texts}
    schemas = {name: parsed_schema(path, raw) for name, path, raw in texts}
    kinds: dict[str, Kind] = {}
    for name, schema in schemas.items():
        if name != _COMMON and "x-kind" in schema:
            kind = _compile(files[name], name, schema, schemas)
            kind = replace(kind, is_own=files[name].resolve().parent != shipped_schemas())
            if kind.name in kinds:
                message = f"{files[name].name}: the kind `{kind.name}` is already defined by another schema; choose another name."
                raise SchemaError(message)
            kinds[kind.name] = kind
    return kinds


def _compile(path: Path, name: str, schema: dict[str, Any], schemas: Mapping[str, dict[str, Any]]) -> Kind:
    about = schema["x-kind"]
    if not isinstance(about, dict) or not all(isinstance(about.get(key), str) for key in ("name", "noun", "plural")):
        message = f"{path.name}: `x-kind` must be an object with `name`, `noun` and `plural`."
        raise SchemaError(message)
    root = _Compiler(schemas).node({"$ref": path.name}, path.name)
    missing = {"kind", "id", "title", "visibility"} - set(root.fields)
    if missing:
        message = (
            f"{path.name}: a kind needs the common fields; add "
            '"allOf": [{"$ref": "common.schema.json#/$defs/document"}].'
        )
        raise SchemaError(message)
    root.closed = root.closed or schema.get("unevaluatedProperties") is False
    if not root.closed:
        message = (
            f'{path.name}: a kind is closed, so that a mistyped field is found; add "unevaluatedProperties": false.'
        )
        raise SchemaError(message)
    _refuse_states(root)
    validator = Validator(path.name, bundle(name, schemas))
    return Kind(
        about["name"],
        about["noun"],
        about["plural"],
        bool(about.get("signed")),
        root,
        validator,
        str(schema.get("description", "")),
    )


def _refuse_states(root: Node) -> None:
    """Refuse states that are not the values of `state`, one for one: a page in any other would stand nowhere."""
    own = root.fields.get(_STATE, Node())
    for path, node in _nodes(root, ()):
        if node.states and node is not own:
            where = f"at `{'.'.join(path)}`" if path else "at the top"
            message = (
                f"{node.states_at}: `x-state` stands {where}, where it has no meaning; put it on the kind's own field "
                "`state`."
            )
            raise SchemaError(message)
    values = own.values or ()
    strange = [f"`{value}`" for value in own.states if value not in values]
    if strange:
        message = (
            f"{own.states_at}: `x-state` names {', '.join(strange)}, which the `enum` of `state` does not; "
            "let both name the same."
        )
        raise SchemaError(message)
    silent = [f"`{value}`" for value in values if value not in own.states]
    if silent:
        message = (
            f"{own.states_at or own.values_at}: nothing says how a page stands whose `state` is {' or '.join(silent)}; "
            "give each a `phase` and a `word` under `x-state`."
        )
        raise SchemaError(message)


def _nodes(node: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    yield path, node
    for name, below in node.fields.items():
        yield from _nodes(below, (*path, name))
    if node.items is not None:
        yield from _nodes(node.items, path)


class _Compiler:
    """Walks one kind's schema and the definitions that it uses."""

    def __init__(self, schemas: Mapping[str, dict[str, Any]]) -> None:
        self.schemas = schemas

    def node(self, schema: Any, place: str, seen: tuple[str, ...] = ()) -> Node:
        node = Node()
        self.merge(node, schema, place, seen)
        return node

    def merge(self, node: Node, schema: Any, place: str, seen: tuple[str, ...]) -> None:
        """Add what a schema says to a node; `place` is where it stands, as a file and a JSON pointer."""
        if not isinstance(schema, dict):
            return
        _refuse_elsewhere(schema, place)
        if "$ref" in schema:
            target, name = resolve(schema["$ref"], place, self.schemas)
            if name in seen:
                message = f"{place}: `{name}` refers to itself, which front matter never needs."
                raise SchemaError(message)
            self.merge(node, target, name, (*seen, name))
        for index, part in enumerate(schema.get("allOf", ())):
            self.merge(node, part, place_below(place, "allOf", index), seen)
        for name, below in (schema.get("properties") or {}).items():
            self.merge(node.fields.setdefault(name, Node()), below, place_below(place, "properties", name), seen)
        if isinstance(schema.get("items"), dict):
            node.items = node.items or Node()
            self.merge(node.items, schema["items"], place_below(place, "items"), seen)
        if schema.get("additionalProperties") is False or schema.get("unevaluatedProperties") is False:
            node.closed = True
        node.title = schema.get("title", node.title)
        node.description = schema.get("description", node.description)
        if isinstance(schema.get("enum"), list):
            node.values = tuple(value for value in schema["enum"] if node.values is None or value in node.values)
            node.values_at = place
        self.annotate(node, schema, place)
        node.speaks = bool(
            node.ref
            or node.who
            or node.label
            or any(below.speaks for below in node.fields.values())
            or (node.items is not None and node.items.speaks)
        )

    def annotate(self, node: Node, schema: dict[str, Any], place: str) -> None:
        if "x-ref" in schema:
            value = schema["x-ref"]
            if not (
                isinstance(value, dict)
                and isinstance(value.get("kinds"), list)
                and isinstance(value.get("relation"), str)
                and isinstance(value.get("inverse"), str)
            ):
                message = f"{place}: `x-ref` must be an object with `kinds` (a list), `relation` and `inverse`."
                raise SchemaError(message)
            node.ref = Ref(tuple(value["kinds"]), value["relation"], value["inverse"], frozenset(value.get("also", ())))
        if "x-who" in schema:
            value = schema["x-who"]
            if not isinstance(value, list) or not value or not set(value) <= {"person", "group"}:
                message = f'{place}: `x-who` must be a list of "person" and "group".'
                raise SchemaError(message)
            node.who = frozenset(value)
        if "x-label" in schema:
            if not isinstance(schema["x-label"], str):
                message = f"{place}: `x-label` must name the field that says whose labels are meant."
                raise SchemaError(message)
            node.label = schema["x-label"]
        if "x-material" in schema:
            if not isinstance(schema["x-material"], bool):
                message = f"{place}: `x-material` must be true or false."
                raise SchemaError(message)
            node.material = schema["x-material"]
            node.free = not schema["x-material"]
        if "x-state" in schema:
            node.states = _read_states(schema["x-state"], place)
            node.states_at = place


def _read_states(value: Any, place: str) -> dict[str, State]:
    known: dict[str, State] = {}
    for name, state in value.items() if isinstance(value, dict) else ():
        if isinstance(state, dict) and set(state) == {"phase", "word"} and state["phase"] in list(Phase):
            word = state["word"]
            if isinstance(word, str) and word.strip() and word.isprintable():
                known[name] = State(Phase(state["phase"]), word)
    if not known or len(known) < len(value):
        message = (
            f"{place}: `x-state` must give each value of `state` an object with its `phase` "
            f"({', '.join(Phase)}) and its `word`."
        )
        raise SchemaError(message)
    return known


def _refuse_elsewhere(schema: dict[str, Any], place: str) -> None:
    """Refuse annotations where the walk does not come by, and so would be lost."""
    for keyword, value in schema.items():
        if keyword in _WALKED or keyword in ANNOTATIONS:
            continue
        for annotation in keywords_in(value, ANNOTATIONS):
            message = (
                f"{place}: `{annotation}` stands under `{keyword}`, where it has no meaning; put it under `properties`, "
                "`items` or `allOf`."
            )
            raise SchemaError(message)
