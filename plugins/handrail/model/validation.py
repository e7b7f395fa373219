"""Holds a document's data against its kind's schema: the verdict, and what is wrong where it is no.

One compiled validator gives both, so that a value which is refused is always explained: formats, patterns and keywords
have no second reading that could differ from the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import jsonschema_rs
from jsonschema_rs import ValidationErrorKind as Refused

from handrail.errors import SchemaError
from handrail.model.formats import FORMATS, JUDGED_HERE
from handrail.model.nearest import nearest
from handrail.model.rawschemas import place_below
from handrail.text.problems import DataPath
from handrail.text.syntax_errors import shorten

UNKNOWN = "unknown field"
NO_VALUE = "no value"
MISSING = "missing field"
FORBIDDEN = "forbidden"
SEVERAL_FORMS = "several forms"
NO_FORM = "no form"
MISFIT = "misfit"

_MOST = 1000
"""So many errors of one document are looked at: the rest may take long, and nobody fixes more at once."""
_PATTERNS = jsonschema_rs.RegexOptions()
"""Patterns are matched in a time that grows with the text's length and no faster, whatever a schema and a page hold."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_LOOKS_AROUND = re.compile(r"(?<!\\)\(\?<?[=!]")
_REFERS_BACK = re.compile(r"\\(?:[1-9]|k<)")


@dataclass(frozen=True, slots=True)
class Violation:
    """One value that its schema refuses: where, by which keyword, and what the keyword asks for.

    `value` is what stands there; `schema` is the part of the schema that holds the keyword.
    """

    path: DataPath
    keyword: str
    asked: Any
    value: Any
    schema: dict[str, Any]


class Validator:
    """One kind's schema, compiled once, with the files that it uses: `files` holds them by name, `file` is its own."""

    def __init__(self, file: str, files: Mapping[str, Any]) -> None:
        self._schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": f"#/$defs/{file}",
            "$defs": dict(files),
        }
        try:
            self._compiled = jsonschema_rs.Draft202012Validator(
                self._schema,
                formats=JUDGED_HERE,
                validate_formats=True,
                ignore_unknown_formats=False,
                pattern_options=_PATTERNS,
                offline=True,
            )
        except jsonschema_rs.ValidationError as error:
            raise SchemaError(self._unusable(file, error)) from error
        except (jsonschema_rs.ReferencingError, ValueError) as error:
            message = f"{file} is not usable as JSON Schema: {str(error).splitlines()[0]}"
            raise SchemaError(message) from error

    @property
    def schema(self) -> Mapping[str, Any]:
        """The schema with all that it uses; every reference in it points into itself."""
        return self._schema

    def is_valid(self, data: Any) -> bool:
        """Say whether data satisfy the schema."""
        try:
            return self._compiled.is_valid(data)
        except ValueError:
            return self._compiled.is_valid(_as_json(data))

    def violations(self, data: Any) -> list[Violation]:
        """Return what is wrong: nothing where the data are valid, and at least one violation where they are not."""
        try:
            errors = list(islice(self._compiled.iter_errors(data), _MOST))
        except ValueError:
            data = _as_json(data)
            errors = list(islice(self._compiled.iter_errors(data), _MOST))
        found = self._explain(errors, data)
        if not found and not self.is_valid(data):
            return [Violation((), MISFIT, None, data, {})]
        return found

    def _explain(self, errors: Iterable[jsonschema_rs.ValidationError], data: Any) -> list[Violation]:
        sure: list[Violation] = []
        doubtful: list[Violation] = []
        for error in errors:
            if isinstance(error.kind, Refused.UnevaluatedProperties):
                for violation, is_sure in self._unevaluated(error, error.kind, data):
                    (sure if is_sure else doubtful).append(violation)
            else:
                sure.extend(self._explain_one(error, data))
        return sure or doubtful

    def _explain_one(self, error: jsonschema_rs.ValidationError, data: Any) -> Iterator[Violation]:
        path, kind = tuple(error.instance_path), error.kind
        value = _walk(data, path)
        if value is None:
            yield Violation(path, NO_VALUE, None, None, {})
            return
        *above, keyword = error.schema_path or [""]
        schema = self._part(above)
        asked = schema.get(str(keyword))
        match kind:
            case Refused.AnyOf() | Refused.OneOfNotValid():
                yield from _of_forms(path, [self._explain(errors, data) for errors in kind.context], value, schema)
            case Refused.OneOfMultipleValid():
                yield Violation(path, SEVERAL_FORMS, asked, value, schema)
            case Refused.Required():
                yield Violation((*path, kind.property), MISSING, kind.property, None, schema)
            case Refused.AdditionalProperties():
                known = list(schema.get("properties", ()))
                for name in kind.unexpected:
                    yield Violation((*path, name), UNKNOWN, known, value[name], schema)
            case Refused.PropertyNames():
                name = str(kind.error.instance)
                yield Violation((*path, name), "propertyNames", asked, name, schema)
            case Refused.FalseSchema() if keyword == "additionalProperties" and keyword not in path[-1:]:
                # So it is called where the schema knows no field at all.
                for name in value:
                    yield Violation((*path, name), UNKNOWN, [], value[name], schema)
            case Refused.FalseSchema():
                yield Violation(path, FORBIDDEN, False, value, {})  # noqa: FBT003 - the schema `false` itself
            case _:
                yield Violation(path, str(keyword), asked, value, schema)

    def _unevaluated(
        self, error: jsonschema_rs.ValidationError, kind: Refused.UnevaluatedProperties, data: Any
    ) -> Iterator[tuple[Violation, bool]]:
        """Yield fields that no part of a schema describes, and whether it is sure that none does.

        Where a part refuses one field, the validator counts all that this part describes as described by none. Such
        fields are only worth a word where nothing else is wrong.
        """
        path = tuple(error.instance_path)
        schema = self._part(error.schema_path[:-1])
        names = dict.fromkeys(self._names(schema, schema, set()))
        known = [name for name in names if name is not None]
        for name in kind.unexpected:
            place, value = (*path, name), _walk(data, (*path, name))
            if schema.get("unevaluatedProperties") is not False:
                violation = Violation(place, MISFIT, None, value, _as_part(schema.get("unevaluatedProperties")))
            elif name in names:
                violation = Violation(place, FORBIDDEN, False, value, {})  # noqa: FBT003 - the schema itself
            else:
                violation = Violation(place, UNKNOWN, known, value, schema)
            yield violation, name not in names and None not in names

    def _names(self, schema: Any, holder: dict[str, Any], seen: set[int]) -> Iterator[str | None]:
        """Yield the fields that the parts of a schema describe for one place; None where a part describes any."""
        if not isinstance(schema, dict) or id(schema) in seen:
            return
        seen.add(id(schema))
        if "$dynamicRef" in schema or (
            schema is not holder
            and any(schema.get(word, False) is not False for word in ("additionalProperties", "unevaluatedProperties"))
        ):
            yield None
        if schema is not holder and "patternProperties" in schema:
            yield None
        if isinstance(schema.get("$ref"), str):
            yield from self._names(self._target(schema["$ref"]), holder, seen)
        for part in schema.get("allOf", ()):
            yield from self._names(part, holder, seen)
        yield from schema.get("properties", ())
        for part in chain(
            *(schema.get(word, ()) for word in ("anyOf", "oneOf")),
            (schema.get(word) for word in ("if", "then", "else")),
            *(schema.get(word, {}).values() for word in ("dependentSchemas", "dependencies")),
        ):
            yield from self._names(part, holder, seen)

    def _target(self, ref: str) -> Any:
        steps = ref.removeprefix("#").strip("/").split("/")
        return _walk(self._schema, tuple(step.replace("~1", "/").replace("~0", "~") for step in steps))

    def _part(self, path: Iterable[str | int]) -> dict[str, Any]:
        return _as_part(_walk(self._schema, tuple(path)))

    def _unusable(self, file: str, error: jsonschema_rs.ValidationError) -> str:
        """Say what can't be used of a schema, where it stands, and what to write instead."""
        path = error.instance_path
        place = place_below(str(path[1]), *path[2:]) if path[:1] == ["$defs"] and len(path) > 1 else file
        value = _walk(self._schema, tuple(path))
        if path[-1:] == ["format"] and isinstance(value, str):
            close = nearest(value, FORMATS)
            advice = f"did you mean `{close}`?" if close else f"Known are {', '.join(sorted(FORMATS))}."
            return f"{place}: there is no format `{shorten(value)}`, so it would check nothing; {advice}"
        pattern = path[-1] if path[-2:-1] == ["patternProperties"] else value if path[-1:] == ["pattern"] else None
        if isinstance(pattern, str):
            return f"{place}: the pattern `{shorten(pattern)}` can't be used; {_pattern_advice(pattern)}"
        return f"{place} is not usable as JSON Schema: {error.message.splitlines()[0]}."


