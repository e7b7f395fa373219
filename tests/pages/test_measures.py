"""The measures as leaders read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from handrail.measures.points import Point
from handrail.measures.scorecard import SEVEN
from handrail.pages.audience import Shown
from handrail.pages.generated.measure_page import measure_view
from handrail.pages.generated.measure_trends import declining_metrics
from handrail.pages.generated.measures import measures
from handrail.pages.views import Measured, View
from handrail.report.scorecard import scorecard_lines
from tests.engines.drawn import BASE, sop
from tests.pages.views import handbook_of, html, plain, shown

HERE = "handbook/scorecard/"


def read(folder: Path, files: dict[str, str], audience: str = "public") -> dict[str, Measured]:
    sections = measures(shown(handbook_of(folder, files), audience), HERE)  # type: ignore[arg-type]
    return {one.question.text: one for section in sections for one in section.measures}


FILES = {
    **BASE,
    **{f"content/{name}.md": sop(name, vpmom="", serves="") for name in ("a", "b", "c", "d")},
    "content/stub.md": sop("later", "", state="stub", sign_offs=""),
    "content/secret.md": sop("secret", vpmom="", serves="", visibility="internal"),
}


def test_a_measure_says_how_it_stands_and_what_keeps_it_from_its_target(tmp_path: Path) -> None:
    found = read(tmp_path, FILES)
    tied = found["Does each procedure serve a plan?"]
    assert (tied.verdict, tied.state, tied.value) == ("Under target.", "under", "1 of 5")
    assert tied.small == "20\u00a0%, target 100 %"
    assert plain(tied.words) == "Not among them: A, B, C and 1 more."
    assert tied.question.url == "../measures/sops-tied/"
    signed = found["Have those who must signed each procedure lately?"]
    assert (signed.verdict, signed.state, signed.value) == ("On target.", "signed", "5 of 5")
    known = found["Which procedures do we know of and have not written?"]
    assert (known.verdict, known.value, known.small) == ("Over target.", "1", "target 0")
    assert plain(known.words) == "Later."


def test_what_is_not_known_is_said_with_what_to_do(tmp_path: Path) -> None:
    tied = read(tmp_path, {"content/index.md": "# Welcome\n"})["Does each procedure serve a plan?"]
    assert (tied.state, tied.verdict, tied.value) == ("unknown", "", "Unknown")
    assert tied.small == "target 100 %"
    assert plain(tied.words).startswith("No procedure is in use. Set")


def test_the_measures_by_which_a_handbook_is_judged_come_first(tmp_path: Path) -> None:
    sections = tuple(measures(shown(handbook_of(tmp_path, FILES)), HERE))
    names = [[one.question.url.split("/")[-2] for one in section.measures] for section in sections]
    assert [name for name in SEVEN if name in names[0]] == names[0]
    assert set(names[1]).isdisjoint(SEVEN)
    markup = html(View(sections=sections))
    assert "secret" not in markup.lower()
    assert markup.count('class="hr-measure"') == sum(map(len, names))


MONTHS = [date(2025 + month // 12, month % 12 + 1, 28) for month in range(10, 22)]
FALLING = (98, 98, 95, 94, 91, 90, 88, 85, 84, 80, 77, 75)


def looked_back(folder: Path, **series: Sequence[int | None]) -> Shown:
    """Return the handbook with what its measures were, their names with `_` for `-`."""
    seen = shown(handbook_of(folder, FILES))
    points = {
        name.replace("_", "-"): tuple(
            Point(day, value, 100, value, "" if value is not None else "No commit is that old.")
            for day, value in zip(MONTHS, values, strict=True)
        )
        for name, values in series.items()
    }
    vars(seen)["scorecard"] = replace(seen.scorecard, series=points)
    return seen


def test_what_declines_comes_first_with_since_when(tmp_path: Path) -> None:
    seen = looked_back(tmp_path, sops_signed=FALLING, sops_undocumented=FALLING[::-1], sops_tied=[20] * 12)
    rows = [one for section in measures(seen, HERE) for one in section.measures]
    assert [(one.state, one.verdict) for one in rows[:2]] == [
        ("falling", "Falling for 10 months, and still on target."),
        ("rising", "Rising for 11 months, and over target."),
    ]
    assert [one.chart.caption.replace("\u00a0", " ") if one.chart else one.no_trend for one in rows[:4]] == [
        "Nov 2025 to Oct 2026, \N{MINUS SIGN}23",
        "Nov 2025 to Oct 2026, +23",
        "Nov 2025 to Oct 2026, no change",
        "",
    ]
    markup = html(View(sections=tuple(measures(seen, HERE))))
    assert markup.count("<svg viewBox") == markup.count("<figcaption") == 3
    assert markup.count('<line class="hr-chart__target"') == 3
    assert "<details" not in markup


def test_what_is_unknown_today_is_not_said_to_decline(tmp_path: Path) -> None:
    seen = looked_back(tmp_path, sop_nps=FALLING)
    rows = [one for section in measures(seen, HERE) for one in section.measures]
    [asked] = [one for one in rows if one.chart is not None]
    assert rows[0] is not asked
    assert (asked.state, asked.chart and asked.chart.state) == ("unknown", "")


def test_where_no_month_is_known_that_is_said_once(tmp_path: Path) -> None:
    seen = looked_back(tmp_path, sops_tied=[None] * 12, sops_signed=[None] * 12)
    section = next(iter(measures(seen, HERE)))
    assert plain(section.words) == "No trend is known yet. No commit is that old."
    assert {one.no_trend for one in section.measures} == {""}
    lines = list(scorecard_lines(seen.scorecard))
    assert lines.count("No trend is known yet. No commit is that old.") == 1
    assert not [line for line in lines if "too short" in line]


def test_months_that_are_not_known_are_said(tmp_path: Path) -> None:
    seen = looked_back(tmp_path, sops_tied=[None] * 12, sops_signed=[None, 80, 82, None, *[90] * 8])
    found = {one.question.text: one for section in measures(seen, HERE) for one in section.measures}
    tied, signed = (
        found["Does each procedure serve a plan?"],
        found["Have those who must signed each procedure lately?"],
    )
    assert (tied.chart, tied.no_trend) == (None, "No trend: no month is known")
    assert signed.chart is not None
    assert signed.chart.caption.replace("\u00a0", " ") == "Dec 2025 to Oct 2026, +10, 10 of 12 months known"
    assert len(signed.chart.runs) == 2
    view = measure_view(seen, "sops-tied")
    [went] = [section for section in view.sections if section.anchor == "how-it-went"]
    assert plain(went.words) == "Too short to tell: no month is known. No commit is that old."


def test_of_months_that_are_not_known_the_last_says_why(tmp_path: Path) -> None:
    seen = looked_back(tmp_path, sops_tied=[None] * 12)
    points = seen.scorecard.series["sops-tied"]
    later = tuple(replace(point, unknown="Nobody told enough.") for point in points[6:])
    vars(seen)["scorecard"] = replace(seen.scorecard, series={"sops-tied": (*points[:6], *later)})
    [went] = [one for one in measure_view(seen, "sops-tied").sections if one.anchor == "how-it-went"]
    assert plain(went.words) == "Too short to tell: no month is known. Nobody told enough."


def test_the_page_of_a_measure_has_the_chart_with_its_table(tmp_path: Path) -> None:
    view = measure_view(looked_back(tmp_path, sops_signed=FALLING), "sops-signed")
    now, went = view.sections[:2]
    assert now.measures[0].chart is None
    assert plain(went.words) == "Falling for 10 months (12 months)."
    assert went.chart is not None
    assert went.chart.rows[0] == ("28 October 2026", "75\u00a0%, 75 of 100")
    assert went.chart.ends == ("98\u00a0%", "75\u00a0%")
    assert went.chart.caption.endswith("The dashed line is the target, 80 %.")


def test_metrics_that_decline_are_named(tmp_path: Path) -> None:
    lines = "".join(f"{day},{value}\n" for day, value in zip(MONTHS, FALLING, strict=True))
    fields = "title: Renewals\nvisibility: public\nunit: '%'\ndirection: {}\nfrequency: monthly\ndata: a.csv\n"
    files = {
        f"content/{name}.md": f"---\nkind: metric\nid: {name}\n{fields.format(name)}---\n" for name in ("up", "down")
    }
    seen = shown(handbook_of(tmp_path, {**BASE, **files, "content/a.csv": f"date,value\n{lines}"}))
    (tmp_path / "content/a.csv").write_text(f"date,value\n{lines}", "utf-8", newline="\n")
    [section] = declining_metrics(seen)
    [entry] = section.entries
    assert entry.trust == "falling"
    assert entry.state.replace("\u00a0", " ") == "Falling since 28 December 2025"
    assert not list(declining_metrics(shown(handbook_of(tmp_path, FILES))))
