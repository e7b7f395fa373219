"""What people found with a procedure: which runs are of its text as it stands, what they say, and who is heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from handrail.history.texts import look_back
from handrail.measures.experience import Experience, FailingStep, Rate
from handrail.measures.scope import Scope
from handrail.model.loading import load_handbook
from handrail.model.project import Project
from handrail.report.experience import rate_words
from handrail.text.digest import digits
from tests.history.repos import Repo, sop
from tests.measures.rows import report, run, score, write_records
from tests.model.building import document, kinds, settings

PEOPLE = document("people", "people", "people: [{id: lbk, name: Lena}, {id: oha, name: Omar}]")
TODAY = date(2026, 11, 15)
FIRST, SECOND, LAID_OUT = "1. Pay.\n", "1. Pay at once.\n", "1.  Pay  at\n    once.\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("2026-01-01", {"people.md": PEOPLE, "a.md": sop(FIRST)})
    return repo


def scope(repo: Repo, today: date = TODAY, **options: str) -> Scope:
    project = Project(repo.root, repo.root / "mkdocs.yml", repo.docs, settings(**options))
    book = load_handbook(project, kinds(), today, look_back=look_back)
    return Scope(book, frozenset(book.pages))


def found(repo: Repo, today: date = TODAY, **options: str) -> Experience:
    read = scope(repo, today, **options)
    return read.experiences.of(read.handbook.by_src_uri["a.md"])


def text(repo: Repo) -> str:
    book = repo.handbook
    return digits(book.texts.digest(book.by_src_uri["a.md"]).text)


def write(repo: Repo, *runs: str) -> None:
    write_records(repo.root, runs=list(runs))


def test_runs_of_the_text_as_it_stands_count(repo: Repo) -> None:
    now = text(repo)
    write(repo, run("worked", text=now), run("wrong", text=now), run("stopped", text=now), run("wrong", text="0" * 8))
    assert found(repo).rate == Rate(2, 3)
    assert found(repo).earlier == Rate(1, 1)


def test_a_text_that_reads_the_same_is_the_same_and_another_is_not(repo: Repo) -> None:
    first = text(repo)
    repo.commit("2026-02-01", {"a.md": sop(SECOND)})
    second = text(repo)
    repo.commit("2026-03-01", {"a.md": sop(LAID_OUT)})
    third = text(repo)
    assert len({first, second, third}) == 3
    write(repo, run("wrong", text=first), run("wrong", text=second), run("worked", text=third))
    assert found(repo).rate == Rate(1, 2)
    assert found(repo).earlier == Rate(1, 1)


def test_runs_without_a_text_count_from_the_day_on_which_it_came_to_read_so(repo: Repo) -> None:
    days = ("2026-01-31", "2026-02-01", "2026-03-01", "2026-10-01")
    repo.commit("2026-02-01", {"a.md": sop(SECOND)})
    repo.commit("2026-03-01", {"a.md": sop(LAID_OUT)})
    write(repo, *(run("wrong", day) for day in days))
    assert found(repo).rate == Rate(3, 3)
    repo.commit("2026-04-01", {"a.md": sop(FIRST)})
    assert found(repo).rate == Rate(1, 1)
    repo.write({"a.md": sop(LAID_OUT)})
    assert found(repo).rate == Rate(), "nobody knows when what is not in git yet came back"


def test_a_text_that_was_never_another_counts_from_its_first_day(repo: Repo) -> None:
    write(repo, run("wrong", "2025-12-31"), run("wrong", "2026-01-01"))
    assert found(repo).rate == Rate(1, 1)
    repo.commit("2026-03-01", {"a.md": sop("1.   Pay.\n")})
    assert found(repo).rate == Rate(1, 1)
    repo.commit("2026-04-01", {"a.md": sop(FIRST)})
    assert found(repo).rate == Rate(1, 1)


def test_without_git_only_a_row_that_tells_its_text_counts(repo: Repo, tmp_path: Path) -> None:
    write(repo, run("worked"), run("wrong", text=text(repo)))
    (repo.root / ".git").rename(tmp_path / "elsewhere")
    assert found(repo).rate == Rate(1, 1)
    assert found(repo).untraced_runs == 1


def test_a_rate_is_not_known_where_git_can_not_tell_of_which_text_a_run_is(repo: Repo, tmp_path: Path) -> None:
    now = text(repo)
    rows = [run("wrong", text=now, step=1) for _ in range(20)]
    write(repo, *rows, run("worked"))
    assert found(repo).is_rate_known
    (repo.root / ".git").rename(tmp_path / "elsewhere")
    assert (found(repo).is_rate_known, found(repo).steps) == (False, ())
    assert rate_words(found(repo), counts_public=False) == ""
    write(repo, *rows, run("worked", origin="public"), run("worked", "2025-11-15"))
    assert found(repo).is_rate_known, "what doesn't count anyway needs no git"
    assert found(repo).steps == (FailingStep(1, 20),)


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 15), {"2025-11-15": False, "2025-11-16": True, "2026-11-15": True, "2026-11-16": False}),
        (date(2028, 2, 29), {"2027-02-28": False, "2027-03-01": True, "2028-02-29": True, "2028-03-01": False}),
        (date(2029, 2, 28), {"2028-02-28": False, "2028-02-29": True, "2029-02-28": True}),
    ],
)
def test_twelve_months_end_on_the_same_day_a_year_ago(repo: Repo, today: date, days: dict[str, bool]) -> None:
    for day, counts in days.items():
        write(repo, run("worked", day, text(repo)))
        assert found(repo, today).rate == Rate(0, int(counts)), day


def test_the_public_counts_where_anyone_does_and_stands_beside_where_not(repo: Repo) -> None:
    now = text(repo)
    write(repo, run(text=now), run("wrong", text=now, origin="import"), *[run("wrong", text=now, origin="public")] * 1)
    assert (found(repo).rate, found(repo).public) == (Rate(1, 2), Rate(1, 1))
    anyone = found(repo, feedback_counts="anyone")
    assert (anyone.rate, anyone.public) == (Rate(2, 3), Rate(1, 1))


def test_a_rate_is_known_from_twenty_runs_on_and_has_an_interval_from_the_first() -> None:
    assert (Rate(1, 19).is_known, Rate(1, 20).is_known) == (False, True)
    assert (Rate().interval, Rate().per_cent) == (None, None)
    assert (Rate(0, 20).interval, Rate(0, 20).per_cent) == ((0, 17), 0)
    assert (Rate(1, 29).interval, Rate(1, 29).per_cent) == ((0, 18), 3)


@pytest.mark.parametrize(
    ("failures", "often"),
    [
        ({3: 3, "": 6}, [FailingStep(3, 3)]),
        ({3: 3, "": 7}, []),
        ({3: 2}, []),
        ({3: 3, 1: 4, 2: 3}, [FailingStep(1, 4)]),
        ({3: 3, 1: 3, 2: 3}, [FailingStep(1, 3), FailingStep(2, 3), FailingStep(3, 3)]),
    ],
)
def test_a_step_fails_often_with_three_failures_and_a_third_of_the_texts(
    repo: Repo, failures: dict[int | str, int], often: list[FailingStep]
) -> None:
    now = text(repo)
    rows = [run("wrong", text=now, step=step) for step, times in failures.items() for _ in range(times)]
    write(
        repo, *rows, *(run(text=now, step=3) for _ in range(9)), *(run("wrong", text="0" * 8, step=5) for _ in range(9))
    )
    assert list(found(repo).steps) == often


def test_of_a_report_the_last_row_counts_and_what_is_not_planned_is_none(repo: Repo) -> None:
    write_records(
        repo.root,
        runs=[run("wrong", key="issue-1"), run("wrong", key="issue-4", origin="public")],
        reports=[
            report("open", "2024-01-01", "issue-1"), report("closed", "2026-10-02", "issue-1"),
            report("open", "2026-10-02", "issue-2"), report("closed", "2026-10-02", "issue-2"), report("open", "2026-10-02", "issue-2"),
            report("open", "2026-10-03", "issue-3"), report("not-planned", "2026-10-04", "issue-3"),
            report("open", "2026-11-15", "issue-4"), report("closed", "2026-11-16", "issue-4"),
        ],
    )  # fmt: skip
    read = found(repo)
    assert [(one.row.key, one.is_open, one.is_public) for one in read.reports] == [
        ("issue-4", True, True), ("issue-2", True, None), ("issue-1", False, False)
    ]  # fmt: skip
    assert read.open_reports == 2


def test_scores_are_of_the_text_as_it_stands(repo: Repo) -> None:
    now = text(repo)
    answers = [
        score(9, text=now),
        score(3, text="0" * 8),
        score(5, text=now, origin="public"),
        score(7, "2025-12-31"),
        score(8),
    ]
    write_records(repo.root, survey=answers)
    assert (sorted(found(repo).scores), found(repo).public_scores) == ([8, 9], (5,))


@pytest.mark.parametrize("make", [lambda _: None, lambda root: write_records(root, runs=[], survey=[], reports=[])])
def test_of_a_procedure_that_nobody_ran_nothing_is_known(repo: Repo, make: Callable[[Path], object]) -> None:
    make(repo.root)
    assert found(repo) == Experience()


def test_a_part_of_the_handbook_knows_what_the_whole_knows(repo: Repo) -> None:
    write(repo, run(text=text(repo)))
    whole = scope(repo)
    page = whole.handbook.by_src_uri["a.md"]
    assert whole.part([]).experiences is whole.experiences
    assert whole.part([page]).experiences.of(page).rate.runs == 1
