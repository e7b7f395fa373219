"""Who is who and who owns what come from CODEOWNERS and git, and no person unasked."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest

from handrail.edit.adopt.authors import Writer, writers
from handrail.edit.adopt.steps import owners, people
from handrail.edit.adopt.steps.outcome import outcome
from handrail.edit.adopt.steps.step import Declined, Edit, Entry, Fields
from handrail.history.texts import history_of, look_back
from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from tests.edit.adopt.drawing import draw
from tests.history.repos import bare_environment
from tests.model.building import kinds

SETTINGS = "site_name: A\nplugins:\n  - handrail:\n      visibility: {'.': public}\n"
OWNERS = (
    "* @corp/all\n/docs/money/ @corp/Money-Ops\n/docs/money/tax.md @ada\n/docs/hr/ @eve\n/docs/law/ a@corp.example\n"
)
PEOPLE = (
    "---\nkind: people\nid: people\ntitle: Who is who\nvisibility: public\npeople:\n  # Those who are here.\n  - id: ada-roth\n    name: Ada Roth\n"
    "    handle: ada\n# The groups.\ngroups:\n  - {id: ops, name: Operations, handle: '@corp/money-ops'}\n---\nWho is who.\n"
)


def sop(id_: str, more: str = "") -> str:
    return f"---\nkind: sop\nid: {id_}\ntitle: {id_}\nvisibility: public\nstate: draft\n{more}---\nText.\n"


FILES = {
    "mkdocs.yml": SETTINGS,
    ".github/CODEOWNERS": OWNERS,
    "docs/index.md": "# Home\n",
    "docs/money/pay.md": sop("pay"),
    "docs/money/tax.md": sop("tax"),
    "docs/hr/index.md": "---\nkind: department\nid: hr\ntitle: People\nvisibility: public\n---\n",
    "docs/hr/leave.md": sop("leave"),
    "docs/law/act.md": sop("act"),
    "docs/free/act.md": sop("free"),
}


def read(folder: Path) -> Handbook:
    return load_handbook(load_project(folder / "mkdocs.yml"), kinds(), date(2026, 11, 15), look_back=look_back)


def commit(folder: Path, day: str, who: str, files: Mapping[str, str] | None = None) -> None:
    draw(folder, files or {})
    name, _, email = who.partition(" <")
    days = {f"GIT_{one}_DATE": f"{day}T12:00:00+0000" for one in ("AUTHOR", "COMMITTER")}
    names = {f"GIT_{one}_NAME": name for one in ("AUTHOR", "COMMITTER")}
    emails = {f"GIT_{one}_EMAIL": email.rstrip(">") for one in ("AUTHOR", "COMMITTER")}
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", "Write"]):
        environment = bare_environment(folder.parent, **days, **names, **emails)
        subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True)


def write(folder: Path, book: Handbook, edits: Iterable[Edit | Declined]) -> None:
    for change in outcome(book, edits).changes:
        (folder / change.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / change.path).write_bytes(change.after)


ADA, EVE = "Ada Roth <ada@users.noreply.github.com>", "Eve <eve@example.org>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = draw(tmp_path / "handbook", FILES)
    commit(folder, "2026-10-01", ADA)
    for day in ("2026-10-02", "2026-10-03", "2026-10-04"):
        commit(folder, day, EVE, {"docs/free/act.md": sop("free") + day})
    return folder


# The list of people


def test_teams_come_to_the_list_and_people_only_where_somebody_says_so(folder: Path) -> None:
    book = read(folder)
    plan = people.plan(book, "")
    assert [edit for edit in plan.edits if isinstance(edit, Entry)] == [
        Entry("people.md", "groups", {"id": "money-ops", "name": "Money Ops", "handle": "@corp/Money-Ops"})
    ]
    assert sorted((question.text, question.is_likely) for question in plan.questions) == [
        (
            "Ada Roth (@ada), who looks after 1 page by CODEOWNERS: is Ada Roth to stand on the list of people, which everyone may read?",
            False,
        ),
        (
            "eve (@eve), who looks after 2 pages by CODEOWNERS: is eve to stand on the list of people, which everyone may read?",
            False,
        ),
    ]
    assert [sentence.partition(" names ")[2][:30] for sentence in plan.told] == [
        "@corp/all for every file. They",
        "a@corp.example by address; put",
    ]
    write(folder, book, plan.edits)
    assert (folder / "docs/people.md").read_text() == (
        "---\nkind: people\nid: people\ntitle: Who is who\nvisibility: public\n"
        'groups:\n  - {id: money-ops, name: Money Ops, handle: "@corp/Money-Ops"}\n---\n'
    )


def test_whoever_is_answered_for_comes_to_a_new_list(folder: Path) -> None:
    book = read(folder)
    plan = people.plan(book, "")
    asked = [question for question in plan.questions if question.text.startswith("Ada")]
    write(folder, book, [edit for question in asked for edit in question.edits(answer=True)])
    after = read(folder)
    assert [(person.id, person.name, person.handle) for person in after.registry.people.values()] == [
        ("ada-roth", "Ada Roth", "ada")
    ]
    assert not any(question.text.startswith("Ada") for question in people.plan(after, "").questions)


def test_whoever_is_not_to_be_listed_is_not_asked_about_again(folder: Path) -> None:
    book = read(folder)
    plan = people.plan(book, "")
    write(folder, book, [edit for question in plan.questions for edit in question.edits(answer=False)])
    after = read(folder)
    assert sorted(after.settings.declined) == ["person ada", "person eve"]
    assert people.plan(after, "").questions == ()


def test_a_list_that_is_there_keeps_what_its_author_wrote(folder: Path) -> None:
    draw(folder, {"docs/people.md": PEOPLE})
    book = read(folder)
    entries = [
        Entry("people.md", "people", {"id": "eve", "name": "Eve"}),
        Entry("people.md", "groups", {"id": "law", "name": "Law"}),
        Entry("people.md", "people", {"id": "zoe", "name": "Zoe"}),
    ]
    write(folder, book, entries)
    assert (folder / "docs/people.md").read_text() == PEOPLE.replace(
        "    handle: ada\n", "    handle: ada\n  - {id: eve, name: Eve}\n  - {id: zoe, name: Zoe}\n"
    ).replace("'@corp/money-ops'}\n", "'@corp/money-ops'}\n  - {id: law, name: Law}\n")
    # The team is on it, in other capitals.
    assert people.plan(read(folder), "").edits == ()


def test_a_place_for_the_list_that_is_free(folder: Path) -> None:
    draw(folder, {"docs/people/index.md": "# Our people\n"})
    assert {edit.src_uri for edit in people.plan(read(folder), "").edits} == {"who-is-who.md"}


# Owners


def test_documents_get_owners_who_are_on_the_list(folder: Path) -> None:
    draw(folder, {"docs/people.md": PEOPLE})
    book = read(folder)
    plan = owners.plan(book, "")
    # The last line that fits counts; a line for everything makes nobody an owner.
    assert plan.edits == (Fields("money/pay.md", {"owner": "ops"}), Fields("money/tax.md", {"owner": "ada-roth"}))
    assert plan.told == ("Not on the list of people yet, so they own nothing here: @eve, a@corp.example.",)
    write(folder, book, plan.edits)
    assert owners.plan(read(folder), "").edits == ()


def test_whoever_looks_after_all_of_a_department_may_lead_it(folder: Path) -> None:
    draw(
        folder,
        {"docs/people.md": PEOPLE.replace("# The groups", "  - {id: eve, name: Eve, handle: eve}\n# The groups")},
    )
    book = read(folder)
    (question,) = owners.plan(book, "hr").questions
    assert question.text == (
        "Eve looks after everything in docs/hr by CODEOWNERS: do they lead “People”? Otherwise they own 1 page of it."
    )
    assert question.edits(answer=True) == (Fields("hr/index.md", {"lead": "eve"}),)
    assert question.edits(answer=False) == (Fields("hr/leave.md", {"owner": "eve"}),)
    write(folder, book, question.edits(answer=True))
    after = read(folder)
    assert after.owner_of(after.by_src_uri["hr/leave.md"]) == "eve"
    assert owners.plan(after, "hr").questions == ()


def test_who_leads_a_department_is_asked_with_those_who_wrote_most_of_it_first(folder: Path) -> None:
    on_the_list = PEOPLE.replace("# The groups", "  - {id: eve, name: Eve}\n  - {id: tom, name: Tom}\n# The groups")
    free = "---\nkind: department\nid: free\ntitle: Free\nvisibility: public\n---\n"
    draw(folder, {"docs/people.md": on_the_list, "docs/free/index.md": free})
    book = read(folder)
    (choice,) = owners.plan(book, "free").choices
    assert choice.text == "Who leads “Free”, and so answers for 1 document?"
    assert [option.words for option in choice.options] == [
        "Eve (3 changes there within a year)",
        "Ada Roth (1 change there within a year)",
    ]
    assert choice.options[0].edits == (Fields("free/index.md", {"lead": "eve"}),)
    write(folder, book, choice.no)
    assert read(folder).settings.declined == ("lead free eve", "lead free ada-roth")
    assert owners.plan(read(folder), "free").choices == ()


def test_who_owns_what_lies_in_no_department_is_asked_by_folder(folder: Path) -> None:
    draw(folder, {"docs/people.md": PEOPLE, "docs/free/way.md": sop("way")})
    book = read(folder)
    (choice,) = owners.plan(book, "free").choices
    assert choice.text == "Who owns 2 documents in docs/free, where there is no department: “free”, “way”?"
    write(folder, book, choice.options[0].edits)
    after = read(folder)
    assert [after.owner_of(after.by_src_uri[f"free/{name}.md"]) for name in ("act", "way")] == ["ada-roth", "ada-roth"]
    assert owners.plan(after, "free").choices == ()


def test_without_a_list_of_people_nobody_leads(folder: Path) -> None:
    draw(folder, {"docs/free/index.md": "---\nkind: department\nid: free\ntitle: Free\nvisibility: public\n---\n"})
    assert owners.plan(read(folder), "free").choices == ()


# Who wrote


def test_whoever_adopts_a_handbook_that_has_rested_does_not_hide_who_wrote_it(tmp_path: Path) -> None:
    folder = tmp_path / "handbook"
    for day in ("2023-03-01", "2023-03-02", "2023-03-03"):
        commit(folder, day, ADA, {"mkdocs.yml": SETTINGS, "docs/a.md": day})
    commit(folder, "2026-10-01", EVE, {"docs/a.md": "adopted"})
    assert [(one.name, one.changes) for one in writers(history_of(read(folder)), {"a.md"})] == [
        ("Ada Roth", 3),
        ("Eve", 1),
    ]


def test_one_person_has_several_names_and_programs_are_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "handbook"
    page = "docs/a.md"
    commit(folder, "2024-01-01", "Long Gone <gone@example.org>", {"mkdocs.yml": SETTINGS, page: "0"})
    commit(folder, "2026-01-01", "ada <ada@example.org>", {page: "1"})
    commit(folder, "2026-01-02", "Ada Roth (she/her) <ada@example.org>", {page: "2", "docs/b.md": "1"})
    commit(folder, "2026-01-03", "Ada Roth <7+AdaR@users.noreply.github.com>", {page: "3"})
    commit(folder, "2026-01-04", "github-actions <41898282+github-actions[bot]@users.noreply.github.com>", {page: "4"})
    commit(folder, "2026-01-05", "Ben <ben@example.org>", {page: "5"})
    history = history_of(read(folder))
    assert writers(history, {"a.md", "b.md"}) == [
        Writer("Ada Roth", "adar", 3, 2, date(2026, 1, 3)),
        Writer("Ben", "", 1, 1, date(2026, 1, 5)),
    ]
    assert [one.name for one in writers(history, {"b.md"})] == ["Ada Roth"]
