"""The review queue: who is asked to sign what, why, by when, in which order, and what nobody can be asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handrail.model.assignments import Assignment
from handrail.model.handbook import Handbook
from handrail.model.people import Group, Person
from handrail.model.signed_content import text_of as digest_of
from handrail.report.queue import Queue, of_one, queue
from handrail.report.queue_formats import empty, queue_data, queue_lines, queue_markdown, queue_table
from handrail.words.assignments import by_when, in_sentences, why_nobody
from tests.model.building import document, handbook, only

PEOPLE = document(
    "people", "people",
    "people:",
    "  - {id: lbk, name: Lena, job: Head of finance, handle: lenabk, deputy: oha}",
    "  - {id: oha, name: Omar, handle: '@omarh'}", "  - {id: pna, name: Pia}",
    "  - {id: gone, name: Gil, until: 2026-03-31, deputy: pna}",
    "  - {id: lost, name: Lot, until: 2026-03-31}",
    "  - {id: late, name: Lou, until: 2026-03-31, deputy: lost}",
    "groups:",
    "  - {id: lt, name: Leaders, members: [lbk, oha, pna], handle: marlstone/lt, contact: '#lt'}",
    "  - {id: board, name: Board, quorum: all, members: [lbk, oha, gone]}",
    "  - {id: empty, name: Nobody yet}", "  - {id: duo, name: Duo, members: [lbk, gone, lost]}",
)  # fmt: skip


def sop(id_: str, rapid: str, *entries: str, title: str = "", more: str = "tags: [a]", state: str = "active") -> str:
    """Write a procedure; an entry is written `D lbk 2026-03-31 note`."""
    lines = [f"state: {state}", more, *([f'rapid: "{rapid}"'] if rapid else []), *_signed(*entries)]
    return document("sop", id_, *lines, title=title or id_.capitalize())


def plan(period: str, *entries: str, rapid: str = "LBK(D), OHA(A)") -> str:
    fields = ["vision: We do it well.", "priorities: [Well]", "methods: [Doing it]"]
    return document(
        "vpmom", "company", f"period: {period}", "state: active", f'rapid: "{rapid}"', *fields, *_signed(*entries)
    )


def _signed(*entries: str) -> list[str]:
    lines = ["sign_offs:"] if entries else []
    for entry in entries:
        role, by, day, *note = entry.split(" ", 3)
        lines.append(f"  - {{role: {role}, by: {by}, date: {day}{f', note: {note[0]}' if note else ''}}}")
    return lines


def book(*pages: str, today: str = "2026-11-15", people: str = PEOPLE) -> Handbook:
    files = {f"{number}.md": page for number, page in enumerate(pages)}
    return handbook(files | ({"people.md": people} if people else {}), today)


def turns(found: Handbook) -> dict[str, list[str]]:
    """Return what stands in a handbook's queue, by name: title, state and sentences."""
    waiting = queue(found)
    return {turn.asked.name: [said(waiting, one) for one in turn.assignments] for turn in waiting.turns}


def said(waiting: Queue, one: Assignment) -> str:
    today = waiting.handbook.today
    return f"{one.page.title} ({by_when(one, today)}): {in_sentences(one, today)}"


def test_whoever_agrees_is_asked_first_and_whoever_decides_once_they_have() -> None:
    assert turns(book(sop("pay", "LBK(D), OHA(A), PNA(A)"))) == {
        "Lena": ["Pay (now): To decide, once Omar and Pia have agreed. Nobody has signed it yet."],
        "Omar": ["Pay (now): To agree. Nobody has signed it yet."],
        "Pia": ["Pay (now): To agree. Nobody has signed it yet."],
    }


def test_the_decider_waits_for_nobody_once_all_have_agreed() -> None:
    assert turns(book(sop("pay", "LBK(D), OHA(A)", "A oha 2026-11-01"))) == {
        "Lena": ["Pay (now): To decide. Others have signed it, and this signature is missing."]
    }


def test_a_signature_that_is_missing_after_the_decider_has_signed() -> None:
    assert turns(book(sop("pay", "LBK(D), OHA(A)", "D lbk 2026-11-01"))) == {
        "Omar": ["Pay (now): To agree. Others have signed it, and this signature is missing."]
    }


def test_what_is_signed_lately_enough_asks_for_nothing() -> None:
    pages = (
        sop("pay", "LBK(D), OHA(A)", "A oha 2026-10-01", "D lbk 2026-10-02"),
        plan("FY27", "D lbk 2026-02-01", "A oha 2026-02-01"),
    )
    assert turns(book(*pages)) == {}


