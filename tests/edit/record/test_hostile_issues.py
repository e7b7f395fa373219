"""Whatever a forge lists and whatever somebody typed into an issue: rows of ids, digits and days are written, or nothing is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.model.record_rows import RECORD_FILES
from handrail.model.records import parse_records
from tests.edit.record.listing import CLAIM, HIRE, book, checklist, closed, issue, record, rows, worked, wrong

TYPED = st.one_of(
    st.sampled_from(
        [
            "sop:claim", "claim", "../../x", "=cmd|' /C calc'!A0", "+1", "@x", "a,b", '"', "\r", "\u2028", "\0", "\ud800", "\uff19",
            "10", "-1", "1e9", "9" * 5000, CLAIM, HIRE, CLAIM[:11], "Claim, step 2", "step 3", "- [ ] a\n- [x] b", "### Steps",
            "::error::x", "##[error]x", "<script>", "$(id)", "{{ x }}", "[[view:state]]",
        ]
    ),
    st.text(max_size=20),
)  # fmt: skip
TEXTS = st.one_of(
    st.builds(
        lambda page, digest, score, minutes: worked(page, digest, score=score, minutes=minutes),
        TYPED,
        TYPED,
        TYPED,
        TYPED,
    ),
    st.builds(lambda score, minutes: worked(score=score, minutes=minutes), TYPED, TYPED),
    st.builds(lambda step, happened, owner: wrong(step=step, happened=happened, owner=owner), TYPED, TYPED, TYPED),
    st.builds(checklist, TYPED),
    st.builds(
        lambda text, more: text + more, st.sampled_from([worked(), wrong(), checklist("- [ ] a")]), st.text(max_size=20)
    ),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
VALUES = st.one_of(
    JSON,
    st.sampled_from(
        [
            "User",
            "Bot",
            "closed",
            "open",
            "completed",
            "not_planned",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59-14:00",
        ]
    ),
)
FIELDS = (
    "number", "html_url", "user", "author_association", "state", "state_reason", "created_at", "updated_at", "closed_at", "body",
    "pull_request", "moved_to_id", "changes",
)  # fmt: skip


def stands(folder: Path) -> dict[Path, bytes]:
    """Return all files but the records."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.parent != folder / "records")
    return {path: path.read_bytes() for path in found}


def hold(folder: Path) -> None:
    """Hold that each file of records is whole and says nothing but ids that exist, digits and days."""
    assert {path.name for path in (folder / "records").iterdir()} <= {".lock", *(file.name for file in RECORD_FILES)}
    for file in RECORD_FILES:
        path = folder / file.path
        found, unreadable = parse_records(file, path.read_bytes()) if path.exists() else ([], [])
        assert not unreadable
        assert {row.procedure for row in found} <= {"claim", "hire"}
        assert {row.text for row in found} <= {CLAIM[3:11], HIRE[3:11]}
    assert {row[-1] for name in ("survey", "reports") for row in rows(folder, name)} <= {
        row[-1] for row in rows(folder, "runs")
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book(tmp_path_factory.mktemp("hostile") / "book")


QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), is_closed=st.booleans())
def test_whatever_is_typed(folder: Path, texts: list[str], *, is_closed: bool) -> None:
    before = stands(folder)
    listed = [
        closed(number, text, "2026-03-09T10:00:00Z", "not_planned") if is_closed else issue(number, text)
        for number, text in enumerate(texts, 1)
    ]
    said = record(folder, listed)
    assert (said.code, said.err) == (0, "")
    assert "\n::" not in said.out
    assert stands(folder) == before
    hold(folder)
    for file in RECORD_FILES:
        (folder / file.path).unlink(missing_ok=True)


@QUICK
@given(
    changes=st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=3), min_size=1, max_size=3),
    more=st.lists(JSON, max_size=2),
)
def test_whatever_is_listed(folder: Path, changes: list[dict[str, Any]], more: list[Any]) -> None:
    before = stands(folder)
    listed = [{**issue(number, wrong()), **change} for number, change in enumerate(changes, 1)]
    said = record(folder, [*listed, *more])
    assert (said.code, said.err) == (0, "")
    assert stands(folder) == before
    hold(folder)
    for file in RECORD_FILES:
        (folder / file.path).unlink(missing_ok=True)


@QUICK
@given(
    raw=st.one_of(
        st.binary(max_size=60), st.lists(st.sampled_from('[]{},:"1\\u d8'), max_size=30).map("".join).map(str.encode)
    )
)
def test_whatever_the_file_holds(folder: Path, raw: bytes) -> None:
    said = record(folder, raw)
    assert said.code == 0 or (said.code == 2 and said.err.count("\n") == 1), said
    assert not list(folder.glob("records/*.csv"))


def test_ten_megabytes_in_a_field_and_five_thousand_issues(folder: Path) -> None:
    large = "x" * 10**7
    listed = [
        issue(1, worked(page=large)),
        issue(2, wrong(happened=large)),
        {**issue(3, worked()), "user": {"login": large}},
    ]
    said = record(folder, json.dumps([*listed, *[issue(9, worked())] * 5000]).encode())
    assert said.code == 0
    assert len(said.out) < 1000
    assert [row[-1] for row in rows(folder, "runs")] == ["issue-3", "issue-9"]
