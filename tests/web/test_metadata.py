"""Titles, descriptions and data for machines; whatever a page says, they hold no markup and end no script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest

from handrail.history.material import Change, Material
from handrail.model.handbook import Handbook
from handrail.model.publication import publishable
from handrail.pages.audience import Shown
from handrail.rendering.extensions import MarkdownSettings, read_markdown_settings
from handrail.rendering.renderer import Renderer
from handrail.text.markdown import without_comments
from handrail.web.feed import feed
from handrail.web.llms import llms, twins
from handrail.web.metadata import Metadata, Site, in_script, social
from handrail.web.plain_text import clipped, first_sentence
from tests.engines.drawn import BASE, sop
from tests.engines.sites import read_html
from tests.pages.views import handbook_of

RENDERER = Renderer(MarkdownSettings())
SITE = Site("Example", "https://example.org/")
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    "]]><evil/>",
    "<![CDATA[x]]>",
    "&lt;b&gt; &amp;amp;",
    "](javascript:alert(1))",
    "[x](javascript:alert(1)) <https://evil.example>",
    "line\u2028sep\u2029end",
    "right\u202eleft\ufffe",
    "\\u003c/script\\u003e \\",
    "{{ 7*7 }} {% raw %} ${7*7}",
]


def seen(book: Handbook, material: Material | None = None) -> Shown:
    return Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"), material=material or Material())


def hostile_book(folder: Path, text: str) -> Handbook:
    written = json.dumps(text)
    page = sop("bad", title=written, description=written, trigger=written, asked_as=f"[{json.dumps('x' + text)}]")
    return handbook_of(folder, {**BASE, "content/bad.md": page})


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_page_says_ends_the_script_or_opens_a_tag(text: str, tmp_path: Path) -> None:
    book = hostile_book(tmp_path, text)
    page = book.by_src_uri["bad.md"]
    metadata = Metadata(Shown(book, None, lambda _kind, _folder: None, [page]), SITE)
    found = metadata.social(page) + in_script(metadata.graph(page, [(text, SITE.url)]))
    tags = read_html(f"<head>{found}</head>").tags
    assert {tag for tag, _ in tags} == {"head", "meta", "script"}
    assert len([tag for tag, _ in tags if tag == "script"]) == 1
    assert {name for _, attributes in tags for name in attributes} == {"property", "content", "type"}
    [script] = re.findall(r"<script[^>]*>(.*?)</script>", found, re.DOTALL)
    assert not set("<>&\u2028\u2029") & set(script)
    data = {one["@type"]: one for one in json.loads(script)["@graph"]}
    assert data["WebPage"]["name"] == page.title


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_page_says_breaks_the_feed(text: str, tmp_path: Path) -> None:
    book = hostile_book(tmp_path, text)
    change = Change("bad.md", "c" * 40, book.today, f"{book.today}T00:00:00Z", is_new=True)
    shown = Shown(book, None, lambda _kind, _folder: None, [book.by_src_uri["bad.md"]],
                  material=Material(is_known=True, changes=(change,)))  # fmt: skip
    root = ET.fromstring(feed(shown, Site(text, "https://example.org/")))  # noqa: S314 - our own
    tags = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert tags == {"feed", "title", "id", "link", "updated", "author", "name", "entry", "summary"}
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_page_says_is_a_link_in_the_list_for_programs(text: str, tmp_path: Path) -> None:
    book = hostile_book(tmp_path, text)
    shown = Shown(book, None, lambda _kind, _folder: None, [book.by_src_uri["bad.md"]])
    metadata = Metadata(shown, SITE)
    lines = llms(shown, SITE, metadata).splitlines()
    [line] = [line for line in lines if line.startswith("- ")]
    assert re.findall(r"(?<!\\)(?:\\\\)*\]\(([^)]*)\)", line) == ["https://example.org/bad/index.md"]
    assert not re.search(r"(?<!\\)<", "\n".join(lines))
    [(_, twin)] = twins(shown, SITE, metadata, frozenset())
    front = twin.split("---\n")[1]
    for one in front.splitlines():
        name, _, value = one.partition(": ")
        assert name in ("title", "description", "url", "state", "signed")
        assert isinstance(json.loads(value), str)


def test_titles_are_told_apart_by_what_differs_first(tmp_path: Path) -> None:
    files = {
        "content/company/a.md": sop("a", title="Pay", department="company"),
        "content/finance/b.md": sop("b", title="pay ", department="finance"),
        "content/finance/c.md": sop("c", title="Leave", department="finance"),
        "content/finance/d.md": sop("d", title="Leave", department="finance"),
        "content/e.md": sop("e", title="Reports"),
        "content/f.md": sop("f", title="Rest"),
        "content/g.md": sop("g", title="Rest", visibility="internal"),
    }
    book = handbook_of(tmp_path, {**BASE, **files})
    metadata = Metadata(seen(book), SITE, ["Reports"])
    titles = {name: metadata.title(book.by_src_uri[name]) for name in (path.removeprefix("content/") for path in files)}
    assert titles == {
        "company/a.md": "Pay (Company)", "finance/b.md": "pay (Finance & Books)",
        "finance/c.md": "Leave (finance/c)", "finance/d.md": "Leave (finance/d)",
        "e.md": "Reports (Company)", "f.md": "Rest", "g.md": "Rest",
    }  # fmt: skip


def test_a_description_is_the_pages_own_or_what_it_says_first(tmp_path: Path) -> None:
    files = {
        "content/a.md": sop("a", "1. Take [a form](b.md). Fill it in.", description="", trigger="You paid"),
        "content/b.md": sop("b", description="Money back."),
        "content/c.md": sop("c", description="Money back."),
        "content/d.md": "# Only a title\n",
        "content/e.md": "See [[sop:hidden]] and [this](hidden.md). More.\n",
        "content/hidden.md": sop("hidden", title="Zebra", visibility="internal"),
    }
    book = handbook_of(tmp_path, {**BASE, **files})
    metadata = Metadata(seen(book), SITE)
    found = {name: metadata.description(book.by_src_uri[f"{name}.md"]) for name in "abcde"}
    assert found == {
        "a": "You paid. Take a form.", "b": "B: Money back.", "c": "C: Money back.", "d": "Only a title, Example",
        "e": "See an internal page and this.",
    }  # fmt: skip


def test_without_an_address_of_the_site_no_address_is_claimed(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    shown = seen(book)
    page = book.by_src_uri["finance/expense-claims.md"]
    graph = Metadata(shown, Site("Example")).graph(page, [("Example", "")])["@graph"]
    assert [one["@type"] for one in graph] == ["WebPage"]
    assert graph[0]["mainEntity"]["@type"] == "TechArticle"
    assert not {"url", "@id", "breadcrumb"} & graph[0].keys()
    assert feed(shown, Site("Example")) == ""
    assert "og:url" not in social(Site("Example"), "T", "D", "x/")


def test_who_reviewed_a_page_is_said_only_where_the_text_is_the_one_that_was_signed(tmp_path: Path) -> None:
    files = {"content/loose.md": sop("loose")}  # its signature names no text
    book = handbook_of(tmp_path, {**BASE, **files})
    metadata = Metadata(seen(book), SITE)
    signed = metadata.graph(book.by_src_uri["finance/expense-claims.md"])["@graph"][0]
    assert signed["lastReviewed"] == "2026-03-03"
    assert signed["reviewedBy"] == {"@type": "Person", "name": "Tom Lindqvist", "jobTitle": "Head of finance"}
    assert "lastReviewed" not in metadata.graph(book.by_src_uri["loose.md"])["@graph"][0]


def test_a_page_made_of_others_has_no_twin(tmp_path: Path) -> None:
    files = {
        "content/macro.md": "# Macro\n\n{{ 1 }}\n",
        "content/snippet.md": '# Snippet\n\n--8<-- "internal/pay.md"\n',
        "content/braces.md": "# Braces\n\n{!internal/pay.md!}\n",
        "content/told.md": "# Told\n\nA line of --8<-- is where to cut, and `{!x.md!}` is code.\n",
        "content/code.md": "# Code\n\n<!-- hidden -->Shown `<!-- x -->`. [[sop:hidden]] [a](hidden.md) [p](people.md#a)\n",
        "content/hidden.md": sop("hidden", title="Zebra", visibility="internal"),
    }
    book = handbook_of(tmp_path, {**BASE, **files}, {"macros": ["macro.md"]})
    shown = seen(book)
    metadata = Metadata(shown, SITE)
    found = dict(twins(shown, SITE, metadata, frozenset()))
    assert "macro/index.md" not in found
    assert "snippet/index.md" not in found
    assert "braces/index.md" not in found
    assert "told/index.md" in found
    assert "- [Macro](https://example.org/macro/): " in llms(shown, SITE, metadata)
    assert found["code/index.md"].endswith("Shown `<!-- x -->`. an internal page a [p](../people/#a)\n")
    assert not any("Zebra" in text or "hidden" in text for text in found.values())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("# T\n\n1. Take a *photo* of `x.py` and [go](http://x). Then", "Take a photo of x.py and go."),
        ("<!-- a\nb --> Hello <b>you</b>. More", "Hello you."),
        ("```\nno. code\n```\n\nYes", "Yes"),
        ("| a | b |\n|---|---|\n\nAfter `a\u2028b` it", "After a b it"),
        ("a_b __c__ 2*3", "a_b c 2*3"),
        ("<!-- never ends", ""),
        ("# T\n\n- one\n- two", "one"),
        ('See [roles]({{< ref "roles.md" >}}) and [leave]({% link a.md %}).', "See roles and leave."),
        ("Who: see {{ site.roles }} and more. Then go.", "Then go."),
        ("See {{< ref x >}}\nand {}\n\nNext words", "Next words"),
        ('{% hint style="info" %}\nMind the *gap*.\n{% endhint %}', "Mind the gap."),
        ("{% include x %}", ""),
        ("Write `{{ page.x }}` there.", "Write {{ page.x }} there."),
        ("<% title %>\n\nNext <%= x %> words. Then go", "Then go"),
        ("[![How to pay](a(b).png)](https://y.example/e(f)?g=h)\n\nPay [on *time*](<a b.md>).", "Pay on time."),
        # A picture of another site is shown as its words.
        ("[![How to pay](https://x.example/a)](https://y.example/e)", "How to pay"),
        (
            "![A chart](c.png)\n![Another][c]\n\nThe [form] and [the list][l] of [pay] [x].\n\n[form]: a.md\n[l]: b.md\n[c]: c.png",
            "The form and the list of [pay] [x].",
        ),
        ("Ask <ada@corp.example> or <https://a.example/b>.\nNow.", "Ask ada@corp.example or https://a.example/b."),
        (
            "Tom &amp; Ad&#233;s **5 * 3** \\*stars\\* and `a*b` _c_ {now}{: .x }.",
            "Tom & Adés 5 * 3 *stars* and a*b c {now}.",
        ),
        ("One<br>two ~~three~~[^1].\n\n[^1]: A note.", "One two ~~three~~."),
        ("- - *a*\n    - b", "a"),
        ("[TOC]\n\nText", "Text"),
        ("*[HTML]: A language\n\nHTML it is.", "HTML it is."),
        ("!!! note\n\n    Mind the *gap*.", "Mind the gap."),
        ("<script>alert(1)</script>\n\nYes.", "Yes."),
    ],
)
def test_the_first_sentence_has_no_markup(body: str, words: str) -> None:
    assert first_sentence(body, RENDERER) == words


def test_a_description_has_no_sign_that_an_extension_of_the_site_reads() -> None:
    settings = read_markdown_settings(["pymdownx.tilde", "pymdownx.keys", "attr_list", "footnotes"])
    body = "Press ++ctrl+c++ for ~~three~~ [this](a.md){ .button }[^1].\n\n[^1]: A note."
    assert first_sentence(body, Renderer(settings)) == "Press Ctrl+C for three this."


def test_a_long_description_ends_between_two_words() -> None:
    found = clipped("word " * 50)
    assert len(found) <= 160
    assert found.endswith("word…")
    assert clipped("x" * 500) == "x" * 159 + "…"


def test_comments_in_code_are_none() -> None:
    assert without_comments("a <!-- b --> `<!-- c -->`\n<!-- d\ne") == "a            `<!-- c -->`\n      \n "


def test_data_survive_the_way_into_a_script() -> None:
    data = {"a": "</script>&\u2028", "b": "\\"}
    script = in_script(data)
    assert json.loads(script[script.index(">") + 1 : script.rindex("</")]) == data


@pytest.mark.parametrize(
    "at", ["https://example.org/", "https://example.org/a/b/", "http://[::1]:8000/", "https://example.org/a/?b=c/"]
)
@pytest.mark.parametrize(
    "url", ["", "a/", "a/b.html", "a//b/", "./a/", "../a/", "mailto:a", "a/b:c/", "?q", "#part", "%C3%A4/", "//x/y"]
)
def test_the_whole_address_is_the_one_to_which_a_browser_goes(at: str, url: str) -> None:
    assert Site("Ours", at).address(url) == urljoin(at, url)
