"""Pages for everyone: told apart by name, read in both schemes, walked by the keyboard, and fit for a narrow window."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, answered, until

pytestmark = pytest.mark.browser
_MOST_STOPS = 150
"""So many times a key is pressed at the most until the first stop comes again."""

_EVERYWHERE = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]
_NAMES = ["desk, light", "desk, dark", "narrow, light", "narrow, dark"]
_PAGES = (
    "",
    "handbook/",
    "operations/finance/vpmom-fy27/",
    "operations/finance/expense-claims/",
    "operations/customer-success/escalate-for-a-customer/",
    "operations/customer-success/first-reply-hours/",
    "handbook/scorecard/",
    "handbook/measures/sops-signed/",
    "handbook/duplicates/",
    "handbook/meetings/",
    "operations/company/monthly-review/",
    "handbook/strategy/",
    "handbook/cascade/",
    "handbook/map/",
    "handbook/flows/",
    "handbook/doctor/",
    "handbook/find/?find=expenses",
    "404.html",
)
_PALETTES = (
    "red", "pink", "purple", "deep-purple", "indigo", "blue", "light-blue", "cyan", "teal", "green", "light-green",
    "lime", "yellow", "amber", "orange", "deep-orange", "brown", "grey", "blue-grey", "black", "white",
)  # fmt: skip


def _open(visit: Visit, path: str) -> Page:
    """Go to a page, and wait for the form of the finder where there is one."""
    page = visit.open(path)
    form = page.locator("#hr-finder")
    if form.count():
        expect(form).to_be_visible()
    return page


@pytest.mark.parametrize("visit", _EVERYWHERE, ids=_NAMES, indirect=True)
def test_every_word_can_be_read_and_no_page_has_to_be_scrolled_sideways(visit: Visit) -> None:
    visit.page.add_init_script(_COLOURS)
    for path in _PAGES:
        page = _open(visit, path)
        assert page.evaluate("colours.pale('body *')") == [], f"/{path}"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"/{path}"


@pytest.mark.parametrize("visit", _EVERYWHERE[:2], ids=_NAMES[:2], indirect=True)
def test_every_colour_that_the_theme_offers_can_be_read(visit: Visit) -> None:
    visit.page.add_init_script(_COLOURS)
    page = visit.open("operations/finance/vpmom-fy27/")
    page.add_style_tag(content=_AT_ONCE)
    for name in _PALETTES:
        page.evaluate(_PAINT, name)
        assert page.evaluate("colours.pale('.md-header *, .md-tabs *, article *')") == [], name


def test_where_a_site_chooses_no_colours_lines_and_quiet_words_have_theirs(visit: Visit) -> None:
    page = visit.open("handbook/scorecard/")
    names = ("--hr-ink", "--hr-line", "--hr-quiet", "--hr-soft")
    look = "names => names.map(name => getComputedStyle(document.body).getPropertyValue(name))"
    chosen = page.evaluate(look, names)
    assert all(chosen)
    page.evaluate("document.body.removeAttribute('data-md-color-scheme')")
    assert page.evaluate(look, names) == chosen


def test_a_search_that_is_open_and_a_folded_navigation_can_be_read(visit: Visit) -> None:
    visit.page.add_init_script(_COLOURS)
    page = visit.open("operations/finance/expense-claims/")
    page.add_style_tag(content=_AT_ONCE)
    page.locator(".md-search__input").click()
    page.keyboard.type("receipt")
    answered(page, "receipt")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page.evaluate("colours.pale('.md-search__output *')") == []
    page.locator(".md-search__input").fill("xqzvwy wvuqz")
    expect(page.get_by_role("link", name="Propose this procedure")).to_be_visible()
    assert page.evaluate("colours.pale('.md-search__output *')") == []

    page.set_viewport_size({"width": 375, "height": 800})
    visit.open("operations/finance/expense-claims/")
    page.add_style_tag(content=_AT_ONCE)
    page.locator("label.md-header__button[for=__drawer]").click()
    expect(page.locator(".md-nav--primary .md-nav__link", has_text="Buy a laptop").first).to_be_visible()
    assert page.evaluate("colours.pale('.md-nav--primary *')") == []


@pytest.mark.parametrize("visit", _EVERYWHERE[:2], ids=_NAMES[:2], indirect=True)
def test_what_is_folded_away_can_be_read_on_quiet_ground(visit: Visit) -> None:
    visit.page.add_init_script(_COLOURS)
    page = visit.open("operations/finance/expense-claims/")
    # A site whose forge has no form for it shows here the line with which to sign.
    page.evaluate(
        "document.querySelector('.hr-about').insertAdjacentHTML('beforeend',"
        " '<details class=hr-folded><summary>Sign this text</summary></details><span class=hr-state>now</span>')"
    )
    assert page.evaluate("colours.pale('.hr-about *')") == []


@pytest.mark.parametrize("visit", [(1280, "light"), (320, "light")], ids=["desk", "narrow"], indirect=True)
def test_the_parts_of_a_page_are_told_apart_by_their_names(visit: Visit) -> None:
    for path in ("", "operations/finance/expense-claims/", "handbook/scorecard/", "handbook/find/"):
        page = _open(visit, path)
        parts: list[list[str]] = page.evaluate(_PARTS)
        counts = Counter((role, name) for role, name in parts)
        assert [part for part, count in counts.items() if count > 1] == [], f"/{path}"
        assert page.locator("[role=dialog]").get_attribute("aria-label") == "Search"
        assert [role for role, _ in parts].count("main") == 1


def test_links_in_a_text_do_not_differ_by_colour_alone(visit: Visit) -> None:
    for path in _PAGES:
        page = _open(visit, path)
        plain = page.evaluate(
            "[...document.querySelectorAll('article :is(p, li, dd, td, summary) a')]"
            ".filter(link => !link.closest('.hr-action, .hr-cards') && !link.classList.contains('hr-button') && !getComputedStyle(link).textDecorationLine.includes('underline'))"
            ".map(link => link.outerHTML)"
        )
        assert plain == [], f"/{path}"


@pytest.mark.parametrize("visit", _EVERYWHERE[:2], ids=_NAMES[:2], indirect=True)
def test_the_keyboard_reaches_each_part_in_its_order_and_shows_where_it_is(visit: Visit) -> None:
    visit.page.add_init_script(_COLOURS)
    page = visit.open("handbook/scorecard/")
    stops: list[dict[str, Any]] = []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(_STOP)) is None:
            break
        stops.append(stop)

    assert stops[0]["name"] == "Skip to content"
    assert [stop["name"] for stop in stops].count("Skip to content") == 1
    # The page ends at some stop, and whoever goes on leaves it.
    assert len(stops) < _MOST_STOPS
    parts = [stop["part"] for stop in stops]
    assert parts == sorted(parts)
    assert {stop["name"] for stop in stops if stop["part"] == _ARTICLE} >= {"Procedures tied to no plan", "Lists"}
    assert [stop for stop in stops if not stop["name"]] == []
    assert [stop for stop in stops if stop["frame"] < 3 and stop["part"] != _TO_THE_TOP] == []


def test_what_folds_the_navigation_says_what_it_folds(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")
    fold = page.locator(".md-nav__link[tabindex='0'][for]", has_text="Finance")
    expect(page.get_by_role("navigation", name="Finance", exact=True)).to_be_visible()
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Finance", exact=True)).not_to_be_visible()


@pytest.mark.parametrize("visit", [(320, "light"), (900, "dark")], ids=["narrow", "tablet"], indirect=True)
def test_the_keyboard_opens_the_navigation_of_a_narrow_window_and_stops_nowhere_unseen(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")
    page.add_style_tag(content=_AT_ONCE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("switch", name="Navigation", exact=True)).to_be_focused()
    expect(page.locator(".md-header [for=__drawer]")).not_to_have_css("outline-style", "none")
    closed = _stops(page)
    assert {stop["part"] for stop in closed} == {"page"}

    page.keyboard.press("Space")
    opened = _stops(page)
    assert {stop["part"] for stop in opened} == {"navigation"}
    assert [stop["name"] for stop in opened[:2]] == ["__nav_4_6", "Finance VPMOM FY27"]

    panel = page.get_by_role("checkbox", name="Finance")
    panel.focus()
    expect(page.locator(".md-nav__title[for=__nav_4_6]")).not_to_have_css("outline-style", "none")
    page.keyboard.press("Space")
    expect(panel).to_be_focused()
    above = [stop["name"] for stop in _stops(page)]
    assert above[:2] == ["__nav_4", "Business Operations"]
    assert "Bill a customer" not in above

    page.get_by_role("checkbox", name="Operations").focus()
    page.keyboard.press("Space")
    assert {"__nav_4", "Strategy"} <= {stop["name"] for stop in _stops(page)}
    page.keyboard.press("Space")
    assert _stops(page) == closed


@pytest.mark.parametrize("visit", [(320, "light")], ids=["narrow"], indirect=True)
def test_the_keyboard_opens_the_search_of_a_narrow_window(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")
    page.locator(".md-option").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.type("receipt")
    expect(page.locator(".md-search-result__item").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).not_to_be_visible()


@pytest.mark.parametrize("visit", [(240, "light")], ids=["narrow"], indirect=True)
def test_a_table_wider_than_the_window_is_moved_by_the_keyboard(visit: Visit) -> None:
    for path, name in (
        ("handbook/measures/sops-tied/", "By department"),
        ("how/who-signs-what/", "Letter, Word, Has, Signs"),
    ):
        page = visit.open(path)
        table = page.get_by_role("group", name=name)
        expect(table).to_have_attribute("tabindex", "0")  # not every browser stops at what can be scrolled
        expect(table.locator("div > div > table")).to_have_count(1)  # wrapped by the theme too
        assert table.evaluate(_SCROLLING) == 0
        table.focus()
        page.keyboard.press("ArrowRight")
        until(page, "element => element.scrollLeft > 0", table.element_handle())


@pytest.mark.parametrize("visit", [(390, "light")], ids=["phone"], indirect=True)
def test_on_a_phone_what_is_pressed_is_large_and_no_column_of_ours_is_cut(visit: Visit) -> None:
    pages = (
        *_PAGES, "people/", "handbook/queue/", "handbook/changes/", "operations/finance/", "operations/company/weekly-flow/",
        "strategy/one-expense-tool/",
    )  # fmt: skip
    for path in pages:
        page = _open(visit, path)
        page.evaluate("document.querySelectorAll('article details').forEach(part => { part.open = true })")
        assert page.evaluate(_PRESSED) == [], f"/{path}"
        assert page.evaluate(_CUT) == [], f"/{path}"


@pytest.mark.parametrize("visit", [(390, "light")], ids=["phone"], indirect=True)
def test_a_navigation_that_is_closed_is_work_for_no_phone(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")
    drawer = page.locator(".md-sidebar--primary")
    expect(drawer).to_have_css("content-visibility", "hidden")
    page.locator("label.md-header__button[for=__drawer]").click()
    expect(drawer).to_have_css("content-visibility", "visible")
    expect(drawer.get_by_role("link", name="Buy a laptop")).to_be_in_viewport()
    # While it moves out of sight, what it holds is still seen.
    page.add_style_tag(content=".md-sidebar--primary { transition-duration: 3600s !important }")
    page.locator("#__drawer").evaluate("switched => { switched.checked = false }")
    assert drawer.evaluate("drawer => getComputedStyle(drawer).contentVisibility") == "visible"


def test_who_is_far_down_a_long_list_is_work_only_when_they_are_looked_at(visit: Visit) -> None:
    page = visit.open("people/")
    last = page.locator(".hr-part").last
    expect(last).to_have_css("content-visibility", "auto")
    is_drawn = "part => part.firstElementChild.checkVisibility({ contentVisibilityAuto: true })"
    assert not last.evaluate(is_drawn)
    assert page.locator(".hr-part").first.evaluate(is_drawn)
    last.scroll_into_view_if_needed()
    until(page, is_drawn, last.element_handle())


def _stops(page: Page) -> list[dict[str, Any]]:
    """Go through what follows the switch of the navigation, and back to it; each stop must be seen."""
    page.locator("#__drawer").focus()
    stops: list[dict[str, Any]] = []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        # After the last comes none, or the first again.
        if (stop := page.evaluate(_SEEN)) is None or stop["name"] in ("Skip to content", "__drawer"):
            break
        stops.append(stop)
    assert [stop for stop in stops if not stop["seen"]] == []
    assert 0 < len(stops) < _MOST_STOPS
    page.locator("#__drawer").focus()
    return stops


@pytest.mark.parametrize(
    ("path", "side"),
    [("operations/contributors/staff/hire-someone/", ".md-sidebar--primary"), ("people/", ".md-sidebar--secondary")],
    ids=["navigation", "contents"],
)
def test_who_goes_back_beside_the_text_sees_each_stop(visit: Visit, path: str, side: str) -> None:
    visit.page.set_viewport_size({"width": 1280, "height": 520})
    page = visit.open(path)
    page.locator(f"{side} a.md-nav__link:visible").last.focus()
    seen = []
    while page.evaluate("side => document.activeElement.closest(side) !== null", side):
        seen.append(page.evaluate(_ON_TOP))
        assert len(seen) < _MOST_STOPS
        page.keyboard.press("Shift+Tab")
    assert len(seen) > 15
    assert [name for name in seen if name] == []


_ON_TOP = """() => {
  const stop = document.activeElement, { left, top, height } = stop.getBoundingClientRect()
  const found = document.elementFromPoint(left + 10, top + height / 2)
  return stop.contains(found) || found?.contains(stop) ? '' : stop.textContent.trim()
}"""
_PRESSED = """[...document.querySelectorAll('article :is(button, summary, input, select, .hr-button, .hr-action a), '
  + ':is(.hr-inserted > .hr-note, .hr-fold > .hr-note, #hr-finder-propose) > a, .hr-up a')]
  .filter(part => part.checkVisibility() && part.getBoundingClientRect().height < 44)
  .map(part => part.outerHTML.slice(0, 80))"""
_CUT = """[...document.querySelectorAll('article :is(.md-typeset__scrollwrap, .md-typeset__table, table)')]
  .filter(part => part.scrollWidth > part.clientWidth + 1).map(part => part.textContent.trim().slice(0, 40))"""
_ARTICLE = 2
_AT_ONCE = "* { transition: none !important }"
_PAINT = "name => ['primary', 'accent'].forEach(part => document.body.setAttribute(`data-md-color-${part}`, name))"
_COLOURS = """
const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
const seen = new Map()
const parse = text => {
  if (!seen.has(text)) {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = text
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    seen.set(text, [r, g, b, a / 255])
  }
  return seen.get(text)
}
const over = (top, below, faint = 1) => [0, 1, 2].map(i => top[i] * top[3] * faint + below[i] * (1 - top[3] * faint))
const light = colour => colour.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
const contrast = (one, other) => {
  const [a, b] = [light(one), light(other)].sort((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}
const up = element => element ? [...up(element.parentElement), element] : []
const ground = element => up(element)
  .reduce((below, node) => over(parse(getComputedStyle(node).backgroundColor), below), [255, 255, 255])
const faint = element => up(element).reduce((sum, node) => sum * getComputedStyle(node).opacity, 1)
const shown = element => element.checkVisibility({ visibilityProperty: true }) && faint(element) > 0
  && element.getBoundingClientRect().width > 1
const words = element => [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE)
  .map(node => node.textContent.trim()).join(" ").trim()
const pale = selector => [...document.querySelectorAll(selector)].filter(element => words(element) && shown(element))
  .map(element => {
    const style = getComputedStyle(element)
    const size = parseFloat(style.fontSize)
    const wanted = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5
    const below = ground(element)
    const found = contrast(over(parse(style.color), below, faint(element)), below)
    return found < wanted ? `${found.toFixed(2)} ${element.className} ${words(element)}` : ""
  }).filter(Boolean)
window.colours = { pale, frame: (element, style) => contrast(parse(style.outlineColor), ground(element.parentElement)) }
"""
_PARTS = """[...document.querySelectorAll('nav, main, [role=search], [role=group], [role=region], form[aria-label]')]
  .filter(part => part.checkVisibility({ visibilityProperty: true }) && part.getBoundingClientRect().width > 0)
  .map(part => [
    part.getAttribute('role') || part.localName,
    part.getAttribute('aria-label')
      || document.getElementById(part.getAttribute('aria-labelledby'))?.textContent.trim() || ''
  ])"""
_SCROLLING = """table => [...table.querySelectorAll('div')].filter(
  part => part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX !== 'visible'
).length"""
_TO_THE_TOP = 3
_STOP = """() => {
  const at = document.activeElement
  if (at === document.body) return null
  const style = getComputedStyle(at.matches('.md-option') ? at.nextElementSibling : at)
  // The button that leads back to the top comes and goes with the way the page is scrolled.
  const part = at.closest('footer') ? 4 : at.closest('.md-top') ? 3 : at.closest('article') ? 2 : at.closest('.md-main') ? 1 : 0
  return {
    name: (at.getAttribute('aria-label') || at.getAttribute('title') || at.textContent).trim(),
    part, html: at.outerHTML.slice(0, 160),
    frame: at.closest('.md-search') ? 21
      : style.outlineStyle === 'none' ? 0 : colours.frame(at, style)
  }
}"""
_SEEN = """() => {
  const at = document.activeElement
  if (at === document.body) return null
  const box = at.getBoundingClientRect()
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight - box.y) / 2)
  return {
    name: at.id || at.textContent.trim(),
    part: at.closest('.md-sidebar--primary') ? 'navigation' : 'page',
    // What is drawn in the place of a switch shows the frame.
    seen: at.matches('input') || box.height > 0 && (at.contains(top) || !!top && top.contains(at))
  }
}"""
