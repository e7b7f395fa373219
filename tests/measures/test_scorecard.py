"""The measures: what each counts and why, and that nothing is counted that readers may not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from handrail.measures.measure import Beside, Compare, Kind, Measure, Target
from handrail.measures.points import Point
from handrail.measures.scorecard import measures_of, scorecard
from handrail.measures.targets import read_target
from handrail.measures.trend import trend_of
from handrail.model.handbook import Handbook
from handrail.model.publication import publishable
from handrail.report.scorecard import (
    beside_words,
    interval_words,
    of_words,
    scorecard_data,
    scorecard_lines,
    scorecard_table,
    value_words,
)
from tests.engines.drawn import BASE, CLAIMS, sop
from tests.pages.views import handbook_of

DIGEST = "t2:" + "0" * 64
FILES = {
    **BASE,
    "content/a.md": sop("tied"),
    "content/b.md": sop("alone", vpmom="", serves=""),
    "content/c.md": sop("lost", vpmom="nowhere", serves=""),
    "content/d.md": sop("old", sign_offs="[{role: D, by: mok, date: 2025-11-15}]"),
    "content/e.md": sop("younger", sign_offs="[{role: D, by: mok, date: 2025-11-16}]"),
    "content/f.md": sop("half", rapid="MOK(D), TLI(A)"),
    "content/g.md": sop("changed", sign_offs=f'[{{role: D, by: mok, date: 2026-03-03, digest: "{DIGEST}"}}]'),
    "content/h.md": sop("stub", "", state="stub", sign_offs=""),
    "content/i.md": sop("draft", state="draft", sign_offs=""),
    "content/j.md": sop("retired", state="retired"),
    "content/k.md": sop("secret", visibility="internal", vpmom="", serves=""),
    "content/governed/kindless.md": "# Kindless\n",
    "content/free/kindless.md": "# Prose\n",
}


def book(folder: Path) -> Handbook:
    return handbook_of(folder, FILES, {"governed": ["governed"]})


def measures(handbook: Handbook, audience: str = "all") -> dict[str, Measure]:
    pages = handbook.pages if audience == "all" else publishable(handbook, "public")
    return {one.name: one for one in scorecard(handbook, pages, audience).measures}


def why(measure: Measure) -> dict[str, tuple[bool | None, str]]:
    return {one.page.id or one.page.src_uri: (one.counts, one.why) for one in measure.documents}


def test_which_procedures_serve_a_plan(tmp_path: Path) -> None:
    tied = measures(book(tmp_path))["sops-tied"]
    assert (tied.numerator, tied.denominator, tied.value, tied.meets) == (6, 9, 66, False)
    assert why(tied)["alone"] == (False, "names no plan")
    assert why(tied)["lost"] == (False, "names a plan that does not exist")
    assert why(tied)["tied"] == (True, "serves a plan in force")
    assert {"stub", "draft", "retired"}.isdisjoint(why(tied))


def test_with_no_plan_at_all_nobody_can_tell_what_serves_one(tmp_path: Path) -> None:
    without = {path: text for path, text in FILES.items() if "kind: vpmom" not in text}
    handbook = handbook_of(tmp_path, without)
    tied = measures(handbook)["sops-tied"]
    assert tied.unknown is not None
    assert tied.unknown.why == "No plan is written yet."
    assert (tied.value, tied.meets, {one.counts for one in tied.documents}) == (None, None, {None})
    told = next(
        one for one in scorecard_data(scorecard(handbook, handbook.pages))["measures"] if one["name"] == tied.name
    )
    assert (told["value"], told["meets"], told["unknown"]["url"]) == (None, None, "handbook/")
    draft = next(text for text in FILES.values() if "kind: vpmom" in text).replace("state: active", "state: draft")
    begun = measures(handbook_of(tmp_path, {**without, "content/plan.md": draft}))["sops-tied"]
    assert (begun.value, begun.meets) == (0, False)


def test_who_signed_within_twelve_months(tmp_path: Path) -> None:
    signed = measures(book(tmp_path))["sops-signed"]
    assert why(signed)["old"] == (False, "signed on 15 November 2025")
    assert why(signed)["younger"] == (True, "signed on 16 November 2025")
    assert why(signed)["half"] == (False, "waits for Tom Lindqvist")
    assert why(signed)["changed"] == (True, "signed on 3 March 2026")
    [stands] = signed.beside
    assert (stands.numerator, stands.denominator) == (signed.numerator - 1, signed.numerator)


def test_what_nothing_leads_to_and_what_is_not_written(tmp_path: Path) -> None:
    found = measures(book(tmp_path))
    assert why(found["sops-undocumented"]) == {"stub": (True, "known, not written yet")}
    unlisted = why(found["sops-unlisted"])
    assert unlisted["governed/kindless.md"] == (True, "says no kind")
    assert "free/kindless.md" not in unlisted
    assert found["sops-unlisted"].kind is Kind.COUNT
    assert found["sops-unlisted"].denominator is None


def test_signatures_that_only_repeat(tmp_path: Path) -> None:
    entry = next(line for line in CLAIMS.splitlines() if "role: D" in line)
    more = [entry.replace("2026-03-03", day) for day in ("2026-04-03", "2026-05-03")]
    noted = entry.replace("2026-03-03", "2026-06-03").replace("digest:", 'note: "Tried it.", digest:')
    text = CLAIMS.replace(entry, "\n".join([entry, *more, noted]))
    found = measures(handbook_of(tmp_path, {**BASE, "content/finance/expense-claims.md": text}))["sign-offs-repeated"]
    assert (found.numerator, found.denominator) == (2, 6)
    assert why(found) == {"expense-claims": (True, "2 signatures of 4")}
    assert found.target is None
    assert found.meets is None


def test_nothing_is_counted_that_the_audience_may_not_see(tmp_path: Path) -> None:
    everything, public = measures(book(tmp_path)), measures(book(tmp_path), "public")
    assert everything["sops-tied"].denominator == 9
    assert public["sops-tied"].denominator == 8
    handbook = book(tmp_path)
    told = str(scorecard_data(scorecard(handbook, publishable(handbook, "public"), "public")))
    assert "secret" not in told


def test_without_a_procedure_it_is_said_what_to_do(tmp_path: Path) -> None:
    empty = handbook_of(tmp_path, {"content/index.md": "# Welcome\n"})
    found = measures(empty)
    for name in ("sops-tied", "sops-signed", "sign-offs-repeated"):
        unknown = found[name].unknown
        assert unknown is not None, name
        assert unknown.why
        assert unknown.do
        assert unknown.url in ("handbook/", "handbook/queue/")
        assert (found[name].value, found[name].meets) == (None, None)
    lines = "\n".join(scorecard_lines(scorecard(empty, empty.pages)))
    assert "not known: No procedure is in use. Set `state: active`" in lines


def test_which_measures_there_are_is_known_before_anything_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = "---\nkind: objective\nid: g\ntitle: G\nvisibility: internal\nstate: open\n---\n"
    meeting = "---\nkind: cadence\nid: m\ntitle: M\nvisibility: public\nfrequency: weekly\n---\n"
    handbook = handbook_of(
        tmp_path, {**FILES, "content/g.md": goal, "content/m.md": meeting}, {"read_records": "private"}
    )
    sees = {"all": handbook.pages, "public": publishable(handbook, "public")}
    counted = {
        audience: [(one.name, one.title, one.asks) for one in scorecard(handbook, pages, audience).measures]
        for audience, pages in sees.items()
    }
    assert len(counted["public"]) < len(counted["all"])
    monkeypatch.setattr(Handbook, "sign_off", None)
    monkeypatch.setattr(Handbook, "orphan_reason", None)
    for audience, pages in sees.items():
        assert list(map(tuple, measures_of(handbook, pages, audience))) == counted[audience]


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "value", "meets"),
    [(199, 200, "100 %", 99, False), (200, 200, "100 %", 100, True), (799, 1000, "79.9 %", 79, True), (1, 21, "under 5 %", 4, True)],
)  # fmt: skip
def test_a_share_is_rounded_down_and_compared_exactly(
    numerator: int, denominator: int, target: str, value: int, *, meets: bool
) -> None:
    found = Measure("m", "M", "?", Kind.SHARE, numerator, denominator, read_target(target))
    assert (found.value, found.meets) == (value, meets)


def test_a_target_that_is_no_number_is_neither_met_nor_missed() -> None:
    assert Measure("m", "M", "?", Kind.COUNT, 3, None, Target("few", None)).meets is None
    assert Compare.OVER.holds(3, 2)
    assert not Compare.OVER.holds(2, 2)
    assert not Compare.UNDER.holds(2, 2)
    assert Compare.AT_MOST.holds(2, 2)


def test_the_scorecard_is_a_table_and_data(tmp_path: Path) -> None:
    handbook = book(tmp_path)
    found = scorecard(handbook, handbook.pages)
    columns, rows = scorecard_table(found)
    assert columns[0] == "name"
    assert rows[0] == ("sops-tied", "6", "9", "66", "%", "100 %", "", "no", "", "", "")
    assert rows[6][:5] == ("sops-undocumented", "1", "", "1", "")
    data = scorecard_data(found)
    assert (data["version"], data["today"], data["audience"]) == (1, "2026-11-15", "all")
    first = data["measures"][0]
    assert first["target"] == {"value": 100.0, "compare": "at least", "from": None, "said": "100 %"}
    assert {"ref": "sop:alone", "url": "b/", "counts": False, "why": "names no plan"} in first["documents"]
    assert first["trend"] is None


def test_the_table_says_who_sets_a_target_and_what_to_do_about_what_is_unknown(tmp_path: Path) -> None:
    item = 'measures: [{text: Signed, metric: sops-signed, target: "70 %"}]'
    plan = next(path for path, text in FILES.items() if "kind: vpmom" in text)
    text = FILES[plan].replace("measures: [{text: Calls a day, target: 3}]", item)
    handbook = handbook_of(tmp_path, {**FILES, plan: text})
    columns, rows = scorecard_table(scorecard(handbook, handbook.pages))
    told = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
    assert (told["sops-signed"]["target"], told["sops-signed"]["set by"]) == ("70 %", "vpmom:company@FY27")
    assert told["sops-found"]["to do"].endswith("run `handrail record search FILE`.")
    assert told["sops-signed"]["to do"] == ""


def test_a_measure_that_declines_comes_first_and_says_since_when(tmp_path: Path) -> None:
    handbook = book(tmp_path)
    months = [date(2025 + month // 12, month % 12 + 1, 28) for month in range(10, 22)]
    falling = (90, 90, 85, 80, 78, 75, 74, 70, 68, 66, 60, 55)
    series = {
        "sops-tied": tuple(Point(day, 6, 9, 66) for day in months),
        "sops-signed": tuple(Point(day, value, 100, value) for day, value in zip(months, falling, strict=True)),
        "sops-unlisted": tuple(Point(day, None, None, None, "Nobody knows.") for day in months),
    }
    found = replace(scorecard(handbook, handbook.pages), series=series)
    assert [one.name for one in found.worst_first(found.measures)][:3] == ["sops-signed", "sops-tied", "sops-found"]
    [first] = [line for line in scorecard_lines(found) if "falling" in line]
    assert first.endswith("falling for 10 months (12 months)")
    assert [row[-3] for row in scorecard_table(found)[1]] == ["none", "", "", "declines", "", "too short", "", "", ""]
    trends = {one["name"]: one["trend"] for one in scorecard_data(found)["measures"]}
    assert trends["sops-tied"] == {"points": 12, "slope": 0.0, "p": None, "verdict": "none"}
    assert trends["sops-unlisted"] == {"points": 0, "slope": None, "p": None, "verdict": "too short"}
    assert trends["sops-signed"]["verdict"] == "declines"
    assert trends["sops-signed"]["slope"] == pytest.approx(-3.0, abs=0.2)


@pytest.mark.parametrize(
    ("kind", "change", "verdict"),
    [
        (Kind.SHARE, -5, "declines"),
        (Kind.SHARE, -4, "none"),
        (Kind.COUNT, 3, "declines"),
        (Kind.COUNT, 1, "none"),
        (Kind.SCORE, -11, "declines"),
        (Kind.SCORE, -9, "none"),
    ],
)
def test_each_kind_of_measure_has_its_least_fall(kind: Kind, change: int, verdict: str) -> None:
    measure = Measure("m", "M", "?", kind, 1, 2, None, good=kind is not Kind.COUNT)
    begin = date(2026, 1, 1)
    # As even as whole numbers get: p then is low, whatever the fall comes to.
    points = [Point(begin + timedelta(at), 1, 2, 50 + round(change * at / 11)) for at in range(12)]
    assert trend_of(measure, points).verdict == verdict


def test_a_score_may_be_below_nothing_and_is_rounded_down_too() -> None:
    found = Measure("m", "M", "?", Kind.SCORE, -1, 3, read_target("-33"), interval=(-80, 20))
    assert (found.value, found.meets) == (-34, False)
    assert (value_words(found), of_words(found), interval_words(found)) == (
        "-34", "of 3 scores", "most likely between -80 and 20"
    )  # fmt: skip


def test_what_stands_beside_may_be_unknown() -> None:
    beside = (Beside("ready", None, 4), Beside("ready", 3, 4), Beside("own", 0, 0), Beside("own", None, 0))
    assert [one.value for one in beside] == [None, 75, None, None]
    measure = Measure("a", "A", "How?", Kind.SHARE, 0, 4, None, (), beside=beside)
    assert beside_words(measure) == ["ready: not known", "ready: 3 of 4"], "of nothing there is nothing to say"


STEPS = " ".join(f"Word{number}" for number in range(60))


def test_procedures_that_are_written_twice(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/a.md": sop("a", STEPS),
        "content/b.md": sop("b", f"{STEPS} more"),
        "content/c.md": sop("c", STEPS, visibility="internal"),
        "content/d.md": sop("d", STEPS, ignore="[{rule: near-duplicate, reason: For the branch in Lisbon}]"),
        "content/e.md": sop("e", STEPS, state="retired"),
    }
    handbook = handbook_of(tmp_path, files)
    found = measures(handbook)["sops-duplicate"]
    assert (found.numerator, found.denominator, found.meets) == (3, None, False)
    assert {one.why for one in found.documents} == {"says nearly the same as “A”", "says nearly the same as “B”"}
    assert measures(handbook, "public")["sops-duplicate"].numerator == 1
