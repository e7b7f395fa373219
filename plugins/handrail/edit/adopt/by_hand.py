"""Where the options of our plugin have to be put in by a person, and which lines these are: a program would change something else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from handrail.edit.adopt.block_yaml import block_lines, flow
from handrail.edit.adopt.configuration import Options
from handrail.model.project import PLUGIN, values_in


def place_and_lines(config_file: Path, options: Options) -> tuple[str, list[str]]:
    """Return where the lines belong, as a part of a sentence, and the lines as they would stand there."""
    file, plugins = _listed(config_file)
    name = os.path.relpath(file, config_file.parent)
    values = (values_in(file.read_text("utf-8-sig")) or {}).get("plugins")
    start = plugins.start_mark.line + 1 if plugins is not None else 1
    if _is_named(values):
        return f"under `{PLUGIN}:` in {name}, line {_line_of_ours(plugins) or start}", block_lines(dict(options))
    ours = {PLUGIN: dict(options)}
    if getattr(plugins, "flow_style", False):
        lines = [f"{flow(PLUGIN)}: {flow(dict(options))}" if isinstance(values, dict) else flow(ours)]
    else:
        lines = block_lines(ours if isinstance(values, dict) else [ours])
    return f"to the plugins in {name}, which begin in line {start}", lines


def inherits_plugins(config_file: Path) -> bool:
    """Say whether the plugins stand in another file, which this one inherits from."""
    file, plugins = _listed(config_file)
    return plugins is not None and file != config_file


def _listed(file: Path) -> tuple[Path, Any]:
    """Return the file in which the plugins stand, of those that inherit from one another, and their node.

    The files have been read once as settings, so the way through them ends.
    """
    root = yaml.compose(file.read_text("utf-8-sig"), yaml.SafeLoader)
    values = {key.value: value for key, value in root.value} if isinstance(root, yaml.MappingNode) else {}
    if "plugins" in values or "INHERIT" not in values:
        return file, values.get("plugins")
    return _listed(Path(os.path.realpath(file.parent / values["INHERIT"].value)))


def _is_named(plugins: Any) -> bool:
    entries = plugins if isinstance(plugins, (dict, list)) else ()
    return any(entry == PLUGIN or (isinstance(entry, dict) and PLUGIN in entry) for entry in entries)


def _line_of_ours(plugins: Any) -> int | None:
    """Return the line in which the name of our plugin stands."""
    entries = plugins.value if isinstance(plugins, (yaml.SequenceNode, yaml.MappingNode)) else ()
    for entry in entries:
        names = entry.value if isinstance(entry, yaml.MappingNode) else [entry]
        for name in names:
            key = name[0] if isinstance(name, tuple) else name
            if isinstance(key, yaml.ScalarNode) and key.value == PLUGIN:
                return int(key.start_mark.line) + 1
    return None
