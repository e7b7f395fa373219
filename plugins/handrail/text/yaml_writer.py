"""Writes a few fields as one line of front matter, or a list of such lines, with quotes only where a value would mean something else without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from handrail.text.source import read_source
from handrail.text.syntax_errors import quote

_ALWAYS_QUOTED = ("digest",)


Fields = Mapping[str, "str | Fields"]
"""Fields by name, each a text or fields again."""


def written(fields: Fields) -> str:
    """Return fields as one line of YAML, in braces."""
    parts = (
        f"{name}: {scalar(name, value) if isinstance(value, str) else written(value)}" for name, value in fields.items()
    )
    return "{" + ", ".join(parts) + "}"


def written_items(listed: Iterable[Fields]) -> list[str]:
    """Return the items of a list, each a line as it stands below the name of the list."""
    return [f"  - {written(fields)}" for fields in listed]


def scalar(name: str, value: str) -> str:
    """Return the value of a field as it stands within braces."""
    return quote(value) if name in _ALWAYS_QUOTED else _plain_or_quoted(value)


@lru_cache(maxsize=4_096)
def _plain_or_quoted(value: str) -> str:
    """Return a value without quotes where it is read as just this text; the same days and names are written for every page."""
    read = read_source(f"---\nid: [{{text: {value}}}]\n---\n".encode("utf-8", "replace"))
    return value if not read.problems and read.data == {"id": [{"text": value}]} else quote(value)
