"""MkDocs takes the same files of a theme, whether it looks into hidden folders or not."""

from __future__ import annotations

from pathlib import Path

from jinja2 import FileSystemLoader
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from handrail.engines.theme_listing import list_none_hidden
from tests.support.handbooks import make_handbook

PATHS = ("a.css", "img/b.png", ".icons/c.svg", "img/.d/e.png", ".f", "img/.g", "page.html")


def taken(config: MkDocsConfig) -> list[str]:
    files = Files([])
    files.add_files_from_theme(config.theme.get_env(), config)
    return [file.src_uri for file in files]


def test_a_theme_s_files_are_the_same_without_a_look_into_hidden_folders(tmp_path: Path) -> None:
    folder = make_handbook(
        tmp_path,
        {f"look/{path}": "text" for path in PATHS},
        config={"theme": {"name": "material", "custom_dir": "look"}},
    )
    config = load_config(str(folder / "mkdocs.yml"))
    wanted = taken(config)
    assert {"a.css", "img/b.png"} <= {*wanted}
    list_none_hidden(config)
    assert taken(config) == wanted
    env = config.theme.get_env()
    assert type(env.loader) is not FileSystemLoader
    assert not [name for name in env.list_templates() if name.startswith(".icons")]
    assert env.get_template(".icons/c.svg").render() == "text"
