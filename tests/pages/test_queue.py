"""The page of what is waiting to be signed, as data: by whom, and without what an audience may not see."""

from __future__ import annotations

from pathlib import Path

from handrail.pages.generated.queue import queue
from handrail.pages.views import View
from tests.engines.drawn import BASE, PEOPLE, sop
from tests.measures.rows import report, write_records
from tests.pages.views import handbook_of, html, plain, shown

FILES = {
    **BASE,
    "content/a.md": sop("pay", rapid="MOK(D), books(A)", sign_offs=""),
    "content/b.md": sop("hire", rapid="MOK(D)", sign_offs="", visibility="internal"),
    "content/c.md": sop("fly", rapid="XYZ(D)", sign_offs=""),
    "content/d.md": sop("old", rapid="TLI(D)", sign_offs="[{role: D, by: tli, date: 2025-01-15}]", title="'<b>Old'"),
}


def outline(view: View) -> list[str]:
    found = []
    for section in view.sections:
        found.append(f"## {section.title} ({section.anchor}) {plain(section.words)}".rstrip())
        found += [f"- {plain(entry.words)} ({entry.state}): {entry.note}" for entry in section.entries]
    return found


def test_each_person_and_group_with_what_they_are_asked_to_sign(tmp_path: Path) -> None:
    view = queue(shown(handbook_of(tmp_path, FILES)))
    assert plain(view.lead) == (
        "These pages are in use and ask for a signature. Whoever decides signs last; who is not named here, alone or in a group, has nothing to sign on this site. "
        "As calendars, for programs that follow an address: everything, and each person's at their name in Who is who."
    )
    remedy = "The list of people knows nobody called “XYZ”, who decides on it. Add them there, or name someone else"
    assert outline(view) == [
        "## Tom Lindqvist, Head of finance (for-tli)",
        "- <b>Old (overdue since 15 January 2026): To decide. The sign-off has run out.",
        "## Bookkeeping (for-books) Reach them at #books.",
        "- Pay (now): To agree. Nobody has signed it yet.",
        "## Mara Okafor, Chief executive (for-mok)",
        "- Pay (now): To decide, once someone of Bookkeeping has agreed. Nobody has signed it yet.",
        "## Nobody to ask (nobody)",
        f"- Fly (now): {remedy} in its “rapid”.",
    ]
    assert '<a href="d/#hr-sign">&lt;b&gt;Old</a>' in html(view)


def test_a_page_that_may_not_be_seen_asks_nobody(tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, FILES)
    assert "Hire" in html(queue(shown(handbook, "internal")))
    assert "Hire" not in html(queue(shown(handbook)))
    hidden = handbook_of(tmp_path, {**BASE, "content/b.md": FILES["content/b.md"]})
    assert queue(shown(hidden)) == View(lead=("Nothing is waiting to be signed.",))


def test_a_list_of_people_that_is_in_doubt_is_not_taken_for_nothing_to_sign(tmp_path: Path) -> None:
    files = {**FILES, "content/people.md": PEOPLE.replace("name: Ada", "nam: Ada")}
    view = queue(shown(handbook_of(tmp_path, files)))
    assert plain(view.lead).startswith("Something is wrong with the list of people")
    assert view.sections == ()


def test_every_anchor_is_there_once_whatever_the_names(tmp_path: Path) -> None:
    files = {path: text for path, text in BASE.items() if text != PEOPLE}
    files["content/e.md"] = sop("claim", rapid="会社(D), 部長(A), Ann Lee(A)", sign_offs="")
    anchors = [section.anchor for section in queue(shown(handbook_of(tmp_path, files))).sections]
    assert len(set(anchors)) == len(anchors)
    assert "for-ann-lee" in anchors


REPORTED = {
    **FILES,
    "content/a.md": sop("pay", rapid="MOK(D), books(A)", sign_offs="", owner="tli"),
    "content/e.md": sop(
        "gone", rapid="TLI(D)", sign_offs="[{role: D, by: tli, date: 2026-11-01}]", owner="Nobody Known"
    ),
}


def test_open_reports_stand_with_whoever_looks_after_the_page(tmp_path: Path) -> None:
    rows = [report(key="issue-7", day="2026-10-02"), report(key="issue-5", day="2026-10-01"), report("closed")]
    rows += [
        report(key=f"issue-{number}", procedure=procedure) for number, procedure in enumerate(("hire", "gone"), 20)
    ]
    write_records(tmp_path, reports=rows)
    view = queue(shown(handbook_of(tmp_path, REPORTED)))
    listed = outline(view)
    assert listed[listed.index("## Reports on your pages (reports-for-tli)") :][:3] == [
        "## Reports on your pages (reports-for-tli)",
        "- Gone (#21) (): One open report, of 1 October 2026.",
        "- Pay (#7, #5) (): 2 open reports, the oldest of 1 October 2026.",
    ]
    assert 'href="https://github.com/example/handbook/issues/7">#7</a>' in html(view)
    assert "#20" not in html(view)
    assert "#20" in html(queue(shown(handbook_of(tmp_path, REPORTED), "internal")))


def test_a_report_alone_is_nothing_to_sign(tmp_path: Path) -> None:
    signed = sop("pay", rapid="TLI(D)", sign_offs="[{role: D, by: tli, date: 2026-11-01}]")
    write_records(tmp_path, reports=[report(key="issue-7")])
    view = queue(shown(handbook_of(tmp_path, {**BASE, "content/a.md": signed})))
    assert plain(view.lead) == "Nothing is waiting to be signed."
    assert outline(view)[-1] == "- Pay (#7) (): One open report, of 1 October 2026."
