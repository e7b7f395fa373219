"""Data flow one way: each folder of the package imports only itself and the folders before it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cache
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


CLOCKS = ("now", "today", "utcnow", "time", "localtime", "gmtime", "time_ns")
CLOCK_HOMES = ("datetime", "date", "time")
WATCHED = (*CLOCKS, "print")


@dataclass
class Module:
    """What a module's text says: its lines, what it is for, and by line what it imports and which of WATCHED it calls."""

    lines: int
    docstring: str
    imports: list[tuple[str, int]] = field(default_factory=list)
    calls: list[tuple[str, int]] = field(default_factory=list)


@cache
def read(path: Path) -> Module:
    """Read a module, also what stands inside its functions."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    module = Module(len(text.splitlines()), ast.get_docstring(tree) or "")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            module.imports += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            home = ".".join(path.relative_to(PACKAGE.parent).parts[: -node.level]) if node.level else ""
            name = ".".join(part for part in (home, node.module or "") if part)
            module.imports += [(found, node.lineno) for found in (name, *(f"{name}.{one.name}" for one in node.names))]
        elif isinstance(node, ast.Call):
            last = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if last in WATCHED:
                module.calls.append((ast.unparse(node.func), node.lineno))
    return module


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def folder_of(path: Path) -> str:
    """Return the folder that a module lies in, or its own name where it lies at the top."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


def crossings(path: Path) -> list[str]:
    home = folder_of(path)
    found = []
    for module, line in read(path).imports:
        parts = module.split(".")
        if parts[0] != PACKAGE.name or len(parts) == 1 or parts[1] not in ORDER:
            continue
        if home not in ORDER or ORDER.index(parts[1]) > ORDER.index(home):
            found.append(f"line {line}: {home}/ may not import from {parts[1]}/, which comes after it ({module})")
    return found


def test_a_module_imports_only_what_comes_before_it() -> None:
    # `__main__` is the door to the command line.
    modules = [path for path in MODULES if folder_of(path) != "__main__"]
    found = [f"{named(path)}, {crossing}" for path in modules for crossing in crossings(path)]
    assert not found, "\n".join(found)


def test_only_engines_know_a_site_generator() -> None:
    found = []
    for path in MODULES:
        allowed = MARKDOWN if folder_of(path) == "rendering" else ()
        for module, line in read(path).imports:
            engine = module.split(".")[0]
            if engine in ENGINES and engine not in allowed and folder_of(path) != "engines":
                found.append(f"{named(path)}, line {line}: {module}")
    assert not found, "\n".join(found)


def test_only_the_edges_look_at_the_clock_or_print() -> None:
    found = []
    for path in MODULES:
        if folder_of(path) not in (*PURE, "edit"):
            continue
        for name, line in read(path).calls:
            *owner, last = name.split(".")
            if owner and owner[-1] in CLOCK_HOMES and last in CLOCKS:
                found.append(f"{named(path)}, line {line}: {name} looks at the clock")
            if name == "print":
                found.append(f"{named(path)}, line {line}: only cli/ prints")
    assert not found, "\n".join(found)


def test_every_folder_stands_in_the_order() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert folders <= set(ORDER)
    assert {path.stem for path in PACKAGE.glob("*.py")} <= {"__init__", "__main__", *FREE}


def test_modules_are_small_and_say_what_they_are_for() -> None:
    found = []
    for path in MODULES:
        if (lines := read(path).lines) > MOST_LINES:
            found.append(f"{named(path)} has {lines} lines, and {MOST_LINES} are the most")
        if not read(path).docstring.rstrip().endswith((".", ":")):
            found.append(f"{named(path)} does not begin with a sentence that says what it is for")
    assert not found, "\n".join(found)


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
