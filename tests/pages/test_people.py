"""The list of people, and the names that lead there."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.handbook import Handbook
from handrail.pages import render
from handrail.pages.audience import Link
from handrail.pages.frame import view_of
from handrail.pages.generated.finder import entries
from handrail.pages.named import Named, link_to
from handrail.pages.views import Section, Words
from tests.engines.drawn import BASE, PEOPLE, sop
from tests.pages.views import handbook_of, html, plain, shown

FILES = {
    **BASE,
    "content/people.md": PEOPLE.replace(
        "- {id: aro, name: Ada Roth, job: Bookkeeper}",
        "- {id: aro, name: Ada Roth, job: Bookkeeper, handle: adaro}\n      - {id: old, name: Olga Old, until: 2026-01-31}",
    ),
    "content/pay.md": sop("pay", rapid="TLI(D), books(A)", owner="aro", sign_offs=""),
    "content/gone.md": sop("gone", rapid="TLI(D)", state="retired"),
    "content/secret.md": sop("secret", rapid="TLI(D)", visibility="internal"),
}


def book(folder: Path) -> Handbook:
    return handbook_of(folder, FILES)


def sections(folder: Path) -> dict[str, Section]:
    handbook = book(folder)
    return {one.anchor: one for one in view_of(shown(handbook), handbook.by_src_uri["people.md"]).sections}


def duties(section: Section) -> dict[str, str]:
    return {row.name: plain(row.words) for row in section.rows}


def test_everybody_has_a_place_with_what_they_answer_for(tmp_path: Path) -> None:
    found = sections(tmp_path)
    tom, ada = found["tli"], found["aro"]
    assert (tom.title, tom.level) == ("Tom Lindqvist", 3)
    assert plain(tom.words) == (
        "Head of finance. Reach them at #ask-finance. Ada Roth stands in. Their days stand in a calendar. Member of Bookkeeping."
    )
    assert duties(tom) == {
        "Leads": "Finance & Books",
        "Decides on": "Expense claims, Pay",
        "Agrees to": "Company plan FY27",
        "Through groups": "agrees to 1 and recommends 1 with Bookkeeping",
        "Asked to sign": "2 in twelve months: 1 in November 2026, 1 in March 2027",
    }
    assert [(plain(one.words), one.state) for one in tom.entries] == [("Pay", "now")]
    assert (
        plain(ada.words)
        == "Bookkeeper. Reach them at @adaro. Member of Bookkeeping. Nothing on this site waits for their signature."
    )
    assert duties(ada) == {
        "Through groups": "agrees to 1 and recommends 1 with Bookkeeping",
        "Keeps": "Pay",
        # Tom decides, so that only Ada is left to agree for the group.
        "Asked to sign": "1 in twelve months: 1 in November 2026",
    }


def test_a_group_has_a_place_too(tmp_path: Path) -> None:
    books = sections(tmp_path)["books"]
    assert plain(books.words) == "Tom Lindqvist and Ada Roth. Agrees when one of them has signed. Reach them at #books."
    assert duties(books) == {
        "Agrees to": "Pay",
        "Recommends": "Expense claims",
        "Asked to sign": "1 in twelve months: 1 in November 2026",
    }
    assert [plain(one.words) for one in books.entries] == ["Pay"]


def test_who_has_left_is_listed_apart(tmp_path: Path) -> None:
    found = sections(tmp_path)
    assert "old" not in found
    table = found["have-left"].table
    assert table is not None
    assert [plain(row[0]) for row in table.rows] == ["Olga Old"]


MEETING = """
    ---
    kind: cadence
    id: weekly
    title: Weekly
    visibility: VISIBLE
    frequency: weekly
    participants: [aro]
    decisions:
      - {date: 2026-10-01, text: Buy a safe, owner: mok, due: 2026-11-01}
      - {date: 2026-10-01, text: Sell the old one, owner: mok, due: 2026-12-01}
    ---
    """


def carried(folder: Path, who: str, files: dict[str, str]) -> dict[str, str]:
    handbook = handbook_of(folder, {**FILES, **files})
    found = {one.anchor: one for one in view_of(shown(handbook), handbook.by_src_uri["people.md"]).sections}
    return duties(found[who])


def test_open_decisions_and_what_hangs_on_one_pair_of_hands(tmp_path: Path) -> None:
    files = {
        "content/weekly.md": MEETING.replace("VISIBLE", "public"),
        "content/alone.md": sop("alone", rapid="aro(D)", owner="aro", sign_offs=""),
    }
    mara = carried(tmp_path, "mok", files)
    assert mara["Is to do"] == (
        "Buy a safe, overdue since 1\xa0November\xa02026; Sell the old one, due on 1\xa0December\xa02026"
    )
    assert carried(tmp_path, "aro", files)["Alone"] == "Nobody else signs or looks after Alone"


def test_nothing_of_what_is_withheld_is_counted(tmp_path: Path) -> None:
    hidden = {
        "content/weekly.md": MEETING.replace("VISIBLE", "internal"),
        "content/alone.md": sop("alone", rapid="aro(D)", owner="aro", sign_offs="", visibility="internal"),
        "content/olga.md": sop("olga", rapid="old(D)", owner="old", sign_offs="", visibility="internal"),
    }
    for who in ("mok", "aro", "books"):
        assert carried(tmp_path, who, hidden) == carried(tmp_path, who, {})
    handbook = handbook_of(tmp_path, {**FILES, **hidden})
    page = html(view_of(shown(handbook), handbook.by_src_uri["people.md"]))
    assert "To hand over" not in page
    assert "Olga</a>" not in page


def test_too_many_signatures_are_called_many(tmp_path: Path) -> None:
    files = {f"content/p{at}.md": sop(f"p{at}", rapid="mok(D), TLI(A)", sign_offs="") for at in range(9)}
    assert carried(tmp_path, "mok", files)["Asked to sign"].endswith("That is many: over 8 in one month")
    files |= {
        f"content/p{at}.md": sop(f"p{at}", rapid="mok(D), TLI(A)", review_every="3 months", sign_offs="")
        for at in range(7)
    }
    assert carried(tmp_path, "mok", files)["Asked to sign"].endswith(
        "That is many: over 24 a year and over 8 in one month"
    )


def test_what_somebody_who_has_left_still_keeps_is_said_with_their_name(tmp_path: Path) -> None:
    files = {**FILES, "content/olga.md": sop("olga", rapid="old(D)", owner="old", sign_offs="")}
    handbook = handbook_of(tmp_path, files)
    found = {one.anchor: one for one in view_of(shown(handbook), handbook.by_src_uri["people.md"]).sections}
    table = found["have-left"].table
    assert table is not None
    assert [plain(row[3]) for row in table.rows] == ["keeps Olga; alone could sign Olga"]


def test_among_many_people_what_each_carries_is_folded_away(tmp_path: Path) -> None:
    more = "\n".join(f"      - {{id: x{at}, name: Mo {at}}}" for at in range(12))
    people = FILES["content/people.md"].replace("    groups:", f"{more}\n    groups:")
    handbook = handbook_of(tmp_path, {**FILES, "content/people.md": people})
    view = view_of(shown(handbook), handbook.by_src_uri["people.md"])
    found = {one.anchor: one for one in view.sections}
    assert found["tli"].rows_folded == "Decides on 2, agrees to 1, leads 1; 2 signatures in twelve months"
    assert found["aro"].rows_folded == "Keeps 1; one signature in twelve months"
    assert found["x1"].rows_folded == ""
    assert "<summary>Keeps 1; one signature in twelve months</summary>" in html(view)


def test_many_people_are_reached_by_the_first_letters_of_their_names(tmp_path: Path) -> None:
    names = ["Étienne Roux", "Zoe Zi", "Eva Ek", "ada aa", "李 四", "Ödön Ö", *(f"Mo {number}" for number in range(9))]
    people = "\n".join(f"      - {{id: x{at}, name: {name}}}" for at, name in enumerate(names))
    files = {**BASE, "content/people.md": PEOPLE.replace("    groups:", f"{people}\n    groups:")}
    handbook = handbook_of(tmp_path, files)
    found = view_of(shown(handbook), handbook.by_src_uri["people.md"]).sections
    assert [one.title for one in found][:7] == [
        "People",
        "ada aa",
        "Ada Roth",
        "Étienne Roux",
        "Eva Ek",
        "Mara Okafor",
        "Mo 0",
    ]
    assert [(one.text, one.address("a/")) for one in found[0].letters] == [
        ("A", "../people/#x3"), ("E", "../people/#x0"), ("M", "../people/#mok"), ("O", "../people/#x5"),
        ("T", "../people/#tli"), ("Z", "../people/#x1"), ("李", "../people/#x4"),
    ]  # fmt: skip
    assert sections(tmp_path)["people"].letters == ()


def test_names_lead_to_their_place(tmp_path: Path) -> None:
    handbook = book(tmp_path)
    page = html(view_of(shown(handbook), handbook.by_src_uri["people.md"]))
    assert '<a href="people/#aro">Ada Roth</a> stands in.' in page
    assert '<a href="people/#books">Bookkeeping</a>' in page
    assert '<h3 id="tli">Tom Lindqvist</h3>' in page


def links(words: Words) -> list[tuple[str, str]]:
    return [(one.text, one.address("a/b/")) for one in words if isinstance(one, Link)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Ada Roth, bookkeeper; Tom Lindqvist.", [("Ada Roth", "../../people/#aro"), ("Tom Lindqvist", "../../people/#tli")]),
        ("Olga Old wrote it", [("Olga Old", "../../people/#have-left")]),
        ("Ada Rothman, Ada Roth-Meyer, ada roth, Ada", []),
        ("Bookkeeping is a word", []),
        ("Ask pay@example.org or https://example.org/a?b=c.",
         [("pay@example.org", "mailto:pay@example.org"), ("https://example.org/a?b=c", "https://example.org/a?b=c")]),
        ("javascript:alert(1) //example.org", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_sentence_is_taken_apart_into_words_and_links(
    said: str, found: list[tuple[str, str]], tmp_path: Path
) -> None:
    words = Named(shown(book(tmp_path)))(said)
    assert plain(words) == said
    assert links(words) == found


def test_nobody_is_linked_where_the_list_may_not_be_seen(tmp_path: Path) -> None:
    files = {**BASE, "content/people.md": PEOPLE.replace("visibility: public", "visibility: internal")}
    seen = shown(handbook_of(tmp_path, files))
    assert links(Named(seen)("Ada Roth decides")) == []
    assert links((link_to(seen, seen.handbook.registry.people["aro"]),)) == [("Ada Roth", "")]


def test_a_name_of_one_word_leads_to_its_place_where_it_is_known_to_be_one(tmp_path: Path) -> None:
    people = PEOPLE.replace("name: Ada Roth,", "name: Ada,").replace("name: Bookkeeping,", "name: People,")
    files = {**BASE, "content/people.md": people}
    files["content/pay.md"] = sop("pay", rapid="aro(D), books(A), TLI(P)", sign_offs="", trigger="People ask Ada.")
    handbook = handbook_of(tmp_path, files)
    view = view_of(shown(handbook), handbook.by_src_uri["pay.md"])
    assert view.about is not None
    assert view.trust is not None
    assert view.trust.fold is not None
    rows = {row.name: row.words for row in (*view.trust.fold.rows, *view.about.rows)}
    ada, group = ("Ada", "../../people/#aro"), ("People", "../../people/#books")
    for name, said, found in (
        ("Decides on this page", "Ada, bookkeeper", ada), ("Agrees to this page", "People", group), ("Agrees", "Not signed yet by someone of People.", group),
    ):  # fmt: skip
        assert (plain(rows[name]), links(rows[name])) == (said, [found])
    assert view.about.signing is not None
    assert links(view.about.signing.words) == [group, ada]
    assert links(view.lead) == []


def test_what_is_pressed_holds_no_link(tmp_path: Path) -> None:
    handbook = book(tmp_path)
    seen = shown(handbook)
    view = view_of(seen, handbook.by_src_uri["finance/expense-claims.md"])
    top = render.top(view, render.Links("", Named(seen)))
    summary = top[: top.index("</summary>")]
    assert "Tom Lindqvist" in summary
    assert "<a" not in summary
    assert '<a href="people/#tli">Tom Lindqvist</a>' in top


def test_people_are_found_by_name_and_job(tmp_path: Path) -> None:
    found = {entry.title: entry for entry in entries(shown(book(tmp_path)))}
    assert found["Ada Roth"].url == "people/#aro"
    assert found["Ada Roth"].others["jobs"] == "Bookkeeper"
    assert "Olga Old" not in found
    hidden = {**FILES, "content/people.md": PEOPLE.replace("visibility: public", "visibility: internal")}
    assert "Ada Roth" not in {entry.title for entry in entries(shown(handbook_of(tmp_path, hidden)))}
