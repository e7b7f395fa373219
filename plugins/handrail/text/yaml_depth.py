"""How deep the lists and groups of a YAML text stand in one another: its libraries call themselves for each level."""

from __future__ import annotations

from typing import Any

import yaml

DEEPEST = 100
"""Levels; beyond some thousands of them a library in C ends the whole program, and no handler hears of it."""
MOST_VALUES = 1_000_000
"""Values that a text may stand for when each alias is written out."""
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


def is_endless(root: yaml.Node | None) -> bool:
    """Say whether aliases make a composed text hold itself, or more than anybody could go through."""
    sizes: dict[int, int] = {}

    def size(node: Any, depth: int) -> int:
        if id(node) not in sizes:
            sizes[id(node)] = (
                MOST_VALUES  # until it is known: what holds itself has no end, and what lies too deep none here
            )
            if depth <= DEEPEST:
                sizes[id(node)] = min(MOST_VALUES, 1 + sum(size(part, depth + 1) for part in _parts(node)))
        return sizes[id(node)]

    return root is not None and size(root, 0) >= MOST_VALUES


def _parts(node: Any) -> list[Any]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []
