"""A site with Material's blog: its posts are known by the addresses that they get, and what it makes is no stranger."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.commands.build import build

from handrail.build.build import Given, settle
from handrail.engines.sanitise import sanitise_posts
from handrail.model.blog import read_blog
from handrail.rendering.extensions import Tagged
from tests.engines.drawn import BASE
from tests.engines.sites import Site, configured
from tests.model.building import handbook
from tests.support.commands import handrail
from tests.support.handbooks import SETTINGS, make_handbook

pytestmark = pytest.mark.usefixtures("few_rules")

POST = (
    "---\ndate: 2026-01-02\ncategories: [Our News]\n---\n# First: a post\n\nShort. ![p](p.png)\n\n<!-- more -->\n\n{}\n"
)
FILES: dict[str, str | bytes] = {
    **BASE,
    "content/blog/posts/first.md": POST.format("[Home](../../index.md), [second](second.md)"),
    "content/blog/posts/second.md": POST.format("[Blog](../index.md)").replace("First: a post", "Second"),
    "content/blog/posts/p.png": b"\x89PNG p",
    "content/news.md": "# News\n\n[First](blog/posts/first.md), [blog](blog/index.md), [news](/book/blog/category/our-news/)\n",
}


def site_of(folder: Path, options: dict[str, Any], more: dict[str, str] | None = None) -> Path:
    plugins = ["search", {"blog": options}, {"handrail": dict(SETTINGS)}]
    config = {"plugins": plugins, "site_url": "https://example.org/book/"}
    return make_handbook(folder, {**FILES, **(more or {})}, config=config)


@pytest.mark.parametrize("more", [{}, {"content/secret/a.md": "---\ndraft: true\n---\n# A\n"}], ids=["all", "some"])
def test_a_blog_is_known(more: dict[str, str], tmp_path: Path) -> None:
    root = site_of(tmp_path, {}, more)
    for _ in range(2):  # the plugin writes its own page at first
        assert "HB207" not in handrail(root, "check").out
        build(configured(root, strict=False))
        site = Site(root / "site")
        for page in ("blog/", "blog/2026/01/02/first-a-post/", "blog/category/our-news/", "blog/archive/2026/"):
            assert f"{page}index.html" in site.pages()
        assert (site.root / "blog/p.png").is_file()
        assert "First: a post</a>" in site.html("blog/")  # the theme shows them as a list of posts
        assert "md-post__meta" in site.html("blog/2026/01/02/first-a-post/")
        assert site.links("news/")["First"] == "blog/2026/01/02/first-a-post/"
        said = handrail(root, "verify")
        assert said.out.startswith("The site holds what it may"), said.out


def test_the_beginnings_of_posts_in_a_blogs_list_are_made_as_harmless_as_the_posts(tmp_path: Path) -> None:
    """A build stops at such a text; a preview goes on, and the blog makes them of their Markdown for itself."""
    config = configured(site_of(tmp_path, {}), strict=False)
    post = SimpleNamespace(file=SimpleNamespace(src_uri="blog/posts/first.md"))
    post.content = "<p>Short.<a href='javascript:run()' onclick='run()'>x</a><script>run()</script></p>"
    book = settle(Given(handbook({path.removeprefix("content/"): str(text) for path, text in BASE.items()})))
    sanitise_posts({"posts": [post]}, book, config)
    assert post.content == "<p>Short.<a>x</a></p>"


ADDRESSES: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "as it is": ({}, "title: A Post\ndate: 2026-03-04\n", "blog/2026/03/04/a-post/"),
    "a slug, days": ({}, "slug: mine\ndate: {created: 2026-03-04, updated: 2026-04-05}\n", "blog/2026/03/04/mine/"),
    "other folders": ({"blog_dir": ".", "post_dir": "blog/posts"}, "slug: a\ndate: 2026-03-04\n", "2026/03/04/a/"),
    "other days": ({"post_url_date_format": "yyyy.MM"}, "slug: a\ndate: 2026-03-04 10:00:00\n", "blog/2026.03/a/"),
    "by file": (
        {"post_url_format": "{categories}/{file}"},
        "date: 2026-03-04\ncategories: [B C, D]\n",
        "blog/b-c/post/",
    ),
    "no day": ({}, "title: A\n", None),
    "another function": ({"post_slugify": Tagged("!!python/name:x", "")}, "title: A\ndate: 2026-03-04\n", None),
    "words for days": ({"post_url_date_format": "MMMM"}, "slug: a\ndate: 2026-03-04\n", None),
}


@pytest.mark.parametrize(("options", "fields", "address"), ADDRESSES.values(), ids=ADDRESSES)
def test_the_address_of_a_post(options: dict[str, Any], fields: str, address: str | None) -> None:
    pages = {"blog/posts/post.md": f"---\n{fields}---\nText.\n", "blog/other.md": f"---\n{fields}---\nText.\n"}
    post, other = (handbook(pages).by_src_uri[path] for path in pages)
    blog = read_blog(options)
    assert blog.address(post, directories=True) == address
    assert blog.address(other, directories=True) is None
