"""Each kind of edit changes what it is sure of, and of a page nothing else; a second run changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.edit.adopt.fixes.addresses import Addresses
from handrail.edit.adopt.fixes.edits import Book, Fix, Fixed, fixed_page, with_edits
from handrail.edit.adopt.fixes.kinds import FIXES
from handrail.edit.adopt.fixes.redirects import gitbook_redirects
from handrail.model.handbook import Handbook
from handrail.model.project import Project
from handrail.rendering.extensions import read_markdown_settings
from tests.edit.adopt.drawing import draw
from tests.model.building import ROOT, handbook, settings

BY_NAME = {fix.name: fix for fix in FIXES}
OTHERS = {
    "index.md": "# Home\n",
    "team/index.md": "# Team\n",
    "team/leave.md": "---\nredirect_from: /old/leave/\n---\n# Leave\n",
    "team/two words.md": "# Two\n",
    "team/roles/README.md": "# Roles\n",
    "money/pay.md": "---\npermalink: /pay\naliases: [/wages.html]\n---\n# Pay\n",
    "money/team/index.md": "# The team of money\n",
}
PAGE = "money/a.md"


def book(body: str | bytes, extensions: list[str] | None = None) -> Book:
    project = Project(
        ROOT,
        ROOT / "mkdocs.yml",
        ROOT / "content",
        settings(),
        site_url="https://book.example/hb/",
        markdown=read_markdown_settings(["admonition"] if extensions is None else extensions),
    )
    made = handbook(OTHERS | {PAGE: "x\n"})
    files = made.files
    files.assets.append("money/img/chart.png")
    raw = body if isinstance(body, bytes) else body.encode()
    sources = {page.src_uri: page.source for page in made.pages} | {PAGE: made.page_as(PAGE, raw).source}
    whole = Handbook(project, made.kinds, made.today, files, sources)
    return Book(whole, Addresses(whole))


def edited(name: str, body: str, extensions: list[str] | None = None) -> str:
    """Return a page after a kind of edit; the page itself where there is nothing to edit."""
    known = book(body, extensions)
    fixed = fixed_page(known, BY_NAME[name], known.handbook.by_src_uri[PAGE])
    return body if fixed is None else fixed.after.decode()


CASES: Mapping[str, Mapping[str, str]] = {
    "html-links": {
        "[a](pay.html)": "[a](pay.md)",
        "[a](pay.html#when 'Title')": "[a](pay.md#when 'Title')",
        "[a](../team/two%20words.html)": "[a](../team/two%20words.md)",
        "[a](<../team/two words.html>)": "[a](<../team/two words.md>)",
        "[a](/team/leave.html#x)": "[a](../team/leave.md#x)",
        "[a](../team/index.html)": "[a](../team/index.md)",
        "[a](../team/roles/index.html)": "[a](../team/roles/README.md)",
        "[a](/wages.html)": "[a](pay.md)",
        "[a][b]\n\n[b]: pay.html\n": "[a][b]\n\n[b]: pay.md\n",
        "[![x](img/chart.png)](pay.html)": "[![x](img/chart.png)](pay.md)",
    },
    "folder-links": {
        "[a](../team/roles/)": "[a](../team/roles/README.md)",
        "[a](../team/roles#x)": "[a](../team/roles/README.md#x)",
        "[a](pay)": "[a](pay.md)",
        "[a](/team/leave/)": "[a](../team/leave.md)",
        "[a](/team/leave/#x)": "[a](../team/leave.md#x)",
        "[a](/old/leave)": "[a](../team/leave.md)",
        "[a](/)": "[a](../index.md)",
        "[a](../../team/two%20words/)": "[a](../team/two%20words.md)",
        "[a][b]\n\n[b]: /pay/\n": "[a][b]\n\n[b]: pay.md\n",
    },
    "own-addresses": {
        "[a](https://book.example/hb/team/leave/#x)": "[a](../team/leave.md#x)",
        "[a](http://BOOK.example/hb/)": "[a](../index.md)",
        "[a](https://book.example/hb/team/leave.html)": "[a](../team/leave.md)",
        "![a](https://book.example/hb/money/img/chart.png)": "![a](img/chart.png)",
    },
    "template-links": {
        '[a]({{< ref "leave.md" >}})': "[a](../team/leave.md)",
        "[a]({{% relref '/team/leave.md#x' %}})": "[a](../team/leave.md#x)",
        '[a]({{< ref "pay" >}}#x)': "[a](pay.md#x)",
        "[a]({% link team/leave.md %})": "[a](../team/leave.md)",
        "[a]({{ site.baseurl }}{% link team/leave.md %}#x)": "[a](../team/leave.md#x)",
        "[a]({{ site.baseurl }}/team/leave/)": "[a](../team/leave.md)",
        "[a]({{ '/old/leave/' | relative_url }})": "[a](../team/leave.md)",
        '[a]({% page "/team/#x" %})': "[a](../team/index.md#x)",
        '[a]: {{< ref "leave" >}}\n': "[a]: ../team/leave.md\n",
    },
    "backslashes": {
        "[a](..\\team\\leave.md#x)": "[a](../team/leave.md#x)",
        "![a](img\\chart.png)": "![a](img/chart.png)",
        "[a](<..\\team\\two words.md>)": "[a](<../team/two%20words.md>)",
        "[a][b]\n\n[b]: ..\\team\\leave.md\n": "[a][b]\n\n[b]: ../team/leave.md\n",
    },
    "letter-case": {
        "[a](Pay.md#x)": "[a](pay.md#x)",
        "![a](IMG/Chart.PNG 'T')": "![a](img/chart.png 'T')",
        "[a](../Team/Two%20Words.md)": "[a](../team/two%20words.md)",
    },
    "wiki-links": {
        "See [[leave]] and [[Two]].": "See [leave](../team/leave.md) and [Two](../team/two%20words.md).",
        "[[Leave|days off]], [[team/leave|off]]": "[days off](../team/leave.md), [off](../team/leave.md)",
        "![[chart.png|300]]": "![chart.png](img/chart.png)",
        "[[leave#Leave]]": "[leave](../team/leave.md#leave)",
    },
    "hints": {
        '{% hint style="warning" %}\nAsk *first*.\n\n- a\n{% endhint %}\n': "!!! warning\n    Ask *first*.\n\n    - a\n\n",
        "a\n{% hint %}\nb\n{% endhint %}\nc": "a\n\n!!! note\n    b\n\nc",
        ":::caution[Mind]\r\n\r\nb\r\n\r\n:::\r\n": '!!! warning "Mind"\r\n\r\n    b\r\n\r\n\r\n',
        ":::tip A title\nb\n:::": '!!! tip "A title"\n    b\n',
        '{% hint style="danger" %}\na\n{% endhint %}\n\n{% hint style="x" %}\nb\n{% endhint %}': (
            "!!! danger\n    a\n\n\n!!! note\n    b\n"
        ),
    },
    "description": {
        "---\nDescription: Who to call.\n---\n# A\n": "---\ndescription: Who to call.\n---\n# A\n",
        "---\r\ntitle: A\r\nDescription: B\r\n---\r\n": "---\r\ntitle: A\r\ndescription: B\r\n---\r\n",
    },
    "toml": {
        '+++\ntitle = "A: b"\nweight = 3\ntags = ["x"]\n+++\n# A\n': (
            "---\ntitle: 'A: b'\nweight: 3\ntags:\n  - x\n---\n# A\n"
        ),
        "+++\r\ndate = 2024-01-02\r\n+++\r\nA\r\n": "---\r\ndate: 2024-01-02\r\n---\r\nA\r\n",
    },
    "placeholders": {
        "Name it <Order ID>.": "Name it `<Order ID>`.",
        "| <env> | b |": "| `<env>` | b |",
        "## Delete <branch-name>\n": "## Delete `<branch-name>`\n",
        "a/<b-c>/d": "a/`<b-c>`/d",
    },
}
SILENT: Mapping[str, list[str]] = {
    "html-links": [
        "[a](gone.html)",
        "[a](https://x.example/pay.html)",
        "[a](pay.html?x=1)",
        "`[a](pay.html)`",
        "<a href='pay.html'>a</a>",
        "[a](pay.md)",
        "[a](/gone.html)",
    ],
    "folder-links": [
        "[a](../team/)",  # one page by the file, another by the address
        "![a](../team/roles/)",
        "[a](gone/)",
        "[a](#x)",
        "[a](?x)",
        "[a](img/chart.png)",
        "[a](mailto:b@c.example)",
        "```\n[a](pay)\n```\n",
    ],
    "own-addresses": [
        "[a](https://book.example/team/leave/)",
        "[a](https://other.example/hb/team/leave/)",
        "[a](https://book.example/hb/gone/)",
        "[a](https://book.example/hb/team/?x)",
        "<https://book.example/hb/team/>",
        "https://book.example/hb/team/",
        "[a](https://[/)",
    ],
    "template-links": [
        '[a]({{< ref "gone.md" >}})',
        '{{< ref "leave.md" >}}',
        '`[a]({{< ref "leave.md" >}})`',
        '[a]({{< ref "index.md" >}}x)',
        "[a]({{ page.url }})",
        '[a]({% page "leave" %})',
    ],
    "backslashes": ["[a](..\\team\\gone.md)", "[a](a\\_b.md)", "`[a](..\\team\\leave.md)`", "[a](../team/leave.md)"],
    "letter-case": ["[a](Gone.md)", "[a](pay.md)", "[a](HTTPS://x.example/Pay.md)", "```\n[a](Pay.md)\n```\n"],
    "wiki-links": [
        "[[gone]] and [[index]]",  # two pages
        "![[leave]]",
        "[[leave#Gone]]",
        "`[[leave]]` and [[ -f x ]]",
        "![[gone.png]]",
        "[[leave|a `b` c]]",
    ],
    "hints": [
        '{% hint style="info" %}\na\n',
        "{% hint %}\na\n{% hint %}\nb\n{% endhint %}\n{% endhint %}\n",
        "a {% hint %} b {% endhint %}\n",
        "```\n{% hint %}\na\n{% endhint %}\n```\n",
        "{% hint %}\n```\na\n```\n{% endhint %}\n",
        "- a\n  {% hint %}\n  b\n  {% endhint %}\n",
        "{% hint %}\na\n:::\n",
    ],
    "description": [
        "---\nDescription: a\ndescription: b\n---\n",
        "# A\n\nDescription: a\n",
        "---\ntitle: a\n---\nDescription: b\n",
    ],
    "toml": ["+++\n# why\ntitle = 'a'\n+++\n", "+++\ntitle = \n+++\n", "# A\n\n+++\nb = 1\n+++\n"],
    "placeholders": [
        "<br> <kbd>x</kbd> <details open> <Tabs>a</Tabs> <source>",
        "`<Order ID>` and <https://x.example> and <a@b.example>",
        "\\<Order ID> and \\`<b c>",
        "<div>\nName <Order ID>\n</div>\n",
        "[a](<two words.md>)",
        "https://x.example/<org>/y",
        "a < b and c > d",
        "    <Order ID>\n",
    ],
}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [(name, before, after) for name, cases in CASES.items() for before, after in cases.items()],
)
def test_edited(name: str, before: str, after: str) -> None:
    assert edited(name, before) == after
    assert edited(name, after) == after


@pytest.mark.parametrize(("name", "body"), [(name, body) for name, bodies in SILENT.items() for body in bodies])
def test_left(name: str, body: str) -> None:
    assert edited(name, body) == body


def test_a_box_with_code_where_the_site_reads_it() -> None:
    body = "{% hint %}\n```\na\n```\n{% endhint %}\n"
    assert edited("hints", body, ["admonition", "pymdownx.superfences"]) == "!!! note\n    ```\n    a\n    ```\n\n"


def test_no_box_where_the_site_draws_none() -> None:
    assert edited("hints", "{% hint %}\na\n{% endhint %}\n", []) == "{% hint %}\na\n{% endhint %}\n"


def test_a_mark_at_the_beginning_stays() -> None:
    known = book(b"\xef\xbb\xbf[a](pay.html)\r\n")
    fixed = fixed_page(known, BY_NAME["html-links"], known.handbook.by_src_uri[PAGE])
    assert fixed is not None
    assert (fixed.before, fixed.after) == (b"[a](pay.html)\r\n", b"[a](pay.md)\r\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Pay\n", '---\nredirect_from: ["/old/pay/", "/x y/"]\n---\n# Pay\n'),
        ("---\r\ntitle: A\r\n---\r\nB\r\n", '---\r\ntitle: A\r\nredirect_from: ["/old/pay/", "/x y/"]\r\n---\r\nB\r\n'),
        ("---\naliases: /a\n---\n", ""),
        ("---\ntitle: [\n---\n", ""),
        ("\n---\ntitle: a\n---\n", ""),
    ],
    ids=["no front matter", "CRLF", "has some", "broken", "misplaced"],
)
def test_redirects_of_gitbook(before: str, after: str) -> None:
    known = replace(book(before), redirects={PAGE: ["/old/pay/", "/x y/", "/old/pay/"]})
    fixed = fixed_page(known, BY_NAME["redirects"], known.handbook.by_src_uri[PAGE])
    assert (fixed.after.decode() if fixed is not None else "") == after


def test_where_gitbook_keeps_redirects(tmp_path: Path) -> None:
    said = "root: ./docs\nredirects:\n  old/pay: ./money/pay.md\n  /x y: money/pay.md#part\n  z: [a]\n"
    draw(tmp_path, {".gitbook.yaml": said, "docs/.gitbook.yml": "redirects: no\n", "docs/a.md": "x"})
    project = Project(tmp_path, tmp_path / "mkdocs.yml", tmp_path / "docs", settings())
    assert gitbook_redirects(project) == {"money/pay.md": ["/old/pay/", "/x y/"]}


LURES = [before for cases in CASES.values() for before in cases] + [
    body for bodies in SILENT.values() for body in bodies
]
WORDS = [
    "Words.",
    "ä\u2028ö",
    "1. One",
    "- item",
    "> quote",
    "| a | b |\n|---|---|",
    "***",
    "",
    "\t",
    "    far",
    "{",
    "[",
    "<",
    "`",
]


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a body of lures and words, and the lines in it that stand in blocks of code."""
    parts, kept = [], []
    for number in range(draw(st.integers(1, 6))):
        piece = draw(st.sampled_from(LURES) | st.sampled_from(WORDS) | st.text(max_size=12))
        if draw(st.booleans()) and "```" not in piece and "~~~" not in piece and "\r" not in piece:
            block = f"KEEP{number}\n{piece}\nKEPT{number}"
            parts.append(f"\n~~~~~\n{block}\n~~~~~\n")
            kept.append(block)
        else:
            parts.append(piece)
    body = draw(st.sampled_from(["\n", "\n\n", " "])).join(parts)
    return body, kept


