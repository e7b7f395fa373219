"""The lists that Handrail makes, as data: what stands where, and what an audience doesn't see."""

from __future__ import annotations

from pathlib import Path

from handrail.pages.audience import Link
from handrail.pages.frame import view_of
from handrail.pages.generated import lists
from handrail.pages.views import Section, View
from tests.engines.drawn import BASE, COMPANY, FINANCE, PLAN, sop
from tests.pages.views import handbook_of, plain, shown


def outline(view: View) -> list[str]:
    """Return the headings and entries of a view, entries indented."""
    found = []
    for section in view.sections:
        found.append(f"{'#' * section.level} {section.title}")
        found += [f"- {plain(entry.words)} ({entry.state})".removesuffix(" ()") for entry in section.entries]
    return found


def section(view: View, title: str) -> Section:
    [found] = [found for found in view.sections if found.title == title]
    return found


def test_procedures_stand_under_their_plan_whatever_their_department(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/finance/b.md": sop("b-late", department="finance"),
        "content/far/a.md": sop("a-early", state="draft"),
        "content/far/s.md": sop("stubbed", "", state="stub"),
        "content/far/r.md": sop("retired", state="retired"),
        "content/far/n.md": sop("none-named", vpmom="", sign_offs=""),
        "content/far/u.md": sop("unknown-line", vpmom="nowhere"),
        "content/far/old.md": sop("old", sign_offs="[{role: D, by: mok, date: 2025-01-15}]"),
    }
    view = lists.contents(shown(handbook_of(tmp_path, files)))
    assert outline(view) == [
        "## Company",
        "### Company plan FY27",
        "- A early (draft)",
        "- B late (signed)",
        "- Expense claims (signed)",
        "- Old (run out)",
        "- Stubbed (known, not written yet)",
        "## Finance & Books",
        "## No plan",
        "- None named (not signed)",
        "- Unknown line (signed)",
    ]


def test_procedures_of_one_title_stand_in_one_order_in_every_list(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/company/a.md": sop("new", title="Pay"),
        "content/company/b.md": sop("lent", title="pay"),
        "content/company/c.md": sop("loose-2", title="Loose", vpmom="", serves=""),
        "content/company/d.md": sop("loose-1", title="Loose", vpmom="", serves=""),
    }
    seen_by = shown(handbook_of(tmp_path, files))
    pages = seen_by.handbook.by_src_uri
    views = [lists.contents(seen_by), *(view_of(seen_by, pages[f"company/{name}.md"]) for name in ("index", "plan"))]
    for view in views:
        listed = [
            link.page.id
            for part in (*view.sections, *view.after)
            for entry in part.entries
            for link in entry.words
            if isinstance(link, Link) and link.page is not None and link.page.counted_as == "sop"
        ]
        both = [id_ for id_ in listed if id_ in ("new", "lent")]
        assert both == ["lent", "new"] * max(1, len(both) // 2)
        assert [id_ for id_ in listed if id_.startswith("loose")] in ([], ["loose-1", "loose-2"])


def test_a_department_with_no_plan_says_so_and_offers_one(tmp_path: Path) -> None:
    view = lists.contents(shown(handbook_of(tmp_path, BASE)))
    finance = section(view, "Finance & Books")
    assert plain(finance.words) == "No plan yet. Tom Lindqvist, head of finance, leads the department."
    assert finance.action is not None
    assert finance.action.text == "New plan"
    assert finance.action.url.startswith("https://github.com/example/handbook/new/main/content/finance?")
    assert section(lists.contents(shown(handbook_of(tmp_path, BASE), forge=None)), "Finance & Books").action is None


def test_a_plan_that_may_not_be_seen_is_neither_named_nor_asked_for_again(tmp_path: Path) -> None:
    files = {**BASE, "content/company/plan.md": PLAN.replace("visibility: public", "visibility: internal")}
    view = lists.contents(shown(handbook_of(tmp_path, files)))
    company = section(view, "Company")
    assert plain(company.words) == "There is no plan to show here."
    assert company.action is None
    assert outline(view)[-2:] == ["## No plan", "- Expense claims (signed)"]
    assert "### Company plan FY27" in outline(lists.contents(shown(handbook_of(tmp_path, files), "internal")))


def test_a_department_that_may_not_be_seen_takes_nothing_with_it(tmp_path: Path) -> None:
    files = {**BASE, "content/company/index.md": COMPANY.replace("visibility: public", "visibility: internal")}
    assert outline(lists.contents(shown(handbook_of(tmp_path, files)))) == [
        "## Finance & Books",
        "## No department",
        "### Company plan FY27",
        "- Expense claims (signed)",
    ]


def test_procedures_that_may_not_be_seen_are_in_no_list(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/a.md": sop("a", visibility="internal", vpmom="", sign_offs=""),
        "content/b.md": sop("b", visibility="confidential", vpmom="", sign_offs=""),
    }
    handbook = handbook_of(tmp_path, files)
    for audience, expected in (("public", []), ("internal", ["A"])):
        seen_by = shown(handbook, audience)  # type: ignore[arg-type]
        for view in (lists.orphans(seen_by), lists.stale(seen_by), lists.unlisted(seen_by)):
            listed = [plain(entry.words) for found in view.sections for entry in found.entries]
            assert [words for words in listed if words != "Who is who"] == expected


def test_lists_say_whom_to_ask_but_not_what_only_a_hidden_department_says(tmp_path: Path) -> None:
    lonely = sop("lonely", vpmom="", serves="", rapid="", sign_offs="", department="finance")
    handbook = handbook_of(tmp_path, {**BASE, "content/a.md": lonely})
    [entry] = lists.orphans(shown(handbook)).sections[0].entries
    assert (entry.state, entry.note) == ("no plan named", "Owner: Tom Lindqvist, Head of finance (#ask-finance)")
    hidden = {**BASE, "content/a.md": lonely, "content/finance/index.md": FINANCE.replace("public", "internal")}
    [entry] = lists.orphans(shown(handbook_of(tmp_path, hidden))).sections[0].entries
    assert entry.note == ""
    [entry] = lists.stale(shown(handbook_of(tmp_path, hidden))).sections[0].entries
    assert entry.note == ""


def test_every_anchor_of_the_table_of_contents_is_there_once(tmp_path: Path) -> None:
    files = {**BASE, "content/x.md": sop("x", vpmom="")}
    anchors = [found.anchor for found in lists.contents(shown(handbook_of(tmp_path, files))).sections]
    assert anchors == ["company", "plan-company", "finance", "no-plan"]
