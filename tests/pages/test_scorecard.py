"""The page on how the handbook is doing: what each list holds, and how much of the signing is a matter of form."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.history.repository import History, read_history
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.publication import publishable
from handrail.model.settings import Visibility
from handrail.pages.audience import Link, Shown
from handrail.pages.generated.every import generated_pages
from handrail.pages.views import Section, View
from tests.engines.drawn import BASE, sop
from tests.history.repos import Repo
from tests.pages.views import handbook_of, html, kinds, plain, shown
from tests.support.handbooks import make_handbook

PEOPLE = "content/people.md"
SIGNED = "[{role: D, by: mok, date: 2026-03-03}]"


def view(seen_by: Shown) -> View:
    made = generated_pages(seen_by)["handbook/scorecard.md"]
    assert made.title == "How the handbook is doing"
    assert made.view is not None
    return made.view(seen_by)


def part(found: View, anchor: str) -> Section:
    return next(section for section in found.sections if section.anchor == anchor)


def table(found: View, number: int) -> dict[str, tuple[str, ...]]:
    section = [one for one in found.sections if one.table is not None][number]
    assert section.table is not None
    return {plain(row[0]): tuple(plain(cell) for cell in row[1:]) for row in section.table.rows}


def test_every_list_has_its_count_and_a_link(tmp_path: Path) -> None:
    files = {**BASE, "content/a.md": sop("alone", vpmom="", serves=""), "content/b.md": sop("late", sign_offs="")}
    seen_by = shown(handbook_of(tmp_path, files))
    counts = {name: cells[0] for name, cells in table(view(seen_by), 0).items()}
    assert counts["All procedures"] == "3"
    assert counts["Procedures tied to no plan"] == "1"
    assert counts["Procedures with no valid sign-off"] == "1"
    others = ("handbook/scorecard.md", "handbook/changes.md", "handbook/find.md", "handbook/progress.md")
    lists = [
        page
        for path, page in generated_pages(seen_by).items()
        if page.view and path not in others and not path.startswith(("handbook/measures/", "handbook/kinds/"))
    ]
    assert set(counts) == {page.title for page in lists}
    assert all(cells[1] for cells in table(view(seen_by), 0).values())
    markup = html(view(seen_by))
    for href in ('"../"', '"../orphans/"', '"../stale/"', '"../unlisted/"'):
        assert f"href={href}" in markup


def test_it_leads_to_the_pages_on_how_the_company_is_run(tmp_path: Path) -> None:
    without = view(shown(handbook_of(tmp_path, BASE)))
    assert not [one for one in without.sections if one.anchor == "how-it-is-run"]
    more = part(without, "lists").action
    assert more is not None
    assert (more.text, more.url) == ("How far each folder has come", "../progress/")
    why = "---\nkind: mission\nid: why\ntitle: Why\nvisibility: public\nstatement: For all.\n---\n"
    found = part(view(shown(handbook_of(tmp_path, {**BASE, "content/why.md": why}))), "how-it-is-run")
    links = {part.text: part.url for one in found.entries for part in one.words if not isinstance(part, str)}
    assert links == {
        "Why we are here and where we are going": "../strategy/",
        "The map: from the mission to the procedures": "../map/",
    }


def test_without_directories_links_lead_to_files(tmp_path: Path) -> None:
    markup = html(view(shown(handbook_of(tmp_path, BASE, config={"use_directory_urls": False}))))
    assert 'href="index.html"' in markup
    assert 'href="orphans.html"' in markup


@pytest.mark.parametrize(
    ("audience", "share"),
    [("public", "0 of 4 (0\N{NO-BREAK SPACE}%)"), ("internal", "5 of 5 (100\N{NO-BREAK SPACE}%)")],
)
def test_what_may_not_be_seen_is_in_no_number(tmp_path: Path, audience: Visibility, share: str) -> None:
    # Four public procedures are no bulk; the fifth is internal.
    files = {PEOPLE: BASE[PEOPLE]} | {
        f"content/p{number}.md": sop(f"p{number}", sign_offs=SIGNED) for number in range(4)
    }
    files["content/p4.md"] = sop("secret", visibility="internal", sign_offs=SIGNED)
    found = view(shown(handbook_of(tmp_path, files), audience))
    [cells] = [cells for name, cells in table(found, 1).items() if name.startswith("came with others")]
    assert cells[-1] == share
    assert ("Secret" in html(found)) == (audience == "internal")


def test_documents_concerned_stand_with_their_days(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    make_handbook(repo.root, BASE)
    for day in ("2025-02-03", "2026-02-03", "2026-08-03"):
        repo.commit(day, {"a.md": sop("pay", title="Pay <b>", sign_offs=f"[{{role: D, by: mok, date: {day}}}]")})
    project = load_project(repo.root / "mkdocs.yml")
    assert project.settings.today is not None
    book = load_handbook(project, kinds(), project.settings.today)
    history = read_history(repo.docs)
    found = view(Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"), history=history))
    section = part(found, "documents-concerned")
    assert (section.title, section.level) == ("One document concerned", 3)
    [entry] = section.entries
    assert plain(entry.words) == "Pay <b>"
    assert entry.note == (
        "3 August 2026, Mara Okafor: the same text again, with no note; "
        "3 February 2026, Mara Okafor: the same text again, with no note."
    )
    assert "Pay &lt;b&gt;" in html(found)
    assert "the whole history" not in plain(part(found, "sign-offs-that-repeat").words)


def test_why_git_was_no_help_stays_with_whoever_built_the_site(tmp_path: Path) -> None:
    files = {
        PEOPLE: BASE[PEOPLE],
        "content/a.md": sop("a", sign_offs=SIGNED),
        "content/b.md": sop("b", sign_offs=SIGNED),
    }
    seen_by = shown(handbook_of(tmp_path, files))
    seen_by.history = History(tmp_path, reason=f"Git could not read {tmp_path}.")
    words = plain(part(view(seen_by), "sign-offs-that-repeat").words)
    assert "This site was built without the whole history of the handbook." in words
    assert str(tmp_path) not in words
    assert "2 sign-offs name no text" in words


def test_where_nobody_has_signed_no_number_stands(tmp_path: Path) -> None:
    found = view(shown(handbook_of(tmp_path, {"content/index.md": "# Welcome\n"})))
    assert plain(part(found, "sign-offs-that-repeat").words) == "Nobody has signed anything yet."
    assert part(found, "sign-offs-that-repeat").table is None
    assert {cells[0] for cells in table(found, 0).values()} == {"0"}


@pytest.mark.parametrize(
    "files", [{}, {PEOPLE: BASE[PEOPLE], "content/a.md": sop("a", vpmom="", serves="", sign_offs="")}]
)
def test_without_records_git_and_plans_nothing_is_red_and_what_is_unknown_says_what_to_do(
    tmp_path: Path, files: dict[str, str]
) -> None:
    seen_by = shown(handbook_of(tmp_path, {"content/index.md": "# Welcome\n", **files}))
    found = view(seen_by)
    measures = [one for section in found.sections for one in section.measures]
    assert len(measures) == len(seen_by.scorecard.measures)
    for one in measures:
        assert one.question.url
        if one.value == "Unknown":
            assert one.state == "unknown"
            assert [part.url for part in one.words if isinstance(part, Link)] != [""]
            assert sum(isinstance(part, Link) for part in one.words) == 1
    for red in ("late", "falling", "rising", "changed"):
        assert f'data-state="{red}"' not in html(found)
    assert "0 of 0" not in html(found)
    assert "`" not in html(found)
