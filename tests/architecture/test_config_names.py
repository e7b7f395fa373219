"""No sentence says `mkdocs.yml` by itself: the file may be called `properdocs.yml`, or whatever `--config` names."""

from __future__ import annotations

import ast
from pathlib import Path

import handrail
from handrail.model.config_names import USUAL

PACKAGE = Path(handrail.__file__).parent
SAYS_IT_ITSELF = {
    "model/config_names.py": "what the names are",
    "edit/start.py": "the text of a new handbook's own settings",
    "cli/common.py": "both names, before there is a project",
    "measures/findability.py": "advice that goes through `named`",
    "pages/generated/every.py": "a page that goes through `named`",
}


def _texts(tree: ast.Module) -> list[str]:
    """Return the texts of a module but for those that stand alone, which are documentation."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in alone)
    return [node.value for node in constants if isinstance(node.value, str)]


def test_sentences_take_the_name_from_the_project() -> None:
    modules = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
    found = {
        name
        for name, path in modules.items()
        if any(USUAL in text for text in _texts(ast.parse(path.read_text("utf-8"))))
    }
    assert found == set(SAYS_IT_ITSELF)
