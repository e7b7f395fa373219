"""What came of a plan, as a share of what it wanted: worked out by hand, and once more by another way of counting."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.measures.results import results, share
from tests.engines.drawn import BASE, PLAN
from tests.pages.views import handbook_of

# result, target, whether less is better, per cent
BY_HAND = [
    ("7", "10", False, 70),
    ("15", "10", False, 150),
    ("10", "10", False, 100),
    ("0", "10", False, 0),
    ("41", "93", False, 44),
    ("31", "10", False, 200),
    ("20", "10", False, 200),
    ("70 %", "100 %", False, 70),
    ("0.29", "1", False, 29),
    ("2,5", "5", False, 50),
    ("300 000", "400 000", False, 75),
    ("1,200", "2,400", False, 50),
    ("-5", "20", False, -25),
    ("8", "at least 10", None, 80),
    ("8", "over 10", None, 80),
    # Less is better: target ÷ result.
    ("8", "10", True, 125),
    ("20", "10", True, 50),
    ("3", "10", True, 200),
    ("0", "10", True, 200),
    ("4 %", "under 5 %", None, 125),
    ("10 %", "under 5 %", None, 50),
    ("12", "at most 10", None, 83),
]
NO_SHARE = [
    ("no; audit not yet booked", "by 31 July 2026", False),
    ("0 in May", "0", False),
    ("9 of 14", "14 of 14", False),
    ("7", "9 of 9", False),
    ("under 5", "10", False),
    ("", "10", False),
    ("7", "", False),
    ("3", "0", False),
    ("3", "0", None),
    ("0", "0", True),
    ("-3", "-6", False),
    ("-3", "6", True),
    ("9" * 400, "3", False),
    ("3", "9" * 400, False),
    ("nan", "inf", False),
]


@pytest.mark.parametrize(("result", "target", "is_down", "per_cent"), BY_HAND)
def test_the_share_that_was_reached(result: str, target: str, *, is_down: bool | None, per_cent: int) -> None:
    assert share(result, target, is_down=is_down) == per_cent


@pytest.mark.parametrize(("result", "target", "is_down"), NO_SHARE)
def test_where_the_two_tell_no_share(result: str, target: str, *, is_down: bool | None) -> None:
    assert share(result, target, is_down=is_down) is None


NUMBERS = st.decimals(min_value=Decimal("0.01"), max_value=99999, places=2)


@given(result=NUMBERS, target=NUMBERS, is_down=st.booleans())
def test_no_share_is_rounded_up_or_says_more_than_twice(result: Decimal, target: Decimal, *, is_down: bool) -> None:
    found = share(str(result), str(target), is_down=is_down)
    assert found is not None
    over, under = (target, result) if is_down else (result, target)
    assert found * under <= 100 * over
    assert found == 200 or (found + 1) * under > 100 * over


@given(result=st.text(), target=st.text(), is_down=st.sampled_from([True, False, None]))
def test_any_words_tell_a_share_or_none(result: str, target: str, *, is_down: bool | None) -> None:
    found = share(result, target, is_down=is_down)
    assert found is None or found <= 200


def test_of_a_metric_that_may_not_be_seen_the_words_alone_are_said(tmp_path: Path) -> None:
    metric = "---\nkind: metric\nid: calls\ntitle: Calls\nvisibility: internal\nunit: calls\ndirection: down\nfrequency: monthly\n---\n"
    plan = PLAN.replace("target: 3}", "metric: calls, target: 3, result: 6}, {text: No result, target: 4}")
    handbook = handbook_of(tmp_path, {**BASE, "content/company/plan.md": plan, "content/calls.md": metric})
    page = handbook.by_src_uri["company/plan.md"]
    assert [(one.item.text, one.share) for one in results(handbook, page, lambda _: True)] == [("Calls a day", 50)]
    assert [one.share for one in results(handbook, page, lambda _: False)] == [None]


def test_of_our_own_measures_some_are_better_the_less_they_are(tmp_path: Path) -> None:
    measures = (
        "metric: sop-errors, target: 4 %, result: 8 %}, {text: Tied, metric: sops-tied, target: 100 %, result: 90 %}"
    )
    handbook = handbook_of(tmp_path, {**BASE, "content/company/plan.md": PLAN.replace("target: 3}", measures)})
    found = results(handbook, handbook.by_src_uri["company/plan.md"], lambda _: True)
    assert [one.share for one in found] == [50, 90]
