"""How deep the lists and groups of a YAML text stand in one another: its libraries call themselves for each level."""

from __future__ import annotations

from typing import Any

import yaml

DEEPEST = 100
"""Levels; beyond some thousands of them a library in C ends the whole program, and no handler hears of it."""
_BEGINS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_too_deep(text: str) -> bool:
    """Say whether a text nests more than DEEPEST levels, before a syntax error if it has one."""
    depth = 0
    try:
        for event in yaml.parse(text, _Loader):
            depth += isinstance(event, _BEGINS) - isinstance(event, _ENDS)
            if depth > DEEPEST:
                return True
    except (yaml.YAMLError, ValueError):
        return False  # whoever reads it says so, having got no deeper
    return False
