"""Data flow one way: each folder of the package imports only itself and the folders before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import handrail

PACKAGE = Path(handrail.__file__).parent
ORDER = [
    "text",
    "rendering",
    "model",
    "words",
    "search",
    "rules",
    "measures",
    "history",
    "report",
    "forge",
    "pages",
    "web",
    "edit",
    "build",
    "proof",
    "engines",
    "cli",
]
FREE = ["errors", "faults"]
ENGINES = ("mkdocs", "material", "mkdocs_macros", "pymdownx", "markdown", "zensical")
MARKDOWN = ("markdown",)
"""What makes HTML of Markdown, which no engine is needed for."""
PURE = ORDER[: ORDER.index("edit")]
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400
IDS = [path.relative_to(PACKAGE).as_posix() for path in MODULES]


def folder_of(path: Path) -> str:
    """Return the folder that a module lies in, or its own name where it lies at the top."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every module that a module imports, also inside functions, and the line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            home = ".".join(path.relative_to(PACKAGE.parent).parts[: -node.level]) if node.level else ""
            module = ".".join(part for part in (home, node.module or "") if part)
            yield module, node.lineno
            for alias in node.names:
                yield f"{module}.{alias.name}", node.lineno


def crossings(path: Path) -> list[str]:
    home = folder_of(path)
    found = []
    for module, line in imports(path):
        parts = module.split(".")
        if parts[0] != PACKAGE.name or len(parts) == 1 or parts[1] not in ORDER:
            continue
        if home not in ORDER or ORDER.index(parts[1]) > ORDER.index(home):
            found.append(f"line {line}: {home}/ may not import from {parts[1]}/, which comes after it ({module})")
    return found


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_a_module_imports_only_what_comes_before_it(path: Path) -> None:
    if folder_of(path) == "__main__":
        return  # the door to the command line
    assert crossings(path) == []


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_only_engines_know_a_site_generator(path: Path) -> None:
    if folder_of(path) != "engines":
        allowed = MARKDOWN if folder_of(path) == "rendering" else ()
        found = [(module.split(".")[0], line) for module, line in imports(path)]
        assert [f"line {line}: {module}" for module, line in found if module in ENGINES and module not in allowed] == []


def calls(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


CLOCKS = ("now", "today", "utcnow", "time", "localtime", "gmtime", "time_ns")
CLOCK_HOMES = ("datetime", "date", "time")


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_only_the_edges_look_at_the_clock_or_print(path: Path) -> None:
    if folder_of(path) in (*PURE, "edit"):
        for name, line in calls(path):
            *owner, last = name.split(".")
            assert not (owner and owner[-1] in CLOCK_HOMES and last in CLOCKS), (
                f"line {line}: {name} looks at the clock"
            )
            assert name != "print", f"line {line}: only cli/ prints"


def test_every_folder_stands_in_the_order() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert folders <= set(ORDER)
    assert {path.stem for path in PACKAGE.glob("*.py")} <= {"__init__", "__main__", *FREE}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_modules_are_small_and_say_what_they_are_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring
    assert docstring.rstrip().endswith((".", ":"))


WRONG = [
    ("from handrail.rules import check", "text/ may not import from rules/"),
    ("import handrail.cli.app", "text/ may not import from cli/"),
    ("from handrail import model", "text/ may not import from model/"),
    ("def f() -> None:\n    from handrail.pages import views", "text/ may not import from pages/"),
    ("from ..model import page", "text/ may not import from model/"),
]


@pytest.mark.parametrize(("code", "sentence"), WRONG, ids=[code for code, _ in WRONG])
def test_a_crossing_is_named(code: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "handrail"
    (package / "text").mkdir(parents=True)
    module = package / "text" / "a.py"
    module.write_text(code, "utf-8")
    monkeypatch.setitem(globals(), "PACKAGE", package)
    found = crossings(module)
    assert found
    assert sentence in found[0]
