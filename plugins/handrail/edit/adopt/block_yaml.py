"""Writes settings as YAML as people would type them: one on each line, what belongs together indented below."""

from __future__ import annotations

import json
from typing import Any

import yaml

INDENT = 2


class _Dumper(yaml.SafeDumper):
    """PyYAML's safe dumper that indents lists below their names and never writes anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        super().increase_indent(flow=flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the same
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Write a text of several lines as lines."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def block_lines(value: Any, indent: int = 0) -> list[str]:
    """Return a mapping or list as lines of block YAML, all moved to the right by `indent`."""
    text = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, default_flow_style=False, indent=INDENT, sort_keys=False, width=10**6
    )
    return [" " * indent + line for line in text.splitlines()]


def flow(value: Any) -> str:
    """Return a value as YAML on one line."""
    return json.dumps(value, ensure_ascii=False)
