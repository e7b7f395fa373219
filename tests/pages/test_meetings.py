"""A meeting's page, the page of all meetings, and what their decisions say elsewhere."""

from __future__ import annotations

from pathlib import Path

from handrail.model.settings import Visibility
from handrail.pages.audience import Shown
from handrail.pages.frame import view_of
from handrail.pages.generated.every import generated_pages
from handrail.pages.views import Section, View
from tests.engines.drawn import BASE, sop
from tests.pages.views import handbook_of, html, plain, shown

HEAD = "kind: cadence\nvisibility: public\nparticipants: [mok, books]\n"
REVIEW = f"""---
{HEAD}id: review
title: Monthly <review>
frequency: monthly
on: first Tuesday
time: "10:00"
minutes: 90
place: "The *small* room"
level: company
owner: mok
reviews: [objective:calls, metric:hours, metric:secret-hours]
decisions:
  - {{date: 2026-11-03, text: "Rewrite <b>it</b>", owner: tli, due: 2026-11-10, changes: [expense-claims, sop:secret, metric:hours]}}
  - {{date: 2026-11-03, text: Train two people, owner: aro, due: 2026-12-01}}
  - {{date: 2026-10-06, text: Nobody does it, due: 2026-10-31}}
  - {{date: 2026-10-06, text: Ask the bank, owner: tli, due: 2026-10-20, done: 2026-10-19}}
  - {{date: 2026-09-01, text: Buy a tool, owner: books, due: 2026-10-20, dropped: {{date: 2026-10-01, why: Too dear}}}}
---
Nobody reports.
"""
WEEKLY = (
    f"---\n{HEAD}id: weekly\ntitle: Weekly\nfrequency: weekly\non: Monday\nreviews: [metric:hours]\n"
    "decisions: [{date: 2026-10-05, text: Late too, owner: Tom Lindqvist, due: 2026-10-12}]\n---\n"
)
LOOSE = f"---\n{HEAD}id: loose\ntitle: Loose\nfrequency: quarterly\n---\n"
SECRET = f"---\n{HEAD}id: hush\ntitle: Hush\nfrequency: daily\nreviews: [metric:hours]\ndecisions: [{{date: 2026-10-05, text: Quiet, owner: mok, due: 2026-10-12, changes: [expense-claims]}}]\n---\n".replace(
    "visibility: public", "visibility: internal"
)
METRIC = "---\nkind: metric\nid: hours\ntitle: Hours\nvisibility: public\nunit: h\ndirection: down\nfrequency: monthly\n---\n"
CALLS = "---\nkind: objective\nid: calls\ntitle: Fewer calls\nvisibility: public\nstate: open\nopened: 2026-06-01\ndue: 2026-12-01\n---\n"
FILES = {
    **BASE,
    "content/company/review.md": REVIEW,
    "content/company/weekly.md": WEEKLY,
    "content/company/loose.md": LOOSE,
    "content/company/hush.md": SECRET,
    "content/hours.md": METRIC,
    "content/secret-hours.md": METRIC.replace("hours", "secret-hours").replace("public", "internal"),
    "content/calls.md": CALLS,
    "content/secret.md": sop("secret", visibility="internal"),
}


def seen(folder: Path, audience: Visibility = "public") -> Shown:
    return shown(handbook_of(folder, FILES), audience)


def view(found: Shown, path: str) -> View:
    return view_of(found, found.handbook.by_src_uri[path])


def said(section: Section) -> list[tuple[str, str, str]]:
    return [
        tuple(part.replace("\u00a0", " ") for part in (plain(one.words), one.state, one.note))  # type: ignore[misc]
        for one in section.entries
    ]


def test_a_meeting_says_when_it_is_next_what_it_speaks_of_and_what_it_decided(tmp_path: Path) -> None:
    found = view(seen(tmp_path), "company/review.md")
    assert {row.name: plain(row.words).replace("\u00a0", " ") for row in found.rows} == {
        "Next": "Tuesday, 1 December 2026, 10:00 to 11:30 (UTC)",
        "Held": "Monthly, on the first Tuesday",
        "Place": "The *small* room",
        "Who comes": "Mara Okafor, chief executive; Bookkeeping",
        "Level": "Company: which rules, plans and objectives change",
        "Owner": "Mara Okafor, chief executive",
    }
    agenda, read = found.sections
    assert said(agenda) == [
        ("Nobody does it, nobody named", "overdue since 31 October 2026", ""),
        ("Rewrite <b>it</b>, Tom Lindqvist", "overdue since 10 November 2026", ""),
        ("Fewer calls", "", "due on 1 December 2026; nobody has said how it is doing since 1 June 2026"),
        ("Train two people, Ada Roth", "", "due on 1 December 2026"),
    ]
    assert (read.folded, [plain(one.words) for one in read.entries]) == ("Show one document", ["Hours"])
    [register] = found.after
    assert plain(register.words) == "Overdue: 1 of Tom Lindqvist; 1 with nobody named."
    assert said(register) == [
        (
            "Rewrite <b>it</b>. Changes: Expense claims, Hours.",
            "overdue since 10 November 2026",
            "Tom Lindqvist; decided on 3 November 2026",
        ),
        ("Train two people", "open, due on 1 December 2026", "Ada Roth; decided on 3 November 2026"),
        ("Nobody does it", "overdue since 31 October 2026", "Nobody named; decided on 6 October 2026"),
        ("Ask the bank", "done on 19 October 2026", "Tom Lindqvist; decided on 6 October 2026"),
        (
            "Buy a tool",
            "given up on 1 October 2026",
            "Bookkeeping; decided on 1 September 2026; given up because: Too dear",
        ),
    ]
    page = html(found)
    assert "<b>" not in page
    assert '<a href="finance/expense-claims/">Expense claims</a>' in page
    assert '<a href="people/#tli">Tom Lindqvist</a>' in page
    assert "ecret" not in page