@pytest.mark.parametrize("state", ["draft", "stub", "retired"])
def test_what_is_not_in_use_asks_for_nothing(state: str) -> None:
    assert turns(book(sop("pay", "LBK(D)", state=state), document("mission", "why", "statement: Because."))) == {}


DUE = [
    ("2027-02-02", "sixty-one days before", None),
    ("2027-02-03", "sixty days before", "by 4 April 2027"),
    ("2027-04-04", "on the last day", "by 4 April 2027"),
    ("2027-04-05", "the day after", "overdue since 4 April 2027"),
]


@pytest.mark.parametrize(("today", "_when", "expected"), DUE, ids=[when for _, when, _ in DUE])
def test_a_sign_off_is_asked_for_sixty_days_before_it_runs_out(today: str, _when: str, expected: str | None) -> None:
    found = queue(book(sop("pay", "LBK(D)", "D lbk 2026-04-04"), today=today))
    assert [by_when(one, found.handbook.today) for turn in found.turns for one in turn.assignments] == (
        [expected] if expected else []
    )


def test_when_a_sign_off_runs_out_only_the_decider_is_asked_for_those_who_agreed_agreed_to_this_text() -> None:
    signed = ("A oha 2026-01-03", "A pna 2026-11-10", "D lbk 2026-01-04")
    assert turns(book(sop("pay", "LBK(D), OHA(A), PNA(A)", *signed))) == {
        "Lena": ["Pay (by 4 January 2027): To decide. The sign-off runs out on that day."],
    }
    assert turns(book(sop("pay", "LBK(D), OHA(A)", "A oha 2025-01-03", "D lbk 2025-01-04"))) == {
        "Lena": ["Pay (overdue since 4 January 2026): To decide. The sign-off has run out."]
    }


def test_a_sign_off_that_was_never_complete_asks_for_what_is_missing_before_it_asks_anew() -> None:
    assert turns(book(sop("pay", "LBK(D), OHA(A)", "D lbk 2025-01-04"))) == {
        "Omar": ["Pay (now): To agree. Others have signed it, and this signature is missing."]
    }


def test_whoever_signed_an_earlier_text_is_asked_for_the_new_one() -> None:
    digests = [f"digest: 't2:{'0' * 64}'", f"digest: {text_of(sop('pay', 'LBK(D), OHA(A)'))}"]
    entries = [
        "sign_offs:",
        f"  - {{role: D, by: lbk, date: 2026-10-02, {digests[0]}}}",
        f"  - {{role: A, by: oha, date: 2026-10-03, {digests[1]}}}",
    ]
    lines = ["state: active", "tags: [a]", 'rapid: "LBK(D), OHA(A)"', *entries]
    assert turns(book(document("sop", "pay", *lines, title="Pay"))) == {
        "Lena": ["Pay (now): To decide. The text has changed since it was signed on 2 October 2026."]
    }


def test_a_text_that_changed_is_overdue_where_the_old_sign_off_has_run_out_as_well() -> None:
    entry = f"sign_offs: [{{role: D, by: lbk, date: 2025-10-02, digest: 't2:{'0' * 64}'}}]"
    page = document("sop", "pay", "state: active", "rapid: LBK(D)", entry, title="Pay")
    assert turns(book(page))["Lena"] == [
        "Pay (overdue since 2 October 2026): To decide. The text has changed since it was signed on 2 October 2025."
    ]


def text_of(page: str) -> str:
    found = book(page)
    return digest_of(only(found, "0.md"), found.registry)


def test_the_deputy_is_asked_for_whoever_has_left() -> None:
    assert turns(book(sop("pay", "GONE(D), OHA(A)"))) == {
        "Omar": ["Pay (now): To agree. Nobody has signed it yet."],
        "Pia": ["Pay (now): To decide for Gil, who has left, once Omar has agreed. Nobody has signed it yet."],
    }


@pytest.mark.parametrize(
    ("rapid", "remedy"),
    [
        ("LOST(D)", "Lot, who decides on it, has left and has no deputy."),
        ("LATE(D)", "Lou, who decides on it, has left and so has the deputy, Lot."),
        ("XYZ(D)", "The list of people knows nobody called “XYZ”, who decides on it."),
        ("LBK(D), EMPTY(A)", "Nobody yet, which agrees to it, has no member who could sign."),
        ("LBK(D), DUO(A)", "Duo, which agrees to it, has no member who could sign."),
        ("", "It does not say who decides."),
        ("OHA(A)", "It does not say who decides."),
        ("LBK(D), OHA(D)", "It says that LBK and OHA decide, and one person does."),
        ("LT(D)", "It says that Leaders decides, which is a group, and one person does."),
        ("LBK(D", "What it says about who signs can't be read."),
    ],
)
def test_what_nobody_can_be_asked_for_stands_last_and_says_what_to_do(rapid: str, remedy: str) -> None:
    found = queue(book(sop("pay", rapid)))
    *others, last = found.turns
    assert (last.who, last.asked.name) == (None, "Nobody to ask")
    [one] = last.assignments
    assert in_sentences(one, found.handbook.today).startswith(remedy)
    assert why_nobody(one).count(". ") == 1
    assert [turn.asked.name for turn in others] == (["Lena"] if "LBK(D), " in rapid and "OHA" not in rapid else [])


