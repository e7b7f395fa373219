"""What anyone may write into a page, on the site that comes of it, read as HTML; a browser does the same in tests/e2e."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import patch

import markdown
import pytest
from mkdocs.exceptions import Abort

from handrail.engines.sanitise import with_plain_tooltips
from handrail.rendering.sanitise import sanitised
from handrail.text.html_page import HtmlPage, Wanted
from handrail.text.source import read_source
from tests.conftest import ROOT
from tests.engines import injecting
from tests.engines.drawn import BASE
from tests.engines.sites import build
from tests.support.handbooks import make_handbook

_RUNS = re.compile(r"^[\s\x00-\x1f]*(?:javascript|vbscript|data:text)", re.IGNORECASE)
_WORDS_OR_CLICKS = frozenset(("alt", "aria-label", "href", "title"))
_NEVER = frozenset(("applet", "base", "embed", "frame", "frameset", "iframe", "object", "portal"))


class Danger(HTMLParser):
    """Collects what a browser would run or load, as far as reading shows it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag == "script" and not (dict(attrs).get("type") or "").endswith("json")
        if tag in _NEVER:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            said = value or ""
            # The theme's own link to share a search is written so.
            if name.startswith("on") or (
                name in ("href", "src", "action") and _RUNS.match(said) and "void(0)" not in said
            ):
                self.found.append(f"{tag} {name}={said[:60]}")
            # The theme makes HTML of a title.
            if name == "title" and re.search("<(?!\u2060)", said):
                self.found.append(f"{tag} {name}={said[:60]}")
            if "elsewhere.invalid" in said and name not in _WORDS_OR_CLICKS and tag != "meta":
                self.found.append(f"{tag} {name}={said[:60]}")

    def handle_data(self, data: str) -> None:
        if self._script and "__pwned" in data:
            self.found.append(data[:60])


def dangers(page: str) -> list[str]:
    danger = Danger()
    danger.feed(page)
    return danger.found


def test_there_are_as_many_attempts_as_promised() -> None:
    assert len(injecting.markdown()) >= 60
    assert injecting.fields_tried() >= 90
    assert len(injecting.templates()) >= 58


def test_each_attempt_has_its_page(hostile: injecting.Injected) -> None:
    assert [injection for injection in hostile.injections if not hostile.site.has(injection.url)] == []


def test_no_page_holds_what_would_run(hostile: injecting.Injected) -> None:
    site = hostile.site
    found = {page: dangers((site.root / page).read_text("utf-8")) for page in site.pages()}
    assert {page: what for page, what in found.items() if what} == {}


def test_without_the_sanitiser_this_would_be_found(tmp_path: Path) -> None:
    with patch("handrail.engines.completion.sanitised_page", lambda html, *_: html):
        site = injecting.built(tmp_path)
    assert sum(bool(dangers((site.root / page).read_text("utf-8"))) for page in site.pages()) > 40


def test_the_index_of_the_search_holds_no_markup_that_would_run(hostile: injecting.Injected) -> None:
    docs = hostile.site.searched()
    assert len(docs) > 150
    # The theme puts all three into the results as HTML.
    words = [str(part) for doc in docs for part in (doc["title"], doc["text"], *doc.get("tags", ()))]
    tags = {tag for part in words for tag in re.findall(r"<(/?[a-zA-Z!?][^>]*)", part)}
    assert {tag.strip("/ ") for tag in tags} <= {"code", "li", "ol", "p", "pre", "sub", "sup", "ul"}


def test_what_the_theme_shows_of_a_title_that_it_cuts_short_holds_no_tag() -> None:
    cut = '<span class="md-ellipsis">\n a &lt;b&gt; <span class="md-typeset"><code>&#60;i</code> &LTu</span> </span></a> &lt;p&gt;'
    plain = cut.replace("&lt;b", "&lt;\u2060b").replace("&#60;", "&#60;\u2060").replace("&LT", "&LT\u2060")
    for title in (cut, plain):
        page = HtmlPage(title, Wanted())
        with_plain_tooltips(page)
        assert page.text == plain


