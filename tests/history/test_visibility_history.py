"""What settings kept from readers while a text stood stays with those who could read it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.history.material import read_material
from handrail.history.texts import look_back
from handrail.history.visibility_history import VisibilityHistory
from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.project import Project
from handrail.model.signed_content import text_of
from tests.history.repos import Repo, signed, sop
from tests.model.building import TODAY, kinds, settings

SHUT, OPEN = "{hr: internal}", "{}"
BEFORE, AFTER = "1. Pay Zephyrine more.\n", "1. Pay everyone well.\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def say(repo: Repo, visibility: str, day: str, *, config: str = "plugins: [{handrail: {visibility: %s}}]\n") -> str:
    """Commit settings; return the commit."""
    (repo.root / "mkdocs.yml").write_text(config % visibility, "utf-8")
    return repo.commit(day)


def book(repo: Repo, visibility: dict[str, str] | None = None) -> Handbook:
    project = Project(repo.root, repo.root / "mkdocs.yml", repo.docs, settings(visibility=visibility or {}))
    return load_handbook(project, kinds(), date.fromisoformat(TODAY), look_back=look_back)


def over(repo: Repo, begin: str, end: str | None = None, path: str = "content/hr/pay.md", **today: str) -> str:
    return VisibilityHistory(repo.history, book(repo, dict(today))).widest(path, begin, end)


def test_a_text_is_as_open_as_it_ever_was_while_it_stood(repo: Repo) -> None:
    none = repo.commit("2026-01-01", {"hr/pay.md": "A\n"})
    say(repo, SHUT, "2026-01-02")
    shut = repo.commit("2026-01-03", {"hr/pay.md": "B\n"})
    still_shut = repo.commit("2026-01-04", {"hr/pay.md": "C\n"})
    say(repo, OPEN, "2026-01-05")
    opened = repo.commit("2026-01-06", {"hr/pay.md": "D\n"})
    assert over(repo, none, shut) == "public"
    assert over(repo, shut, still_shut) == "internal"
    assert over(repo, still_shut, opened) == "public"
    assert over(repo, opened) == "public"
    assert over(repo, opened, hr="confidential") == "confidential"
    assert over(repo, shut, still_shut, path="content/finance/pay.md") == "public"
    assert over(repo, "0" * 40) == "confidential"


def test_opening_a_folder_and_rewriting_its_page_in_one_commit_opens_no_former_text(repo: Repo) -> None:
    say(repo, SHUT, "2026-01-02")
    shut = repo.commit("2026-01-03", {"hr/pay.md": "A\n"})
    repo.write({"hr/pay.md": "B\n"})
    both = say(repo, OPEN, "2026-01-05")
    assert over(repo, shut, both) == "internal"
    assert over(repo, both) == "public"


@pytest.mark.parametrize(
    "config",
    ["INHERIT: base.yml\n# %s\n", "plugins: [%s\n", "plugins: [{handrail: {visibility: {hr: nobody}}}] # %s\n"],
    ids=["inherits", "broken", "wrong"],
)
def test_settings_that_can_t_be_read_kept_everything_in(repo: Repo, config: str) -> None:
    say(repo, OPEN, "2026-01-02", config=config)
    begin = repo.commit("2026-01-03", {"hr/pay.md": "A\n"})
    end = repo.commit("2026-01-04", {"hr/pay.md": "B\n"})
    say(repo, OPEN, "2026-01-05")
    assert over(repo, begin, end) == "confidential"
    assert over(repo, end) == "public"


def test_settings_on_a_branch_and_those_that_went_count_too(repo: Repo) -> None:
    begin = repo.commit("2026-01-01", {"hr/pay.md": "A\n"})
    repo.git("checkout", "--quiet", "-b", "branch")
    say(repo, SHUT, "2026-01-02")
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "branch", day="2026-01-03")
    shut = repo.commit("2026-01-04", {"hr/pay.md": "B\n"})
    (repo.root / "mkdocs.yml").unlink()
    gone = repo.commit("2026-01-05", {"hr/pay.md": "C\n"})
    assert over(repo, begin, shut) == "public"
    assert over(repo, shut, gone) == "internal"
    assert over(repo, gone) == "public"


def test_settings_count_by_the_name_that_they_had(repo: Repo) -> None:
    """A move to ProperDocs, which calls the file otherwise, opens no text that was closed before it."""
    say(repo, SHUT, "2026-01-02")
    shut = repo.commit("2026-01-03", {"hr/pay.md": "A\n"})
    repo.git("mv", "mkdocs.yml", "properdocs.yml")
    renamed = repo.commit("2026-01-04", {"hr/pay.md": "B\n"})
    (repo.root / "properdocs.yml").write_text("plugins: [handrail]\n", "utf-8")
    opened = repo.commit("2026-01-05", {"hr/pay.md": "C\n"})
    project = Project(repo.root, repo.root / "properdocs.yml", repo.docs, settings(visibility={}))
    now = load_handbook(project, kinds(), date.fromisoformat(TODAY), look_back=look_back)
    past = VisibilityHistory(repo.history, now)
    assert past.widest("content/hr/pay.md", shut, renamed) == "internal"
    assert past.widest("content/hr/pay.md", renamed, opened) == "internal"
    assert past.widest("content/hr/pay.md", opened, None) == "public"


def test_of_two_files_of_settings_either_keeps_in(repo: Repo) -> None:
    """Nobody can say from which of them a site was built."""
    (repo.root / "properdocs.yml").write_text("plugins: [handrail]\n", "utf-8")
    say(repo, SHUT, "2026-01-02")
    begin = repo.commit("2026-01-03", {"hr/pay.md": "A\n"})
    (repo.root / "properdocs.yml").unlink()
    end = repo.commit("2026-01-04", {"hr/pay.md": "B\n"})
    assert over(repo, begin, end) == "internal"


def test_nothing_of_a_closed_folder_is_told_when_it_is_open(repo: Repo) -> None:
    say(repo, SHUT, "2026-01-02")
    repo.write({"hr/pay.md": sop(BEFORE), "hr/old.md": "# Zephyrine\n"})
    now = book(repo)
    entries = signed(text_of(now.by_src_uri["hr/pay.md"], now.registry), "D", "A")
    repo.commit("2026-03-01", {"hr/pay.md": sop(BEFORE, entries)})
    repo.git("mv", "content/hr/old.md", "content/hr/new.md")
    repo.commit("2026-03-02", {"hr/pay.md": sop(AFTER, entries), "hr/new.md": "# Everyone\n"})
    say(repo, OPEN, "2026-03-03")
    opened = book(repo)
    former = opened.past.text(opened.by_src_uri["hr/pay.md"], entries.rpartition("digest: '")[2][:67])
    assert former is not None
    assert opened.past.widest(former) == "internal"
    found = read_material(repo.history, opened)
    assert found.moved_from == {}
    assert {change.came + change.went for change in found.changes} <= {0}
