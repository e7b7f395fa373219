"""What of a document is signed: its body, the files that the body shows, and the material fields of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handrail.model.items import FIELDS, SECTIONS, read_items
from handrail.model.kinds import Node
from handrail.model.page import Page
from handrail.model.people import Registry
from handrail.model.roles import SIGNING
from handrail.text.digest import signed_bytes, text_half

RAPID = "rapid"


def material_fields(page: Page, registry: Registry) -> dict[str, Any]:
    """Return a document's material fields; of `rapid` only who decides and agrees, whatever form it was written in."""
    if page.kind is None:
        return {}
    fields = {
        name: _items(name, node, page.data[name]) if name in SECTIONS else _material(node, page.data[name])
        for name, node in page.kind.fields.items()
        if node.material and name != RAPID and page.data.get(name) is not None
    }
    for role in SIGNING:
        names = {_who(named.name, registry) for named in page.rapid.names(role)}
        if names:
            fields[f"{RAPID}.{role}"] = sorted(names)
    return fields


def text_of(page: Page, registry: Registry) -> str:
    """Return the first half of the digest of a document's text as it stands."""
    return text_half(material_fields(page, registry), page.source.body)


def bytes_of(page: Page, registry: Registry) -> bytes:
    """Return the very bytes that the first half of a document's digest is taken of."""
    return signed_bytes(material_fields(page, registry), page.source.body)


def _items(section: str, node: Node, values: Any) -> Any:
    """Return a plan's items in their parts: however they were typed, a reader gets the same."""
    if not isinstance(values, list):
        return values
    return [_item(section, node, value) for value in values]


def _item(section: str, node: Node, value: Any) -> Any:
    fields = value if isinstance(value, dict) else {}
    if any(name not in FIELDS for name in fields):
        return value
    items = read_items(section, [value])
    if not items:
        return value
    free = {name for name, field in (node.items.fields if node.items is not None else {}).items() if field.free}
    parts: Mapping[str, str] = {name: getattr(items[0], name) for name in FIELDS if name not in free}
    return {name: text for name, text in parts.items() if text}


def _material(node: Node, value: Any) -> Any:
    """Return a value without the fields below it that are free; one text where a list may stand is a list of one."""
    if isinstance(value, str) and node.items is not None:
        return [value]
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
