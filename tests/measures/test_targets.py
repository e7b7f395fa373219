"""How the words of a target are read, and which document sets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.measures.measure import Compare
from handrail.measures.scope import Scope
from handrail.measures.scorecard import scorecard
from handrail.measures.targets import read_target, target_of
from handrail.model.publication import publishable
from tests.engines.drawn import BASE, PLAN
from tests.pages.views import handbook_of


@pytest.mark.parametrize(
    ("said", "value", "compare"),
    [
        ("100 %", 100, Compare.AT_LEAST),
        ("80%", 80, Compare.AT_LEAST),
        ("under 5 %", 5, Compare.UNDER),
        ("Over 20", 20, Compare.OVER),
        ("at most 3", 3, Compare.AT_MOST),
        ("at least 2.5", 2.5, Compare.AT_LEAST),
        ("<5", 5, Compare.UNDER),
        ("\u2265 90 %", 90, Compare.AT_LEAST),
        ("\u2264 90", 90, Compare.AT_MOST),
        ("0", 0, Compare.AT_MOST),
        ("400 000", 400_000, Compare.AT_LEAST),
        ("1,200", 1200, Compare.AT_LEAST),
        ("1.200", 1200, Compare.AT_LEAST),
        ("1,200.5", 1200.5, Compare.AT_LEAST),
        ("1.200,25", 1200.25, Compare.AT_LEAST),
        ("1,2", 1.2, Compare.AT_LEAST),
        ("12,34", 12.34, Compare.AT_LEAST),
        ("-10", -10, Compare.AT_LEAST),
        ("1\u00a0000", 1000, Compare.AT_LEAST),
    ],
)
def test_a_number_is_read_as_people_type_it(said: str, value: float, compare: Compare) -> None:
    target = read_target(said)
    assert (target.value, target.compare, target.said) == (value, compare, said)


@pytest.mark.parametrize("said", ["all", "14 of 14", "", "5 days", "1,20,0", "1.2.3", "12 34", "%", "under", "5 to 6"])
def test_other_words_are_shown_and_not_compared(said: str) -> None:
    assert read_target(said).value is None


def test_less_is_better_where_the_metric_says_so() -> None:
    assert read_target("10", is_down=True).compare is Compare.AT_MOST
    assert read_target("at least 10", is_down=True).compare is Compare.AT_LEAST


def plan(id_: str, parent: str, target: str, state: str = "active") -> str:
    measure = f'measures: [{{text: Tied, metric: sops-tied, target: "{target}"}}]'
    return (
        PLAN.replace("id: company\n", f"id: {id_}\n    parent: {parent}\n")
        .replace("measures: [{text: Calls a day, target: 3}]", measure)
        .replace("state: active", f"state: {state}")
    )


def test_the_plan_nearest_to_the_root_sets_the_target(tmp_path: Path) -> None:
    deep = {"content/a.md": plan("aside", "below", "70 %"), "content/b.md": plan("below", "company", "90 %")}
    book = handbook_of(tmp_path, {**BASE, **deep})
    found = target_of(Scope(book, frozenset(book.pages)), "sops-tied", "100 %")
    assert found is not None
    assert (found.said, found.value) == ("90 %", 90)
    assert found.source is book.by_src_uri["b.md"]
    assert found.others == (book.by_src_uri["a.md"],)


def test_a_draft_sets_none(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, {**BASE, "content/b.md": plan("below", "company", "90 %", "draft")})
    found = target_of(Scope(book, frozenset(book.pages)), "sops-tied", "100 %")
    assert found is not None
    assert (found.said, found.source) == ("100 %", None)
    assert target_of(Scope(book, frozenset(book.pages)), "sign-offs-repeated", "") is None


def test_plans_in_a_circle_end(tmp_path: Path) -> None:
    round_ = {"content/a.md": plan("one", "two", "70 %"), "content/b.md": plan("two", "one", "80 %")}
    book = handbook_of(tmp_path, {**BASE, **round_})
    found = target_of(Scope(book, frozenset(book.pages)), "sops-tied", "100 %")
    assert found is not None
    assert found.said in ("70 %", "80 %")


def test_a_plan_that_may_not_be_seen_sets_no_target(tmp_path: Path) -> None:
    secret = plan("below", "company", "90 %").replace("visibility: public", "visibility: internal")
    book = handbook_of(tmp_path, {**BASE, "content/b.md": secret})
    for pages, said in ((book.pages, "90 %"), (publishable(book, "public"), "100 %")):
        found = target_of(Scope(book, frozenset(pages)), "sops-tied", "100 %")
        assert found is not None
        assert found.said == said


def test_of_what_is_counted_to_be_none_a_number_is_the_most(tmp_path: Path) -> None:
    item = "{text: Unwritten, metric: sops-undocumented, target: 3}"
    path = next(path for path, text in BASE.items() if text == PLAN)
    texts = {**BASE, path: PLAN.replace("{text: Calls a day, target: 3}", item)}
    book = handbook_of(tmp_path, texts)
    [found] = [one for one in scorecard(book, book.pages).measures if one.name == "sops-undocumented"]
    assert found.target is not None
    assert (found.target.said, found.target.compare, found.meets) == ("3", Compare.AT_MOST, True)
