"""A handbook that Zensical makes has the pages, addresses and words of one that MkDocs makes, and nothing that is withheld."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path
from unittest.mock import Mock, patch

import pytest
from playwright.sync_api import Browser, expect

from handrail.engines import ahead
from handrail.engines.zensical.left_out import left_out
from handrail.rules.registry import all_rules
from tests.e2e.conftest import Visit, served
from tests.engines.drawn import BASE
from tests.engines.sites import Run, Site, build, environment
from tests.engines.test_withholding import CONFIG, HIDDEN_WORD, NAMING, OPTIONS, WITHHELD
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

FORM = Path(".cache/handrail/mkdocs-public-zensical")
MORE: dict[str, str | bytes] = {
    "content/index.md": """
        # Welcome

        [[view:departments]]

        This is how we work. Start with [claims](finance/expense-claims.md), [the plan](company/plan.md#commentary) or [a page](odd/README.md).
    """,
    "content/odd/README.md": """
        ---
        redirect_from: [old/place/]
        ---
        # Odd &amp; *ends* <i>here</i>

        # Another title

        ## About this page

        [Up](../index.md), [by address](../../people/), [a part](#another-title), [a file](../dot.png), <a href="../../people/">in HTML</a>,
        [nowhere in particular](.), [mail](mailto:a@example.org), <tom@example.org>, [query](../people.md?x=1#books).

        ![A dot](../dot.png) <img src="../../dot.png" alt="The same">

        ```
        [not a link](../index.md) <a href="x/">nor this</a> [[view:search]]
        ```

        <a href="./">here</a> <a href="#another-title">down</a> <a href="sub/">below</a> <a href="../index.md">no address</a> [an address that is none](<http://[>)
    """,
    "content/odd/hostile.md": """
        # Hostile

        A paragraph.
        {: onclick="alert(1)" }

        <script>alert(1)</script><p onclick="alert(2)">Text</p><form action="https://elsewhere.example/"><input name="q"></form>

        <a href="javascript:alert(3)">press</a> <img src=x onerror=alert(4)> <iframe src="https://elsewhere.example/"></iframe>

        <span hidden id="handrail-of-0123456789abcdef0123456789abcdef"></span><section class="hr-about">Signed by nobody</section>

        <!--handrail {"is_trusted": true}--> {{ 7 * 7 }} {% raw %} <div class="md-header">

        ```
        left open
    """,
    "content/finance/days.md": """
        ---
        kind: metric
        id: days
        title: Days from claim to payment
        visibility: public
        unit: days
        direction: down
        frequency: monthly
        ---
    """,
    "content/finance/scraps.txt": "A file that no page uses.\n",
}


@dataclass(frozen=True)
class Both:
    """One handbook, and the site that each program makes of it."""

    root: Path
    mkdocs: Site
    zensical: Site
    said: Outcome

    @property
    def form(self) -> Path:
        return self.root / FORM


def zensical(folder: Path, *arguments: str) -> Run:
    """Run the command `zensical` in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "zensical", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Run(done.returncode, done.stdout + done.stderr)


def state(folder: Path) -> dict[str, tuple[str, int]]:
    """Return what each file of a folder holds, and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def plain(said: str) -> str:
    """Return what a command says on one line, without the bars that lead from line to line."""
    return " ".join(re.sub(r"[|\s]+", " ", said).split())


@pytest.fixture(scope="module", autouse=True)
def few_rules() -> Iterator[None]:
    """Have pages for two rules only: all of them would take most of the time."""
    with patch("handrail.pages.generated.every.all_rules", lambda: all_rules()[:2]):
        yield


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    root = make_handbook(
        tmp_path_factory.mktemp("both"),
        {**BASE, **WITHHELD, **NAMING, **MORE},
        config={
            **CONFIG,
            "theme": {
                "name": "material",
                "font": False,
                "features": ["content.action.edit", "navigation.indexes", "navigation.path", "navigation.prune"],
            },
            "markdown_extensions": ["attr_list", "pymdownx.superfences", "handrail.engines.zensical"],
            "plugins": ["search", {"handrail": {**OPTIONS, "severity": {"HB806": "warning"}}}],
        },
    )
    build(root, strict=False)
    made = Site(root.with_name(f"{root.name}-mkdocs"))
    (root / "site").rename(made.root)
    said = handrail(root, "generate")
    assert said.code == 0, said.err
    run = zensical(root, "build", "--strict", "--config-file", str(FORM / "zensical.yml"))
    assert run.code == 0, run.said
    done = handrail(root, "finish")
    assert done.code == 0, done.err
    return Both(root, made, Site(root / "site"), said)


def test_both_have_the_same_pages_under_the_same_addresses(both: Both) -> None:
    assert both.zensical.pages() == both.mkdocs.pages()
    assert len(both.zensical.pages()) > 30
    assert both.zensical.redirects() == both.mkdocs.redirects() >= {"old/place/"}


def test_both_have_the_same_files_beside_pages(both: Both) -> None:
    def files(site: Site) -> dict[str, str]:
        return {
            path.relative_to(site.root).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in site.root.rglob("*")
            if path.is_file() and not path.name.endswith(".html")
        }

    theirs = re.compile(
        r"assets/(?:images|javascripts|stylesheets)/|search|sitemap|assets/handrail/(?:texts\.json|finder-zensical\.js)"
    )
    mkdocs, other = files(both.mkdocs), files(both.zensical)
    assert {path: raw for path, raw in other.items() if not theirs.match(path)} == {
        path: raw for path, raw in mkdocs.items() if not theirs.match(path)
    }
    assert {
        "llms.txt",
        "robots.txt",
        "assets/handrail/finder.json",
        "odd/index.md",
        "dot.png",
    } <= other.keys()


def test_each_page_says_the_same_and_leads_to_the_same(both: Both) -> None:
    for page in both.mkdocs.pages():
        if page == "404.html" or page in both.mkdocs.redirects():
            continue
        url = page.removesuffix("index.html")
        if "<article" not in both.mkdocs.html(url):
            continue
        assert both.zensical.says(url) == both.mkdocs.says(url), page
        assert both.zensical.links(url) == both.mkdocs.links(url), page


def test_each_page_has_the_same_parts_beside_it(both: Both) -> None:
    for url in ("finance/expense-claims/", "company/plan/", "people/", "odd/", "handbook/"):
        listed = [one for one in both.zensical.contents(url) if one != ("Skip to content", "__skip")]
        assert listed == [one for one in both.mkdocs.contents(url) if one[0] != "Skip to content"], url


@pytest.mark.parametrize("url", ["", "finance/expense-claims/", "company/", "handbook/queue/", "odd/"])
def test_the_navigation_leads_to_the_same_in_the_same_groups(url: str, both: Both) -> None:
    def entries(site: Site) -> list[str]:
        html = site.html(url)
        begin = html.index('<nav class="md-nav md-nav--primary')
        nav = html[begin : html.index("<article", begin)].partition('<div class="md-sidebar md-sidebar--secondary')[0]
        # The name of a part that is folded leads to a page of it, which is another with each.
        nav = re.sub(r"md-nav__item--pruned.*?</a>", "", nav, flags=re.DOTALL)
        found = re.findall(r'<span class="hr-group">(.*?)</span>|<a href="([^"#]*)" class="md-nav__link', nav)
        return [group or site.resolve(url, href) for group, href in found]

    assert entries(both.zensical) == entries(both.mkdocs)
    assert len(entries(both.mkdocs)) > 3
    groups = [entry for entry in entries(both.zensical) if entry[:1].isupper()]
    assert len(groups) == (2 if url == "finance/expense-claims/" else 0)


@pytest.mark.parametrize("tag", [r"<title>.*?</title>", r'<meta name="description"[^>]*>', r'<link rel="canonical"[^>]*>',
                                 r'<meta property="og:[^>]*>', r'<link rel=" alternate"[^>]*>', r'<meta name="robots"[^>]*>',
                                 r'<script type="application/ld\+json">.*?</script>'])  # fmt: skip
def test_each_page_says_the_same_of_itself_to_programs(tag: str, both: Both) -> None:
    for page in both.mkdocs.pages():
        said, other = (re.findall(tag, unescape(site.html(page))) for site in (both.zensical, both.mkdocs))
        assert said == other, page


def test_the_sitemap_offers_the_same_pages(both: Both) -> None:
    def offered(site: Site) -> list[str]:
        return sorted(re.findall("<loc>.*?</loc>", (site.root / "sitemap.xml").read_text("utf-8")))

    assert offered(both.zensical) == offered(both.mkdocs) != []


def test_no_file_names_what_is_withheld(both: Both) -> None:
    assert both.zensical.naming(HIDDEN_WORD) == []
    # Nor does what Zensical reads, and keeps.
    assert Site(both.form).naming(HIDDEN_WORD) == []


def test_what_authors_write_is_as_harmless(both: Both) -> None:
    page = both.zensical.article("odd/hostile/")
    for found in (
        "<script",
        'onclick="',
        "<form",
        "<iframe",
        "onerror",
        'class="hr-',
        'class="md-header"',
        'id="handrail-of',
        "javascript:",
    ):
        assert found not in page, found
    assert "{{ 7 * 7 }}" in page
    assert "left open" in page


def test_verify_finds_the_same_on_both(both: Both) -> None:
    done, other = handrail(both.root, "verify"), handrail(both.root, "verify", str(both.mkdocs.root))
    assert done.code == other.code == 0
    # What a check says of the texts, and nothing else.
    assert plain(done.out).count("HB") == 3
    assert plain(done.out).partition("Looked")[0] == plain(other.out).partition("Looked")[0]


def test_each_page_states_what_browsers_may_run(both: Both) -> None:
    pages = [both.zensical.html(page) for page in both.zensical.pages()]
    assert all("Content-Security-Policy" in page for page in pages)
    # Whatever runs on a page by itself is named in its policy.
    for page in pages:
        inline = [text for kind, text in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL) if not kind]
        said = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert said is not None
        assert len(re.findall("'sha256-", said[1])) >= len(set(inline))


def test_the_finder_is_in_front_of_the_search(both: Both) -> None:
    home = both.zensical.html("")
    [asked] = re.findall(r'"search":"([^"]*)"', home)
    assert re.fullmatch(
        r"assets/handrail/finder-zensical\.js\?theirs=\.\./javascripts/workers/search\.\w+\.min\.js",
        asked.removeprefix("./"),
    )


def test_only_pages_that_people_write_have_an_edit_button(both: Both) -> None:
    assert 'rel="edit"' not in both.zensical.html("handbook/")
    assert "edit/main/content/odd/README.md" in both.zensical.html("odd/")


def test_to_finish_again_changes_nothing(both: Both) -> None:
    before, theirs = state(both.zensical.root), state(both.form)
    assert handrail(both.root, "finish").code == 0
    assert state(both.zensical.root) == before
    assert state(both.form) == theirs


def test_to_generate_again_writes_nothing_that_is_the_same(both: Both) -> None:
    before = state(both.form / "docs")
    assert handrail(both.root, "generate").code == 0
    assert state(both.form / "docs") == before


def test_no_page_is_made_ahead_that_mkdocs_does_not_make(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_WORTH", 1)
    monkeypatch.setattr(ahead, "has_second_core", lambda: True)
    monkeypatch.setattr(ahead, "Ahead", Mock(side_effect=AssertionError))
    assert handrail(both.root, "generate").code == 0


CHANGED = {
    "a page": (
        ("content/finance/expense-claims.md", "receipt.", "bill."),
        "finance/expense-claims.md has changed since `handrail generate` wrote it",
    ),
    "a person": (
        ("content/people.md", "Tom Lindqvist", "Tomas Lindqvist"),
        "has changed since `handrail generate` wrote it",
    ),
    "the day": (
        ("mkdocs.yml", '"today": "2026-11-15"', '"today": "2027-11-15"'),
        " shows beside its text has changed since",
    ),
    "a setting of the site": (
        ("mkdocs.yml", '"navigation.path"', '"navigation.footer"'),
        "The settings of the site have changed since",
    ),
    "a new page": (("content/a-new-one.md", "", "# New\n"), "a-new-one.md is new since"),
}


@pytest.mark.parametrize(("edit", "said"), CHANGED.values(), ids=CHANGED)
def test_what_has_changed_since_is_not_finished(edit: tuple[str, str, str], said: str, both: Both) -> None:
    path, old, new = edit
    file = both.root / path
    text = file.read_text("utf-8") if file.exists() else ""
    file.write_text(text.replace(old, new) if old else new, "utf-8", newline="\n")
    assert file.read_text("utf-8") != text
    try:
        done = handrail(both.root, "finish")
    finally:
        file.write_text(text, "utf-8", newline="\n") if text else file.unlink()
    assert done.code == 2
    assert said in done.err


def test_a_page_that_is_withheld_since_is_not_finished_either(both: Both) -> None:
    page = both.root / "content/strategy/weekly.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace("visibility: public", "visibility: internal"), "utf-8", newline="\n")
    try:
        done = handrail(both.root, "finish", "--to", str(both.root / "other"))
        assert not (both.root / "other/strategy/weekly").exists()
    finally:
        page.write_text(text, "utf-8", newline="\n")
    assert done.code == 2
    assert "handrail generate" in done.err


def test_zensical_refuses_to_read_the_pages_themselves(both: Both) -> None:
    run = zensical(both.root, "build", "--config-file", "mkdocs.yml")
    try:
        assert run.code == 1
        assert "Run `handrail generate`" in run.said
        assert not (both.root / "site/finance/index.html").exists()
    finally:
        assert handrail(both.root, "finish").code == 0


def test_settings_that_would_let_zensical_read_the_pages_are_named(both: Both) -> None:
    config, other = both.root / "mkdocs.yml", both.root / "zensical.toml"
    text = config.read_text("utf-8")
    assert "A `zensical build`" not in both.said.err
    other.write_text('[project]\nsite_name = "A"\n', "utf-8")
    config.write_text(text.replace(', "handrail.engines.zensical"', ""), "utf-8")
    try:
        lines = handrail(both.root, "generate", "--to", "elsewhere").err.splitlines()
        other.write_text('[project.markdown_extensions."handrail.engines.zensical"]\n', "utf-8")
        config.write_text(text, "utf-8")
        again = handrail(both.root, "generate", "--to", "elsewhere").err
    finally:
        config.write_text(text, "utf-8")
        other.unlink()
    said = [line for line in lines if line.startswith("A `zensical build`")]
    assert [line.partition(" itself ")[0] for line in said] == [
        "A `zensical build` that reads mkdocs.yml",
        "A `zensical build` that reads zensical.toml",
    ]
    assert said[0].endswith("below `markdown_extensions` there: - handrail.engines.zensical")
    assert said[1].endswith('[project.markdown_extensions."handrail.engines.zensical"]')
    assert "A `zensical build`" not in again


def test_what_zensical_leaves_out_is_said() -> None:
    late = Mock(spec=["on_page_content"])
    config = Mock(
        plugins={
            "handrail": late,
            "material/search": late,
            "awesome-nav": Mock(spec=["on_nav"]),
            "rss": late,
            "hooks/late.py": late,
        },
        hooks={
            "early.py": Mock(spec=["on_page_markdown"]),
            "hooks/late.py": late,
        },  # which MkDocs lists among the plugins too
    )
    assert left_out(config) == (
        "Zensical makes the site without what the plugin rss and the hook hooks/late.py would do to finished pages or add to them."
    )
    assert left_out(Mock(plugins={"minify": late}, hooks={})) == ""


def test_a_site_of_the_pages_themselves_is_found(tmp_path: Path) -> None:
    # As it was before anybody knew of Zensical.
    root = make_handbook(
        tmp_path,
        {**BASE, **WITHHELD},
        config={**CONFIG, "plugins": ["search", {"handrail": OPTIONS}]},
    )
    run = zensical(root, "build")
    assert run.code == 0
    assert Site(root / "site").naming(HIDDEN_WORD)
    done = handrail(root, "verify")
    assert done.code == 1
    assert "This site was made by zensical" in plain(done.out)
    assert "9 pages that are withheld" in plain(done.out)
    assert "HB824" in done.out


def test_a_site_that_nobody_finished_is_found(both: Both) -> None:
    done = handrail(both.root, "verify", str(FORM / "site"))
    assert done.code == 1
    assert "is not finished" in plain(done.out)
    assert "Run `handrail finish`" in plain(done.out)


@pytest.mark.parametrize("command", ["generate", "finish"])
def test_nothing_that_is_not_ours_is_written_over(command: str, both: Both, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    done = handrail(both.root, command, "--to", str(tmp_path))
    assert done.code == 2
    assert "holds" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.browser
def test_the_search_of_zensical_answers_first_what_the_finder_finds(both: Both, browser: Browser) -> None:
    with served(both.zensical.root) as address, closing(browser.new_page()) as page:
        visit = Visit(page, address)
        visit.open("people/")
        page.keyboard.press("/")
        expect(page.get_by_role("combobox")).to_be_focused()  # until it is, what is typed is lost
        # A slip in what people ask for, which only the finder forgives; at once, for each letter would be answered by itself.
        page.keyboard.insert_text("refnud")
        first = page.get_by_role("option", selected=True)
        expect(first).to_have_attribute("href", f"{address}finance/expense-claims/")
        page.keyboard.press("Enter")
        page.wait_for_url("**/finance/expense-claims/**")
        assert visit.complaints == visit.asked == []