def _of_forms(path: DataPath, forms: list[list[Violation]], value: Any, schema: dict[str, Any]) -> Iterator[Violation]:
    """Yield what is wrong with a value that may have several forms, by the form that its author most likely meant."""
    fitting = [form for form in forms if not any(v.keyword == "type" and v.path == path for v in form)]
    if not fitting:
        types = chain.from_iterable(_as_list(v.asked) for form in forms for v in form if v.path == path)
        yield Violation(path, "type", list(dict.fromkeys(map(str, types))), value, schema)
        return
    if all(len(form) == 1 and form[0].path == path and form[0].keyword in ("const", "enum") for form in fitting):
        options = [[v.asked] if v.keyword == "const" else v.asked for [v] in fitting]
        yield Violation(path, "enum", list(chain(*options)), value, schema)
        return
    # A form that fixes another value for one of the fields is another form.
    effort = [(any(v.keyword == "const" for v in form), len(form)) for form in fitting]
    best = [form for form, own in zip(fitting, effort, strict=True) if own == min(effort)]
    if len(best) == 1:
        yield from best[0]
    else:
        yield Violation(path, NO_FORM, [form[0] for form in best], value, schema)


def _pattern_advice(pattern: str) -> str:
    if _LOOKS_AROUND.search(pattern):
        return (
            "looking ahead or back may take for ever on a long text. Write what must not be there as "
            '"not": {"pattern": …}, and several conditions as several patterns under `allOf`.'
        )
    if _REFERS_BACK.search(pattern):
        return "referring back to a group may take for ever on a long text. Write the alternatives out."
    return "it is no regular expression of ECMA-262, or a very large one. Try it where you can see what it matches."


def _walk(data: Any, path: Iterable[str | int]) -> Any:
    for step in path:
        try:
            data = data[int(step)] if isinstance(data, list) else data[step]
        except (LookupError, TypeError, ValueError):
            return None
    return data


def _as_part(schema: Any) -> dict[str, Any]:
    return schema if isinstance(schema, dict) else {}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _as_json(value: Any) -> Any:
    """Return data with what no JSON can hold replaced: halves of characters, and keys that are no text."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_as_json(str(key)): _as_json(below) for key, below in value.items()}
    return [_as_json(below) for below in value] if isinstance(value, list) else value
