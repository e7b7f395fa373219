"""Which pages are published, and what becomes of the links in their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.site.published import linked_body, publishable, withheld_files
from tests.engines.drawn import BASE, sop
from tests.site.views import handbook_of, shown

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
        ("[a][b] [b][] [b] [b]: c\n\n[b]: finance/hidden.md 'T'\n", "a b b [b]: c\n\n\n"),
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
        ("[a](people.md) [b](https://example.org/finance/hidden.md)", "[a](people.md) [b](https://example.org/finance/hidden.md)"),
        ("[a](gone.md)", "[a](gone.md)"),
        ("\r\n[a](finance/hidden.md)\r\n", "\r\na\r\n"),
    ],
)  # fmt: skip
def test_links_in_bodies(body: str, expected: str, tmp_path: Path) -> None:
    front = "---\nkind: page\nid: links\ntitle: Links\nvisibility: public\n---\n"
    files = {
        **FILES,
        "content/index.md": front + body,
        "content/staff/pay.csv": "a,b\n",
        "content/open.png": "",
    }
    handbook = handbook_of(tmp_path, files, SETTINGS, {"site_url": "https://handbook.example/"})
    page = handbook.by_src_uri["index.md"]
    withheld = withheld_files(handbook, "public", publishable(handbook, "public"))
    linked = linked_body(handbook, page, shown(handbook).shows, lambda target: target.url, withheld)
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


def test_files_are_withheld_with_their_folder_or_with_the_pages_that_they_belong_to(tmp_path: Path) -> None:
    metric = """
        ---
        kind: metric
        id: {id}
        title: {id}
        visibility: {visibility}
        unit: days
        direction: down
        frequency: monthly
        data: {id}.csv
        ---
    """
    assets = (
        "staff/pay.csv",
        "board/pack.pdf",
        "finance/hidden.png",
        "finance/hidden.md~",
        "finance/hidden.md.orig",
        "secret.csv",
        "both.png",
        "named.png",
        "open.csv",
        "open.md.bak",
        "styles.css",
    )
    handbook = handbook_of(
        tmp_path,
        {
            **FILES,
            "content/index.md": '# Home\n\n![both](both.png) <img src="named.png">\n',
            "content/both.md": sop("both", "![both](both.png) ![named](named.png)", visibility="internal"),
            "content/secret.md": metric.format(id="secret", visibility="internal"),
            "content/open.md": metric.format(id="open", visibility="public"),
            **{f"content/{path}": "" for path in assets},
        },
        SETTINGS,
    )

    def copied(audience: str) -> set[str]:
        published = publishable(handbook, audience)  # type: ignore[arg-type]
        return set(assets) - withheld_files(handbook, audience, published)  # type: ignore[arg-type]

    public = {"both.png", "named.png", "open.csv", "open.md.bak", "styles.css"}
    assert copied("public") == public
    assert copied("internal") == set(assets) - {"board/pack.pdf"}