def test_a_page_looks_like_what_handrail_says_only_where_macros_may_say_it(tmp_path: Path) -> None:
    looks = '<p class="hr-list">{}</p>\n<pre class="mermaid">a</pre>\n'
    files = {**BASE, "content/own.md": looks.format("Own"), "content/listed.md": looks.format("Listed")}
    site = build(make_handbook(tmp_path, files, {"macros": ["listed.md"]}), strict=False)
    assert 'class="hr-list">Listed' in site.html("listed/")
    assert "<p>Own</p>" in site.html("own/")
    assert 'class="mermaid"' not in site.html("own/") + site.html("listed/")


def test_what_markdown_makes_is_left_as_it_is(tmp_path: Path, hostile: injecting.Injected) -> None:
    with patch("handrail.engines.completion.sanitised_page", lambda html, *_: html):
        before = injecting.calm(tmp_path)
    after = hostile.calm
    assert after.says("harmless/") == before.says("harmless/")
    assert after.contents("harmless/") == before.contents("harmless/")
    assert _outline(after.article("harmless/")) == _outline(before.article("harmless/"))


def test_what_the_example_says_is_left_as_it_is() -> None:
    for path in sorted((ROOT / "content").rglob("*.md")):
        html = markdown.markdown(read_source(path.read_bytes()).body, extensions=["toc", "tables", "fenced_code"])
        assert _outline(sanitised(html)) == _outline(html), path


def _outline(markup: str) -> list[str]:
    """Return tags, attributes and words; what the parser of a browser adds, and how a style is spaced, left out."""
    found: list[str] = []

    class Outline(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            said = sorted((name, re.sub(r"[\s;]|(?<=\d)0(?=%)|\.0*(?=0?%)", "", value or "")) for name, value in attrs)
            if tag not in ("tbody", "p", "path"):
                found.append(f"{tag} {said}")

        def handle_data(self, data: str) -> None:
            found.extend(data.split())

    outline = Outline(convert_charrefs=True)
    outline.feed(markup)
    return found


def _templates(folder: Path) -> Path:
    canary, secret = folder / "canary", folder / "secret.txt"
    secret.write_text(injecting.KEPT, "utf-8")
    files = dict(BASE)
    files["content/secret.md"] = (
        f"---\nkind: page\nid: secret\ntitle: Kept\nvisibility: confidential\n---\n{injecting.KEPT}\n"
    )
    for number, template in enumerate(injecting.templates(), 1):
        code = template.replace("CANARY", str(canary)).replace("SECRET", str(secret))
        front = json.dumps(
            {"title": code, "description": code, "tags": [code], "render_macros": True, "a": {"b": code}}
        )
        files[f"content/t{number}.md"] = f"---\n{front}\n---\n# {code}\n\n{code}\n"
        files[f"content/u{number}.md"] = f"{code}\n"
    return injecting.project(folder, files, "macros", nav=["index.md"])


def test_no_template_code_of_a_page_runs(tmp_path: Path) -> None:
    site = build(_templates(tmp_path), command="serve", strict=False)

    assert not (tmp_path / "canary").exists()
    assert site.naming(injecting.KEPT) == []
    assert "<title>A handbook</title>" in site.html("")
    assert "elsewhere.invalid" not in site.html("")
    for number in range(1, len(injecting.templates()) + 1):
        assert site.has(f"t{number}/")
        assert "Traceback" not in site.html(f"u{number}/")


def test_a_build_refuses_each_page_with_template_code(tmp_path: Path) -> None:
    folder = _templates(tmp_path)
    with pytest.raises(Abort):
        build(folder)
    assert not (tmp_path / "canary").exists()
    assert not (folder / "site" / "index.html").exists()
