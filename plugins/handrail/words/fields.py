"""What a kind asks for, in words for authors: what a field is called, when it is needed, and what a value looks like."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from handrail.model.fields import Condition, Field, title_of
from handrail.model.formats import FORMATS
from handrail.model.kinds import Kind, Ref
from handrail.words.language import join_words

TYPES = {
    "string": "a text",
    "array": "a list",
    "object": "a group of fields",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}
"""What a schema calls a value, as people say it."""
_WHO = "by id or full name from the list of people"
_MOST_NAMED = 4


def called(field: Field) -> str:
    """Return what people call a field."""
    return field.title or title_of(field.name)


def when_needed(field: Field) -> str:
    """Say when a field is needed, as an answer to that question: always, where …; empty where it never has to be there."""
    if field.is_needed:
        return "always"
    return "; or ".join(dict.fromkeys(_case(case) for case in field.needed_where))


def _case(case: Iterable[Condition]) -> str:
    return join_words(_condition(condition) for condition in case)


def _condition(condition: Condition) -> str:
    if condition.said:
        return _inside(condition.said)
    if not condition.field:
        return "in some cases"
    word = "where" if condition.holds else "unless"
    is_so = join_words((literal(value) for value in condition.values), "or") if condition.values else "given"
    return f"{word} `{condition.field}` is {is_so}"


def literal(value: Any) -> str:
    """Return a value as it is typed in front matter, marked as such."""
    return f"`{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}`"


def form_of(field: Field, kinds: Mapping[str, Kind]) -> str:
    """Say what a value looks like, as a phrase: a day, such as 2026-03-31."""
    if field.forms:
        return join_words(dict.fromkeys(form_of(form, kinds) for form in field.forms), "or")
    if field.entry is None:
        return _single(field, kinds)
    entry = replace(
        field.entry,
        who=field.entry.who or field.who,
        ref=field.entry.ref or field.ref,
        label_of=field.entry.label_of or field.label_of,
    )
    one = form_of(entry, kinds)
    if "string" in field.types:
        return f"{one}; or a list of such"
    most = f" of at most {field.longest}" if field.longest is not None else ""
    return f"a list{most}; each entry is {one}"


def _single(field: Field, kinds: Mapping[str, Kind]) -> str:
    ways = (_choice(field), _meaning(field, kinds), _formatted(field), _inside(field.form), _plain(field))
    return next(way for way in ways if way)


def _choice(field: Field) -> str:
    if field.values is None:
        return ""
    states = field.states or {}
    return join_words(
        (
            f"{literal(value)} ({states[value].inside})"
            if value in states and states[value].word.casefold() != value
            else literal(value)
            for value in field.values
        ),
        "or",
    )


def _meaning(field: Field, kinds: Mapping[str, Kind]) -> str:
    """Say whom or what a text names; nothing where it is just a text."""
    if field.ref is not None:
        return ", or ".join((_named(field.ref, kinds), *([TYPES["object"]] if "object" in field.types else [])))
    if field.who:
        return f"a {' or a '.join(sorted(field.who, reverse=True))}, {_WHO}"
    return f"a label of an item of what `{field.label_of}` names" if field.label_of else ""


def _named(ref: Ref, kinds: Mapping[str, Kind]) -> str:
    nouns = [kinds[name].noun if name in kinds else name for name in ref.kinds]
    named = join_words(map(_with_article, nouns), "or") if nouns else "any document, as `kind:id`"
    words, also = f"the id of {named}", sorted(ref.also)
    if len(also) > _MOST_NAMED:
        return f"{words}, or one of {len(also)} names such as {literal(also[0])}"
    return f"{words}, or {join_words(map(literal, also), 'or')}" if also else words


def _with_article(noun: str) -> str:
    return f"{'an' if noun[:1].casefold() in 'aeio' else 'a'} {noun}"


def _formatted(field: Field) -> str:
    known = FORMATS.get(field.format)
    if known is None or field.format == "uri":
        return ""
    return (
        "a day, such as 2026-03-31"
        if field.format == "date"
        else f"{_with_article(known.noun)}, such as {known.example}"
    )


def _plain(field: Field) -> str:
    """Say what JSON Schema calls the type, and what limits there are."""
    words = join_words((TYPES.get(name, name) for name in field.types), "or") or (
        TYPES["object"] if field.fields else "any value"
    )
    return " ".join((words, *_limits(field)))


def _limits(field: Field) -> Iterator[str]:
    if field.least is not None:
        yield f"from {field.least:g}"
    if field.most is not None:
        yield f"{'to' if field.least is not None else 'up to'} {field.most:g}"
    if field.longest is not None:
        yield f"of at most {field.longest} characters"


def _inside(sentence: str) -> str:
    """Return a sentence as it stands inside another."""
    said = sentence.strip().removesuffix(".")
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]
