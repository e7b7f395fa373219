"""What a leader asks of a department first stands at the head of its page: its plan, its vision, and when it meets."""

from __future__ import annotations

from handrail.model.settings import Visibility
from handrail.pages.kinds.departments import department
from tests.model.building import document, handbook, only
from tests.pages.views import plain, shown

PEOPLE = document(
    "people",
    "people",
    "people: [{id: mok, name: Mara}, {id: tli, name: Tom}]",
    "groups: [{id: lt, name: Leaders, members: [mok]}]",
)
PLAN = document(
    "vpmom", "finance", "period: FY27", "state: active", "department: finance", "rapid: MOK(D)", "vision: a",
    "priorities: [b]", "methods: [c]", title="Finance FY27",
)  # fmt: skip
VISION = document(
    "vision",
    "v",
    "scope: finance",
    "statement: Rich",
    "horizon: {from: 2026-02-01, to: 2030-01-31}",
    title="Rich in 2030",
)


def meeting(id_: str, *fields: str, on: str = "Monday") -> str:
    return document("cadence", id_, "frequency: weekly", f"on: {on}", *fields, title=id_.capitalize())


FILES = {
    "people.md": PEOPLE,
    "finance/index.md": document("department", "finance", "lead: mok"),
    "finance/plan.md": PLAN,
    "finance/vision.md": VISION,
    "finance/team.md": meeting("team", "participants: [tli]", on="Friday"),
    "company/index.md": document("department", "company", "lead: tli"),
    "company/all.md": meeting("all", "participants: [lt, tli]"),
    "company/other.md": meeting("other", "participants: [tli]"),
    "company/loose.md": document("cadence", "loose", "frequency: weekly", "participants: [mok]", title="Loose"),
}


def rows(files: dict[str, str], place: str = "finance/index.md", audience: Visibility = "public") -> dict[str, str]:
    seen = shown(handbook(files, "2026-11-15"), audience)
    return {
        row.name: plain(row.words).replace("\N{NO-BREAK SPACE}", " ")
        for row in department(seen, only(seen.handbook, place)).rows
    }


def test_a_department_says_at_once_what_it_wants_and_when_it_meets() -> None:
    said = rows(FILES)
    assert said["Plan"] == "Finance FY27"
    assert said["Vision"] == "Rich in 2030"
    # Its own meeting and those to which its lead comes, the next one first; of none without a day.
    assert said["Meets next"] == "All on 16 November 2026, Team on 20 November 2026"
    assert rows(FILES, "company/index.md")["Meets next"] == (
        "All on 16 November 2026, Other on 16 November 2026, Team on 20 November 2026"
    )


def test_what_there_is_none_of_has_no_row() -> None:
    bare = {name: text for name, text in FILES.items() if name in ("people.md", "finance/index.md")}
    assert set(rows(bare)) == {"Lead"}


def test_what_may_not_be_seen_is_not_named() -> None:
    closed = {
        name: text.replace("visibility: public", "visibility: internal")
        if name in ("finance/plan.md", "finance/vision.md", "finance/team.md", "company/all.md")
        else text
        for name, text in FILES.items()
    }
    assert set(rows(closed)) == {"Lead"}
    assert set(rows(closed, audience="internal")) == {"Lead", "Plan", "Vision", "Meets next"}
