"""What of a document is signed: its body and the material fields of its kind."""

from __future__ import annotations

from typing import Any

from handrail.model.kinds import Node
from handrail.model.page import Page
from handrail.model.people import Registry
from handrail.text.digest import digest

_RAPID = "rapid"


def material_fields(page: Page, registry: Registry) -> dict[str, Any]:
    """Return a document's material fields; of `rapid` only who decides and agrees, whatever form it was written in."""
    if page.kind is None:
        return {}
    fields = {
        name: _material(node, page.data[name])
        for name, node in page.kind.fields.items()
        if node.material and name != _RAPID and page.data.get(name) is not None
    }
    for letter in ("D", "A"):
        names = {_who(named.name, registry) for named in page.rapid.names(letter)}
        if names:
            fields[f"{_RAPID}.{letter}"] = sorted(names)
    return fields


def text_digest(page: Page, registry: Registry) -> str:
    """Return the digest of a document's text as it stands."""
    # The links are read for other questions too, and once.
    return digest(material_fields(page, registry), page.source.body, page.source.links)


def _material(node: Node, value: Any) -> Any:
    """Return a value without the fields below it that are free."""
    if isinstance(value, dict) and node.fields:
        known = node.fields
        return {
            key: _material(known[key], below) if key in known and isinstance(below, (dict, list)) else below
            for key, below in value.items()
            if key not in known or not known[key].free
        }
    if isinstance(value, list) and node.items is not None:
        return [_material(node.items, below) if isinstance(below, (dict, list)) else below for below in value]
    return value


def _who(name: str, registry: Registry) -> str:
    """Return whom a name means: two spellings of one person are one, and nobody can be taken for somebody else."""
    found = registry.find(name)
    return found.id if found is not None else " ".join(name.split())
