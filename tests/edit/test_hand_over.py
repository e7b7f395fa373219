"""What somebody carries is handed over in place: what is still to be done moves, and not a byte else."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.edit.hand_over import HandOver, hand_over, wish_of
from handrail.errors import UsageError
from handrail.model.handbook import Handbook
from handrail.text.source import read_source
from tests.model.building import day, document, handbook

PEOPLE = """\
---
kind: people
id: people
title: People
visibility: public
people:
  # Who leads comes first.
  - {id: lbk, name: Lena Brandt-Keller, job: Head of finance, deputy: pna}  # since 2019
  - id: oha
    name: Omar Haddad
    deputy: lbk
  - {id: pna, name: Priya Nair, deputy: lbk}
  - {id: old, name: Olga Old, until: 2026-01-31}
groups:
  - {id: lt, name: Leadership, members: [lbk, pna, oha]}
  - {id: two, name: Two, members: [lbk, oha]}
---
"""
LBK, OHA = re.compile("lbk|lena brandt-keller", re.IGNORECASE), re.compile("oha|omar haddad", re.IGNORECASE)


def book(**pages: str) -> Handbook:
    return handbook({"people.md": PEOPLE, **{f"{name}.md": text for name, text in pages.items()}})


def handed(known: Handbook, *, left: str = "", groups: bool = False) -> HandOver:
    wish = wish_of(known, "lbk", "oha", day(left) if left else None, groups=groups)
    return hand_over(known, wish, lambda page: page.source.text.encode())


def after(front: str, *, state: str = "active") -> str:
    """Return what becomes of the fields of a procedure."""
    known = book(a=document("sop", "a", f"state: {state}", *front.split("\n")))
    found = {one.page.id: one.after.decode() for one in handed(known).handed}
    text = found.get("a", known.by_src_uri["a.md"].source.text)
    return text.split(f"state: {state}\n")[1].split("\n---")[0]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("rapid: LBK(D), PNA(A)", "rapid: OHA(D), PNA(A)"),
        ("rapid: lbk(D),pna (A) # why", "rapid: oha(D),pna (A) # why"),
        ("rapid: Lena Brandt-Keller(D, P), Priya Nair(A)", "rapid: Omar Haddad(D, P), Priya Nair(A)"),
        ("rapid: 'PNA(D), LBK(A)'", "rapid: 'PNA(D), OHA(A)'"),
        ('rapid: "LBK(D)"', 'rapid: "OHA(D)"'),
        ("rapid: >-\n  LBK(D),\n  PNA(A)", "rapid: >-\n  OHA(D),\n  PNA(A)"),
        ("rapid: PNA(D),\n  LBK(A)", "rapid: PNA(D),\n  OHA(A)"),
        # Who has the letter already is not named twice.
        ("rapid: PNA(D), LBK(A), OHA(A)", "rapid: PNA(D), OHA(A)"),
        ("rapid: PNA(D), OHA(A), LBK(A)", "rapid: PNA(D), OHA(A)"),
        ("rapid: PNA(D), LBK(A&P), OHA(A)", "rapid: PNA(D), OHA(P), OHA(A)"),
        ("rapid: PNA(D), LBK(P), lbk(P)", "rapid: PNA(D), OHA(P)"),
        ("rapid: {decide: lbk, agree: [pna]}", "rapid: {decide: oha, agree: [pna]}"),
        (
            "rapid:\n  decide: pna # who else\n  agree:\n    - lbk # money\n    # the work\n    - oha\n  perform: [lbk, lt]",
            "rapid:\n  decide: pna # who else\n  agree:\n    # money\n    # the work\n    - oha\n  perform: [oha, lt]",
        ),
        ("rapid:\n  decide: pna\n  agree: [oha, lbk]", "rapid:\n  decide: pna\n  agree: [oha]"),
        ("rapid:\n  decide: pna\n  agree: [lbk, oha]", "rapid:\n  decide: pna\n  agree: [oha]"),
        ("rapid:\n  decide: pna\n  input: [lbk, 'Lena Brandt-Keller', lt]", "rapid:\n  decide: pna\n  input: [oha, lt]"),
        ("rapid: PNA(D)\nowner: 'lbk'", "rapid: PNA(D)\nowner: 'oha'"),
        ("rapid: PNA(D)\nowner: Lena Brandt-Keller  # for now", "rapid: PNA(D)\nowner: Omar Haddad  # for now"),
        # What was done stays, and what somebody is to read themselves.
        (
            "rapid: PNA(D), LBK(R)\nreaders: [lbk]\nsign_offs: [{role: D, by: lbk, date: 2026-01-01}]",
            "rapid: PNA(D), OHA(R)\nreaders: [lbk]\nsign_offs: [{role: D, by: lbk, date: 2026-01-01}]",
        ),
        ("rapid: LT(A), PNA(D)", "rapid: LT(A), PNA(D)"),
    ],
)  # fmt: skip
def test_names_move_as_they_are_written(before: str, expected: str) -> None:
    assert after(before) == expected


@pytest.mark.parametrize(
    "page",
    [
        document("sop", "a", "state: retired", "rapid: LBK(D)"),
        document("objective", "a", "state: attained", "owner: lbk"),
        document("vpmom", "a", "state: active", "period: FY25", "rapid: LBK(D)"),
    ],
)
def test_what_is_over_stays(page: str) -> None:
    assert [one.page.id for one in handed(book(a=page)).handed] == ["people"]


def test_open_decisions_move_and_done_ones_stay() -> None:
    lines = (
        "frequency: weekly",
        "participants: [pna, lbk]",
        "decisions:",
        "  - {date: 2026-10-01, text: A, owner: lbk, done: 2026-10-02}",
        "  - {date: 2026-10-01, text: B, owner: lbk, due: 2026-12-01}  # soon",
        "  - {date: 2026-10-01, text: C, owner: lbk, dropped: {date: 2026-10-02, why: no}}",
    )
    page, _ = handed(book(m=document("cadence", "m", *lines))).handed
    expected = document("cadence", "m", *lines).replace("[pna, lbk]", "[pna, oha]")
    assert page.after.decode() == expected.replace("B, owner: lbk", "B, owner: oha")
    assert page.moves == ("takes part", "carries out what was decided")


def of_the_list(*, left: str = "", groups: bool = False) -> str:
    (page,) = handed(book(), left=left, groups=groups).handed
    return page.after.decode()


def test_the_list_of_people() -> None:
    expected = PEOPLE.replace("Priya Nair, deputy: lbk", "Priya Nair, deputy: oha")
    assert of_the_list() == expected
    expected = expected.replace("deputy: pna}", "deputy: pna, until: 2026-12-31}")
    assert of_the_list(left="2026-12-31") == expected
    expected = expected.replace("[lbk, pna, oha]", "[pna, oha]").replace("[lbk, oha]", "[oha]")
    assert of_the_list(left="2026-12-31", groups=True) == expected


def test_what_does_not_move_is_told() -> None:
    stays = handed(book(a=document("sop", "a", "state: active", body="Ask Lena Brandt-Keller.\n", title="Ask"))).stays
    assert stays == (
        "Lena Brandt-Keller is the deputy of Omar Haddad; name somebody else there.",
        "Lena Brandt-Keller stays in Leadership and Two; --groups gives Omar Haddad that place.",
        "The text of “Ask” names Lena Brandt-Keller; read whether it still holds.",
    )


def refused(rapid: str, *, left: str = "") -> list[str]:
    return [
        one.why for one in handed(book(a=document("sop", "a", "state: active", f"rapid: {rapid}")), left=left).left_out
    ]


def test_nobody_decides_and_agrees() -> None:
    assert refused("LBK(D), OHA(A)") == ["Omar Haddad would decide and agree. Priya Nair could take one of the two."]
    assert refused("{decide: oha, agree: [lbk]}") == refused("LBK(D), OHA(A)")
    assert refused("LBK(D), OHA(P)") == []
    # Of a group somebody else is to agree: Lena can, as long as she is there.
    assert refused("LBK(D), two(A)") == []
    assert refused("LBK(D), two(A)", left="2026-11-20") == [
        "Omar Haddad would decide, and nobody could agree for Two. Priya Nair could take one of the two."
    ]


def test_which_sign_offs_end() -> None:
    entries = "sign_offs: [{role: D, by: lbk, date: 2026-11-01}, {role: A, by: pna, date: 2026-11-01}]"
    found = handed(
        book(
            a=document("sop", "a", "state: active", "rapid: LBK(D), PNA(A)", entries),
            b=document("sop", "b", "state: active", "rapid: LBK(D), PNA(A)"),
            c=document("sop", "c", "state: active", "rapid: PNA(D), LBK(P)", entries.replace("role: A", "role: D")),
        )
    )
    assert [one.page.id for one in found.ended] == ["a"]
    assert {who.id: count for who, count in found.to_sign.items()} == {"oha": 1}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\nkind: sop\nid: a\nrapid: LBK(D)\n  bad: [\n---\n", 5),
        ("---\nkind: sop\nid: a\ntitle: A\ntitle: B\nrapid: LBK(D)\n---\n", 5),
        ("---\nkind: sop\nid: a\nrapid: LBK(D)\n", 1),
    ],
)
def test_a_page_that_cannot_be_read_is_named_with_its_line(text: str, line: int) -> None:
    found = handed(book(a=text, b=document("sop", "b", "state: active", "rapid: LBK(D)")))
    assert [(one.page.path, one.line) for one in found.left_out] == [("content/a.md", line)]
    assert "b" in [one.page.id for one in found.handed]
    other = text.replace("LBK", "PNA")
    assert handed(book(a=other)).left_out == ()


@pytest.mark.parametrize(
    ("giver", "taker", "left", "said"),
    [
        ("nobody", "oha", "", "The list of people knows nobody called `nobody`; add them there first."),
        ("lbk", "ohaa", "", "The list of people knows nobody called `ohaa`; did you mean `oha`?"),
        ("lt", "oha", "", "`lt` is a group; a hand-over is from one person to another."),
        (
            "lbk",
            "LENA brandt-keller",
            "",
            "Lena Brandt-Keller can't hand over to themselves; name somebody else with --to.",
        ),
        ("lbk", "old", "", "Olga Old left on 31 January 2026; name somebody who is there with --to."),
        ("old", "oha", "2026-11-30", "Olga Old left on 31 January 2026 already; leave out --left."),
    ],
)
def test_a_hand_over_that_makes_no_sense(giver: str, taker: str, left: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        wish_of(book(), giver, taker, day(left) if left else None, groups=False)
    assert str(error.value) == said


def test_who_has_left_can_hand_over() -> None:
    known = book(a=document("sop", "a", "state: active", "rapid: OLD(D)"))
    wish = wish_of(known, "old", "oha", None, groups=False)
    found = hand_over(known, wish, lambda page: page.source.text.encode())
    assert [one.page.id for one in found.handed] == ["a"]


NAMES = st.sampled_from(("lbk", "LBK", "Lena Brandt-Keller", "oha", "OHA", "Omar Haddad", "pna", "lt", "someone"))
LETTERS = st.lists(st.sampled_from("RAPI"), min_size=1, max_size=3, unique=True)
BETWEEN, WITHIN = st.sampled_from((", ", ",", " , ", ",\n    ")), st.sampled_from(("&", ", ", " & ", "&amp;"))


@st.composite
def short_forms(draw: st.DrawFn) -> str:
    entries = draw(st.lists(st.tuples(NAMES, LETTERS), min_size=1, max_size=5))
    said = [f"{name}{draw(st.sampled_from(('', ' ')))}({draw(WITHIN).join(letters)})" for name, letters in entries]
    text = said[0]
    for one in said[1:]:
        text += draw(BETWEEN) + one
    sign = draw(st.sampled_from(("", "'", '"')))
    return f"rapid: {sign}{text}{sign}"


@st.composite
def mappings(draw: st.DrawFn) -> str:
    lines = ["rapid:"]
    for field in draw(st.lists(st.sampled_from(("recommend", "agree", "perform", "input")), unique=True, min_size=1)):
        names = draw(st.lists(NAMES, min_size=1, max_size=4))
        if draw(st.booleans()):
            lines.append(f"  {field}: [{draw(st.sampled_from((', ', ',  ', ' , '))).join(names)}]")
        else:
            comments = [draw(st.sampled_from(("", "  # lbk", " # why"))) for _ in names]
            lines += [f"  {field}:", *(f"    - {name}{why}" for name, why in zip(names, comments, strict=True))]
    return "\n".join(lines)


def by_role(front: str) -> dict[str, set[str]]:
    """Return the names of each role, all in small letters, as PyYAML reads them."""
    rapid: Any = yaml.safe_load(front)["rapid"]
    found: dict[str, set[str]] = {}
    if isinstance(rapid, str):
        for name, letters in re.findall(r"([^(),]+)\(([^()]*)\)", rapid):
            for letter in re.findall("[RAPID]", letters.replace("&amp;", "&")):
                found.setdefault(letter, set()).add(name.strip())
    else:
        for field, names in rapid.items():
            found.setdefault(field[0].upper(), set()).update(names)
    return found


def moved(names: set[str]) -> set[str]:
    known = {"oha" if LBK.fullmatch(name) or OHA.fullmatch(name) else name for name in names}
    return {name.casefold() for name in known}


@settings(max_examples=150, deadline=None)
@given(st.one_of(short_forms(), mappings()))
def test_any_rapid_moves_role_by_role(front: str) -> None:
    result = after(front)
    was, now = by_role(front), by_role(result)
    assert not any(LBK.fullmatch(name) for names in now.values() for name in names)
    assert {role: moved(names) for role, names in now.items()} == {role: moved(names) for role, names in was.items()}
    assert re.findall("#.*", result) == re.findall("#.*", front)
    # Handing over again finds nothing.
    assert after(result) == result
    if not any(LBK.fullmatch(name) for names in was.values() for name in names):
        assert result == front


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_stay(mark: str, end: str) -> None:
    rapid = "rapid:\n  decide: lbk\n  agree:\n  - pna\n  - lbk  # both\n  input: [oha, lbk]"
    text = document("sop", "a", "state: active", rapid, "owner: lbk").replace("decide: lbk", "decide: pna")
    raw = (mark + text.replace("\n", end)).encode()
    known = handbook({"people.md": PEOPLE}).with_sources(
        {"people.md": read_source(PEOPLE.encode()), "a.md": read_source(raw)}
    )
    wish = wish_of(known, "lbk", "oha", None, groups=False)
    found = hand_over(known, wish, lambda page: raw if page.id == "a" else PEOPLE.encode())
    (page,) = (one for one in found.handed if one.page.id == "a")
    expected = text.replace("- lbk", "- oha").replace("[oha, lbk]", "[oha]").replace("owner: lbk", "owner: oha")
    assert page.after == (mark + expected.replace("\n", end)).encode()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("  - id: lbk\n    name: Lena Brandt-Keller # always\n", "  - id: lbk\n    name: Lena Brandt-Keller # always\n    until: 2026-12-31\n"),
        ("  - {id: lbk, name: 'Lena Brandt-Keller', until: 2027-06-30} # soon\n", "  - {id: lbk, name: 'Lena Brandt-Keller', until: 2026-12-31} # soon\n"),
        ("  - {id: lbk, name: Lena Brandt-Keller,\n     job: Head}\n", "  - {id: lbk, name: Lena Brandt-Keller,\n     job: Head, until: 2026-12-31}\n"),
    ],
)  # fmt: skip
def test_the_last_day_is_written_as_the_list_is(entry: str, expected: str) -> None:
    text = f"---\nkind: people\nid: people\ntitle: P\nvisibility: public\npeople:\n{entry}  - {{id: oha, name: Omar}}\n---\n"
    known = handbook({"people.md": text})
    wish = wish_of(known, "lbk", "oha", day("2026-12-31"), groups=False)
    (page,) = hand_over(known, wish, lambda _: text.encode()).handed
    assert page.after.decode() == text.replace(entry, expected)


def test_a_fault_that_was_there_before_is_none_of_the_hand_overs() -> None:
    assert refused("PNA(D), PNA(A), LBK(R)") == []
    assert refused("PNA(D), old(A), LBK(R)") == []
    assert refused("PNA(D), two(A), LBK(R)", left="2026-11-20") == []
