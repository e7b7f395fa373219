"""A file of records that can't be read as a whole makes unknown what rests on it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.measures.doctor import Answer, doctor
from handrail.measures.measure import Measure
from handrail.measures.scope import Scope
from handrail.measures.scorecard import scorecard
from handrail.model.handbook import Handbook
from handrail.model.record_rows import RECORD_FILES, RecordFile
from handrail.report.scorecard import scorecard_data
from handrail.text.digest import digits
from tests.engines.drawn import BASE, sop
from tests.measures.rows import run, score, shown, write_records
from tests.pages.views import handbook_of

RESTS_ON: Mapping[str, set[str]] = {
    "runs.csv": {"sop-errors"},
    "survey.csv": {"sop-nps"},
    "search.csv": {"sops-found"},
    "reports.csv": set(),
    "read.csv": {"texts-read"},
}
PAGES = {
    **BASE,
    "content/a.md": sop("pay", readers="[tli]"),
    "content/goal.md": "---\nkind: objective\nid: g\ntitle: G\nvisibility: public\nstate: open\nsops: [pay]\n---\n",
}
del PAGES["content/finance/expense-claims.md"]


def book(folder: Path) -> Handbook:
    config = {"repo_url": "https://github.com/example/handbook", "edit_uri": "edit/main/content/"}
    return handbook_of(folder, PAGES, {"read_records": "private"}, config)


def records(folder: Path) -> None:
    handbook = book(folder)
    text = digits(handbook.texts.digest(handbook.by_src_uri["a.md"]).text)
    write_records(
        folder,
        runs=[run(text=text) for _ in range(20)],
        survey=[score(9, text=text) for _ in range(20)],
        search=[shown("a/", "2026-10-01", "2026-10-28")],
    )


def break_(folder: Path, file: RecordFile) -> None:
    (folder / file.path).write_bytes(",".join(file.columns).encode() + b"\n\xff\xfe\n")


def unknown(handbook: Handbook) -> dict[str, Measure]:
    found = scorecard(handbook, handbook.pages).measures
    return {one.name: one for one in found if one.unknown is not None}


@pytest.mark.parametrize("file", RECORD_FILES, ids=lambda file: file.name)
def test_what_rests_on_it_is_unknown_and_all_else_is_as_it_was(tmp_path: Path, file: RecordFile) -> None:
    records(tmp_path)
    before = unknown(book(tmp_path))
    break_(tmp_path, file)
    handbook = book(tmp_path)
    after = unknown(handbook)
    assert set(after) - set(before) <= RESTS_ON[file.name] <= set(after)
    told = {one["name"]: one for one in scorecard_data(scorecard(handbook, handbook.pages))["measures"]}
    for name in RESTS_ON[file.name]:
        said = after[name].unknown
        assert said is not None
        assert said.why == f"{file.path} is not in UTF-8; no row of it counts."
        assert said.do == "Bring the file back as git had it before."
        assert said.url == f"https://github.com/example/handbook/edit/main/{file.path}"
        assert [(one.counts, one.why) for one in after[name].documents] == [(None, f"{file.path} can't be read")]
        assert (told[name]["value"], told[name]["meets"]) == (None, None)


def test_without_the_file_and_with_one_broken_line_it_is_as_ever(tmp_path: Path) -> None:
    records(tmp_path)
    before = set(unknown(book(tmp_path)))
    assert before.isdisjoint({"sop-errors", "sop-nps", "sops-found"})
    with (tmp_path / "records/survey.csv").open("a", encoding="utf-8") as file:
        file.write("no row\n")
    assert set(unknown(book(tmp_path))) == before


def test_whether_processes_were_tried_is_unknown_too(tmp_path: Path) -> None:
    records(tmp_path)
    break_(tmp_path, RECORD_FILES[0])
    handbook = book(tmp_path)
    found = doctor(Scope(handbook, frozenset(handbook.pages)))
    assert [one.number for one in found if one.answer is Answer.UNKNOWN] == [9, 10]
    assert {one.why for one in found if one.number in (9, 10)} == {
        "records/runs.csv is not in UTF-8; no row of it counts."
    }
