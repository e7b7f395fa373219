"""A build reads a tree of just what may be published, and nothing else is put into pages."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from handrail.engines import snippets
from handrail.engines.mkdocs import HandrailPlugin
from handrail.rules.registry import all_rules
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, configured
from tests.support.handbooks import make_handbook

SECRET = sop("zephyrine", "Zephyrine earns a lot.", visibility="internal")
FILES = {
    **BASE,
    "content/finance/zephyrine.md": SECRET,
    "content/finance/table.csv": "a,b\n",
    "content/links.md": "# Links\n\n[t](finance/table.csv) [z](finance/zephyrine.md) [[sop:zephyrine|it]] [[sop:expense-claims]]\n",
}
COPY = Path(".cache", "handrail", "mkdocs-public")


def listing(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, but for the pages that Handrail makes."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith("handbook/")}


def times(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_ino for name in listing(folder)}


def read_from(folder: Path, **options: Any) -> Path:
    """Return the folder that MkDocs reads in a build."""
    config = configured(folder, **options)
    config.plugins.on_startup(command="build", dirty=False)
    return Path(config.plugins.on_config(config).docs_dir)


# The copy


def test_the_copy_holds_what_may_be_published_and_no_trace_of_the_rest(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, FILES))
    copied = listing(tmp_path / COPY)
    expected = {path.removeprefix("content/") for path in FILES} - {"finance/zephyrine.md"}
    assert set(copied) == expected
    assert not [path for path, content in copied.items() if b"zephyrine" in content.lower()]
    assert copied["links.md"] == b"# Links\n\n[t](finance/table.csv) z it [[sop:expense-claims]]\n"
    assert copied["finance/expense-claims.md"] == (tmp_path / "content/finance/expense-claims.md").read_bytes()
    assert site.links("links/") == {
        "t": "finance/table.csv",
        "Expense claims": "finance/expense-claims/",
        **{words: url for words, url in site.links("links/").items() if url.startswith("links/")},
    }
    assert (tmp_path / ".cache" / "handrail" / ".gitignore").read_text("ascii") == "*\n"


def test_a_handbook_that_withholds_nothing_is_read_from_its_tree_too(tmp_path: Path) -> None:
    """Or else what works beside other plugins would cease to on the day somebody withholds a page."""
    make_handbook(tmp_path, BASE)
    assert read_from(tmp_path) == tmp_path / COPY
    assert set(listing(tmp_path / COPY)) == {
        path.removeprefix("content/") for path in BASE if path.startswith("content")
    }


def test_the_pages_that_handrail_makes_lie_in_the_tree_with_their_titles(tmp_path: Path) -> None:
    make_handbook(tmp_path, BASE)
    folder = read_from(tmp_path)
    assert (folder / "handbook/find.md").read_text("utf-8").startswith('---\ntitle: "Find a procedure"\n')
    assert (folder / "handbook/rules/hb401.md").is_file()


@pytest.mark.parametrize("path", ["handbook/find.md/a.txt", "handbook/rules", "handbook/Index.md/b.md"])
def test_a_page_of_ours_stands_also_where_somebody_has_a_folder_or_a_file_of_its_name(
    path: str, tmp_path: Path
) -> None:
    make_handbook(tmp_path, {**BASE, f"content/{path}": "Text.\n"}, {"assets": ["handbook/**"]})
    folder = read_from(tmp_path)
    assert (folder / "handbook/find.md").is_file()
    assert (folder / "handbook/rules/hb401.md").is_file()


@pytest.mark.parametrize(("name", "made"), [("reads", COPY / "handbook/find.md"), ("git-asks", Path("content"))])
def test_whoever_asks_where_a_page_comes_from_is_led_to_its_authors_file_unless_its_text_differs(
    name: str, made: Path, tmp_path: Path
) -> None:
    """Git knows the author's file only; one that names what is withheld would give it away. What we make git dates by a folder."""
    make_handbook(tmp_path, FILES)
    seen: dict[str, str | None] = {}

    class NoOptions(Config):
        pass

    class Asks(BasePlugin[NoOptions]):
        def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
            del config
            seen.update({file.src_uri: file.abs_src_path for file in files})
            return files

    config = configured(tmp_path)
    config.plugins[name] = Asks()
    mkdocs_build(config)
    assert seen["finance/expense-claims.md"] == str(tmp_path / "content/finance/expense-claims.md")
    assert seen["links.md"] == str(tmp_path / COPY / "links.md")
    assert seen["handbook/find.md"] == str(tmp_path / made)
    assert None not in seen.values()