EDITABLE = {
    "html-links": re.compile(r"[^?#]+\.html"),
    "folder-links": re.compile(r"[^?#:]+"),
    "own-addresses": re.compile(r"https?://book\.example/hb[^?#]*", re.IGNORECASE),
    "template-links": re.compile(r"\{[\s\S]+"),
    "backslashes": re.compile(r"[^?#]*\\[^?#]*"),
    "letter-case": re.compile(r"[^?#:]+"),
    "wiki-links": re.compile(r"!?\[\[[\s\S]+\]\]"),
    "hints": re.compile(r"\{% (?:end)?hint.*|:::.*|"),
    "description": re.compile("D"),
    "toml": re.compile(r"\+\+\+[\s\S]*\+\+\+\s*"),
    "placeholders": re.compile(r"<[\w -]+>"),
    "redirects": re.compile(""),
}


@given(bodies(), st.sampled_from(FIXES))
def test_nothing_else_of_a_page_changes(drawn: tuple[str, list[str]], fix: Fix) -> None:
    body, kept = drawn
    known = book(body.encode("utf-8", "replace"))
    page = known.handbook.by_src_uri[PAGE]
    fixed = fixed_page(known, fix, page)
    if fixed is None:
        return
    text = page.source.text
    assert fixed.after.decode() == with_edits(text, fixed.edits)
    assert all(EDITABLE[fix.name].fullmatch(text[edit.start : edit.end]) for edit in fixed.edits)
    assert taken_back(fixed, text) == text
    result = known.handbook.page_as(PAGE, fixed.after)
    assert fixed_page(known, fix, result) is None
    if fix.name not in ("hints", "toml", "description"):
        assert result.source.data == page.source.data
    if fix.name != "hints":
        assert all(block in result.source.text for block in kept if block in text)


def taken_back(fixed: Fixed, before: str) -> str:
    """Return a page's text as it was before its edits, worked out from what it is."""
    text, moved = fixed.after.decode(), 0
    for edit in fixed.edits:
        start = edit.start + moved
        assert text[start : start + len(edit.text)] == edit.text
        text = text[:start] + before[edit.start : edit.end] + text[start + len(edit.text) :]
    return text
