"""Macros for authors: registered by the plugin, or as a module of mkdocs-macros; run on no page that isn't listed."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, read_html, words_of
from tests.support.handbooks import make_handbook

OPTIONS: dict[str, Any] = {
    "visibility": {".": "public"},
    "today": "2026-11-15",
    "fiscal_year_end": "01-31",
    "macros": ["lists/", "index.md"],
}
CALLS = """
    # Lists

    All: {{ hb_sops() | length > 0 }}

    ## Of the plan
    {{ hb_sops(vpmom="company") }}

    ## Of finance
    {{ hb_sops(department="finance") }}

    ## Drafts
    {{ hb_sops(state="draft") }}

    ## Of nothing
    {{ hb_sops(vpmom="nowhere") }}

    ## Orphans
    {{ hb_orphans() }}

    ## Stale
    {{ hb_stale() }}

    ## Everyone
    {{ hb_people() }}

    ## Books
    {{ hb_people(group="books") }}

    See {{ hb_link("sop:expense-claims") }}, {{ hb_link("vpmom:company", "the *plan*") }}, {{ hb_link("sop:secret") }}
    and {{ hb_link("sop:secret", "that one") }}; {{ page.title }}.

    {{ hb_toc() }}
"""
PAGES = {
    **BASE,
    "content/lists/all.md": CALLS,
    "content/finance/begun.md": sop("begun", state="draft"),
    "content/finance/alone.md": sop("alone", vpmom="", serves="", sign_offs=""),
    "content/finance/odd.md": sop("odd", title='"*Odd* [x](javascript:alert(1)) `y` {.z} <i>"'),
    "content/secret.md": sop("secret", visibility="internal"),
    "content/code.md": "# Code\n\n`{{ hb_sops() }}` and\n\n```\n{% raw %}\n```\n",
}


def draw(folder: Path, *plugins: Any) -> Path:
    return make_handbook(folder, PAGES, config={"plugins": ["search", *plugins]})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build(draw(tmp_path_factory.mktemp("macros"), "macros", {"handrail": OPTIONS}))


def part(site: Site, title: str, url: str = "lists/all/") -> str:
    article = site.article(url)
    start = article.index(f">{title}")
    end = article.find("<h2", start)
    return article[start:end]


def test_procedures_by_plan_department_and_state(site: Site) -> None:
    def titles(title: str) -> list[str]:
        return [words for words, _ in [(w, h) for h, w in read_html(part(site, title)).links] if words != "¶"]

    assert titles("Of the plan") == ["*Odd* [x](javascript:alert(1)) `y` {.z} <i>", "Begun", "Expense claims"]
    assert titles("Of finance") == ["Alone", "Expense claims"]
    assert titles("Drafts") == ["Begun"]
    assert "None." in part(site, "Of nothing")
    assert titles("Orphans") == ["Alone"]
    assert titles("Stale") == ["Alone"]


def test_people_of_a_group(site: Site) -> None:
    assert "Mara Okafor, chief executive" in part(site, "Everyone")
    books = part(site, "Books")
    assert "Tom Lindqvist, head of finance" in books
    assert "Mara Okafor" not in books


def test_links_count_from_the_page_and_withheld_ones_are_words(site: Site) -> None:
    links = site.links("lists/all/")
    assert links["Expense claims"] == "finance/expense-claims/"
    assert links["the *plan*"] == "company/plan/"
    assert "an internal page and that one; Lists." in site.says("lists/all/")
    assert site.dead_links() == []
    assert site.naming("secret") == []


def test_no_text_of_a_field_becomes_markdown(site: Site) -> None:
    html = site.html("lists/all/")
    assert "javascript:alert" in html
    assert not [found for tag, found in read_html(html).tags if tag == "a" and "javascript" in str(found.get("href"))]
    assert "<em>Odd</em>" not in html
    assert "<code>y</code>" not in html


def test_code_of_other_pages_is_text(site: Site) -> None:
    says = site.says("code/")
    assert "{{ hb_sops() }}" in says
    assert "{% raw %}" in says


@pytest.mark.filterwarnings("ignore:GitWildMatchPattern:DeprecationWarning")  # raised by mkdocs-macros
@pytest.mark.parametrize("plugins", [[], [{"handrail": OPTIONS}]], ids=["alone", "beside the plugin"])
def test_the_module_of_mkdocs_macros_gives_the_same(plugins: list[Any], site: Site, tmp_path: Path) -> None:
    macros = {"modules": ["handrail.engines.macros"], "render_by_default": False, "force_render_paths": "lists/\n"}
    built = build(draw(tmp_path, {"macros": macros}, *plugins), strict=False)
    for title in ("Of the plan", "Of finance", "Drafts", "Everyone", "Books"):
        # Without the plugin nothing is sanitised, which writes characters for entities.
        assert unescape(part(built, title)) == unescape(part(site, title)), title
    assert built.links("lists/all/")["Expense claims"] == "finance/expense-claims/"
    assert "an internal page and that one" in built.says("lists/all/")


MODULE = """\
    def define_env(env):
        @env.macro
        def boom(name):
            raise ValueError("no \\x1b[2J " + name)
