"""The map as a browser shows it: letters large enough to read, none over another, no line through a box, everything on it."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.test_processes import overlap

pytestmark = pytest.mark.browser
CONTENT = Path(__file__).resolve().parents[2] / "content"
PATH = "handbook/map/"
LOOK = """map => {
  const round = (...all) => all.map(one => Math.round(one * 10) / 10)
  const box = ({left, top, right, bottom}) => round(left, top, right, bottom)
  const texts = [], sizes = []
  const walker = document.createTreeWalker(map, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // What is folded away, or only said, is not seen.
    const on = node.parentElement
    if (!node.data.trim() || !on.checkVisibility() || on.closest('.hr-spoken')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) if (rect.width > 1) texts.push(box(rect))
    sizes.push(parseFloat(getComputedStyle(on).fontSize))
  }
  const across = [], down = []
  for (const one of map.querySelectorAll('li, ul')) for (const name of ['::before', '::after']) {
    const style = getComputedStyle(one, name)
    if (style.content === 'none' || style.position !== 'absolute') continue
    const [x, y, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat)
    const {left, top} = one.getBoundingClientRect()
    const [l, t, r, b] = round(left + x, top + y, left + x + width, top + y + height)
    if (parseFloat(style.borderLeftWidth)) down.push([l, t, l, b])
    if (parseFloat(style.borderTopWidth)) across.push([l, t, r, t])
    if (parseFloat(style.borderBottomWidth)) across.push([l, b, r, b])
  }
  const boxes = [...map.querySelectorAll('.hr-map__box')]
  return {
    texts, sizes, across, down,
    boxes: boxes.map(one => box(one.getBoundingClientRect())),
    hanging: boxes.filter(one => one.parentElement.parentElement.closest('li')).map(one => box(one.getBoundingClientRect())),
  }
}"""
Rect = list[float]


def inner(rect: Rect, across: float, down: float) -> Rect:
    return [rect[0] + across, rect[1] + down, rect[2] - across, rect[3] - down]


@pytest.mark.parametrize("is_open", [False, True], ids=["folded", "unfolded"])
@pytest.mark.parametrize("visit", [(1280, "light"), (390, "light")], indirect=True, ids=["desk", "phone"])
def test_the_map_can_be_read(visit: Visit, is_open: bool) -> None:  # noqa: FBT001 - drawn by its name
    drawing = visit.open(PATH).locator(".hr-map")
    expect(drawing).to_have_count(1)
    if is_open:
        drawing.evaluate("map => map.querySelectorAll('details').forEach(one => one.open = true)")
    found = drawing.evaluate(LOOK)
    boxes, lines = found["boxes"], [*found["across"], *found["down"]]
    assert min(len(found["texts"]), len(found["down"])) > len(boxes) / 2
    assert min(found["sizes"]) >= 12
    # Lines of one text stand close, so what counts is what is more than a hair's breadth.
    texts = [inner(text, 1, 3) for text in found["texts"]]
    assert not [(one, other) for one, other in combinations(texts, 2) if overlap(one, other)]
    assert not [(one, other) for one, other in combinations(boxes, 2) if overlap(one, other)]
    # All that is written stands in a box, and no line in one.
    assert not [one for one in texts if not any(overlap(one, box) for box in boxes)]
    assert not [(line, box) for line in lines for box in boxes if overlap(inner(line, -0.1, -0.1), inner(box, 2, 2))]
    # Lines meet at their ends, and never cross.
    crossings = [
        (across, down)
        for across in found["across"]
        for down in found["down"]
        if across[0] + 2 < down[0] < across[2] - 2 and down[1] + 2 < across[1] < down[3] - 2
    ]
    assert crossings == []
    # A line ends at each box that hangs on another.
    ends = [(line[2], line[1]) for line in found["across"]]
    assert not [
        box for box in found["hanging"] if not any(abs(x - box[0]) < 2 and box[1] < y < box[3] for x, y in ends)
    ]
    # A page is never wider than its window.
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert drawing.evaluate("map => map.scrollWidth <= map.clientWidth")


def test_in_a_wide_window_what_hangs_on_a_plan_stands_beside_it(visit: Visit) -> None:
    page = visit.open(PATH)
    company = page.locator(".hr-map__box", has_text="Company VPMOM").first.bounding_box()
    finance = page.locator(".hr-map__box", has_text="Finance VPMOM").first.bounding_box()
    assert company is not None
    assert finance is not None
    assert finance["x"] > company["x"] + company["width"]


def front_matter(path: Path) -> dict[str, object]:
    text = path.read_text("utf-8")
    found = yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else None
    return found if isinstance(found, dict) else {}


def test_every_open_objective_and_every_plan_in_force_is_on_it(visit: Visit) -> None:
    names = visit.open(PATH).locator(".hr-map__name").all_inner_texts()
    documents = [front_matter(path) for path in sorted(CONTENT.rglob("*.md"))]
    objectives = [one["title"] for one in documents if one.get("kind") == "objective" and one.get("state") == "open"]
    assert len(objectives) > 2
    counts = Counter(names)
    assert [counts[str(title)] for title in objectives] == [1] * len(objectives)
    plans = [one for one in documents if one.get("kind") == "vpmom" and one.get("state") == "active"]
    lines = {str(one["id"]) for one in plans}
    assert len(lines) > 5
    for line in lines:
        assert sum(counts[str(one["title"])] for one in plans if one["id"] == line) == 1


def test_the_keyboard_opens_what_a_plan_holds(visit: Visit) -> None:
    page = visit.open(PATH)
    first = page.locator(".hr-map summary").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".hr-map details[open] li a").first).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.hr-map details li') !== null")
