"""Adds options of our plugin, and what goes with it, to a `mkdocs.yml`: not a byte of what stands there changes.

Where an addition goes is found with the places that PyYAML gives. The result is read again and has to say what the file said
before, and the addition; where no place does that, there is no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType
from typing import Any

import yaml

from handrail.edit.adopt.block_yaml import INDENT, block_lines, flow
from handrail.edit.frontmatter import Insertions, inserted
from handrail.model.project import PLUGIN, values_in

Options = Mapping[str, Any]
"""Options of the plugin by name: a text, a list of texts, or texts by name."""

_EXTENSIONS = "markdown_extensions"
_USUAL_PLUGINS = ("search",)
"""What MkDocs runs where `plugins` is not there, and no longer where it is."""


def with_options(text: str, options: Options, *, inherits_plugins: bool = False) -> str | None:
    """Return a configuration with these options added to those it has; None where that can't be done safely.

    A list gets the items that it lacks, a mapping the names; what is there already stays as it is. A list of its own would take
    the place of one that it inherits.
    """
    for name, value in options.items():
        added = None if inherits_plugins else _with_option(text, name, value)
        if added is None:
            return None
        text = added
    return text


def with_home(text: str, address: str) -> str | None:
    """Return a configuration that says at its end where links to the first page lead; None where that can't be done safely."""
    values = values_in(text)
    if values is None or "extra" in values or "INHERIT" in values:
        return None
    extra = {"extra": {"homepage": address}}
    result = inserted(text, _lines(text, len(text), block_lines(extra)))
    return result if repr(values_in(result)) == repr({**values, **extra}) else None


def with_extension(text: str, name: str) -> str | None:
    """Return a configuration that names an extension of Markdown among its own; None where that can't be done safely."""
    values = values_in(text)
    listed = (values or {}).get(_EXTENSIONS)
    if values is None or ("INHERIT" in values and not listed) or not isinstance(listed, (list, dict, NoneType)):
        return None
    if any(name in entry if isinstance(entry, dict) else name == entry for entry in listed or ()):
        return text
    added: Any = {**listed, name: {}} if isinstance(listed, dict) else [*(listed or ()), name]
    wanted = {**values, _EXTENSIONS: added}
    for insertions in _extension_candidates(text, name):
        result = inserted(text, insertions)
        if repr(values_in(result)) == repr(wanted):
            return result
    return None


def _with_option(text: str, name: str, value: Any) -> str | None:
    values = values_in(text)
    if values is None:
        return None
    plugins = _with_ours(values.get("plugins", list(_USUAL_PLUGINS)), {name: value})
    if plugins is None:
        return None
    wanted = {**values, "plugins": plugins}
    if repr(wanted) == repr(values):
        return text
    for insertions in _candidates(text, name, value):
        result = inserted(text, insertions)
        if repr(values_in(result)) == repr(wanted):
            return result
    return None


def _with_ours(plugins: Any, options: Options) -> Any:
    """Return what `plugins` says together with our options; None where it is nothing that MkDocs could read."""
    if isinstance(plugins, dict):
        return {**plugins, PLUGIN: joined(plugins.get(PLUGIN), options)}
    if not isinstance(plugins, list):
        return [{PLUGIN: dict(options)}] if plugins is None else None
    for at, entry in enumerate(plugins):
        if entry == PLUGIN or (isinstance(entry, dict) and PLUGIN in entry):
            ours = {PLUGIN: joined(entry[PLUGIN] if isinstance(entry, dict) else None, options)}
            return [*plugins[:at], {**entry, **ours} if isinstance(entry, dict) else ours, *plugins[at + 1 :]]
    return [*plugins, {PLUGIN: dict(options)}]


def joined(there: Any, more: Any) -> Any:
    """Return what a value says together with more; what is there already wins."""
    if there is None:
        return more
    if isinstance(there, dict) and isinstance(more, Mapping):
        return {**there, **{name: joined(there.get(name), value) for name, value in more.items()}}
    if isinstance(there, list) and isinstance(more, list):
        return [*there, *(item for item in more if item not in there)]
    return there


def _candidates(text: str, name: str, value: Any) -> Iterator[Insertions]:
    """Yield where an option could go, what a person would have done first."""
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return
    plugins = _child(root, "plugins")
    ours = _ours(plugins)
    if plugins is None:
        listed = {"plugins": [*_USUAL_PLUGINS, {PLUGIN: {name: value}}]}
        yield _lines(text, len(text), block_lines(listed))
    elif ours is None:
        yield from _into(text, plugins, PLUGIN, {name: value})
    elif isinstance(ours, yaml.ScalarNode):
        yield from _behind_name(text, plugins, ours, {name: value})
    elif (there := _child(ours, name)) is None:
        yield from _into(text, ours, name, value)
    else:
        yield from _together(text, there, value)


