"""A kind explained to authors: what it is, an example, and each field with when it is needed, what stands there and what it is for.

The command and the page of a kind say the same of it; both are made of this, and this of the kind's schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handrail.model.examples import Example, example_of
from handrail.model.fields import Field, fields_of
from handrail.model.kinds import Kind
from handrail.text.yaml_lines import lines_of
from handrail.words.fields import called, form_of, literal, when_needed
from handrail.words.language import as_sentence, capital

_NEEDED, _OWN, _COMMON = "What it needs", "What it may say besides", "What every kind may say"


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field in words: its name and what people call it, what it is for, when it is needed, what stands there, and lines to look at.

    `inside` are the fields of the group that it is, or of the groups in its list.
    """

    name: str
    called: str
    purpose: str
    needed: str
    form: str
    lines: tuple[str, ...] = ()
    inside: tuple[FieldWords, ...] = ()

    @property
    def takes(self) -> str:
        return f"Takes {self.form}."

    @property
    def when(self) -> str:
        return f"It is needed {self.needed}." if self.needed else "It may be left out."

    @property
    def said(self) -> str:
        """All of it on one line: what it is for, what it takes, and when it is needed, where that is not seen from its place."""
        when = self.when if self.needed not in ("", "always") else ""
        return " ".join(filter(None, (as_sentence(self.purpose) if self.purpose else "", self.takes, when)))


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the fields, under a title."""

    title: str
    fields: tuple[FieldWords, ...]


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind in words; `example` is front matter that its schema takes, without the lines round it."""

    name: str
    noun: str
    said: tuple[str, ...]
    example: tuple[str, ...]
    parts: tuple[Part, ...]

    def field(self, name: str) -> FieldWords | None:
        """Return the field of a name; None where the kind has none."""
        return next((field for part in self.parts for field in part.fields if field.name == name), None)


def explained(kind: Kind, kinds: Mapping[str, Kind]) -> KindWords:
    """Explain a kind; `kinds` are all that there are, for its fields may name documents of others."""
    example = example_of(kind)
    parts: dict[str, list[FieldWords]] = {_NEEDED: [], _OWN: [], _COMMON: []}
    for field in fields_of(kind):
        part = _NEEDED if field.is_needed else _COMMON if field.is_common else _OWN
        parts[part].append(_field(field, kind, kinds, example))
    return KindWords(
        kind.name,
        kind.noun,
        tuple(_said(kind)),
        tuple(lines_of(example.document)),
        tuple(Part(title, tuple(fields)) for title, fields in parts.items() if fields),
    )


def summary(kind: Kind) -> str:
    """Say in a sentence or two what a kind is."""
    return as_sentence(kind.description or f"{capital(kind.plural)}, as the company's own schema describes them")


def _said(kind: Kind) -> Iterator[str]:
    yield summary(kind)
    if kind.is_reviewed:
        yield "Those who decide and agree sign it, and after some months they are asked again."
    elif kind.signed:
        yield "Where it says who decides and agrees, they sign it."


def _field(field: Field, kind: Kind, kinds: Mapping[str, Kind], example: Example) -> FieldWords:
    lines = lines_of({field.name: example.values[field.name]}) if field.name in example.values else ()
    form = literal(kind.name) if field.name == "kind" else form_of(field, kinds)
    return FieldWords(
        field.name, called(field), field.purpose, when_needed(field), form, tuple(lines), tuple(_inside(field, kinds))
    )


def _inside(field: Field, kinds: Mapping[str, Kind]) -> Iterator[FieldWords]:
    below: Iterable[Field] = field.fields or (field.entry.fields if field.entry is not None else ())
    for one in below:
        yield FieldWords(
            one.name,
            called(one),
            one.purpose,
            when_needed(one),
            form_of(one, kinds),
            inside=tuple(_inside(one, kinds)),
        )


def as_markdown(words: KindWords) -> str:
    """Return a kind explained as Markdown, for a terminal."""
    lines = [
        *_paragraphs(words.said),
        "An example that passes the check:",
        "",
        *_code(("---", *words.example, "---")),
        "",
    ]
    for part in words.parts:
        lines += [f"## {part.title}", ""]
        lines += [line for field in part.fields for line in _item(field, example=_example_in(words.name, field))]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def field_as_markdown(field: FieldWords) -> str:
    """Return one field explained as Markdown, for a terminal."""
    lines = [*_paragraphs(filter(None, (field.purpose, f"{field.takes} {field.when}")))]
    if field.lines:
        lines += ["An example:", "", *_code(field.lines), ""]
    if field.inside:
        lines += ["It holds:", "", *(line for one in field.inside for line in _item(one))]
    return "\n".join(lines).rstrip() + "\n"


def _paragraphs(said: Iterable[str]) -> Iterator[str]:
    for sentence in said:
        yield from (sentence, "")


def _code(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)


def _example_in(kind: str, field: FieldWords) -> str:
    if len(field.lines) > 1:
        return f" `handrail kind {kind} {field.name}` shows an example."
    return f" Example: `{field.lines[0]}`" if field.lines else ""


def _item(field: FieldWords, indent: str = "", example: str = "") -> Iterator[str]:
    yield f"{indent}- `{field.name}`: {field.said}{example}"
    for one in field.inside:
        yield from _item(one, f"{indent}  ")
