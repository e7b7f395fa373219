"""Who is to read a document stands on its page; who has not is shown by an internal build alone, and by no other in any way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handrail.forge.forms import Forms
from handrail.measures.measure import Measure
from handrail.measures.scorecard import scorecard
from handrail.model.handbook import Handbook
from handrail.model.publication import publishable
from handrail.model.record_rows import READ, Confirmed
from handrail.model.records import Records, Unreadable
from handrail.model.settings import Visibility
from handrail.pages.audience import Link, Shown
from handrail.pages.frame import view_of
from handrail.pages.generated.queue import queue
from handrail.pages.views import Row, Section
from handrail.web.handbook_data import handbook_data
from handrail.web.metadata import Metadata, Site
from tests.engines.drawn import BASE, PEOPLE, sop
from tests.model.building import day
from tests.pages.views import handbook_of, html, plain, shown

READERS = "[books, ken]"
FILES = {
    **BASE,
    "content/people.md": PEOPLE.replace("members: [tli, aro],", "members: [tli, aro, old],").replace(
        "    groups:",
        "      - {id: ken, name: Ken Abe, job: Clerk}\n      - {id: old, name: Olga Old, until: 2026-01-31}\n    groups:",
    ),
    "content/pay.md": sop("pay", readers=READERS),
    "content/hire.md": sop("hire", sign_offs="", readers=READERS),
    "content/secret.md": sop("secret", readers=READERS, visibility="internal"),
    "content/draft.md": sop("draft", readers=READERS, state="draft", sign_offs=""),
}


def book(folder: Path, audience: Visibility, setting: str = "private", confirmed: str = "", **files: str) -> Handbook:
    """Return the handbook; of `confirmed` each has read how to pay, the text as it stands."""
    named = {f"content/{name}.md": text for name, text in files.items()}
    found = handbook_of(folder, {**FILES, **named}, {"audience": audience, "read_records": setting})
    text = str(found.texts.digest(found.by_src_uri["pay.md"]))
    rows = tuple(
        Confirmed(day("2026-04-01"), who, "sop:pay", text, f"issue-{at}") for at, who in enumerate(confirmed.split(), 1)
    )
    vars(found.project)["records"] = Records(read=rows)
    return found


def seen(found: Handbook, *, has_read_form: bool = True) -> Shown:
    return shown(found, found.settings.audience, forms=Forms(read=has_read_form))


def rows(found: Handbook, path: str = "pay.md") -> dict[str, Row]:
    view = view_of(seen(found), found.by_src_uri[path])
    assert view.about is not None
    return {row.name: row for row in view.about.rows}


def waiting(found: Handbook) -> dict[str, Section]:
    return {one.anchor: one for one in queue(seen(found)).sections if one.anchor.startswith("to-read")}


def test_a_page_says_for_whom_it_is(tmp_path: Path) -> None:
    for audience in ("public", "internal"):
        for setting in ("off", "private"):
            found = rows(book(tmp_path, audience, setting))
            assert plain(found["For"].words) == "Bookkeeping; Ken Abe, clerk"


def test_an_internal_build_says_who_has_not_confirmed(tmp_path: Path) -> None:
    found = rows(book(tmp_path, "internal", confirmed="tli"))
    assert plain(found["Have not confirmed"].words) == "Ada Roth, Ken Abe"
    everyone = rows(book(tmp_path, "internal", confirmed="tli aro ken"))
    assert plain(everyone["Have not confirmed"].words) == "Nobody; everyone who is asked has."
    assert "Have not confirmed" not in rows(book(tmp_path, "internal"), "hire.md")


def test_who_signed_the_text_has_read_it(tmp_path: Path) -> None:
    found = book(tmp_path, "internal", confirmed="tli", pay=sop("pay", readers="[books, mok]"))
    assert plain(rows(found)["Have not confirmed"].words) == "Ada Roth"
    assert "to-read-mok" not in waiting(found)


@pytest.mark.parametrize(("audience", "setting"), [("public", "private"), ("public", "public"), ("internal", "off")])
def test_nothing_is_shown_elsewhere_whatever_was_recorded(tmp_path: Path, audience: Visibility, setting: str) -> None:
    pages = ("pay.md", "people.md")

    def site(confirmed: str) -> list[str]:
        found = book(tmp_path, audience, setting, confirmed)
        return [html(view_of(seen(found), found.by_src_uri[path])) for path in pages] + [html(queue(seen(found)))]

    with_records, without = site("tli aro"), site("")
    assert with_records == without
    assert not [page for page in without if "confirmed" in page or "to-read" in page]


def test_after_thirty_days_it_waits_by_person(tmp_path: Path) -> None:
    found = waiting(book(tmp_path, "internal", confirmed="tli"))
    assert list(found) == ["to-read", "to-read-aro", "to-read-ken", "to-read-tli"]
    entries = [(plain(one.words), one.state) for one in found["to-read-aro"].entries]
    since = "asked since 3\xa0March\xa02026"
    assert entries == [("Pay", since), ("Secret", since)]
    late = sop("pay", readers="[ken]", sign_offs="[{role: D, by: mok, date: 2026-10-16}]")
    early = late.replace("10-16", "10-15")
    alone = {"secret": sop("secret", visibility="internal")}
    assert waiting(book(tmp_path, "internal", confirmed="tli", pay=late, **alone)) == {}
    assert "to-read-ken" in waiting(book(tmp_path, "internal", confirmed="tli", pay=early, **alone))


def test_where_nothing_could_be_recorded_the_queue_says_why(tmp_path: Path) -> None:
    why = "Confirmations are recorded only where the repository is private; none is recorded yet."
    assert plain(waiting(book(tmp_path, "internal"))["to-read"].words) == why
    assert waiting(book(tmp_path, "internal", "public"))["to-read"].words == ()


def newcomers(found: Handbook) -> list[str]:
    view = view_of(seen(found), found.by_src_uri["people.md"])
    section = next((one for one in view.sections if one.anchor == "new-in-books"), None)
    return [plain(one.words) for one in section.entries] if section is not None else []


def test_where_what_is_recorded_cannot_be_read_nobody_is_named(tmp_path: Path) -> None:
    found = book(tmp_path, "internal", confirmed="mok")
    vars(found.project)["records"] = Records(unreadable=(Unreadable(READ, 1, "is not in UTF-8", is_whole=True),))
    why = ("records/read.csv is not in UTF-8; no row of it counts.",)
    assert rows(found)["Have not confirmed"].words == why
    assert {anchor: (one.words, one.entries) for anchor, one in waiting(found).items()} == {"to-read": (why, ())}


def test_a_newcomers_list_is_in_the_order_in_which_it_makes_sense(tmp_path: Path) -> None:
    def document(kind: str, id_: str, more: str = "") -> str:
        return f"---\nkind: {kind}\nid: {id_}\ntitle: The {id_}\nvisibility: public\nreaders: [Bookkeeping]\n{more}---\nText\n"

    plan = "state: active\nperiod: {}\nrapid: MOK(D)\nvision: V\npriorities: [A]\nmethods: [A]\nobstacles: [A]\nmeasures: [A]\n"
    files = {
        "a": document("cadence", "week", "frequency: weekly\nparticipants: [mok]\n"),
        "b": document("vpmom", "books", plan.format("FY27")),
        "c": document("vpmom", "books", plan.format("FY26")),
        "d": document("vision", "v", "statement: There.\nhorizon: {from: 2026-01-01, to: 2030-12-31}\n"),
        "e": document("mission", "m", "statement: Why.\n"),
        "f": sop("bills", readers="[books]", title="Bills"),
    }
    assert newcomers(book(tmp_path, "public", **files)) == [
        "The m",
        "The v",
        "The books",
        "Bills",
        "Hire",
        "Pay",
        "The week",
    ]
    inside = newcomers(book(tmp_path, "internal", **files))
    assert "Secret" in inside
    assert "Draft" not in inside


@pytest.mark.parametrize(
    ("setting", "has_form", "path", "has_button"),
    [
        ("private", True, "pay.md", True),
        ("public", True, "pay.md", True),
        ("off", True, "pay.md", False),
        ("private", False, "pay.md", False),
        ("private", True, "hire.md", False),
    ],
)
def test_what_is_pressed_to_confirm(
    tmp_path: Path, setting: str, path: str, *, has_form: bool, has_button: bool
) -> None:
    found = book(tmp_path, "public", setting)
    about = view_of(seen(found, has_read_form=has_form), found.by_src_uri[path]).about
    assert about is not None
    urls = [one.url for one in about.buttons if one.words == "I have read this text"]
    digest = str(found.texts.digest(found.by_src_uri[path])).replace(":", "%3A")
    url = f"template=read.yml&title=Read%3A%20sop%3Apay&page=sop%3Apay&digest={digest}"
    assert urls == ([f"https://github.com/example/handbook/issues/new?{url}"] if has_button else [])


def test_a_page_without_buttons_has_a_link(tmp_path: Path) -> None:
    week = "---\nkind: cadence\nid: week\ntitle: Week\nvisibility: public\nreaders: [mok]\nfrequency: weekly\nparticipants: [mok]\n---\n"
    found = book(tmp_path, "public", week=week)
    view = view_of(seen(found), found.by_src_uri["week.md"])
    (link,) = next(row for row in view.rows if row.name == "Confirm").words
    assert isinstance(link, Link)
    assert "template=read.yml" in link.url


def test_the_data_for_programs_has_none_of_it(tmp_path: Path) -> None:
    def text(confirmed: str) -> str:
        found = book(tmp_path, "internal", "public", confirmed)
        view, site = seen(found), Site("Handbook", "https://handbook.example/")
        return json.dumps(handbook_data(view, site, Metadata(view, site)))

    assert text("tli aro") == text("")
    assert "readers" not in text("")


def measured(found: Handbook, audience: str = "all") -> Measure | None:
    pages = found.pages if audience == "all" else publishable(found, found.settings.audience)
    return next((one for one in scorecard(found, pages, audience).measures if one.name == "texts-read"), None)


def test_it_is_measured_and_names_nobody(tmp_path: Path) -> None:
    found = measured(book(tmp_path, "internal", confirmed="tli ken old"))
    assert found is not None
    # How to pay and the secret one are signed and ask three people each; two confirmed the first.
    assert (found.numerator, found.denominator, found.value) == (2, 6, 33)
    assert [(one.page.id, one.why, one.counts) for one in found.documents] == [
        ("pay", "2 of 3 have", False),
        ("secret", "0 of 3 have", False),
    ]


def test_it_is_measured_nowhere_else(tmp_path: Path) -> None:
    assert measured(book(tmp_path, "internal", "off", confirmed="tli")) is None
    assert measured(book(tmp_path, "public", "public", confirmed="tli"), "public") is None
    assert measured(book(tmp_path, "internal", confirmed="tli"), "internal") is not None
    assert "texts-read" not in {one.name for one in seen(book(tmp_path, "public", "public")).measures}


def test_a_long_list_for_newcomers_is_folded_away(tmp_path: Path) -> None:
    def folded(count: int) -> str:
        files = {f"p{at}": sop(f"p{at}", readers="[books]") for at in range(count)}
        found = book(tmp_path, "public", pay=sop("pay"), hire=sop("hire"), **files)
        view = view_of(seen(found), found.by_src_uri["people.md"])
        return next(one.folded for one in view.sections if one.anchor == "new-in-books")

    assert (folded(12), folded(13)) == ("", "13 documents to read, in order")
