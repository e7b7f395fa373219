"""The baseline on the command line and in the build: written once, what is new fails, what is fixed is said."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from handrail.cli import check as check_command
from handrail.engines.verdict import check_or_fail
from handrail.history import git, moves
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.report.check_cache import Verdict
from tests.history.repos import Repo
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

FILE = "handrail-baseline.txt"
PAGE = "# A page\n\n" + "".join(f"It says [this](gone{number}.md) too.\n\n" for number in range(3))
SOP = """\
---
kind: sop
id: {0}
title: Do {0}
visibility: public
state: active
owner: nobody-{0}
vpmom: gone-{0}
---
Do it.
"""
PEOPLE = """\
---
kind: people
id: people
title: People
visibility: public
people: [{id: lbk, name: Lena, job: Head}]
---
"""


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    files = {"content/a.md": PAGE, "content/pay.md": SOP.format("pay"), "content/people.md": PEOPLE}
    return make_handbook(tmp_path, files)


def lines(folder: Path) -> list[str]:
    text = (folder / FILE).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def found(folder: Path, *arguments: str) -> Any:
    return json.loads(handrail(folder, "check", "--format", "json", *arguments).out)


def build(folder: Path) -> None:
    project = load_project(folder / "mkdocs.yml")
    assert project.settings.today is not None
    check_or_fail(load_handbook(project, load_kinds(), project.settings.today))


def test_from_red_to_green_in_one_step(handbook: Path) -> None:
    assert handrail(handbook, "check").code == 1
    written = handrail(handbook, "check", "--write-baseline")
    assert (written.code, written.err) == (0, "")
    assert "content/pay.md\tHB201 unknown-reference\t1\tvpmom: gone-pay" in lines(handbook)
    assert lines(handbook) == sorted(lines(handbook))
    outcome = handrail(handbook, "check")
    number = len(found(handbook)["findings"])
    assert outcome.code == 0
    assert "gone0.md" not in outcome.out
    assert f"{FILE}: {number} known, 0 new, 0 fixed." in outcome.out
    assert f"{FILE}: {number} findings known." in written.out
    build(handbook)


def test_what_is_new_fails_check_and_build_and_is_all_that_is_shown(handbook: Path) -> None:
    handrail(handbook, "check", "--write-baseline")
    (handbook / "content/buy.md").write_text(SOP.format("buy"), "utf-8")
    outcome = handrail(handbook, "check")
    assert outcome.code == 1
    assert "gone-buy" in outcome.out
    assert "gone-pay" not in outcome.out
    with pytest.raises(PluginError, match="gone-buy") as error:
        build(handbook)
    assert "gone-pay" not in str(error.value)


def test_what_is_fixed_is_said_and_taken_out_only_when_asked(
    handbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handrail(handbook, "check", "--write-baseline")
    before = lines(handbook)
    (handbook / "content/a.md").write_text("# A page\n\n[this](gone1.md)\n", "utf-8")
    outcome = handrail(handbook, "check")
    assert outcome.code == 0
    assert "0 new, 2 fixed: take them out with `handrail check --write-baseline`." in outcome.out
    build(handbook)
    assert "0 new, 2 fixed" in capsys.readouterr().err
    assert lines(handbook) == before
    told = handrail(handbook, "check", "--write-baseline").out
    assert "Taken out: 2 findings.\n    content/a.md HB207 dead-link gone0.md\n" in told
    assert "Added" not in told
    assert len(lines(handbook)) == len(before) - 2


def test_where_there_is_something_new_too_the_lines_of_what_is_fixed_are_shown(handbook: Path) -> None:
    handrail(handbook, "check", "--write-baseline")
    (handbook / "content/a.md").write_text("# A page\n\n[this](gone1.md) [that](new.md)\n", "utf-8")
    outcome = handrail(handbook, "check")
    assert "1 new, 2 fixed: take out their lines.\n    content/a.md HB207 dead-link gone0.md\n" in outcome.out


def test_it_never_grows_without_saying_so(handbook: Path) -> None:
    handrail(handbook, "check", "--write-baseline")
    (handbook / "content/b.md").write_text("# B\n\n[x](nowhere.md)\n[x](nowhere.md)\n", "utf-8")
    told = handrail(handbook, "check", "--write-baseline").out
    assert "Added: 2 findings.\n    content/b.md HB207 dead-link nowhere.md (2 times)\n" in told
    again = handrail(handbook, "check", "--write-baseline").out
    assert "Nothing was added and nothing taken out." in again


def test_what_exposes_is_listed_and_not_written(handbook: Path) -> None:
    broken = SOP.format("bad").replace("state: active", "state: active\ncolour: red")
    (handbook / "content/bad.md").write_text(broken, "utf-8")
    (handbook / "content/code.md").write_text("# Code\n\n<script>\n", "utf-8")
    outcome = handrail(handbook, "check", "--write-baseline")
    assert outcome.code == 1
    assert "HB102" in outcome.out
    assert "HB806" in outcome.out
    assert not any("HB102" in line or "HB806" in line for line in lines(handbook))
    assert handrail(handbook, "check").code == 1
    severity = {"HB806": "warning", "HB102": "warning"}
    make_handbook(handbook, {}, {"severity": severity})
    assert handrail(handbook, "check", "--write-baseline").code == 0
    after = handrail(handbook, "check", "--fail-on", "warning")
    assert (after.code, "HB806" in after.out) == (0, False)
    (handbook / "content/more.md").write_text("# More\n\n<script>\n", "utf-8")
    more = handrail(handbook, "check", "--fail-on", "warning")
    assert (more.code, "content/more.md" in more.out, "content/code.md" in more.out) == (1, True, False)
    make_handbook(handbook, {}, {"severity": {"HB102": "warning"}})
    assert "content/code.md" in handrail(handbook, "check").out


def test_a_line_written_by_hand_does_not_let_out_what_exposes(handbook: Path) -> None:
    (handbook / "content/code.md").write_text("# Code\n\n<script>\n", "utf-8")
    handrail(handbook, "check", "--write-baseline")
    with (handbook / FILE).open("a", encoding="utf-8") as file:
        file.write("content/code.md\tHB806 script\t1\t<script>\n")
    outcome = handrail(handbook, "check")
    assert outcome.code == 1
    assert "0 fixed" in outcome.out


def test_fail_on_warning_asks_for_new_warnings_only(handbook: Path) -> None:
    make_handbook(handbook, {}, {"fail_on": "warning"})
    handrail(handbook, "check", "--write-baseline")
    assert handrail(handbook, "check").code == 0
    (handbook / "content/b.md").write_text("# B\n\n[x](nowhere.md)\n", "utf-8")
    assert handrail(handbook, "check").code == 1
    assert handrail(handbook, "check", "--fail-on", "error").code == 0


@pytest.mark.parametrize(
    ("arguments", "fixed"),
    [(("content/pay.md",), 0), (("--select", "HB3"), 0), (("--ignore", "HB207"), 0), (("content/a.md",), 2), ((), 2)],
)
def test_a_limited_check_speaks_only_of_its_part(handbook: Path, arguments: tuple[str, ...], fixed: int) -> None:
    handrail(handbook, "check", "--write-baseline")
    (handbook / "content/a.md").write_text("# A page\n\n[this](gone1.md)\n", "utf-8")
    report = found(handbook, *arguments)
    assert len(report["baseline"]["fixed"]) == fixed
    assert report["baseline"]["known"] == len(report["findings"])


@pytest.mark.parametrize(
    "arguments", [("content/a.md",), ("--select", "HB2"), ("--ignore", "HB2"), ("--format", "json")]
)
def test_a_baseline_is_for_the_whole_handbook(handbook: Path, arguments: tuple[str, ...]) -> None:
    outcome = handrail(handbook, "check", "--write-baseline", *arguments)
    assert outcome.code == 2
    assert "leave out PATHS" in outcome.err
    assert not (handbook / FILE).exists()


def test_a_day_by_which_it_has_to_be_fixed(handbook: Path) -> None:
    handrail(handbook, "check", "--write-baseline")
    path = handbook / FILE
    dated = path.read_text("utf-8").replace("\t1\tvpmom", "\t1 until 2027-03-31\tvpmom")
    path.write_text(dated, "utf-8")
    assert handrail(handbook, "check").code == 0
    later = handrail(handbook, "check", "--today", "2027-04-01")
    assert later.code == 0
    assert f"{FILE} left it out until 31 March 2027." in " ".join(later.out.replace(" | ", " ").split())
    handrail(handbook, "check", "--write-baseline")
    assert path.read_text("utf-8") == dated


def test_a_broken_line_stops_check_and_build_with_a_sentence(handbook: Path) -> None:
    (handbook / FILE).write_text("# Known.\ncontent/a.md HB207 1\n", "utf-8")
    outcome = handrail(handbook, "check")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{FILE}, line 2 can't be read; ")
    with pytest.raises(PluginError, match=f"^{FILE}, line 2 can't be read"):
        build(handbook)


def test_the_settings_may_name_another_file(handbook: Path) -> None:
    make_handbook(handbook, {}, {"baseline": "known/findings.txt"})
    assert "known/findings.txt, which the option `baseline` names, is not there" in handrail(handbook, "check").err
    assert handrail(handbook, "check", "--write-baseline").code == 0
    assert handrail(handbook, "check").code == 0
    assert not (handbook / FILE).exists()


def test_where_nothing_is_found_no_file_is_begun(tmp_path: Path) -> None:
    make_handbook(tmp_path, {"content/index.md": "# Handbook\n"})
    assert handrail(tmp_path, "check", "--write-baseline").code == 0
    assert not (tmp_path / FILE).exists()


def test_the_cache_knows_the_handbook_and_not_the_baseline(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []
    judge = check_command._judge

    def count(*told: Any) -> Verdict:
        runs.append("judged")
        return judge(*told)

    monkeypatch.setattr(check_command, "_judge", count)
    handrail(handbook, "check")
    handrail(handbook, "check", "--write-baseline")
    handrail(handbook, "check")
    (handbook / FILE).write_text("", "utf-8")
    assert handrail(handbook, "check").code == 1
    assert len(runs) == 1


def test_a_page_that_moves_takes_its_lines_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = Repo(make_handbook(tmp_path / "handbook", {"content/a.md": PAGE, "content/pay.md": SOP.format("pay")}))
    handrail(repo.root, "check", "--write-baseline")
    repo.commit("2026-01-01")
    asked: list[str] = []

    def count(folder: Path, *arguments: str) -> tuple[int, bytes, str]:
        asked.append(arguments[0])
        return git.ask(folder, *arguments)

    monkeypatch.setattr(moves, "ask", count)
    assert handrail(repo.root, "check").code == 0
    assert asked == []
    (repo.docs / "finance").mkdir()
    for name in ("a.md", "pay.md"):
        repo.git("mv", f"content/{name}", f"content/finance/{name}")
    for _ in range(2):
        report = found(repo.root)
        assert all(finding["known"] for finding in report["findings"])
        assert report["baseline"]["fixed"] == []
        repo.commit("2026-01-02")
    assert asked
    told = handrail(repo.root, "check", "--write-baseline").out
    assert "Nothing was added and nothing taken out." in told
    assert any(line.startswith("content/finance/a.md\t") for line in lines(repo.root))
    assert not any(line.startswith("content/a.md\t") for line in lines(repo.root))


def test_without_git_a_page_that_moves_is_new(handbook: Path) -> None:
    handrail(handbook, "check", "--write-baseline")
    (handbook / "content/pay.md").rename(handbook / "content/paying.md")
    assert handrail(handbook, "check").code == 1


def test_only_maintainers_let_findings_be_known(handbook: Path) -> None:
    (handbook / ".git").mkdir()
    make_handbook(handbook, {}, {"maintainers": ["@acme/docs"]})
    handrail(handbook, "codeowners")
    owners = handbook / ".github/CODEOWNERS"
    assert FILE not in owners.read_text("utf-8")
    handrail(handbook, "check", "--write-baseline")
    handrail(handbook, "codeowners")
    assert f"/{FILE} @acme/docs" in " ".join(owners.read_text("utf-8").split())


def test_where_no_page_was_read_what_is_known_stays(handbook: Path) -> None:
    handrail(handbook, "check", "--write-baseline")
    before = lines(handbook)
    (handbook / "empty").mkdir()
    make_handbook(handbook, {}, config={"docs_dir": "empty"})
    assert handrail(handbook, "check", "--write-baseline").code == 2
    assert lines(handbook) == before


def test_a_file_that_can_not_be_written_is_left_as_it_was(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handrail(handbook, "check", "--write-baseline")
    before = lines(handbook)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (handbook / "content/b.md").write_text("# B\n\n[x](nowhere.md)\n", "utf-8")
    outcome = handrail(handbook, "check", "--write-baseline")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert lines(handbook) == before
    assert not list(handbook.glob(f".{FILE}*"))


def test_the_build_tells_the_neglect_of_a_folder_in_one_line(
    handbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two", "three"):
        page = "\n".join(line for line in SOP.format(name).split("\n") if not line.startswith(("vpmom", "owner")))
        (handbook / f"content/ops-{name}.md").write_text(page, "utf-8")
    (handbook / "content/pay.md").unlink()
    build(handbook)
    said = capsys.readouterr().err
    assert "warning content 3 procedures with no plan and no decider. (HB301 orphan, HB404 no-decider)" in said
    assert "content/ops-one.md:" not in said


def test_nothing_is_recorded_where_a_rule_has_failed(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handrail(handbook, "check", "--write-baseline")
    before = lines(handbook)
    judged = check_command._judge

    def failing(*given: Any) -> Verdict:
        verdict = judged(*given)
        return replace(verdict, report=replace(verdict.report, findings=(), failures=("Handrail itself has failed.",)))

    monkeypatch.setattr(check_command, "_judge", failing)
    (handbook / "content/b.md").write_text("# B\n", "utf-8")
    outcome = handrail(handbook, "check", "--write-baseline")
    said = f"{FILE} is left as it is, for not everything was checked. Handrail itself has failed.\n"
    assert (outcome.code, outcome.err) == (2, said)
    assert lines(handbook) == before
