"""The words that people of a company use for one another: a file of groups, named by the setting `synonyms`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from handrail.errors import SettingsError
from handrail.model.files import read_whole
from handrail.search.words import words
from handrail.text.yaml_depth import is_too_deep

_EXAMPLE = "write a group on a line, such as `- [holiday, vacation]`."


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Leaves every value as it is written: `no` and `1.10` are words here."""


_Loader.yaml_implicit_resolvers = {}


def read_synonyms(root: Path, path: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of words of a file, or none where there is no file to read; raises SettingsError where it is wrong."""
    if not path:
        return ()
    try:
        text = read_whole(root / path).decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{path}, which the option `synonyms` names, can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text; save it as UTF-8.") from error
    if is_too_deep(text):
        raise SettingsError(f"{path} can't be read: lists stand in one another too deeply; {_EXAMPLE}")
    try:
        root_node = yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}, line {mark.line + 1}" if mark else path
        raise SettingsError(f"{place} can't be read; {_EXAMPLE}") from error
    return tuple(_group(node, path) for node in _items(root_node, path))


def _items(node: Any, path: str) -> list[Any]:
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise SettingsError(f"{path}, line {node.start_mark.line + 1} is no group of words; {_EXAMPLE}")
    return list(node.value)


def _group(node: Any, path: str) -> tuple[str, ...]:
    place = f"{path}, line {node.start_mark.line + 1}"
    members = _items(node, path)
    for member in members:
        if not isinstance(member, yaml.ScalarNode) or len(words(member.value)) != 1:
            said = f"`{member.value}`" if isinstance(member, yaml.ScalarNode) else "a list"
            raise SettingsError(
                f"{place} has {said} where one word is meant; phrases belong under `asked_as` of the page that they ask for."
            )
    found = tuple(dict.fromkeys(member.value for member in members))
    if len(found) < 2:  # noqa: PLR2004 - one word alone stands for nothing else
        raise SettingsError(f"{place} has only one word; {_EXAMPLE}")
    return found
