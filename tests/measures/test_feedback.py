"""The measures of what people say: how few runs go wrong and whether people would recommend, and why either is unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from handrail.measures.measure import Measure
from handrail.measures.not_asked import NotAsked
from handrail.measures.scorecard import scorecard
from handrail.model.handbook import Handbook
from handrail.model.publication import publishable
from handrail.report.scorecard import scorecard_lines
from handrail.text.digest import digits
from handrail.words.language import in_words
from tests.engines.drawn import BASE, PLAN, sop
from tests.measures.rows import run, score, write_records
from tests.pages.views import handbook_of

PAGES = {
    **BASE,
    "content/a.md": sop("good", body="## Send\n\n1. Write it.\n2. Send it.\n"),
    "content/b.md": sop("bad", body="## Send\n\n1. Write it.\n2. Send it.\n"),
    "content/c.md": sop("new"),
    "content/d.md": sop("secret", visibility="internal"),
    "content/e.md": sop("draft", state="draft", sign_offs=""),
}
del PAGES["content/finance/expense-claims.md"]


def plan(target: str) -> dict[str, str]:
    item = f'measures: [{{text: Errors, metric: sop-errors, target: "{target}"}}]'
    path = next(path for path, text in BASE.items() if text == PLAN)
    return {path: PLAN.replace("measures: [{text: Calls a day, target: 3}]", item)}


def book(folder: Path, pages: dict[str, str] | None = None, **settings: str) -> Handbook:
    return handbook_of(
        folder, {**PAGES, **(pages or {})}, settings, {"repo_url": "https://github.com/example/handbook"}
    )


def text_of(handbook: Handbook, path: str) -> str:
    return digits(handbook.texts.digest(handbook.by_src_uri[path]).text)


def some(id_: str, text: str, worked: int, wrong: int, step: int | str = 2) -> list[str]:
    rows = [run("worked", text=text, procedure=id_) for _ in range(worked)]
    return rows + [run("wrong", text=text, procedure=id_, step=step) for _ in range(wrong)]


def measures(handbook: Handbook, audience: str = "all") -> dict[str, Measure]:
    pages = handbook.pages if audience == "all" else publishable(handbook, "public")
    return {one.name: one for one in scorecard(handbook, pages, audience).measures}


def why(measure: Measure) -> dict[str, tuple[bool | None, str]]:
    return {one.page.id: (one.counts, one.why) for one in measure.documents}


def recorded(
    folder: Path, good: tuple[int, int] = (20, 1), bad: tuple[int, int] = (36, 4), feedback: str = "off"
) -> Handbook:
    handbook = book(folder)
    rows = some("good", text_of(handbook, "a.md"), *good) + some("bad", text_of(handbook, "b.md"), *bad)
    write_records(folder, runs=[*rows, *some("new", text_of(handbook, "c.md"), 19, 0), *some("draft", "", 30, 0)])
    return book(folder, feedback=feedback)


def test_of_each_procedure_it_is_said_how_many_runs_went_wrong(tmp_path: Path) -> None:
    found = measures(recorded(tmp_path))["sop-errors"]
    assert (found.numerator, found.denominator, found.value, found.meets) == (1, 2, 50, False)
    assert why(found) == {
        "good": (True, "1 of 21 runs went wrong or were stopped: 4 %, most likely between 0 and 23 %"),
        "bad": (
            False,
            "4 of 40 runs went wrong or were stopped: 10 %, most likely between 3 and 24 %; 4 of them at “Send, step 2”",
        ),
        "new": (None, "19 runs on record, of 20 that are needed"),
        "secret": (None, "no run on record"),
    }
    assert found.target is not None
    assert (found.target.said, found.target.value, found.target.source) == ("all under 5 %", 100, None)


@pytest.mark.parametrize(
    ("said", "shown", "good"),
    [
        ("under 5 %", "all under 5 %", True),
        ("4 %", "all at most 4 %", False),
        ("at most 4.8 %", "all at most 4.8 %", True),
    ],
)
def test_a_plan_sets_the_limit_of_each(tmp_path: Path, said: str, shown: str, *, good: bool) -> None:
    recorded(tmp_path)
    found = measures(book(tmp_path, pages=plan(said)))["sop-errors"]
    assert found.target is not None
    assert (found.target.said, found.target.value) == (shown, 100)
    assert found.target.source is not None
    assert why(found)["good"][0] is good


def test_a_limit_that_is_no_number_says_so(tmp_path: Path) -> None:
    recorded(tmp_path)
    found = measures(book(tmp_path, pages=plan("few")))["sop-errors"]
    assert found.unknown is not None
    assert found.target is not None
    plan_page = found.target.source
    assert plan_page is not None
    assert found.unknown.why == "Company plan FY27 sets the limit “few”, which is no number."
    assert (found.meets, found.unknown.url) == (None, plan_page.url)


def test_less_than_half_tells_nothing_of_all(tmp_path: Path) -> None:
    found = measures(recorded(tmp_path, bad=(10, 9)))["sop-errors"]
    assert found.unknown is not None
    assert found.unknown.why == "Of 4 procedures in use 1 has 20 runs on record; half of them have to."
    assert (found.numerator, found.denominator, found.value, found.meets) == (1, 1, None, None)
    assert measures(recorded(tmp_path, bad=(10, 10)))["sop-errors"].unknown is None


ASKED = {
    "off": ("Set `feedback: issues` in mkdocs.yml, so that each procedure asks whether it worked.", "handbook/"),
    "issues": ("Ask those who follow “Good” to say below its text whether it worked.", "a/"),
    "https://forms.example/f?p={page}": ("Fetch what the form collected, and run `handrail record {} FILE`.", "https://forms.example/f"),
    "https://forms.example/{page}": ("Fetch what the form collected, and run `handrail record {} FILE`.", "https://forms.example/"),
}  # fmt: skip


@pytest.mark.parametrize("feedback", ASKED)
def test_where_nothing_is_on_record_it_is_said_who_can_be_asked(tmp_path: Path, feedback: str) -> None:
    found = measures(book(tmp_path, feedback=feedback))
    do, url = ASKED[feedback]
    for name, what, why_not in (
        ("sop-errors", "runs", "No run of a procedure in use is on record."),
        ("sop-nps", "survey", "No score of a procedure in use is on record; 20 are needed."),
    ):
        unknown = found[name].unknown
        assert unknown is not None
        assert (unknown.why, unknown.do, unknown.url) == (why_not, do.format(what), url)
        assert (found[name].value, found[name].meets, found[name].interval) == (None, None, None)


NO_FORMS = NotAsked("the repository lacks the forms", "Put them there.", takes_forms=True)
GITLAB = NotAsked("GitLab has no forms that a link fills in", "Write a form's address.")


@pytest.mark.parametrize(
    ("feedback", "not_asked", "why_not", "do"),
    [
        ("issues", NO_FORMS, " No page asks by issues, for the repository lacks the forms.", "Put them there."),
        ("issues", GITLAB, " No page asks by issues, for GitLab has no forms that a link fills in.", "Write a form's address."),
        ("off", NO_FORMS, "", ASKED["off"][0]),
        ("off", GITLAB, "", "Set `feedback` in mkdocs.yml to a form's address, so that each procedure asks whether it worked."),
        ("https://forms.example/{page}", GITLAB, "", ASKED["https://forms.example/{page}"][0].format("runs")),
    ],
)  # fmt: skip
def test_where_no_page_can_ask_nobody_is_told_to_answer_there(
    tmp_path: Path, feedback: str, not_asked: NotAsked, why_not: str, do: str
) -> None:
    handbook = book(tmp_path, feedback=feedback)
    found = {one.name: one for one in scorecard(handbook, handbook.pages, not_asked=not_asked).measures}
    unknown = found["sop-errors"].unknown
    assert unknown is not None
    assert unknown.why == f"No run of a procedure in use is on record.{why_not}"
    assert unknown.do == do


def test_what_the_public_told_is_said_apart(tmp_path: Path) -> None:
    text = text_of(book(tmp_path), "a.md")
    runs = [run(text=text, origin="public", procedure="good") for _ in range(1200)]
    write_records(tmp_path, runs=runs, survey=[score(9, text=text, origin="public", procedure="good")])
    found = measures(book(tmp_path))
    whys = [one.unknown.why for name, one in found.items() if name in ("sop-errors", "sop-nps") and one.unknown]
    assert whys == [
        "No run of a procedure in use is on record; 1,200 of the public, counted apart.",
        "No score of a procedure in use is on record; 20 are needed; one of the public, counted apart.",
    ]
    assert why(found["sop-errors"])["good"] == (None, "no run on record; 1,200 of the public, counted apart")
    assert why(found["sop-nps"])["good"] == (False, "no score on record; one of the public, counted apart")
    counted = measures(book(tmp_path, feedback_counts="anyone"))
    assert why(counted["sop-nps"])["good"] == (True, "one score")


def test_no_number_is_told_where_git_can_not_tell_of_which_text_what_is_recorded_is(tmp_path: Path) -> None:
    text = text_of(book(tmp_path), "a.md")
    scores = [score(9, text=text, procedure="good") for _ in range(20)]
    write_records(
        tmp_path, runs=[run(procedure="good"), run(procedure="bad")], survey=[*scores, score(1, procedure="bad")]
    )
    found = measures(book(tmp_path))
    whys = [one.unknown.why for name, one in found.items() if name in ("sop-errors", "sop-nps") and one.unknown]
    assert whys == [
        "Git is silent: it can't be told here whether 2 runs on record that name no text are of a text that stands.",
        "Git is silent: it can't be told here whether one score on record that names no text is of a text that stands.",
    ]


def test_who_is_nearest_to_being_known_is_asked(tmp_path: Path) -> None:
    found = measures(recorded(tmp_path, good=(1, 0), bad=(3, 0), feedback="issues"))["sop-errors"].unknown
    assert found is not None
    assert found.url == "c/", "19 runs of 20"


@pytest.mark.parametrize(
    ("day", "feedback", "is_known"),
    [("2026-10-11", "issues", True), ("2026-10-10", "issues", False), ("2026-10-10", "off", True)],
)
def test_after_35_days_nobody_knows_whether_issues_are_collected(
    tmp_path: Path, day: str, feedback: str, *, is_known: bool
) -> None:
    handbook = book(tmp_path)
    texts = {path: text_of(handbook, f"{path}.md") for path in "abc"}
    ids = {"a": "good", "b": "bad", "c": "new"}
    rows = [
        run(day=day, text=texts[at], procedure=ids[at], key=f"issue-{ord(at)}{number + 1}")
        for at in "ab"
        for number in range(20)
    ]
    write_records(tmp_path, runs=rows, survey=[score(9, day, texts["a"], procedure="good") for _ in range(20)])
    handbook = book(tmp_path, feedback=feedback)
    found = measures(handbook)
    said = "The last that was collected from readers is of"
    assert f"{said} {in_words(date.fromisoformat(day))}." in scorecard_lines(scorecard(handbook, handbook.pages))
    for name in ("sop-errors", "sop-nps"):
        unknown = found[name].unknown
        assert (unknown is None) is is_known
        if unknown is not None:
            assert (
                unknown.why
                == "The last that readers told is of 10 October 2026; nobody knows whether it is still collected."
            )
            assert unknown.url == "https://github.com/example/handbook/actions"


@pytest.mark.parametrize(
    ("scores", "value", "interval", "meets"),
    [
        ([10] * 12 + [7] * 2 + [6] * 7, 23, (-16, 57), True),
        ([0] * 20, -100, (-100, -69), False),
        ([9] * 6 + [6] * 7 + [8] * 8, -5, (-36, 27), False),
    ],
)
def test_recommendations_are_counted_over_all_scores(
    tmp_path: Path, scores: list[int], value: int, interval: tuple[int, int], *, meets: bool
) -> None:
    texts = {path: text_of(book(tmp_path), path) for path in ("a.md", "b.md")}
    rows = [
        score(points, text=texts["b.md" if at % 2 else "a.md"], procedure="bad" if at % 2 else "good")
        for at, points in enumerate(scores)
    ]
    write_records(tmp_path, survey=[*rows, score(0, text="0" * 8, procedure="good"), score(0, procedure="draft")])
    found = measures(book(tmp_path))["sop-nps"]
    assert (found.denominator, found.value, found.meets) == (len(scores), value, meets)
    assert found.interval == interval
    assert why(found)["new"] == (False, "no score on record")


@pytest.mark.parametrize(
    ("number", "said"),
    [(19, "19 scores of procedures in use are on record"), (1, "One score of procedures in use is on record")],
)
def test_nineteen_scores_tell_nothing(tmp_path: Path, number: int, said: str) -> None:
    text = text_of(book(tmp_path), "a.md")
    write_records(tmp_path, survey=[score(9, text=text, procedure="good") for _ in range(number)])
    found = measures(book(tmp_path))["sop-nps"]
    assert found.unknown is not None
    assert found.unknown.why == f"{said}; 20 are needed."
    assert (found.numerator, found.denominator, found.value) == (number, number, None)


def test_what_was_recorded_of_a_page_that_may_not_be_seen_is_told_nobody(tmp_path: Path) -> None:
    text = text_of(book(tmp_path), "d.md")
    write_records(tmp_path, runs=some("secret", text, 1, 30), survey=[score(0, text=text, procedure="secret")] * 1)
    found = measures(book(tmp_path), "public")
    assert found["sop-errors"].unknown is not None
    assert found["sop-errors"].unknown.why == "No run of a procedure in use is on record."
    assert found["sop-nps"].denominator == 0


@pytest.mark.parametrize("name", ["sop-errors", "sop-nps", "sops-found"])
def test_with_no_procedure_in_use_nothing_is_known(tmp_path: Path, name: str) -> None:
    write_records(tmp_path, runs=[run()])
    found = measures(handbook_of(tmp_path, {"content/index.md": "# Welcome\n"}))[name]
    assert found.unknown is not None
    assert (found.value, found.meets, found.unknown.url) == (None, None, "handbook/")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.write_text("a;b\n1;2\n", "utf-8"),
        lambda path: path.mkdir(),
    ],
)
def test_records_that_can_not_be_read_stop_no_measure(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    (tmp_path / "records").mkdir()
    for name in ("runs.csv", "survey.csv", "reports.csv", "search.csv", "read.csv"):
        spoil(tmp_path / "records" / name)
    assert measures(book(tmp_path))["sop-errors"].unknown is not None
