"""The passages of a body: what readers see of it, cut where they see an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.text.passages import passages, places, seen

CUT = [
    ("One. Two is\nlonger! Three", ["One.", "Two is\nlonger!", "Three"]),
    ("Ask e.g. Ann. Or no. 5 of it. she said", ["Ask e.g. Ann.", "Or no. 5 of it. she said"]),
    ('He says "Go." Then he goes.', ['He says "Go."', "Then he goes."]),
    ("# Head\n\nText\n\nMore", ["# Head", "Text", "More"]),
    ("1. One.\n2) Two\n   goes on\n- [ ] three\n* four", ["One.", "Two\n   goes on", "three", "four"]),
    ("| a | b |\n|---|---|\n| One. Two | 3 |", ["| a | b |", "|---|---|", "| One. Two | 3 |"]),
    ("Before it\n| a |\n# Head", ["Before it", "| a |", "# Head"]),
    ("> Quoted\n> on.\n\nPlain", ["Quoted\n> on.", "Plain"]),
    ("经费。报销\uff01好", ["经费。", "报销\uff01", "好"]),
    ("", []),
    (" \n\t\n", []),
]


@pytest.mark.parametrize(("body", "found"), CUT)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_body_is_cut_at_sentences_items_rows_and_headings(body: str, found: list[str], end: str) -> None:
    got = [passage.replace(" \n", "\n").rstrip() for passage in passages(body.replace("\n", end))]
    assert got == found


UNSEEN = [
    ("Read [the *list*](https://a.example/b_(c)?d) now", "Read the list now"),
    ("Read [the list][one]\n\n[one]: https://a.example 'Title'", "Read the list"),
    ("Look ![at it](a.png) here", "Look here"),
    ("Run `make 5` or <b class='x'>go</b><!-- no -->", "Run or go"),
    ("```\ncode 5\n```\nText", "Text"),
    ("See [[sop:pay|how to pay]] and [[sop:pay]]", "See how to pay and"),
    ("A note[^1]{: .small} {#id} {% x %}{{ y }} {as typed}", "A note as typed"),
    ("45&nbsp;&euro; &amp; more", "45 € & more"),
    ("Go<script>let five = 5;</script> on<STYLE>a {b: c}</STYLE>, <script>left", "Go on , left"),
    ("See <https://a.example>", "See https://a.example"),
]


@pytest.mark.parametrize(("body", "words"), UNSEEN)
def test_what_no_reader_sees_is_blanked_out(body: str, words: str) -> None:
    bare = "".join(" " if sign in "*[]|<>{}" else sign for sign in seen(body))
    assert " ".join(bare.split()) == words


@given(st.text(st.sampled_from(list("aA1 .!?\n\r\t|#>-*[](){}<>`&;:\"'_\u3002")), max_size=60))
def test_each_passage_stands_where_it_is_said_to(body: str) -> None:
    text = seen(body)
    assert len(text) == len(body)
    assert [text[start:end] for start, end in places(body)] == passages(body)
    at = 0
    for start, end in places(body):
        assert at <= start < end
        at = end
