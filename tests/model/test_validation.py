"""One thing wrong is one violation, in the place where it is wrong; and what is refused has at least one."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.model.formats import is_day, is_uri
from handrail.model.kinds import Kind
from handrail.model.validation import MISSING, NO_VALUE, UNKNOWN
from handrail.model.violations import violations
from handrail.text.problems import DataPath
from tests.model.building import kinds
from tests.model.published import editor
from tests.model.samples import FULL

KINDS = kinds()


def paths(value: Any, path: DataPath = ()) -> Iterator[DataPath]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, below in value.items():
            yield from paths(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from paths(below, (*path, index))


def changed(data: dict[str, Any], path: DataPath, value: Any) -> dict[str, Any]:
    copy: Any = deepcopy(data)
    holder = copy
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    whole: dict[str, Any] = copy
    return whole


def without(data: dict[str, Any], path: DataPath) -> dict[str, Any]:
    copy: Any = deepcopy(data)
    holder = copy
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    whole: dict[str, Any] = copy
    return whole


def explain(kind: Kind, data: dict[str, Any]) -> list[tuple[DataPath, str]]:
    return [(violation.path, violation.keyword) for violation in violations(kind, data, lambda _: False)]


def test_every_kind_has_a_sample_with_every_field() -> None:
    assert set(FULL) == set(KINDS)
    for name, kind in KINDS.items():
        assert set(kind.fields) == set(FULL[name])


@pytest.mark.parametrize("name", FULL)
def test_a_full_document_is_valid(name: str) -> None:
    kind = KINDS[name]
    assert explain(kind, FULL[name]) == []
    assert kind.validator.is_valid(FULL[name])


def own_paths(name: str) -> Iterator[DataPath]:
    """Yield the places of a kind; those that all kinds share are `page`'s."""
    for path in paths(FULL[name]):
        if name == "page" or path[0] not in FULL["page"]:
            yield path


@pytest.mark.parametrize("name", FULL)
def test_one_wrong_value_is_found_in_its_place_and_nowhere_else(name: str) -> None:
    for path in own_paths(name):
        found = explain(KINDS[name], changed(FULL[name], path, {"no such": "form"}))
        assert {where[: len(path)] for where, _ in found} == {path}


@pytest.mark.parametrize("name", FULL)
def test_one_field_of_a_wrong_type_is_one_violation(name: str) -> None:
    kind = KINDS[name]
    for path in own_paths(name):
        old: Any = FULL[name]
        for step in path:
            old = old[step]
        value: Any = "\u200b" if isinstance(old, (int, float)) else 5 if isinstance(old, str) else True
        if path[-1] in ("target", "result"):
            value = False
        assert explain(kind, changed(FULL[name], path, value)) in [
            [(path, word)] for word in ("type", "enum", "format")
        ], path


@pytest.mark.parametrize("name", FULL)
def test_one_field_with_no_value_is_one_violation(name: str) -> None:
    kind = KINDS[name]
    for path in own_paths(name):
        assert explain(kind, changed(FULL[name], path, None)) == [(path, NO_VALUE)]


@pytest.mark.parametrize("name", FULL)
def test_one_unknown_field_is_one_violation(name: str) -> None:
    kind = KINDS[name]
    for path in [(), *own_paths(name)]:
        holder: Any = FULL[name]
        for step in path:
            holder = holder[step]
        if isinstance(holder, dict):
            assert explain(kind, changed(FULL[name], (*path, "zzz"), {"a": 1})) == [((*path, "zzz"), UNKNOWN)]


@pytest.mark.parametrize("name", FULL)
def test_one_mistyped_field_is_one_violation(name: str) -> None:
    kind = KINDS[name]
    for path in own_paths(name):
        key = path[-1]
        if isinstance(key, str) and len(key) > 3:
            value: Any = FULL[name]
            for step in path:
                value = value[step]
            slip = key[:-2] + key[-1] + key[-2]
            if slip != key:
                data = changed(without(FULL[name], path), (*path[:-1], slip), value)
                assert explain(kind, data) == [((*path[:-1], slip), UNKNOWN)]


@pytest.mark.parametrize("name", FULL)
def test_one_missing_field_is_one_violation_or_none(name: str) -> None:
    kind = KINDS[name]
    for path in own_paths(name):
        data = without(FULL[name], path)
        found = explain(kind, data)
        assert found in ([], [(path, MISSING)]), path
        assert kind.validator.is_valid(data) is (not found)


REQUIRED = {
    "sop": {"state"}, "vpmom": {"state", "period", "vision", "priorities", "methods"}, "mission": {"statement"},
    "vision": {"statement", "horizon"}, "objective": {"state", "opened", "due", "closed", "outcome"}, "department": set(),
    "metric": {"unit", "direction", "frequency"}, "cadence": {"frequency", "participants"}, "improvement": {"state"},
    "people": set(), "page": set(),
}  # fmt: skip


