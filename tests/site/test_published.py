"""Which pages are published, and what becomes of the links in their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.site.published import linked_body, publishable
from tests.engines.drawn import BASE, sop
from tests.site.views import handbook_of, shown

FILES = {
    **BASE,
    "content/finance/hidden.md": sop("hidden", visibility="internal"),
    "content/sub/x.md": sop("x", title='"A *b* & <c>"'),
}


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
        ("[a][b] [b][] [b] [b]: c\n\n[b]: finance/hidden.md 'T'\n", "a b b [b]: c\n\n\n"),
        ("[a][B  c]\n\n[b C]: <finance/hidden.md>\n", "a\n\n\n"),
        ("`[b]` [c]\n\n[b]: finance/hidden.md\n[c]: people.md\n", "`[b]` [c]\n\n\n[c]: people.md\n"),
        ("<a href='finance/hidden/'>a</a>", "<a href='#'>a</a>"),
        ('<a href="finance/hidden.md">a</a>', '<a href="#">a</a>'),
        ('<img src="finance/hidden/"> <a href="people/">a</a>', '<img src="#"> <a href="people/">a</a>'),
        ("[a](people.md) [b](https://example.org/finance/hidden.md)", "[a](people.md) [b](https://example.org/finance/hidden.md)"),
        ("[a](gone.md)", "[a](gone.md)"),
        ("\r\n[a](finance/hidden.md)\r\n", "\r\na\r\n"),
    ],
)  # fmt: skip
def test_links_in_bodies(body: str, expected: str, tmp_path: Path) -> None:
    front = "---\nkind: page\nid: links\ntitle: Links\nvisibility: public\n---\n"
    handbook = handbook_of(tmp_path, {**FILES, "content/index.md": front + body})
    page = handbook.by_src_uri["index.md"]
    linked = linked_body(handbook, page, shown(handbook).shows, lambda target: target.url)
    assert linked.rstrip("\n") == expected.rstrip("\n")


def test_what_is_published_is_valid_and_may_be_seen(tmp_path: Path) -> None:
    handbook = handbook_of(
        tmp_path,
        {
            **FILES,
            "content/secret.md": sop("secret", visibility="confidential"),
            "content/wrong.md": sop("wrong", colour="red"),
            "content/nowhere.md": "---\nkind: sop\nid: a\n---\n",
            "content/broken.md": "---\nid: [\n---\n",
        },
    )

    def published(audience: str, *, leniently: bool = False) -> set[str]:
        return {page.src_uri for page in publishable(handbook, audience, leniently=leniently)}  # type: ignore[arg-type]

    public = {path.removeprefix("content/") for path in FILES} - {"finance/hidden.md"}
    assert published("public") == public
    assert published("internal") == public | {"finance/hidden.md"}
    assert published("public", leniently=True) == public | {"wrong.md"}
