"""What stands in an item is written as people read it, and the period of a plan is told by its title or its table."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.edit.adopt.plan_pages.labels import item, links, plain
from handrail.edit.adopt.plan_pages.periods import period_of, without_period
from handrail.model.dates import FiscalYearEnd


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Be \\#1 \\(really\\)", "Be #1 (really)"),
        ("&lt;5% error", "<5% error"),
        ("See [the list](https://x.example 'T')", "See the list"),
        ("Operate ~~and fund growth~~ <del>fast</del> well", "Operate well"),
        ("**Bold** and _light_ and __both__", "Bold and light and both"),
        ("snake_case_stays and 2*3*4", "snake_case_stays and 2*3*4"),
        ("<p>One</p>\n two", "One two"),
    ],
)
def test_as_people_read_it(typed: str, read: str) -> None:
    assert plain(typed) == read


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Alignment - we agree", "Alignment: we agree"),
        ("Alignment \u2013 we agree - at last", "Alignment: we agree - at last"),
        ("One two three four five six seven - no label", "One two three four five six seven - no label"),
        ("Label: stays - here", "Label: stays - here"),
        ("(Team) Do it - now", "(Team) Do it - now"),
        ("Easy-to-use", "Easy-to-use"),
    ],
)
def test_a_label_before_a_dash(typed: str, written: str) -> None:
    assert item(typed) == written


def test_links() -> None:
    assert links("[May 1, 2019](https://a.example/x) and [b](y)") == [
        ("May 1, 2019", "https://a.example/x"),
        ("b", "y"),
    ]
    assert links("see https://a.example/x") == [("", "https://a.example/x")]
    assert links("none") == []


@pytest.mark.parametrize(
    ("title", "said", "period"),
    [
        ("FY20 Sales VPMOM", "", "FY20"),
        ("Sales plan FY2020-H2", "", "FY20-H2"),
        ("Q3 FY20 plan", "", "FY20-Q3"),
        ("FY20 plan", "May 1, 2019 to Jan 31, 2020", {"name": "FY20", "from": "2019-05-01", "to": "2020-01-31"}),
        ("Plan", "2019-05-01 - 2020-01-31", {"name": "2019-20", "from": "2019-05-01", "to": "2020-01-31"}),
        ("Plan", "FY21", "FY21"),
        ("2019 plan", "", {"name": "2019", "from": "2019-01-01", "to": "2019-12-31"}),
        ("Plan 2019 for 2020", "", None),
        ("FY20-H3 plan", "", None),
        ("Plan", "soon", None),
        ("Plan", "Jan 31, 2020 to May 1, 2019", None),
    ],
)
def test_period(title: str, said: str, period: Any) -> None:
    assert period_of(title, said, FiscalYearEnd()) == period


def test_a_title_without_its_period() -> None:
    assert without_period("FY20 Sales VPMOM 2020") == "Sales VPMOM"
