"""Only what is new fails: known findings are counted, what exposes is never known, and time alone is nobody's fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from handrail.errors import SettingsError
from handrail.history.texts import look_back
from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.past import NO_PAST
from handrail.model.project import load_project
from handrail.model.publication import is_withheld_for_faults
from handrail.rules.baseline import Baseline, held_against, read_baseline, renewed, subtract
from handrail.rules.baseline_file import text_of
from handrail.rules.check import check, select
from handrail.rules.finding import Entry, Finding, Key, Report, Severity
from tests.rules.cases import Case, kinds
from tests.rules.test_rules import CASES
from tests.support.handbooks import TODAY, make_handbook

ALL = [pytest.param(case, id=f"{stem}: {case.title}") for stem, cases in CASES.items() for case in cases]


def finding(
    path: str = "content/a.md",
    line: int = 1,
    subject: str = "gone.md",
    severity: Severity = Severity.WARNING,
    *,
    once: bool = False,
    never_known: bool = False,
) -> Finding:
    found = Finding("HB207", "dead-link", severity, path, line, 1, line, 9, "It is dead.", subject=subject)
    return replace(found, once=once, exposes=never_known, never_known=never_known)


def report(*findings: Finding) -> Report:
    return Report("2026-11-15", {"prose": 1}, findings, 0)


def entry(count: int = 1, path: str = "content/a.md", subject: str = "gone.md", until: date | None = None) -> Entry:
    return Entry(path, "HB207", "dead-link", subject, count, until)


def every_rule(_code: str) -> bool:
    return True


def held(found: Report, *entries: Entry) -> Report:
    return held_against(found, Baseline("known.txt", entries), every_rule)


def handbook_of(folder: Path, later: int = 0) -> Handbook:
    project = load_project(folder / "mkdocs.yml")
    past = look_back if (folder / ".git").exists() else lambda _: NO_PAST
    today = project.settings.today or date.fromisoformat(TODAY)
    return load_handbook(project, kinds(), today + timedelta(days=later), look_back=past)


def keys(findings: Iterable[Finding]) -> Counter[Key]:
    return Counter(one.key for one in findings)


@pytest.mark.parametrize("case", ALL)
def test_every_finding_but_what_exposes_can_be_known_and_time_alone_makes_none_that_fails(
    case: Case, tmp_path: Path
) -> None:
    case.write(tmp_path)
    handbook = handbook_of(tmp_path)
    found = check(handbook)
    after = held(found, *renewed(found, (), every_rule))
    assert keys(after.findings) == keys(one for one in found.findings if one.never_known)
    assert all(one.exposes is one.never_known for one in found.findings if one.severity is Severity.ERROR)
    assert len(after.findings) + len(after.known) == len(found.findings)
    assert after.fixed == ()
    exposing = {one.path for one in after.findings}
    exposing.update(near.path for one in after.findings for near in one.related)
    withheld = (page.path for page in handbook.pages if is_withheld_for_faults(page, "public"))
    assert exposing.issuperset(withheld)
    # On the day of a signature that was dated in the future, that error gives way to what can be said of the signature.
    dated_ahead = {one.path for one in found.findings if one.name == "signed-in-future"}
    later = check(handbook_of(tmp_path, 400))
    new = keys(later.failing(Severity.INFO)) - keys(found.findings)
    assert {path for path, _, _ in new} <= dated_ahead


TIME_WILL_TELL = {
    "content/people.md": """
        ---
        kind: people
        id: people
        title: People
        visibility: public
        people:
          - {id: lbk, name: Lena Brandt, job: Head of finance, until: 2027-01-31}
          - {id: oha, name: Omar Haddad, job: Engineer}
        ---
        """,
    "content/now.md": """
        ---
        kind: vpmom
        id: company
        title: The plan of the company
        visibility: public
        state: active
        period: FY27
        vision: Everyone is paid.
        priorities: ["Pay: On time."]
        methods: ["Count: Every day."]
        ---
        """,
    "content/next.md": """
        ---
        kind: vpmom
        id: company
        title: The next plan of the company
        visibility: public
        state: active
        period: FY28
        vision: Everyone is paid more.
        priorities: ["Save: A tenth."]
        methods: ["Look: Twice."]
        ---
        """,
    "content/pay.md": """
        ---
        kind: sop
        id: pay
        title: Pay an invoice
        visibility: public
        state: active
        vpmom: company
        serves: [Pay]
        owner: lbk
        rapid: LBK(D)
        sign_offs: [{role: D, by: lbk, date: 2026-11-01}]
        ignore: [{rule: no-trigger, reason: It is to come., until: 2027-01-01}]
        ---
        Pay it.
        """,
}


@pytest.mark.parametrize("days", [1, 45, 80, 120, 400, 1500])
def test_of_a_handbook_that_nobody_touches_nothing_new_fails(days: int, tmp_path: Path) -> None:
    make_handbook(tmp_path, TIME_WILL_TELL)
    before = keys(check(handbook_of(tmp_path)).findings)
    later = check(handbook_of(tmp_path, days))
    assert keys(later.failing(Severity.INFO)) <= before
    new = {rule for _, rule, _ in keys(later.findings) - before}
    assert days < 1500 or new >= {"HB303", "HB305", "HB403", "HB408", "HB409", "HB502", "HB901"}


def test_a_label_that_no_plan_has_ever_had_is_no_matter_of_time(tmp_path: Path) -> None:
    files = {path: text.replace("serves: [Pay]", "serves: [Pya]") for path, text in TIME_WILL_TELL.items()}
    make_handbook(tmp_path, files)
    for days in (0, 1500):
        failing = check(handbook_of(tmp_path, days)).failing(Severity.WARNING)
        assert "served-label-gone" in {one.name for one in failing}


def test_more_of_the_same_than_is_counted_is_new() -> None:
    found = report(*(finding(line=line) for line in (3, 5, 9)))
    after = held(found, entry(2))
    assert [one.line for one in after.findings] == [9]
    assert [one.line for one in after.known] == [3, 5]
    assert after.fixed == ()
    assert after.baseline == "known.txt"


def test_another_line_is_the_same_finding_and_another_subject_is_none() -> None:
    after = held(report(finding(line=70), finding(subject="other.md")), entry())
    assert [one.subject for one in after.known] == ["gone.md"]
    assert [one.subject for one in after.findings] == ["other.md"]


def test_what_is_listed_and_no_longer_found_is_fixed() -> None:
    after = held(report(finding()), entry(3), entry(2, "content/b.md"))
    assert [(one.path, one.count) for one in after.fixed] == [("content/a.md", 2), ("content/b.md", 2)]


def test_a_limited_report_calls_nothing_else_fixed() -> None:
    after = held(report(finding()), entry(), entry(2, "content/b.md"))
    assert select(after, paths=["content/a.md"]).fixed == ()
    assert len(select(after, paths=["content/b.md"]).fixed) == 1
    other = select(after, codes=["HB301"])
    assert (other.fixed, other.known) == ((), ())


def test_what_the_rules_of_a_report_could_not_find_is_not_fixed_and_stays() -> None:
    def judges(code: str) -> bool:
        return code != "HB207"

    after = held_against(report(), Baseline("known.txt", (entry(2),)), judges)
    assert after.fixed == ()
    assert renewed(report(), [entry(2)], judges) == (entry(2),)
    assert renewed(report(), [entry(2)], every_rule) == ()


LOWERED = {
    "a script": ("HB806", "<iframe src='https://films.example/1'></iframe>\n", 1),
    "front matter": ("HB001", "---\ntitle: [\n---\nWords.\n", 1),
    "a list of people": (
        "HB810",
        "---\nkind: people\nid: people\ntitle: P\nvisibility: internal\npeople: []\n---\n",
        0,
    ),
}


@pytest.mark.parametrize(("rule", "text", "can_be_known"), LOWERED.values(), ids=LOWERED)
def test_of_a_rule_that_only_warns_what_stays_withheld_can_be_known(
    rule: str, text: str, can_be_known: int, tmp_path: Path
) -> None:
    pay = TIME_WILL_TELL["content/pay.md"]
    for severity in ("error", "warning"):
        make_handbook(tmp_path, {"content/pay.md": pay, "content/a.md": text}, {"severity": {rule: severity}})
        found = check(handbook_of(tmp_path))
        after = held(found, *renewed(found, (), every_rule))
        known = [one for one in after.known if one.rule == rule]
        new = [one for one in after.findings if one.rule == rule]
        assert [len(known), len(new)] == ([can_be_known, 1 - can_be_known] if severity == "warning" else [0, 1])


def test_what_exposes_is_not_known_whatever_is_listed() -> None:
    after = held(report(finding(severity=Severity.ERROR, never_known=True)), entry())
    assert len(after.failing(Severity.ERROR)) == 1
    assert (after.known, after.fixed) == ((), ())


def test_what_is_said_once_for_the_handbook_is_known_wherever_it_stands() -> None:
    first = report(finding(subject="", once=True))
    entries = renewed(first, (), every_rule)
    assert [one.path for one in entries] == ["."]
    assert held(report(finding("content/z.md", subject="", once=True)), *entries).findings == ()


@pytest.mark.parametrize(
    ("day", "comes_back"), [(date(2026, 11, 14), True), (date(2026, 11, 15), False), (date(2026, 11, 16), False)]
)
def test_after_its_day_a_finding_comes_back_as_a_warning(day: date, comes_back: bool) -> None:  # noqa: FBT001 - a column
    after = held(report(finding(severity=Severity.ERROR)), entry(until=day))
    assert [one.severity for one in after.findings] == [Severity.WARNING] * comes_back
    assert after.failing(Severity.WARNING) == []
    assert after.fixed == ()
    if comes_back:
        assert after.findings[0].hint == "known.txt left it out until 14 November 2026."


def test_written_anew_it_keeps_the_days_and_loses_what_is_fixed() -> None:
    day = date(2027, 3, 31)
    found = report(finding(), finding(line=8), finding("content/new.md"), finding("content/x.md", never_known=True))
    entries = renewed(found, [entry(5, until=day), entry(1, "content/b.md")], every_rule)
    assert entries == (entry(2, until=day), entry(1, "content/new.md"))


def test_entries_follow_a_page_and_join_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "new.md").touch()
    (tmp_path / "kept.md").touch()

    def moves(root: Path, gone: Collection[str]) -> Mapping[str, str]:
        assert (root, gone) == (tmp_path, {"old.md", "deleted.md"})
        return {"old.md": "new.md"}

    paths = ("kept.md", "old.md", "new.md", "deleted.md")
    baseline = Baseline("known.txt", tuple(entry(2, path) for path in paths)).after(tmp_path, moves)
    counts = {one.path: one.count for one in baseline.entries}
    assert counts == {"kept.md": 2, "new.md": 4, "deleted.md": 2}


def test_git_is_not_asked_while_every_page_is_there(tmp_path: Path) -> None:
    (tmp_path / "kept.md").touch()

    def moves(*_: object) -> Mapping[str, str]:
        raise AssertionError

    assert Baseline("known.txt", (entry(path="kept.md"), entry(path="."))).after(tmp_path, moves).entries


def nothing_moved(_root: Path, _gone: Collection[str]) -> Mapping[str, str]:
    return {}


def test_a_handbook_without_a_baseline_knows_nothing(tmp_path: Path) -> None:
    project = load_project(make_handbook(tmp_path, {}) / "mkdocs.yml")
    found = report(finding())
    assert read_baseline(project) is None
    assert subtract(found, project, nothing_moved, every_rule) is found


def test_a_file_that_the_settings_name_has_to_be_there(tmp_path: Path) -> None:
    project = load_project(make_handbook(tmp_path, {}, {"baseline": "known.txt"}) / "mkdocs.yml")
    with pytest.raises(
        SettingsError, match=r"^known\.txt, which the option `baseline` names, is not there; .*writes it\.$"
    ):
        read_baseline(project)
    assert read_baseline(project, may_be_missing=True) is None


def test_lines_that_two_branches_wrote_count_once(tmp_path: Path) -> None:
    project = load_project(make_handbook(tmp_path, {}) / "mkdocs.yml")
    lines = text_of([entry(1)]) + text_of([entry(2, until=date(2027, 1, 1))])
    (tmp_path / "handrail-baseline.txt").write_text(lines, "utf-8")
    baseline = read_baseline(project)
    assert baseline is not None
    assert baseline.entries == (entry(2, until=date(2027, 1, 1)),)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"content/a.md\tHB207\tx\n"])
def test_what_can_not_be_read_is_told_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    project = load_project(make_handbook(tmp_path, {}) / "mkdocs.yml")
    (tmp_path / "handrail-baseline.txt").write_bytes(content)
    with pytest.raises(
        SettingsError, match=r"^handrail-baseline\.txt, (the baseline, is not UTF-8 text|line 1 says `x`)"
    ):
        read_baseline(project)
