"""Charts lie within their picture, leave gaps open, and hold nothing but what was escaped."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.pages.chart import HEIGHT, WIDTH, Chart, Dot, at_gaps, line
from handrail.pages.views import Section, View
from tests.pages.views import html

BEGIN = date(2025, 1, 31)
_NUMBERS = st.one_of(st.integers(-3, 3), st.floats(-1e12, 1e12, allow_nan=False))
_SERIES = st.lists(st.one_of(st.none(), _NUMBERS), min_size=1, max_size=30)


def dots(numbers: list[float | None], days: int = 30) -> list[Dot]:
    return [Dot(BEGIN + timedelta(days * at), number, str(number)) for at, number in enumerate(numbers)]


def points(run: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (point.split(",") for point in run.split(" "))]


@given(_SERIES, st.one_of(st.none(), _NUMBERS), st.sampled_from((0, 10)))
def test_every_known_value_is_in_the_picture_and_no_other(
    numbers: list[float | None], target: float | None, room: float
) -> None:
    drawn = line(at_gaps(dots(numbers)), target, room=room)
    known = [number for number in numbers if number is not None]
    if drawn is None:
        assert not known
        return
    found = [point for run in drawn.runs for point in points(run)]
    lone = [run for run in at_gaps(dots(numbers)) if len(run) == 1]
    assert len(found) == len(known) + len(lone)
    assert all(-0.05 <= x <= WIDTH + 0.05 and -0.05 <= y <= HEIGHT + 0.05 for x, y in found)
    assert [x for x, _ in found] == sorted(x for x, _ in found)
    assert bool(drawn.target) is (target is not None)
    ends = [*known, *([] if target is None else [target])]
    assert (drawn.lowest, drawn.highest) == (min(ends), max(ends))


def test_a_value_that_is_not_known_leaves_a_gap() -> None:
    drawn = line(at_gaps(dots([0, 10, None, 10, 0, None, None, 5])))
    assert drawn is not None
    assert [len(points(run)) for run in drawn.runs] == [2, 2, 2]
    assert drawn.runs[0] == "0.0,36.0 17.1,0.0"
    assert drawn.runs[2] == "120.0,18.0 120.0,18.0"


def test_more_is_higher_and_days_have_their_width() -> None:
    drawn = line([[Dot(BEGIN, 1, ""), Dot(BEGIN + timedelta(10), 2, ""), Dot(BEGIN + timedelta(40), 3, "")]], 4)
    assert drawn is not None
    assert points(drawn.runs[0]) == [(0, 36), (30, 24), (120, 12)]
    assert drawn.target == "0.0"


def test_what_hardly_moves_is_not_drawn_as_if_it_did() -> None:
    drawn = line([dots([97, 98, 97])], room=10)
    assert drawn is not None
    heights = [y for _, y in points(drawn.runs[0])]
    assert max(heights) - min(heights) == pytest.approx(3.6)


def test_one_value_or_the_same_again_lies_in_the_middle() -> None:
    one, same = line([dots([4])]), line([dots([4, 4])], 4)
    assert one is not None
    assert same is not None
    assert set(points(one.runs[0])) == {(60, 18)}
    assert {y for _, y in points(same.runs[0])} == {18}
    assert same.target == "18.0"


def chart(text: str, rows: tuple[tuple[str, str], ...] = ()) -> Chart:
    return Chart(text, text, "signed", ("0.0,1.0 2.0,3.0",), "4.0", (text, text), (text, text), rows)


def test_what_a_page_says_is_escaped() -> None:
    bad = "<script>alert(1)</script> \"'` [a](b) {{ c }}"
    markup = html(View(sections=(Section("A", "a", chart=chart(bad, ((bad, bad),))),)))
    assert "<script" not in markup
    assert not re.search(r"alert\(1\)</", markup)


def test_a_chart_has_a_title_no_id_and_no_style_of_its_own() -> None:
    markup = html(View(sections=(Section("A", "a", chart=chart("Claims", (("1 May", "2"),))),)))
    figure = markup[markup.index("<figure") : markup.index("</figure>")]
    assert "<title>Claims</title>" in figure
    assert 'role="img"' in figure
    assert "<details" in figure
    assert not re.search(r"\b(?:id|style)=", figure)
    assert "<details" not in html(View(sections=(Section("A", "a", chart=chart("Claims")),)))


def test_signs_that_nobody_sees_are_shown() -> None:
    markup = html(View(sections=(Section("A", "a", chart=chart("Claims\u202e \u2066paid\x07")),)))
    assert not {"\u202e", "\u2066", "\x07"} & set(markup)
