"""How many sign-offs only repeat another, and how many came many at once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handrail.model.handbook import Handbook
from handrail.report.rubber_stamps import (
    MANY,
    RubberStamps,
    deed,
    rubber_stamps,
    share,
    shares_table,
    stamps_data,
    stamps_lines,
    stamps_markdown,
    stamps_table,
    unknown_words,
)
from tests.model.building import document, handbook

PEOPLE = document("people", "people", "people: [{id: lbk, name: Lena <b>}, {id: oha, name: Omar}]")
DIGEST = "t2:" + "a" * 64


def entry(day: str, who: str = "lbk", role: str = "D", note: str = "", digest: str = "") -> str:
    more = (f", note: '{note}'" if note else "") + (f", digest: '{digest}'" if digest else "")
    return f"{{role: {role}, by: {who}, date: {day}{more}}}"


def book(pages: Mapping[str, list[str]]) -> Handbook:
    """Return a handbook of procedures by id, with the entries of each."""
    files = {
        f"{id_}.md": document(
            "sop", id_, "state: active", "rapid: LBK(D), OHA(A)", f"sign_offs: [{', '.join(entries)}]"
        )
        for id_, entries in pages.items()
    }
    return handbook({"people.md": PEOPLE, **files})


def look(pages: Mapping[str, list[str]]) -> RubberStamps:
    found = book(pages)
    return rubber_stamps(found, None, found.documents)


def numbers(found: RubberStamps) -> list[tuple[int, int, int, int]]:
    return [(span.signed, span.judged, span.repeated, span.in_bulk) for span in found.spans]


def test_shares_of_the_last_year_and_before() -> None:
    found = look({
        # Today is 15 November 2026: a year ago was "before".
        "a": [entry(day, digest=DIGEST) for day in ("2024-11-15", "2025-11-15", "2025-11-16")],
        "b": [entry("2026-03-03"), entry("2026-11-17")],  # the last is still to come
    })  # fmt: skip
    assert numbers(found) == [(2, 1, 1, 0), (2, 2, 1, 0), (4, 3, 2, 0)]
    assert shares_table(found)[1][0][1:] == ("1 of 1 (100 %)", "1 of 2 (50 %)", "2 of 3 (67 %)")


REPEATS = [
    ("the same again", [entry("2026-01-02", digest=DIGEST), entry("2026-02-02", digest=DIGEST)], 1),
    ("with a note", [entry("2026-01-02", digest=DIGEST), entry("2026-02-02", note="Tried it", digest=DIGEST)], 0),
    ("another role", [entry("2026-01-02", digest=DIGEST), entry("2026-02-02", role="A", digest=DIGEST)], 0),
    ("another person", [entry("2026-01-02", digest=DIGEST), entry("2026-02-02", who="oha", digest=DIGEST)], 0),
    ("another text", [entry("2026-01-02", digest=DIGEST), entry("2026-02-02", digest=DIGEST.replace("a", "b"))], 0),
    ("text unknown", [entry("2026-01-02"), entry("2026-02-02")], 0),
    ("any spelling", [entry("2026-01-02", digest=DIGEST), entry("2026-02-02", who="Lena <B>", digest=DIGEST)], 1),
    ("a stranger", [entry(day, who="Max", digest=DIGEST) for day in ("2026-01-02", "2026-02-02")], 1),
]


@pytest.mark.parametrize(("entries", "expected"), [case[1:] for case in REPEATS], ids=[case[0] for case in REPEATS])
def test_what_repeats(entries: list[str], expected: int) -> None:
    found = look({"a": entries})
    assert found.whole.repeated == expected
    assert [one.repeats for one in found.stamps] == [True] * expected


BULKS = [
    ("no notes", [entry("2026-03-03")] * MANY, MANY),
    ("one too few", [entry("2026-03-03")] * (MANY - 1), 0),
    ("the same note", [entry("2026-03-03", note=note) for note in ["Looked  at", "looked at"] * MANY], 2 * MANY),
    ("a note on each", [entry("2026-03-03", note=f"Tried step {number}") for number in range(MANY)], 0),
    ("on several days", [entry(f"2026-03-{number + 1:02}") for number in range(MANY)], 0),
    ("by several people", [entry("2026-03-03", who="oha" if number else "lbk") for number in range(MANY)], 0),
    ("one of them looked at", [entry("2026-03-03")] * MANY + [entry("2026-03-03", note="Tried it")], MANY),
]


@pytest.mark.parametrize(("entries", "expected"), [case[1:] for case in BULKS], ids=[case[0] for case in BULKS])
def test_what_came_in_bulk(entries: list[str], expected: int) -> None:
    found = look({f"p{number}": [one] for number, one in enumerate(entries)})
    assert found.whole.in_bulk == expected
    assert {one.together for one in found.stamps} == ({expected} if expected else set())


def test_one_document_signed_often_is_no_bulk() -> None:
    assert look({"a": [entry("2026-03-03")] * 2 * MANY}).whole.in_bulk == 0


def test_documents_left_out_show_in_no_number() -> None:
    whole = book({f"p{number}": [entry("2026-03-03")] for number in range(MANY)})
    assert rubber_stamps(whole, None, whole.documents).whole.in_bulk == MANY
    assert numbers(rubber_stamps(whole, None, whole.of_kind("sop")[1:]))[-1] == (MANY - 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("count", "whole", "words"),
    [
        (0, 0, "unknown"),
        (0, 7, "0 of 7 (0 %)"),
        (1, 3, "1 of 3 (33 %)"),
        (1, 1000, "1 of 1000 (under 1 %)"),
        (999, 1000, "999 of 1000 (over 99 %)"),
        (5, 5, "5 of 5 (100 %)"),
    ],
)
def test_a_share_of_nothing_is_unknown(count: int, whole: int, words: str) -> None:
    assert share(count, whole) == words


def test_what_is_unknown_is_said() -> None:
    assert unknown_words(look({"a": [entry("2026-03-03")]})) == [
        "Git was not asked. Only the sign-offs that still stand in the pages are counted.",
        "One sign-off names no text, and nothing shows which it was; whether it repeats another is unknown.",
    ]
    two = unknown_words(look({"a": [entry("2026-03-03")], "b": [entry("2026-03-03")]}))
    assert two[1].startswith("2 sign-offs name no text")
    assert "whether they repeat another is unknown" in two[1]
    assert len(unknown_words(look({"a": [entry("2026-03-03", digest=DIGEST)]}))) == 1


def test_sign_offs_are_listed_newest_first_with_what_marks_them() -> None:
    pages = {f"p{number}": [entry("2026-03-03", digest=DIGEST)] for number in range(MANY)}
    pages["p1"] += [entry("2026-04-04", digest=DIGEST)]
    pages["p0"] = [entry("2026-02-02", digest=DIGEST), *pages["p0"]]
    found = look(pages)
    assert [(one.page.id, str(one.entry.signed_on)) for one in found.stamps] == [
        ("p1", "2026-04-04"),
        *((f"p{number}", "2026-03-03") for number in range(MANY)),
    ]
    assert [deed(one) for one in found.stamps[:3]] == [
        "the same text again, with no note",
        f"the same text again, with no note, one of {MANY} documents on that day",
        f"one of {MANY} documents on that day",
    ]
    columns, rows = stamps_table(found)
    assert rows[0][:5] == ("2026-04-04", "p1", "A page", "Lena <b>", "decides")
    assert {len(row) for row in rows} == {len(columns)}
    assert stamps_data(found)["sign_offs"][1] == {
        "id": "p0", "title": "A page", "path": "project/content/p0.md".removeprefix("project/"), "url": "p0/",
        "role": "D", "by": "Lena <b>", "date": "2026-03-03", "repeats": True, "together": MANY,
    }  # fmt: skip
    assert "Lena &lt;b&gt;" in stamps_markdown(found)
    assert sum("2026-03-03" in line for line in stamps_lines(found)) == MANY


def test_with_nothing_signed_there_is_one_sentence() -> None:
    found = look({"a": []})
    assert next(iter(stamps_lines(found))) == "Nobody has signed anything yet."
    assert stamps_markdown(found).startswith("Nobody has signed anything yet.\n")
    assert stamps_data(found)["spans"][-1]["signed"] == 0
