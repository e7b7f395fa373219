"""What the keywords of a schema ask for, said without their words: a sentence on the value, and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from handrail.model.formats import FORMATS
from handrail.model.nearest import nearest
from handrail.model.validation import FORBIDDEN, MISFIT, SEVERAL_FORMS, Violation
from handrail.rules.schema_words import COMPARE, day_hint
from handrail.text.syntax_errors import shorten
from handrail.words.language import join_words, quoted


def _described(violation: Violation, otherwise: str) -> str:
    """Return what the schema says of a value, for a keyword says how to test it and seldom what it should be."""
    return str(violation.schema.get("description") or otherwise)


def _literal(value: Any) -> str:
    """Return a value as it is typed in front matter."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"`{shorten(text)}`"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _entries(count: int) -> str:
    return "one entry" if count == 1 else f"{count} entries"


def _at_most(count: int) -> str:
    return f"{count} {'is' if count == 1 else 'are'} the most"


def _misfit(violation: Violation, name: str) -> tuple[str, str]:
    return f"{name} does not fit its kind.", _described(violation, COMPARE)


def _wrong_choice(violation: Violation, name: str) -> tuple[str, str]:
    value = violation.value
    close = nearest(str(value), [str(option) for option in violation.asked])
    if isinstance(value, list) and len(value) == 1 and value[0] in violation.asked:
        close = value[0]
    options = join_words((_literal(option) for option in violation.asked), "or")
    return (
        f"{name} is {quoted(value)}; it can be {options}.",
        f"Did you mean `{close}`?" if close else "Choose one of them.",
    )


def _wrong_constant(violation: Violation, name: str) -> tuple[str, str]:
    return f"{name} is {quoted(violation.value)}; it must be {_literal(violation.asked)}.", "Fix the value."


def _wrong_format(violation: Violation, name: str) -> tuple[str, str]:
    wanted = FORMATS[violation.asked]
    message = f"{name} is {quoted(violation.value)}, which is no {wanted.noun}."
    if violation.asked == "date":
        return message, day_hint(violation.path, str(violation.value))
    if violation.asked == "uri":
        return message, "Write it in full, beginning with https://."
    return message, f"Write it in the form {wanted.example}"


def _too_long(violation: Violation, name: str) -> tuple[str, str]:
    has = _counted(len(violation.value), "character", "characters")
    return f"{name} has {has}; {_at_most(violation.asked)}.", "Shorten it; longer text belongs into the body."


def _too_short(violation: Violation, name: str) -> tuple[str, str]:
    has = _counted(len(violation.value), "character", "characters")
    return f"{name} has {has}; it needs at least {violation.asked}.", _described(violation, "Write more.")


def _too_many(violation: Violation, name: str) -> tuple[str, str]:
    has = _counted(len(violation.value), "entry", "entries")
    return f"{name} has {has}; {_at_most(violation.asked)}.", "Take some out."


def _too_few(violation: Violation, name: str) -> tuple[str, str]:
    least = f"at least {_entries(violation.asked)}"
    if not violation.value:
        return f"{name} is an empty list.", f"Write {least}."
    has = _counted(len(violation.value), "entry", "entries")
    return f"{name} has {has}; it needs {least}.", "Add what is missing."


def _too_many_fields(violation: Violation, name: str) -> tuple[str, str]:
    has = _counted(len(violation.value), "field", "fields")
    return f"{name} has {has}; {_at_most(violation.asked)}.", _described(violation, "Take some out.")


def _too_few_fields(violation: Violation, name: str) -> tuple[str, str]:
    has = _counted(len(violation.value), "field", "fields")
    return f"{name} has {has}; it needs at least {violation.asked}.", _described(violation, "Add what is missing.")


def _too_few_that_fit(violation: Violation, name: str) -> tuple[str, str]:
    least = _entries(violation.schema.get("minContains", 1))
    return f"{name} needs at least {least} of a certain form.", _form_of_entries(violation)


def _too_many_that_fit(violation: Violation, name: str) -> tuple[str, str]:
    return f"{name} can have at most {_entries(violation.asked)} of a certain form.", _form_of_entries(violation)


def _form_of_entries(violation: Violation) -> str:
    form = violation.schema.get("contains")
    described = form.get("description") if isinstance(form, dict) else None
    return str(described or _described(violation, COMPARE))


def _repeated(violation: Violation, name: str) -> tuple[str, str]:
    seen: list[Any] = []
    for index, entry in enumerate(violation.value):
        if entry in seen:
            return f"{name}, entry {index + 1} stands there already as entry {seen.index(entry) + 1}.", "Delete one."
        seen.append(entry)
    return f"{name} holds the same entry twice.", "Delete one."


def _no_multiple(violation: Violation, name: str) -> tuple[str, str]:
    return (
        f"{name} is {quoted(violation.value)}, which is no multiple of {violation.asked}.",
        f"Write a multiple of {violation.asked}.",
    )


def _ruled_out(violation: Violation, name: str) -> tuple[str, str]:
    return f"{name} is {quoted(violation.value)}, which is ruled out.", _described(violation, "Write something else.")


def _forbidden(_violation: Violation, name: str) -> tuple[str, str]:
    return f"{name} can't stand there.", "Take it out."


def _entries_beyond(violation: Violation, name: str) -> tuple[str, str]:
    return f"{name} has entries that it can't have.", _described(violation, "Take out what is too much.")


def _wrong_name(violation: Violation, name: str) -> tuple[str, str]:
    return f"{name} can't be the name of a field here.", _described(violation, "Choose another name.")


def _several_forms(violation: Violation, name: str) -> tuple[str, str]:
    return (
        f"{name} is {quoted(violation.value)}, which fits several forms where one is asked for.",
        _described(violation, "Leave out what belongs to another form."),
    )


def _too_small(violation: Violation, name: str) -> tuple[str, str]:
    beyond = "over" if violation.keyword == "exclusiveMinimum" else "from"
    return f"{name} is {quoted(violation.value)}, which is too small.", f"Write a number {beyond} {violation.asked}."


def _too_large(violation: Violation, name: str) -> tuple[str, str]:
    beyond = "under" if violation.keyword == "exclusiveMaximum" else "up to"
    return f"{name} is {quoted(violation.value)}, which is too large.", f"Write a number {beyond} {violation.asked}."


SAID_BY: dict[str, Callable[[Violation, str], tuple[str, str]]] = {
    "enum": _wrong_choice,
    "const": _wrong_constant,
    "format": _wrong_format,
    "maxLength": _too_long,
    "minLength": _too_short,
    "maxItems": _too_many,
    "minItems": _too_few,
    "maxProperties": _too_many_fields,
    "minProperties": _too_few_fields,
    "contains": _too_few_that_fit,
    "minContains": _too_few_that_fit,
    "maxContains": _too_many_that_fit,
    "uniqueItems": _repeated,
    "multipleOf": _no_multiple,
    "minimum": _too_small,
    "exclusiveMinimum": _too_small,
    "maximum": _too_large,
    "exclusiveMaximum": _too_large,
    "not": _ruled_out,
    "propertyNames": _wrong_name,
    "unevaluatedItems": _entries_beyond,
    FORBIDDEN: _forbidden,
    SEVERAL_FORMS: _several_forms,
    MISFIT: _misfit,
}
