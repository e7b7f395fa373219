"""Where the plugins, our options and what the site names stand in the files that set it up, so that a finding names its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from handrail.errors import SettingsError
from handrail.model.site_names import KEYS
from handrail.text.problems import DataPath


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Something in a file that is no page; lines and columns count from 1, the end column is the one behind the last sign."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


SettingPlaces = Mapping[DataPath, FilePlace]
"""The place of each option by its name, of an entry of one by its number too, and of each plugin as `plugins`, its number; of
what stands at the left edge by LEFT_EDGE and its name, and where that names pages and files, each of them by its path there."""
LEFT_EDGE = ""


def setting_places(node: Any, file: str, plugin: str) -> dict[DataPath, FilePlace]:
    """Return where the plugins and the options of ours stand in a file; raises SettingsError where a name is given twice."""
    found: dict[DataPath, FilePlace] = {(LEFT_EDGE, str(key.value)): _place(key, file) for key, _ in _pairs(node)}
    for number, (name, options) in enumerate(_plugins(node)):
        found["plugins", number] = _place(name, file)
        if name.value == plugin and isinstance(options, yaml.MappingNode):
            found.update(_options(options, file, plugin))
    for key, value in _pairs(node):
        if key.value in KEYS:
            found.update(_texts(value, (LEFT_EDGE, str(key.value)), file))
    listed = next((key for key, _ in _pairs(node) if key.value == "plugins"), None)
    return found if listed is None else {("plugins",): _place(listed, file), **found}


def _plugins(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the nodes of each plugin's name and options, whether `plugins` is a list or a mapping."""
    plugins = next((value for key, value in _pairs(node) if key.value == "plugins"), None)
    yield from _pairs(plugins)
    for entry in plugins.value if isinstance(plugins, yaml.SequenceNode) else ():
        yield from _pairs(entry) if isinstance(entry, yaml.MappingNode) else [(entry, None)]


def _options(node: Any, file: str, plugin: str) -> Iterator[tuple[DataPath, FilePlace]]:
    _refuse_twice(node, file, plugin, "in its options")
    for key, value in node.value:
        _refuse_twice(value, file, plugin, f"under its option `{key.value}`")
        yield (str(key.value),), _place(key, file)
        entries = value.value if isinstance(value, (yaml.SequenceNode, yaml.MappingNode)) else ()
        for number, entry in enumerate(entries):
            yield (str(key.value), number), _place(entry[0] if isinstance(entry, tuple) else entry, file)


def _texts(node: Any, path: DataPath, file: str) -> Iterator[tuple[DataPath, FilePlace]]:
    """Yield the place of each text below a key, by the names and numbers that lead to it."""
    if isinstance(node, yaml.ScalarNode):
        yield path, _place(node, file)
        for number, _ in enumerate(node.value.splitlines() if node.style == "|" else ()):
            line = node.start_mark.line + 2 + number
            yield (*path, number), FilePlace(file, line, 1, line, 1)
    for key, value in _pairs(node):
        yield from _texts(value, (*path, str(key.value)), file)
    for number, entry in enumerate(node.value if isinstance(node, yaml.SequenceNode) else ()):
        yield from _texts(entry, (*path, number), file)


def _refuse_twice(node: Any, file: str, plugin: str, where: str) -> None:
    """Raise SettingsError where a name is given twice: only the last would count, and not say so."""
    names: set[str] = set()
    for key, _ in _pairs(node):
        if str(key.value) in names:
            line = key.start_mark.line + 1
            message = (
                f"{file}, line {line}: the plugin {plugin} is given `{key.value}` twice {where}; keep one of the two."
            )
            raise SettingsError(message)
        names.add(str(key.value))


def _pairs(node: Any) -> list[tuple[Any, Any]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _place(node: Any, file: str) -> FilePlace:
    start, end = node.start_mark, node.end_mark
    is_on_one_line = end.line == start.line
    last = (end.line, end.column) if is_on_one_line else (start.line, start.column)
    return FilePlace(file, start.line + 1, start.column + 1, last[0] + 1, last[1] + 1)
