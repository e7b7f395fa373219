"""Commands find the settings of a site under the name that ProperDocs has for them, and say by which they go where there are two."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from handrail.model.config_names import CONFIG_NAMES
from handrail.model.files import list_files
from handrail.model.project import load_project
from tests.history.repos import Repo
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

PAGE = {"content/index.md": "# Welcome\n"}
NOTE = "lie side by side"
PEOPLE = (
    "---\nkind: people\nid: people\ntitle: People\ndescription: Everyone who is here.\nvisibility: public\n"
    "people:\n  - { id: ada, name: Ada, handle: ada }\n---\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a handbook whose settings ProperDocs reads."""
    made = make_handbook(tmp_path / "handbook", PAGE)
    (made / "mkdocs.yml").rename(made / "properdocs.yml")
    return made


@pytest.mark.parametrize("name", CONFIG_NAMES)
def test_each_name_is_found_from_a_folder_below(name: str, tmp_path: Path) -> None:
    """A command needs no `--config`, wherever in the handbook it is run."""
    root = make_handbook(tmp_path, PAGE)
    (root / "mkdocs.yml").rename(root / name)
    found = handrail(root / "content", "check")
    assert (found.code, found.err) == (0, "")


def test_the_nearest_folder_counts_before_a_name(root: Path) -> None:
    """A handbook inside of another is its own, whatever the two are called."""
    inner = make_handbook(root / "inner", PAGE, {"today": "yesterday"})
    assert "mkdocs.yml, line" in handrail(inner, "check").err
    assert handrail(root, "check").code == 0


def test_of_two_that_of_properdocs_counts_and_that_is_said(root: Path) -> None:
    """As ProperDocs tries them: whoever builds with MkDocs learns that the other is meant, and how to go by that one."""
    make_handbook(root, PAGE, {"today": "yesterday"})
    found = handrail(root / "content", "check")
    assert found.code == 0
    assert found.err == (
        "Note: properdocs.yml and mkdocs.yml lie side by side. This goes by properdocs.yml, as `properdocs build` does; "
        "`mkdocs build` goes by mkdocs.yml, and so does this with --config ../mkdocs.yml.\n"
    )
    by_other = handrail(root, "check", "--config", "mkdocs.yml")
    assert by_other.code == 2
    assert NOTE not in by_other.err


def test_nothing_is_said_where_both_names_are_one_file(root: Path) -> None:
    """A link lets both engines read the same settings."""
    (root / "mkdocs.yml").symlink_to("properdocs.yml")
    assert NOTE not in handrail(root, "check").err


def test_neither_name_is_there(tmp_path: Path) -> None:
    """The sentence names both."""
    assert "There is no mkdocs.yml or properdocs.yml in this folder or above it" in handrail(tmp_path, "check").err


@pytest.mark.parametrize("name", CONFIG_NAMES)
def test_a_handbook_that_has_begun_is_not_begun_again(name: str, tmp_path: Path) -> None:
    """Whatever its settings are called, `init` names them and writes nothing."""
    (tmp_path / name).write_text("site_name: A\n", "utf-8")
    found = handrail(tmp_path, "init", ".")
    assert (found.code, [path.name for path in tmp_path.iterdir()]) == (2, [name])
    assert f"holds {name}." in found.err


def test_settings_by_another_name_are_for_the_maintainers(root: Path) -> None:
    """Such a file takes the place of the other as soon as it is there."""
    (root / "content" / "people.md").write_text(PEOPLE, "utf-8")
    config = root / "properdocs.yml"
    config.write_text(config.read_text("utf-8").replace('"today"', '"maintainers": ["ada"], "today"'), "utf-8")
    handrail(root, "codeowners")
    owned = [line.split() for line in (root / ".github" / "CODEOWNERS").read_text("utf-8").splitlines()]
    assert {"/properdocs.yml", "/properdocs*.yml", "/properdocs*.yaml"} <= {
        line[0] for line in owned if line[1:] == ["@ada"]
    }


