"""Commands find the settings of a site under the name that ProperDocs has for them, and say by which they go where there are two."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.config_names import CONFIG_NAMES
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

PAGE = {"content/index.md": "# Welcome\n"}
NOTE = "lie side by side"


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
    (root / "content" / "people.md").write_text(
        "---\nkind: people\nid: people\ntitle: People\ndescription: Everyone who is here.\nvisibility: public\n"
        "people:\n  - { id: ada, name: Ada, handle: ada }\n---\n",
        "utf-8",
    )
    config = root / "properdocs.yml"
    config.write_text(config.read_text("utf-8").replace('"today"', '"maintainers": ["ada"], "today"'), "utf-8")
    handrail(root, "codeowners")
    owned = [line.split() for line in (root / ".github" / "CODEOWNERS").read_text("utf-8").splitlines()]
    assert {"/properdocs.yml", "/properdocs*.yml", "/properdocs*.yaml"} <= {
        line[0] for line in owned if line[1:] == ["@ada"]
    }