def test_each_audience_and_the_preview_have_a_copy_of_their_own(tmp_path: Path) -> None:
    make_handbook(tmp_path, {**FILES, "content/secret.md": sop("secret", visibility="confidential")})
    assert read_from(tmp_path) == tmp_path / COPY
    make_handbook(tmp_path, {}, settings={"audience": "internal"})
    assert read_from(tmp_path) == tmp_path / COPY.with_name("mkdocs-internal")
    build(tmp_path, command="serve")
    copies = {path.name for path in (tmp_path / COPY).parent.iterdir() if path.is_dir()}
    assert copies == {"mkdocs-public", "mkdocs-internal", "mkdocs-internal-preview", "mkdocs-internal-preview.files"}


def test_a_copy_is_written_only_where_it_differs_and_keeps_the_times(tmp_path: Path) -> None:
    make_handbook(tmp_path, {**FILES, "content/sub/gone.md": sop("gone")})
    for number, path in enumerate(sorted((tmp_path / "content").rglob("*.*"))):
        os.utime(path, ns=(0, 1_600_000_000_123_456_789 + number))
    read_from(tmp_path)
    first = times(tmp_path / COPY)
    for name in first:
        assert (tmp_path / COPY / name).stat().st_mtime_ns == (tmp_path / "content" / name).stat().st_mtime_ns, name
    read_from(tmp_path)
    assert times(tmp_path / COPY) == first

    shutil.rmtree(tmp_path / "content" / "sub")
    make_handbook(tmp_path, {"content/people.md": FILES["content/people.md"].replace("Tom", "Tim")})
    read_from(tmp_path)
    second = times(tmp_path / COPY)
    assert set(first) - set(second) == {"sub/gone.md"}
    assert not (tmp_path / COPY / "sub").exists()
    assert {name for name, number in second.items() if number != first[name]} == {"people.md"}


def test_a_large_file_that_differs_at_its_end_is_copied_again(tmp_path: Path) -> None:
    form = tmp_path / "content/form.pdf"
    hidden = {"content/hidden.md": sop("hidden", visibility="internal"), "content/a.md": "[a](form.pdf)\n"}
    make_handbook(tmp_path, {**BASE, **hidden, "content/form.pdf": b"%PDF" + b"a" * 3_000_000 + b"1"})
    build(tmp_path)
    form.write_bytes(form.read_bytes()[:-1] + b"2")
    assert (build(tmp_path).root / "form.pdf").read_bytes() == form.read_bytes()


def test_what_someone_put_into_the_copy_goes(tmp_path: Path) -> None:
    make_handbook(tmp_path / "project", FILES)
    copy, outside = tmp_path / "project" / COPY, tmp_path / "outside"
    outside.mkdir()
    (outside / "plan.md").write_text("Untouched.", "utf-8")
    copy.mkdir(parents=True)
    (copy / "company").symlink_to(outside)
    (copy / "people.md").symlink_to(outside / "plan.md")
    (copy / "other").symlink_to(outside)
    (copy / "links.md").mkdir()
    (copy / "links.md" / "x.md").write_text("x", "utf-8")
    (copy / "finance").write_text("a file", "utf-8")
    (copy / "zephyrine.md").write_text("Zephyrine", "utf-8")
    (copy / ".zephyrine").write_text("Zephyrine", "utf-8")
    site = build(tmp_path / "project")
    assert listing(outside) == {"plan.md": b"Untouched."}
    assert not [path for path in copy.rglob("*") if path.is_symlink()]
    assert site.naming("zephyrine") == []
    assert site.has("company/plan/")
    assert site.has("finance/expense-claims/")


