"""Finds the columns of a table that rows are made of, by their names: ours, those of our forms, and those that form tools give times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handrail.edit.record.tables import plain
from handrail.errors import UsageError
from handrail.forge.feedback_forms import IT_WORKED, SOMETHING_WRONG, FeedbackForm
from handrail.text.visible import one_line
from handrail.words.language import join_words

_MOST_NAMED, _LONGEST = 12, 60


def _heading(form: FeedbackForm, id_: str) -> str:
    return next(field.heading for field in form.fields if field.id == id_)


NAMES: Mapping[str, Sequence[str]] = {
    "date": (
        "date",
        "timestamp",
        "Submit Date (UTC)",
        "Submitted at",
        "Zeitstempel",
        "Horodateur",
        "Marca temporal",
        "Carimbo de data/hora",
        "Informazioni cronologiche",
        "Tijdstempel",
    ),
    "procedure": ("procedure", "page"),
    "text": ("text", "digest", _heading(IT_WORKED, "digest")),
    "result": ("result", "Did this work?"),
    "step": ("step", _heading(SOMETHING_WRONG, "step")),
    "minutes": ("minutes", _heading(IT_WORKED, "minutes")),
    "score": ("score", _heading(IT_WORKED, "score")),
}
"""By what names a column of ours is known without being told, the best first."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of ours stand in a table, by name, and the heads of those that are not read."""

    places: Mapping[str, int]
    others: tuple[str, ...]

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """Return what stands in a row, by the names of our columns; empty where the table has no such column."""
        return {name: cells[place].strip() for name, place in self.places.items()}


def find_columns(
    heads: Sequence[str], wanted: Sequence[str], needed: Sequence[str], given: Mapping[str, str]
) -> Columns:
    """Find columns; `given` are the heads of some by the names of ours. Raises UsageError where one is missing or in doubt."""
    places: dict[str, int] = {}
    for name in wanted:
        for known in (given[name],) if name in given else NAMES[name]:
            found = [at for at, head in enumerate(heads) if plain(head) == plain(known)]
            if len(found) > 1:
                raise UsageError(
                    f"{len(found)} columns are called {_named(heads[found[0]])}; give all but one another name."
                )
            if found:
                places[name] = found[0]
                break
        else:
            if name in given:
                raise UsageError(f"No column is called {_named(given[name])}; there are {_listed(heads)}.")
    missing = [name for name in needed if name not in places]
    if missing:
        raise UsageError(
            f"No column says the {join_words(missing, 'or')}. Name it, such as `--map {missing[0]}=…`, with one of {_listed(heads)}."
        )
    return Columns(places, tuple(head for at, head in enumerate(heads) if at not in places.values()))


def not_read(columns: Columns) -> list[str]:
    """Say which columns are not read; nothing where all are."""
    others = [head for head in columns.others if head.strip()]
    return [f"Not read: {_listed(others)}."] if others else []


def read_mapping(texts: Sequence[str], wanted: Sequence[str]) -> dict[str, str]:
    """Read what the command says of columns, such as `minutes=How long did it take?`; raises UsageError where it can't be meant."""
    found: dict[str, str] = {}
    for text in texts:
        name, sign, head = text.partition("=")
        if plain(name) not in wanted or not sign or not head.strip():
            raise UsageError(
                f"`--map {one_line(text)}` names no column; write one of {join_words(wanted, 'or')}, then = and the head of "
                'the column: `--map minutes="How long did it take?"`.'
            )
        found[plain(name)] = head
    return found


def _listed(heads: Sequence[str]) -> str:
    more = [f"{len(heads) - _MOST_NAMED} more"] if len(heads) > _MOST_NAMED else []
    return join_words([*(_named(head) for head in heads[:_MOST_NAMED]), *more])


def _named(head: str) -> str:
    line = one_line(head[: 2 * _LONGEST])
    return f"“{line if len(line) <= _LONGEST else f'{line[: _LONGEST - 1]}…'}”"
