"""The finder in a real browser: the same answers as in Python, its page, and its place in the theme's search."""

from __future__ import annotations

import json
import random
import re
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from handrail.search.index import Entry
from handrail.search.index import build as build_index
from handrail.search.ranking import Finder
from tests.e2e.conftest import Visit, answered, search, served, until
from tests.engines.drawn import BASE, sop
from tests.engines.sites import build
from tests.search.labelled import in_languages, queries, with_a_slip
from tests.support.handbooks import make_handbook

pytestmark = pytest.mark.browser

_ODD = [
    "",
    "?",
    "東京都",
    "Straße",
    "doctor\u2019s",
    "a b c d e f g h i j k l m n o",
    "constructor __proto__",
    "x" * 300,
    "area 2 3",
    "on-call",
    "oncall",
]
_SEARCH = """async ([index, texts]) => {
  const finder = new HandrailFinder(JSON.parse(index))
  return texts.map(text => {
    const { hits, meant } = finder.search(text)
    return [hits.map(hit => [hit.page, hit.tier, hit.score]), meant]
  })
}"""
MOST_BYTES = 400_000
"""What a procedure may load before anybody searches, not compressed."""

_NASTY = '<img src=x onerror="window.ran = 1"> & more'


@pytest.fixture(scope="module")
def index(example_site: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((example_site / "assets/handrail/finder.json").read_text("utf-8"))
    return found


def _finder_page(visit: Visit, path: str = "handbook/find/") -> Page:
    page = visit.open(path)
    expect(page.get_by_label("What do you want to do?")).to_be_visible()
    return page


def _titles(page: Page) -> list[str]:
    return page.locator("#hr-finder-found a").all_inner_texts()


def test_the_browser_answers_as_python_does(visit: Visit, index: dict[str, object]) -> None:
    finder = Finder(index)
    chance = random.Random(5)  # noqa: S311 - slips, not secrets
    texts = [query for query, _ in queries()] + finder.titles + _ODD
    texts += ["".join(title.split()[at : at + 2]) for title in finder.titles for at in range(2)]
    texts += [with_a_slip(text, chance) for text in texts if text.split()]
    texts += [text[: chance.randrange(1, len(text))] for text in texts if len(text) > 1]
    _compare(_finder_page(visit), index, texts)


def test_the_browser_answers_as_python_does_in_other_languages(visit: Visit) -> None:
    titles = dict.fromkeys(title for _, _, title in in_languages())
    index = build_index(Entry(id="a", title=title, url=f"p{n}/", kind="", state="") for n, title in enumerate(titles))
    texts = [text for _, query, title in in_languages() for text in (query, title, query[:-1], f"{query} {title}"[::2])]
    _compare(_finder_page(visit), index, texts)


def _compare(page: Page, index: dict[str, object], texts: list[str]) -> None:
    finder = Finder(index)
    in_browser = page.evaluate(_SEARCH, [json.dumps(index), texts])
    for text, answer in zip(texts, in_browser, strict=True):
        found = finder.search(text)
        assert [[[hit.page, hit.tier, hit.score] for hit in found.hits], found.meant] == answer, text


def test_a_procedure_is_found_by_the_keyboard_alone(visit: Visit) -> None:
    page = _finder_page(visit)
    page.get_by_label("What do you want to do?").focus()
    page.keyboard.type("my laptop was stolen")
    expect(page.get_by_role("status").filter(has_text="found")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Report a lost or stolen device")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#hr-finder-found a").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("What do you want to do?")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Report a lost or stolen device", level=1)).to_be_visible()

    page.go_back()
    expect(page.get_by_label("What do you want to do?")).to_have_value("my laptop was stolen")
    expect(page.locator("#hr-finder-found a").first).to_have_text("Report a lost or stolen device")


def test_what_is_looked_for_stands_in_the_address(visit: Visit) -> None:
    page = _finder_page(visit, "handbook/find/?find=invoice&department=Finance")
    assert set(_titles(page)) >= {"Pay a supplier's invoice", "Bill a customer"}
    assert page.get_by_label("Department").input_value() == "Finance"

    page.get_by_label("Department").select_option("Sales")

    expect(page).to_have_url(re.compile(r"find=invoice&department=Sales$"))
    assert "Bill a customer" not in _titles(page)


def test_the_pages_of_an_owner_in_a_state_are_listed_with_nothing_typed(visit: Visit) -> None:
    page = _finder_page(visit)
    page.get_by_label("State").select_option("known, not written yet")
    expect(page.get_by_role("link", name="Take a sabbatical")).to_be_visible()
    expect(page.locator("#hr-finder-found")).to_contain_text("Known, not written yet. Ask ")
    page.get_by_label("Owner").select_option("Lena Brandt-Keller")
    assert "Take a sabbatical" not in _titles(page)


def test_what_was_meant_is_one_click_away(visit: Visit) -> None:
    page = _finder_page(visit)
    page.get_by_label("What do you want to do?").fill("parental leav for adopton")
    page.get_by_role("button", name="parental leav for adoption").click()
    expect(page.get_by_label("What do you want to do?")).to_have_value("parental leav for adoption")
    assert _titles(page)[0] == "Take parental leave"


def test_nothing_is_meant_that_finds_nothing(visit: Visit) -> None:
    page = _finder_page(visit)
    meant = page.locator("#hr-finder-meant")
    page.get_by_label("What do you want to do?").fill("xqzvwy recepits")
    expect(meant).to_have_text("Did you mean: receipt")
    page.get_by_label("Department").select_option("Sales")  # where nobody keeps any
    expect(meant).to_be_hidden()
    page.get_by_label("What do you want to do?").fill("xqzvwy wvuqz")
    expect(meant).to_be_hidden()


def test_a_procedure_that_is_not_there_can_be_proposed(visit: Visit) -> None:
    page = _finder_page(visit)
    page.get_by_label("What do you want to do?").fill("xylophon qwerty")
    expect(page.get_by_role("status").filter(has_text="Nothing was found.")).to_be_visible()
    link = unquote(page.get_by_role("link", name="Propose this procedure").get_attribute("href") or "")
    assert "filename=xylophon-qwerty.md" in link
    assert 'title: "Xylophon qwerty"' in link
    assert "id: xylophon-qwerty" in link


def test_the_digits_of_a_printed_copy_say_whether_its_text_is_in_force(visit: Visit, index: dict[str, object]) -> None:
    number = index["titles"].index("Claim your expenses")  # type: ignore[attr-defined]
    texts = [*index["texts"]]  # type: ignore[misc]
    today = texts[number].split("|")[0]
    texts[number] = f"{today}|0a1b2c3d 5 March 2026|4e5f6a7b 1 February 2026|8c9d0e1f"
    body = json.dumps({**index, "texts": texts})
    visit.page.context.route("**/finder.json", lambda route: route.fulfill(body=body, content_type="application/json"))
    page = visit.open("operations/finance/expense-claims/")
    assert today in page.locator(".hr-about").inner_text()
    page = _finder_page(visit)
    found, asked = page.locator("#hr-finder-found"), page.get_by_label("What do you want to do?")
    for typed, answer in (
        (today, "This text is in force."),
        (f" {today.upper()} ", "This text is in force."),
        ("0a1b2c3d", "This text was replaced on 5 March 2026: open the page."),
        (f"t2:4e5f6a7b{'0' * 56}", "This text was replaced on 1 February 2026: open the page."),
        ("8c9d0e1f", "This text was replaced: open the page."),
    ):
        asked.fill(typed)
        expect(found).to_have_text(f"Claim your expenses{answer}")
    asked.fill("0a1b2c3e")
    expect(page.get_by_role("status").filter(has_text="No page that you see here has or had a text")).to_be_visible()
    expect(found).to_have_text("")
    expect(page.get_by_role("button", name="Did you mean")).not_to_be_visible()
    expect(search(page, "0a1b2c3d")).to_have_text(["Claim your expenses"])
    expect(page.locator(".md-search-result__item").first).to_contain_text("This text was replaced on 5 March 2026")


def test_the_digits_of_a_draft_do_not_pass_for_a_text_in_force(visit: Visit, index: dict[str, object]) -> None:
    number = index["titles"].index("Take a sabbatical")  # type: ignore[attr-defined]
    page = _finder_page(visit, f"handbook/find/?find={index['texts'][number]}")  # type: ignore[index]
    expect(page.locator("#hr-finder-found")).to_have_text(
        "Take a sabbatical known, not written yet"
        "This is the page\u2019s text of today, and not in force: known, not written yet."
    )


@pytest.mark.parametrize("visit", [(390, "dark")], ids=["phone, dark"], indirect=True)
def test_the_finder_fits_a_phone(visit: Visit) -> None:
    page = _finder_page(visit, "handbook/find/?find=contract")
    assert _titles(page)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0


def test_without_scripts_the_page_leads_to_the_table_of_contents(example_site: Path) -> None:
    html = (example_site / "handbook/find/index.html").read_text("utf-8")
    form = re.search(r'<form id="hr-finder"[^>]*>', html)
    assert form is not None
    assert " hidden" in form[0]
    assert '<a href="../">the list of all procedures</a> leads to each' in html


def test_the_search_of_the_theme_gives_the_finder_s_answer_first(visit: Visit) -> None:
    page = visit.open("operations/finance/")
    expect(search(page, "expence recepit").first).to_have_text("Claim your expenses")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Claim your expenses", level=1)).to_be_visible()


def test_nothing_of_the_search_is_loaded_before_something_is_typed(visit: Visit) -> None:
    loaded: list[str] = []
    visit.page.context.on("response", lambda response: loaded.append(urlsplit(response.url).path.rpartition("/")[2]))
    sizes: list[int] = []
    visit.page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page = visit.open("operations/finance/expense-claims/")
    page.wait_for_load_state("networkidle")
    page.locator(".md-search__input").click()
    of_the_search = {"finder.js", "finder.json", "texts.json"}
    assert of_the_search.isdisjoint(loaded)
    assert not [name for name in loaded if name.startswith("search.")]
    assert sum(sizes) <= MOST_BYTES

    with page.context.expect_event("response", lambda response: response.url.endswith("/texts.json")):  # the last
        page.keyboard.type("receipt")
    answered(page, "receipt")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert of_the_search <= set(loaded)


def test_what_is_pasted_or_dictated_is_looked_for_too(visit: Visit) -> None:
    page = visit.open("operations/finance/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("my laptop was stolen")  # no key is pressed
    expect(page.locator(".md-search-result__item h1").first).to_have_text("Report a lost or stolen device")


def test_where_the_header_finds_nothing_it_offers_what_the_finder_offers(visit: Visit) -> None:
    page = visit.open("operations/finance/")
    titles, field = search(page, "xqzvwy wvuqz"), page.locator(".md-search__input")
    offer = page.get_by_role("status").filter(has_text="Perhaps nobody has written it down yet.")
    expect(offer).to_be_visible()
    proposal = offer.get_by_role("link", name="Propose this procedure").get_attribute("href") or ""
    assert "filename=xqzvwy-wvuqz.md" in unquote(proposal)

    field.fill("expenses")
    expect(titles.first).to_be_visible()
    expect(page.locator(".hr-search-nothing")).to_be_empty()

    field.fill("xqzvwy wvuqz")
    expect(offer).to_be_visible()
    expect(titles).to_have_count(0)  # or Enter may still open one of them
    field.press("Enter")
    expect(page.get_by_label("What do you want to do?")).to_have_value("xqzvwy wvuqz")
    assert page.url.endswith("/handbook/find/?find=xqzvwy+wvuqz")


@pytest.mark.parametrize("path", ["operations/fin/expence-claims/", "expense-claims.html", "old/expense_claims/%E0/"])
def test_an_address_that_no_page_has_shows_the_nearest(visit: Visit, path: str) -> None:
    page = visit.open(path)
    expect(page.get_by_role("heading", name="No page has this address", level=1)).to_be_visible()
    expect(page.locator("#hr-finder-found a").first).to_have_text("Claim your expenses")
    assert page.url.endswith(path)
    page.get_by_label("What do you want to do?").fill("stolen laptop")
    page.get_by_role("link", name="Report a lost or stolen device").click()
    expect(page.get_by_role("heading", name="Report a lost or stolen device", level=1)).to_be_visible()
    assert [said for said in visit.complaints if "404" not in said] == []
    visit.complaints.clear()


@pytest.mark.parametrize(
    ("path", "first"),
    [("finance/vpmom-fy27/", "Finance VPMOM FY27"), ("company/vpmom-fy27.html", "Company VPMOM FY27")],
)
def test_of_pages_of_one_name_the_one_in_that_folder_is_nearest(visit: Visit, path: str, first: str) -> None:
    page = visit.open(path)
    expect(page.locator("#hr-finder-found a").first).to_have_text(first)
    assert page.locator("#hr-finder-found a").count() <= 5
    visit.complaints.clear()


def test_a_search_that_was_shared_is_made_when_its_address_is_opened(visit: Visit) -> None:
    page = visit.open("operations/finance/?q=expence+recepit")
    expect(page.locator(".md-search-result__item h1").first).to_have_text("Claim your expenses")


def test_the_search_goes_on_after_a_page_was_loaded_in_another_s_place(visit: Visit) -> None:
    page = visit.open_at_home("operations/finance/")
    page.evaluate("window.stays = true")
    # A moment after it has loaded a page so, the theme closes what was open: a search, or, so that it can be seen, this.
    page.evaluate("document.getElementById('__drawer').checked = true")
    page.get_by_role("link", name="Close the month").first.click()
    expect(page.get_by_role("heading", name="Close the month", level=1)).to_be_visible()
    assert page.evaluate("window.stays")
    until(page, "!document.getElementById('__drawer').checked")
    expect(search(page, "lost laptop").first).to_have_text("Report a lost or stolen device")
    page.locator(".md-search__input").fill("xqzvwy wvuqz")
    # The theme does not wait for one program of a page before it runs the next.
    page.route("**/assets/handrail/finder.js", _late)
    page.get_by_role("link", name="Look in the finder").click()
    expect(page.get_by_label("What do you want to do?")).to_have_value("xqzvwy wvuqz")


def _late(route: Route) -> None:
    time.sleep(0.5)
    route.continue_()


def test_a_sentence_finds_no_page_that_has_one_word_of_it(visit: Visit) -> None:
    page = visit.open("operations/finance/")
    titles = search(page, "how do i get my money back for a train ticket")
    meta = page.locator(".md-search-result__meta")
    expect(meta).to_have_text(re.compile(r"^([1-9]|10) matching documents$"))
    expect(titles.first).to_have_text("Claim your expenses")


def test_the_search_of_the_theme_still_searches_every_text(visit: Visit) -> None:
    page = visit.open("operations/finance/")
    search(page, "kilometre")
    expect(page.locator(".md-search-result__item").filter(has_text="Claim your expenses").first).to_be_visible()


def test_a_stub_is_said_to_be_one_in_the_search_of_the_theme(visit: Visit) -> None:
    page = visit.open("operations/finance/")
    expect(search(page, "sabbatical").first).to_have_text("Take a sabbatical")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Known, not written yet. Ask ")


def test_no_title_can_be_markup(visit: Visit, index: dict[str, object]) -> None:
    hostile = {**index, "titles": [_NASTY for _ in index["titles"]], "asked": [_NASTY for _ in index["asked"]]}  # type: ignore[attr-defined]

    def answer(route: Route) -> None:
        route.fulfill(body=json.dumps(hostile), content_type="application/json")

    visit.page.context.route("**/finder.json", answer)
    page = _finder_page(visit, "handbook/find/?find=img")
    assert _titles(page)[0] == _NASTY
    expect(search(page, "onerror").first).to_have_text(_NASTY)
    assert page.evaluate("window.ran") is None


def test_pagefind_finds_what_only_the_text_says(browser: Browser, tmp_path: Path) -> None:
    files = {**BASE, "content/finance/trips.md": sop("trips", "## On the way\n\nTake the funicular & a <b>map</b>.")}
    theme = {"name": "material", "font": False}
    site = build(make_handbook(tmp_path, files, {"search": "pagefind"}, {"theme": theme}))
    with served(site.root) as address:
        context = browser.new_context()
        visit = Visit(context.new_page(), address)
        page = visit.open("finance/expense-claims/")
        search(page, "funicular")
        found = page.locator(".md-search-result__item a.md-search-result__link").first
        expect(found).to_contain_text("Trips")
        expect(page.locator(".md-search-result mark").first).to_have_text("funicular")
        found.click()
        expect(page).to_have_url(re.compile(r"/finance/trips/"))
        context.close()
    assert visit.complaints == []
    assert visit.asked == []
