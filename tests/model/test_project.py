"""`mkdocs.yml`, read without MkDocs: what belongs to others is stepped over, what is ours is never guessed at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handrail.errors import SettingsError
from handrail.forge.forge import Forge
from handrail.model.project import Project, load_project
from handrail.model.setting_places import FilePlace
from handrail.rules.hb9_site import place_of_name
from tests.support.handbooks import make_handbook


def load(folder: Path, text: str, **others: str) -> Project:
    (folder / "content").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    for name, other in others.items():
        (folder / f"{name}.yml").write_text(other, "utf-8")
    return load_project(folder / "mkdocs.yml")


def refusal(folder: Path, text: str, **others: str) -> str:
    with pytest.raises(SettingsError) as error:
        load(folder, text, **others)
    message = str(error.value)
    assert message.endswith((".", "?"))
    return message


PLUGINS = [
    ("list", "plugins:\n  - search\n  - handrail:\n      audience: internal\n"),
    ("mapping", "plugins:\n  search: {}\n  handrail:\n    audience: internal\n"),
    ("on one line", "plugins: [search, {handrail: {audience: internal}}]\n"),
    ("mapping on one line", '{"plugins": {"handrail": {"audience": "internal"}}, "docs_dir": "content"}\n'),
]


@pytest.mark.parametrize("plugins", [case[1] for case in PLUGINS], ids=[case[0] for case in PLUGINS])
def test_our_options_are_found(plugins: str, tmp_path: Path) -> None:
    text = plugins if plugins.startswith("{") else f"docs_dir: content\n{plugins}"
    assert load(tmp_path, text).settings.audience == "internal"


@pytest.mark.parametrize(
    "plugins", ["", "plugins: []\n", "plugins: [search]\n", "plugins: [handrail]\n", "plugins: {handrail: }\n"]
)
def test_without_options_all_is_as_by_default(plugins: str, tmp_path: Path) -> None:
    assert load(tmp_path, f"docs_dir: content\n{plugins}").settings.audience == "public"


FOREIGN = """\
docs_dir: content
site_name: !ENV [SITE, A handbook]
site_url: https://example.org/
extra: {x: !!python/object/apply:os.system ["touch PWNED"], y: !relative a}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - other: {a: !custom {b: !x c}}
  - handrail: {audience: internal}
