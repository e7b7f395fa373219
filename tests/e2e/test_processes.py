"""Drawings of processes as a browser shows them: letters large enough to read, none over another, no line through a box."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit

pytestmark = pytest.mark.browser
CONTENT = Path(__file__).resolve().parents[2] / "content"
_MOVES = re.compile(r"^  transitions:", re.MULTILINE)
PAGES = [
    f"{path.relative_to(CONTENT).with_suffix('').as_posix()}/"
    for path in sorted(CONTENT.rglob("*.md"))
    if _MOVES.search(path.read_text("utf-8"))
]
"""Every page of the example on which a process is drawn."""
LOOK = """svg => {
  const box = one => { const {left, top, right, bottom} = one.getBoundingClientRect(); return [left, top, right, bottom] }
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
  const origin = svg.getBoundingClientRect()
  const points = []
  for (const path of svg.querySelectorAll('path')) {
    const length = path.getTotalLength()
    for (let at = 0; at <= length; at += 2) {
      const {x, y} = path.getPointAtLength(at)
      points.push([origin.left + (x - svg.viewBox.baseVal.x) * scale, origin.top + (y - svg.viewBox.baseVal.y) * scale])
    }
  }
  return {
    texts: [...svg.querySelectorAll('text')].map(box),
    boxes: [...svg.querySelectorAll('rect')].map(box),
    sizes: [...svg.querySelectorAll('text')].map(one => parseFloat(getComputedStyle(one).fontSize) * scale),
    points,
  }
}"""


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_several_pages_have_a_drawing() -> None:
    assert len(PAGES) > 3


@pytest.mark.parametrize("visit", [(1280, "light"), (390, "light")], indirect=True, ids=["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_a_process_is_drawn_so_that_it_can_be_read(visit: Visit, path: str) -> None:
    drawing = visit.open(path).locator(".hr-process svg")
    expect(drawing).to_have_count(1)
    found = drawing.evaluate(LOOK)
    assert len(found["texts"]) > 10
    assert min(found["sizes"]) >= 12
    # Lines of one text stand close, so what counts is what is more than a hair's breadth.
    texts = [[left + 1, top + 3, right - 1, bottom - 3] for left, top, right, bottom in found["texts"]]
    assert not [(one, other) for place, one in enumerate(texts) for other in texts[place + 1 :] if overlap(one, other)]
    inside = [
        (point, box)
        for point in found["points"]
        for box in found["boxes"]
        if box[0] + 2 < point[0] < box[2] - 2 and box[1] + 2 < point[1] < box[3] - 2
    ]
    assert inside == []
    # A page is never wider than its window; a drawing that is gets moved by itself.
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_over_a_column_without_a_heading_lies_no_line(visit: Visit) -> None:
    empty = visit.open(PAGES[0]).locator("thead td")
    expect(empty).to_have_css("border-top-style", "none")
