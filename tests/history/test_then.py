"""A handbook of the past, and the series that are counted over it: what is known, and what can't be."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from handrail.history.git import NO_REPOSITORY
from handrail.history.month_ends import last_days, month_ends
from handrail.history.series import with_series
from handrail.history.texts import look_back
from handrail.history.then import HandbookThen, Shared
from handrail.history.timeline import Snapshot, Timeline
from handrail.measures.points import Point
from handrail.measures.scorecard import scorecard
from handrail.model.cache import CACHE
from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.publication import publishable
from handrail.model.settings import VISIBILITIES
from handrail.model.signoff import SignOff
from tests.history.repos import Repo, signed, sop
from tests.support.handbooks import make_handbook
from tests.support.long_history import TODAY, make_history

PEOPLE = """\
---
kind: people
id: people
title: Who is who
visibility: public
people:
  - {id: lbk, name: Lena Brandt-Keller, job: Head}
  - {id: oha, name: Omar Haddad, job: Clerk}
---
"""


def _open(root: Path, today: date = TODAY) -> Handbook:
    project = load_project(root / "mkdocs.yml")
    return load_handbook(project, load_kinds(project.root), today, look_back=look_back)


def _series(root: Path, audience: str = "all", today: date = TODAY) -> Mapping[str, tuple[Point, ...]]:
    book = _open(root, today)
    known = next((one for one in VISIBILITIES if one == audience), None)
    pages = publishable(book, known) if known is not None else book.pages
    return with_series(scorecard(book, pages, audience)).series


def _told(found: SignOff) -> tuple[object, ...]:
    """Return all that a sign-off says, but for why a text is another one: today more is known of that."""
    given = [
        (
            one.role,
            one.who,
            one.signers,
            *(each.signature if each else None for each in (one.given, one.superseded, one.withdrawn)),
        )
        for one in found.required
    ]
    return found.status, found.signed_on, found.until, found.stale, found.text_signed_on, found.entries, given


class _Months:
    """Writes a handbook, a commit a month, each made when its month begins."""

    def __init__(self, root: Path, **options: str) -> None:
        make_handbook(root, {}, options)
        self.root = root
        self.repo = Repo(root)
        (root / ".gitignore").write_text(".cache\n", "utf-8")

    def add(self, month: str, files: Mapping[str, str | bytes | None]) -> str:
        self.repo.write(files)
        self.repo.git("add", "--all")
        who = {"GIT_COMMITTER_DATE": f"{month}-01T00:00:00+0000", "GIT_AUTHOR_DATE": f"{month}-01T00:00:00+0000"}
        name = ["-c", "user.name=Lena", "-c", "user.email=lena@example.org"]
        commit = ["git", *name, "commit", "--quiet", "--allow-empty", "--message", "Write"]
        subprocess.run(
            commit, cwd=self.root, check=True, env={"PATH": "/usr/bin:/bin", "HOME": str(self.root.parent), **who}
        )
        return self.repo.git("rev-parse", "HEAD")


@pytest.fixture(name="months")
def _months(tmp_path: Path) -> _Months:
    months = _Months(tmp_path / "book")
    months.repo.write({"people.md": PEOPLE})
    return months


def test_what_is_kept_between_days_changes_nothing(tmp_path: Path) -> None:
    book = _open(make_history(tmp_path / "book"))
    timeline, shared = Timeline(book), Shared(book)
    for end in reversed(month_ends(book)):
        snapshot = timeline.snapshot(end.commit)
        assert isinstance(snapshot, Snapshot)
        then = HandbookThen(shared, snapshot, end.day)
        alone = HandbookThen(Shared(book.with_sources({})), snapshot, end.day)
        for one, other in zip(then.pages, alone.pages, strict=True):
            assert (one.path, one.url, one.data, one.visibility) == (
                other.path,
                other.url,
                other.data,
                other.visibility,
            )
            assert then.texts.digest(one) == alone.texts.digest(other)
            if one.kind is not None:
                assert _told(then.sign_off(one)) == _told(alone.sign_off(other))
                assert then.is_led_to(one) is (other in alone.back_links or other in alone.back_references)


def test_of_the_past_nothing_is_known_that_was_dated_later(months: _Months) -> None:
    months.add(
        "2026-01", {"pay.md": sop("Pay.", signed("t2:" + "0" * 64, "D", "A").replace("2026-03-01", "2026-02-01"))}
    )
    series = _series(months.root, today=date(2026, 4, 10))["sops-signed"]
    assert [(point.day.month, point.numerator) for point in series[-3:]] == [(1, 0), (2, 1), (3, 1)]


def test_months_before_the_first_commit_are_unknown(months: _Months) -> None:
    months.add("2026-09", {"pay.md": sop("Pay.")})
    series = _series(months.root)["sops-signed"]
    assert [point.value for point in series] == [None] * 22 + [0, 0]
    assert {point.unknown for point in series[:22]} == {"The handbook was not in git yet."}
    assert series[21] == Point(date(2026, 8, 31), None, None, None, "The handbook was not in git yet.")


def test_a_measure_that_was_not_there_yet_says_so(months: _Months) -> None:
    months.add("2026-08", {"pay.md": sop("Pay.")})
    goal = "---\nkind: objective\nid: grow\ntitle: Grow\nvisibility: public\nstate: open\n---\n"
    months.add("2026-10", {"grow.md": goal})
    series = _series(months.root)["goals-complete"]
    assert [point.denominator for point in series[-3:]] == [None, None, 1]
    assert series[-2].unknown == "There was nothing to measure yet."


def test_a_commit_that_cannot_be_read_is_said(months: _Months) -> None:
    months.add("2026-07", {"pay.md": sop("Pay.")})
    config = months.root / "mkdocs.yml"
    good = config.read_text("utf-8")
    config.write_text("docs_dir: [", "utf-8")
    broken = months.add("2026-08", {})
    config.write_text(good, "utf-8")
    months.add("2026-09", {})
    everybody, public = _series(months.root)["sops-signed"], _series(months.root, "public")["sops-signed"]
    assert [point.value for point in everybody[-4:]] == [0, None, 0, 0]
    assert everybody[-3].unknown == f"In the commit {broken[:7]} `mkdocs.yml` can't be read."
    assert public[-3].unknown == "The handbook of that time can't be read."


def test_a_shallow_clone_knows_what_it_holds(months: _Months, tmp_path: Path) -> None:
    for month in ("2026-06", "2026-08", "2026-10"):
        months.add(month, {"pay.md": sop(f"Pay in {month}.")})
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=2", months.root.as_uri(), str(clone)], check=True)
    series = _series(clone)["sops-signed"]
    assert [point.value for point in series[-4:]] == [None, 0, 0, 0]
    assert series[-4].unknown == "This clone lacks the older commits; `git fetch --unshallow` brings them."


def test_a_clone_without_former_texts_says_so_until_they_are_there(months: _Months, tmp_path: Path) -> None:
    months.add("2026-06", {"pay.md": sop("Pay.")})
    months.add("2026-10", {"pay.md": sop("Pay otherwise.")})
    months.repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--filter=blob:none", months.root.as_uri(), str(clone)], check=True)
    series = _series(clone)["sops-signed"]
    assert [point.value for point in series[-6:-1]] == [None] * 5
    assert series[-2].unknown == "This clone lacks former texts; clone the repository without `--filter`."
    subprocess.run(["git", "rev-list", "--objects", "--all"], cwd=clone, check=True, capture_output=True)
    subprocess.run(["git", "cat-file", "-p", "HEAD~1:content/pay.md"], cwd=clone, check=True, capture_output=True)
    assert [point.value for point in _series(clone)["sops-signed"][-6:]] == [None, 0, 0, 0, 0, 0]


def test_where_there_is_no_git_each_month_says_so(tmp_path: Path) -> None:
    make_handbook(tmp_path, {"content/pay.md": sop("Pay.")})
    for series in _series(tmp_path).values():
        assert [point.value for point in series] == [None] * 24
        assert all("no git repository" in point.unknown for point in series)
    public = _series(tmp_path, "public")["sops-tied"]
    assert {point.unknown for point in public} == {NO_REPOSITORY}


def test_digests_of_a_kind_that_is_no_more_give_no_number(months: _Months) -> None:
    months.add("2026-08", {"pay.md": sop("Pay.", signed("t1:" + "0" * 64, "D", "A"))})
    months.add("2026-10", {"pay.md": sop("Pay.", signed("t2:" + "0" * 64, "D", "A"))})
    series = _series(months.root)
    for name in ("sops-signed", "sign-offs-repeated"):
        assert [point.value is None for point in series[name][-3:]] == [True, True, False]
        assert (
            series[name][-2].unknown
            == "Signatures of that time name their texts in a way that this version can't check."
        )
    assert [point.value for point in series["sops-undocumented"][-3:]] == [0, 0, 0]


def test_a_page_that_was_taken_back_is_counted_no_more(months: _Months) -> None:
    pages = {f"{name}.md": sop("Pay.", id_=name) for name in ("pay", "collect", "renamed", "gone")}
    months.add("2026-08", pages)
    internal = {name: text.replace("visibility: public", "visibility: internal") for name, text in pages.items()}
    months.add("2026-09", {"collect.md": None, "moved/collect.md": internal["collect.md"]})
    months.add(
        "2026-10",
        {
            "renamed.md": internal["renamed.md"].replace("id: renamed", "id: other\nredirect_from: renamed"),
            "gone.md": None,
        },
    )
    whole, public = _series(months.root)["sops-tied"], _series(months.root, "public")["sops-tied"]
    assert [point.denominator for point in whole[-3:]] == [4, 4, 3]
    assert [point.denominator for point in public[-3:]] == [2, 2, 1]


def test_a_page_that_was_withheld_then_is_no_part_of_then(months: _Months) -> None:
    months.add("2026-08", {"pay.md": sop("Pay.").replace("visibility: public", "visibility: internal")})
    months.add("2026-10", {"pay.md": sop("Pay.")})
    assert [point.denominator for point in _series(months.root, "public")["sops-tied"][-3:]] == [0, 0, 1]


def test_as_it_stands_asks_for_the_picture_of_the_time(months: _Months) -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg'><rect width='{}'/></svg>"
    months.repo.write({"pay.md": sop("Pay.\n\n![a](a.svg)"), "a.svg": picture.format(1)})
    digest = str(_open(months.root).texts.digest(_open(months.root).by_src_uri["pay.md"]))
    one = sop("Pay.\n\n![a](a.svg)", signed(digest, "D", "A"))
    months.add("2026-04", {"pay.md": one})
    months.add("2026-06", {"a.svg": picture.format(2)})
    book = _open(months.root)
    timeline, shared = Timeline(book), Shared(book)
    states = []
    for end in month_ends(book)[-7:]:
        snapshot = timeline.snapshot(end.commit)
        assert isinstance(snapshot, Snapshot)
        then = HandbookThen(shared, snapshot, end.day)
        states.append(then.sign_off(then.by_src_uri["pay.md"]).is_signed)
    assert states == [True, True, False, False, False, False, False]


def test_a_proof_of_today_holds_for_the_days_before(months: _Months) -> None:
    months.repo.write({"pay.md": sop("Pay *it* now.")})
    digest = str(_open(months.root).texts.digest(_open(months.root).by_src_uri["pay.md"]))
    months.add("2026-04", {"pay.md": sop("Pay *it* now.", signed(digest, "D", "A"))})
    months.add("2026-06", {"pay.md": sop("Pay _it_ now.", signed(digest, "D", "A"))})
    months.add("2026-08", {"pay.md": sop("Pay _it_\nnow.", signed(digest, "D", "A"))})
    book = _open(months.root)
    timeline, shared = Timeline(book), Shared(book)
    states = []
    for end in month_ends(book)[-7:]:
        snapshot = timeline.snapshot(end.commit)
        assert isinstance(snapshot, Snapshot)
        then = HandbookThen(shared, snapshot, end.day)
        states.append(then.sign_off(then.by_src_uri["pay.md"]).is_signed)
    # In June and July the text read as it was signed too, which nobody proves any more.
    assert states == [True, True, False, False, True, True, True]


def test_kept_numbers_are_used_and_believed_only_as_they_were_written(
    months: _Months, monkeypatch: pytest.MonkeyPatch
) -> None:
    months.add("2026-08", {"pay.md": sop("Pay.")})
    first = _series(months.root)
    [kept] = (months.root / CACHE).glob("months-*.json")
    with monkeypatch.context() as patch:
        patch.setattr(Timeline, "snapshot", lambda *_: pytest.fail("a commit was read again"))
        assert _series(months.root) == first
    kept.write_text(kept.read_text("utf-8").replace("[0,1,0", "[1,1,100"), "utf-8")
    assert _series(months.root) == first


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 30), ["2026-10-31", "2026-09-30"]),
        (date(2026, 12, 1), ["2026-11-30", "2026-10-31"]),
        (date(2028, 3, 1), ["2028-02-29", "2028-01-31"]),
        (date(2100, 3, 15), ["2100-02-28", "2100-01-31"]),
        (date(1, 2, 3), ["0001-01-31"]),
    ],
)
def test_a_month_ends_when_its_last_day_is_over(today: date, days: list[str]) -> None:
    assert [day.isoformat() for day in last_days(today, 2)] == days