"""


def test_tags_of_others_are_stepped_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    project = load(tmp_path, FOREIGN)
    assert project.settings.audience == "internal"
    assert project.site_url == "https://example.org/"
    assert not (tmp_path / "PWNED").exists()


ENVIRONMENT = """\
docs_dir: !ENV [NO_SUCH_VARIABLE, OUR_PAGES, docs]
site_dir: !ENV OUR_SITE
site_url: !ENV [NO_SUCH_VARIABLE, "https://example.org/"]
use_directory_urls: !ENV [OUR_FOLDERS, true]
theme: {name: material, logo: !ENV [NO_SUCH_VARIABLE, logo.svg]}
nav: [index.md, !ENV [NO_SUCH_VARIABLE, last.md]]
repo_url: !ENV NO_SUCH_VARIABLE
"""


def test_values_from_the_environment_are_those_that_mkdocs_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("OUR_PAGES", "content"), ("OUR_SITE", "out"), ("OUR_FOLDERS", "false")):
        monkeypatch.setenv(name, value)
    project = load(tmp_path, f"{ENVIRONMENT}plugins: [handrail: {{audience: internal}}]\n")
    assert project.docs_dir == (tmp_path / "content").resolve()
    assert project.site_dir == project.root / "out"
    assert (project.site_url, project.repo_url) == ("https://example.org/", "")
    assert not project.use_directory_urls
    assert (project.named, project.nav) == (("logo.svg",), ("index.md", "last.md"))
    monkeypatch.setenv("OUR_PAGES", "elsewhere")
    assert "the folder `elsewhere` of the pages is not there" in refusal(tmp_path, ENVIRONMENT)


def test_a_value_from_the_environment_that_is_no_value_is_refused(tmp_path: Path) -> None:
    assert "is not readable as YAML" in refusal(tmp_path, "docs_dir: !ENV {a: b}\n")


@pytest.mark.parametrize(("line", "folder"), [("", "site"), ("site_dir: ../out\n", "../out")])
def test_where_the_site_lies(line: str, folder: str, tmp_path: Path) -> None:
    assert load(tmp_path, f"docs_dir: content\n{line}").site_dir == tmp_path.resolve() / folder


@pytest.mark.parametrize(
    ("options", "option", "line", "tag"),
    [
        ("      audience: !ENV [AUDIENCE, public]\n", "audience", 5, "!ENV"),
        ("      fail_on: error\n      governed:\n        - a\n        - !x b\n", "governed", 6, "!x"),
        ("      visibility: {.: !x public}\n", "visibility", 5, "!x"),
        ("      today: !!python/name:os.system\n", "today", 5, "!!python/name:os.system"),
        ("      today: !!python/object/apply:os.getcwd []\n", "today", 5, "!!python/object/apply:os.getcwd"),
    ],
)
def test_a_tag_in_our_options_is_refused_with_its_line(
    options: str, option: str, line: int, tag: str, tmp_path: Path
) -> None:
    text = f"docs_dir: content\nplugins:\n  - search\n  - handrail:\n{options}"
    message = refusal(tmp_path, text)
    assert message.startswith(
        f"mkdocs.yml, line {line}: the option `{option}` of the plugin handrail uses the tag `{tag}`;"
    )


def test_a_wrong_option_names_its_line(tmp_path: Path) -> None:
    message = refusal(
        tmp_path, "docs_dir: content\nplugins:\n  - handrail:\n      audience: public\n      fail_on: never\n"
    )
    assert message.startswith("mkdocs.yml, line 5: the option `fail_on` of the plugin handrail is `never`")


def test_inherit(tmp_path: Path) -> None:
    base = "docs_dir: content\nsite_url: https://base.example/\nplugins:\n  handrail:\n    audience: internal\n    timezone: Europe/Lisbon\n"
    project = load(tmp_path, "INHERIT: base.yml\nplugins:\n  handrail:\n    audience: public\n", base=base)
    assert (project.settings.audience, project.settings.timezone) == ("public", "Europe/Lisbon")
    assert project.site_url == "https://base.example/"


def test_a_wrong_option_in_an_inherited_file_names_that_file(tmp_path: Path) -> None:
    base = "docs_dir: content\nplugins:\n  handrail:\n    timezone: Nowhere\n"
    assert refusal(tmp_path, "INHERIT: base.yml\n", base=base).startswith("base.yml, line 4: ")


INHERITED = [
    ("INHERIT: mkdocs.yml\n", {}, "leads back to the file itself"),
    ("INHERIT: base.yml\n", {"base": "INHERIT: mkdocs.yml\n"}, "leads back to the file itself"),
    ("INHERIT: nowhere.yml\n", {}, "which is not there"),
]


@pytest.mark.parametrize(("text", "others", "sentence"), INHERITED)
def test_inheritance_that_leads_nowhere(text: str, others: dict[str, str], sentence: str, tmp_path: Path) -> None:
    assert sentence in refusal(tmp_path, text, **others)


BROKEN = [
    ("a: b: c\n", "line 1 is not readable as YAML"),
    ("a: 'b\n", "is not readable as YAML"),
    ("- a\n", "must hold settings"),
    ("", "must hold settings"),
    ("docs_dir: nowhere\n", "the folder `nowhere` of the pages is not there"),
    ("docs_dir: content\nplugins:\n  - handrail: public\n", "must be indented below it"),
    ("site_name: 2026-02-30\n", "can't be read"),
    ("&a a: *b\n", "is not readable as YAML"),
    ("? [a]\n: b\n", ""),
]


@pytest.mark.parametrize(("text", "sentence"), BROKEN, ids=[text for text, _ in BROKEN])
def test_a_file_that_can_not_be_used(text: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in refusal(tmp_path, text)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: \xff\n")
    with pytest.raises(SettingsError, match="can't be read"):
        load_project(tmp_path / "mkdocs.yml")


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="run the command in the project's folder"):
        load_project(tmp_path / "mkdocs.yml")


def test_nav_names_pages_however_deep(tmp_path: Path) -> None:
    nav = "nav:\n  - index.md\n  - A: a.md\n  - B:\n      - b/index.md\n      - C: [c.md, {D: d.md}]\n  - https://example.org\n"
    project = load(tmp_path, f"docs_dir: content\n{nav}")
    assert set(project.nav) >= {"index.md", "a.md", "b/index.md", "c.md", "d.md"}


@pytest.mark.parametrize(("written", "expected"), [("content", "content/a.md"), ("docs/../content", "content/a.md")])
def test_paths_count_from_the_root(written: str, expected: str, tmp_path: Path) -> None:
    assert load(tmp_path, f"docs_dir: {written}\n").from_root("a.md") == expected


def test_a_byte_order_mark_is_stepped_over(tmp_path: Path) -> None:
    assert (
        load(tmp_path, "\ufeffdocs_dir: content\nplugins: [{handrail: {audience: internal}}]\n").settings.audience
        == "internal"
    )


TEMPLATES = [
    ("repo_url: https://github.com/a/b\nedit_uri_template: edit/main/content/{path}\n", "edit/main/content/"),
    (
        "repo_url: https://github.com/a/b\nedit_uri_template: 'edit/main/content/{path_noext!q}.md?plain=1'\n",
        "edit/main/content/",
    ),
    (
        "edit_uri_template: 'https://github.com/a/b/edit/main/content/{path}'\n",
        "https://github.com/a/b/edit/main/content/",
    ),
    ("repo_url: https://github.com/a/b\nedit_uri: edit/main/content/\n", "edit/main/content/"),
]


@pytest.mark.parametrize(("lines", "edit_uri"), TEMPLATES)
def test_a_template_says_where_pages_are_edited(lines: str, edit_uri: str, tmp_path: Path) -> None:
    project = load(tmp_path, f"docs_dir: content\n{lines}")
    assert (project.repo_url, project.edit_uri) == ("https://github.com/a/b", edit_uri)
    forge = Forge.of(project.repo_url, project.edit_uri)
    assert forge is not None
    assert forge.edit("content/a.md") == "https://github.com/a/b/edit/main/content/a.md"


STRANGE = {
    "a list that holds itself": ("x: &a [*a]", "has no end"),
    "a group that holds itself": ("x: &a {b: *a}", "has no end"),
    "aliases of aliases": ("x0: &x0 [a]\n" + "".join(f"x{n}: &x{n} [*x{n - 1}, *x{n - 1}]\n" for n in range(1, 40)), "has no end"),
    "a chain of aliases": ("x0: &x0 [a]\n" + "".join(f"x{n}: &x{n} [*x{n - 1}]\n" for n in range(1, 3000)), "has no end"),
    "nested too deeply": ("x: " + "[" * 100_000, "more than 100 deep"),
    "an address with half a bracket": ("site_url: 'http://['", "`site_url` is no address"),
    "a repository with half a bracket": ("repo_url: 'http://['", "`repo_url` is no address"),
    "a folder of no name": ('docs_dir: "a\\0b"', "is not there"),
    "an impossible day": ("x: 2026-02-30", "can't be read"),
    "a parent that is a list": ("INHERIT: [a.yml]", "INHERIT must name a file"),
    "a parent of no name": ('INHERIT: "a\\0b"', "INHERIT must name a file"),
    "a parent that is a folder": ("INHERIT: content", "can't be read"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "said"), STRANGE.values(), ids=STRANGE)
def test_strange_settings_of_a_site_are_one_sentence(line: str, said: str, tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "Hello.\n"})
    written = "" if line.startswith("docs_dir") else "docs_dir: content\n"
    (folder / "mkdocs.yml").write_text(f"site_name: A\n{written}{line}\n", "utf-8")
    with pytest.raises(SettingsError, match=re.escape(said)):
        load_project(folder / "mkdocs.yml")


def test_aliases_that_people_write_are_read(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "Hello.\n"})
    (folder / "mkdocs.yml").write_text("docs_dir: &d content\nextra: {a: *d, b: &l [*d, *d], c: [*l, *l]}\n", "utf-8")
    assert load_project(folder / "mkdocs.yml").docs_dir == folder / "content"


def test_what_the_site_names_has_its_line_also_where_it_is_inherited_or_on_several_lines(tmp_path: Path) -> None:
    base = "docs_dir: content\nextra:\n  homepage: start/\nnav:\n  - a.md\n  - b.md\n"
    more = "nav:\n  - Group:\n      - c.md\nexclude_docs: |\n  drafts/\n\n  old.md\n"
    project = load(tmp_path, f"INHERIT: base.yml\n{more}", base=base)
    found = {}
    for name in project.names:
        place = place_of_name(project, name)
        assert isinstance(place, FilePlace)
        found[name.target] = (name.setting, place.path, place.line)
    assert found == {
        "c.md": ("nav", "mkdocs.yml", 4),
        "start/": ("extra.homepage", "base.yml", 3),
        "drafts/": ("exclude_docs", "mkdocs.yml", 6),
        "old.md": ("exclude_docs", "mkdocs.yml", 8),
    }
