"""What `handrail kind` explains."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.cli import common
from handrail.model.fields import fields_of
from handrail.model.kinds import load_kinds
from handrail.text.source import read_source
from tests.model.test_kinds import compiled, drill
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

KINDS = load_kinds()


def test_all_kinds_are_listed_with_what_they_are(tmp_path: Path) -> None:
    outcome = handrail(tmp_path, "kind")
    assert (outcome.code, outcome.err) == (0, "")
    rows = outcome.out.splitlines()[2:]
    assert [row.split()[0] for row in rows] == sorted(KINDS)
    assert all(KINDS[row.split()[0]].description in row for row in rows)


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_explained_with_an_example_and_each_of_its_fields(tmp_path: Path, name: str) -> None:
    outcome = handrail(tmp_path, "kind", name)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == f"{name} ({KINDS[name].noun})"
    first = lines.index("    ---")
    example = read_source("\n".join(line[4:] for line in lines[first : lines.index("    ---", first + 1) + 1]).encode())
    assert KINDS[name].validator.violations(example.data) == []
    explained = [line for line in lines if line.startswith("- `")]
    assert [line.split("`")[1] for line in explained] == [field.name for field in fields_of(KINDS[name])]
    assert all("Takes " in line and ("Example: `" in line or "shows an example." in line) for line in explained)


def test_it_is_said_when_a_field_is_needed(tmp_path: Path) -> None:
    lines = handrail(tmp_path, "kind", "objective").out.splitlines()
    headings = [at for at, line in enumerate(lines) if line.startswith("## ")]
    assert lines[headings[0]] == "## What it needs"
    assert any(line.startswith("- `due`") for line in lines[headings[0] : headings[1]])
    (closed,) = (line for line in lines[headings[1] : headings[2]] if line.startswith("- `closed`"))
    assert "It is needed where `state` is `attained` or `missed`." in closed


@pytest.mark.parametrize("kind", ["sop", "procedure", "Procedures"])
def test_one_field_is_explained(tmp_path: Path, kind: str) -> None:
    outcome = handrail(tmp_path, "kind", kind, "review_every")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "review_every: How long a sign-off holds (procedure)",
        "",
        "After how many months the sign-off runs out, such as 6 months; 12 months are the most.",
        "",
        "Takes a text. It may be left out.",
        "",
        "An example:",
        "",
        "    review_every: 6 months",
    ]
    assert "- `states`" in handrail(tmp_path, "kind", kind, "process").out


def test_a_kind_of_the_companys_own_is_explained_too(tmp_path: Path) -> None:
    compiled(tmp_path, drill(description="A drill\x1b[31m for the worst.", properties={"drills": {"type": "string"}}))
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n", "utf-8")
    (tmp_path / "content").mkdir()
    outcome = handrail(tmp_path / "content", "kind", "drill")
    assert outcome.out.startswith("drill (drill)\n\nA drillU+001B[31m for the worst.\n")
    assert "- `drills`: Takes a text. Example: `drills: Fill this in`" in outcome.out
    assert handrail(tmp_path, "kind", "drill", "--config", str(tmp_path / "mkdocs.yml")).out == outcome.out
    assert handrail(tmp_path.parent, "kind", "drill").code == 2


def test_a_new_page_leads_to_it(tmp_path: Path) -> None:
    compiled(tmp_path, drill(properties={"drills": {"type": "string"}}))
    root = make_handbook(tmp_path, {"content/index.md": "Hello\n"})
    page = handrail(root, "new", "drill", "fire", "--title", "Fire", "--stdout").out
    (line,) = (line for line in page.splitlines() if line.startswith("#"))
    named = line.partition(": handrail ")[2].split()
    assert handrail(root, *named).out.startswith("drill (drill)\n")
    assert "`handrail kind sop` explains the fields." in handrail(root, "new", "sop", "--title", "Pay").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("spo",), "There is no kind `spo`; did you mean `sop`?"),
        (("nothing-like-it",), "There is no kind `nothing-like-it`; `handrail kind` lists them all."),
        (("sop", "tirgger"), "A page of the kind `sop` has no field `tirgger`; did you mean `trigger`?"),
        (("sop", "q9"), "A page of the kind `sop` has no field `q9`; `handrail kind sop` lists them all."),
    ],
)  # fmt: skip
def test_what_is_not_there_gets_the_nearest(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    outcome = handrail(tmp_path, "kind", *arguments)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"{said}\n")


def test_in_a_terminal_its_markdown_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "is_terminal", lambda: True)
    shown = handrail(tmp_path, "kind", "sop").out
    assert "What it needs" in shown
    assert "##" not in shown
    assert "`" not in shown