@pytest.mark.parametrize("where", [".cache", ".cache/handrail", ".cache/handrail/mkdocs-public"])
def test_no_copy_is_written_through_a_link(where: str, tmp_path: Path) -> None:
    make_handbook(tmp_path / "project", FILES)
    outside = tmp_path / "outside"
    outside.mkdir()
    link = tmp_path / "project" / where
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    with pytest.raises(Abort) as stopped:
        build(tmp_path / "project")
    assert str(stopped.value.__context__) == (
        f"{link} is a symbolic link, and nothing is written through one; delete it."
    )
    assert not list(outside.iterdir())


def test_a_place_that_cannot_be_written_ends_the_build_with_one_sentence(tmp_path: Path) -> None:
    make_handbook(tmp_path, {**FILES, ".cache": "a file"})
    with pytest.raises(Abort) as stopped:
        build(tmp_path)
    words = str(stopped.value.__context__)
    assert words.startswith(f"{tmp_path / '.cache'}")
    assert words.endswith("A site is made of what Handrail writes there; let it be written.")


def test_pages_lead_to_their_own_files_and_plugins_to_the_copy(tmp_path: Path) -> None:
    forge = {"repo_url": "https://github.com/example/x", "edit_uri": "edit/main/content/"}
    theme = {"name": "material", "features": ["content.action.edit"]}
    site = build(make_handbook(tmp_path, FILES, config={**forge, "theme": theme}))
    assert "https://github.com/example/x/edit/main/content/finance/expense-claims.md" in site.html(
        "finance/expense-claims/"
    )
    assert ".cache" not in "".join(site.everything().values())


def test_settings_of_plugins_lie_in_the_copy_and_are_not_published(tmp_path: Path) -> None:
    files = {
        **FILES,
        "content/.nav.yml": "nav:\n  - index.md\n  - Money: finance\n",
        "content/finance/.nav.yml": "title: All about money\n",
        "content/private/.nav.yml": "title: Zephyrine\n",
        "content/private/zephyrine.md": SECRET.replace("id: zephyrine", "id: zephyrine-two"),
    }
    make_handbook(tmp_path, files, config={"plugins": ["awesome-nav", {"handrail": {"visibility": {".": "public"}}}]})
    site = build(tmp_path, strict=False)
    assert (tmp_path / COPY / "finance" / ".nav.yml").is_file()
    assert not (tmp_path / COPY / "private").exists()
    assert not list(site.root.rglob(".nav.yml"))
    assert site.naming("zephyrine") == []


def test_hidden_files_that_the_settings_name_are_published(tmp_path: Path) -> None:
    files = {**FILES, "content/.well-known/security.txt": "Contact: x\n", "content/CNAME": "handbook.example\n"}
    site = build(make_handbook(tmp_path, files, settings={"assets": [".well-known/security.txt", "CNAME"]}))
    assert (site.root / ".well-known" / "security.txt").read_text("utf-8") == "Contact: x\n"
    assert (site.root / "CNAME").is_file()


def test_files_of_pages_that_the_site_leaves_out_are_not_copied(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**BASE, "content/drafts/a.md": "![a](a.png)\n", "content/drafts/a.png": b"\x89PNG"}
    site = build(make_handbook(tmp_path, files, config={"draft_docs": "drafts/*.md\n"}))
    assert not (site.root / "drafts").exists()


def test_a_navigation_that_names_what_is_withheld_loses_it_before_anyone_sees_it(tmp_path: Path) -> None:
    nav: list[Any] = [
        "index.md",
        {"Zephyrine": "finance/zephyrine.md"},
        {"Z": [{"Zephyrine": [{"Z": "./finance/zephyrine.md"}]}]},
        {"Money": ["finance/index.md", "finance/zephyrine.md", {"Elsewhere": "https://example.org/"}]},
    ]
    make_handbook(tmp_path, FILES, config={"nav": nav})
    config = configured(tmp_path)
    config.plugins.on_startup(command="build", dirty=False)
    assert config.plugins.on_config(config).nav == [
        "index.md",
        {"Money": ["finance/index.md", {"Elsewhere": "https://example.org/"}]},
    ]