def test_where_no_day_is_known_the_page_says_what_to_add(tmp_path: Path) -> None:
    page = html(view(seen(tmp_path), "company/loose.md"))
    assert "Add “on” with the day on which it takes place, such as first Tuesday." in page
    assert '<a href="https://github.com/example/handbook/edit/main/content/company/loose.md">Add it</a>' in page
    assert "Nothing asks to be spoken of. The meeting looks at no metric and no objective." in page
    assert "None is written down here yet." in page


def test_a_document_names_the_decisions_that_change_it(tmp_path: Path) -> None:
    public, internal = seen(tmp_path), seen(tmp_path, "internal")
    claims = view(public, "finance/expense-claims.md")
    assert claims.about is not None
    row = "Monthly <review>, 3 November 2026: Rewrite <b>it</b>"
    assert {one.name: plain(one.words).replace("\u00a0", " ") for one in claims.about.rows}[
        "Changed by a decision of"
    ] == row
    assert "Changed by a decision of" in [one.name for one in view(public, "hours.md").rows]
    assert "Changed by a decision of" not in [one.name for one in view(public, "calls.md").rows]
    more = view(internal, "finance/expense-claims.md").about
    assert more is not None
    words = {one.name: plain(one.words).replace("\u00a0", " ") for one in more.rows}["Changed by a decision of"]
    assert words == f"{row}; Hush, 5 October 2026: Quiet"


def made(found: Shown) -> View:
    page = generated_pages(found)["handbook/meetings.md"]
    assert page.view is not None
    return page.view(found)


def test_all_meetings_by_their_next_turn_with_what_is_overdue_and_what_is_too_much(tmp_path: Path) -> None:
    sections = {one.anchor: one for one in made(seen(tmp_path)).sections}
    assert list(sections) == ["next-turns", "overdue", "overdue-tli", "overdue-unlisted-2", "decided-last", "calendars"]
    assert said(sections["next-turns"]) == [
        (
            "Weekly",
            "Monday, 16 November 2026",
            "Weekly, on Monday; one thing to speak of; has decided nothing since 5 October 2026",
        ),
        (
            "Monthly <review>",
            "Tuesday, 1 December 2026, 10:00 to 11:30",
            "Monthly, on the first Tuesday; 4 things to speak of",
        ),
        ("Loose", "no day is known", "Add “on” with the day on which it takes place, such as first Tuesday."),
    ]
    decided = said(sections["decided-last"])
    assert decided == sorted(decided, key=lambda one: one[1][-4:], reverse=True)
    assert {
        ("Rewrite <b>it</b>", "on 3 November 2026", "Monthly <review>; overdue since 10 November 2026"),
        ("Train two people", "on 3 November 2026", "Monthly <review>; open, due on 1 December 2026"),
    } <= {(one[0].partition(", ")[0], *one[1:]) for one in decided}
    assert sections["overdue-tli"].title == "Tom Lindqvist"
    assert said(sections["overdue-tli"]) == [
        ("Late too", "overdue since 12 October 2026", "Weekly"),
        ("Rewrite <b>it</b>", "overdue since 10 November 2026", "Monthly <review>"),
    ]
    assert sections["overdue-unlisted-2"].title == "Nobody named"


def test_a_meeting_that_looks_at_more_metrics_than_it_decides_is_overloaded(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/hours.md": METRIC,
        "content/a.md": WEEKLY.replace("date: 2026-10-05", "date: 2025-11-15"),
        "content/b.md": WEEKLY.replace("weekly", "other")
        .replace("Weekly", "Other")
        .replace("2026-10-05", "2025-11-16"),
    }
    files["content/b.md"] = files["content/b.md"].replace("frequency: other", "frequency: weekly")
    sections = {one.anchor: one for one in made(shown(handbook_of(tmp_path, files))).sections}
    assert said(sections["overload"]) == [("Weekly", "", "looks at one metric and took none in twelve months")]


def test_without_a_meeting_that_may_be_seen_there_is_no_such_page(tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, {**BASE, "content/hush.md": SECRET, "content/hours.md": METRIC})
    assert "handbook/meetings.md" not in generated_pages(shown(handbook))
    assert "handbook/meetings.md" in generated_pages(shown(handbook, "internal"))