def test_a_deputy_who_decides_is_not_asked_to_agree_as_well() -> None:
    assert turns(book(sop("pay", "PNA(D), GONE(A)"))) == {
        "Pia": ["Pay (now): To decide, once Gil has agreed. Nobody has signed it yet."],
        "Nobody to ask": [
            (
                "Pay (now): Gil, who agrees to it, has left, and the deputy, Pia, decides and so can't agree as well. "
                "Name another deputy in the list of people, or someone else in its “rapid”."
            )
        ],
    }


def test_any_member_of_a_group_is_asked_as_the_group_and_the_decider_is_none_of_them() -> None:
    assert turns(book(sop("pay", "LBK(D), LT(A)"), sop("claim", "GONE(D), LT(A)"))) == {
        "Leaders": [
            "Claim (now): To agree. Nobody has signed it yet.",
            "Pay (now): To agree, by one of them other than Lena, who decides. Nobody has signed it yet.",
        ],
        "Lena": ["Pay (now): To decide, once someone of Leaders has agreed. Nobody has signed it yet."],
        "Pia": [
            "Claim (now): To decide for Gil, who has left, once someone of Leaders has agreed. Nobody has signed it yet."
        ],
    }


def test_a_group_that_agrees_as_a_whole_is_asked_member_by_member() -> None:
    assert turns(book(sop("pay", "LBK(D), BOARD(A), OHA(A)"))) == {
        "Lena": ["Pay (now): To decide, once Omar and Pia have agreed. Nobody has signed it yet."],
        "Omar": ["Pay (now): To agree. Nobody has signed it yet."],
        "Pia": ["Pay (now): To agree for Gil, who has left. Nobody has signed it yet."],
    }


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-07-31", []),  # a signature would not count yet
        ("2026-08-01", ["A page (by 1 February 2027): To agree. Nobody has signed it yet. Its period begins on that day."]),
        ("2027-02-01", ["A page (now): To agree. Nobody has signed it yet."]),
    ],
)  # fmt: skip
def test_a_plan_is_to_be_signed_by_the_beginning_of_its_period(today: str, expected: list[str]) -> None:
    assert turns(book(plan("FY28"), today=today)).get("Omar", []) == expected


def test_the_most_urgent_comes_first_and_of_two_the_first_by_title() -> None:
    pages = (
        sop("z", "LBK(D)", "D lbk 2025-02-01", title="Long ago"),
        sop("y", "LBK(D)", title="beta"),
        sop("x", "LBK(D)", "D lbk 2025-12-31", title="Soon"),
        sop("w", "LBK(D), OHA(A)", title="Alpha"),
        sop("v", "PNA(D)", "D pna 2025-01-31", title="Longest ago"),
        sop("u", "LOST(D)", "D lost 2024-01-31"),
    )
    found = turns(book(*pages))
    assert list(found) == ["Pia", "Lena", "Omar", "Nobody to ask"]
    assert [line.partition(" (")[0] for line in found["Lena"]] == ["Long ago", "Alpha", "beta", "Soon"]


def test_without_a_list_of_people_names_are_asked_as_they_are_written() -> None:
    assert list(turns(book(sop("pay", "Lena B(D), Omar(A)"), people=""))) == ["Lena B", "Omar"]


def test_a_list_of_people_that_is_in_doubt_makes_no_empty_queue() -> None:
    found = queue(book(sop("pay", "LBK(D)"), people=PEOPLE.replace("name: Omar", "nam: Omar")))
    assert found.turns == ()
    assert found.trouble.startswith("Something is wrong with the list of people")


def whom(found: Queue, name: str) -> Person | Group:
    who = found.handbook.registry.find(name)
    assert who is not None
    return who


