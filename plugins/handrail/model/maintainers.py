"""Who the setting `maintainers` names: people and groups of the list, or handles of those who are not on it."""

from __future__ import annotations

import re

from handrail.model.nearest import nearest
from handrail.model.people import Registry

_HANDLE = re.compile(r"@[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]+)*")
"""What some forge takes for a person or a team."""
PERSON = re.compile(r"@?[A-Za-z0-9][A-Za-z0-9_-]{0,38}")
TEAM = re.compile(r"@?[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9_-]{1,100}")


def unknown_maintainer(registry: Registry, name: str) -> tuple[str, str]:
    """Say, as the rest of a sentence, why a name is nobody's, and what to do; both are empty where it is somebody's."""
    if name.startswith("@"):
        known = _HANDLE.fullmatch(name)
        return (
            ("", "") if known else (f"names `{name}`, which is no handle", "Write one like @lena or @example/editors.")
        )
    if registry.exists and registry.find(name) is not None:
        return "", ""
    close = nearest(name, registry.names())
    advice = f"Did you mean `{close}`?" if close else "Write the handle of someone who is not there with an @."
    return f"names `{name}`, whom the list of people does not know", advice
