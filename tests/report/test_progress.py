"""How far each folder has come, and what has changed within a month: held to a handbook that was taken over in two commits."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.history.texts import look_back
from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.publication import publishable
from handrail.report.progress import Part, Progress, progress
from handrail.report.progress_formats import changes, progress_data, progress_lines, progress_markdown, progress_table
from tests.cli.drawing import department, plan, sop
from tests.history.repos import bare_environment
from tests.report.test_golden import hold_to
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

PEOPLE = """
    ---
    kind: people
    id: people
    title: Who is who
    visibility: public
    people: [{id: lbk, name: Lena Brandt-Keller}, {id: pna, name: Priya Nair}]
    groups: [{id: lt, name: Leadership team, members: [lbk, pna]}]
    ---
    """
SIGNED = "rapid: LBK(D)\nsign_offs: [{role: D, by: lbk, date: 2026-10-02}]\n"
BEFORE = {
    "content/people.md": PEOPLE,
    "content/index.md": "# Welcome\n",
    "content/sales/price.md": "# What we ask\n\nMoney.\n",
    "content/sales/offer.md": sop("offer", "Write an offer", f"state: active\ntrigger: Somebody asks.\n{SIGNED}"),
    "content/sales/call.md": sop("call", "Call back", "state: draft\nrapid: XYZ(D)\n"),
    "content/finance/index.md": department("finance", "Finance"),
    "content/finance/plan.md": plan("finance", "FY27", "state: active\n"),
    "content/finance/year/end/close.md": sop("close", "Close the year", "state: draft\n"),
    "content/finance/fax.md": sop("fax", "Fax it", "state: active\n"),
}
AFTER: Mapping[str, str | None] = {
    "content/sales/offer.md": sop("offer", "Write an offer", "state: active\ntrigger: Somebody asks.\nrapid: LT(D)\n"),
    "content/sales/call.md": sop("call", "Call back", "state: draft\nrapid: PNA(D)\nvpmom: finance\n"),
    "content/finance/year/end/close.md": None,
    "content/finance/close.md": sop("close", "Close the year", f"state: active\nvpmom: finance\n{SIGNED}"),
    "content/finance/fax.md": sop("fax", "Fax it", "state: retired\n"),
    "content/finance/pay.md": sop("pay", "Pay", "state: draft\nvpmom: nowhere\n"),
    "content/hr/leave.md": "# Leave\n\nSay so.\n",
    "content/board/secret.md": sop("secret", "Secret", "state: draft\n").replace("public", "internal"),
}


def commit(folder: Path, day: str) -> None:
    day = f"{day}T12:00:00+0000"
    who = {
        f"GIT_{one}_{what}": value
        for one in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Lena"), ("EMAIL", "l@e.org"), ("DATE", day))
    }
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Write"]):
        subprocess.run(["git", *arguments], cwd=folder, env=bare_environment(folder.parent, **who), check=True)


def open_folder(folder: Path) -> Handbook:
    project = load_project(folder / "mkdocs.yml")
    assert project.settings.today is not None
    return load_handbook(project, load_kinds(project.root), project.settings.today, look_back=look_back)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_handbook(tmp_path_factory.mktemp("handbook"), BEFORE)
    commit(folder, "2026-10-03")
    for path, text in AFTER.items():
        if text is None:
            (folder / path).unlink()
    make_handbook(folder, {path: text for path, text in AFTER.items() if text is not None})
    commit(folder, "2026-11-05")
    return folder


@pytest.fixture(scope="module")
def found(folder: Path) -> Progress:
    book = open_folder(folder)
    return progress(book, book.pages)


def test_what_the_procedures_of_each_folder_have(found: Progress) -> None:
    rows = {one.path: one for one in found.folders}
    assert list(rows) == ["board", "finance", "sales"]
    finance, sales = rows["finance"], rows["sales"]
    assert (finance.department and finance.department.id, sales.department) == ("finance", None)
    # A retired one counts no more, nor does a plan that nobody knows.
    assert (finance.now.procedures, finance.now.in_use) == (2, 1)
    assert finance.now.parts == {Part.PLAN: 1, Part.DECIDER: 1, Part.TRIGGER: 0, Part.SIGNED: 1}
    # No group decides.
    assert sales.now.parts == {Part.PLAN: 1, Part.DECIDER: 1, Part.TRIGGER: 1, Part.SIGNED: 0}
    assert found.whole.now.procedures == 5


def test_what_they_had_a_month_ago(found: Progress) -> None:
    finance, sales = (next(one for one in found.folders if one.path == path) for path in ("finance", "sales"))
    assert finance.before is not None
    assert sales.before is not None
    # It lay deeper then, and is counted in the same department.
    assert (finance.before.procedures, finance.before.in_use) == (2, 1)
    assert sales.before.parts == {Part.PLAN: 0, Part.DECIDER: 1, Part.TRIGGER: 1, Part.SIGNED: 1}


def test_what_became_of_each_procedure(found: Progress) -> None:
    assert found.changed is not None
    assert [page.id for page in found.changed.new] == ["pay", "secret"]
    assert found.changed.gone == 1
    gained = {part: [page.id for page in pages] for part, pages in found.changed.gained.items()}
    lost = {part: [page.id for page in pages] for part, pages in found.changed.lost.items()}
    # One moved meanwhile and is known again by its id.
    assert gained == {
        Part.PLAN: ["call", "close"],
        Part.DECIDER: ["call", "close"],
        Part.TRIGGER: [],
        Part.SIGNED: ["close"],
    }
    assert lost == {Part.PLAN: [], Part.DECIDER: ["offer"], Part.TRIGGER: [], Part.SIGNED: ["offer"]}


def test_folders_with_no_procedure_stand_apart(found: Progress) -> None:
    assert [(one.path, one.others) for one in found.without] == [("hr", 1)]


def test_readers_of_the_site_are_told_of_nothing_that_is_withheld(folder: Path) -> None:
    book = open_folder(folder)
    public = progress(book, publishable(book, "public"), "public")
    assert [one.path for one in public.folders] == ["finance", "sales"]
    assert public.whole.now.procedures == 4
    assert public.changed is not None
    assert [page.id for page in public.changed.new] == ["pay"]


def test_what_was_public_and_is_withheld_since_counts_on_neither_day(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, BEFORE)
    commit(folder, "2026-10-03")
    make_handbook(folder, {"content/sales/call.md": BEFORE["content/sales/call.md"].replace("public", "internal")})
    commit(folder, "2026-11-05")
    book = open_folder(folder)
    public = progress(book, publishable(book, "public"), "public")
    assert public.whole.before is not None
    assert (public.whole.now.procedures, public.whole.before.procedures) == (3, 3)
    assert public.changed is not None
    assert public.changed.gone == 0


def test_where_git_knows_nothing_of_that_day(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, BEFORE)
    commit(folder, "2026-11-05")
    book = open_folder(folder)
    found = progress(book, book.pages)
    assert (found.changed, found.why) == (None, "The handbook was not in git yet.")
    assert all(one.before is None for one in found.folders)
    said = list(progress_lines(found))
    assert said[0] == (
        "How far each folder has come, on 15 November 2026. What has changed since 15 October 2026 is not known. "
        "The handbook was not in git yet."
    )
    assert list(changes(found)) == []


def test_lines_for_a_terminal(found: Progress) -> None:
    hold_to("progress.txt", "".join(f"{line}\n" for line in progress_lines(found)))


def test_markdown_calls_nobody_and_leads_to_the_pages(found: Progress) -> None:
    text = progress_markdown(found)
    assert "| content/sales | 2 | 1 | 1 (+1) | 1 | 1 | 0 (-1) |" in text
    assert "Are signed no more (1):\n\n- Write an offer (content/sales/offer.md)" in text


def test_rows_for_a_spreadsheet_have_plain_numbers(found: Progress) -> None:
    columns, rows = progress_table(found)
    by_folder = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
    assert (by_folder["content/sales"]["plan"], by_folder["content/sales"]["plan before"]) == ("1", "0")
    assert by_folder["content/hr"]["pages without a kind"] == "1"


def test_data_for_programs(found: Progress) -> None:
    data = progress_data(found)
    assert (data["since"], data["why"]) == ("2026-10-15", None)
    assert data["all"]["now"] == {"procedures": 5, "in_use": 2, "plan": 2, "decider": 2, "trigger": 1, "signed": 1}
    assert [page["id"] for page in data["changed"]["lost"]["signed"]] == ["offer"]


def test_a_handbook_with_no_procedure_says_so(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/a/b.md": "# One\n", "content/index.md": "# Welcome\n"})
    said = handrail(folder, "report", "progress")
    assert (said.code, said.out) == (0, "The handbook has no procedure yet. No procedure yet in content/a (1 page).\n")
