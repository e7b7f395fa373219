"""What anyone may have written into a page, in a real browser: nothing runs, loads from elsewhere or leaves the page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, expect

from tests.e2e.conftest import answered, at_home, note_signs, open_in_place, replaced, served, until
from tests.engines.injecting import Injected

pytestmark = pytest.mark.browser

# What would run or lead away on a click, on a look, on another day: it need not have happened yet.
_FOUND = """() => {
  const found = window.__pwned === undefined ? [] : [`${window.__pwned} ran`]
  const bad = /^[\\s\\0-\\x1f]*(javascript|data|vbscript|file|blob):/i
  const mine = 'article *, .md-nav *, .md-tabs *, .md-path *, .md-footer *, .md-header__topic *, .md-search-result *, head > *, [role=alert] *'
  for (const element of document.querySelectorAll(mine)) {
    if (element.closest('.md-header__option, .md-search__options')) continue
    const tag = element.localName
    if (/^(iframe|frame|object|embed|base|form|portal|applet)$/.test(tag)) found.push(`<${tag}>`)
    if (tag === 'script' && element.closest('article')) found.push('<script>')
    if (tag === 'meta' && /refresh/i.test(element.httpEquiv)) found.push('<meta refresh>')
    for (const {name, value} of element.attributes) {
      if (name.startsWith('on')) found.push(`${tag} ${name}`)
      if (/^(href|src|action|formaction|xlink:href|data|poster|srcset|values|to)$/.test(name) && bad.test(value)
          && !/^data:image/.test(value)) found.push(`${tag} ${name}=${value}`)
      if (name === 'style' && /position|url\\(|expression/.test(value) && element.closest('article')) found.push(`${tag} ${name}=${value}`)
    }
  }
  for (const name of ['forms', 'body', 'head', 'getElementById', 'querySelector'])
    if (Object.prototype.hasOwnProperty.call(document, name)) found.push(`document.${name} is taken`)
  for (const id of ['__config', '__search', '__drawer'])
    if (document.getElementById(id)?.closest('article')) found.push(`#${id} is taken`)
  return found
}"""
_SHORT_OF_ROOM = re.compile("tooltip|cut short|title|name of")
# The theme listens once it has seen what is in sight, which it is told between two frames; what it then shows is a title no more.
_FRAMES = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_LOOK_AT_ALL = f"""async () => {{
  {_FRAMES}
  for (const element of document.querySelectorAll('[title], .md-ellipsis')) element.dispatchEvent(new MouseEvent('mouseenter'))
  const hosts = [...document.querySelectorAll('.md-ellipsis')].map(element => element.closest('a') || element)
  return !document.querySelector('article [title]') && !hosts.some(host => host.title)
}}"""
# More results come when the end of the list comes in sight.
_SHOW_MORE = f"""async () => {{
  for (const place of [0, 1e6]) {{
    document.querySelector('.md-search__scrollwrap').scrollTo(0, place)
    {_FRAMES}
  }}
}}"""
_IN_TOOLTIPS = (
    """() => [...document.querySelectorAll('.md-tooltip2 .md-typeset > *')].map(element => element.outerHTML)"""
)
_NOTE_VIOLATIONS = """
  window.__violations = []
  document.addEventListener('securitypolicyviolation', e => window.__violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`))
"""


@dataclass
class Watched:
    """A window on the site: it remembers who else was asked, and every dialog."""

    context: BrowserContext
    page: Page
    address: str
    noted: list[str]

    def look(self, url: str) -> list[str]:
        """Return what is wrong with the page that is shown, which should be this one."""
        found: list[str] = self.page.evaluate(_FOUND)
        left = [] if self.page.url.split("#")[0].split("?")[0] == self.address + url else [f"left for {self.page.url}"]
        noted, self.noted[:] = [*self.noted], []
        return [*found, *left, *noted]


@contextmanager
def watching(browser: Browser, root: Path) -> Iterator[Watched]:
    """Open a window on a site."""
    with served(root) as address:
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        page = context.new_page()
        note_signs(page)
        noted: list[str] = []

        def dismissed(dialog: Dialog) -> None:
            noted.append(f"dialog {dialog.message}")
            dialog.dismiss()

        def asked(request: Request) -> None:
            # The theme asks for the program that draws diagrams, and the browser of the tests gets nothing from elsewhere.
            if not request.url.startswith((address, "data:", "blob:", "https://unpkg.com/mermaid")):
                noted.append(f"asked {request.url}")

        page.on("dialog", dismissed)
        page.on("popup", lambda popup: noted.append(f"window {popup.url}"))
        context.on("request", asked)
        yield Watched(context, page, address, noted)
        context.close()


@pytest.fixture(scope="module")
def bare(browser: Browser, hostile: Injected) -> Iterator[Watched]:
    """Open a window on the site without the policy that a build gives it, which could only hide what would run."""
    with watching(browser, hostile.site.root) as watched:
        yield watched


@pytest.fixture(scope="module")
def guarded(browser: Browser, hostile: Injected, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Open a window on the site with that policy."""
    root = tmp_path_factory.mktemp("guarded") / "site"
    shutil.copytree(hostile.site.root, root)
    for path in root.rglob("*.html"):
        path.write_text(hostile.guarded(path.read_text("utf-8")), "utf-8")
    with watching(browser, root) as watched:
        yield watched


@pytest.fixture(params=["bare", "guarded"])
def watched(request: pytest.FixtureRequest) -> Watched:
    found: Watched = request.getfixturevalue(request.param)
    return found


def test_nothing_runs_on_any_page(bare: Watched, hostile: Injected) -> None:
    wrong = {}
    for injection in hostile.injections:
        bare.page.goto(bare.address + injection.address)
        if found := bare.look(injection.address):
            wrong[f"{injection.number} {injection.what}"] = found
    assert wrong == {}


def test_nothing_runs_in_what_is_shown_for_a_look(bare: Watched, hostile: Injected) -> None:
    wrong, shown = {}, 0
    for injection in hostile.injections:
        if not _SHORT_OF_ROOM.search(injection.what):
            continue
        bare.page.goto(bare.address + injection.address)
        until(bare.page, _LOOK_AT_ALL)
        shown += int(bare.page.evaluate("document.querySelectorAll('.md-tooltip2').length"))
        if found := [*bare.page.evaluate(_IN_TOOLTIPS), *bare.look(injection.address)]:
            wrong[f"{injection.number} {injection.what}"] = found
    assert shown > 80
    assert wrong == {}


@pytest.mark.parametrize(
    "page",
    [
        "",
        "handbook/",
        "handbook/unlisted/",
        "handbook/duplicates/",
        "handbook/scorecard/",
        "handbook/strategy/",
        "handbook/cascade/",
        "people/",
        "company/",
        "404.html",
    ],
)
def test_nothing_runs_on_the_pages_that_list_the_others(watched: Watched, page: str) -> None:
    watched.page.goto(watched.address + page)
    # Where an address leads to nothing the finder is offered: its form, and the two programs behind it.
    assert watched.look(page) == (["<form>", "<script>", "<script>"] if page == "404.html" else [])


def test_nothing_runs_in_the_results_of_the_search(watched: Watched) -> None:
    wrong = {}
    for words in ("zebra", "img onerror", "heading", "javascript", "onmouseover"):
        watched.page.goto(watched.address)
        watched.page.locator(".md-search__input").click()
        watched.page.keyboard.type(words)
        answered(watched.page, words)
        expect(watched.page.locator(".md-search-result__item").first).to_be_visible()
        for _ in range(6):
            watched.page.evaluate(_SHOW_MORE)
        for more in watched.page.locator(".md-search-result__more > summary").all()[:10]:
            more.click()
        if found := watched.look(""):
            wrong[words] = found
    assert wrong == {}


def test_nothing_runs_where_a_page_comes_without_loading_anew(bare: Watched, hostile: Injected) -> None:
    wrong, came = {}, 0
    at_home(bare.page)
    open_in_place(bare.page, bare.address)
    for injection in hostile.injections:
        link = bare.page.locator(f'.md-nav--primary a[href$="/{injection.address}"]')
        if not link.count():
            continue
        bare.page.evaluate("window.stays = true")
        with replaced(bare.page):
            link.first.evaluate("element => element.click()")
            bare.page.wait_for_url(bare.address + injection.address)
        until(bare.page, "window.hasSitemap")
        came += bool(bare.page.evaluate("window.stays"))
        if found := bare.look(injection.address):
            wrong[injection.what] = found
    assert wrong == {}
    assert came > 30


@pytest.fixture(scope="module")
def calm_address(hostile: Injected) -> Iterator[str]:
    with served(hostile.calm.root) as address:
        yield address


def test_what_a_page_may_hold_works_under_the_policy(browser: Browser, calm_address: str) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, permissions=["clipboard-write"])
    context.add_init_script(_NOTE_VIOLATIONS)
    context.route(
        "https://unpkg.com/**",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body="window.mermaid={initialize(){},render:async()=>({svg:'<svg><text>drawn</text></svg>'})}",
        ),
    )
    page = context.new_page()
    note_signs(page)
    at_home(page)
    open_in_place(page, f"{calm_address}harmless/")
    page.evaluate("window.stays = true")

    page.locator("label[title=Dark]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("article .tabbed-labels label", has_text="Tab two").click()
    expect(page.get_by_text("Second.", exact=True)).to_be_visible()
    page.locator("article details summary").first.click()
    expect(page.get_by_text("Inside.", exact=True).first).to_be_visible()
    page.locator("article .highlight").first.hover()
    page.locator("article button.md-clipboard, article .md-code__button").first.click()
    until(page, "window.mermaid !== undefined")
    page.locator(".md-search__input").click()
    page.keyboard.type("expense claims")
    answered(page, "expense claims")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    with replaced(page):
        page.locator(".md-search__options [title=Share]").click()
    page.keyboard.press("Escape")
    page.locator(".md-nav--primary a", has_text="Company").first.evaluate("element => element.click()")
    expect(page.get_by_role("heading", level=1, name="Company")).to_be_visible()

    assert page.evaluate("[window.stays, ...window.__violations]") == [True]
    context.close()


def test_the_example_is_not_at_odds_with_the_policy(browser: Browser, address: str, example_site: Path) -> None:
    """Every page holds only scripts that the policy names (tests/engines/test_policy.py); here one of each depth is opened."""
    pages = [
        path for path in sorted(example_site.rglob("*.html")) if 'http-equiv="refresh"' not in path.read_text("utf-8")
    ]
    by_depth = {path.relative_to(example_site).as_posix().count("/"): path for path in pages}
    context = browser.new_context()
    context.add_init_script(_NOTE_VIOLATIONS)
    page, wrong = context.new_page(), {}
    for path in (*by_depth.values(), example_site / "404.html"):
        url = path.relative_to(example_site).as_posix().removesuffix("index.html")
        page.goto(address + url)
        if found := page.evaluate("window.__violations"):
            wrong[url] = found
    context.close()
    assert len(by_depth) > 3
    assert wrong == {}