@pytest.mark.parametrize("name", FULL)
def test_what_every_document_needs(name: str) -> None:
    found = {path[0] for path, keyword in explain(KINDS[name], {}) if keyword == MISSING}
    always = REQUIRED[name] - {"closed", "outcome", "vision", "priorities", "methods"}
    if name == "vision":
        always = REQUIRED[name]
    assert found == {"kind", "id", "title", "visibility"} | always
    assert {key for key in FULL[name] if explain(KINDS[name], without(FULL[name], (key,)))} == (
        {"kind", "id", "title", "visibility"} | REQUIRED[name]
    )


SPECIAL = [
    float("nan"), float("inf"), -float("inf"), 10**30, -(10**400), 1e308, -0.0, 2**63, 0, 2, 2.0, True, False, "", " ", "\u200b", "\ufeff", "a\n",
    "a\n\n", "\na", "a\r", "\x00", "\x07", "\ud800", "a\ud800b", "x" * 61, "x" * 301, "x" * 5000, "2026-02-29", "2024-02-29", "2026-3-1",
    "2026-03-31\n", "0000-01-01", "\uff19", "https://example.org", "https://", "http://[::1", "https://a b", "javascript:alert(1)", "HTTPS://A",
    "https://é.example/", "https://a\n", "a-b", "A", "a--b", "-a", "a@FY27", "sop:a", "sop:a@b c", "FY27", "FY27-Q4", "FY27\n", "6 months",
    "12 months", "13 months", "1 months", "1 month", "٣ months", "public", "D", "t2:" + "0" * 64, "t2:" + "0" * 64 + "\n", "<b>", "a.csv", "../a.csv",
    "material/cash", "material/cash\n", "🧾", "e\u0301", "\u2028", "a\u2028", "\x1c", "\x85", "\xa0", "\u3000", [], [[]], {}, {"text": "a"}, {"product": "x"}, ["a"] * 61, None,
]  # fmt: skip
JSON = st.recursive(
    st.one_of(st.sampled_from(SPECIAL), st.text(max_size=8), st.integers(), st.floats(), st.none(), st.booleans()),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(st.text(max_size=5), below, max_size=3)),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_is_refused_is_explained_and_what_is_not_is_valid_to_an_editor(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FULL)))
    document: dict[str, Any] = FULL[name]
    for _ in range(data.draw(st.integers(1, 3))):
        known = list(paths(document))
        if not known:
            break
        path = data.draw(st.sampled_from(known))
        match data.draw(st.sampled_from(["replace", "replace", "drop", "rename", "add"])):
            case "replace":
                document = changed(document, path, data.draw(JSON))
            case "drop":
                document = without(document, path)
            case "rename" if isinstance(path[-1], str):
                document = changed(without(document, path), (*path[:-1], path[-1] + "s"), data.draw(JSON))
            case _:
                document = changed(document, ("extra",), data.draw(JSON))
    verdict = KINDS[name].validator.is_valid(document)
    assert verdict is (explain(KINDS[name], document) == [])
    assert editor(name).is_valid(document) or not verdict


# One place of every sort: each pattern, format, limit and form that the schemas know.
SORTS: list[tuple[str, DataPath]] = [
    ("page", ("id",)), ("page", ("title",)), ("page", ("description",)), ("page", ("visibility",)), ("page", ("contact",)), ("page", ("owner",)),
    ("page", ("rapid",)), ("page", ("sign_offs", 0, "date")), ("page", ("sign_offs", 0, "digest")), ("page", ("sign_offs", 0, "evidence")),
    ("page", ("replaces",)), ("page", ("replaces", 0)), ("page", ("asked_as", 0)), ("page", ("redirect_from", 0)), ("page", ("tags",)),
    ("page", ("icon",)), ("page", ("hide", 0)), ("page", ("search", "boost")), ("page", ("search", "exclude")), ("metric", ("target",)),
    ("metric", ("data",)), ("vpmom", ("period",)), ("vpmom", ("period", "name")), ("vpmom", ("methods", 0)), ("vision", ("scope",)),
    ("sop", ("review_every",)), ("objective", ("updates", 0, "progress")),
]  # fmt: skip


@pytest.mark.parametrize("value", SPECIAL, ids=lambda value: ascii(value)[:20])
def test_what_is_refused_is_explained_for_every_sort_of_field(value: Any) -> None:
    for name, path in SORTS:
        document = changed(FULL[name], path, value)
        verdict = KINDS[name].validator.is_valid(document)
        assert verdict is (explain(KINDS[name], document) == []), (name, path)
        assert editor(name).is_valid(document) or not verdict, (name, path)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("https://example.org/a?b#c", True),
        ("mailto:a@b.c", True),
        ("a b", False),
        ("https://", False),
        ("//a", False),
        ("", False),
        (5, True),
        ("https://[", False),
        ("https://a\n", False),
        ("a:", False),
    ],
)
def test_addresses(value: Any, verdict: bool) -> None:  # noqa: FBT001 - the table's second column
    assert is_uri(value) is verdict


def test_days_are_judged_where_they_are_texts() -> None:
    assert is_day(5)
    assert is_day("2026-03-31")
    assert not is_day("2026-02-30")
