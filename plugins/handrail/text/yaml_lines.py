"""Writes data of any form as front matter that people read: a field a line, and what is short on one line with its name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from handrail.text.source import read_source
from handrail.text.syntax_errors import quote
from handrail.text.yaml_writer import scalar

_LONGEST = 100
"""Characters of a list or a group that stands on one line."""
_STEP = "  "
_PLAIN = re.compile(r"[A-Za-z_][\w-]*")
_OTHER_THAN_TEXT = ("true", "false", "null")


def lines_of(data: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Yield fields as lines of YAML, without line ends."""
    for name, value in data.items():
        yield from _field(name, value, indent)


def _field(name: str, value: Any, indent: str) -> Iterator[str]:
    head = f"{indent}{_name(name)}:"
    if not isinstance(value, (dict, list)) or not value:
        yield f"{head} {_alone(value)}"
    elif len(line := f"{head} {_within(value)}") <= _LONGEST and not _is_list_of_groups(value):
        yield line
    elif isinstance(value, dict):
        yield head
        yield from lines_of(value, indent + _STEP)
    else:
        yield head
        for item in value:
            yield from _item(item, indent + _STEP)


def _item(item: Any, indent: str) -> Iterator[str]:
    line = f"{indent}- {_within(item) if isinstance(item, (dict, list)) else _alone(item)}"
    if isinstance(item, dict) and item and len(line) > _LONGEST:
        first, *others = lines_of(item, indent + _STEP)
        yield f"{indent}- {first.removeprefix(indent + _STEP)}"
        yield from others
    else:
        yield line


def _is_list_of_groups(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _within(value: Any) -> str:
    """Return a value as it stands within brackets or braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_name(name)}: {_within(below)}" for name, below in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_within, value))}]"
    return scalar("", value) if isinstance(value, str) else json.dumps(value)


def _alone(value: Any) -> str:
    """Return a value as it stands behind a name, to the end of the line."""
    if not isinstance(value, str):
        return json.dumps(value)
    read = read_source(f"---\nkind: a\ntext: {value}\n---\n".encode("utf-8", "replace"))
    return value if not read.problems and read.data == {"kind": "a", "text": value} else quote(value)


def _name(name: str) -> str:
    return name if _PLAIN.fullmatch(name) and name.casefold() not in _OTHER_THAN_TEXT else quote(name)
