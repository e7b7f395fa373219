"""Small handbooks for tests, written from a drawing of their files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

TODAY = "2026-11-15"
SETTINGS: Mapping[str, Any] = {"today": TODAY, "fiscal_year_end": "01-31", "visibility": {".": "public"}}


def make_handbook(
    folder: Path,
    files: Mapping[str, str | bytes],
    settings: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
) -> Path:
    """Write a project into `folder` and return the folder.

    `files` are paths relative to it (`content/a.md`) with what stands in them, indented as the test likes. `settings`
    are options of the plugin beside SETTINGS, `config` other keys of `mkdocs.yml`.
    """
    (folder / "content").mkdir(parents=True, exist_ok=True)
    options = {**SETTINGS, **(settings or {})}
    keys = {
        "site_name": "A handbook",
        "docs_dir": "content",
        "theme": "material",
        "plugins": ["search", {"handrail": options}],
        **(config or {}),
    }
    # JSON is YAML on one line, so that no value is taken for anything else.
    lines = (f"{key}: {json.dumps(value)}\n" for key, value in keys.items())
    (folder / "mkdocs.yml").write_text("".join(lines), "utf-8", newline="\n")
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(dedent(content).lstrip("\n").encode() if isinstance(content, str) else content)
    return folder
