"""What decides a build: found by what `mkdocs.yml` names, wherever it names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.project import load_project

FILES = (
    "base.yml",
    "content/blog/post.md",
    "content/hooks/a.py",
    "content/includes/words.md",
    "content/index.md",
    "content/look/extra.css",
    "content/look/logo.svg",
    "content/lists/all.md",
    "data/numbers.yml",
    "docs/en/x.md",
    "en/x.txt",
    "hook.py",
    "includes/words.md",
    "layouts/card.yml",
    "material/x.txt",
    "overrides/main.html",
    "search/x.txt",
    "site/index.html",
    "synonyms.yml",
    "tools/hook.py",
)
RELATIVE = ("$docs_dir/includes", "$config_dir/data", "$config_dir", "")
NAMED = {
    "nothing": ("", []),
    "a hook at the top": ("hooks: [hook.py]", ["hook.py"]),
    "a hook in a folder": ("hooks: [tools/hook.py]", ["tools/", "tools/hook.py"]),
    "a hook among the pages": ("hooks: [content/hooks/a.py]", ["content/hooks/", "content/hooks/a.py"]),
    "templates": ("theme: {name: material, custom_dir: overrides}", ["overrides/"]),
    "templates, as one may write it": ("theme: {name: material, custom_dir: ./overrides/}", ["overrides/"]),
    "from the environment": ("theme: {name: material, custom_dir: !ENV [NO_SUCH, overrides]}", ["overrides/"]),
    "logo and favicon": (
        "theme: {logo: look/logo.svg, favicon: look/none.png}",
        ["content/look/logo.svg", "content/look/none.png"],
    ),
    "a style that is not there yet": ("extra_css: [look/none.css?v=1]", ["content/look/none.css"]),
    "styles and scripts": (
        "extra_css: [look/extra.css, https://example.org/x.css]\nextra_javascript: [{path: look/x.js, type: module}]",
        ["content/look/extra.css", "content/look/x.js"],
    ),
    "templates of pages": ("extra_templates: [map.html]", ["content/map.html"]),
    "what is watched": ("watch: [data, content/look]", ["data/"]),
    "snippets' folder": (
        "markdown_extensions: [{pymdownx.snippets: {base_path: [includes, .]}}]",
        ["includes/"],
    ),
    "snippets' folder as a mapping": (
        "markdown_extensions: {pymdownx.snippets: {base_path: includes}}",
        ["includes/"],
    ),
    "snippets' folder among the pages": (
        "markdown_extensions: [{pymdownx.snippets: {base_path: [content/includes, content]}}]",
        ["content/includes/"],
    ),
    "snippets' folder by MkDocs' own tag": (
        f"markdown_extensions: [{{pymdownx.snippets: {{base_path: [{', '.join(map('!relative {}'.format, RELATIVE))}]}}}}]",
        ["content/includes/", "data/"],
    ),
    "what snippets append": (
        "markdown_extensions: [{pymdownx.snippets: {auto_append: [includes/words.md, content/index.md]}}]",
        ["content/includes/words.md", "content/index.md", "includes/words.md"],
    ),
    "what snippets append from a folder": (
        "markdown_extensions: [{pymdownx.snippets: {auto_append: [words.md], base_path: [content/includes]}}]",
        ["content/includes/", "content/includes/words.md"],
    ),
    "macros": ("plugins: [macros]", ["main", "main.py"]),
    "macros' own module": (
        "plugins: [{macros: {module_name: tools/hook, include_dir: content/includes, include_yaml: [data/numbers.yml]}}]",
        ["content/includes/", "data/numbers.yml", "tools/hook", "tools/hook.py"],
    ),
    "any plugin's program": ("plugins: {gen-files: {scripts: [tools/hook.py]}}", ["tools/hook.py"]),
    "any plugin's folder": ("plugins: [{social: {cards_layout_dir: layouts}}]", ["layouts/"]),
    "our own options": (
        "plugins: [{handrail: {synonyms: synonyms.yml, governed: [data], macros: [lists], assets: [look/extra.css]}}]",
        ["synonyms.yml"],
    ),
    "names that are no folders": (
        "theme: {name: material, language: en}\nplugins: [search]\nsite_name: data\nextra: {x: tools, y: base.yml/x}",
        [],
    ),
    "pages": (
        "nav: [index.md, {Lists: lists/all.md}, tools/hook.py]\nplugins: [{blog: {blog_dir: blog}}, {tags: {tags_file: index.md}}]",
        [],
    ),
    "what a build writes": ("site_dir: site\nplugins: [{x: {cache_dir: data, output_path: data}}]", []),
    "texts that are no names": (
        "copyright: " + "long " * 200 + '\nextra: ["", " ", "\\0", 5, null, /etc/hosts, ~]',
        [],
    ),
    "inherited": ("INHERIT: base.yml", ["base.yml", "layouts/", "tools/", "tools/hook.py"]),
    "inherited and changed": ("INHERIT: base.yml\nhooks: [hook.py]", ["base.yml", "hook.py", "layouts/"]),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", "utf-8")
    base = "hooks: [tools/hook.py]\ntheme: {custom_dir: layouts}\n"
    (folder / "base.yml").write_text(base, "utf-8")
    return folder


@pytest.mark.parametrize(("text", "expected"), NAMED.values(), ids=NAMED)
def test_what_a_project_names(text: str, expected: list[str], folder: Path) -> None:
    (folder / "mkdocs.yml").write_text(f"docs_dir: content\n{text}\n", "utf-8")
    assert list(load_project(folder / "mkdocs.yml").build_files) == expected


def test_a_project_in_a_folder_names_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "hb/content").mkdir(parents=True)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/hook.py").write_text("", "utf-8")
    (tmp_path / "base.yml").write_text("docs_dir: content\nhooks: [../shared/hook.py]\n", "utf-8")
    (tmp_path / "hb/mkdocs.yml").write_text("INHERIT: ../base.yml\n", "utf-8")
    found = load_project(tmp_path / "hb/mkdocs.yml").build_files
    assert found == ("../base.yml", "../shared/", "../shared/hook.py")
