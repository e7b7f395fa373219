"""The page of one measure: what is counted, by department, and the documents behind the number."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.measures.scorecard import SEVEN
from handrail.model.settings import Visibility
from handrail.pages import render
from handrail.pages.audience import Link
from handrail.pages.generated import measure_page
from handrail.pages.generated.every import generated_pages
from handrail.pages.render import Links
from handrail.pages.views import Section, Table, View
from handrail.text.digest import digits
from tests.engines.drawn import BASE, PLAN, sop
from tests.measures.rows import run, score, write_records
from tests.pages.views import handbook_of, html, plain, shown

HIDDEN = """
    ---
    kind: department
    id: hidden
    title: Hidden department
    description: Nobody knows.
    visibility: internal
    lead: mok
    ---
"""
FILES = {
    **BASE,
    **{f"content/finance/{name}.md": sop(name, vpmom="", serves="") for name in ("a", "b", "c")},
    "content/hidden/index.md": HIDDEN,
    "content/hidden/open.md": sop("open", vpmom="", serves="", visibility="public"),
    "content/hidden/closed.md": sop("closed", vpmom="", serves="", visibility="internal"),
    "content/stub.md": sop("later", "", state="stub", sign_offs="", department="company"),
}


def view(folder: Path, name: str, files: dict[str, str] = FILES, audience: Visibility = "public") -> View:
    return measure_page.measure_view(shown(handbook_of(folder, files), audience), name)


def sections(found: View) -> dict[str, Section]:
    """Return the parts of the page that are there whether or not anybody looked back."""
    return {section.anchor: section for section in found.sections if section.anchor != "how-it-went"}


def rows(section: Section) -> list[tuple[str, ...]]:
    assert section.table is not None
    return rows_of(section.table)


def rows_of(table: Table) -> list[tuple[str, ...]]:
    return [tuple(plain(cell) for cell in row) for row in table.rows]


def facts(section: Section) -> dict[str, str]:
    return {row.name: plain(row.words) for row in section.rows}


def test_every_measure_has_a_page_that_says_what_it_counts(tmp_path: Path) -> None:
    seen = shown(handbook_of(tmp_path, FILES))
    made = generated_pages(seen)
    for measure in seen.scorecard.measures:
        page = made[f"handbook/measures/{measure.name}.md"]
        assert page.title == measure.asks
        assert page.view is not None
        assert facts(page.view(seen).sections[0])["What is counted"] == measure.counts
        assert measure.counts.endswith(".")


def test_what_is_to_be_done_comes_first_each_document_with_why(tmp_path: Path) -> None:
    found = view(tmp_path, "sops-tied")
    assert list(sections(found)) == ["now", "by-department", "not-counted", "counted"]
    missing = sections(found)["not-counted"]
    assert missing.title == "Not among them (4)"
    assert {(plain(entry.words), entry.note) for entry in missing.entries} == {
        (title, "names no plan") for title in ("A", "B", "C", "Open")
    }
    assert [plain(entry.words) for entry in sections(found)["counted"].entries] == ["Expense claims"]
    files = {**FILES, "content/kept.md": sop("kept", "", state="stub", sign_offs="", kept_in="a drawer")}
    unwritten = sections(view(tmp_path, "sops-undocumented", files))
    assert list(unwritten) == ["now", "by-department", "counted"]
    assert {(plain(entry.words), entry.note) for entry in unwritten["counted"].entries} == {
        ("Kept", "known, not written yet; so far it is kept in a drawer"),
        ("Later", "known, not written yet"),
    }


@pytest.mark.parametrize(
    ("audience", "last"),
    [
        ("public", ("Other pages", "0 of 1", "0\N{NO-BREAK SPACE}%", "under target")),
        ("internal", ("Hidden department", "0 of 2", "0\N{NO-BREAK SPACE}%", "under target")),
    ],
)
def test_departments_are_those_that_may_be_seen(tmp_path: Path, audience: Visibility, last: tuple[str, ...]) -> None:
    found = view(tmp_path, "sops-tied", audience=audience)
    table = sections(found)["by-department"]
    assert rows(table) == [("Finance & Books", "1 of 4", "25\N{NO-BREAK SPACE}%", "under target"), last]
    assert plain(table.words) == "Nothing is counted in one other department."
    assert ("Hidden" in html(found)) == (audience == "internal")
    assert ("Closed" in html(found)) == (audience == "internal")


def test_of_a_count_there_is_no_share(tmp_path: Path) -> None:
    table = sections(view(tmp_path, "sops-undocumented"))["by-department"]
    assert table.table is not None
    assert table.table.columns == ("Department", "Number", "Target")
    assert rows(table) == [("Company", "1", "over target")]


def test_who_sets_the_target(tmp_path: Path) -> None:
    assert facts(view(tmp_path, "sops-tied").sections[0])["Target"] == "100 %, unless a plan in force sets another."
    assert facts(view(tmp_path, "sign-offs-repeated").sections[0])["Target"] == "None: no plan in force sets one."
    set_by = PLAN.replace("{text: Calls a day, target: 3}", "{text: Tied, metric: sops-tied, target: all of them}")
    found = view(tmp_path, "sops-tied", {**FILES, "content/company/plan.md": set_by})
    assert facts(found.sections[0])["Target"] == (
        "all of them, as Company plan FY27 says. It is no number, so nobody can say whether it is met."
    )
    assert 'href="company/plan/"' in html(found)
    below = (
        PLAN.replace("id: company\n", "id: below\n    parent: company\n")
        .replace("Company plan", "Plan below")
        .replace("{text: Calls a day, target: 3}", "{text: Tied, metric: sops-tied, target: 90 %}")
    )
    both = view(tmp_path, "sops-tied", {**FILES, "content/company/plan.md": set_by, "content/below.md": below})
    assert facts(both.sections[0])["Named by"].startswith("Plan below FY27 too; ")


def test_what_is_not_known_says_why_and_what_to_do(tmp_path: Path) -> None:
    found = view(tmp_path, "sops-signed", {"content/index.md": "# Welcome\n"})
    assert list(sections(found)) == ["now"]
    [now] = found.sections[0].measures
    assert now.state == "unknown"
    assert plain(now.words).startswith("No procedure is in use. Set")


def test_of_ten_thousand_documents_the_page_has_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_page, "_LISTED", 2)
    missing = sections(view(tmp_path, "sops-tied"))["not-counted"]
    assert len(missing.entries) == 2
    assert plain(missing.words) == "2 more stand in measures.json."
    assert 'href="../../measures.json"' in render.sections((missing,), Links("handbook/measures/sops-tied/"))
    without_folders = handbook_of(tmp_path, FILES, config={"use_directory_urls": False})
    cut = sections(measure_page.measure_view(shown(without_folders), "sops-tied"))["not-counted"]
    assert 'href="../measures.json"' in render.sections((cut,), Links("handbook/measures/sops-tied.html"))


def test_a_long_list_of_what_is_well_is_folded(tmp_path: Path) -> None:
    many = {f"content/p{number}.md": sop(f"p{number}") for number in range(20)}
    found = sections(view(tmp_path, "sops-tied", {**BASE, **many}))
    assert found["counted"].folded == "Show 21 of them"
    assert html(View(sections=(found["counted"],))).count("<details") == 1


def test_of_a_score_each_department_says_of_how_many(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, FILES)
    answers = {"a": [10] * 15 + [0] * 5, "open": [10] * 3}
    texts = {page.id: digits(book.texts.digest(page).text) for page in book.reviewed}
    given_scores = [score(points, text=texts[id_], procedure=id_) for id_, given in answers.items() for points in given]
    write_records(tmp_path, survey=given_scores)
    found = view(tmp_path, "sop-nps")
    table = sections(found)["by-department"].table
    assert table is not None
    assert table.columns == ("Department", "Score", "Of so many", "Target")
    assert rows_of(table) == [("Finance & Books", "50", "20", "on target"), ("Other pages", "not known", "3", "")]
    [row] = found.sections[0].measures
    assert (row.value, row.verdict) == ("56", "On target.")


def test_documents_of_which_nobody_can_tell_stand_by_themselves(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, FILES)
    texts = {page.id: digits(book.texts.digest(page).text) for page in book.reviewed}
    rows = [
        run("wrong" if id_ == "a" else "worked", text=texts[id_], procedure=id_)
        for id_ in ("a", "b")
        for _ in range(20)
    ]
    write_records(tmp_path, runs=rows)
    found = {anchor: len(section.entries) for anchor, section in sections(view(tmp_path, "sop-errors")).items()}
    assert (found["not-counted"], found["counted"]) == (1, 1)
    assert found["not-known"] == 3


@pytest.mark.parametrize("name", SEVEN)
def test_with_nothing_at_all_each_of_the_seven_is_there_and_leads_on(tmp_path: Path, name: str) -> None:
    [now] = view(tmp_path, name, {"content/index.md": "# Welcome\n"}).sections[0].measures
    assert now.state != "under"
    if now.state == "unknown":
        assert [part.url for part in now.words if isinstance(part, Link)] == ["../../"]
    else:
        assert now.value == "0"


def test_where_a_search_engine_is_to_be_asked_the_link_leads_there(tmp_path: Path) -> None:
    [now] = view(tmp_path, "sops-found").sections[0].measures
    assert [part.url for part in now.words if isinstance(part, Link)] == ["https://search.google.com/search-console"]
    assert plain(now.words).endswith("By the site's own search: 5 of 5. Ready for search engines: not known.")
