"""The strip of a preview in a real browser: read, reached by the keyboard, closed for good, and never on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import note_signs, open_in_place, served, until
from tests.e2e.test_accessibility import _COLOURS
from tests.engines.drawn import BASE, sop
from tests.engines.sites import build
from tests.support.handbooks import make_handbook

pytestmark = pytest.mark.browser

_THEME = {
    "name": "material",
    "font": False,
    "features": ["navigation.instant"],
    "palette": [
        {"media": "(prefers-color-scheme: light)", "scheme": "default"},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
    ],
}
_FAULTS = "\n".join(f"{number}. [this](gone{number}.md)" for number in range(1, 13))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("preview")
    files = {
        **BASE,
        "content/finance/late.md": sop("late", _FAULTS),
        "content/finance/wrong.md": sop("wrong", state="x"),
    }
    make_handbook(folder, files, config={"theme": _THEME})
    with served(folder / "site") as where:
        # The theme loads a page into another's place where the sitemap names its address.
        build(folder, command="serve", site_url=where)
        yield where


@pytest.fixture(
    params=[(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")], ids=lambda way: f"{way[0]}, {way[1]}"
)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    yield context.new_page()
    context.close()


_ONE_WAY = pytest.mark.parametrize("page", [(1280, "light")], ids=["desk"], indirect=True)


def test_it_can_be_read_and_leaves_the_page_its_room(page: Page, address: str) -> None:
    page.add_init_script(_COLOURS)
    page.goto(f"{address}finance/late/")
    assert page.evaluate("colours.pale('.hr-preview *')") == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    box = page.locator(".hr-preview").bounding_box()
    assert box is not None
    assert box["y"] >= 844 / 2
    assert box["y"] + box["height"] == 844
    heights = page.locator(".hr-preview summary").evaluate_all("found => found.map(one => one.offsetHeight)")
    assert all(height >= 44 for height in heights)
    page.locator(".hr-preview summary").click()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    foot = page.locator(".md-footer").bounding_box()
    strip = page.locator(".hr-preview").bounding_box()
    assert foot is not None
    assert strip is not None
    assert foot["y"] + foot["height"] <= strip["y"] + 1


@_ONE_WAY
def test_who_closes_it_by_the_keyboard_finds_it_closed(page: Page, address: str) -> None:
    page.goto(f"{address}finance/late/")
    details = page.locator(".hr-preview details")
    expect(details).to_have_attribute("open", "")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.hr-preview summary')"):
            break
    page.keyboard.press("Enter")
    expect(details).not_to_have_attribute("open", "")
    until(page, "sessionStorage.getItem('handrail-preview') === 'closed'")
    page.reload()
    expect(details).not_to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.locator(".hr-preview summary").press("Enter")
    expect(details).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.hr-preview__found')")


@_ONE_WAY
def test_a_page_that_the_theme_loads_into_anothers_place_brings_its_own(page: Page, address: str) -> None:
    note_signs(page)
    open_in_place(page, f"{address}finance/late/")
    expect(page.locator(".hr-preview summary")).to_contain_text("This page has 12 warnings.")
    page.evaluate("window.isTheSame = true")
    page.locator(".md-nav").get_by_role("link", name="Wrong").click()
    expect(page.locator("h1")).to_have_text("Wrong")
    expect(page.locator(".hr-preview")).to_have_count(1)
    expect(page.locator(".hr-preview summary")).to_contain_text("This page has 1 error.")
    assert page.evaluate("window.isTheSame")


@_ONE_WAY
def test_paper_has_none_of_it(page: Page, address: str) -> None:
    page.goto(f"{address}finance/late/")
    page.emulate_media(media="print")
    expect(page.locator(".hr-preview")).to_be_hidden()
