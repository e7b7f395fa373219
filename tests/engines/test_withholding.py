"""What the audience may not see is in no page, list, link, navigation, search entry or file of the site."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, configured
from tests.support.handbooks import make_handbook

HIDDEN_WORD = "zephyrine"
"""Stands in the path, id, title, fields and text of all that is withheld, and nowhere else."""

WITHHELD = {
    "content/finance/zephyrine-bands.md": """
        ---
        kind: sop
        id: zephyrine-bands
        title: Zephyrine bands
        description: What Zephyrine is paid.
        visibility: internal
        state: active
        vpmom: company
        serves: [Trust]
        trigger: Someone asks for Zephyrine's band
        rapid: MOK(D)
        ---
        Zephyrine earns a lot. See [[sop:expense-claims]].
    """,
    "content/finance/zephyrine-owed.md": """
        ---
        kind: sop
        id: zephyrine-owed
        title: What is owed to Zephyrine
        visibility: confidential
        state: stub
        vpmom: company
        ---
    """,
    "content/zephyrine/index.md": """
        ---
        kind: department
        id: zephyrine
        title: Zephyrine laboratory
        description: What Zephyrine does.
        visibility: internal
        lead: aro
        contact: "#zephyrine"
        parent: company
        ---
    """,
    "content/zephyrine/plan.md": """
        ---
        kind: vpmom
        id: zephyrine-line
        period: FY27
        title: Zephyrine plan
        visibility: internal
        state: active
        parent: company
        vision: Zephyrine is everywhere.
        priorities: ["Zephyrine: more of it"]
        methods: ["Zephyrine again: it is done"]
        rapid: MOK(D)
        ---
    """,
    "content/zephyrine/below.md": """
        ---
        kind: vpmom
        id: zephyrine-below
        period: FY27
        title: Zephyrine's plan for another department
        visibility: internal
        state: tba
        department: finance
        ---
    """,
    "content/zephyrine/notes.md": "# Zephyrine notes\n\nProse of a folder that is internal.\n",
    "content/loose/zephyrine.md": "---\nkind: page\nid: z\ntitle: Zephyrine\nvisibility: internal\n---\nZephyrine.\n",
    "content/strategy/zephyrine.md": """
        ---
        kind: metric
        id: zephyrine-count
        title: Count of Zephyrine
        visibility: internal
        unit: pieces
        direction: up
        frequency: monthly
        ---
    """,
    "content/strategy/zephyrine-idea.md": """
        ---
        kind: improvement
        id: zephyrine-idea
        title: An idea about Zephyrine
        visibility: confidential
        about: sop:expense-claims
        state: idea
        ---
    """,
}
NAMING: dict[str, str | bytes] = {
    "content/links.md": """
        # Links

        [[sop:zephyrine-bands]] and [[sop:zephyrine-bands|the pay bands]] and [the same](finance/zephyrine-bands.md)
        and [its heading](finance/zephyrine-bands.md#how "Title of Zephyrine") and [angled](<finance/zephyrine-bands.md>).

        [By reference][bands], [by label][], [bands] and ![a picture](finance/zephyrine-bands.md).

        [![picture](dot.png)](finance/zephyrine-bands.md) and [![linked](finance/zephyrine-bands.md)](people.md)

        <a href="../finance/zephyrine-bands/">in HTML</a> and <a class="x" href='finance/zephyrine-bands.md'>by file</a>.

        [a note](zephyrine/notes.md), [[department:zephyrine|a laboratory]], [[vpmom:zephyrine-line|a line]].

        [bands]: finance/zephyrine-bands.md "Zephyrine's"
        [by label]: <zephyrine/notes.md>

        [an open one](finance/expense-claims.md)
    """,
    "content/strategy/zephyrine-meeting.md": """
        ---
        kind: cadence
        id: zephyrine-meeting
        title: Zephyrine meeting
        visibility: internal
        frequency: monthly
        participants: [mok]
        reviews: [objective:fewer-calls]
        ---
    """,
    "content/finance/zephyrine-new-way.md": sop("zephyrine-new-way", visibility="internal", replaces="old-way"),
    "content/dot.png": b"\x89PNG\r\n\x1a\n",
    "content/loose/old-way.md": sop("old-way", state="retired", sign_offs="", rapid=""),
    "content/lab/tied.md": sop("tied", vpmom="zephyrine-line", serves="", contact="", department="zephyrine", rapid=""),
    "content/strategy/fewer-calls.md": """
        ---
        kind: objective
        id: fewer-calls
        title: Fewer calls
        description: Half as many.
        visibility: public
        state: open
        opened: 2026-08-01
        due: 2027-01-31
        vpmom: zephyrine-line
        sops: [zephyrine-bands, expense-claims]
        measures: [{text: Calls, metric: zephyrine-count}]
        ---
    """,
    "content/strategy/weekly.md": """
        ---
        kind: cadence
        id: weekly
        title: Weekly look
        description: We look.
        visibility: public
        frequency: weekly
        participants: [mok]
        reviews: [objective:fewer-calls, metric:zephyrine-count]
        ---
    """,
    "content/strategy/vision.md": """
        ---
        kind: vision
        id: lab-vision
        title: Where the laboratory goes
        description: Far.
        visibility: public
        statement: Far.
        scope: zephyrine
        horizon: {from: 2026-01-01, to: 2030-12-31}
        ---
    """,
    "content/zephyr/index.md": """
        ---
        kind: department
        id: below
        title: Below
        description: A department in one that is withheld.
        visibility: public
        lead: mok
        contact: "#below"
        parent: zephyrine
        ---
    """,
}
SETTINGS = {"visibility": {".": "public", "zephyrine": "internal"}}
OPTIONS = {**SETTINGS, "today": "2026-11-15", "fiscal_year_end": "01-31"}
CONFIG = {
    "site_url": "https://handbook.example/",
    "repo_url": "https://github.com/example/handbook",
    "edit_uri": "edit/main/content/",
    "plugins": ["search", "tags", "macros"],
}


def draw(folder: Path, audience: str = "public") -> Path:
    return make_handbook(
        folder,
        {**BASE, **WITHHELD, **NAMING},
        config={
            **CONFIG,
            "plugins": [*CONFIG["plugins"], {"handrail": {**OPTIONS, "audience": audience}}],
        },
    )


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build(draw(tmp_path_factory.mktemp("public")))


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build(draw(tmp_path_factory.mktemp("internal"), "internal"))


def test_nothing_in_a_public_site_names_what_is_withheld(public: Site) -> None:
    assert public.naming(HIDDEN_WORD) == []


def test_a_public_site_has_the_rest(public: Site) -> None:
    assert public.dead_links() == []
    for url in ("links/", "lab/tied/", "strategy/fewer-calls/", "strategy/weekly/", "zephyr/", "people/"):
        assert public.has(url), url


def test_links_to_what_is_withheld_are_plain_words(public: Site) -> None:
    says = public.says("links/")
    assert "an internal page and the pay bands and the same and its heading and angled." in says
    assert "By reference, by label, bands and a picture." in says
    assert "in HTML and by file." in says
    assert "a note, a laboratory, a line." in says
    assert set(public.links("links/").values()) == {"finance/expense-claims/", "people/", "links/"}


def test_a_procedure_of_a_withheld_plan_is_not_lost_from_the_table_of_contents(public: Site) -> None:
    assert public.links("handbook/")["Tied"] == "lab/tied/"


def test_an_internal_site_has_what_is_internal_and_nothing_confidential(internal: Site) -> None:
    assert internal.has("finance/zephyrine-bands/")
    assert internal.has("zephyrine/notes/")
    assert internal.links("handbook/")["Zephyrine plan"] == "zephyrine/plan/"
    assert internal.links("links/")["Zephyrine bands"] == "finance/zephyrine-bands/"
    assert internal.naming("owed to Zephyrine") == internal.naming("idea about Zephyrine") == []


@pytest.mark.parametrize(
    "nav",
    [
        ["index.md", {"Zephyrine": "loose/zephyrine.md"}, {"Claims": "finance/expense-claims.md"}],
        [
            "index.md",
            "./loose/zephyrine.md",
            {"Zephyrine pages": ["zephyrine/index.md", {"Zephyrine": [{"Z": "zephyrine/notes.md"}]}]},
        ],
        [
            "index.md",
            {"Zephyrine": "/loose/zephyrine.md"},
            {"Zephyrine 2": "loose/zephyrine/"},
            {"Zephyrine 3": "loose/Zephyrine.md#more"},
            {"Zephyrine 4": "loose/zephyrine.html?a"},
        ],
        [{"Home": "index.md"}, {"Mixed": ["finance/index.md", {"Zephyrine": "finance/zephyrine-bands.md"}]}],
    ],
)
def test_a_navigation_that_names_what_is_withheld(
    tmp_path: Path, nav: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    make_handbook(
        tmp_path,
        {**BASE, **WITHHELD},
        settings=SETTINGS,
        config={"nav": nav, "validation": {"omitted_files": "info", "not_found": "warn"}},
    )
    site = build(tmp_path)
    assert site.naming(HIDDEN_WORD) == []
    assert HIDDEN_WORD not in caplog.text.casefold()
    assert site.dead_links() == []


def test_a_withheld_page_that_no_navigation_names_is_not_reported_as_left_out(tmp_path: Path) -> None:
    nav = [
        "index.md",
        "people.md",
        {"All": ["company/index.md", "company/plan.md", "finance/index.md", "finance/expense-claims.md"]},
    ]
    make_handbook(
        tmp_path, {**BASE, **WITHHELD}, settings=SETTINGS, config={"nav": nav, "validation": {"omitted_files": "warn"}}
    )
    assert build(tmp_path).naming(HIDDEN_WORD) == []


def test_a_navigation_made_by_a_plugin_that_names_what_is_withheld(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_handbook(
        tmp_path,
        {
            **BASE,
            **WITHHELD,
            "content/.nav.yml": """
                nav:
                  - index.md
                  - Zephyrine: loose/zephyrine.md
                  - loose/zephyrine.md
                  - Zephyrine's: zephyrine
                  - "strategy/zephyrine*"
                  - Money: finance
                  - people.md
            """,
            "content/finance/.nav.yml": "nav: [index.md, zephyrine-bands.md, expense-claims.md]\n",
        },
        config={"plugins": ["search", "awesome-nav", {"handrail": OPTIONS}]},
    )
    site = build(tmp_path)
    assert site.naming(HIDDEN_WORD) == []
    assert HIDDEN_WORD not in caplog.text.casefold()
    assert ("Money", "finance/") not in site.nav()  # sections have no page of their own here
    assert ("Expense claims", "finance/expense-claims/") in site.nav()


def test_a_navigation_made_by_a_plugin_takes_no_title_from_what_is_withheld(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/.nav.yml": "use_index_title: true\nsort: {by: title}\n",
        "content/zephyrine/index.md": "# Zephyrine\n",
        "content/mixed/index.md": sop("index", title="Zephyrine and more", visibility="internal"),
        "content/mixed/open.md": sop("open"),
    }
    make_handbook(tmp_path, files, config={"plugins": ["awesome-nav", {"handrail": OPTIONS}]})
    site = build(tmp_path)
    assert site.naming(HIDDEN_WORD) == []
    assert ("Open", "mixed/open/") in site.nav()


def test_a_link_that_begins_a_page_suggests_nothing_that_is_withheld(public: Site) -> None:
    assert "filename=new-procedure.md" in public.links("finance/")["New procedure"]


def test_a_page_that_becomes_internal_leaves_a_dirty_build(tmp_path: Path) -> None:
    make_handbook(tmp_path, {**BASE, "content/zephyrine.md": sop("zephyrine")})
    site = build(tmp_path)
    assert site.has("zephyrine/")
    make_handbook(tmp_path, {"content/zephyrine.md": sop("zephyrine", visibility="internal")})
    build(tmp_path, dirty=True, strict=False)
    assert not (site.root / "zephyrine").exists()


def test_a_page_behind_a_symbolic_link_is_not_published(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path / "project", BASE, settings={"severity": {"HB801": "warning"}})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "zephyrine.md").write_text("# Zephyrine\n", "utf-8")
    (outside / "zephyrine.txt").write_text("Zephyrine\n", "utf-8")
    (folder / "content" / "linked").symlink_to(outside, target_is_directory=True)
    (folder / "content" / "one.md").symlink_to(outside / "zephyrine.md")
    site = build(folder)
    assert site.naming(HIDDEN_WORD) == []
    assert not site.has("one/")
    assert not (site.root / "linked").exists()


def test_what_cannot_be_judged_is_withheld(tmp_path: Path) -> None:
    settings = {"severity": dict.fromkeys(("HB001", "HB101", "HB102", "HB103", "HB104", "HB803"), "warning")}
    make_handbook(
        tmp_path,
        {
            **BASE,
            "content/a.md": "---\nkind: page\nid: [\ntitle: Zephyrine\nvisibility: public\n---\nZephyrine\n",
            "content/b.md": "---\nkind: page\nid: b\ntitle: Zephyrine\n---\nZephyrine\n",
            "content/c.md": "---\nkind: page\nid: c\ntitle: Zephyrine\nvisibility: Public\n---\nZephyrine\n",
            "content/d.md": "---\nkind: zephyrine\nid: d\ntitle: Zephyrine\nvisibility: public\n---\nZephyrine\n",
            "content/e.md": "---\nvisibility: public\n---\n# Zephyrine\n",
            "content/f.md": "---\nvisiblity: internal\n---\n# Zephyrine\n",
            "content/g.md": sop("zephyrine", state="[]"),
        },
        settings=settings,
    )
    assert build(tmp_path).naming(HIDDEN_WORD) == []


def test_files_of_what_is_withheld_are_not_copied(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/zephyrine/table.csv": "zephyrine,1\n",
        "content/finance/zephyrine.md": sop("zephyrine", "![map](zephyrine.svg)", visibility="internal"),
        "content/finance/zephyrine.svg": "<svg>zephyrine</svg>",
        "content/finance/zephyrine.md~": "Zephyrine\n",
        "content/finance/zephyrine.txt": "Zephyrine\n",
        "content/.zephyrine/table.csv": "zephyrine,1\n",
        "content/note.md": "# A note\n\n[a table](zephyrine/table.csv), [there](/finance/zephyrine/).\n",
    }
    site = build(make_handbook(tmp_path, files, settings=SETTINGS), strict=False)
    assert site.naming(HIDDEN_WORD) == []
    assert "a table, there." in site.says("note/")


def test_a_dirty_build_leaves_nothing_on_other_pages_of_one_that_became_internal(tmp_path: Path) -> None:
    naming = sop("naming", "See [[sop:zephyrine]].")
    make_handbook(tmp_path, {**BASE, "content/zephyrine.md": sop("zephyrine"), "content/naming.md": naming})
    assert build(tmp_path).naming(HIDDEN_WORD)
    make_handbook(tmp_path, {"content/zephyrine.md": sop("zephyrine", visibility="internal")})
    assert build(tmp_path, dirty=True, strict=False).naming(HIDDEN_WORD) == []


def test_a_dirty_build_keeps_no_page_that_went_away_under_another_name(tmp_path: Path) -> None:
    files = {**BASE, "content/zephyrine.md": sop("zephyrine"), "content/.well-known/zephyrine.txt": "Zephyrine\n"}
    site = build(make_handbook(tmp_path, files))
    assert site.has("zephyrine/")
    (tmp_path / "content" / "zephyrine.md").rename(tmp_path / "content" / "other.md")
    make_handbook(tmp_path, {"content/other.md": sop("zephyrine", visibility="internal")})
    assert build(tmp_path, dirty=True, strict=False).naming(HIDDEN_WORD) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_handrail_has_not_read_is_not_published(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, BASE)
    os.mkfifo(folder / "content" / "zephyrine.md")
    os.mkfifo(folder / "content" / "zephyrine.txt")
    site = build(folder)
    assert site.naming(HIDDEN_WORD) == []
    assert site.has("finance/expense-claims/")


def test_what_is_put_there_while_a_site_is_built_is_not_published(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {**BASE, "content/hid.md": sop("hid", "Zephyrine", visibility="internal")})
    config = configured(folder)

    def put(*, config: MkDocsConfig) -> None:
        for name in ("zephyrine.md", "zephyrine.txt", "zephyrine.png"):
            (folder / "content" / name).write_text("Zephyrine", "utf-8")
        # What another plugin writes is the site's own affair, but not of what is withheld.
        for name in ("hid.md", "copy.md"):
            shutil.copy(folder / "content/hid.md", Path(config.docs_dir) / name)

    config.plugins.events["pre_build"].append(put)
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    assert (Path(config.docs_dir) / "hid.md").exists()
    assert Site(folder / "site").naming(HIDDEN_WORD) == []


def test_a_theme_of_one_s_own_may_not_lie_among_the_pages(tmp_path: Path) -> None:
    theme = {"name": "material", "custom_dir": "content/hr"}
    make_handbook(tmp_path, {**BASE, "content/hr/salaries.csv": "a,b\n"}, config={"theme": theme})
    with pytest.raises(Abort) as stopped:
        build(tmp_path)
    assert str(stopped.value.__context__).startswith(
        "mkdocs.yml: the theme's `custom_dir` lies in the folder of the pages"
    )


def test_a_folder_that_may_not_be_opened_ends_the_build_with_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_handbook(tmp_path, BASE)

    def refuse(folder: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("handrail.model.loading.list_files", refuse)
    with pytest.raises(Abort) as stopped:
        build(tmp_path)
    assert str(stopped.value.__context__) == f"{tmp_path / 'content'} can't be used: Permission denied."


def test_a_build_after_a_preview_in_one_process_withholds(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {**BASE, "content/zephyrine.md": sop("zephyrine", visibility="internal")})
    build(folder, command="serve")
    mkdocs_build(configured(folder))
    assert Site(folder / "site").naming(HIDDEN_WORD) == []