# What reads files while a page is made

READERS = {
    "content/finance/zephyrine.md": SECRET,
    "content/finance/zephyrine.csv": "zephyrine,1\n",
    "content/open.md": sop("open", "A line of an open page."),
    "includes/own.md": "A line of the site's own.\n",
    ".env": "TOKEN=zephyrine\n",
    "records/zephyrine.csv": "zephyrine\n",
}
UNCHECKED = {"severity": {rule.code: "off" for rule in all_rules() if rule.family == "HB8"}}
ATTEMPTS = (
    "content/finance/zephyrine.md",
    "finance/zephyrine.md",
    "finance/zephyrine.csv",
    "content/finance/../finance/zephyrine.md",
    "../content/finance/zephyrine.md",
    "../../../content/finance/zephyrine.md",
    "./content/./finance//zephyrine.md",
    "content/finance/zephyrine.md:1:30",
    "content/linked.md",
    "linked.md",
    "linked/zephyrine.md",
    ".env",
    "records/zephyrine.csv",
    ".cache/handrail/mkdocs-internal/finance/zephyrine.md",
    "site/../content/finance/zephyrine.md",
    "https://127.0.0.1:1/zephyrine.md",
    "mkdocs.yml",
)


def attempt(folder: Path, page: str, bases: list[str] | None, **more: Any) -> Site:
    """Build a site whose page tries to hold what it may not, with the rules off that would name it."""
    options: dict[str, Any] = {"url_download": True, **({} if bases is None else {"base_path": bases}), **more}
    extensions = {"markdown_extensions": [{"pymdownx.snippets": options}]}
    files = {**BASE, **READERS, "content/snippets.md": page}
    make_handbook(folder, files, {**UNCHECKED, "audience": "internal"}, extensions)
    (folder / "content" / "linked.md").symlink_to(folder / "content" / "finance" / "zephyrine.md")
    (folder / "content" / "linked").symlink_to(folder / "content" / "finance")
    read_from(folder)  # so that the copy of another audience lies there
    make_handbook(folder, {}, UNCHECKED, extensions)
    return build(folder, strict=False)


def lines(names: list[str]) -> str:
    return "\n\n".join(f'--8<-- "{name}"' for name in names)


def test_no_snippet_puts_in_what_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [*ATTEMPTS, str(tmp_path / "content/finance/zephyrine.md")]
    block = "\n".join(["--8<--", *names, "--8<--"])
    site = attempt(tmp_path, f"# Snippets\n\n{lines(names)}\n\n```\n{block}\n```\n", [".", "content"])
    article = site.article("snippets/").lower()
    assert "zephyrine" not in article
    assert "site_name" not in article
    assert site.has("open/")


