"""References and links: what a text names, what is ambiguous, and what leads to a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handrail.model.handbook import Handbook
from handrail.model.references import parse_reference
from tests.model.building import document, handbook, only

VPMOM = ["state: active", "vision: a", "priorities: [a]", "methods: [b]"]
PAGES = {
    "fy26.md": document("vpmom", "finance", "period: FY26", *VPMOM),
    "fy27.md": document("vpmom", "finance", "period: FY27", *VPMOM),
    "named.md": document("vpmom", "launch", "period: {name: Spring 26, from: 2026-03-01, to: 2026-05-31}", *VPMOM),
    "tba.md": document("vpmom", "later", "period: FY27", "state: tba"),
    "finance/index.md": document("department", "finance", "lead: lbk"),
    "claims.md": document("sop", "claims", "state: active"),
    "claim-days.md": document("metric", "claims", "unit: days", "direction: down", "frequency: monthly"),
    "twin-a.md": document("sop", "twin", "state: draft", title="First"),
    "twin-b.md": document("sop", "twin", "state: draft", title="Second"),
}


@pytest.fixture(scope="module")
def book() -> Handbook:
    return handbook(PAGES)


RESOLVED: list[tuple[str, tuple[str, ...], str, str]] = [
    ("fy27", (), "unknown", ""),
    ("finance", ("vpmom",), "found", "fy27.md"),
    ("finance", ("department",), "found", "finance/index.md"),
    ("finance", (), "ambiguous", ""),
    ("vpmom:finance", (), "found", "fy27.md"),
    ("department:finance", (), "found", "finance/index.md"),
    ("finance@FY26", (), "found", "fy26.md"),
    ("finance@fy26", ("vpmom",), "found", "fy26.md"),
    ("vpmom:finance@FY26", (), "found", "fy26.md"),
    ("finance@FY99", ("vpmom",), "unknown", ""),
    ("department:finance@FY26", (), "unknown", ""),
    ("launch@Spring 26", (), "found", "named.md"),
    ("later", ("vpmom",), "found", "tba.md"),
    ("claims", ("sop",), "found", "claims.md"),
    ("claims", ("sop", "metric"), "ambiguous", ""),
    ("claims", ("department",), "wrong kind", ""),
    ("sop:claims", ("metric",), "wrong kind", ""),
    ("sop:finance", (), "unknown", ""),
    ("nothing", (), "unknown", ""),
    ("Claims", (), "unknown", ""),
    ("", (), "unknown", ""),
    (" claims ", ("sop",), "found", "claims.md"),
    ("twin", (), "found", "twin-a.md"),
    ("a:b:c", (), "unknown", ""),
]


@pytest.mark.parametrize(("text", "kinds", "status", "src_uri"), RESOLVED)
def test_what_a_text_names(text: str, kinds: tuple[str, ...], status: str, src_uri: str, book: Handbook) -> None:
    found = book.index.resolve(text, kinds)
    assert (found.status, found.page.src_uri if found.page else "") == (status, src_uri)


def test_the_candidates_are_named(book: Handbook) -> None:
    def candidates(text: str, *kinds: str) -> set[str]:
        return set(book.index.resolve(text, kinds).candidates)

    assert (
        candidates("claims", "sop", "metric") == candidates("claims", "department") == {"sop:claims", "metric:claims"}
    )
    assert candidates("nothing", "vpmom") == {"finance", "later", "launch"}
    assert "department:finance" in candidates("nothing")


@pytest.mark.parametrize("text", ["A", "a b", "a--b", "-a", "a@", "a@ b", "sop:", ":a", "é", "a/b", "a:b:c"])
def test_what_is_no_reference(text: str) -> None:
    assert parse_reference(text) is None


def test_twins_share_an_identity_which_a_plan_has_with_its_period(book: Handbook) -> None:
    assert {identity: [page.src_uri for page in pages] for identity, pages in book.twins.items()} == {
        "sop:twin": ["twin-a.md", "twin-b.md"]
    }
    assert book.identity(only(book, "fy26.md")) == "vpmom:finance@FY26"


LINKED = {
    "index.md": "# Home\n\n[a](a.md) [b](sub/b.md#top) [asset](sub/x.csv) [dead](gone.md) [out](https://example.org) [top](#home) <a href='c.md'>c</a>\n",
    "a.md": document("sop", "a", "state: draft", body="[[sop:b]] [[sop:gone]] [[b]] [me](a.md) [[vpmom:plan@FY27]] [up](../a.md)\n"),
    "sub/b.md": document("sop", "b", "state: draft", body="[up](../a.md) [same](./b.md) [coded](%61.md) [list](../handbook/index.md)\n"),
    "plan.md": document("vpmom", "plan", "period: FY27", *VPMOM),
    "nav.md": document("sop", "nav", "state: draft"),
    "tied.md": document("sop", "tied", "state: draft", "vpmom: plan"),
    "retired.md": document("sop", "retired", "state: retired", "vpmom: plan"),
    "named.md": document("metric", "named", "unit: days", "direction: down", "frequency: monthly"),
    "goal.md": document("objective", "goal", "state: open", "opened: 2026-03-01", "due: 2026-09-01", "measures: [{text: a, metric: named}]"),
    "itself.md": document("metric", "itself", "unit: days", "direction: down", "frequency: monthly", body="[[metric:itself]]\n"),
    "dep/index.md": document("department", "dep", "lead: lbk"),
    "prose.md": "# Text\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def linked() -> Handbook:
    book = handbook(LINKED, nav=["nav.md"], governed=["dep"])
    book.files.assets.append("sub/x.csv")
    return book


def test_links_of_bodies(linked: Handbook) -> None:
    found = {
        page.src_uri: [(link.written.target, link.page.src_uri if link.page else None, link.dead) for link in links]
        for page, links in linked.body_links.items()
    }
    assert found == {
        "index.md": [
            ("a.md", "a.md", False),
            ("sub/b.md#top", "sub/b.md", False),
            ("sub/x.csv", None, False),
            ("gone.md", None, True),
            ("#home", "index.md", False),
            ("c.md", None, True),
        ],
        "a.md": [
            ("sop:b", "sub/b.md", False),
            ("sop:gone", None, True),
            ("b", None, True),
            ("a.md", "a.md", False),
            ("vpmom:plan@FY27", "plan.md", False),
            ("../a.md", None, True),
        ],
        "sub/b.md": [
            ("../a.md", "a.md", False),
            ("./b.md", "sub/b.md", False),
            ("%61.md", None, True),
            ("../handbook/index.md", None, False),
        ],
        "itself.md": [("metric:itself", "itself.md", False)],
    }


def test_back_links_count_each_page_once_and_never_itself(linked: Handbook) -> None:
    assert [page.src_uri for page in linked.back_links[only(linked, "a.md")]] == ["index.md", "sub/b.md"]
    assert [page.src_uri for page in linked.back_links[only(linked, "sub/b.md")]] == ["a.md", "index.md"]


def test_what_nothing_leads_to_is_unlisted(linked: Handbook) -> None:
    assert [page.src_uri for page in linked.unlisted] == ["itself.md", "prose.md"]


def test_prose_is_unlisted_where_a_navigation_was_written_that_leaves_it_out() -> None:
    pages = {"index.md": "# Home\n", "a.md": "# A\n\n[C](c.md)\n", "b.md": "# B\n", "c.md": "# C\n", "d.md": "# D\n"}
    for nav, left in ((["a.md"], ["b.md", "d.md"]), (["index.md", "a.md", "b.md", "d.md"], []), ([], [])):
        assert [page.src_uri for page in handbook(pages, nav=nav).unlisted] == left
    made = handbook(pages, nav=["a.md"])
    made.project = replace(made.project, plugins=("literate-nav", "handrail"))
    assert made.unlisted == []


def test_prose_of_a_governed_folder_is_unlisted() -> None:
    book = handbook({"ops/a.md": "# A\n", "b.md": "# B\n"}, governed=["ops"])
    assert [page.src_uri for page in book.unlisted] == ["ops/a.md"]


VISIBILITY: list[tuple[str, str, str | None]] = [
    ("a.md", document("sop", "a", "state: draft"), "public"),
    ("staff/a.md", document("sop", "a", "state: draft"), "internal"),
    ("staff/a.md", document("sop", "a", "state: draft").replace("public", "confidential"), "confidential"),
    ("a.md", document("sop", "a", "state: draft").replace("public", "Public"), None),
    ("a.md", document("sop", "a", "state: draft").replace("visibility: public\n", ""), None),
    ("a.md", document("sop", "a", "state: draft").replace("visibility: public", "visibility: [public]"), None),
    ("a.md", document("typo", "a"), "public"),
    ("a.md", "---\nkind: sop\nvisibility: public\ntitle: a: b\n---\n", None),
    ("a.md", "---\nvisibility: public\nkind: sop\nid: !x a\n---\n", "public"),
    ("a.md", "---\nkind: sop\nid: a\nvisibility: public\nvisibility: internal\n---\n", None),
    ("a.md", "---\nkind: sop\nid: a\nvisibility: public #internal\n---\n", None),
    ("a.md", "---\nkind: sop\nid: a\nvisibility: !!str public\n---\n", None),
    ("a.md", "# Prose\n\n---\nkind: page\nvisibility: internal\n---\n", None),
    ("a.md", "# Prose\n", "public"),
    ("staff/a.md", "# Prose\n", "internal"),
    ("a.md", "---\ntitle: Prose\n---\n", "public"),
    ("a.md", "---\nvisibility: public\n---\n", None),
    ("a.md", "---\nvisibilty: public\n---\n", None),
    ("a.md", "---\nVisibility: public\nx: y\n---\n", None),
]


@pytest.mark.parametrize(("src_uri", "text", "expected"), VISIBILITY)
def test_who_may_read_a_page(src_uri: str, text: str, expected: str | None) -> None:
    book = handbook({src_uri: text}, visibility={".": "public", "staff": "internal"})
    page = only(book, src_uri)
    assert page.visibility == expected
    assert page.may_be_seen_by("public") is (expected == "public")
    assert page.may_be_seen_by("internal") is (expected in ("public", "internal"))


TITLES: list[tuple[str, str, str]] = [
    ("title: Typed", "# Heading\n", "Typed"),
    ("tags: [a]", "# Heading\n", "Heading"),
    ("tags: [a]", "\n\n# Heading {#x}\n\nText\n", "Heading"),
    ("tags: [a]", "Text\n\n# Heading\n", "an-id"),
    ("tags: [a]", "# One\n\n# Two\n", "an-id"),
    ("tags: [a]", "```\n# Code\n```\n", "an-id"),
    ("title: !x Typed", "# Heading\n", "Typed"),
]


@pytest.mark.parametrize(("line", "body", "expected"), TITLES)
def test_a_title_may_be_the_only_heading_at_the_top(line: str, body: str, expected: str) -> None:
    text = f"---\nkind: page\nid: an-id\nvisibility: public\n{line}\n---\n{body}"
    page = only(handbook({"a.md": text}), "a.md")
    assert page.title == expected
    assert ("title" in page.data) is (expected != "an-id")
