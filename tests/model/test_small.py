"""The small readers: the short form of RAPID, the items of a plan, people and groups, near words, addresses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.structure.files import File

from handrail.model.items import Item, read_items, written_out
from handrail.model.nearest import nearest
from handrail.model.people import Group, Person, read_registry
from handrail.model.rapid import read_rapid
from handrail.model.roles import Role
from handrail.model.theme_fields import is_kept_out_of_search
from handrail.model.urls import page_url
from tests.model.building import day

SHORT: list[tuple[str, dict[str, list[str]]]] = [
    ("IJT(D)", {"D": ["IJT"]}),
    ("IJT(D), MLT(R, A, P & I)", {"D": ["IJT"], "R": ["MLT"], "A": ["MLT"], "P": ["MLT"], "I": ["MLT"]}),
    ("IJT (D), MLT (A)", {"D": ["IJT"], "A": ["MLT"]}),
    ("IJT(D),MLT(A)", {"D": ["IJT"], "A": ["MLT"]}),
    (" IJT ( D ) , MLT( A ) ", {"D": ["IJT"], "A": ["MLT"]}),
    ("IJT(D&amp;R)", {"D": ["IJT"], "R": ["IJT"]}),
    ("IJT(D&R)", {"D": ["IJT"], "R": ["IJT"]}),
    ("IJT(D R)", {"D": ["IJT"], "R": ["IJT"]}),
    ("ijt(d), mlt(a)", {"D": ["ijt"], "A": ["mlt"]}),
    ("Lena Brandt-Keller (D), Omar Haddad (A)", {"D": ["Lena Brandt-Keller"], "A": ["Omar Haddad"]}),
    ("A(D), B(A), C(A)", {"D": ["A"], "A": ["B", "C"]}),
    ("A(D), B(D)", {"D": ["A", "B"]}),
    ("A(D),", {"D": ["A"]}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "expected"), SHORT, ids=[text for text, _ in SHORT])
def test_short_rapid(text: str, expected: dict[str, list[str]]) -> None:
    rapid = read_rapid(text)
    assert rapid.faults == ()
    assert {letter: [named.name for named in rapid.names(letter)] for letter in Role if rapid.names(letter)} == expected
    assert {named.path for named in rapid.everyone} <= {("rapid",)}


FAULTS = [
    ("IJT", "not of the form NAME(LETTERS)"),
    ("IJT(D", "not of the form NAME(LETTERS)"),
    ("(D)", "not of the form NAME(LETTERS)"),
    ("IJT()", "hold no letter"),
    ("IJT( , )", "hold no letter"),
    ("IJT(X)", "`X` behind IJT is none of the letters"),
    ("IJT(DA)", "`DA` behind IJT is none of the letters"),
    ("IJT(D) MLT(A)", "a comma is missing before `MLT(A)`"),
    ("IJT(D); MLT(A)", "a comma is missing before `; MLT(A)`"),
    ("IJT((D))", "not of the form NAME(LETTERS)"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS, ids=[text for text, _ in FAULTS])
def test_faults_of_short_rapid(text: str, fault: str) -> None:
    [found] = read_rapid(text).faults
    assert fault in found


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("AD(), &;x\t\n"), max_size=40))
def test_any_short_rapid_is_read(text: str) -> None:
    rapid = read_rapid(text)
    assert all(len(fault) < 300 for fault in rapid.faults)
    assert all(named.name.strip() == named.name != "" for named in rapid.everyone)


def test_rapid_in_words_has_a_place_for_each_name() -> None:
    rapid = read_rapid({"decide": "a", "agree": ["b", "c"], "input": "not a list", "perform": [1, "d"], "else": ["e"]})
    assert [(named.name, named.path) for named in rapid.everyone] == [
        ("b", ("rapid", "agree", 0)),
        ("c", ("rapid", "agree", 1)),
        ("d", ("rapid", "perform", 1)),
        ("a", ("rapid", "decide")),
    ]


@pytest.mark.parametrize("value", [None, 1, True, ["a"], {"decide": ["a"]}, {"decide": {"a": "b"}}, {}], ids=repr)
def test_rapid_that_names_nobody(value: Any) -> None:
    assert read_rapid(value).everyone == ()


ITEMS: list[tuple[Any, Item]] = [
    ("Fewer steps", Item("methods", 0, "Fewer steps")),
    ("Plain books: any colleague reads them", Item("methods", 0, "any colleague reads them", "Plain books")),
    ("(Finance) Close in five days", Item("methods", 0, "Close in five days", "", "Finance")),
    ("(Finance) Books: close in five days", Item("methods", 0, "close in five days", "Books", "Finance")),
    ("At 12:30 we eat", Item("methods", 0, "At 12:30 we eat")),
    ("See https://example.org", Item("methods", 0, "See https://example.org")),
    ({"Plain books": "any colleague reads them"}, Item("methods", 0, "any colleague reads them", "Plain books")),
    ({"Claims within days": 2}, Item("methods", 0, "2", "Claims within days")),
    ({"Paid on time": True}, Item("methods", 0, "true", "Paid on time")),
    ({"text": "Close"}, Item("methods", 0, "Close")),
    ({"text": "Books: close"}, Item("methods", 0, "close", "Books")),
    ({"label": "Books", "text": "a: b"}, Item("methods", 0, "a: b", "Books")),
    ({"text": "(Finance) a", "team": "Sales"}, Item("methods", 0, "(Finance) a", "", "Sales")),
    (
        {"label": "Books", "text": "a", "team": "F", "metric": "m", "target": 5, "result": 1.5},
        Item("methods", 0, "a", "Books", "F", "m", "5", "1.5"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), ITEMS, ids=[str(value) for value, _ in ITEMS])
def test_forms_of_an_item(value: Any, expected: Item) -> None:
    assert read_items("methods", [value]) == [expected]


@pytest.mark.parametrize(
    "values", [None, "a text", {"a": "b"}, [None], [["a"]], [{"label": "a"}], [{"a": None}], [5], [{}]], ids=repr
)
def test_what_is_no_item(values: Any) -> None:
    assert read_items("methods", values) == []


def test_an_item_knows_its_place_among_all_that_were_typed() -> None:
    assert [(item.index, item.text) for item in read_items("methods", ["a", None, "b"])] == [(0, "a"), (2, "b")]


@pytest.mark.parametrize(
    "key", ["text", "Text", "texts", "label", "lable", "metric", "metrics", "target", "result", "team"]
)
def test_a_key_that_is_nearly_a_field_is_no_label(key: str) -> None:
    assert written_out({key: "a"}) == {key: "a"}


def test_labels_are_compared_without_case_and_white_space() -> None:
    [item] = read_items("methods", ["  Plain   Books : x"])
    assert item.key == "plain books"


REGISTRY = read_registry({
    "people": [
        {"id": "lbk", "name": "Lena Brandt-Keller", "job": "Head of finance", "deputy": "oha"},
        {"id": "oha", "name": "Omar Haddad", "until": "2026-10-31"},
        {"id": "both", "name": "Same Name"},
        {"id": "other", "name": "Same Name"},
        {"id": "finance", "name": "A person named like a group's id"},
        {"name": "no id"}, {"id": 5, "name": "x"}, "text", None,
    ],
    "groups": [
        {"id": "lt", "name": "Leadership team", "members": ["LBK", "Omar Haddad", "nobody", 7], "quorum": "all"},
        {"id": "finance", "name": "Finance"}, {"id": "odd", "name": "Odd", "members": "lbk", "quorum": "most"},
    ],
})  # fmt: skip


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("lbk", "lbk"),
        ("LBK", "lbk"),
        ("lena  brandt-keller", "lbk"),
        ("LT", "lt"),
        ("Leadership team", "lt"),
        ("Same name", "both"),
    ],
)
def test_people_are_found_by_id_in_any_case_or_by_full_name(name: str, id_: str) -> None:
    found = REGISTRY.find(name)
    assert found is not None
    assert found.id == id_


@pytest.mark.parametrize("name", ["Lena", "nobody", "", "l b k"])
def test_who_is_unknown(name: str) -> None:
    assert REGISTRY.find(name) is None


def test_members_deputies_and_days() -> None:
    group, lena, omar = REGISTRY.find("lt"), REGISTRY.person("lbk"), REGISTRY.person("oha")
    assert isinstance(group, Group)
    assert isinstance(lena, Person)
    assert isinstance(omar, Person)
    assert group.quorum == "all"
    assert [member.id for member in REGISTRY.members(group)] == ["lbk", "oha"]
    assert REGISTRY.deputy(lena) == omar
    assert REGISTRY.deputy(omar) is None
    assert REGISTRY.person("lt") is None
    assert [omar.is_here(day(text)) for text in ("2026-10-31", "2026-11-01")] == [True, False]
    odd = REGISTRY.find("odd")
    assert isinstance(odd, Group)
    assert (odd.quorum, odd.members) == ("any", ())


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("onwer", "owner"),
        ("owner", "owner"),
        ("Owner", "owner"),
        ("sign-offs", "sign_offs"),
        ("visibilty", "visibility"),
        ("x", None),
        ("", None),
        ("k" * 5000, None),
        ("vpmon", "vpmom"),
    ],
)
def test_near_words(word: str, expected: str | None) -> None:
    assert nearest(word, ["owner", "sign_offs", "visibility", "vpmom"]) == expected


NAMES = [
    "index.md", "README.md", "a.md", "a/index.md", "a/README.md", "a/b.md", "a.b.md", "a b.md", "é.md", "日本語.md", "a&b.md", "a#b.md",
    "a%20b.md", "a+b.md", "a'b.md", "a.markdown", "a.mkd", "Index.md", "readme.md", "a/b/c/index.md", "a:b.md", "A/B.md", "~a.md",
]  # fmt: skip


@pytest.mark.parametrize("directories", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_addresses_are_those_of_mkdocs(name: str, directories: bool) -> None:  # noqa: FBT001 - a setting's two values
    expected = File(name, "content", "site", use_directory_urls=directories).url
    assert page_url(name, directories=directories) == ("" if expected == "./" else expected)


@pytest.mark.parametrize(
    ("said", "is_out"),
    [({"exclude": True}, True), ({"exclude": False}, False), ({"exclude": "no"}, False), ({}, False), (True, False)],
)
def test_a_page_is_kept_out_of_the_search_by_one_word(said: Any, *, is_out: bool) -> None:
    assert is_kept_out_of_search({"search": said}) is is_out