def _extension_candidates(text: str, name: str) -> Iterator[Insertions]:
    try:
        listed = _child(yaml.compose(text, yaml.SafeLoader), _EXTENSIONS)
    except yaml.YAMLError:
        return
    if listed is None:
        yield _lines(text, len(text), block_lines({_EXTENSIONS: [name]}))
    elif isinstance(listed, yaml.MappingNode):
        yield from _into(text, listed, name, {})
    elif isinstance(listed, yaml.SequenceNode) and listed.flow_style:
        yield from _into_brackets(text, listed, flow(name))
    elif isinstance(listed, yaml.SequenceNode):
        yield from _below(text, listed, block_lines([name], listed.start_mark.column))
    else:
        yield _lines(text, _next_line(text, listed.end_mark.index), block_lines([name], INDENT))


def _ours(plugins: Any) -> Any:
    """Return the node of our options: the scalar that names the plugin, where it has none."""
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else ()
    for entry in entries:
        if isinstance(entry, yaml.ScalarNode) and entry.value == PLUGIN:
            return entry
        if (found := _child(entry, PLUGIN)) is not None:
            return _named(entry) if _is_empty(found) else found
    found = _child(plugins, PLUGIN)
    return _named(plugins) if _is_empty(found) else found


def _named(mapping: yaml.MappingNode) -> Any:
    return next(key for key, _ in mapping.value if key.value == PLUGIN)


def _is_empty(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and node.style is None


def _child(node: Any, name: str) -> Any:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), None)


def _behind_name(text: str, plugins: Any, name: Any, options: Options) -> Iterator[Insertions]:
    """Yield where options go behind the bare name of our plugin: `- handrail` or `handrail:`."""
    end = name.end_mark.index
    colon = re.compile(r"[ \t]*:").match(text, end)
    if plugins.flow_style:
        yield ((colon.end() if colon else end, f"{'' if colon else ':'} {flow(options)}"),)
        return
    behind = colon.end() if colon else end
    lines = block_lines(options, name.start_mark.column + INDENT * 2 - (INDENT if _is_key(plugins) else 0))
    rest = _lines(text, _next_line(text, behind), lines)
    yield rest if colon else ((end, ":"), *rest)


def _is_key(plugins: Any) -> bool:
    return isinstance(plugins, yaml.MappingNode)


def _into(text: str, node: Any, name: str, value: Any) -> Iterator[Insertions]:
    """Yield where one more name with its value could stand in a collection."""
    if getattr(node, "flow_style", None):
        yield from _into_brackets(text, node, f"{flow(name)}: {flow(value)}")
    elif isinstance(node, yaml.MappingNode) and node.value:
        yield from _below(text, node, block_lines({name: value}, node.value[0][0].start_mark.column))
    elif isinstance(node, yaml.SequenceNode) and node.value:
        yield from _below(text, node, block_lines([{name: value}], node.start_mark.column))
    elif _is_empty(node):
        yield _lines(text, _next_line(text, node.end_mark.index), block_lines([{name: value}], INDENT))


def _together(text: str, node: Any, value: Any) -> Iterator[Insertions]:
    """Yield where the items or names that a collection lacks could stand."""
    if isinstance(node, yaml.MappingNode) and isinstance(value, Mapping):
        known = {key.value for key, _ in node.value}
        missing = {name: one for name, one in value.items() if name not in known}
        column = node.value[0][0].start_mark.column if node.value else 0
        lines = block_lines(missing, column)
        said = ", ".join(f"{flow(name)}: {flow(one)}" for name, one in missing.items())
    elif isinstance(node, yaml.SequenceNode) and isinstance(value, list):
        items = {item.value for item in node.value}
        lacking = [item for item in value if item not in items]
        lines = block_lines(lacking, node.start_mark.column)
        said = ", ".join(map(flow, lacking))
    else:
        return
    yield from _into_brackets(text, node, said) if node.flow_style else _below(text, node, lines)


def _into_brackets(text: str, node: Any, said: str) -> Iterator[Insertions]:
    close = node.end_mark.index - 1
    before = text[:close].rstrip()
    if not node.value or before.endswith(","):
        yield ((len(before), said if not node.value else f" {said}"),)
    else:
        yield ((len(before), f", {said}"),)


def _below(text: str, node: Any, lines: Iterable[str]) -> Iterator[Insertions]:
    """Yield the places below a collection: behind its last line with a value, behind its last comment, at its end."""
    said = list(lines)
    yield from dict.fromkeys(_lines(text, offset, said) for offset in _ends(text, node))


def _ends(text: str, node: Any) -> list[int]:
    end = node.end_mark.index
    end = end if end == len(text) else _line_start(text, end)  # PyYAML names the place of what stands next
    behind_value = behind_comment = at = _line_start(text, node.start_mark.index)
    while at < end:
        following = _next_line(text, at)
        line = text[at:following].strip()
        behind_comment = following if line else behind_comment
        behind_value = following if line and not line.startswith("#") else behind_value
        at = following
    return [behind_value, behind_comment, end]


def _lines(text: str, offset: int, lines: Iterable[str]) -> Insertions:
    """Return what puts whole lines in at an offset, ended as the file ends its own."""
    end = "\r\n" if "\r\n" in text else "\n"
    first = end if offset and text[offset - 1] not in "\r\n" else ""
    return ((offset, first + "".join(line + end for line in lines)),)


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _next_line(text: str, offset: int) -> int:
    found = re.compile(r"\r\n|\n|\r").search(text, offset)
    return found.end() if found else len(text)
