"""The views that a page asks for by a line of its own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from handrail.history.material import Change, Material
from handrail.model.handbook import Handbook
from handrail.model.publication import publishable
from handrail.model.view_lines import ViewName
from handrail.pages import render
from handrail.pages.audience import Shown
from handrail.pages.inserted import inserted
from handrail.pages.views import Inserted
from tests.engines.drawn import BASE, COMPANY, sop
from tests.pages.views import LINKS, handbook_of, plain, shown

OBJECTIVE = """
    ---
    kind: objective
    id: {id}
    title: {title}
    visibility: public
    state: {state}
    vpmom: company
    opened: 2026-01-05
    due: {due}
    updates: [{{date: 2026-03-01, progress: 20, note: Begun}}, {{date: 2026-09-01, progress: 40.4, note: On}}]
    ---
"""


def view(book: Handbook, name: ViewName) -> Inserted:
    return inserted(shown(book), name, "")


def states(found: Inserted) -> list[str]:
    return [f"{entry.trust}: {entry.state}" for entry in found.states]


def test_how_the_procedures_in_force_stand_is_said_in_one_sentence(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/finance/late.md": sop("late", sign_offs="[{role: D, by: mok, date: 2025-01-15}]"),
        "content/finance/early.md": sop("early", review_every="9 months"),
        "content/finance/open.md": sop("open", sign_offs=""),
        "content/finance/a.md": sop("care-a", needs_update="No."),
        "content/finance/b.md": sop("care-b", needs_update="No."),
        "content/finance/stub.md": sop("stub", "", state="stub"),
        "content/finance/gone.md": sop("gone", state="retired"),
        "content/finance/secret.md": sop("secret", visibility="internal"),
    }
    found = view(handbook_of(tmp_path, files), ViewName.STATE)
    assert plain(found.words) == "6 procedures in force:"
    assert states(found) == ["signed: 2 signed", "late: 1 run out", "open: 1 not signed", "care: 2 need an update"]
    assert found.more is not None
    assert found.more.url == "handbook/scorecard/"


def test_nothing_in_force_is_said(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, {"content/index.md": "# Welcome\n"})
    assert plain(view(book, ViewName.STATE).words) == "No procedure is in force yet."
    assert plain(view(book, ViewName.DEPARTMENTS).words) == "No department is described yet."
    assert plain(view(book, ViewName.OBJECTIVES).words) == "No objective is open."


def test_each_department_has_a_card_that_counts_those_below_it(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/sales/index.md": COMPANY.replace("id: company", "id: sales").replace("title: Company", "title: Sales"),
        "content/secret/index.md": COMPANY.replace("id: company", "id: secret").replace("public", "internal"),
        "content/finance/late.md": sop(
            "late", department="finance", sign_offs="[{role: D, by: mok, date: 2025-01-15}]"
        ),
        "content/finance/stub.md": sop("stub", "", department="finance", state="stub"),
        "content/finance/gone.md": sop("gone", department="finance", state="retired"),
    }
    cards = view(handbook_of(tmp_path, files), ViewName.DEPARTMENTS).cards
    assert [(card.link.text, card.words, card.count, [one.state for one in card.states]) for card in cards] == [
        ("Company", "The whole of it.", "2 of 3 procedures written", ["1 run out"]),
        ("Sales", "The whole of it.", "Nothing written yet", []),
    ]


def test_a_card_counts_what_its_department_s_page_lists(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/far/b.md": sop("b"),
        "content/far/c.md": sop("c", vpmom="", serves="", department="company"),
    }
    [company] = view(handbook_of(tmp_path, files), ViewName.DEPARTMENTS).cards
    # Its own, and one that stands under its plan from another folder; claims are finance's, which lies under it.
    assert company.count == "3 procedures"


def test_open_objectives_come_by_their_day(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/a.md": OBJECTIVE.format(id="later", title="Later", state="open", due="2027-03-31"),
        "content/b.md": OBJECTIVE.format(id="sooner", title="Sooner", state="open", due="2026-12-31"),
        "content/c.md": OBJECTIVE.format(id="done", title="Done", state="attained", due="2026-12-31"),
    }
    found = view(handbook_of(tmp_path, files), ViewName.OBJECTIVES)
    assert [f"{plain(entry.words)}: {entry.note}" for entry in found.entries] == [
        "Sooner: 40 % · due on 31 December 2026",
        "Later: 40 % · due on 31 March 2027",
    ]


def test_what_changed_in_four_weeks_is_told_once_a_page(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)

    def told(*days_ago: int, path: str = "finance/expense-claims.md") -> Inserted:
        days = [book.today - timedelta(days=ago) for ago in days_ago]
        changes = tuple(Change(path, str(day), day, is_new=True) for day in days)
        seen = Shown(
            book,
            None,
            lambda _kind, _folder: None,
            publishable(book, "public"),
            material=Material(is_known=True, changes=changes),
        )
        return inserted(seen, ViewName.CHANGED, "a/")

    assert len(told(3, 9).entries) == 1
    assert told(28).entries == ()
    assert plain(told(28).words) == "Nothing has changed in the last four weeks."
    more = told(3).more
    assert more is not None
    assert more.url == "../handbook/changes/"
    assert plain(view(book, ViewName.CHANGED).words).startswith("This site was built without the whole history")


@pytest.mark.parametrize("name", ViewName)
def test_every_view_can_be_shown(tmp_path: Path, name: ViewName) -> None:
    markup = render.inserted(view(handbook_of(tmp_path, BASE), name), LINKS)
    assert markup.startswith("<section")
    assert "\n" not in markup


def test_a_name_from_a_page_is_no_markup(tmp_path: Path) -> None:
    files = {**BASE, "content/company/index.md": COMPANY.replace("The whole of it.", '"<b onclick=x>"')}
    markup = render.inserted(view(handbook_of(tmp_path, files), ViewName.DEPARTMENTS), LINKS)
    assert "<b" not in markup
