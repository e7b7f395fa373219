"""What the check is measured against: read every page's front matter and validate it, nothing else.

CSafeLoader with dates and booleans left as text, jsonschema's `iter_errors`, validators compiled once, formats on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource


class _Loader(yaml.CSafeLoader):
    """Leaves dates and booleans as text, as YAML 1.2 does."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[-1] not in ("timestamp", "bool")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def main(content: Path, schemas: Path) -> int:
    """Return how many errors there are, having printed how many documents were read."""
    files = {path.name: json.loads(path.read_text("utf-8")) for path in schemas.glob("*.schema.json")}
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in files.items()
    )
    checker = Draft202012Validator.FORMAT_CHECKER
    validators = {
        schema["x-kind"]["name"]: Draft202012Validator(schema, registry=registry, format_checker=checker)
        for schema in files.values()
        if "x-kind" in schema
    }
    read = errors = 0
    for path in sorted(content.rglob("*.md")):
        text = path.read_text("utf-8")
        if not text.startswith("---\n"):
            continue
        end = text.index("\n---\n", 3)
        data = yaml.load(text[4 : end + 1], _Loader)  # noqa: S506 - derived from the safe loader
        errors += len(list(validators[data["kind"]].iter_errors(data)))
        read += 1
    print(read, errors)  # noqa: T201 - what it is for
    return errors


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])) > 0)