def test_one_persons_part_holds_what_a_group_asks_of_any_member() -> None:
    found = queue(
        book(
            sop("pay", "LBK(D), LT(A)"),
            sop("claim", "PNA(D), LT(A)"),
            sop("fly", "OHA(D)"),
            sop("go", "PNA(D), DUO(A)"),
        )
    )
    parts = {
        name: [(turn.asked.name, [one.page.id for one in turn.assignments]) for turn in of_one(found, whom(found, name)).turns]
        for name in ("lbk", "oha", "lt", "gone")
    }  # fmt: skip
    assert parts == {
        "lbk": [("Duo", ["go"]), ("Leaders", ["claim"]), ("Lena", ["pay"])],
        "oha": [("Leaders", ["claim", "pay"]), ("Omar", ["fly"])],
        "lt": [("Leaders", ["claim", "pay"])],
        "gone": [],
    }
    assert empty(of_one(found, whom(found, "gone"))) == "Nothing is waiting to be signed by Gil."


# Written


def on_a_site(found: Handbook, site: str = "https://handbook.example/x") -> Queue:
    found.project = replace(found.project, site_url=site)
    return queue(found)


def test_markdown_mentions_who_is_asked_and_links_to_the_page() -> None:
    found = on_a_site(book(sop("pay", "LBK(D), LT(A)", title="Pay [an] invoice")))
    task = "- [ ] [Pay \\[an\\] invoice](https://handbook.example/x/0/), **now**:"
    about, *rest = queue_markdown(found).splitlines()
    assert about.endswith("[What a sign-off means](https://handbook.example/x/handbook/signing/) says more.")
    assert rest == [
        "",
        "### Leaders (@marlstone/lt or #lt)",
        "",
        f"{task} To agree, by one of them other than Lena, who decides. Nobody has signed it yet.",
        "",
        "### Lena, Head of finance (@lenabk)",
        "",
        f"{task} To decide, once someone of Leaders has agreed. Nobody has signed it yet.",
    ]


def test_markdown_names_the_path_where_there_is_no_page_on_the_site() -> None:
    page = sop("pay", "OHA(D)")
    assert "- [ ] Pay (content/0.md), **now**" in queue_markdown(queue(book(page)))
    hidden = page.replace("visibility: public", "visibility: confidential")
    assert "- [ ] Pay (content/0.md), **now**" in queue_markdown(on_a_site(book(hidden)))


def test_markdown_notifies_nobody_whom_only_a_text_names_and_holds_no_markup() -> None:
    people = PEOPLE.replace("name: Lena,", "name: 'Lena @all <b>*x*', ").replace(
        "handle: lenabk", "handle: 'a @everyone'"
    )
    found = on_a_site(
        book(sop("pay", "LBK(D), OHA(A)", title="'Ask @security | `x`'"), people=people), "https://h.example/a)b c"
    )
    written = queue_markdown(found)
    assert "### Lena @&#8203;all &lt;b&gt;\\*x\\*, Head of finance (a @&#8203;everyone)" in written
    assert "[Ask @&#8203;security \\| \\`x\\`](https://h.example/a%29b%20c/0/)" in written
    assert [word for word in written.split() if word.startswith(("@", "(@")) and "&#8203;" not in word] == ["(@omarh)"]


def test_lines_for_a_terminal() -> None:
    assert list(queue_lines(queue(book(sop("pay", "LBK(D), OHA(A)", title="Pay\u202e now"))))) == [
        "Lena, Head of finance (@lenabk)",
        "  PayU+202E now (now)",
        "    To decide, once Omar has agreed. Nobody has signed it yet.",
        "    content/0.md",
        "",
        "Omar (@omarh)",
        "  PayU+202E now (now)",
        "    To agree. Nobody has signed it yet.",
        "    content/0.md",
    ]


def test_data_and_table() -> None:
    found = queue(
        book(sop("pay", "GONE(D), OHA(A)", "D pna 2025-04-02 for Gil", "A oha 2026-10-01"), sop("fly", "XYZ(D)"))
    )
    first, nobody = queue_data(found)
    assert first == {
        "who": {"id": "pna", "is_group": False, "name": "Pia", "job": "", "handle": "", "contact": ""},
        "pages": [
            {
                "id": "pay", "title": "Pay", "path": "content/0.md", "url": "0/",
                "role": "D", "why": "stale", "due": "2026-04-02", "overdue": True, "for": "Gil", "after": [],
                "says": "To decide for Gil, who has left. The sign-off has run out.",
            }
        ],
        "reports": [],
    }  # fmt: skip
    assert (nobody["who"], nobody["pages"][0]["role"]) == (None, "D")
    columns, rows = queue_table(found)
    assert columns == ("who", "role", "id", "title", "why", "by", "says", "path")
    assert rows[0][:6] == ("Pia", "decides", "pay", "Pay", "stale", "2026-04-02")
    assert rows[1][:2] == ("Nobody to ask", "decides")
