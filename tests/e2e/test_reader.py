"""A reader in a real browser: from the home page to the right procedure, and what the page says there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Visit, search

pytestmark = pytest.mark.browser

_EVERYWHERE = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
_NAMES = ["desk, light", "desk, dark", "phone, light", "phone, dark"]
_ON_A_PROCEDURE = "The plan that this page is for"
_PAGES = (
    "",
    "handbook/",
    "handbook/stale/",
    "handbook/queue/",
    "handbook/rules/hb401/",
    "operations/finance/",
    "operations/finance/vpmom-fy27/",
    "operations/finance/expense-claims/",
    "strategy/vacation-ready/",
    "people/",
)


def _main(page: Page) -> str:
    return page.locator("article").inner_text()


def test_from_the_home_page_to_a_procedure_and_back_to_its_plan(visit: Visit) -> None:
    page = visit.open()
    page.locator(".md-tabs").get_by_role("link", name="Operations").click()
    expect(page.get_by_role("heading", name="All procedures", level=1)).to_be_visible()

    page.locator("article").get_by_role("link", name="Claim your expenses").click()
    expect(page.get_by_role("heading", name="Claim your expenses", level=1)).to_be_visible()
    expect(page.locator("article summary").first).to_contain_text("Signed by Lena Brandt-Keller · good until")

    page.locator("article").get_by_role("link", name="Finance VPMOM FY27").first.click()
    expect(page.get_by_role("heading", name="Finance VPMOM FY27", level=1)).to_be_visible()
    for section in ("Vision", "Priorities", "Methods", "Obstacles", "Measures"):
        expect(page.locator("article").get_by_role("heading", name=section, exact=True)).to_be_visible()

    carried = page.locator("#carried ~ ul").first.get_by_role("listitem").filter(has_text="Paid in ten days")
    carried.get_by_role("link", name="Claim your expenses").click()
    expect(page).to_have_url(re.compile("operations/finance/expense-claims/"))


def test_the_table_of_contents_holds_each_procedure_under_its_plan(visit: Visit) -> None:
    page = visit.open("handbook/")

    plan = page.locator("h3#plan-finance")
    assert "Finance VPMOM FY27" in plan.inner_text()
    listed = plan.locator("xpath=following-sibling::ul[1]").inner_text()
    assert "Claim your expenses" in listed
    assert "No plan yet" in _main(page)
    assert "Book a trip" in page.locator("h2#no-plan").locator("xpath=following-sibling::ul[1]").inner_text()


def test_the_search_finds_a_procedure_by_its_words(visit: Visit) -> None:
    page = visit.open()
    expect(search(page, "lost receipt expenses").filter(has_text="Claim your expenses")).to_be_visible()


def test_who_signed_unfolds_by_the_keyboard(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")
    omar = page.get_by_text("Omar Haddad, head of business operations, 2 March 2026: this text.")
    expect(omar).not_to_be_visible()

    page.locator(".hr-trust > summary").focus()
    page.keyboard.press("Enter")

    expect(omar).to_be_visible()


def test_who_signed_unfolds_and_folds_by_a_click(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")
    line = page.locator(".hr-trust > summary")
    omar = page.get_by_text("Omar Haddad, head of business operations, 2 March 2026: this text.")

    line.click()
    expect(omar).to_be_visible()

    line.click()
    expect(omar).not_to_be_visible()


def test_what_has_changed_since_a_signature_unfolds_by_a_click(visit: Visit) -> None:
    page = visit.open("operations/customer-success/escalate-for-a-customer/")
    line = page.locator(".hr-trust > summary")
    expect(line).to_contain_text("Changed since it was signed on")
    change = page.locator(".hr-difference ins", has_text="and says what was tried so far")
    expect(change).not_to_be_visible()

    line.click()
    expect(change).to_be_visible()
    expect(page.locator(".hr-signing").get_by_role("link", name=": decide on this page")).to_have_attribute(
        "href", re.compile(r"/issues/new\?template=sign-off\.yml.*digest=t2%3A[0-9a-f]{64}$")
    )


def test_whoever_signs_is_led_to_what_has_changed(visit: Visit) -> None:
    page = visit.open_at_home("operations/customer-success/escalate-for-a-customer/")
    visit.follow(page.locator(".hr-signing").get_by_role("link", name="See what changed"))
    expect(page.locator(".hr-difference ins", has_text="and says what was tried so far")).to_be_in_viewport()


# Where the text of a procedure begins, and the first thing in it that is to be done or looked up.
_BEGINS = """() => {
  const article = document.querySelector('article')
  const own = [...article.children].slice([...article.children].indexOf(article.querySelector('.hr-lead')) + 1)
  const top = element => element.getBoundingClientRect().top + scrollY
  const first = [...article.querySelectorAll('h2, ol > li, ul > li, table')].filter(
    element => element.offsetParent && !element.closest('details, section, nav')
  )
  return [Math.min(...own.map(top)), first.length ? Math.min(...first.map(top)) : 0]
}"""


def test_a_procedure_begins_high_on_a_phone(browser: Browser, address: str, example_site: Path) -> None:
    late = {}
    pages = [path for path in sorted(example_site.rglob("*.html")) if _ON_A_PROCEDURE in path.read_text("utf-8")]
    # Scripts move nothing above the text, and take most of the time of many pages.
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    for path in pages:
        page.goto(f"{address}{path.parent.relative_to(example_site).as_posix()}/")
        text, first = page.evaluate(_BEGINS)
        if text > 320 or first > 450:
            late[path.parent.name] = (text, first)
    context.close()
    assert len(pages) > 40
    assert late == {}


@pytest.mark.parametrize("visit", _EVERYWHERE, ids=_NAMES, indirect=True)
def test_a_page_is_signed_below_its_text_with_buttons_that_a_thumb_hits(visit: Visit) -> None:
    page = visit.open("operations/customer-success/escalate-for-a-customer/")
    buttons = page.locator(".hr-signing a.hr-button")
    assert buttons.count() > 1
    below = page.get_by_text("A failure of our service also gets the page of").bounding_box()
    assert below is not None
    for button in buttons.all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] > below["y"] + below["height"]
        ratio = button.evaluate(_CONTRAST)
        assert ratio >= 4.5, f"a button has a contrast of {ratio:.2f}"
    assert page.locator(".hr-button--filled").count() == 1
    expect(buttons.first).to_have_class(re.compile("hr-button--filled"))


@pytest.mark.parametrize("visit", [(390, "light"), (1280, "dark")], ids=["phone", "desk"], indirect=True)
def test_whether_it_worked_is_asked_below_the_text_and_the_keyboard_reaches_the_form(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")
    page.route("https://github.com/**", lambda route: route.fulfill(body="<h1>A form</h1>", content_type="text/html"))
    asked, buttons = page.locator(".hr-worked"), page.locator(".hr-worked a.hr-button")
    assert buttons.all_inner_texts() == ["It worked", "Something was wrong", "Run it"]
    assert page.locator("article .hr-button--filled").count() <= 1
    assert asked.locator(".hr-button--filled").count() == 0
    for button in buttons.all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    below = page.locator(".hr-about").bounding_box()
    its_own = asked.bounding_box()
    assert below is not None
    assert its_own is not None
    assert its_own["y"] + its_own["height"] <= below["y"]
    page.emulate_media(media="print")
    expect(asked).to_be_hidden()
    page.emulate_media(media="screen")
    buttons.first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # The policy that the page states to browsers lets its readers go there.
    expect(page.get_by_role("heading", name="A form")).to_be_visible()
    assert "template=something-wrong.yml" in page.url
    assert all(url.startswith("https://github.com/marlstone/handbook/issues/new?") for url in visit.asked)
    visit.asked.clear()


_ITEMS = {
    "words": ("<ul><li>One</li><li>Two <b>three</b></li></ul>", "<ul><li><p>One</p></li><li><p>Two <b>three</b></p></li></ul>"),
    "numbers": ("<ol><li>One</li><li>Two</li></ol>", "<ol><li><p>One</p></li><li>Two</li></ol>"),
    "a list within": (
        "<ol><li>One<ul><li>Two</li></ul></li><li>Three</li></ol>",
        "<ol><li><p>One</p><ul><li><p>Two</p></li></ul></li><li><p>Three</p></li></ol>",
    ),
    "code behind it": ("<ul><li>One<pre><code>x</code></pre></li></ul>", "<ul><li><p>One</p><pre><code>x</code></pre></li></ul>"),
}  # fmt: skip


@pytest.mark.parametrize(("without", "alone"), _ITEMS.values(), ids=_ITEMS)
def test_a_paragraph_alone_in_an_item_of_a_list_looks_as_none(visit: Visit, without: str, alone: str) -> None:
    page = visit.open("people/")

    def drawn(markup: str) -> bytes:
        page.evaluate("markup => { document.querySelector('article').innerHTML = markup + '<p>End</p>' }", markup)
        return page.locator("article").screenshot()

    assert drawn(alone) == drawn(without)
    # Two paragraphs stand apart, and nobody takes them for one.
    assert drawn("<ul><li><p>One</p><p>Two</p></li></ul>") != drawn("<ul><li>One<br>Two</li></ul>")


def test_a_heading_in_the_margin_leads_to_its_part_of_the_page(visit: Visit) -> None:
    page = visit.open_at_home("operations/finance/expense-claims/")

    margin = page.locator(".md-sidebar--secondary")
    expect(margin.get_by_text("On this page")).to_be_visible()
    visit.follow(margin.get_by_role("link", name="How it moves"))

    expect(page).to_have_url(re.compile("#how-it-moves$"))
    expect(page.locator("h2#how-it-moves")).to_be_in_viewport()


def test_a_name_leads_to_what_that_person_answers_for(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")

    page.locator(".hr-about").get_by_role("link", name="Lena Brandt-Keller").first.click()

    expect(page).to_have_url(re.compile("people/#lbk$"))
    expect(page.get_by_role("heading", name="Lena Brandt-Keller")).to_be_in_viewport()


@pytest.mark.parametrize("visit", [(390, "light")], indirect=True, ids=["narrow"])
def test_on_a_phone_no_text_touches_the_edge(visit: Visit) -> None:
    for path in ("", "handbook/", "people/", "operations/finance/expense-claims/", "operations/finance/vpmom-fy27/"):
        box = visit.open(path).locator(".md-content__inner").bounding_box()
        assert box is not None
        assert box["x"] >= 12, path
        assert box["x"] + box["width"] <= 390 - 12, path


def test_the_home_page_finds_a_procedure(visit: Visit) -> None:
    page = visit.open()

    page.locator("article").get_by_label("What do you want to do?").fill("get money back for a train ticket")
    page.get_by_role("button", name="Find").click()

    expect(page).to_have_url(re.compile(r"handbook/find/\?find=get"))
    expect(page.locator("#hr-finder-found")).to_contain_text("Claim your expenses")


def test_a_reader_who_chose_dark_colours_keeps_them(visit: Visit) -> None:
    page = visit.open()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")

    page.locator("label[title='Switch to dark colours']").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")

    page = visit.open("operations/finance/expense-claims/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_the_edit_button_leads_to_the_page_where_it_is_edited(visit: Visit) -> None:
    page = visit.open("operations/finance/expense-claims/")

    button = page.locator("a.md-content__button[rel=edit]")
    wanted = "https://github.com/marlstone/handbook/edit/main/content/operations/finance/expense-claims.md"
    expect(button).to_have_attribute("href", wanted)


@pytest.mark.parametrize("visit", [(1280, "light"), (390, "light")], ids=["desk", "phone"], indirect=True)
def test_no_page_has_to_be_scrolled_sideways(visit: Visit) -> None:
    for path in _PAGES:
        page = visit.open(path)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"/{path} is {wider} pixels wider than the window"


@pytest.mark.parametrize("visit", _EVERYWHERE, ids=_NAMES, indirect=True)
def test_what_is_written_quietly_can_still_be_read(visit: Visit) -> None:
    page = visit.open("operations/sales/run-a-trial/")

    for part in (".hr-lead", ".hr-trust strong", ".hr-trust__words", ".hr-about dt", ".hr-about dd"):
        ratio = page.locator(part).first.evaluate(_CONTRAST)
        assert ratio >= 4.5, f"{part} has a contrast of {ratio:.2f}"


_CONTRAST = """element => {
  const context = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d')
  const parse = text => {
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = text
    context.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  const over = (top, below) => {
    const alpha = top.length > 3 ? top[3] : 1
    return [0, 1, 2].map(i => top[i] * alpha + below[i] * (1 - alpha))
  }
  const layers = []
  for (let node = element; node; node = node.parentElement) layers.unshift(getComputedStyle(node).backgroundColor)
  const ground = layers.map(parse).reduce((below, top) => over(top, below), [255, 255, 255])
  const ink = over(parse(getComputedStyle(element).color), ground)
  const light = colour => colour.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
  const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}"""
