"""What a kind asks for is said in words for authors."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.model.fields import Condition, Field, fields_of
from handrail.model.kinds import Phase, Ref, State
from handrail.words.fields import called, form_of, when_needed
from tests.model.building import kinds


def field(name: str = "a_field", **facts: Any) -> Field:
    return Field(name, **{"title": "", "purpose": "", "form": "", **facts})


def test_a_field_is_called_by_its_title_else_by_its_name() -> None:
    assert called(field("review_every", title="How long a sign-off holds")) == "How long a sign-off holds"
    assert called(field("review_every")) == "Review every"


IS_DONE = Condition("state", ("done", "dropped"))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"is_needed": True}, "always"),
        ({}, ""),
        ({"needed_where": ((IS_DONE,),)}, "where `state` is `done` or `dropped`"),
        ({"needed_where": ((Condition("state", ("done",), holds=False),),)}, "unless `state` is `done`"),
        ({"needed_where": ((Condition("on"),),)}, "where `on` is given"),
        ({"needed_where": ((Condition("final", (True,)),),)}, "where `final` is `true`"),
        ({"needed_where": ((IS_DONE, Condition("on")),)}, "where `state` is `done` or `dropped` and where `on` is given"),
        ({"needed_where": ((Condition("on"),), (Condition("by"),))}, "where `on` is given; or where `by` is given"),
        ({"needed_where": ((Condition(said="On Sundays."),), (Condition(),))}, "on Sundays; or in some cases"),
    ],
)  # fmt: skip
def test_it_is_said_when_a_field_is_needed(facts: dict[str, Any], said: str) -> None:
    assert when_needed(field(**facts)) == said


DRAFT, ACTIVE = State(Phase.OTHER, "Draft"), State(Phase.IN_FORCE, "In use")
SOPS = Ref(("sop", "objective", "drill"), "", "", frozenset())
ANY = Ref((), "", "", frozenset(("none",)))
MANY = Ref(("metric",), "", "", frozenset("edcba"))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"values": ("up", "down")}, "`up` or `down`"),
        ({"values": (1, True)}, "`1` or `true`"),
        (
            {"values": ("draft", "active"), "states": {"draft": DRAFT, "active": ACTIVE}},
            "`draft` or `active` (in use)",
        ),
        ({"ref": SOPS, "form": "An id."}, "the id of a procedure, an objective or a drill"),
        ({"ref": ANY}, "the id of any document, as `kind:id`, or `none`"),
        ({"ref": MANY}, "the id of a metric, or one of 5 names such as `a`"),
        ({"ref": SOPS, "types": ("string", "object")}, "the id of a procedure, an objective or a drill, or a group of fields"),
        ({"who": {"person", "group"}}, "a person or a group, by id or full name from the list of people"),
        ({"who": {"person"}}, "a person, by id or full name from the list of people"),
        ({"label_of": "vpmom"}, "a label of an item of what `vpmom` names"),
        ({"format": "date", "form": "A day."}, "a day, such as 2026-03-31"),
        ({"format": "email", "types": ("string",)}, "an e-mail address, such as ada@example.org"),
        ({"format": "uri", "form": "A web address."}, "a web address"),
        ({"form": "FY27, or a name."}, "FY27, or a name"),
        ({"types": ("integer",), "least": 1, "most": 1440}, "a whole number from 1 to 1440"),
        ({"types": ("number",), "most": 2}, "a number up to 2"),
        ({"types": ("string",), "longest": 80}, "a text of at most 80 characters"),
        ({"types": ("string", "number")}, "a text or a number"),
        ({"types": ("boolean",)}, "true or false"),
        ({"fields": (field(),)}, "a group of fields"),
        ({}, "any value"),
        (
            {"types": ("array",), "longest": 12, "entry": field("", types=("string",)), "who": {"person"}},
            "a list of at most 12; each entry is a person, by id or full name from the list of people",
        ),
        ({"types": ("string", "array"), "entry": field("", form="An old id.")}, "an old id; or a list of such"),
        ({"forms": (field(types=("number",)), field(values=("all",)))}, "a number or `all`"),
    ],
)  # fmt: skip
def test_it_is_said_what_a_value_looks_like(facts: dict[str, Any], said: str) -> None:
    assert form_of(field(**facts), kinds()) == said


def test_something_is_said_of_each_field_of_each_kind() -> None:
    for kind in kinds().values():
        assert all(form_of(one, kinds()) != "any value" for one in fields_of(kind))