SOP = "---\nkind: sop\nid: pay\ntitle: Pay\nstate: active\nvisibility: public\n---\n"
OWNED = SOP.replace("title:", "owner: ada\ntitle:")
NOWHERE = "https://[nowhere"
MESSAGES: dict[str, tuple[dict[str, str], dict[str, Any], dict[str, Any], list[str]]] = {
    "a wrong option": ({}, {"today": "yesterday"}, {}, ["check"]),
    "an unknown option": ({}, {"tody": "2026-01-01"}, {}, ["check"]),
    "a wrong path": ({}, {"synonyms": "/synonyms.yml"}, {}, ["check"]),
    "a wrong address": ({}, {}, {"site_url": NOWHERE}, ["check"]),
    "a wrong repository": ({}, {}, {"repo_url": NOWHERE}, ["check"]),
    "options that are none": ({}, {}, {"plugins": [{"handrail": "x"}]}, ["check"]),
    "options that are none, adopted": ({}, {}, {"plugins": [{"handrail": "x"}]}, ["adopt", "--look"]),
    "no folder of pages": ({}, {}, {"docs_dir": "nowhere"}, ["check"]),
    "a wrong pattern": ({}, {}, {"exclude_docs": "!"}, ["check"]),
    "no plugin": ({}, {}, {"plugins": []}, ["check"]),
    "a page that is left out": ({"content/drafts/pay.md": SOP}, {}, {"exclude_docs": "drafts/"}, ["check"]),
    "a page that is a draft": ({"content/drafts/pay.md": SOP}, {}, {"draft_docs": "drafts/"}, ["check"]),
    "a page among the templates": ({"content/templates/b.md": SOP}, {}, {}, ["check"]),
    "two files of one address": ({"content/README.md": "# A\n"}, {}, {}, ["check"]),
    "nobody may read it": ({}, {"visibility": {}}, {}, ["check"]),
    "a folder spelt otherwise": (
        {"content/Team/a.md": "# A\n"},
        {"visibility": {"content": "public", "team": "public"}},
        {},
        ["check"],
    ),
    "an option at the left edge": ({}, {}, {"maintainers": ["ada"]}, ["check"]),
    "attributes": ({"content/index.md": "# A {#a}\n\n[A](#a)\n"}, {}, {"markdown_extensions": ["toc"]}, ["check"]),
    "Markdown in HTML": ({"content/index.md": "# A\n\n<div>\n\n**a** [b](index.md)\n\n</div>\n"}, {}, {}, ["check"]),
    "a note of GitHub": ({"content/index.md": "# A\n\n> [!NOTE]\n> b\n"}, {}, {}, ["check"]),
    "a rule that is off": ({}, {}, {}, ["check", "--select", "HB310"]),
    "all rules": ({}, {}, {}, ["check", "--format", "sarif"]),
    "one rule": ({}, {}, {}, ["rule", "HB904"]),
    "nobody maintains it": ({"content/pay.md": OWNED, "content/people.md": PEOPLE}, {}, {}, ["codeowners"]),
    "an unknown maintainer": ({}, {"maintainers": ["ada"]}, {}, ["codeowners"]),
    "no forge": ({}, {}, {}, ["export", "cms"]),
    "not yet adopted": ({}, {}, {"plugins": []}, ["adopt", "--yes"]),
    "adopted with another reader": ({}, {}, {}, ["adopt", "--visibility", "internal"]),
    "no address": ({"export.csv": "a\n"}, {}, {}, ["record", "search", "export.csv"]),
    "a page of somebody's": (
        {"site/index.html": '<p>a <a href="b.html">b</a></p>', "site/b.txt": "b"},
        {},
        {},
        ["verify"],
    ),
    "begun already": ({}, {}, {}, ["init", "."]),
}


@pytest.mark.parametrize(("files", "settings", "config", "command"), MESSAGES.values(), ids=MESSAGES)
def test_every_message_names_the_file_that_is_there(
    files: dict[str, str], settings: dict[str, Any], config: dict[str, Any], command: list[str], tmp_path: Path
) -> None:
    """Whoever follows the advice finds the file; nobody is sent to one that is not there."""
    root = make_handbook(tmp_path, {**PAGE, **files}, settings, config)
    (root / "mkdocs.yml").rename(root / "properdocs.yml")
    found = handrail(root, *command)
    owners = root / ".github" / "CODEOWNERS"
    said = found.out + found.err + (owners.read_text("utf-8") if owners.exists() else "")
    assert "properdocs.yml" in said
    assert not re.search(r"\bmkdocs\.ya?ml", said)


def test_a_change_that_renames_the_settings_is_compared(tmp_path: Path) -> None:
    """The side that has them by the other name is read by that."""
    repo = Repo(tmp_path / "book")
    make_handbook(repo.root, PAGE)
    repo.commit("2026-01-01")
    repo.git("mv", "mkdocs.yml", "properdocs.yml")
    repo.commit("2026-01-02")
    found = handrail(repo.root, "diff", "HEAD~1")
    assert (found.code, found.err) == (0, "")


@pytest.mark.parametrize(("name", "engine"), [("mkdocs.yml", "mkdocs"), ("properdocs.yml", "properdocs")])
def test_who_adopts_is_told_the_command_that_builds_it(name: str, engine: str, tmp_path: Path) -> None:
    """MkDocs would not find the other's settings."""
    root = make_handbook(tmp_path, PAGE, config={"plugins": ["search"]})
    (root / "mkdocs.yml").rename(root / name)
    found = handrail(root, "adopt", "--yes")
    assert f"    {engine} build " in found.out
    assert f"git add {name} " in found.out


def test_the_settings_beside_the_pages_are_no_file_of_the_handbook(root: Path) -> None:
    """Where the pages lie beside them, neither file is one that nothing uses."""
    config = root / "properdocs.yml"
    config.write_text(config.read_text("utf-8").replace('"content"', '"."'), "utf-8")
    (root / "mkdocs.yml").write_text("site_name: A\n", "utf-8")
    project = load_project(config)
    assert list_files(project.docs_dir, project.exclusions).assets == []
