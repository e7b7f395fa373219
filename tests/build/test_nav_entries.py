"""A navigation says nothing of what is withheld, by whatever path and in whatever form it is named."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from handrail.build.nav_entries import cleared, cleared_file
from handrail.model.publication import Publication, Reason

SECRET = {"staff/pay.md", "staff/pay/index.md"}
PUBLISHED = Publication((), ("index.md", "staff/leave.md"), dict.fromkeys(SECRET, Reason.AUDIENCE))
NAVIGATIONS: list[tuple[Any, Any]] = [
    (["index.md", "staff/pay.md"], ["index.md"]),
    ([{"What we earn": "staff/pay.md"}, {"Home": "index.md"}], [{"Home": "index.md"}]),
    ([{"Staff": [{"Pay": "./staff/../staff/pay.md"}]}, "index.md"], ["index.md"]),
    (["staff/pay/", "/staff/pay.md?x#y", "staff/pay.html", "a%2Fb.md"], ["a%2Fb.md"]),
    (["*", {"glob": "staff/*"}, 3, None], ["*", {"glob": "staff/*"}, 3]),
]


@pytest.mark.parametrize(("nav", "left"), NAVIGATIONS)
def test_entries_of_what_is_withheld_go(nav: Any, left: Any) -> None:
    assert cleared(nav, SECRET.__contains__) == left


def test_the_file_of_a_folder_loses_its_entries_and_keeps_the_rest() -> None:
    said = cleared_file(b"title: Staff\nnav:\n  - Pay for all: pay.md\n  - leave.md\n", "staff", PUBLISHED)
    assert said is not None
    assert yaml.safe_load(said) == {"title": "Staff", "nav": ["leave.md"]}


def test_a_pattern_that_only_fits_what_is_withheld_goes() -> None:
    said = cleared_file(b"nav: ['pa*', 'l*', '*']\n", "staff", PUBLISHED)
    assert said is not None
    assert yaml.safe_load(said) == {"nav": ["l*", "*"]}


def test_a_file_in_which_nothing_is_left_orders_nothing() -> None:
    assert cleared_file(b"nav: [pay.md]\n", "staff", PUBLISHED) == b"{}\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"nav: [leave.md]\n",
        b"title: a\n",
        b"- a\n",
        b"nav: [a",
        b"\xff",
        b"",
        b"nav: *a\n",
        b"a: !!python/object:x {}\n",
    ],
)
def test_a_file_that_names_nothing_withheld_or_cannot_be_read_stays_as_it_is(raw: bytes) -> None:
    assert cleared_file(raw, "staff", PUBLISHED) is None
