"""Pages on paper, in a real browser: plans on one page, procedures with their foot, boxes to tick, and what is left out."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from handrail.pages import render
from handrail.pages.kinds.plans import plan_view
from handrail.rules.hb6_paper import PAPERS, lines
from tests.e2e.conftest import Visit
from tests.engines.drawn import BASE
from tests.pages.views import LINKS, handbook_of, shown

pytestmark = pytest.mark.browser

ROOM = {"A4": (703.4, 1031.8), "Letter": (725.3, 965.3)}
"""The room on paper within margins of 12 mm, in pixels."""
_LINE = 9.5 * 96 / 72 * 1.4
_PLANS = 200
_PAGE_OF_A_PDF = re.compile(rb"/Type\s*/Page\b")
_WORDS = [
    word
    for path in sorted(Path("content").rglob("*.md"))
    for word in re.findall(r"[\w'’-]+", path.read_text("utf-8").rpartition("---")[2])  # noqa: RUF001 - apostrophes
]


@pytest.fixture(scope="module")
def paper(browser: Browser, address: str) -> Iterator[Page]:
    """Open a plan as it is printed; no script moves anything."""
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(f"{address}operations/finance/vpmom-fy27/")
    yield page
    context.close()


def _height(page: Page, size: str) -> float:
    """Return how far down the sections of a plan reach on paper of a size."""
    width, height = ROOM[size]
    page.set_viewport_size({"width": int(width), "height": int(height)})
    found = page.evaluate("document.querySelector('.hr-plan').getBoundingClientRect().bottom + scrollY")
    return float(found)


def _pages(page: Page, size: str) -> int:
    """Return how many pages a browser prints."""
    return len(_PAGE_OF_A_PDF.findall(page.pdf(format=size)))


def test_the_plans_of_the_example_are_one_page_each(paper: Page, address: str, example_site: Path) -> None:
    longer: dict[tuple[str, str], float] = {}
    plans = 0
    for path in sorted(example_site.rglob("vpmom-*/index.html")):
        paper.goto(f"{address}{path.parent.relative_to(example_site).as_posix()}/")
        if paper.locator(".hr-plan").count():
            plans += 1
            size = paper.evaluate("parseFloat(getComputedStyle(document.querySelector('.hr-plan li')).fontSize)")
            assert size >= 9.5 * 96 / 72 - 0.01
            longer |= {(path.parent.name, size): end for size in ROOM if (end := _height(paper, size)) > ROOM[size][1]}
            assert _pages(paper, "A4") == 1 + paper.locator(".hr-commentary").count()
    assert plans >= 12
    assert longer == {}


# Whether a plan fits on one page is known without a browser


@dataclass(frozen=True)
class _Drawn:
    html: str
    fits: bool


def _text(chance: random.Random, letters: int) -> str:
    start = chance.randrange(len(_WORDS) - letters)
    words = " ".join(_WORDS[start : start + letters])
    return words[:letters].strip() or "x"


def _plan(chance: random.Random, number: int) -> str:
    """Draw a plan of any length, most of them near a page."""
    longest = chance.choice((30, 70, 140, 210))

    def many(least: int, most: int, label: int = 0) -> list[str]:
        def one() -> str:
            team = f"({_text(chance, 8)}) " if label and chance.random() < 0.3 else ""
            name = f"{_text(chance, label)}: " if label else ""
            return f"{team}{name}{_text(chance, chance.randint(8, longest))}"

        return [one() for _ in range(chance.randint(least, most))]

    fields = {
        "title": f"Plan {_text(chance, chance.randint(1, 70))}",
        "vision": _text(chance, chance.randint(20, 250)),
        "priorities": many(2, 9, 16),
        "methods": many(0, 20, 16),
        "obstacles": many(0, 14),
        "measures": [
            {"text": text, "target": _text(chance, 12)}
            | ({"result": _text(chance, 9)} if chance.random() < 0.3 else {})
            for text in many(2, 14)
        ],
    }
    head = f"kind: vpmom\nid: line-{number}\nperiod: FY27\nvisibility: public\nstate: active\nrapid: MOK(D), TLI(A)"
    rest = "\n".join(f"{name}: {json.dumps(value)}" for name, value in fields.items())
    return f"---\n{head}\nparent: company\n{rest}\n---\n"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[_Drawn]:
    chance = random.Random(7)  # noqa: S311 - plans, not secrets
    plans = {f"content/plan-{number}.md": _plan(chance, number) for number in range(_PLANS)}
    book = handbook_of(tmp_path_factory.mktemp("plans"), {**BASE, **plans})
    seen = shown(book, leniently=True)
    found = []
    for path in plans:
        page = book.by_src_uri[path.removeprefix("content/")]
        view = plan_view(seen, page)
        top = f"<h1>{page.title}</h1>{render.top(view, LINKS)}"
        html = top + render.sections(view.sections, LINKS, is_one_page=True)
        found.append(_Drawn(html, all(lines(book, page, paper) <= paper.lines for paper in PAPERS)))
    return found


def test_a_plan_fits_on_paper_where_the_rule_has_nothing_to_say(paper: Page, address: str, drawn: list[_Drawn]) -> None:
    paper.goto(f"{address}operations/finance/vpmom-fy27/")
    ends: list[tuple[_Drawn, float]] = []
    for plan in drawn:
        _put(paper, plan)
        ends.append((plan, max(_height(paper, size) / room for size, (_, room) in ROOM.items())))
    printed = [plan for plan, end in ends if end <= 1]
    warned = [plan for plan in printed if not plan.fits]
    assert [end for plan, end in ends if plan.fits and end > 1] == []
    assert len(printed) > _PLANS // 4
    assert len(printed) < _PLANS * 3 // 4
    assert len(warned) <= len(printed) * 0.05
    # What was measured is what is printed.
    fullest = sorted((end, at) for at, (plan, end) in enumerate(ends) if end <= 1)[-3:]
    longer = sorted((end, at) for at, (plan, end) in enumerate(ends) if end > 1 + 2 * _LINE / ROOM["Letter"][1])[:3]
    for number, found in ((1, fullest), (2, longer)):
        for _, at in found:
            _put(paper, ends[at][0])
            pages = {size: _pages(paper, size) for size in ROOM}
            assert max(pages.values()) == number


def _put(page: Page, plan: _Drawn) -> None:
    page.evaluate("html => { document.querySelector('article').innerHTML = html }", plan.html)


# The foot of each page

_FOOT = """() => [...document.styleSheets].filter(sheet => !sheet.LINKS).flatMap(sheet => [...sheet.cssRules])
  .flatMap(rule => rule.type === CSSRule.PAGE_RULE ? [...rule.cssRules] : []).map(box => [box.name, box.style.content])"""


def test_each_page_has_a_foot_by_which_its_copy_is_known(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")
    today = re.search(r"\b[0-9a-f]{8}\b", page.locator(".hr-about dd").last.inner_text())
    assert today is not None
    address = "https://handbook.marlstone.example/operations/finance/expense-claims/"
    (left, title), (right, text) = page.evaluate(_FOOT)
    assert (left, right) == ("bottom-left", "bottom-right")
    assert title == rf'"Claim your expenses\a {address}"'
    assert re.fullmatch(
        rf'"Text( of .*)? · {today[0]}\\a Printed copies are not kept up to date · " counter\(page\) "/" counter\(pages\)',
        text,
    )
    plan = visit.open("operations/finance/vpmom-fy27/")
    assert "Finance VPMOM FY27" in plan.evaluate(_FOOT)[0][1]
    assert visit.open("handbook/queue/").evaluate(_FOOT) == []


# What stays together. Columns are filled as pages are, and tell where everything came to stand.

_PARTED = """height => {
  const article = document.querySelector('article')
  article.style.cssText = `columns: 1; column-fill: auto; column-gap: 50px; height: ${height}px`
  const column = element => Math.floor(element.getBoundingClientRect().left / (article.clientWidth + 50))
  const seen = element => element && getComputedStyle(element).display !== 'none'
  const alone = [...article.querySelectorAll('h2, h3')].filter(seen).filter(heading => {
    const next = heading.nextElementSibling
    return seen(next) && column(heading) !== column(next.querySelector('tbody tr, li') || next)
  })
  const cut = [...article.querySelectorAll('li, tbody tr')].filter(item => seen(item) && item.getClientRects().length > 1)
  return [alone.map(heading => heading.textContent), cut.map(item => item.textContent),
    Math.max(...[...article.children].filter(seen).map(column))]
}"""


@pytest.mark.parametrize(
    "path",
    ["finance/expense-claims", "research-development/handle-a-security-report", "business-operations/retire-an-sop"],
)
def test_no_heading_stands_alone_at_the_foot_of_a_page_and_no_step_is_cut(paper: Page, address: str, path: str) -> None:
    paper.set_viewport_size({"width": int(ROOM["A4"][0]), "height": int(ROOM["A4"][1])})
    paper.goto(f"{address}operations/{path}/")
    found = [paper.evaluate(_PARTED, height) for height in range(220, 620, 13)]
    assert sum(pages > 0 for *_, pages in found) > 10
    assert [(alone, cut) for alone, cut, _ in found if alone or cut] == []


def test_a_site_in_dark_prints_light_and_without_what_is_pressed(paper: Page, address: str) -> None:
    paper.goto(f"{address}operations/finance/expense-claims/")
    paper.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    ground, ink = paper.evaluate(
        "[document.body, document.querySelector('h1')].map((e, at) => getComputedStyle(e)[at ? 'color' : 'backgroundColor'])"
    )
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert max(map(float, re.findall(r"[\d.]+", ink)[:3])) < 60
    for pressed in (
        ".md-header",
        ".md-sidebar",
        ".md-footer",
        ".hr-about",
        ".md-content__button",
        ".md-path",
        ".hr-fold",
    ):
        assert not [one for one in paper.locator(pressed).all() if one.is_visible()], pressed


# Boxes to tick

_BOXES = """() => [...document.querySelectorAll('article ol > li')].filter(
  item => [item, item.firstElementChild].some(part => part && getComputedStyle(part, '::before').borderTopStyle === 'solid')
).map(item => item.textContent.slice(0, 20))"""


def test_the_steps_of_a_procedure_can_be_printed_with_boxes_to_tick(visit: Visit) -> None:
    page = visit.open_at_home("operations/finance/expense-claims/")
    assert page.evaluate(_BOXES) == []
    visit.follow(page.get_by_role("link", name="Print with boxes to tick"))
    told = page.get_by_text("Each numbered step has a box to tick now.")
    expect(told).to_be_in_viewport()
    with_boxes = page.evaluate(_BOXES)
    assert len(with_boxes) == page.locator("article > ol > li").count() == 8
    page.emulate_media(media="print")
    expect(told).not_to_be_visible()
    assert page.evaluate(_BOXES) == with_boxes
    page.emulate_media(media="screen")

    visit.follow(page.get_by_role("link", name="take the boxes off again"))

    expect(told).not_to_be_visible()
    assert page.evaluate(_BOXES) == []


def test_only_steps_get_boxes_however_their_lists_are_written(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/#hr-boxes")
    page.evaluate("""() => document.querySelector('article > ol').outerHTML = `<ol><li>One<ol><li>Below</li></ol></li>
      <li><p>Two</p><p>More</p></li></ol><ul><li>No step</li></ul><blockquote><ol><li>Quoted</li></ol></blockquote>`""")
    assert [text.split()[0] for text in page.evaluate(_BOXES)[:2]] == ["OneBelow", "TwoMore"]
    assert len(page.evaluate(_BOXES)) == page.locator("article > ol > li").count() == 6


def test_a_page_without_steps_offers_no_boxes(visit: Visit) -> None:
    page = visit.open("operations/business-operations/receive-visitors-in-lisbon/")
    expect(page.get_by_role("link", name="Print with boxes to tick")).not_to_be_visible()
    plan = visit.open("operations/finance/vpmom-fy27/")
    assert plan.get_by_role("link", name="Print with boxes to tick").count() == 0
