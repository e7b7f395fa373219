"""Includes are found where the extensions that read them find them: pymdownx's snippets are held against the real one."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import markdown

from handrail.text.includes import includes

SNIPPETS = [
    '--8<-- "a.md"', "-8<- 'a.md'", '   --8<-- "a.md"', '\t--8<--\t"a.md"', '```\n--8<-- "a.md"\n```',
    '`x\n--8<-- "a.md"\n`', '<!--\n--8<-- "a.md"\n-->', "--8<--\na.md\n--8<--", "--8<--\n\n  a.md\n", '--8<-- "a.md:1:1"',
    "x\r\n--8<--\r\na.md\r\n--8<--\r\n", '--8<--\n; a.md\n--8<--\n--8<-- "a.md"',
]  # fmt: skip
TEXTS = [
    ';--8<-- "a.md"', 'x --8<-- "a.md"', '> --8<-- "a.md"', '- --8<-- "a.md"', "--8<-- a.md", '--8<-- "a.md" ',
    "--8<--  \na.md\n--8<--", "--8<--\n; a.md\n--8<--", '```\n;--8<-- "a.md"\n```', '--8<- "a.md', "--8<-- ''",
    ";--8<--\na.md\n;--8<--",
]  # fmt: skip


@pytest.mark.parametrize("body", [*SNIPPETS, *TEXTS])
def test_snippets_are_those_of_the_extension(body: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("what is put in", "utf-8")
    made = markdown(
        body, extensions=["pymdownx.snippets"], extension_configs={"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    )
    assert ("what is put in" in made) is (body in SNIPPETS)
    found = includes(body, templates=True)
    assert bool(found) is (body in SNIPPETS)
    for include in found:
        assert body[include.offset : include.end] == include.path
        assert include.path.startswith("a.md")


TEMPLATES = [
    ('{% include "a.md" %}', [("a.md", True)]),
    ("{%- import 'a.md' as x -%}", [("a.md", True)]),
    ('`{% extends "a.md" %}`', [("a.md", True)]),
    ('{% include ["a.md", "b.md"] %}', [("a.md", True), ("b.md", True)]),
    ("{% include which %}", [("which", True)]),
    ('{% include-markdown "a.md" %}', [("a.md", True)]),
    ("{{ read_csv('a.csv') }}", [("a.csv", False)]),
    ('{% set x = "a.md" %}', [("a.md", False)]),
    ('{% raw %}{% include "a.md" %}{% endraw %}', []),
    ('{% raw %}{% include "a.md" %}', []),
    ("{{ amount }} {% endif %} { % include 'a.md' % }", []),
]


@pytest.mark.parametrize(("body", "expected"), TEMPLATES, ids=[body for body, _ in TEMPLATES])
def test_templates(body: str, expected: list[tuple[str, bool]]) -> None:
    found = includes(body, templates=True)
    assert [(include.path, include.certain) for include in found] == expected
    assert all(body[include.offset : include.end] == include.path for include in found)
    assert includes(body, templates=False) == []


BRACES = [("{!a.md!}", ["a.md"]), ("x {! a.md !}{lines=1-2}", ["a.md"]), ("`{!a.md!}`", []), ("{!! a !!} {!}", [])]


@pytest.mark.parametrize(("body", "expected"), BRACES, ids=[body for body, _ in BRACES])
def test_braces(body: str, expected: list[str]) -> None:
    found = includes(body, templates=False)
    assert [include.path for include in found] == expected
    assert all(body[include.offset : include.end] == include.path for include in found)
