"""What editors need to help with front matter: a schema for all pages, and for VS Code where it lies and a task that checks.

The schema is Handrail's own and is written anew; settings and tasks may be somebody's, and are written only where there are none.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from pathlib import Path

from handrail.model.editor_schema import editor_schema
from handrail.model.project import Project

FOLDER = ".vscode"
SCHEMA = f"{FOLDER}/handbook.schema.json"
SETTINGS = f"{FOLDER}/settings.json"
TASKS = f"{FOLDER}/tasks.json"

_FINDING = (
    r"^::(error|warning|notice) file=([^,]+),line=(\d+),endLine=(\d+)"
    r"(?:,col=(\d+),endColumn=(\d+))?,title=(HB\d+)[^:]*::((?:(?!%0A).)*)"
)
"""A line of `handrail check --format github`: how grave, the file, where in it, the rule, and what is wrong."""


def editor_files(project: Project) -> dict[str, str]:
    """Return the files that editors need, by path in the project."""
    docs_dir = posixpath.relpath(project.docs_dir.as_posix(), project.root.as_posix())
    return files_for(docs_dir, project.root, project.settings.keep)


def files_for(docs_dir: str, root: Path | None = None, keep: Iterable[str] = ()) -> dict[str, str]:
    """Return the files for pages that lie in `docs_dir`, with the kinds of the project in the folder `root`."""
    pages = "**/*.md" if docs_dir == "." else f"{docs_dir}/**/*.md"
    return {
        SCHEMA: _json(editor_schema(root, keep)),
        SETTINGS: _json({"yaml.schemas": {f"./{SCHEMA}": [pages]}}),
        TASKS: _json(_tasks()),
    }


def _tasks() -> dict[str, object]:
    matcher = {
        "owner": "handrail",
        "source": "handrail",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {
            "regexp": _FINDING,
            "severity": 1,
            "file": 2,
            "line": 3,
            "endLine": 4,
            "column": 5,
            "endColumn": 6,
            "code": 7,
            "message": 8,
        },
    }
    task = {
        "label": "Check the handbook",
        "type": "shell",
        "command": "handrail check --format github",
        "group": {"kind": "test", "isDefault": True},
        "presentation": {"reveal": "silent"},
        "problemMatcher": matcher,
    }
    return {"version": "2.0.0", "tasks": [task]}


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