@pytest.mark.parametrize("bases", [None, ["."], [".", "content"], ["content"], ["content/finance"], [".."], ["/"]])
def test_snippets_find_only_what_is_published_wherever_they_look(
    bases: list[str] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_handbook(tmp_path / "project", {**READERS, ".cache/handrail/mkdocs-public/open.md": "Open.\n"})
    monkeypatch.chdir(folder)
    origin = folder / "content"
    (origin / "linked.md").symlink_to(origin / "finance" / "zephyrine.md")
    (origin / "linked").symlink_to(origin / "finance")
    above = [f"project/{name}" for name in ATTEMPTS]
    names = [*ATTEMPTS, *above, str(origin / "finance/zephyrine.md"), f"{folder}/.env".lstrip("/"), "zephyrine.md"]
    options: dict[str, Any] = {"url_download": True, **({} if bases is None else {"base_path": bases})}
    reach = snippets.Reach(folder, origin, folder / COPY, frozenset(("open.md",)))
    text = f"{lines(names)}\n\nThe end."

    def rendered(*guards: Any) -> str:
        return Markdown(
            extensions=["pymdownx.snippets", *guards], extension_configs={"pymdownx.snippets": options}
        ).convert(text)

    assert rendered(snippets.Guard(reach, options)) == "<p>The end.</p>"
    if bases is None:
        options["url_download"] = False
        assert "Zephyrine earns" in rendered()  # without the guard it does


def test_snippets_put_in_what_is_published_and_what_the_site_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = '# S\n\n--8<-- "content/open.md:14:14"\n\n--8<-- "open.md:14:14"\n\n--8<-- "own.md"\n'
    assert attempt(tmp_path, page, None).says("snippets/").count("A line of an open page.") == 2
    shutil.rmtree(tmp_path / "content")
    says = attempt(tmp_path, page, [".", "content", "includes"]).says("snippets/")
    assert says.count("A line of an open page.") == 2
    assert "A line of the site's own." in says


def test_what_the_settings_append_to_each_page_may_lie_beside_the_handbook(tmp_path: Path) -> None:
    page = '# S\n\n--8<-- ".env"\n'
    site = attempt(tmp_path, page, None, auto_append=["includes/own.md"])
    assert "A line of the site's own." in site.says("snippets/")
    assert "A line of the site's own." not in site.says("open/"), "that page is signed, and this line is not"
    assert "TOKEN" not in site.says("snippets/")


class _Includes(Preprocessor):
    """Reads whatever a line names, as careless extensions do."""

    def run(self, lines: list[str]) -> list[str]:
        out = []
        for line in lines:
            name = line.removeprefix("!include ")
            try:
                out.append(line if name == line else Path(name).read_text("utf-8").partition("---\n")[2])
            except OSError:
                out.append("(not there)")
        return out


class _Careless(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        md.preprocessors.register(_Includes(md), "careless", 100)


def test_no_other_extension_reads_what_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("careless_includes")
    module.makeExtension = _Careless  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "careless_includes", module)
    monkeypatch.chdir(tmp_path)
    inside = tmp_path / "content"
    names = [
        "content/finance/zephyrine.md",
        str(inside / "finance" / "zephyrine.md"),
        "content/finance/../finance/zephyrine.md",
        "content/linked.md",
        "outside.md",
        "content/finance/zephyrine.csv",
        "content/open.md",
        str(COPY / "open.md"),
    ]
    page = "# S\n\n" + "\n\n".join(f"!include {name}" for name in names) + "\n"
    make_handbook(
        tmp_path,
        {**BASE, **READERS, "content/snippets.md": page},
        UNCHECKED,
        {"markdown_extensions": ["careless_includes"]},
    )
    (inside / "linked.md").symlink_to(inside / "finance" / "zephyrine.md")
    (tmp_path / "outside.md").symlink_to(inside / "finance" / "zephyrine.md")
    says = build(tmp_path, strict=False).says("snippets/")
    assert says.count("(not there)") == 6
    assert "zephyrine" not in says.lower()
    assert says.count("A line of an open page.") == 2
    assert "Zephyrine earns" in (inside / "linked.md").read_text("utf-8")  # nothing is refused any more


def test_a_build_that_fails_leaves_nothing_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("x", "utf-8")
    reach = snippets.Reach(tmp_path, tmp_path, tmp_path, frozenset())
    snippets.confine(reach)
    plugin = HandrailPlugin()
    plugin.load_config({})
    try:
        with pytest.raises(FileNotFoundError):
            secret.read_text("utf-8")
        with pytest.raises(FileNotFoundError):
            os.open(os.fsencode(secret), os.O_RDONLY)
        with pytest.raises(PluginError, match="The build failed"):
            plugin.on_build_error(error=ValueError())
        assert secret.read_text("utf-8") == "x"
    finally:
        snippets.release()


def test_no_template_of_a_page_reads_what_is_not_published(tmp_path: Path) -> None:
    names = ("finance/zephyrine.md", "../content/finance/zephyrine.md", "finance/zephyrine.csv", "linked.md", "../.env")
    calls = "".join(f'{{% include "{name}" ignore missing %}}\n\n' for name in names)
    calls += '{% include "open.md" %}\n\n{{ config.nav }}\n'
    make_handbook(
        tmp_path,
        {**BASE, **READERS, "content/list.md": f"# List\n\n{calls}"},
        config={
            "plugins": ["macros", {"handrail": {
                "visibility": {".": "public"}, "macros": ["list.md"], **UNCHECKED,
            }}],
            "nav": ["index.md", "list.md", {"Zephyrine": "finance/zephyrine.md"}],
        },
    )  # fmt: skip
    (tmp_path / "content" / "linked.md").symlink_to(tmp_path / "content" / "finance" / "zephyrine.md")
    says = build(tmp_path, strict=False).says("list/")
    assert "zephyrine" not in says.lower()
    assert "A line of an open page." in says


# The preview


class _Watcher:
    def __init__(self, watched: list[str]) -> None:
        self.builder: Callable[[], None] = lambda: None
        self.watched = watched
        self.mount_path = "/"

    def get_app(self) -> None:
        """Return what answers; nobody asks this one."""

    def set_app(self, application: object) -> None:
        """Let something else answer."""

    def watch(self, path: str) -> None:
        self.watched.append(path)

    def unwatch(self, path: str) -> None:
        self.watched.remove(path)


def test_a_preview_watches_the_handbook_and_not_its_tree(tmp_path: Path) -> None:
    make_handbook(tmp_path, FILES)
    config = configured(tmp_path)
    config.plugins.on_startup(command="serve", dirty=False)
    config = config.plugins.on_config(config)
    assert Path(config.docs_dir) != tmp_path / "content"
    Path(config.site_dir).mkdir()
    server = _Watcher([config.docs_dir])  # as MkDocs has it watch what the first build read
    plugin: Any = config.plugins["handrail"]
    plugin.on_serve(server, config=config, builder=None)
    plugin.on_shutdown()
    assert server.watched == [str(tmp_path / "content")]


def test_the_same_settings_may_be_built_twice(tmp_path: Path) -> None:
    make_handbook(tmp_path, FILES)
    config = configured(tmp_path)
    config.plugins.on_startup(command="serve", dirty=False)
    assert Path(config.plugins.on_config(config).docs_dir).parent == (tmp_path / COPY).parent
    make_handbook(tmp_path, {"content/finance/zephyrine.md": SECRET.replace("internal", "public")})
    folder = Path(config.plugins.on_config(config).docs_dir)
    assert folder.parent == (tmp_path / COPY).parent
    assert (folder / "finance/zephyrine.md").is_file()


def test_a_dirty_build_begins_anew_where_anything_went_away(tmp_path: Path) -> None:
    make_handbook(tmp_path, {**FILES, "content/open.md": sop("open", "Quokkas are welcome.")})
    config = configured(tmp_path, strict=False)
    config.plugins.on_startup(command="build", dirty=True)
    left = tmp_path / "site" / "left" / "index.html"

    def again() -> bool:
        """Build once more and say whether a page of an earlier build is still there."""
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_text("Left over.", "utf-8")
        mkdocs_build(config, dirty=True)
        return left.exists()

    page = tmp_path / "site" / "open" / "index.html"
    assert [again(), again()] == [False, True]
    assert "Quokkas" in page.read_text("utf-8")
    make_handbook(tmp_path, {"content/new.md": sop("new")})
    assert again()
    make_handbook(tmp_path, {"content/open.md": sop("open", "Quokkas are welcome.", visibility="internal")})
    assert not again()
    assert not page.exists()
    assert not [path for path in (tmp_path / "site").rglob("*") if path.is_file() and b"Quokkas" in path.read_bytes()]
    config.plugins.on_shutdown()
