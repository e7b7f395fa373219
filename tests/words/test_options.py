"""The one sentence that says where an option of the plugin is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.model.project import load_project
from handrail.model.settings import validate
from handrail.words.options import adding, adding_folder, at_beginning, setting
from tests.support.handbooks import make_handbook


@pytest.mark.parametrize(
    "entry", ["img.example", "*.img.example", "a, b.md", "a: b.md", "#a.md", "- a.md", "[a].md", "'a.md"]
)
def test_an_entry_stands_in_the_first_list_as_it_counts(entry: str, tmp_path: Path) -> None:
    said = adding(load_project(make_handbook(tmp_path, {}) / "mkdocs.yml"), "assets", entry)
    assert said.startswith("below `handrail:` in mkdocs.yml, add `assets: [")
    written = yaml.safe_load(said.partition("add `")[2].removesuffix("`"))
    assert written == {"assets": [entry]}


@pytest.mark.parametrize("options", [{"embeds": ["a.example"]}, {"embeds": []}])
def test_what_is_listed_already_stays(options: dict[str, Any], tmp_path: Path) -> None:
    project = load_project(make_handbook(tmp_path, {}, options) / "mkdocs.yml")
    assert adding(project, "embeds", "b.example") == "below `handrail:` in mkdocs.yml, add `b.example` to `embeds`"


def test_the_file_is_named_in_which_an_option_stands(tmp_path: Path) -> None:
    make_handbook(tmp_path, {}, {"images": ["a.example"]})
    (tmp_path / "mkdocs.yml").rename(tmp_path / "base.yml")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\n", "utf-8")
    project = load_project(tmp_path / "mkdocs.yml")
    assert adding(project, "images", "b.example").startswith("below `handrail:` in base.yml, ")


def test_a_folder_and_a_lone_value_are_written_as_they_are_read(tmp_path: Path) -> None:
    project = load_project(make_handbook(tmp_path, {}) / "mkdocs.yml")
    assert adding_folder(project, "a", "public") == 'below `handrail:` in mkdocs.yml, add `"a": public` to `visibility`'
    said = setting(project, "generated", "about/handbook")
    assert at_beginning(said) == "Below `handrail:` in mkdocs.yml, write `generated: about/handbook`."
    assert (
        validate(yaml.safe_load(said.partition("write `")[2].removesuffix("`")), str).generated.name == "about/handbook"
    )
