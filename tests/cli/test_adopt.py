"""`handrail adopt` looks at a handbook of any origin, writes what lets it in, and a second time has nothing to write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.model.project import load_project, plugin_options, values_in
from tests.cli.drawing import sop
from tests.edit.adopt import drawing
from tests.edit.adopt.drawing import draw
from tests.history.repos import Repo
from tests.support.commands import Outcome, handrail

ORIGINS = {
    "Jekyll": drawing.JEKYLL,
    "GitBook": drawing.GITBOOK,
    "Hugo": drawing.HUGO,
    "Docusaurus": drawing.DOCUSAURUS,
    "Eleventy": drawing.ELEVENTY,
    "Middleman": drawing.MIDDLEMAN,
    "mdBook": drawing.MDBOOK,
    "a set of policy templates": drawing.POLICIES,
    "plain Markdown": drawing.PLAIN,
}
SCRIPT = "# Film\n\n<iframe src='https://films.example/1'></iframe>\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Repo(tmp_path / "book").root


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not {".git", ".cache"} & set(path.parts))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def adopted(folder: Path, *arguments: str) -> Outcome:
    outcome = handrail(folder, "adopt", "--yes", *arguments)
    assert (outcome.code, outcome.err) == (0, ""), outcome
    return outcome


@pytest.mark.parametrize(("name", "files"), ORIGINS.items(), ids=ORIGINS)
def test_any_origin_gets_settings_with_which_it_checks(root: Path, name: str, files: Mapping[str, str]) -> None:
    before = contents(draw(root, files))
    look = handrail(root, "adopt", "--look")
    assert (look.code, look.err) == (0, "")
    assert f"\nWritten for    {name}" in look.out
    assert len(look.out.splitlines()) <= 40
    assert contents(root) == before
    adopted(root)
    after = contents(root)
    assert {path: after[path] for path in before} == before
    assert handrail(root, "check").code == 0
    again = adopted(root)
    assert "There is nothing left to write." in again.out
    assert contents(root) == after


def test_what_is_shown_is_what_is_written(root: Path) -> None:
    outcome = adopted(draw(root, drawing.GITBOOK))
    text = (root / "mkdocs.yml").read_text("utf-8")
    for line in text.splitlines():
        assert f"    {line}" in outcome.out.splitlines()
    settings = load_project(root / "mkdocs.yml").settings
    assert settings.assets == (".gitbook/assets",)
    assert settings.visibility == {".": "public"}


def test_nothing_is_written_unasked(root: Path) -> None:
    before = contents(draw(root, drawing.JEKYLL))
    outcome = handrail(root, "adopt")
    assert outcome.code == 2
    assert outcome.err == (
        "Nothing is written: add --yes to write this, with --visibility internal where not everyone may read it.\n"
    )
    assert "site_name: Acme playbook" in outcome.out
    assert contents(root) == before


def test_for_the_staff(root: Path) -> None:
    adopted(draw(root, drawing.PLAIN), "--visibility", "internal")
    settings = load_project(root / "mkdocs.yml").settings
    assert (settings.visibility, settings.audience) == ({".": "internal"}, "internal")


def test_lines_come_to_a_configuration_that_is_there(root: Path) -> None:
    text = "site_name: Mine # ours\r\nplugins:\r\n  - search\r\n  # - tags\r\nnav:\r\n  - index.md"
    draw(root, {"mkdocs.yml": text, "docs/index.md": "# Home\n", "docs/film.md": SCRIPT})
    outcome = adopted(root)
    after = (root / "mkdocs.yml").read_bytes().decode()
    ours = "  - handrail:\r\n      visibility:\r\n        .: public\r\n      severity:\r\n        HB806: warning\r\n"
    extension = "\r\nmarkdown_extensions:\r\n  - handrail.engines.zensical\r\n"
    assert after == text.replace("  # - tags\r\n", f"{ours}  # - tags\r\n") + extension
    assert "`markdown_extensions` names handrail.engines.zensical, which does nothing" in " ".join(outcome.out.split())
    assert "\nOnly a warning  HB806 script: A page holds something that would run" in outcome.out
    assert "or out of the page:\n               docs/film.md\n" in outcome.out
    assert "+  - handrail:" in outcome.out


def test_what_keeps_zensical_out_is_said_where_it_can_not_be_written(root: Path) -> None:
    more = {"mkdocs.yml": "base: &base [toc]\nmarkdown_extensions: *base\n", "docs/index.md": "# Home\n"}
    said = "below `markdown_extensions` of mkdocs.yml, add `- handrail.engines.zensical`, which does nothing in MkDocs"
    assert said in " ".join(adopted(draw(root, more)).out.split())
    assert "zensical" not in (root / "mkdocs.yml").read_text("utf-8")


BY_HAND = {
    "an anchor": (
        "site_name: A\nbase: &base\n  - search\nplugins: *base\n",
        "    - handrail:\n        visibility:\n          .: public\n\n",
        "to the plugins in mkdocs.yml, which begin in line 2,",
    ),
    "an anchor within brackets": (
        "plugins: &all [search]\nbase: *all\n",
        '    {"handrail": {"visibility": {".": "public"}}}\n\n',
        "to the plugins in mkdocs.yml, which begin in line 1,",
    ),
    "names": (
        "base: &base\n  search: {}\nplugins: *base\n",
        "    handrail:\n      visibility:\n        .: public\n\n",
        "to the plugins in mkdocs.yml, which begin in line 1,",
    ),
    "options with an anchor": (
        "base: &ours {timezone: UTC}\nplugins:\n  - search\n  - handrail: *ours\n",
        "    visibility:\n      .: public\n\n",
        "under `handrail:` in mkdocs.yml, line 4,",
    ),
    "another file": (
        "INHERIT: more/middle.yml\nsite_name: A\n",
        "    - handrail:\n        visibility:\n          .: public\n\n",
        "to the plugins in base.yml, which begin in line 4,",
    ),
    "options in another file": (
        "INHERIT: ours.yml\nsite_name: A\n",
        "    visibility:\n      .: public\n\n",
        "under `handrail:` in ours.yml, line 3,",
    ),
}


@pytest.mark.parametrize(("text", "lines", "place"), BY_HAND.values(), ids=BY_HAND)
def test_what_can_not_be_added_to_is_left_and_the_lines_are_said(root: Path, text: str, lines: str, place: str) -> None:
    inherited = {
        "more/middle.yml": "INHERIT: ../base.yml\n",
        "base.yml": "site_name: B\n\nplugins:\n  - search\n",
        "ours.yml": "plugins:\n  - search\n  - handrail:\n      timezone: UTC\n",
    }
    before = contents(draw(root, {**inherited, "mkdocs.yml": text, "docs/index.md": "# Home\n"}))
    outcome = handrail(root, "adopt", "--yes")
    assert (outcome.code, outcome.out) == (2, lines)
    assert outcome.err.endswith(f"above {place} and run handrail adopt again.\n")
    assert contents(root) == before


def test_a_configuration_that_inherits_no_plugins_gets_its_own(root: Path) -> None:
    draw(root, {"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": "site_name: A\n", "docs/index.md": "# Home\n"})
    adopted(root)
    assert handrail(root, "check").code == 0
    assert load_project(root / "mkdocs.yml").plugins == ("search", "handrail")


def test_what_only_warns_is_known(root: Path) -> None:
    draw(root, {"docs/index.md": "# Home\n", **{f"docs/film{number}.md": SCRIPT for number in range(20)}})
    outcome = adopted(root)
    assert "       20 HB806 script\n" in outcome.out
    assert "and 8 more; handrail-baseline.txt names them all" in " ".join(outcome.out.split())
    checked = handrail(root, "check", "--fail-on", "warning")
    assert (checked.code, checked.out.splitlines()[-2:]) == (
        0,
        ["Nothing new to fix.", "handrail-baseline.txt: 20 known, 0 new, 0 fixed."],
    )


def test_what_could_be_published_is_for_a_person(root: Path) -> None:
    page = sop("pay", "Pay", "state: active\nrapid: LBK(D)\n") + "\n![chart](https://charts.example/a.png)\n"
    draw(root, {"docs/index.md": "# Home\n", "docs/pay.md": page})
    outcome = handrail(root, "adopt", "--yes")
    assert outcome.code == 1
    assert (
        "\nStill stops it  HB805 from-elsewhere: A page that is signed shows what stands elsewhere. Fix" in outcome.out
    )
    assert "severity" not in plugin_options(values_in((root / "mkdocs.yml").read_text("utf-8")) or {})


def test_pages_beside_the_settings(root: Path) -> None:
    files = {"README.md": "# A\n", "hr/b.md": "# B\n", "bin/x.sh": "x", "img/c.png": "x", "package.json": "{}"}
    before = contents(draw(root, files))
    adopted(root)
    text = (root / "mkdocs.yml").read_text("utf-8")
    assert "docs_dir: .\n" in text
    assert "exclude_docs: |\n  /bin/\n  /content/\n  /node_modules/\n" in text
    draw(root, {"node_modules/z/README.md": "# Z\n", "site/index.html": "x", "bin/d.md": "# D\n"})
    assert "2 pages read: 2 other pages." in handrail(root, "check").out
    assert {path: after for path, after in contents(root).items() if path in before} == before


def test_settings_in_a_folder_beside_the_pages(root: Path) -> None:
    draw(root, {"docs/index.md": "# A\n\n[b](gone.md)\n", "conf/mkdocs.yml": "site_name: A\ndocs_dir: ../docs\n"})
    config = ("--config", "conf/mkdocs.yml")
    assert "Pages          1 page in 0 folders of docs\n" in handrail(root, "adopt", "--look", *config).out
    adopted(root, *config)
    assert "docs/index.md\tHB207 dead-link\t1\tgone.md" in (root / "conf/handrail-baseline.txt").read_text()
    check = handrail(root, "check", "--fail-on", "warning", *config)
    assert (check.code, "1 known, 0 new, 0 fixed" in check.out) == (0, True), check
    assert "There is nothing left to write." in adopted(root, *config).out


def test_a_baseline_begins_once(root: Path) -> None:
    adopted(draw(root, drawing.PLAIN))
    draw(root, {"docs/index.md": "# Plain\n\n[Gone](gone.md)\n"})
    assert "There is nothing left to write." in adopted(root).out
    assert "HB207" in handrail(root, "check").out


@pytest.mark.parametrize(
    ("visibility", "said", "code"),
    [("{'.': public}", "internal", 2), ("{'.': internal}", "internal", 0), ("{hr: internal}", "public", 2)],
)
def test_who_may_read_is_not_changed_and_that_is_said(root: Path, visibility: str, said: str, code: int) -> None:
    text = f"site_name: A\nplugins:\n  - handrail:\n      visibility: {visibility}\n"
    before = contents(draw(root, {"mkdocs.yml": text, "docs/index.md": "# Home\n", "docs/hr/a.md": "# A\n"}))
    outcome = handrail(root, "adopt", "--yes", "--visibility", said)
    assert outcome.code == code
    if code:
        assert outcome.err.startswith(
            "mkdocs.yml, line 4: the option `visibility` of the plugin handrail says already who"
        )
        assert contents(root) == before


def test_a_baseline_that_can_not_be_read_is_said(root: Path) -> None:
    adopted(draw(root, drawing.PLAIN))
    (root / "handrail-baseline.txt").write_text("<<<<<<< ours\n", "utf-8")
    outcome = handrail(root, "adopt", "--yes")
    assert outcome.code == 2
    assert outcome.err.startswith("handrail-baseline.txt, line 1 is left from a merge in git")


def test_what_is_wrong_today_is_known(root: Path) -> None:
    draw(root, {"docs/index.md": "---\na: 1\na: 2\n---\n[Gone](gone.md)\n"})
    outcome = adopted(root)
    assert (
        "handrail-baseline.txt, a new file: 2 findings of today are known, and only what is new stops a build."
        in outcome.out
    )
    check = handrail(root, "check")
    assert (check.code, "2 known, 0 new" in check.out) == (0, True)


def test_a_baseline_holds_nothing_that_the_settings_settle(root: Path) -> None:
    adopted(draw(root, {"mkdocs.yml": "site_name: A\n", "docs/index.md": "[Gone](gone.md)\n"}))
    assert "HB910" not in (root / "handrail-baseline.txt").read_text("utf-8")
    assert "1 known, 0 new" in handrail(root, "check").out


@pytest.mark.parametrize("config", ["", "site_name: A\n"], ids=["new", "there"])
def test_no_home_page(root: Path, config: str) -> None:
    draw(root, {"docs/team/index.md": "# A\n", "docs/team/b.md": "# B\n"} | ({"mkdocs.yml": config} if config else {}))
    said = "No home page   there is no docs/index.md, so the site's links to its first page lead to team/\n"
    assert said in adopted(root).out
    assert "extra:\n  homepage: team/\n" in (root / "mkdocs.yml").read_text("utf-8")
    assert "There is nothing left to write." in adopted(root).out


@pytest.mark.parametrize(
    ("names", "home"),
    [
        (("CONTRIBUTING.md", "about.md", "a.md"), "about/"),
        (("CONTRIBUTING.md", "people.md"), "people/"),
        (("CODE_OF_CONDUCT.md", "team/a.md"), "CODE_OF_CONDUCT/"),
    ],
)
def test_readers_are_welcomed_first(root: Path, names: tuple[str, ...], home: str) -> None:
    adopted(draw(root, {f"docs/{name}": "# A\n" for name in names}))
    assert f"extra:\n  homepage: {home}\n" in (root / "mkdocs.yml").read_text("utf-8")


def test_where_links_to_no_home_page_lead_is_said_where_it_is_not_written(root: Path) -> None:
    pages = {"docs/team/index.md": "# A\n", "docs/team/b.md": "# B\n"}
    draw(root, pages | {"mkdocs.yml": "site_name: A\nextra:\n  social: []\n"})
    said = " ".join(adopted(root).out.split())
    assert (
        "there is no docs/index.md; below `extra:` in mkdocs.yml, add `homepage: team/`, where links to it are to lead"
        in said
    )
    settings = root / "mkdocs.yml"
    assert "homepage" not in settings.read_text("utf-8")
    settings.write_text(settings.read_text("utf-8").replace("extra:\n", "extra:\n  homepage: team/b/\n"), "utf-8")
    assert "No home page" not in adopted(root).out


@pytest.mark.parametrize("files", [{}, {"docs/a.txt": "x"}], ids=["nothing", "no page"])
def test_no_pages(root: Path, files: Mapping[str, str]) -> None:
    outcome = handrail(draw(root, files), "adopt", "--yes")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1


def test_what_the_old_site_made_no_page_of_stays_out(root: Path) -> None:
    pages = {
        "_config.yml": "title: A\n",
        "index.md": "# A\n",
        "_drafts/pay.md": "# Pay\n",
        "_posts/2999-01-01-b.md": "# B\n",
    }
    said = "Left out Jekyll made no page of it, so `exclude_docs` leaves it out: _drafts/, _posts/2999-01-01-b.md"
    assert said in " ".join(handrail(draw(root, pages), "adopt", "--look").out.split())
    assert said in " ".join(adopted(root).out.split())
    assert "exclude_docs: |\n  /_drafts/\n  /_posts/2999-01-01-b.md\n" in (root / "mkdocs.yml").read_text("utf-8")
    project = load_project(root / "mkdocs.yml")
    assert [path for path in pages if path.endswith(".md") and not project.exclusions.why(path)] == ["index.md"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], ""),
        (
            ["travel.mdx"],
            "1 page ends in .mdx and is not read: docs/travel.mdx. To have it read, rename it to end in .md.",
        ),
        (
            ["a.mdx", "b/B.MDX", "c.mdx", "d.mdx", ".hidden/e.mdx"],
            "4 pages end in .mdx and are not read: docs/a.mdx, docs/b/B.MDX, docs/c.mdx and 1 more. To have them read",
        ),
    ],
    ids=["none", "one", "several"],
)
def test_pages_that_nobody_reads_are_named(root: Path, more: list[str], said: str) -> None:
    draw(root, drawing.PLAIN | dict.fromkeys([f"docs/{path}" for path in more], "# A\n"))
    shown = " ".join(handrail(root, "adopt", "--look").out.split())
    assert (f"Not read {said}" in shown) if said else ("Not read" not in shown)
    assert said in " ".join(adopted(root).out.split())


def test_only_pages_that_nobody_reads(root: Path) -> None:
    outcome = handrail(draw(root, {"docs/a.mdx": "# A\n", "mkdocs.yml": "site_name: A\n"}), "adopt", "--yes")
    assert (outcome.code, outcome.out) == (2, "")
    assert "nothing to begin with. 1 page ends in .mdx and is not read: docs/a.mdx. To have it read" in outcome.err


def test_the_pages_of_folders_that_hugo_names_otherwise(root: Path) -> None:
    outcome = adopted(draw(root, drawing.HUGO))
    said = (
        "To rename 2 pages are named _index.md, as Hugo has it, and a folder's own page is index.md here: "
        "git mv content/_index.md content/index.md, and so on"
    )
    assert said in " ".join(outcome.out.split())
    (root / "content/_index.md").rename(root / "content/index.md")
    assert "1 page is named _index.md, as Hugo has it" in " ".join(handrail(root, "adopt", "--look").out.split())
    (root / "content/team/_index.md").rename(root / "content/team/index.md")
    assert "To rename" not in adopted(root).out


@pytest.mark.parametrize(
    "config", ["site_name: A\n", "site_name: A\ndocs_dir: .\n"], ids=["docs", "beside the settings"]
)
def test_a_folder_of_pages_begins_no_second_handbook(root: Path, config: str) -> None:
    draw(root, {"mkdocs.yml": config, "docs/index.md": "# A\n", "docs/team/b.md": "# B\n"})
    below = root / "docs/team"
    said = (
        "The pages in this folder belong to the handbook of ../../mkdocs.yml, so no second one is begun. "
        "Paths and commands are those of its folder (../..).\n"
    )
    assert handrail(below, "adopt", "--look").out.startswith(said)
    assert adopted(below).out.startswith(said)
    assert contents(below) == {"b.md": b"# B\n"}
    assert load_project(root / "mkdocs.yml").settings.visibility == {".": "public"}
    assert said not in adopted(root).out


def test_a_handbook_beside_the_pages_of_another_begins_its_own(root: Path) -> None:
    draw(root, {"mkdocs.yml": "site_name: A\n", "docs/index.md": "# A\n", "book/docs/index.md": "# B\n"})
    adopted(root / "book")
    assert (root / "mkdocs.yml").read_text("utf-8") == "site_name: A\n"
    assert (root / "book/mkdocs.yml").is_file()


@pytest.mark.parametrize("pages", [499, 500])
def test_a_large_handbook_has_on_each_page_the_navigation_of_its_section(root: Path, pages: int) -> None:
    draw(root, {f"docs/n{number}.md": f"# Note {number}\n" for number in range(pages)})
    said = adopted(root).out
    values = values_in((root / "mkdocs.yml").read_text("utf-8"))
    assert values is not None
    is_large = pages == 500
    assert values["theme"].get("features", []) == ["navigation.prune"] * is_large
    assert ("navigation.prune), so that 500 pages build fast" in " ".join(said.split())) is is_large
