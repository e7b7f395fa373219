"""What stands on each page beside its own text, whatever MkDocs, the theme and macros would have made of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, configured, read_html, words_of
from tests.support.handbooks import SETTINGS, make_handbook

EVIL = "Evil <x-evil onclick=x> &amp; 'so' \\\"on\\\""
EVIL_WORDS = "Evil <x-evil onclick=x> &amp; 'so' \"on\""
PAGES = {
    **BASE,
    "content/strategy/mission.md": """
        ---
        kind: mission
        id: mission
        title: Our mission
        description: Why.
        visibility: public
        statement: Nobody waits.
        rapid: MOK(D)
        sign_offs: [{role: D, by: mok, date: 2026-01-15}]
        ---
    """,
    "content/strategy/vision.md": """
        ---
        kind: vision
        id: vision
        title: Our vision
        description: Where to.
        visibility: public
        statement: Everyone reads.
        scope: finance
        horizon: {from: 2026-02-01, to: 2031-01-31}
        ---
    """,
    "content/strategy/objective.md": """
        ---
        kind: objective
        id: half-the-calls
        title: Half the calls
        description: Half.
        visibility: public
        owner: aro
        state: open
        opened: 2026-08-01
        due: 2027-01-31
        vpmom: company
        sops: [expense-claims]
        measures: [{text: Calls a day, metric: calls, target: 5}]
        updates:
          - {date: 2026-09-01, progress: 10, note: Begun.}
          - {date: 2026-11-01, progress: 40, note: Half of the texts are there.}
        ---
    """,
    "content/strategy/calls.md": """
        ---
        kind: metric
        id: calls
        title: Calls a day
        description: How often the telephone rings.
        visibility: public
        unit: calls
        direction: down
        indicator: leading
        frequency: daily
        target: 5
        ---
    """,
    "content/strategy/monday.md": """
        ---
        kind: cadence
        id: monday
        title: Monday meeting
        description: We look at the week.
        visibility: public
        frequency: weekly
        participants: [mok, books]
        reviews: [calls, objective:half-the-calls]
        decisions:
          - {date: 2026-11-02, text: Write it down, owner: tli, due: 2026-11-09}
        ---
    """,
    "content/strategy/shorter-form.md": """
        ---
        kind: improvement
        id: shorter-form
        title: A shorter form
        description: Five fields fewer.
        visibility: public
        about: sop:expense-claims
        state: doing
        ---
    """,
    "content/finance/wrong-somewhere.md": sop(
        "wrong-somewhere", needs_update="The form has moved.", sign_offs="[{role: D, by: mok, date: 2025-01-15}]"
    ),
    "content/finance/alone.md": sop("alone", vpmom="", serves=""),
    "content/finance/begun.md": sop("begun", state="draft", contact='"#x"'),
    "content/finance/known.md": sop("known", "", state="stub", department="finance"),
    "content/finance/gone.md": sop("gone", state="retired"),
    "content/finance/instead.md": sop("instead", replaces="gone"),
    "content/headed.md": "---\nkind: page\nid: headed\nvisibility: public\ndescription: Headed.\n---\n# Headed by its text\n\nWords.\n",
    "content/both.md": "---\nkind: page\nid: both\ntitle: Both\nvisibility: public\ndescription: B.\n---\n# Both\n\nMore words.\n",
    "content/links.md": """
        # Links

        [[sop:expense-claims]] and [[sop:expense-claims|my money]], [[vpmom:company]] and [[vpmom:company@FY27|this plan]],
        `[[sop:expense-claims]]` in code, [[sop:nowhere]] and [[wiki]].

        | A | B |
        |---|---|
        | [[department:finance]] | [to a part](company/plan.md#priorities), [of a list](handbook/index.md#finance) |

        [the sign](evil.md) and [[page:evil]]
    """,
    "content/company/more.md": """
        ---
        kind: vpmom
        id: company
        period: FY28
        title: Company plan FY28
        description: Next.
        visibility: public
        state: draft
        department: company
        vision: More of it.
        ---
        ## Priorities

        A heading that the view has too.

        ## Commentary

        And this one.
    """,
    "content/evil.md": f"""
        ---
        kind: page
        id: evil
        title: "{EVIL}"
        description: "{EVIL}"
        visibility: public
        asked_as: ["plain"]
        needs_update: "{EVIL}"
        tags: ["a <x-evil> tag"]
        owner: "{EVIL}"
        ---
        Text.
    """,
    "content/evil-sop.md": sop(
        "evil-sop",
        title=f'"{EVIL}"',
        trigger=f'"{EVIL}"',
        serves=f'["{EVIL}"]',
        needs_update=f'"{EVIL}"',
        department="evil",
        process=f'{{states: [{{name: "{EVIL}", final: true}}]}}',
    ),
    "content/ill/index.md": f"""
        ---
        kind: department
        id: evil
        title: "{EVIL}"
        description: D.
        visibility: public
        lead: mok
        contact: "#evil"
        ---
    """,
    "content/ill/plan.md": f"""
        ---
        kind: vpmom
        id: evil
        period: FY27
        title: "Plan of {EVIL}"
        description: "{EVIL}"
        visibility: public
        state: active
        parent: company
        vision: "{EVIL}"
        priorities: ["{EVIL}", {{label: "{EVIL}", text: "{EVIL}", team: "{EVIL}", target: "{EVIL}"}}]
        methods: ["({EVIL}) {EVIL}"]
        obstacles: ["{EVIL}: {EVIL}"]
        measures: [{{text: "{EVIL}", result: "{EVIL}"}}]
        ---
    """,
    "content/prose.md": f"""
        ---
        title: "{EVIL}"
        author: somebody
        status: handrail-late
        tags: ["a <x-evil> tag"]
        state: draft
        ---
        Prose.
    """,
    "content/colon.md": "Note: this is prose, and MkDocs would take its first line away.\n\nMore.\n",
    "content/yaml.md": "---\nkind: page\nid: yaml\ntitle: 'On: yes'\nvisibility: public\ndescription: \"12:30\"\ntags: [no, on, '010']\n---\n---\n\nfoo: bar\n\n---\n\nAfter the rule.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("pages")
    make_handbook(
        folder,
        PAGES,
        settings={"governed": ["strategy"]},
        config={
            "plugins": [
                "search",
                "tags",
                "macros",
                {"handrail": {"today": "2026-11-15", "fiscal_year_end": "01-31", "visibility": {".": "public"}}},
            ],
            "validation": {"links": {"anchors": "warn"}},
        },
    )
    return build(folder)


def test_a_procedure_begins_with_one_line_in_names_and_jobs(site: Site) -> None:
    says = site.says("finance/expense-claims/")
    assert says.startswith("Expense claims Signed by Tom Lindqvist · good until 3 March 2027")
    assert "You paid for something for work. Questions: #ask-finance" in says
    assert "For the plan Company plan FY27: Trust" in says
    assert "Also asked as get my money back, refund" in says
    assert site.links("finance/expense-claims/")["Company plan FY27"] == "company/plan/"


def test_a_procedure_says_who_has_which_role_and_what_the_role_is(site: Site) -> None:
    article = site.article("finance/expense-claims/")
    about = article[article.index('<section class="hr-about"') :]
    assert '<a href="../../people/#tli">Tom Lindqvist</a>, head of finance' in about
    assert "Bookkeeping" in about
    explained = [tag for tag, found in read_html(about).tags if tag == "abbr" and found.get("title")]
    assert len(explained) == 4
    assert "<details open" not in article


def test_a_procedure_says_what_is_wrong_with_it(site: Site) -> None:
    says = site.says("finance/wrong-somewhere/")
    assert "Needs an update. The form has moved." in says
    assert "Sign-off ran out on 15 January 2026. It still holds. If in doubt, ask Mara Okafor." in says
    assert "For the plan None: nobody has said what it is for." in site.says("finance/alone/")
    assert "A draft." in site.says("finance/begun/")
    assert "Not written yet." in site.says("finance/known/")
    assert "Until then, ask in #ask-finance." in site.says("finance/known/")


def test_a_retired_procedure_says_what_to_use(site: Site) -> None:
    assert "Retired. Use Instead instead." in site.says("finance/gone/")
    assert site.links("finance/gone/")["Instead"] == "finance/instead/"


def test_a_plan_has_its_head_and_its_five_sections(site: Site) -> None:
    says = site.says("company/plan/")
    for words in (
        "Vetted",
        "Vetted by Mara Okafor on 4 February 2026 · until 31 January 2027",
        "FY27: 1 February 2026 to 31 January 2027 · Mara Okafor decides",
        "Agrees Tom Lindqvist, head of finance",
        "Previous versions the version of 10 February 2025",
        "Internal version (staff)",
        "Vision Every customer can do without calling us.",
        "Trust: nobody has to ask twice",
        "Methods Written work: what is done twice is written down",
        "Obstacles Most knowledge is in three heads",
        "Measures Calls a day Target: 3",
        "Commentary We talked about this for a week.",
        "Expense claims",
        "Objectives Half the calls",
    ):
        assert words in says, words
    assert "<ol" in site.article("company/plan/")
    links = site.links("company/plan/")
    assert links["Internal version (staff)"] == "https://wiki.example/company-plan"
    assert links["the version of 10 February 2025"] == "https://wiki.example/plan-2025"
    assert "Previous versions Company plan FY27" in site.says("company/more/") or "FY27" in site.links("company/more/")


def test_headings_of_the_view_and_of_the_text_never_share_an_anchor(site: Site) -> None:
    for page in site.pages():
        url = page.removesuffix("index.html")
        if url in site.redirects():
            continue
        ids = read_html(site.html(url)).ids
        assert len(ids) == len(set(ids)), page
        assert {anchor for _, anchor in site.contents(url) if not anchor.startswith("__")} <= set(ids), page
    contents = dict(site.contents("company/plan/"))
    titles = ["Vision", "Priorities", "Methods", "Obstacles", "Measures", "Commentary", "Procedures", "Objectives"]
    assert [title for title in contents if title in titles] == titles
    assert {"Priorities", "Commentary"} <= set(dict(site.contents("company/more/")))


def test_a_department_has_its_key_information_plan_and_procedures(site: Site) -> None:
    says = site.says("company/")
    assert "Lead Mara Okafor, chief executive" in says
    assert "Questions #ask-mara" in says
    assert "Plan Company plan FY27 Vetted" in says
    assert "Expense claims" in says
    finance = site.says("finance/")
    assert "No plan yet. Tom Lindqvist, head of finance, leads the department." in finance
    assert site.links("finance/")["Company"] == "company/"
    assert "Procedures for other plans" in finance
    assert "Procedures with no plan Alone" in finance


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("strategy/mission/", ["Nobody waits.", "Signed by Mara Okafor on 15 January 2026"]),
        ("strategy/vision/", ["Everyone reads.", "1 February 2026 to 31 January 2031", "Finance & Books"]),
        (
            "strategy/objective/",
            [
                "Open",
                "1 August 2026 to 31 January 2027",
                "Ada Roth, bookkeeper",
                "40 %",
                "Half of the texts are there.",
            ],
        ),
        ("strategy/calls/", ["Lower is better", "Leading", "Half the calls"]),
        (
            "strategy/monday/",
            ["Weekly", "Mara Okafor, chief executive; Bookkeeping", "Calls a day", "overdue since 9 November 2026"],
        ),
        ("strategy/shorter-form/", ["Being done", "Improves Expense claims"]),
        (
            "people/",
            [
                "Mara Okafor Chief executive. Reach them at",
                "Bookkeeping Tom Lindqvist and Ada Roth. Agrees when one",
            ],
        ),
    ],
)
def test_every_kind_is_shown_as_what_it_is(url: str, words: list[str], site: Site) -> None:
    says = site.says(url)
    for expected in words:
        assert expected in says, expected


def test_bodies_link_to_documents_by_what_they_are(site: Site) -> None:
    links = site.links("links/")
    assert links["Expense claims"] == links["my money"] == "finance/expense-claims/"
    assert links["Company plan FY27"] == links["this plan"] == "company/plan/"
    assert links["Finance & Books"] == "finance/"
    assert links["to a part"] == "company/plan/#priorities"
    assert links[EVIL_WORDS] == "evil/" or links[EVIL_WORDS] == "evil"
    says = site.says("links/")
    assert "[[sop:expense-claims]] in code" in says
    assert "[[sop:nowhere]] and [[wiki]]" in says


def test_nothing_that_an_author_types_in_a_field_becomes_markup(site: Site) -> None:
    for name, text in {path: (site.root / path).read_text("utf-8") for path in site.pages()}.items():
        assert not [tag for tag, _ in read_html(text).tags if tag == "x-evil"], name
    for url in ("evil-sop/", "ill/plan/"):
        says = site.says(url)
        assert says.count("<x-evil onclick=x> &amp;") >= 3, url


def test_what_the_search_shows_is_no_markup(site: Site) -> None:
    index = site.searched()
    assert any("x-evil" in entry["title"] for entry in index)
    for entry in index:
        for value in (entry["title"], entry["text"], *entry.get("tags", ())):
            assert "<x-evil" not in value, entry["location"]


def test_titles_are_escaped_once(site: Site) -> None:
    html = site.html("finance/")
    assert "<title>Finance &amp; Books - A handbook</title>" in html
    assert "Finance &amp;amp; Books" not in html
    assert ("Finance & Books", "finance/") in site.nav()


def test_titles_are_escaped_once_in_links_to_the_next_page_too(tmp_path: Path) -> None:
    theme = {"name": "material", "features": ["navigation.footer"]}
    site = build(make_handbook(tmp_path, BASE, config={"theme": theme}))
    pages = [site.html(path) for path in site.pages()]
    assert any("Next: Finance &amp; Books" in page for page in pages)
    assert not any("&amp;amp;" in page for page in pages)


@pytest.mark.parametrize("plugins", [[], ["meta"]], ids=["alone", "beside a plugin that adds its own"])
def test_descriptions_are_escaped_once(plugins: list[str], tmp_path: Path) -> None:
    said = 'Tom & Jerry don\'t "know" 1 < 2.'
    pages = {
        "content/made.md": f"# Made\n\n{said}\n",
        "content/said.md": f"---\ndescription: Said, {said}\n---\n# Said\n",
    }
    options = {"plugins": ["search", *plugins, {"handrail": dict(SETTINGS)}]}
    site = build(make_handbook(tmp_path, {**BASE, **pages}, config=options))
    for page, words in (("made/", said), ("said/", f"Said, {said}")):
        described = [found for tag, found in read_html(site.html(page)).tags if found.get("name") == "description"]
        assert [found["content"] for found in described] == [words], page
    assert not [page for page in site.pages() if "&amp;amp;" in site.html(page) or "&amp;quot;" in site.html(page)]


def test_the_name_of_a_file_or_folder_is_no_markup(tmp_path: Path) -> None:
    files = {"content/<x-evil onclick=x>/<x-evil>.md": "No heading.\n", 'content/"onclick="x/a.md': "# A\n"}
    site = build(make_handbook(tmp_path, {**BASE, **files}))
    for name in site.pages():
        tags = read_html((site.root / name).read_text("utf-8")).tags
        assert not [tag for tag, found in tags if tag == "x-evil" or "onclick" in found], name
    assert "<\u2060x-evil>" in [words for words, _ in site.nav()]


@pytest.mark.parametrize("url", ["headed/", "both/", "finance/expense-claims/", "company/plan/", "evil/"])
def test_every_page_has_one_heading_of_the_first_level(url: str, site: Site) -> None:
    assert [tag for tag, _ in read_html(site.html(url)).tags].count("h1") == 1


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_a_theme_that_shows_no_title_of_its_own_gets_ours(theme: str, tmp_path: Path) -> None:
    site = build(
        make_handbook(tmp_path, {**BASE, "content/q.md": sop("q", title="R & D <i>")}, config={"theme": theme})
    )
    for url, title in (("q/", "R & D <i>"), ("handbook/", "All procedures"), ("handbook/find/", "Find a procedure")):
        heading = re.findall("<h1.*?</h1>", site.html(url), re.DOTALL)
        assert [words_of(one) for one in heading] == [title]


def test_a_title_may_stand_in_the_text(site: Site) -> None:
    assert "<title>Headed by its text - A handbook</title>" in site.html("headed/")
    assert site.says("headed/").startswith("Headed by its text")


def test_the_text_of_a_page_is_what_our_reader_read(site: Site) -> None:
    assert "Note: this is prose, and MkDocs would take its first line away." in site.says("colon/")
    says = site.says("yaml/")
    assert says.startswith("010 no on On: yes")
    assert "foo: bar" in says
    assert "After the rule." in says
    assert '<meta name="description" content="12:30">' in site.html("yaml/")


def test_the_state_of_a_page_is_marked_in_the_navigation(site: Site) -> None:
    html = site.html("finance/expense-claims/")
    for state, said in (("unwritten", "not in force yet"), ("late", "run out"), ("retired", "retired")):
        assert f'data-state="{state}" title="{said}"' in html[: html.index("<article")], state
    prose = next(part for part in html.split("<li") if "prose/" in part)
    assert "hr-standing" not in prose


def test_no_link_leads_nowhere(site: Site) -> None:
    assert site.dead_links() == []


def test_an_icon_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    make_handbook(
        tmp_path,
        {
            **BASE,
            "content/a.md": "---\nicon: material/no-such-icon\ntitle: A\n---\n",
            "content/b.md": sop("b", icon="material/no-such-icon-either"),
            "content/c.md": "---\nicon: material/cash\ntitle: C\n---\n",
        },
    )
    site = build(tmp_path)
    assert site.has("a/")
    assert site.has("b/")
    [icons] = (Path(folder, ".icons") for folder in configured(tmp_path).theme.dirs if Path(folder, ".icons").is_dir())
    drawing = (icons / "material" / "cash.svg").read_text("utf-8")
    assert drawing in site.html("c/")


def test_what_a_folder_s_settings_say_is_held_to_the_same(tmp_path: Path) -> None:
    typed = dict.fromkeys(("title", "description", "author", "subtitle", "icon", "status"), EVIL_WORDS)
    evil = json.dumps({**typed, "tags": [EVIL_WORDS], "template": "evil.html"})
    plugins = ["search", "meta", "tags", {"handrail": dict(SETTINGS)}]
    files = {**BASE, "content/finance/.meta.yml": evil, "content/finance/note.md": "Two words.\n"}
    site = build(make_handbook(tmp_path, files, config={"plugins": plugins}))
    for page in site.pages():
        assert "<x-evil" not in site.html(page)
    assert "<x-evil" not in (site.root / "tags.json").read_text("utf-8")
    assert site.html("finance/note/").count('md-tag"') == 1


def test_a_name_in_angle_brackets_that_looks_like_an_attribute_stops_no_build(tmp_path: Path) -> None:
    text = "# Home\n\nName the folder <Order ID> and close it.\n\n<p id>One</p>\n\n<a name>Two</a>\n"
    site = build(make_handbook(tmp_path, {"content/index.md": text}))
    assert "Name the folder" in site.says("")


def test_headings_with_nothing_in_them_stop_no_build_and_are_nothing_to_find(tmp_path: Path) -> None:
    body = "## \n\nText.\n\n## **\n\n## [](a.md)\n\n##\n\n## Real one ##\n\n \n---\n"
    site = build(make_handbook(tmp_path, {**BASE, "content/finance/empty.md": sop("empty", body)}))
    assert "Real one" in site.says("finance/empty/")
