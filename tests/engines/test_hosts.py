"""Sites that we don't control: other addresses, names, themes and kinds than those of the handbook that comes with us."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from handrail.model.urls import page_url
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, words_of
from tests.support.handbooks import make_handbook

OPTIONS = {"visibility": {".": "public"}, "today": "2026-11-15", "fiscal_year_end": "01-31"}
ODD = {
    "content/My Pages/a b.md": sop("spaced"),
    "content/My Pages/100% ü.md": sop("odd"),
    "content/shout/CLAIMS.MD": sop("shouted", "See [[sop:spaced]] and [it](<../My Pages/a b.md>)."),
    "content/other/one.markdown": sop("one"),
    "content/read/README.md": sop("readme", "# Readme\n\nText."),
    "content/links.md": (
        "[a](<My Pages/a b.md>) [b](My%20Pages/100%25%20%C3%BC.md) [c](shout/CLAIMS.MD#x) [d](other/one.markdown) "
        "[e](read/README.md) [[sop:odd]] [home](index.md) [list](handbook/index.md)\n"
    ),
}


@pytest.mark.parametrize("directories", [True, False])
def test_addresses_are_those_that_mkdocs_gives(directories: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case of the test
    site = build(make_handbook(tmp_path, {**BASE, **ODD}, config={"use_directory_urls": directories}))
    assert site.dead_links() == []
    for name in ("index.md", *(path.removeprefix("content/") for path in {**BASE, **ODD})):
        assert site.has(page_url(name, directories=directories)), name
    home = page_url("index.md", directories=directories)
    contents = page_url("handbook/index.md", directories=directories)
    links = site.links(page_url("links.md", directories=directories))
    assert links["c"].partition("#")[0] == ("shout/CLAIMS/" if directories else "shout/CLAIMS.html")
    assert links["Odd"] == ("My Pages/100% ü/" if directories else "My Pages/100% ü.html")
    assert links["list"] == contents
    assert {"Shouted", "One", "Readme", "Odd", "Spaced"} <= set(site.links(contents))
    assert site.links(page_url("shout/CLAIMS.MD", directories=directories))["it"] == site.links(contents)["Spaced"]
    assert site.has(home)


def test_a_shouted_name_is_a_page_and_not_a_download(tmp_path: Path) -> None:
    theme = {"name": "material", "features": ["content.action.edit"]}
    forge = {"repo_url": "https://github.com/example/x", "theme": theme, "nav": ["index.md", "shout/CLAIMS.MD"]}
    site = build(make_handbook(tmp_path, {**BASE, **ODD}, config=forge))
    assert not (site.root / "shout" / "CLAIMS.MD").exists()
    assert "/docs/shout/CLAIMS.MD" in site.html("shout/CLAIMS/")
    assert ("Shouted", "shout/CLAIMS/") in site.nav()
    assert "kind: sop" not in site.html("shout/CLAIMS/")


def test_a_folder_of_pages_with_a_space_in_another_place(tmp_path: Path) -> None:
    files = {f"our pages/{path.removeprefix('content/')}": text for path, text in BASE.items()}
    site = build(make_handbook(tmp_path, files, config={"docs_dir": "our pages", "repo_url": "https://github.com/x/y"}))
    assert site.links("handbook/")["Expense claims"] == "finance/expense-claims/"


def test_pages_that_the_site_leaves_out_are_linked_from_nowhere(tmp_path: Path) -> None:
    make_handbook(
        tmp_path,
        {
            **BASE,
            "content/drafts/a.md": sop("drafted"),
            "content/left-out/b.md": sop("left-out"),
            "content/templates/c.md": sop("template"),
            "content/links.md": "[[sop:drafted]], [the other](left-out/b.md), [[sop:template|a third]]\n",
        },
        config={"draft_docs": "drafts/\n", "exclude_docs": "left-out/\n"},
    )
    site = build(tmp_path)
    assert site.dead_links() == []
    assert site.says("links/").endswith("Drafted, the other, a third")
    assert not {"Drafted", "Left out", "Template"} & set(site.links("handbook/"))
    assert not site.has("drafts/a/")


def test_a_readme_beside_an_index_is_refused_by_name(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_handbook(tmp_path, {**BASE, "content/finance/README.md": sop("readme")})
    with pytest.raises(Abort):
        build(tmp_path)
    assert "HB013" in caplog.text


def test_an_authors_page_where_we_make_one_is_refused_by_name(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_handbook(tmp_path, {**BASE, "content/handbook/index.md": "# Ours\n"})
    with pytest.raises(Abort):
        build(tmp_path)
    assert "HB013" in caplog.text


def test_authors_may_have_other_pages_in_our_folder(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, {**BASE, "content/handbook/history.md": "# How we came to this\n"}))
    assert "How we came to this" in site.says("handbook/history/")
    assert site.says("handbook/").startswith("All procedures")
    assert site.dead_links() == []


def test_a_page_kept_out_of_the_search_is_kept_out(tmp_path: Path) -> None:
    quiet = {
        "content/quiet.md": sop("quiet", search="{exclude: true}"),
        "content/loud.md": sop("loud", search="{boost: 2}"),
    }
    site = build(make_handbook(tmp_path, {**BASE, **quiet}))
    index = site.searched()
    assert not [entry for entry in index if entry["location"].startswith("quiet/")]
    assert [entry["boost"] for entry in index if entry["location"] == "loud/"] == [2]
    assert "Quiet" in site.links("handbook/")


def test_another_theme_shows_the_same(tmp_path: Path) -> None:
    site = build(
        make_handbook(tmp_path, {**BASE, "content/i.md": sop("i", icon="material/cash")}, config={"theme": "mkdocs"})
    )
    for url, words in (
        ("finance/expense-claims/", "Tom Lindqvist, head of finance, 3 March 2026: "),
        ("handbook/", "Every procedure stands under the plan that it is for"),
        ("company/plan/", "nobody has to ask twice"),
    ):
        assert words in words_of(site.html(url))
    assert site.dead_links() == []


def test_a_kind_of_ones_own_is_a_page_with_its_relations(tmp_path: Path) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "tool.schema.json",
        "title": "Tool",
        "description": "A tool that we use.",
        "x-kind": {"name": "tool", "noun": "tool", "plural": "tools", "signed": True},
        "allOf": [{"$ref": "common.schema.json#/$defs/document"}],
        "properties": {
            "used_in": {
                "type": "array",
                "items": {
                    "$ref": "common.schema.json#/$defs/reference",
                    "x-ref": {"kinds": ["sop"], "relation": "is used in", "inverse": "needs the tool"},
                },
            },
            "template": {"type": "string"},
            "status": {"type": "string"},
            "ignore_macros": {"type": "boolean"},
        },
        "unevaluatedProperties": False,
    }
    tool = """
        ---
        kind: tool
        id: scanner
        title: Scanner
        description: It scans.
        visibility: public
        owner: aro
        used_in: [expense-claims]
        template: nope.html
        status: "lent to somebody"
        ignore_macros: true
        rapid: MOK(D)
        sign_offs: [{role: D, by: mok, date: 2026-03-03}]
        ---
        It stands by the door.
    """
    make_handbook(
        tmp_path,
        {
            **BASE,
            "schemas/tool.schema.json": json.dumps(schema),
            "content/tools/scanner.md": tool,
            "content/a.md": "[[tool:scanner]]\n",
        },
        config={"plugins": ["search", "macros", {"handrail": OPTIONS}]},
    )
    site = build(tmp_path)
    says = site.says("tools/scanner/")
    assert "Is used in Expense claims" in says
    assert "Owner Ada Roth, bookkeeper" in says
    assert "Signed by Mara Okafor on 3 March 2026" in says
    assert "It stands by the door." in says
    assert site.links("a/")["Scanner"] == "tools/scanner/"


def test_two_handbooks_in_one_process_know_nothing_of_each_other(tmp_path: Path) -> None:
    macros = {"plugins": ["search", "macros", {"handrail": {**OPTIONS, "macros": ["list.md"]}}]}
    first = make_handbook(tmp_path / "one", {**BASE, "content/list.md": "{{ hb_sops() }}\n"}, config=macros)
    second = make_handbook(
        tmp_path / "two",
        {**BASE, "content/list.md": "{{ hb_sops() }}\n", "content/b.md": sop("of-the-second")},
        config=macros,
    )
    one, two, again = build(first), build(second), build(first)
    assert "Of the second" in two.says("list/")
    assert one.root == again.root
    assert "Of the second" not in again.says("list/")
    third = make_handbook(tmp_path / "three", {"content/index.md": "# Plain\n"}, config={"plugins": ["macros"]})
    assert build(third).pages() == ["404.html", "index.html"]


def test_a_file_of_the_sites_own_goes_before_ours(tmp_path: Path) -> None:
    files = {**BASE, "content/assets/handrail.css": "/* theirs */\n"}
    site = build(make_handbook(tmp_path, files, settings={"assets": ["assets/handrail.css"]}))
    assert (site.root / "assets" / "handrail.css").read_text("utf-8") == "/* theirs */\n"
    assert site.html("").count("handrail.css") == 1


def test_the_styles_of_our_pages_come_with_them(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE, config={"theme": {"name": "material", "font": False}}))
    assert ".hr-" in (site.root / "assets" / "handrail.css").read_text("utf-8")
    assert '<link rel="stylesheet" href="../../assets/handrail.css">' in site.html("finance/expense-claims/")


def test_a_handbook_of_nothing_but_a_home_page(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, {"content/index.md": ""}))
    assert isinstance(site, Site)
    assert "Every active procedure is tied to a plan." in site.says("handbook/orphans/")


def test_a_handbook_with_no_home_page(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, {path: text for path, text in BASE.items() if path != "content/index.md"}))
    assert site.links("handbook/")["Expense claims"] == "finance/expense-claims/"
