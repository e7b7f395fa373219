"""What becomes of the links in the text of pages that are published."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.publication import publication
from handrail.web.published import linked_body, prepared
from tests.engines.drawn import BASE, sop
from tests.pages.views import handbook_of, shown
from tests.support.handbooks import make_handbook

FILES = {
    **BASE,
    "content/finance/hidden.md": sop(
        "hidden", "![what it pays](hidden.png) ![open](../open.png)", visibility="internal"
    ),
    "content/sub/x.md": sop("x", title='"A *b* & <c>"'),
}


SETTINGS = {"visibility": {".": "public", "staff": "internal", "board": "confidential"}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[[sop:expense-claims]]", '<a href="finance/expense-claims/">Expense claims</a>'),
        ("[[sop:expense-claims|claim *it*]]", '<a href="finance/expense-claims/">claim *it*</a>'),
        ("[[expense-claims]]", "[[expense-claims]]"),
        ("[[sop:nowhere]]", "[[sop:nowhere]]"),
        ("`[[sop:expense-claims]]`", "`[[sop:expense-claims]]`"),
        ("[[sop:x]]", '<a href="sub/x/">A &#42;b&#42; &amp; &lt;c&gt;</a>'),
        ("[[sop:hidden]]", "an internal page"),
        ("[[sop:hidden|the & way]]", "the &amp; way"),
        ("[a](finance/hidden.md)", "a"),
        ("[a *b*](finance/hidden.md#c 'd')", "a *b*"),
        ("![a](finance/hidden.md)", "a"),
        ("[![a](b.png)](finance/hidden.md)", "![a](b.png)"),
        ("[![a](finance/hidden.md)](people.md)", "[![a](#)](people.md)"),
        ("[a][b] [b][] [b] [b]: c\n\n[b]: finance/hidden.md 'T'\n", "a b b: c\n\n\n"),
        ("[a][B  c]\n\n[b C]: <finance/hidden.md>\n", "a\n\n\n"),
        ("`[b]` [c]\n\n[b]: finance/hidden.md\n[c]: people.md\n", "`[b]` [c]\n\n\n[c]: people.md\n"),
        ("<a href='finance/hidden/'>a</a>", "<a href='#'>a</a>"),
        ('<a href="finance/hidden.md">a</a>', '<a href="#">a</a>'),
        ("<a href=finance/hidden/>a</a>", "<a href=#>a</a>"),
        ("[a](finance/hidden/) [b](/finance/hidden/#c) [c](finance/hidden/index.html)", "a b c"),
        ("[a](https://handbook.example/finance/hidden/) [b](https://handbook.example/people/)", "a [b](https://handbook.example/people/)"),
        ("[a](https://[x) [b](//handbook.example:x/)", "[a](https://[x) [b](//handbook.example:x/)"),
        ("[a](staff/pay.csv) ![b](staff/pay.csv) ![c](open.png)", "a b ![c](open.png)"),
        ('<img src="staff/pay.csv"> [a][]\n\n[a]: staff/pay.csv\n', '<img src="#"> a\n\n\n'),
        ('<img src="finance/hidden/"> <a href="people/">a</a>', '<img src="#"> <a href="people/">a</a>'),
        ('<video poster="staff/pay.csv"><source src="open.png">', '<video poster="#"><source src="open.png">'),
        ("<img srcset='open.png 1x, staff/pay.csv 2x'> `<img src=staff/pay.csv>`", "<img srcset='open.png 1x, # 2x'> `<img src=staff/pay.csv>`"),
        ('<area href="finance/hidden/"> <object data="/staff/pay.csv">', '<area href="#"> <object data="#">'),
        ("[a](people.md) [b](https://example.org/finance/hidden.md)", "[a](people.md) [b](https://example.org/finance/hidden.md)"),
        ("[a](gone.md)", "[a](gone.md)"),
        ("[![staff/pay.csv](staff/pay.csv)](https://x.example)", "[![staff/pay.csv](#)](https://x.example)"),
        ("<video title=it's src=\"staff/pay.csv\"></video>", "<video title=it's src=\"#\"></video>"),
        ('<video src="staff/pay.csv" ', '<video src="#" '),
        ("\r\n[a](finance/hidden.md)\r\n", "\r\na\r\n"),
    ],
)  # fmt: skip
def test_links_in_bodies(body: str, expected: str, tmp_path: Path) -> None:
    front = "---\nkind: page\nid: links\ntitle: Links\nvisibility: public\n---\n"
    files = {**FILES, "content/index.md": front + body, "content/staff/pay.csv": "a,b\n", "content/open.png": ""}
    make_handbook(tmp_path, {"content/staff/pay.csv": "a,b\n", "content/open.png": ""})
    handbook = handbook_of(tmp_path, files, SETTINGS, {"site_url": "https://handbook.example/"})
    page = handbook.by_src_uri["index.md"]
    withheld = frozenset(publication(handbook, "public").withheld)
    linked = linked_body(handbook, page, shown(handbook).shows, lambda target: target.url, withheld)
    assert linked.rstrip("\n") == expected.rstrip("\n")


def test_a_text_for_others_to_read_keeps_its_links_to_what_is_shown(tmp_path: Path) -> None:
    front = "---\nkind: page\nid: links\ntitle: Links\nvisibility: public\n---\n"
    body = "[[sop:x]] [a](sub/x.md) [[sop:hidden|b]] [c](finance/hidden.md)\n"
    handbook = handbook_of(tmp_path, {**FILES, "content/index.md": front + body}, SETTINGS)
    text = prepared(handbook, handbook.by_src_uri["index.md"], shown(handbook).shows, frozenset())
    assert text == f"{front}[[sop:x]] [a](sub/x.md) b c\n"
