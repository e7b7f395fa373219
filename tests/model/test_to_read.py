"""Who is asked to read which text, and who has confirmed it."""

from __future__ import annotations

import pytest

from handrail.model.handbook import Handbook
from handrail.model.record_rows import Confirmed
from handrail.model.records import Records
from handrail.model.to_read import Readings, ToRead
from tests.model.building import day, document, handbook

PEOPLE = document(
    "people",
    "people",
    "people:",
    "  - {id: ada, name: Ada Roth}",
    "  - {id: bo, name: Bo Lind}",
    "  - {id: kim, name: Kim Lee}",
    "  - {id: lou, name: Lou Ito}",
    "  - {id: new, name: Nia New, since: 2026-11-01}",
    "  - {id: soon, name: Sol Soon, since: 2026-12-01}",
    "  - {id: old, name: Olga Old, until: 2026-01-31}",
    "groups:",
    "  - {id: books, name: Books, members: [ada, new, soon, old]}",
    "  - {id: everyone, name: Everyone}",
)
READERS = "readers: [books, bo]"


def book(*lines: str, kind: str = "sop", body: str = "Text\n", rows: tuple[tuple[str, str, str], ...] = ()) -> Handbook:
    """Return a handbook with one document; `rows` are a day, a person and a digest that they confirmed."""
    found = handbook({"people.md": PEOPLE, "a.md": document(kind, "a", *lines, body=body)})
    read = tuple(
        Confirmed(day(on), person, found.identity(found.by_src_uri["a.md"]), text, f"issue-{at}")
        for at, (on, person, text) in enumerate(rows, 1)
    )
    vars(found.project)["records"] = Records(read=read)
    return found


def digest(*lines: str, body: str = "Text\n") -> str:
    found = book(*lines, body=body)
    return str(found.texts.digest(found.by_src_uri["a.md"]))


def asked(
    *lines: str, kind: str = "sop", body: str = "Text\n", rows: tuple[tuple[str, str, str], ...] = ()
) -> ToRead | None:
    found = book(*lines, kind=kind, body=body, rows=rows)
    return Readings(found).of(found.by_src_uri["a.md"])


ACTIVE = ("state: active", "rapid: kim(D), lou(A)")
NOW = digest(*ACTIVE)


def entries(*signed: tuple[str, str, str, str]) -> str:
    listed = (f"{{role: {role}, by: {by}, date: {on}, digest: '{text}'}}" for role, by, on, text in signed)
    return f"sign_offs: [{', '.join(listed)}]"


SIGNED = entries(("A", "lou", "2026-10-01", NOW), ("D", "kim", "2026-10-02", NOW))


def test_who_is_asked() -> None:
    found = asked(*ACTIVE, SIGNED, READERS)
    assert found is not None
    # Who has left is not asked, and who is still to come is not yet.
    assert [person.id for person in found.people] == ["ada", "new", "bo"]
    assert (str(found.text), found.since, found.is_as_it_stands) == (NOW, day("2026-10-02"), True)
    assert [found.asked_since(person) for person in found.people] == [
        day("2026-10-02"),
        day("2026-11-01"),
        day("2026-10-02"),
    ]


def test_who_signed_a_text_is_not_asked_to_read_it() -> None:
    for body in ("Text\n", "Other\n"):  # also where it has changed since, and what was signed last counts
        found = asked(*ACTIVE, SIGNED, "readers: [kim, books, lou]", body=body)
        assert found is not None
        assert [person.id for person in found.people] == ["ada", "new"]
    mine = entries(("A", "lou", "2026-10-01", NOW), ("D", "kim", "2026-10-02", NOW), ("A", "ada", "2026-10-02", NOW))
    found = asked(*ACTIVE, mine, "readers: [ada]")
    assert found is not None
    assert [person.id for person in found.people] == ["ada"]  # that signature is nobody's to give


def test_a_group_that_does_not_say_who_is_in_it_is_asked_and_nobody_is_missing() -> None:
    found = asked(*ACTIVE, SIGNED, "readers: [everyone]")
    assert found is not None
    assert (found.people, found.missing) == ((), ())


@pytest.mark.parametrize(
    "lines",
    [
        (*ACTIVE, READERS),
        (*ACTIVE, READERS, entries(("D", "kim", "2026-10-02", NOW))),
        ("state: draft", "rapid: kim(D)", READERS),
        ("state: retired", "rapid: kim(D), lou(A)", SIGNED, READERS),
        (*ACTIVE, SIGNED),
    ],
    ids=["never signed", "not by all", "a draft", "retired", "no readers"],
)
def test_nobody_is_asked(lines: tuple[str, ...]) -> None:
    assert asked(*lines) is None


def test_a_confirmation_counts_for_its_text_and_its_day() -> None:
    found = asked(
        *ACTIVE,
        SIGNED,
        READERS,
        rows=(
            ("2026-10-03", "bo", NOW),
            ("2026-10-05", "bo", NOW),
            ("2026-11-16", "ada", NOW),  # tomorrow
            ("2026-10-03", "new", f"{NOW[:-1]}{'0' if NOW[-1] != '0' else '1'}"),
            ("2026-10-03", "old", NOW),
        ),
    )
    assert found is not None
    assert found.confirmed == {"bo": day("2026-10-03")}
    assert [person.id for person in found.missing] == ["ada", "new"]


def test_a_change_that_nobody_signed_asks_nobody() -> None:
    changed = (*ACTIVE, SIGNED, READERS)
    found = asked(*changed, body="Other\n", rows=(("2026-10-03", "bo", NOW),))
    assert found is not None
    assert (str(found.text), found.is_as_it_stands) == (NOW, False)
    assert found.confirmed == {"bo": day("2026-10-03")}


def test_a_newly_signed_text_asks_again() -> None:
    new = digest(*ACTIVE, body="Other\n")
    signed = entries(
        ("A", "lou", "2026-10-01", NOW), ("D", "kim", "2026-10-02", NOW), ("A", "lou", "2026-11-01", new), ("D", "kim", "2026-11-02", new)
    )  # fmt: skip
    found = asked(*ACTIVE, signed, READERS, body="Other\n", rows=(("2026-10-03", "bo", NOW),))
    assert found is not None
    assert (str(found.text), found.since, found.confirmed) == (new, day("2026-11-02"), {})
    # What only one of the two signed does not count yet.
    half = entries(("A", "lou", "2026-10-01", NOW), ("D", "kim", "2026-10-02", NOW), ("D", "kim", "2026-11-02", new))
    found = asked(*ACTIVE, half, READERS, body="Third\n", rows=(("2026-10-03", "bo", NOW),))
    assert found is not None
    assert (str(found.text), found.confirmed) == (NOW, {"bo": day("2026-10-03")})


def test_a_document_that_nobody_signs_counts_as_it_stands() -> None:
    found = asked("frequency: weekly", "participants: [ada]", READERS, kind="cadence")
    assert found is not None
    assert found.is_as_it_stands
    assert len(found.people) == 3


def test_only_the_pages_that_are_given() -> None:
    found = book(*ACTIVE, SIGNED, READERS)
    assert [one.page.id for one in Readings(found).all] == ["a"]
    assert Readings(found, set()).all == []