"""
PART = "Text\n{{ 1/0 }}\n"
SYNTAX = "Text\n\n{% for %}\n"
FAILURES = {
    "a sum": ("{{ 1/0 }}", "division by zero (ZeroDivisionError)"),
    "an unknown name": ("{{ unknown.x }}", "'unknown' is undefined (UndefinedError)"),
    "an unknown macro": ("{{ unknown() }}", "'unknown' is undefined (UndefinedError)"),
    "an unknown filter": ("{{ 1|unknown }}", "No filter named 'unknown'. (TemplateAssertionError)"),
    "syntax": ("{% for %}", "Expected an expression, got 'end of statement block' (TemplateSyntaxError)"),
    "an open end": ("{{", "unexpected 'end of template' (TemplateSyntaxError)"),
    "a macro of the site": ('{{ boom("name") }}', "no U+001B[2J name (ValueError)"),
    "a macro of ours": ("{{ hb_toc(1) }}", "takes 1 positional argument but 2 were given (TypeError)"),
    "a part that fails": ('{% include "part.txt" %}', "division by zero (ZeroDivisionError)"),
    "a part that can't be read": ('{% include "syntax.txt" %}', "Expected an expression"),
    "a part that is not there": ('{% include "none.txt" %}', "'none.txt' not found in search path"),
    "a macro of the page": ("{{ later() }}\n\n{% macro later() %}\n{{ 1/0 }}\n{% endmacro %}", "'later' is undefined"),
}


def failing(folder: Path, text: str, name: str = "lists/all.md") -> Path:
    listed = {"content/index.md": "# Home\n", "content/lists/all.md": "# Lists\n"}
    parts = {"main.py": MODULE, "parts/part.txt": PART, "parts/syntax.txt": SYNTAX}
    macros = {"macros": {"include_dir": str(folder / "parts"), "on_undefined": "keep"}}
    return make_handbook(
        folder,
        {**parts, **listed, f"content/{name}": text},
        config={"theme": "mkdocs", "plugins": [macros, {"handrail": OPTIONS}]},
    )


def stopped(folder: Path, caplog: pytest.LogCaptureFixture) -> str:
    """Return the sentence with which a build stops, and see that nothing is published or told beside it."""
    with pytest.raises(Abort):
        build(folder, strict=False)
    assert not list((folder / "site").rglob("*.html"))
    assert "Traceback" not in caplog.text
    return caplog.records[-1].getMessage()


@pytest.mark.filterwarnings("ignore:GitWildMatchPattern:DeprecationWarning")
@pytest.mark.parametrize(("code", "said"), FAILURES.values(), ids=FAILURES)
def test_code_that_fails_stops_the_build(
    code: str, said: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sentence = stopped(failing(tmp_path, f"---\ntitle: Lists\n---\n\n# Lists\n\n[[x:y]]\n{code}\n"), caplog)
    assert sentence.startswith("content/lists/all.md, line 8: the template code fails: ")
    assert said in sentence
    assert "\n" not in sentence


@pytest.mark.filterwarnings("ignore:GitWildMatchPattern:DeprecationWarning")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_are_those_of_the_file(end: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = failing(tmp_path, "")
    text = "\ufeff---\ntitle: A\n---\n\n\nA\n\n{{ 1/0 }}\n\nB".replace("\n", end)
    (folder / "content/lists/all.md").write_bytes(text.encode())
    assert stopped(folder, caplog).startswith("content/lists/all.md, line 8: ")


@pytest.mark.filterwarnings("ignore:GitWildMatchPattern:DeprecationWarning")
def test_a_title_that_fails(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = failing(tmp_path, '---\ntitle: "{{ 1/0 }}"\n---\n\nText\n')
    assert stopped(folder, caplog).startswith("content/lists/all.md, in the title: the template code fails: ")


@pytest.mark.filterwarnings("ignore:GitWildMatchPattern:DeprecationWarning")
def test_pages_that_are_not_listed_fail_at_nothing(tmp_path: Path) -> None:
    site = build(failing(tmp_path, "# Code\n\n`{{ 1/0 }}` `{% for %}`\n", "code.md"), strict=False)
    assert "{{ 1/0 }} {% for %}" in words_of(site.html("code/"))
