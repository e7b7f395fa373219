"""The items of a plan: priorities, methods, obstacles and measures, in the forms that people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from handrail.model.nearest import nearest

SECTIONS = ("priorities", "methods", "obstacles", "measures")
FIELDS = ("label", "text", "team", "metric", "target", "result")
_TEAM = re.compile(r"\((?P<team>[^()]{1,60})\)\s+(?P<rest>.+)", re.DOTALL)
_LABEL = re.compile(r"(?P<label>[^:]{1,80}):\s+(?P<rest>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Item:
    """One item, taken apart; `index` is its place in its section, from 0."""

    section: str
    index: int
    text: str
    label: str = ""
    team: str = ""
    metric: str = ""
    target: str = ""
    result: str = ""

    @property
    def key(self) -> str:
        """The label as it is compared."""
        return fold_label(self.label)


def fold_label(label: str) -> str:
    """Return a label without what may differ: case and white space."""
    return " ".join(label.casefold().split())


def written_out(value: Any) -> Any:
    """Return an item of a list with a one-key mapping turned back into the `Label: sentence` that its author typed.

    YAML reads `- Plain books: any colleague can read them` as a mapping. It stays one where the key is a field, or so
    nearly one that it is a slip.
    """
    if not isinstance(value, dict) or len(value) != 1:
        return value
    (key, text), *_ = value.items()
    if not isinstance(key, str) or isinstance(text, (dict, list)) or text is None or nearest(key, FIELDS):
        return value
    return f"{key}: {_as_text(text)}"


def read_items(section: str, values: Any) -> list[Item]:
    """Read a section's items; what satisfies no schema is left out."""
    items: list[Item] = []
    for index, value in enumerate(values if isinstance(values, list) else ()):
        written = written_out(value)
        if isinstance(written, str):
            items.append(_parse(section, index, written))
        elif isinstance(written, dict) and isinstance(written.get("text"), str):
            parsed = _parse(section, index, written["text"]) if "label" not in written else None
            fields = {name: _as_text(written[name]) for name in FIELDS if written.get(name) is not None}
            if parsed is not None and "team" not in fields:
                fields["text"], fields["team"], fields["label"] = parsed.text, parsed.team, parsed.label
            items.append(Item(section, index, **fields))
    return items


def _parse(section: str, index: int, sentence: str) -> Item:
    text, team, label = sentence.strip(), "", ""
    match = _TEAM.fullmatch(text)
    if match:
        team, text = match["team"].strip(), match["rest"].strip()
    match = _LABEL.fullmatch(text)
    if match:
        label, text = match["label"].strip(), match["rest"].strip()
    return Item(section, index, text, label, team)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()
