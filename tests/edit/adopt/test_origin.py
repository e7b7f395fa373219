"""What a handbook was written for, and where its pages lie, is told by the files that its program wants."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.edit.adopt.new_configuration import site_keys
from handrail.edit.adopt.origin import Generator, Origin, origin_of
from handrail.edit.adopt.tree import read_tree
from tests.edit.adopt import drawing
from tests.edit.adopt.drawing import draw
from tests.history.repos import Repo

KNOWN: dict[str, tuple[Mapping[str, str], Origin]] = {
    "Jekyll": (drawing.JEKYLL, Origin(Generator.JEKYLL, "_config.yml", "src")),
    "GitBook": (drawing.GITBOOK, Origin(Generator.GITBOOK, ".gitbook.yaml", "book")),
    "Hugo": (drawing.HUGO, Origin(Generator.HUGO, "hugo.toml", "content")),
    "Docusaurus": (drawing.DOCUSAURUS, Origin(Generator.DOCUSAURUS, "docusaurus.config.js", "docs")),
    "Eleventy": (drawing.ELEVENTY, Origin(Generator.ELEVENTY, ".eleventy.js", "pages")),
    "Middleman": (drawing.MIDDLEMAN, Origin(Generator.MIDDLEMAN, "config.rb", "source")),
    "mdBook": (drawing.MDBOOK, Origin(Generator.MDBOOK, "book.toml", "text")),
    "policies": (drawing.POLICIES, Origin(Generator.POLICIES, "themes/base", "themes/base")),
    "plain": (drawing.PLAIN, Origin(Generator.PLAIN, "", "docs")),
    "one of several folders": (
        {"README.md": "", "leave/a.md": "", "leave/b.md": "", "pay/a.md": "", "pay/b.md": "", "pay/c.md": ""},
        Origin(Generator.PLAIN),
    ),
    "a folder named for its pages": (
        {"docs/a.md": "", "docs/b.md": "", "x/README.md": "", "y/README.md": "", "README.md": ""},
        Origin(Generator.PLAIN, "", "docs"),
    ),
    "pages at the root": ({"a.md": "", "b.md": "", "x/c.md": ""}, Origin(Generator.PLAIN)),
    "GitBook without settings": ({"SUMMARY.md": "", "a.md": ""}, Origin(Generator.GITBOOK, "SUMMARY.md")),
    "Hugo without settings": (
        {"content/_index.md": "", "content/a.md": "", "README.md": ""},
        Origin(Generator.HUGO, "content/_index.md", "content"),
    ),
    "VitePress": (
        {"docs/.vitepress/config.ts": "", "docs/a.md": ""},
        Origin(Generator.VITEPRESS, "docs/.vitepress/config.ts", "docs"),
    ),
    "a sign far inside": (
        {"docs/a.md": "", "docs/b.md": "", "docs/x/y/_config.yml": "source: z\n"},
        Origin(Generator.PLAIN, "", "docs"),
    ),
    "a source that holds no page": (
        {"_config.yml": "source: theme\n", "docs/a.md": ""},
        Origin(Generator.JEKYLL, "_config.yml", "docs"),
    ),
}


@pytest.mark.parametrize(("files", "origin"), KNOWN.values(), ids=KNOWN)
def test_origin(tmp_path: Path, files: Mapping[str, str], origin: Origin) -> None:
    assert origin_of(read_tree(draw(tmp_path, files))) == origin


def test_what_git_ignores_and_programs_fill_is_no_part_of_it(tmp_path: Path) -> None:
    files = {"docs/a.md": "", "docs/new.md": "", "build/b.md": "", "node_modules/x/c.md": "", ".gitignore": "build\n"}
    assert "build/b.md" in read_tree(draw(tmp_path / "plain", files)).paths
    repo = Repo(tmp_path / "repo")
    assert read_tree(draw(repo.root, files)).paths == (".gitignore", "docs/a.md", "docs/new.md")


def test_the_settings_of_the_site(tmp_path: Path) -> None:
    tree = read_tree(draw(tmp_path, drawing.GITBOOK))
    assert site_keys(tree, origin_of(tree)) == {
        "site_name": "Acme book",
        "docs_dir": "book",
        "theme": {"name": "material", "font": False},
        "markdown_extensions": [
            "admonition",
            "attr_list",
            "footnotes",
            "md_in_html",
            {"pymdownx.superfences": {"relaxed_headers": True}},
            "handrail.engines.zensical",
        ],
        "nav": [
            {"Welcome": "README.md"},
            {
                "Money & more": [
                    {"Money": ["money/README.md", {"Pay_ments": "money/pay.md"}]},
                    {"Forum": "https://forum.example/"},
                ]
            },
        ],
    }


@pytest.mark.parametrize(
    ("files", "name", "address"),
    [
        (drawing.JEKYLL, "Acme playbook", "https://playbook.acme.example/"),
        (drawing.HUGO, "Hugo handbook", "https://hugo.example/"),
        (drawing.DOCUSAURUS, "Docu book", "https://docu.example/"),
        (drawing.MDBOOK, "Rusty", None),
        ({**drawing.PLAIN, "docs/CNAME": "book.acme.example\n"}, "Plain book", "https://book.acme.example/"),
        ({"docs/index.md": "# {{.Name}} handbook\n"}, "book", None),
    ],
    ids=["Jekyll", "Hugo", "Docusaurus", "mdBook", "CNAME", "template code"],
)
def test_name_and_address(tmp_path: Path, files: Mapping[str, str], name: str, address: str | None) -> None:
    tree = read_tree(draw(tmp_path / "book", files))
    keys = site_keys(tree, origin_of(tree))
    assert (keys["site_name"], keys.get("site_url")) == (name, address)


@pytest.mark.parametrize(
    ("sign", "settings", "address"),
    [
        ("_config.yml", "url: https://a.example\nbaseurl: /book\n", "https://a.example/book/"),
        ("_config.yml", 'baseurl: "/hr/book/" # below\nurl: https://a.example/\n', "https://a.example/hr/book/"),
        ("_config.yml", "baseurl: 'book'\nurl: https://a.example\n", "https://a.example/book/"),
        ("_config.yml", 'baseurl: ""\nurl: https://a.example\n', "https://a.example/"),
        ("_config.yml", "baseurl:\nurl: https://a.example\n", "https://a.example/"),
        ("_config.yml", "# baseurl: /old\nbaseurl: # none\nurl: https://a.example\n", "https://a.example/"),
        ("docusaurus.config.js", "  url: 'https://a.example',\n  baseUrl: '/book/',\n", "https://a.example/book/"),
        ("docusaurus.config.js", "  url: `https://a.example`,\n  baseUrl: `/`,\n", "https://a.example/"),
        ("docusaurus.config.js", "  url: 'https://a.example',\n  baseUrl: ROOT,\n", "https://a.example/"),
        ("hugo.toml", "baseURL = 'https://a.example/book/'\n", "https://a.example/book/"),
        ("_config.yml", "baseurl: /book\n", None),
    ],
)
def test_an_address_with_a_path(tmp_path: Path, sign: str, settings: str, address: str | None) -> None:
    tree = read_tree(draw(tmp_path, {sign: settings, "docs/a.md": ""}))
    assert site_keys(tree, origin_of(tree)).get("site_url") == address


def test_a_readme_beside_an_index_is_left_out(tmp_path: Path) -> None:
    files = {
        "docs/index.md": "",
        "docs/README.md": "",
        "docs/a/README.md": "",
        "docs/b/index.md": "",
        "docs/b/README.md": "",
    }
    tree = read_tree(draw(tmp_path, files))
    assert site_keys(tree, origin_of(tree))["exclude_docs"] == "/README.md\n/b/README.md\n"
