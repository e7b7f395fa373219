"""Which rows of the records count for which page: by id, old id and address, up to today, and of no page that may not be seen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.measures.scope import Scope
from handrail.model.handbook import Handbook
from handrail.model.publication import publishable
from handrail.model.record_rows import RUNS, SEARCH, RecordFile
from tests.engines.drawn import BASE, sop
from tests.pages.views import handbook_of

PAGES = {
    **BASE,
    "content/a.md": sop("tied", redirect_from="[old-one, shared, lost]"),
    "content/b.md": sop("secret", visibility="internal", redirect_from="[shared]"),
    "content/c.md": sop("lost"),
}
KEY = "0123456789abcd"


def book(folder: Path, records: Mapping[RecordFile, list[str]]) -> Handbook:
    (folder / "records").mkdir()
    for file, rows in records.items():
        (folder / file.path).write_text("\n".join([",".join(file.columns), *rows, ""]), "utf-8")
    return handbook_of(folder, PAGES)


def scope(handbook: Handbook) -> Scope:
    return Scope(handbook, frozenset(handbook.pages))


def run(procedure: str, day: str = "2026-03-03", key: str = "issue-1") -> str:
    return f"{day},{procedure},,worked,,,staff,{key}"


@pytest.mark.parametrize(
    ("named", "found"),
    [("tied", "tied"), ("old-one", "tied"), ("lost", "lost"), ("shared", None), ("nowhere", None), ("company", None)],
)
def test_a_procedure_is_found_by_what_one_alone_is_called(tmp_path: Path, named: str, found: str | None) -> None:
    rows = scope(book(tmp_path, {RUNS: [run(named)]})).records.runs
    assert [page.id for page in rows] == ([found] if found is not None else [])


def test_days_to_come_are_left_out_and_others_stand_in_their_order(tmp_path: Path) -> None:
    days = ["2026-11-16", "2026-11-15", "2026-03-03", "2024-02-29"]
    handbook = book(tmp_path, {RUNS: [run("tied", day, f"issue-{at}") for at, day in enumerate(days, 1)]})
    [rows] = scope(handbook).records.runs.values()
    assert [row.date.isoformat() for row in rows] == days[:0:-1]
    assert scope(handbook).records.last_issue == rows[-1].date


def test_pages_that_may_not_be_seen_have_no_rows(tmp_path: Path) -> None:
    handbook = book(tmp_path, {RUNS: [run("secret")], SEARCH: [f"2026-10-01,2026-10-28,b/,1,1,1,{KEY}01"]})
    public = Scope(handbook, frozenset(publishable(handbook, "public"))).records
    assert (public.runs, public.search, public.last_issue) == ({}, {}, None)
    assert len(scope(handbook).records.search) == 1


@pytest.mark.parametrize("address", ["a/", "a", "/a/", "a/index.html", "a/#part", "a/?from=mail", "lost/", "old-one/"])
def test_a_page_is_found_by_its_addresses(tmp_path: Path, address: str) -> None:
    handbook = book(tmp_path, {SEARCH: [f"2026-10-01,2026-10-28,{address},5,1,3.5,{KEY}01"]})
    assert [page.id for page in scope(handbook).records.search] == ["tied"]


@pytest.mark.parametrize("address", ["nosuch/", "https://elsewhere.example/a/", "http://[", "people.csv", "handbook/"])
def test_addresses_of_no_page_count_for_none(tmp_path: Path, address: str) -> None:
    handbook = book(tmp_path, {SEARCH: [f"2026-10-01,2026-10-28,{address},5,1,3.5,{KEY}01"]})
    found = scope(handbook).records
    assert not found.search
    assert [(str(start), str(end)) for start, end in found.spans] == [("2026-10-01", "2026-10-28")]
